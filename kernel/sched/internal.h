/* SPDX-License-Identifier: MIT */
/* Between the files of the scheduler; core.c's head tells how it works. */
#ifndef _KERNEL_SCHED_INTERNAL_H
#define _KERNEL_SCHED_INTERNAL_H

#include <linux/bitops.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

/* Ticks that one of several equals runs before it is the next one's turn. */
#define SLICE_TICKS 4

#define PRIO_WORDS ((MAX_PRIO + BITS_PER_LONG - 1) / BITS_PER_LONG)

/*
 * Threads by priority: a list for each, a bit for each list that is not
 * empty, and a bit for each word of those that is not 0.
 */
struct prio_array {
	unsigned long words;
	unsigned long bits[PRIO_WORDS];
	struct list_head list[MAX_PRIO];
};

/* What one CPU has to run. All under lock, but for what another CPU guesses. */
struct rq {
	raw_spinlock_t lock;
	unsigned int nr_running; /* threads in queue: that run or want to */
	bool resched;            /* told to choose anew, has not yet */
	struct task_struct *curr;
	struct task_struct *idle;
	unsigned long nr_switches;
	unsigned int cpu;
	struct prio_array queue;
};

DECLARE_PER_CPU(struct rq, runqueues);

#define cpu_rq(cpu) (&per_cpu(runqueues, cpu))
#define this_rq() this_cpu_ptr(&runqueues)
#define task_rq(p) cpu_rq(task_cpu(p))

/* queue.c; the caller holds rq->lock. */
void rq_init(struct rq *rq, unsigned int cpu);
void enqueue_task(struct rq *rq, struct task_struct *p);
void dequeue_task(struct rq *rq, struct task_struct *p);

/* Behind its equals. */
void requeue_task(struct rq *rq, struct task_struct *p);

/* Who runs next: the first of the highest priority, or the idle thread. */
struct task_struct *pick_next_task(struct rq *rq);

/* Makes the CPU of rq choose anew, soon. The caller holds rq->lock. */
void resched_curr(struct rq *rq);

/*
 * The run queue that p belongs to, locked together with p->pi_lock, so that
 * p stays there and nothing wakes it. Any context.
 */
struct rq *task_rq_lock(struct task_struct *p, unsigned long *flags);
void task_rq_unlock(struct rq *rq, struct task_struct *p, unsigned long flags);

#endif
