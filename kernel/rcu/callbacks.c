// SPDX-License-Identifier: MIT
/*
 * callbacks.c - what call_rcu() was given, until it may run
 *
 * Each CPU has three queues. A callback moves down them with the grace
 * periods that tree.c makes:
 *
 *	call_rcu()
 *	    |
 *	    v         number gp starts        number gp ends
 *	  [ next ] -----------------> [ wait ] -------------> [ done ]
 *	                                                         |
 *	                                     RCU_SOFTIRQ of this CPU: func(head)
 *
 * What arrives while a grace period runs stays in next, since readers of
 * before may not be among those that this period waits for.
 *
 * rcu_barrier() queues a callback of its own on each CPU that has any. As the
 * callbacks of a CPU run in order, those before it have run when it runs.
 *
 * Invariants:
 * C1 what is in wait was there when the grace period under way started.
 * C2 len counts the callbacks of a CPU from call_rcu() until they have run,
 *    so also those that the softirq is busy with.
 * C3 if next is not empty, a grace period that has not started is asked for.
 *
 * Lock: lists->lock, with interrupts off; it is the CPU's own but for the two
 * moments of a grace period, and rcu_barrier().
 *
 * Cost: call_rcu() is one uncontended lock; the first into an empty queue
 * also wakes the thread. A callback itself costs its call.
 *
 * Differs from Linux: the thread of grace periods moves the callbacks of all
 * CPUs, where there each CPU does so in its tick; all that are due run in one
 * go. (kernel/rcu/rcu_segcblist.c, kernel/rcu/tree.c)
 */
#include "internal.h"

#include <linux/completion.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kasan.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

/* [l] its lock */
struct rcu_lists {
	raw_spinlock_t lock;
	struct rcu_cblist next;		/* [l] no grace period yet */
	struct rcu_cblist wait;		/* [l] for the one under way */
	struct rcu_cblist done;		/* [l] may run */
	unsigned long len;		/* [l] C2 */
	struct rcu_head barrier;	/* rcu_barrier()'s own */
};

static DEFINE_PER_CPU(struct rcu_lists, rcu_lists) = {
	.lock = __RAW_SPIN_LOCK_UNLOCKED(rcu_lists.lock),
};

/* True: next was empty, so that a grace period must be asked for (C3). */
static bool lists_add(struct rcu_lists *lists, struct rcu_head *head)
{
	bool first = rcu_cblist_empty(&lists->next);

	rcu_cblist_add(&lists->next, head);
	lists->len++;
	return first;
}

void call_rcu(struct rcu_head *head, rcu_callback_t func)
{
	struct rcu_lists *lists;
	unsigned long flags;
	bool first;

	kasan_record_aux_stack(head);
	head->func = func;
	local_irq_save(flags);
	lists = this_cpu_ptr(&rcu_lists);
	raw_spin_lock(&lists->lock);
	first = lists_add(lists, head);
	raw_spin_unlock(&lists->lock);
	local_irq_restore(flags);
	if (first)
		rcu_gp_request(get_state_synchronize_rcu());
}
EXPORT_SYMBOL(call_rcu);

void rcu_lists_start(unsigned long gp)
{
	struct rcu_lists *lists;
	unsigned long flags;
	int cpu;

	for_each_possible_cpu(cpu) {
		lists = per_cpu_ptr(&rcu_lists, cpu);
		raw_spin_lock_irqsave(&lists->lock, flags);
		rcu_cblist_splice(&lists->wait, &lists->next);
		raw_spin_unlock_irqrestore(&lists->lock, flags);
	}
}

static void raise_here(void *unused)
{
	raise_softirq_irqoff(RCU_SOFTIRQ);
}

/* Has the CPU run its softirq soon. */
static void kick(int cpu)
{
	if (cpu != get_cpu())
		smp_call_function_single(cpu, raise_here, NULL, 0);
	else
		raise_softirq(RCU_SOFTIRQ);
	put_cpu();
}

bool rcu_lists_end(unsigned long gp)
{
	bool more = false, due;
	struct rcu_lists *lists;
	unsigned long flags;
	int cpu;

	for_each_possible_cpu(cpu) {
		lists = per_cpu_ptr(&rcu_lists, cpu);
		raw_spin_lock_irqsave(&lists->lock, flags);
		rcu_cblist_splice(&lists->done, &lists->wait);
		due = !rcu_cblist_empty(&lists->done);
		more |= !rcu_cblist_empty(&lists->next);
		raw_spin_unlock_irqrestore(&lists->lock, flags);
		if (due)
			kick(cpu);
	}
	return more;
}

/* RCU_SOFTIRQ: runs what is due on this CPU. */
static void run_done(struct softirq_action *unused)
{
	struct rcu_lists *lists = this_cpu_ptr(&rcu_lists);
	struct rcu_cblist due = { .head = NULL };
	unsigned long flags, count;

	raw_spin_lock_irqsave(&lists->lock, flags);
	rcu_cblist_splice(&due, &lists->done);
	raw_spin_unlock_irqrestore(&lists->lock, flags);

	count = rcu_cblist_run(&due);

	raw_spin_lock_irqsave(&lists->lock, flags);
	lists->len -= count;
	raw_spin_unlock_irqrestore(&lists->lock, flags);
}

unsigned long rcu_callbacks_pending(void)
{
	unsigned long sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu_ptr(&rcu_lists, cpu)->len);
	return sum;
}

/* --- rcu_barrier() --- */

static DEFINE_MUTEX(barrier_mutex);	/* one at a time: these are shared */
static atomic_t barrier_count;
static DECLARE_COMPLETION(barrier_done);

static void barrier_step(struct rcu_head *unused)
{
	if (atomic_dec_and_test(&barrier_count))
		complete(&barrier_done);
}

/* Queues barrier_step() behind the callbacks of a CPU, if it has any. */
static void barrier_queue(struct rcu_lists *lists)
{
	unsigned long flags;
	bool first = false;

	raw_spin_lock_irqsave(&lists->lock, flags);
	if (lists->len) {
		atomic_inc(&barrier_count);
		lists->barrier.func = barrier_step;
		first = lists_add(lists, &lists->barrier);
	}
	raw_spin_unlock_irqrestore(&lists->lock, flags);
	if (first)
		rcu_gp_request(get_state_synchronize_rcu());
}

void rcu_barrier(void)
{
	int cpu;

	if (!rcu_may_wait())
		return;
	mutex_lock(&barrier_mutex);
	reinit_completion(&barrier_done);
	atomic_set(&barrier_count, 1); /* until all CPUs were asked */
	for_each_possible_cpu(cpu)
		barrier_queue(per_cpu_ptr(&rcu_lists, cpu));
	barrier_step(NULL);
	wait_for_completion(&barrier_done);
	mutex_unlock(&barrier_mutex);
}
EXPORT_SYMBOL(rcu_barrier);

static int __init rcu_callbacks_init(void)
{
	open_softirq(RCU_SOFTIRQ, run_done);
	return 0;
}
pure_initcall(rcu_callbacks_init);
