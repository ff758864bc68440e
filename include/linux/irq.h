/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IRQ_H
#define _LINUX_IRQ_H

#include <linux/interrupt.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>

/* Between an interrupt controller and kernel/irq.c. */

#define NR_IRQS 16

struct seq_file;

/* One line, as its controller is told of it. */
struct irq_data {
	unsigned int irq;
	const struct irq_chip *chip;
};

/* A controller. All are called with the line's lock held, interrupts off. */
struct irq_chip {
	const char *name;
	void (*irq_mask)(struct irq_data *data);
	void (*irq_unmask)(struct irq_data *data);
	/* Mask, and tell the controller that the interrupt has arrived. */
	void (*irq_mask_ack)(struct irq_data *data);
};

/* One user of a line. */
struct irqaction {
	irq_handler_t handler;
	void *dev_id;
	unsigned long flags;
	const char *name;
	struct irqaction *next; /* in the order of request_irq() */
};

struct irq_desc {
	struct irq_data irq_data; /* written at boot only */
	raw_spinlock_t lock;      /* guards all below */
	struct irqaction *action;
	unsigned int depth;       /* disable_irq() calls to undo; 0: enabled */
	unsigned long count;      /* interrupts since boot */
	unsigned long unhandled;  /* of these, with no handler that took it */
	unsigned int recent;      /* interrupts of the present round */
	unsigned int recent_bad;  /* of these, unhandled */
};

/* Gives a line a controller. Before anything requests it. */
void irq_set_chip(unsigned int irq, const struct irq_chip *chip);

/* The line's state, or NULL where no controller has such a line. */
struct irq_desc *irq_to_desc(unsigned int irq);

/* An interrupt of the line came: called by the entry code, in_hardirq(). */
void generic_handle_irq(unsigned int irq);

/* The text of /proc/interrupts. Any context. */
int interrupts_show(struct seq_file *m, void *unused);

/* The machine's part of it: rows that belong to no line. */
void arch_show_interrupts(struct seq_file *m);

#endif
