// SPDX-License-Identifier: MIT
/*
 * irq.c - an interrupt arrives
 *
 *	device --line--> controller --vector--> entry.asm --> do_irq()
 *	                     ^                                   |
 *	   mask, acknowledge |                         generic_handle_irq()
 *	             unmask  +---- struct irq_chip ------+       |
 *	                                                         v
 *	             irq_desc[irq].action --> irqaction --> irqaction --> NULL
 *	                                      handler()     handler()
 *
 * A line is masked from its arrival until its handlers are done, and all
 * handlers run with interrupts off: they never nest.
 *
 * A device that nobody serves would interrupt for ever and leave the machine
 * no time for anything else. So each round of ROUND interrupts is looked at:
 * if almost none was handled, the line is reported and disabled.
 *
 * I1  A line is unmasked only while it has a user and its depth is 0.
 * I2  The chain of users changes only with the line's lock held and, as
 *     there is one CPU and handlers run with interrupts off, never while it
 *     is being walked, but for a handler that frees itself.
 * I3  A handler leaves interrupts off and the preemption count as it was.
 *
 * Lock: one per line, taken with interrupts off. Cost: two writes to the
 * controller's ports are most of it.
 *
 * Differs from Linux: one flow (mask, handle, unmask), as for the lines of an
 * 8259 there; no interrupt threads; rounds of 10000 instead of 100000.
 * (kernel/irq/handle.c, chip.c, spurious.c)
 */
#include <linux/irq.h>

#include <linux/array_size.h>
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>

#define ROUND 10000    /* interrupts between two looks at a line */
#define ROUND_BAD 9900 /* unhandled ones of these that disable it */

static struct irq_desc irq_desc[NR_IRQS];

void irq_set_chip(unsigned int irq, const struct irq_chip *chip)
{
	struct irq_desc *desc = &irq_desc[irq];

	raw_spin_lock_init(&desc->lock);
	desc->irq_data.irq = irq;
	desc->irq_data.chip = chip;
	desc->depth = 1;
}

struct irq_desc *irq_to_desc(unsigned int irq)
{
	if (irq >= NR_IRQS || !irq_desc[irq].irq_data.chip)
		return NULL;
	return &irq_desc[irq];
}

/* I3: put right what a handler left behind, and say whose fault it was. */
static void restore_context(irq_handler_t handler, int count)
{
	bool enabled = !irqs_disabled();
	int after = preempt_count();

	local_irq_disable();
	preempt_count_add(count - after);
	WARN(enabled, "handler %pS enabled interrupts\n", handler);
	WARN(after != count, "handler %pS: preempt_count %x before, %x after\n",
	     handler, count, after);
}

static irqreturn_t run_actions(unsigned int irq, struct irqaction *action)
{
	irqreturn_t result = IRQ_NONE;
	struct irqaction *next;

	for (; action; action = next) {
		irq_handler_t handler = action->handler;
		int count = preempt_count();

		/* read before: it may free itself, though it should not */
		next = action->next;
		result |= handler(irq, action->dev_id);
		if (unlikely(!irqs_disabled() || preempt_count() != count))
			restore_context(handler, count);
	}
	return result;
}

/* With the line's lock held. */
static void report_nobody_cared(struct irq_desc *desc)
{
	struct irqaction *action;

	pr_err("irq %u: nobody cared\n", desc->irq_data.irq);
	dump_stack_lvl(KERN_ERR);
	pr_err("handlers:\n");
	for (action = desc->action; action; action = action->next)
		pr_err(" %pS %s\n", action->handler, action->name);
	pr_err("Disabling IRQ #%u\n", desc->irq_data.irq);
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}

/* With the line's lock held. */
static void note_interrupt(struct irq_desc *desc, irqreturn_t result)
{
	if (result != IRQ_HANDLED) {
		desc->unhandled++;
		desc->recent_bad++;
	}
	if (++desc->recent < ROUND)
		return;
	if (desc->recent_bad >= ROUND_BAD) {
		report_nobody_cared(desc);
		desc->depth++;
	}
	desc->recent = 0;
	desc->recent_bad = 0;
}

void generic_handle_irq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irq_data *data;
	struct irqaction *action;
	irqreturn_t result;

	if (WARN_ONCE(!desc, "irq %u has no controller\n", irq))
		return;
	data = &desc->irq_data;
	raw_spin_lock(&desc->lock);
	data->chip->irq_mask_ack(data);
	desc->count++;
	action = desc->action;
	raw_spin_unlock(&desc->lock);

	result = run_actions(irq, action);

	raw_spin_lock(&desc->lock);
	note_interrupt(desc, result);
	if (desc->action && !desc->depth) /* I1 */
		data->chip->irq_unmask(data);
	raw_spin_unlock(&desc->lock);
}

static void show_line(struct seq_file *m, struct irq_desc *desc)
{
	struct irqaction *action;
	unsigned long flags;

	raw_spin_lock_irqsave(&desc->lock, flags);
	if (desc->action || desc->count) {
		seq_printf(m, "%3u: %10lu   %8s", desc->irq_data.irq,
			   desc->count, desc->irq_data.chip->name);
		for (action = desc->action; action; action = action->next)
			seq_printf(m, "%s%s",
				   action == desc->action ? "  " : ", ",
				   action->name);
		seq_putc(m, '\n');
	}
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}

int interrupts_show(struct seq_file *m, void *unused)
{
	unsigned int irq;

	seq_printf(m, "     %10s\n", "CPU0");
	for (irq = 0; irq < NR_IRQS; irq++)
		if (irq_to_desc(irq))
			show_line(m, &irq_desc[irq]);
	arch_show_interrupts(m);
	return 0;
}
