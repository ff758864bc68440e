/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/vector.c - from a vector to who waits for it
 *
 * entry.asm comes here with interrupts off.
 *
 *	vector  32 .. 223  lines of devices ----> generic_handle_irq(irq)
 *	       224 .. 255  system vectors ------> acknowledge, handler(regs)
 *
 * Vectors that belong to nobody, and lines that are not really in service,
 * are counted and survived. The local APIC wants an answer exactly for what
 * it has in service: to end one interrupt too many would end another's.
 *
 * Handlers run on the CPU's hardirq stack; the softirqs that follow start
 * from the interrupted stack again, and run on theirs (irqstack.c).
 *
 * Differs from Linux: system vectors have a table of handlers instead of an
 * entry each. (arch/x86/kernel/irq.c, idt.c)
 */
#include <asm/hw_irq.h>

#include "traps.h"

#include <asm/apic.h>
#include <asm/desc.h>
#include <asm/io_apic.h>
#include <asm/irq_stack.h>
#include <linux/bug.h>
#include <linux/irq.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/seq_file.h>

#define NR_SYSTEM_VECTORS (NR_VECTORS - FIRST_SYSTEM_VECTOR)
#define ROWS_MAX 8

static DEFINE_PER_CPU(unsigned long, spurious_count);

/* [b] A handler and the words that name its row. */
static struct system_vector {
	system_vector_t handler;
	const char *tag, *text;
} system_vectors[NR_SYSTEM_VECTORS];

static DEFINE_PER_CPU(unsigned long[NR_SYSTEM_VECTORS], system_counts);

/* [b] Rows for what has no vector here. */
static struct interrupt_row {
	const char *tag, *text;
	unsigned long (*count)(int cpu);
} rows[ROWS_MAX];
static unsigned int nr_rows;

void set_system_vector(unsigned int vector, system_vector_t handler,
		       const char *tag, const char *text)
{
	struct system_vector *v = &system_vectors[vector - FIRST_SYSTEM_VECTOR];

	BUG_ON(vector < FIRST_SYSTEM_VECTOR || vector >= NR_VECTORS);
	WARN(v->handler, "vector %#x has a handler\n", vector);
	v->handler = handler;
	v->tag = tag;
	v->text = text;
}

void add_interrupt_row(const char *tag, const char *text,
		       unsigned long (*count)(int cpu))
{
	if (WARN(nr_rows == ROWS_MAX, "no room for row %s\n", tag))
		return;
	rows[nr_rows++] = (struct interrupt_row){ tag, text, count };
}

unsigned long system_vector_count(unsigned int vector, int cpu)
{
	return per_cpu(system_counts, cpu)[vector - FIRST_SYSTEM_VECTOR];
}

unsigned long spurious_irqs(void)
{
	unsigned long sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += per_cpu(spurious_count, cpu);
	return sum;
}

/* Nobody's: but the local APIC may wait for its end. */
static void handle_stray_vector(unsigned long vector)
{
	this_cpu_inc(spurious_count);
	if (apic_is_on() && apic_in_service(vector))
		ack_APIC_irq();
}

static void handle_system_vector(struct pt_regs *regs, unsigned long vector)
{
	unsigned int nr = vector - FIRST_SYSTEM_VECTOR;

	if (!system_vectors[nr].handler) {
		handle_stray_vector(vector);
		return;
	}
	if (apic_is_on() && vector != SPURIOUS_APIC_VECTOR)
		ack_APIC_irq();
	(*this_cpu_ptr(&system_counts))[nr]++;
	system_vectors[nr].handler(regs);
}

static void handle_device_vector(unsigned long vector)
{
	int irq = vector_to_irq(vector);

	if (irq < 0 || !irq_to_desc(irq))
		handle_stray_vector(vector);
	else if (!io_apic_on && i8259_is_spurious(irq))
		this_cpu_inc(spurious_count);
	else
		generic_handle_irq(irq);
}

static void handle_vector(unsigned long arg)
{
	struct pt_regs *regs = (struct pt_regs *)arg;

	if (regs->trapnr >= FIRST_SYSTEM_VECTOR)
		handle_system_vector(regs, regs->trapnr);
	else
		handle_device_vector(regs->trapnr);
}

void do_irq(struct pt_regs *regs, unsigned long vector)
{
	irq_enter();
	run_on_hardirq_stack(handle_vector, (unsigned long)regs);
	irq_exit();
	irqentry_exit_cond_resched();
}

void arch_show_interrupts(struct seq_file *m)
{
	unsigned int i;
	int cpu;

	for (i = 0; i < NR_SYSTEM_VECTORS; i++) {
		const struct system_vector *v = &system_vectors[i];

		if (!v->tag)
			continue;
		seq_printf(m, "%3s:", v->tag);
		for_each_online_cpu(cpu)
			seq_printf(m, " %10lu", per_cpu(system_counts, cpu)[i]);
		seq_printf(m, "   %s\n", v->text);
	}
	for (i = 0; i < nr_rows; i++) {
		seq_printf(m, "%3s:", rows[i].tag);
		for_each_online_cpu(cpu)
			seq_printf(m, " %10lu", rows[i].count(cpu));
		seq_printf(m, "   %s\n", rows[i].text);
	}
	seq_printf(m, "ERR: %10lu\n", spurious_irqs());
}
