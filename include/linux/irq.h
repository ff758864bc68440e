/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IRQ_H
#define _LINUX_IRQ_H

#include <asm/irq_vectors.h>
#include <linux/interrupt.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>

/* Between an interrupt controller and kernel/irq/. */

struct cpumask;
struct seq_file;
struct irq_desc;

/* One line, as its controller is told of it. */
struct irq_data {
	unsigned int irq;            /* [b] the number drivers use */
	unsigned int hwirq;          /* [b] the controller's own number */
	const struct irq_chip *chip; /* [b] */
	void *chip_data;             /* [b] for the chip */
	bool level;                  /* [b] signals by level, not by edges */
	int cpu;                     /* [l] that takes the interrupts */
};

/* A controller. All are called with the line's lock held, interrupts off. */
struct irq_chip {
	const char *name;
	void (*irq_mask)(struct irq_data *data);
	void (*irq_unmask)(struct irq_data *data);
	/* Tell the controller: it has arrived; that, and mask; it is served. */
	void (*irq_ack)(struct irq_data *data);
	void (*irq_mask_ack)(struct irq_data *data);
	void (*irq_eoi)(struct irq_data *data);
	/* NULL if nothing is needed; 0, or why the line cannot be used now. */
	int (*irq_request_resources)(struct irq_data *data);
	void (*irq_release_resources)(struct irq_data *data);
	/* Send the interrupts to a CPU of dest; sets data->cpu. Or NULL. */
	int (*irq_set_affinity)(struct irq_data *data,
				const struct cpumask *dest, bool force);
	/* Make the line interrupt as if its device had. Or NULL. */
	int (*irq_retrigger)(struct irq_data *data);
};

/* One user of a line. */
struct irqaction {
	irq_handler_t handler;
	void *dev_id;
	unsigned long flags;
	const char *name;
	struct irqaction *next; /* in the order of request_irq() */
};

/* What to do as an interrupt of a line arrives; handle_*_irq() below. */
typedef void (*irq_flow_handler_t)(struct irq_desc *desc);

struct irq_desc {
	struct irq_data irq_data;
	irq_flow_handler_t handle_irq; /* [b] */
	raw_spinlock_t lock;      /* [l]: guards all below */
	struct irqaction *action;
	unsigned int depth;       /* disable_irq() calls to undo; 0: enabled */
	bool in_progress;         /* its handlers run */
	bool pending;             /* an edge came that nobody has handled */
	bool masked;              /* by the flow, not by disable_irq() */
	unsigned long unhandled;  /* interrupts that no handler took */
	unsigned int recent;      /* interrupts of the present round */
	unsigned int recent_bad;  /* of these, unhandled */
};

/* Gives a line a controller and a flow. Before anything requests it. */
void irq_set_chip_and_handler(unsigned int irq, const struct irq_chip *chip,
			      irq_flow_handler_t handle);

/* The line's state, or NULL where no controller has such a line. */
struct irq_desc *irq_to_desc(unsigned int irq);

/* An interrupt of the line came: called by the entry code, in_hardirq(). */
void generic_handle_irq(unsigned int irq);

/*
 * The flows. Level: masked while the handlers run, which make the device take
 * its level away. Edge: acknowledged at once, so that the next one counts.
 * Fasteoi: a controller that holds the line back until it is told the end.
 */
void handle_level_irq(struct irq_desc *desc);
void handle_edge_irq(struct irq_desc *desc);
void handle_fasteoi_irq(struct irq_desc *desc);

/* For the flows, with the line's lock held, which the handlers run without. */
void handle_irq_event(struct irq_desc *desc);

/* Counts one interrupt of the line on this CPU. Interrupts off. */
void kstat_incr_irq_this_cpu(unsigned int irq);

/* The text of /proc/interrupts. Any context. */
int interrupts_show(struct seq_file *m, void *unused);

/* The machine's part of it: rows that belong to no line. */
void arch_show_interrupts(struct seq_file *m);

#endif
