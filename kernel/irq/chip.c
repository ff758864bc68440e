// SPDX-License-Identifier: MIT
/*
 * chip.c - flows: what a controller is told, and when
 *
 *	level     mask + acknowledge --> handlers --> unmask
 *	fasteoi   ---------------------> handlers --> end of interrupt
 *	edge      acknowledge --> handlers, again for each edge meanwhile
 *
 * A level goes on until its handler has calmed the device, so the line has to
 * stay shut so long; an 8259 by its mask, an I/O APIC because it waits for
 * the end of the interrupt. An edge is gone when it was acknowledged: if the
 * next one comes on another CPU while the handlers run, that CPU only leaves
 * a note (pending), and the first one goes round again. So handlers of one
 * line never run twice at a time (I4).
 *
 * A disabled edge line stays open in its controller, as a masked one would
 * forget its edges. The first that comes is noted, and only then is the line
 * masked; enable_irq() lets it come again by irq_retrigger().
 *
 * The 8259s are driven by the level flow even for edges, since they remember
 * an edge while they are masked.
 *
 * Differs from Linux: an edge that comes to an 8259 in the same instant as
 * another CPU disables the line is lost. (kernel/irq/chip.c)
 */
#include <linux/irq.h>

#include <linux/spinlock.h>

void handle_level_irq(struct irq_desc *desc)
{
	struct irq_data *data = &desc->irq_data;

	raw_spin_lock(&desc->lock);
	data->chip->irq_mask_ack(data);
	kstat_incr_irq_this_cpu(data->irq);
	if (desc->action && desc->depth)
		goto out;
	handle_irq_event(desc);
	if (desc->action && !desc->depth) /* I1 */
		data->chip->irq_unmask(data);
out:
	raw_spin_unlock(&desc->lock);
}

void handle_fasteoi_irq(struct irq_desc *desc)
{
	struct irq_data *data = &desc->irq_data;

	raw_spin_lock(&desc->lock);
	kstat_incr_irq_this_cpu(data->irq);
	if (desc->action && desc->depth)
		data->chip->irq_mask(data);
	else
		handle_irq_event(desc);
	data->chip->irq_eoi(data);
	raw_spin_unlock(&desc->lock);
}

/* With the line's lock held. */
static void note_edge(struct irq_desc *desc)
{
	desc->pending = true;
	desc->masked = true;
	desc->irq_data.chip->irq_mask(&desc->irq_data);
}

/* With the line's lock held. */
static void unmask_edge(struct irq_desc *desc)
{
	if (!desc->masked)
		return;
	desc->masked = false;
	desc->irq_data.chip->irq_unmask(&desc->irq_data);
}

void handle_edge_irq(struct irq_desc *desc)
{
	struct irq_data *data = &desc->irq_data;

	raw_spin_lock(&desc->lock);
	data->chip->irq_ack(data);
	kstat_incr_irq_this_cpu(data->irq);
	if (desc->in_progress || (desc->action && desc->depth)) {
		note_edge(desc);
		goto out;
	}
	handle_irq_event(desc);
	while (desc->pending && desc->action && !desc->depth) {
		unmask_edge(desc);
		handle_irq_event(desc);
	}
out:
	raw_spin_unlock(&desc->lock);
}
