// SPDX-License-Identifier: MIT
/*
 * handle.c - an interrupt arrives
 *
 *	device --line--> controller --vector--> entry.asm --> do_irq()
 *	                     ^                                   |
 *	   mask, acknowledge |                         generic_handle_irq()
 *	         unmask, end +---- struct irq_chip ---- flow (chip.c)
 *	                                                         |
 *	                                                handle_irq_event()
 *	                                                         v
 *	             irq_desc[irq].action --> irqaction --> irqaction --> NULL
 *	                                      handler()     handler()
 *
 * All handlers run with interrupts off, so on one CPU they never nest. On
 * several CPUs those of different lines run side by side.
 *
 * A device that nobody serves would interrupt for ever and leave the machine
 * no time for anything else. So each round of ROUND interrupts is looked at:
 * if almost none was handled, the line is reported and disabled.
 *
 * I1  A line is unmasked only while it has a user and its depth is 0.
 * I2  The chain of users changes only with the line's lock held. A user that
 *     was taken out is freed when the line is not in progress any more: who
 *     walks the chain meanwhile may still be at it.
 * I3  A handler leaves interrupts off and the preemption count as it was.
 * I4  At any time at most one CPU runs the handlers of a line (in_progress).
 *
 * Lock: one per line, taken with interrupts off, not held by handlers. Cost:
 * what the controller is told, two to four accesses to a device, is most.
 *
 * Differs from Linux: no interrupt threads; rounds of 10000 instead of
 * 100000. (kernel/irq/handle.c, irqdesc.c, spurious.c)
 */
#include <linux/irq.h>

#include <linux/array_size.h>
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/spinlock.h>

#define ROUND 10000    /* interrupts between two looks at a line */
#define ROUND_BAD 9900 /* unhandled ones of these that disable it */

static struct irq_desc irq_desc[NR_IRQS];

void irq_set_chip_and_handler(unsigned int irq, const struct irq_chip *chip,
			      irq_flow_handler_t handle)
{
	struct irq_desc *desc = &irq_desc[irq];

	raw_spin_lock_init(&desc->lock);
	desc->irq_data.irq = irq;
	desc->irq_data.hwirq = irq;
	desc->irq_data.chip = chip;
	desc->handle_irq = handle;
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
		desc->irq_data.chip->irq_mask(&desc->irq_data);
	}
	desc->recent = 0;
	desc->recent_bad = 0;
}

void handle_irq_event(struct irq_desc *desc)
{
	struct irqaction *action = desc->action;
	irqreturn_t result;

	desc->pending = false;
	WRITE_ONCE(desc->in_progress, true);
	raw_spin_unlock(&desc->lock);
	result = run_actions(desc->irq_data.irq, action);
	raw_spin_lock(&desc->lock);
	WRITE_ONCE(desc->in_progress, false);
	note_interrupt(desc, result);
}

void generic_handle_irq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (!WARN_ONCE(!desc, "irq %u has no controller\n", irq))
		desc->handle_irq(desc);
}
