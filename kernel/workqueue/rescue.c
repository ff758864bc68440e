// SPDX-License-Identifier: MIT
/*
 * rescue.c - when there is no memory for a worker
 *
 * A work that gives memory back must not wait for memory. A queue with
 * WQ_MEM_RECLAIM has a thread from its start, the rescuer. When a pool cannot
 * make a worker, the rescuers of all queues with works in its list are
 * called, and each does those of its queue.
 *
 * (kernel/workqueue.c)
 */
#include "internal.h"

#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/sched.h>

void send_maydays(struct worker_pool *pool)
{
	struct work_struct *work;

	list_for_each_entry(work, &pool->worklist, entry) {
		struct pool_workqueue *pwq = work->pwq;
		struct workqueue_struct *wq = pwq->wq;

		if (!wq->rescuer)
			continue;
		raw_spin_lock(&wq->mayday_lock);
		if (list_empty(&pwq->mayday))
			list_add_tail(&pwq->mayday, &wq->maydays);
		raw_spin_unlock(&wq->mayday_lock);
		wake_up_process(wq->rescuer->task);
	}
}

static struct pool_workqueue *next_mayday(struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq;

	raw_spin_lock_irq(&wq->mayday_lock);
	pwq = list_first_entry_or_null(&wq->maydays, struct pool_workqueue,
				       mayday);
	if (pwq)
		list_del_init(&pwq->mayday);
	raw_spin_unlock_irq(&wq->mayday_lock);
	return pwq;
}

/* [P] */
static struct work_struct *first_work_of(struct pool_workqueue *pwq)
{
	struct work_struct *work;

	list_for_each_entry(work, &pwq->pool->worklist, entry)
		if (work->pwq == pwq)
			return work;
	return NULL;
}

/* Of its own for the reason that do_what_there_is() is. */
static noinline void rescue(struct worker *rescuer, struct pool_workqueue *pwq)
{
	struct worker_pool *pool = pwq->pool;
	struct work_struct *work;

	if (pool->cpu >= 0)
		set_cpus_allowed_ptr(current, cpumask_of(pool->cpu));
	rescuer->pool = pool;
	raw_spin_lock_irq(&pool->lock);
	while ((work = first_work_of(pwq))) {
		process_one_work(rescuer, work);
		process_scheduled(rescuer);
	}
	raw_spin_unlock_irq(&pool->lock);
}

int rescuer_thread(void *data)
{
	struct worker *rescuer = data;
	struct workqueue_struct *wq = rescuer->rescues;
	struct pool_workqueue *pwq;

	current->flags |= PF_WQ_WORKER;
	for (;;) {
		while ((pwq = next_mayday(wq)))
			rescue(rescuer, pwq);
		if (kthread_should_stop())
			break;
		set_current_state(TASK_IDLE);
		if (list_empty(&wq->maydays) && !kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	current->flags &= ~PF_WQ_WORKER;
	return 0;
}
