// SPDX-License-Identifier: MIT
/*
 * show.c - how often each line interrupted, by CPU
 *
 *	           CPU0       CPU1
 *	  0:        121          0   IO-APIC    2-edge   timer
 *	  ^ line    ^ on that CPU    ^ chip     ^ its number of the line
 *	LOC:       2201       1832   Local timer interrupts
 *
 * Each CPU counts for itself, so a sum may miss what happens meanwhile.
 * (kernel/irq/proc.c, irqdesc.c)
 */
#include <linux/irq.h>

#include <linux/kernel_stat.h>
#include <linux/percpu.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>

static DEFINE_PER_CPU(unsigned int[NR_IRQS], irq_counts);

void kstat_incr_irq_this_cpu(unsigned int irq)
{
	(*this_cpu_ptr(&irq_counts))[irq]++;
}

unsigned int kstat_irqs_cpu(unsigned int irq, int cpu)
{
	return irq < NR_IRQS ? per_cpu(irq_counts, cpu)[irq] : 0;
}

unsigned int kstat_irqs(unsigned int irq)
{
	unsigned int sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += kstat_irqs_cpu(irq, cpu);
	return sum;
}

/* With the line's lock held. */
static void show_users(struct seq_file *m, const struct irq_desc *desc)
{
	const struct irqaction *action;

	for (action = desc->action; action; action = action->next)
		seq_printf(m, "%s%s", action == desc->action ? "   " : ", ",
			   action->name);
	seq_putc(m, '\n');
}

static void show_line(struct seq_file *m, struct irq_desc *desc)
{
	const struct irq_data *data = &desc->irq_data;
	unsigned long flags;
	int cpu;

	if (!desc->action && !kstat_irqs(data->irq))
		return;
	seq_printf(m, "%3u:", data->irq);
	for_each_online_cpu(cpu)
		seq_printf(m, " %10u", kstat_irqs_cpu(data->irq, cpu));
	raw_spin_lock_irqsave(&desc->lock, flags);
	seq_printf(m, "   %7s %4u-%-5s", data->chip->name, data->hwirq,
		   data->level ? "level" : "edge");
	show_users(m, desc);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}

int interrupts_show(struct seq_file *m, void *unused)
{
	unsigned int irq;
	int cpu;

	seq_puts(m, "    ");
	for_each_online_cpu(cpu)
		seq_printf(m, "%*s%d", cpu < 10 ? 10 : 9, "CPU", cpu);
	seq_putc(m, '\n');
	for (irq = 0; irq < NR_IRQS; irq++)
		if (irq_to_desc(irq))
			show_line(m, irq_to_desc(irq));
	arch_show_interrupts(m);
	return 0;
}
