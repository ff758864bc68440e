// SPDX-License-Identifier: MIT
/*
 * slice.c - equals take turns
 *
 *	A A A A | B B B B | C C C C | A A A A ...     one letter: one tick
 *	        ^ A's slice is used up: behind C
 *
 * Threads of one priority share a CPU by turns of SLICE_TICKS ticks. What is
 * left of a slice stays with its thread while it sleeps or is preempted, so a
 * thread that never runs for a whole slice at once has its turn cut as short
 * as one that does. A new slice begins at the end of the last one.
 *
 * The tick is asked for when a thread has to wait for an equal, and is given
 * back at the first tick that finds none waiting: a CPU with one thread, or
 * with none, is not interrupted.
 *
 * L1  If two threads of the priority that runs are in the queue, ticking is
 *     set, unless the one that runs is SCHED_FIFO.
 *
 * Differs from Linux: turns, as those of its SCHED_RR, for all threads.
 * (kernel/sched/fair.c, rt.c)
 */
#include "internal.h"

#include <linux/tick.h>

void want_tick(struct rq *rq)
{
	if (likely(rq->ticking))
		return;
	rq->ticking = true;
	tick_nohz_dep_set_cpu(rq->cpu, TICK_DEP_BIT_SCHED);
}

static bool has_equals(struct rq *rq, struct task_struct *p)
{
	return !is_idle_task(p) && !list_is_singular(&rq->queue.list[p->prio]);
}

/* One tick of the slice has passed. */
static void charge_tick(struct rq *rq, struct task_struct *p)
{
	if (p->policy == SCHED_FIFO || --p->time_slice)
		return;
	p->time_slice = SLICE_TICKS;
	requeue_task(rq, p);
	resched_curr(rq);
}

/* In the tick's interrupt. */
void scheduler_tick(void)
{
	struct rq *rq = this_rq();

	raw_spin_lock(&rq->lock);
	/* a thread that was just chosen anew has not used this tick */
	if (rq->curr->on_rq && has_equals(rq, rq->curr)) {
		charge_tick(rq, rq->curr);
	} else if (rq->ticking) {
		rq->ticking = false;
		tick_nohz_dep_clear_cpu(rq->cpu, TICK_DEP_BIT_SCHED);
	}
	raw_spin_unlock(&rq->lock);
}

void yield(void)
{
	struct rq *rq;

	local_irq_disable();
	rq = this_rq();
	raw_spin_lock(&rq->lock);
	if (!is_idle_task(current)) {
		current->time_slice = SLICE_TICKS;
		requeue_task(rq, current);
	}
	raw_spin_unlock(&rq->lock);
	local_irq_enable();
	schedule();
}
