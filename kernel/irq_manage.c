// SPDX-License-Identifier: MIT
/*
 * irq_manage.c - who gets which interrupts
 *
 * request_irq() adds a user to the chain of a line, free_irq() takes one
 * out; kernel/irq.c walks the chain. The first user opens the line, the last
 * one closes it. disable_irq() counts, so that two drivers of a line may use
 * it without knowing of each other.
 *
 * Differs from Linux: a line that was disabled because nobody handled its
 * interrupts opens again with the next first user. (kernel/irq/manage.c)
 */
#include <linux/irq.h>

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

static bool can_share(const struct irqaction *a, const struct irqaction *b)
{
	return a->flags & b->flags & IRQF_SHARED;
}

/* With the line's lock held. */
static int add_action(struct irq_desc *desc, struct irqaction *new)
{
	struct irqaction **link = &desc->action;

	if (*link && !can_share(*link, new))
		return -EBUSY;
	if (!*link) {
		desc->depth = new->flags & IRQF_NO_AUTOEN ? 1 : 0;
		desc->recent = 0;
		desc->recent_bad = 0;
	}
	while (*link)
		link = &(*link)->next;
	*link = new;
	if (!desc->depth)
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
	if (!desc->action) {
		desc->irq_data.chip->irq_mask(&desc->irq_data);
		desc->depth = 1;
	}
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
	name = action->name;
	kfree(action);
	return name;
}

void disable_irq_nosync(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);
	unsigned long flags;

	if (!desc)
		return;
	raw_spin_lock_irqsave(&desc->lock, flags);
	if (!desc->depth++)
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
	if (WARN(!desc->depth || !desc->action,
		 "enable_irq: irq %u is not disabled\n", desc->irq_data.irq))
		return;
	if (!--desc->depth)
		desc->irq_data.chip->irq_unmask(&desc->irq_data);
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

/* With one CPU no handler runs beside the caller. */
void synchronize_irq(unsigned int irq)
{
	barrier();
}
