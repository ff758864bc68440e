// SPDX-License-Identifier: MIT
/*
 * flush.c - waiting for works, and cancelling them
 *
 *	a work:   a note in the pool's list "flushers": whoever begins with it
 *	          writes his name there, and wakes us when he has done it
 *	a queue:  colours
 *
 *	   queued with 0 | flush: from now on 1 | wait till none of 0 is left
 *
 * Of the two colours of a queue one is given to what is queued now. A flush
 * changes it and waits until nothing has the old one; so what is queued
 * meanwhile is not waited for. Whoever flushes next must wait before: the
 * colour he changes to must not be in use.
 *
 * Differs from Linux: flushes of a queue follow each other, where Linux has
 * more colours and lets them overlap. (kernel/workqueue.c)
 */
#include "internal.h"

#include <asm/processor.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sched.h>

/* With the pool locked, which is unlocked. True if it was waited for. */
static bool wait_for_end(struct work_struct *work, struct worker_pool *pool)
{
	struct flusher flusher = { .work = work };
	bool self;

	if (!work_is_queued(work, pool))
		flusher.worker = find_executing(pool, work);
	self = flusher.worker && flusher.worker->task == current;
	if (self || (!flusher.worker && !work_is_queued(work, pool))) {
		raw_spin_unlock_irq(&pool->lock);
		WARN(self, "work %pS waits for its own end\n", work->func);
		return false;
	}
	init_completion(&flusher.done);
	list_add_tail(&flusher.node, &pool->flushers);
	raw_spin_unlock_irq(&pool->lock);
	wait_for_completion(&flusher.done);
	return true;
}

bool flush_work(struct work_struct *work)
{
	struct worker_pool *pool;

	might_sleep();
	if (WARN(!work->func, "flush_work: it was never made\n"))
		return false;
	pool = lock_work_pool(work);
	return pool && wait_for_end(work, pool);
}

bool flush_delayed_work(struct delayed_work *dwork)
{
	local_irq_disable();
	if (del_timer_sync(&dwork->timer))
		queue_pending(dwork->cpu, dwork->wq, &dwork->work);
	local_irq_enable();
	return flush_work(&dwork->work);
}

static bool color_is_gone(struct workqueue_struct *wq, unsigned int color)
{
	struct pool_workqueue *pwq;
	bool gone = true;

	for_each_pwq(pwq, wq)
	{
		raw_spin_lock_irq(&pwq->pool->lock);
		gone &= !pwq->nr_in_flight[color];
		raw_spin_unlock_irq(&pwq->pool->lock);
	}
	return gone;
}

void flush_workqueue(struct workqueue_struct *wq)
{
	struct worker *worker = current_worker();
	unsigned int old;

	might_sleep();
	if (WARN(worker && worker->current_pwq && worker->current_pwq->wq == wq,
		 "workqueue %s flushed by its own work\n", wq->name))
		return;
	mutex_lock(&wq->mutex);
	old = wq->color;
	WRITE_ONCE(wq->color, !old);
	wait_event(wq->flushed, color_is_gone(wq, old));
	mutex_unlock(&wq->mutex);
}

void drain_workqueue(struct workqueue_struct *wq)
{
	WRITE_ONCE(wq->flags, wq->flags | __WQ_DRAINING);
	do
		flush_workqueue(wq);
	while (!color_is_gone(wq, 0) || !color_is_gone(wq, 1));
	WRITE_ONCE(wq->flags, wq->flags & ~__WQ_DRAINING);
}

/* -------------------------------------------------------------- cancelling */

static bool cancel(struct work_struct *work, bool is_delayed)
{
	unsigned long flags;
	int ret;

	while ((ret = try_to_grab_pending(work, is_delayed, &flags)) == -EAGAIN)
		cpu_relax();
	if (ret < 0)
		return false;
	clear_pending(work);
	local_irq_restore(flags);
	return ret;
}

/* Pending all the time, so nobody queues it until its function is over. */
static bool cancel_sync(struct work_struct *work, bool is_delayed)
{
	unsigned long flags;
	int ret;

	might_sleep();
	while ((ret = try_to_grab_pending(work, is_delayed, &flags)) < 0) {
		if (ret == -ENOENT)
			schedule_timeout_uninterruptible(1);
		else
			cpu_relax();
	}
	set_bit(WORK_STRUCT_CANCELING_BIT, &work->data);
	local_irq_restore(flags);
	flush_work(work);
	clear_pending(work);
	return ret;
}

bool cancel_work(struct work_struct *work)
{
	return cancel(work, false);
}

bool cancel_work_sync(struct work_struct *work)
{
	return cancel_sync(work, false);
}

bool cancel_delayed_work(struct delayed_work *dwork)
{
	return cancel(&dwork->work, true);
}

bool cancel_delayed_work_sync(struct delayed_work *dwork)
{
	return cancel_sync(&dwork->work, true);
}

unsigned int work_busy(struct work_struct *work)
{
	unsigned int busy = work_pending(work) ? WORK_BUSY_PENDING : 0;
	struct worker_pool *pool;
	unsigned long flags;

	local_irq_save(flags);
	pool = pool_by_id(READ_ONCE(work->data) >> WORK_STRUCT_POOL_SHIFT);
	if (pool) {
		raw_spin_lock(&pool->lock);
		if (find_executing(pool, work))
			busy |= WORK_BUSY_RUNNING;
		raw_spin_unlock(&pool->lock);
	}
	local_irq_restore(flags);
	return busy;
}

struct work_struct *current_work(void)
{
	struct worker *worker = current_worker();

	return worker ? worker->current_work : NULL;
}
