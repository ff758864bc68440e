// SPDX-License-Identifier: MIT
/*
 * priority.c - changing how urgent a thread is
 *
 * The priority says in which list of its queue a thread stands, so one that
 * is in a queue is taken out, changed, and put in again: behind its new
 * equals.
 *
 * (kernel/sched/core.c)
 */
#include "internal.h"

#include <linux/errno.h>

/* The caller holds both locks of task_rq_lock(). */
static void change_prio(struct rq *rq, struct task_struct *p, int prio)
{
	bool queued = p->on_rq;
	int before = p->prio;

	if (queued)
		dequeue_task(rq, p);
	p->prio = prio;
	if (!queued)
		return;
	enqueue_task(rq, p);
	if (p != rq->curr)
		check_preempt_curr(rq, p);
	else if (prio > before)
		resched_curr(rq); /* another one may be first now */
}

static int prio_of(const struct task_struct *p)
{
	return p->policy == SCHED_NORMAL ?
		       p->static_prio :
		       MAX_RT_PRIO - 1 - (int)p->rt_priority;
}

static bool valid(int policy, int priority)
{
	switch (policy) {
	case SCHED_NORMAL:
		return priority == 0;
	case SCHED_FIFO:
	case SCHED_RR:
		return priority > 0 && priority < MAX_RT_PRIO;
	}
	return false;
}

int sched_setscheduler(struct task_struct *p, int policy,
		       const struct sched_param *param)
{
	unsigned long flags;
	struct rq *rq;

	if (!valid(policy, param->sched_priority))
		return -EINVAL;
	rq = task_rq_lock(p, &flags);
	p->policy = policy;
	p->rt_priority = param->sched_priority;
	change_prio(rq, p, prio_of(p));
	task_rq_unlock(rq, p, flags);
	preempt_check_resched();
	return 0;
}

static void set_fifo(struct task_struct *p, int priority)
{
	const struct sched_param param = { .sched_priority = priority };

	sched_setscheduler(p, SCHED_FIFO, &param);
}

void sched_set_fifo(struct task_struct *p)
{
	set_fifo(p, MAX_RT_PRIO / 2);
}

void sched_set_fifo_low(struct task_struct *p)
{
	set_fifo(p, 1);
}

void set_user_nice(struct task_struct *p, long nice)
{
	unsigned long flags;
	struct rq *rq;

	if (nice < MIN_NICE || nice > MAX_NICE)
		return;
	rq = task_rq_lock(p, &flags);
	p->static_prio = NICE_TO_PRIO(nice);
	if (p->policy == SCHED_NORMAL)
		change_prio(rq, p, p->static_prio);
	task_rq_unlock(rq, p, flags);
	preempt_check_resched();
}

void sched_set_normal(struct task_struct *p, int nice)
{
	const struct sched_param param = { .sched_priority = 0 };

	set_user_nice(p, nice);
	sched_setscheduler(p, SCHED_NORMAL, &param);
}
