// SPDX-License-Identifier: MIT
/*
 * manage.c - who gets which interrupts, and on which CPU
 *
 * request_irq() adds a user to the chain of a line, free_irq() takes one
 * out; kernel/irq.c walks the chain. The first user opens the line, the last
 * one closes it. disable_irq() counts, so that two drivers of a line may use
 * it without knowing of each other.
 *
 * On several CPUs a handler may run while its user leaves or disables the
 * line. Both wait for it: no new one begins, as the chain has changed or the
 * depth is above 0 under the line's lock, and one that has begun shows as
 * in_progress.
 *
 * Differs from Linux: a line that was disabled because nobody handled its
 * interrupts opens again with the next first user; a line goes to one CPU,
 * the boot CPU unless told otherwise. (kernel/irq/manage.c)
 */
#include <linux/irq.h>

#include <asm/processor.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

static bool can_share(const struct irqaction *a, const struct irqaction *b)
{
	return a->flags & b->flags & IRQF_SHARED;
}

/* With the line's lock held: the first user of a line. */
static int startup(struct irq_desc *desc, const struct irqaction *new)
{
	const struct irq_chip *chip = desc->irq_data.chip;
	int err = 0;

	if (chip->irq_request_resources)
		err = chip->irq_request_resources(&desc->irq_data);
	if (err)
		return err;
	desc->depth = new->flags & IRQF_NO_AUTOEN ? 1 : 0;
	desc->recent = 0;
	desc->recent_bad = 0;
	desc->pending = false;
	desc->masked = false;
	return 0;
}

/* With the line's lock held. */
static int add_action(struct irq_desc *desc, struct irqaction *new)
{
	struct irqaction **link = &desc->action;
	int err = 0;

	if (*link && !can_share(*link, new))
		return -EBUSY;
	if (!*link)
		err = startup(desc, new);
	if (err)
		return err;
	while (*link)
		link = &(*link)->next;
	WRITE_ONCE(*link, new);
	if (link == &desc->action && !desc->depth)
		desc->irq_data.chip->irq_unmask(&desc->irq_data);
	return 0;
}

int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
		const char *name, void *dev)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction *action;
	unsigned long irq_flags;
	int err;

	if (!desc || !handler || (flags & IRQF_SHARED && !dev))
		return -EINVAL;
	action = kzalloc(sizeof(*action), GFP_KERNEL);
	if (!action)
		return -ENOMEM;
	action->handler = handler;
	action->dev_id = dev;
	action->flags = flags;
	action->name = name;
	raw_spin_lock_irqsave(&desc->lock, irq_flags);
	err = add_action(desc, action);
	raw_spin_unlock_irqrestore(&desc->lock, irq_flags);
	if (err)
		kfree(action);
	return err;
}

/* With the line's lock held: the last user has left. */
static void shutdown(struct irq_desc *desc)
{
	const struct irq_chip *chip = desc->irq_data.chip;

	chip->irq_mask(&desc->irq_data);
	desc->depth = 1;
	desc->pending = false;
	if (chip->irq_release_resources)
		chip->irq_release_resources(&desc->irq_data);
}

/* With the line's lock held. The user taken out, or NULL. */
static struct irqaction *remove_action(struct irq_desc *desc, void *dev_id)
{
	struct irqaction **link = &desc->action, *found;

	while (*link && (*link)->dev_id != dev_id)
		link = &(*link)->next;
	found = *link;
	if (!found)
		return NULL;
	*link = found->next;
	if (!desc->action)
		shutdown(desc);
	return found;
}

const void *free_irq(unsigned int irq, void *dev_id)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction *action;
	unsigned long flags;
	const char *name;

	if (WARN(!desc, "free_irq: there is no irq %u\n", irq))
		return NULL;
	WARN(in_interrupt(), "free_irq: irq %u freed by a handler\n", irq);
	raw_spin_lock_irqsave(&desc->lock, flags);
	action = remove_action(desc, dev_id);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	if (WARN(!action, "free_irq: irq %u has no user %p\n", irq, dev_id))
		return NULL;
	synchronize_irq(irq); /* I2 */
	name = action->name;
	kfree(action);
	return name;
}

/* Is the line one that goes on listening while it is disabled? (chip.c) */
static bool disable_is_lazy(const struct irq_desc *desc)
{
	return desc->handle_irq == handle_edge_irq &&
	       desc->irq_data.chip->irq_retrigger;
}

void disable_irq_nosync(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);
	unsigned long flags;

	if (!desc)
		return;
	raw_spin_lock_irqsave(&desc->lock, flags);
	if (!desc->depth++ && !disable_is_lazy(desc))
		desc->irq_data.chip->irq_mask(&desc->irq_data);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}

void disable_irq(unsigned int irq)
{
	disable_irq_nosync(irq);
	synchronize_irq(irq);
}

/* With the line's lock held. */
static void enable_locked(struct irq_desc *desc)
{
	const struct irq_chip *chip = desc->irq_data.chip;

	if (WARN(!desc->depth || !desc->action,
		 "enable_irq: irq %u is not disabled\n", desc->irq_data.irq))
		return;
	if (--desc->depth)
		return;
	desc->masked = false;
	chip->irq_unmask(&desc->irq_data);
	if (desc->pending && chip->irq_retrigger) {
		desc->pending = false;
		chip->irq_retrigger(&desc->irq_data);
	}
}

void enable_irq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);
	unsigned long flags;

	if (!desc)
		return;
	raw_spin_lock_irqsave(&desc->lock, flags);
	enable_locked(desc);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}

/* With the line's lock held at the end: what the handlers wrote is seen. */
void synchronize_irq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);
	unsigned long flags;
	bool in_progress;

	if (!desc || in_hardirq())
		return;
	do {
		while (READ_ONCE(desc->in_progress))
			cpu_relax();
		raw_spin_lock_irqsave(&desc->lock, flags);
		in_progress = desc->in_progress;
		raw_spin_unlock_irqrestore(&desc->lock, flags);
	} while (in_progress);
}

int irq_set_affinity(unsigned int irq, const struct cpumask *cpumask)
{
	struct irq_desc *desc = irq_to_desc(irq);
	unsigned long flags;
	int err;

	if (!desc || !desc->irq_data.chip->irq_set_affinity)
		return -EINVAL;
	raw_spin_lock_irqsave(&desc->lock, flags);
	err = desc->irq_data.chip->irq_set_affinity(&desc->irq_data, cpumask,
						    false);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	return err;
}
