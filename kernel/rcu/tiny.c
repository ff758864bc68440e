// SPDX-License-Identifier: MIT
/*
 * tiny.c - RCU with one CPU (SMP=n)
 *
 * A reader is not preempted and does not sleep. So with one CPU, whoever may
 * sleep is outside all readers: synchronize_rcu() has nothing to wait for, and
 * a thread that got the CPU is proof that the readers of before have ended:
 *
 *	[reader: call_rcu(head)]---switch---> thread "rcu_gp": func(head)
 *	        ^ interrupted, preempt-disabled: the thread cannot run here
 *
 * T1 a callback runs in the thread only, after a switch that came after its
 *    call_rcu(), or after the thread itself was outside readers since.
 * T2 pending counts the callbacks until they have run.
 *
 * Lock: interrupts off.
 *
 * Differs from Linux: callbacks run in the thread with softirqs off, not in a
 * softirq, which could interrupt a reader. (kernel/rcu/tiny.c)
 */
#include "internal.h"

#include <linux/completion.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kasan.h>
#include <linux/kthread.h>
#include <linux/wait.h>

static struct rcu_cblist queue;
static unsigned long pending;		/* T2 */
static unsigned long started, wanted;	/* runs of the thread, by number */
static unsigned long completed;
static DECLARE_WAIT_QUEUE_HEAD(gp_wait);

void call_rcu(struct rcu_head *head, rcu_callback_t func)
{
	unsigned long flags;
	bool first;

	kasan_record_aux_stack(head);
	head->func = func;
	local_irq_save(flags);
	first = rcu_cblist_empty(&queue);
	rcu_cblist_add(&queue, head);
	pending++;
	local_irq_restore(flags);
	if (first)
		start_poll_synchronize_rcu();
}
EXPORT_SYMBOL(call_rcu);

unsigned long rcu_callbacks_pending(void)
{
	return READ_ONCE(pending);
}

unsigned long get_state_synchronize_rcu(void)
{
	return READ_ONCE(started) + 1;
}
EXPORT_SYMBOL(get_state_synchronize_rcu);

bool poll_state_synchronize_rcu(unsigned long oldstate)
{
	return (long)(READ_ONCE(completed) - oldstate) >= 0;
}
EXPORT_SYMBOL(poll_state_synchronize_rcu);

unsigned long start_poll_synchronize_rcu(void)
{
	unsigned long flags, gp;

	local_irq_save(flags);
	gp = started + 1;
	wanted = gp;
	local_irq_restore(flags);
	wake_up(&gp_wait);
	return gp;
}
EXPORT_SYMBOL(start_poll_synchronize_rcu);

void synchronize_rcu(void)
{
	rcu_may_wait();
}
EXPORT_SYMBOL(synchronize_rcu);

void synchronize_rcu_expedited(void)
{
	synchronize_rcu();
}
EXPORT_SYMBOL(synchronize_rcu_expedited);

static void run_all(void)
{
	struct rcu_cblist due = { .head = NULL };
	unsigned long flags, count;

	local_irq_save(flags);
	started++;
	rcu_cblist_splice(&due, &queue);
	local_irq_restore(flags);

	count = rcu_cblist_run(&due); /* T1 */

	local_irq_save(flags);
	pending -= count;
	completed = started;
	local_irq_restore(flags);
}

static int rcu_gp_thread(void *unused)
{
	for (;;) {
		wait_event_idle(gp_wait, READ_ONCE(wanted) != completed);
		run_all();
	}
	return 0;
}

struct barrier {
	struct rcu_head head;
	struct completion done;
};

static void barrier_step(struct rcu_head *head)
{
	complete(&container_of(head, struct barrier, head)->done);
}

void rcu_barrier(void)
{
	struct barrier barrier;

	if (!rcu_may_wait() || !rcu_callbacks_pending())
		return;
	init_completion(&barrier.done);
	call_rcu(&barrier.head, barrier_step);
	wait_for_completion(&barrier.done);
}
EXPORT_SYMBOL(rcu_barrier);

static int __init rcu_start(void)
{
	return PTR_ERR_OR_ZERO(kthread_run(rcu_gp_thread, NULL, "rcu_gp"));
}
pure_initcall(rcu_start);
