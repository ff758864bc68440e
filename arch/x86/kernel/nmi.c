/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/nmi.c - the interrupt that cannot be turned off
 *
 * CPUs send it to each other, to one that does not answer otherwise: to have
 * it say where it is, or to stop it. One that nobody here has sent comes from
 * the machine, is reported and survived.
 *
 * It may arrive anywhere, also while its CPU holds the lock of the log, which
 * printk() knows how to live with. A backtrace of several CPUs is asked for
 * and waited for one by one, so that their lines do not mix. It is printed at
 * once, with all that was said before: whoever asks suspects a hang, and the
 * thread that writes to the consoles may be on the CPU that hangs.
 *
 * (arch/x86/kernel/nmi.c, lib/nmi_backtrace.c)
 */
#include <linux/nmi.h>

#include <asm/apic.h>
#include <asm/hw_irq.h>
#include <asm/processor.h>
#include <asm/setup.h>
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <quire/printk_thread.h>

#include "traps.h"

#define ANSWER_MSECS 1000

static DEFINE_PER_CPU(unsigned long, nmi_counts);
static struct cpumask asked;      /* CPUs that are to print */
static unsigned long in_progress; /* bit 0: somebody asks */

unsigned long nmi_count_cpu(int cpu)
{
	return per_cpu(nmi_counts, cpu);
}

/* ---------------------------------------------------------- being told */

static bool print_if_asked(struct pt_regs *regs)
{
	int cpu = smp_processor_id();

	if (!cpumask_test_cpu(cpu, &asked))
		return false;
	pr_warn("NMI backtrace for cpu %d\n", cpu);
	show_saved_regs(regs, kernel_stack_pointer(regs));
	cpumask_clear_cpu(cpu, &asked);
	return true;
}

void do_nmi(struct pt_regs *regs)
{
	preempt_count_add(NMI_OFFSET + HARDIRQ_OFFSET);
	__this_cpu_inc(nmi_counts);
	nmi_stop();
	if (!print_if_asked(regs))
		pr_alert("NMI at %pS, going on\n", (void *)regs->ip);
	preempt_count_sub(NMI_OFFSET + HARDIRQ_OFFSET);
}

/* -------------------------------------------------------------- asking */

static void print_here(int cpu)
{
	pr_warn("NMI backtrace for cpu %d: it asks for this\n", cpu);
	dump_stack_lvl(KERN_WARNING);
}

static void ask(int cpu)
{
	unsigned int msecs;

	cpumask_set_cpu(cpu, &asked);
	apic_send_IPI(cpu, NMI_VECTOR);
	for (msecs = 0; msecs < ANSWER_MSECS; msecs++) {
		if (!cpumask_test_cpu(cpu, &asked))
			return;
		mdelay(1);
	}
	if (cpumask_test_and_clear_cpu(cpu, &asked))
		pr_warn("cpu %d does not answer an NMI\n", cpu);
}

static bool backtrace(const struct cpumask *mask, bool self)
{
	int cpu, here = raw_smp_processor_id();

	if (test_and_set_bit(0, &in_progress))
		return true; /* by whoever was first */
	printk_direct_begin();
	for_each_cpu_and(cpu, mask, cpu_online_mask)
	{
		if (cpu == here && self)
			print_here(cpu);
		else if (cpu != here && apic_is_on())
			ask(cpu);
	}
	printk_direct_end();
	clear_bit(0, &in_progress);
	return apic_is_on();
}

bool trigger_all_cpu_backtrace(void)
{
	return backtrace(cpu_online_mask, true);
}

bool trigger_allbutself_cpu_backtrace(void)
{
	return backtrace(cpu_online_mask, false);
}

bool trigger_single_cpu_backtrace(int cpu)
{
	return backtrace(cpumask_of(cpu), true);
}

static int __init nmi_init(void)
{
	add_interrupt_row("NMI", "Non-maskable interrupts", nmi_count_cpu);
	return 0;
}
early_initcall(nmi_init);
