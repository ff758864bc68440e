// SPDX-License-Identifier: MIT
/*
 * workqueue.c - queues come and go; the ones that are always there
 *
 *	alloc_workqueue("fs", 0, 0)             a pwq for the pool of each CPU
 *	alloc_workqueue("net", WQ_UNBOUND, 8)   one pwq, for the pool of no CPU
 *
 * A queue has no threads: it only tells which of its works may be done when.
 *
 * (kernel/workqueue.c)
 */
#include <linux/workqueue.h>

#include "internal.h"

#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/stdarg.h>

struct workqueue_struct *system_wq;
struct workqueue_struct *system_long_wq;
struct workqueue_struct *system_highpri_wq;
struct workqueue_struct *system_unbound_wq;

static DEFINE_MUTEX(workqueues_mutex);
static LIST_HEAD(workqueues); /* guarded by workqueues_mutex */

static void init_pwqs(struct workqueue_struct *wq)
{
	unsigned int i;

	for (i = 0; i < wq->nr_pwqs; i++) {
		struct pool_workqueue *pwq = &wq->pwqs[i];

		pwq->pool = pool_of(wq->flags & WQ_UNBOUND ? -1 : (int)i,
				    wq->flags & WQ_HIGHPRI);
		pwq->wq = wq;
		INIT_LIST_HEAD(&pwq->inactive);
		INIT_LIST_HEAD(&pwq->mayday);
	}
}

static bool make_rescuer(struct workqueue_struct *wq)
{
	struct worker *rescuer = worker_alloc();

	if (!rescuer)
		return false;
	rescuer->rescues = wq;
	rescuer->task = kthread_create(rescuer_thread, rescuer, "%s", wq->name);
	if (IS_ERR(rescuer->task)) {
		kfree(rescuer);
		return false;
	}
	wq->rescuer = rescuer;
	wake_up_process(rescuer->task);
	return true;
}

static void free_workqueue(struct workqueue_struct *wq)
{
	kfree(wq->pwqs);
	kfree(wq);
}

struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags,
					 int max_active, ...)
{
	struct workqueue_struct *wq = kzalloc(sizeof(*wq), GFP_KERNEL);
	va_list args;

	if (!wq)
		return NULL;
	va_start(args, max_active);
	vsnprintf(wq->name, sizeof(wq->name), fmt, args);
	va_end(args);
	wq->flags = flags;
	wq->max_active = clamp(max_active ?: WQ_DFL_ACTIVE, 1, WQ_MAX_ACTIVE);
	wq->nr_pwqs = flags & WQ_UNBOUND ? 1 : nr_cpu_ids;
	wq->pwqs = kcalloc(wq->nr_pwqs, sizeof(*wq->pwqs), GFP_KERNEL);
	mutex_init(&wq->mutex);
	init_waitqueue_head(&wq->flushed);
	raw_spin_lock_init(&wq->mayday_lock);
	INIT_LIST_HEAD(&wq->maydays);
	if (!wq->pwqs) {
		kfree(wq);
		return NULL;
	}
	init_pwqs(wq);
	if (flags & WQ_MEM_RECLAIM && !make_rescuer(wq)) {
		free_workqueue(wq);
		return NULL;
	}
	mutex_lock(&workqueues_mutex);
	list_add_tail(&wq->entry, &workqueues);
	mutex_unlock(&workqueues_mutex);
	return wq;
}

void destroy_workqueue(struct workqueue_struct *wq)
{
	drain_workqueue(wq);
	if (wq->rescuer) {
		kthread_stop(wq->rescuer->task);
		kfree(wq->rescuer);
	}
	mutex_lock(&workqueues_mutex);
	list_del(&wq->entry);
	mutex_unlock(&workqueues_mutex);
	free_workqueue(wq);
}

int schedule_on_each_cpu(work_func_t func)
{
	struct work_struct *works =
		kcalloc(nr_cpu_ids, sizeof(*works), GFP_KERNEL);
	int cpu;

	if (!works)
		return -ENOMEM;
	for_each_online_cpu(cpu) {
		INIT_WORK(&works[cpu], func);
		schedule_work_on(cpu, &works[cpu]);
	}
	for_each_online_cpu(cpu)
		flush_work(&works[cpu]);
	kfree(works);
	return 0;
}

unsigned long works_in_flight(void)
{
	struct workqueue_struct *wq;
	struct pool_workqueue *pwq;
	unsigned long sum = 0;

	mutex_lock(&workqueues_mutex);
	list_for_each_entry(wq, &workqueues, entry)
		for_each_pwq(pwq, wq) sum += READ_ONCE(pwq->nr_in_flight[0]) +
					     READ_ONCE(pwq->nr_in_flight[1]);
	mutex_unlock(&workqueues_mutex);
	return sum;
}

static int __init workqueue_init(void)
{
	pools_init();
	system_wq = alloc_workqueue("events", 0, 0);
	system_long_wq = alloc_workqueue("events_long", 0, 0);
	system_highpri_wq = alloc_workqueue("events_highpri", WQ_HIGHPRI, 0);
	system_unbound_wq = alloc_workqueue("events_unbound", WQ_UNBOUND, 0);
	if (!system_wq || !system_long_wq || !system_highpri_wq ||
	    !system_unbound_wq)
		panic("no memory for the first workqueues");
	return 0;
}
core_initcall(workqueue_init);
