// SPDX-License-Identifier: MIT
/*
 * delayed.c - works that are queued later
 *
 * The work is pending from the start. Its timer's function queues it, and
 * runs with interrupts off: so whoever has them off finds the timer pending
 * or the work queued, and nothing in between, on his own CPU; on another one
 * try_to_grab_pending() tries again.
 *
 * (kernel/workqueue.c)
 */
#include "internal.h"

#include <asm/processor.h>
#include <linux/errno.h>
#include <linux/irqflags.h>

void delayed_work_timer_fn(struct timer_list *timer)
{
	struct delayed_work *dwork = from_timer(dwork, timer, timer);

	queue_pending(dwork->cpu, dwork->wq, &dwork->work);
}

/* Interrupts off, by who has the pending bit. */
static void queue_later(int cpu, struct workqueue_struct *wq,
			struct delayed_work *dwork, unsigned long delay)
{
	if (!delay) {
		queue_pending(cpu, wq, &dwork->work);
		return;
	}
	dwork->wq = wq;
	dwork->cpu = cpu;
	dwork->timer.expires = jiffies + delay;
	if (cpu == WORK_CPU_UNBOUND)
		add_timer(&dwork->timer);
	else
		add_timer_on(&dwork->timer, cpu);
}

bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq,
			   struct delayed_work *dwork, unsigned long delay)
{
	unsigned long flags;
	bool mine;

	local_irq_save(flags);
	mine = !test_and_set_bit(WORK_STRUCT_PENDING_BIT, &dwork->work.data);
	if (mine)
		queue_later(cpu, wq, dwork, delay);
	local_irq_restore(flags);
	return mine;
}

bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq,
			 struct delayed_work *dwork, unsigned long delay)
{
	unsigned long flags;
	int ret;

	while ((ret = try_to_grab_pending(&dwork->work, true, &flags)) ==
	       -EAGAIN)
		cpu_relax();
	if (ret < 0) /* someone cancels it */
		return true;
	queue_later(cpu, wq, dwork, delay);
	local_irq_restore(flags);
	return ret;
}
