// SPDX-License-Identifier: MIT
/*
 * tree.c - grace periods: when has every reader of before come to its end?
 *
 * The problem: a writer has taken an object out of a structure, so no new
 * reader finds it; but readers who found it before may still look at it. They
 * take no lock that could be asked, and write nothing that could be counted.
 *
 * The way out: a reader is never preempted and never sleeps. So a CPU that is
 * seen *outside* readers once - it switches threads, it is idle, an interrupt
 * finds it preemptible - has ended all readers that it had before. When every
 * CPU has been seen so, no reader of before is left anywhere:
 *
 *	          grace period number n
 *	          started = n                       completed = n
 *	             |<------------------------------->|
 *	CPU 0  --[reader]-----S------[reader]---[reader]---
 *	CPU 1  ----[   reader  ]--S-----------------------
 *	CPU 2  ......... idle ............[reader]--------
 *	CPU 3  --------[ reader    (reader)       ]-S-----
 *	             ^                                 ^
 *	       old version unlinked              may be freed
 *
 *	S: the first switch after the start; an idle CPU owes none. CPU 0's
 *	and CPU 2's later readers began after the start, and find the new
 *	version: nobody waits for them.
 *
 * Terms: a moment outside readers is a *quiescent state*; the idle CPU's is
 * an extended one, told by a counter that is even while it lasts.
 *
 * Algorithm: the thread "rcu_gp" sleeps until a number is asked for. Then it
 *   1 counts started up and puts the CPUs online into waiting, each of which
 *     sees need_qs and reports at its next switch;
 *   2 takes out those that are idle, or were since;
 *   3 after a tick, has the others switch (resched_cpu()), once a tick;
 *   4 with waiting empty sets completed, wakes who waits, and hands callbacks
 *     to the CPUs that queued them (callbacks.c).
 * A busy CPU is thus left alone for a tick; the expedited form does not wait.
 *
 * Invariants:
 * R1 started is completed or completed + 1. Number started + 1 waits for all
 *    readers of the moment in which started was read.
 * R2 a CPU leaves waiting only when it was outside readers after the start.
 * R3 dynticks changes with a full barrier on its own CPU only: whoever then
 *    reads it even, and the CPU in its next reader, cannot both miss what the
 *    other wrote before.
 * R4 an idle CPU has no reader, but in an interrupt; then dynticks is odd.
 *
 * Lock: rcu.lock, with interrupts off, for the numbers and waiting; not held
 * while anybody is woken. With one CPU online whoever may sleep is outside
 * readers, so that nobody waits.
 *
 * Cost: a reader, none but preempt_disable(); a switch, two loads; idle, two
 * locked adds around the halt; a grace period, a lock per busy CPU and
 * at least one switch to the thread.
 *
 * Differs from Linux: readers are not preempted (there, PREEMPT_RCU lists
 * those that were); CPUs report to one lock, not up a tree of nodes, which
 * 32 CPUs do not need. (kernel/rcu/tree.c)
 */
#include "internal.h"

#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

/* [R] rcu.lock */
static struct {
	raw_spinlock_t lock;
	unsigned long started;		/* [R] number of the latest */
	unsigned long completed;	/* [R] ... that has ended */
	unsigned long wanted;		/* [R] the highest asked for */
	struct cpumask waiting;		/* [R] CPUs not yet seen outside */
	unsigned long snap[NR_CPUS];	/* the thread's: dynticks then */
	atomic_t hurried;		/* who waits for an expedited one */
} rcu = {
	.lock = __RAW_SPIN_LOCK_UNLOCKED(rcu.lock),
};

static DECLARE_WAIT_QUEUE_HEAD(gp_wait);	/* the thread */
static DECLARE_WAIT_QUEUE_HEAD(end_wait);	/* who waits for an end */

DEFINE_PER_CPU(struct rcu_watch, rcu_watch) = { .dynticks = 1 };

/* Numbers may wrap: a is b or comes after it. */
static bool gp_reached(unsigned long a, unsigned long b)
{
	return (long)(a - b) >= 0;
}

/* --- what CPUs tell --- */

/* R2: to be called outside readers. */
static void seen_outside(int cpu)
{
	unsigned long flags;
	bool last;

	raw_spin_lock_irqsave(&rcu.lock, flags);
	last = cpumask_test_cpu(cpu, &rcu.waiting);
	cpumask_clear_cpu(cpu, &rcu.waiting);
	last = last && cpumask_empty(&rcu.waiting);
	raw_spin_unlock_irqrestore(&rcu.lock, flags);
	if (last)
		wake_up(&gp_wait);
}

void rcu_report_qs(void)
{
	this_cpu_write(rcu_watch.need_qs, false);
	seen_outside(smp_processor_id());
}

/* R3. The value is this CPU's alone to change. */
static void dynticks_step(void)
{
	smp_mb();
	this_cpu_inc(rcu_watch.dynticks);
	smp_mb();
}

bool rcu_is_watching(void)
{
	return this_cpu_read(rcu_watch.dynticks) & 1;
}

void rcu_eqs_enter(void)
{
	if (rcu_is_watching() && !in_interrupt())
		dynticks_step();
}

void rcu_eqs_exit(void)
{
	if (!rcu_is_watching())
		dynticks_step();
}

void rcu_idle_enter(void)
{
	this_cpu_write(rcu_watch.idle, true);
	rcu_eqs_enter();
}

void rcu_idle_exit(void)
{
	this_cpu_write(rcu_watch.idle, false);
	rcu_eqs_exit();
}

void rcu_sched_clock_irq(int user)
{
	int depth = preempt_count() & ~HARDIRQ_MASK;

	if (!this_cpu_read(rcu_watch.need_qs))
		return;
	if (user || (!depth && hardirq_count() <= HARDIRQ_OFFSET))
		rcu_report_qs();
}

/* --- numbers --- */

unsigned long get_state_synchronize_rcu(void)
{
	smp_mb(); /* what the caller unlinked, before R1 */
	return READ_ONCE(rcu.started) + 1;
}
EXPORT_SYMBOL(get_state_synchronize_rcu);

bool poll_state_synchronize_rcu(unsigned long oldstate)
{
	if (!gp_reached(READ_ONCE(rcu.completed), oldstate))
		return false;
	smp_mb(); /* before what the caller frees */
	return true;
}
EXPORT_SYMBOL(poll_state_synchronize_rcu);

void rcu_gp_request(unsigned long gp)
{
	unsigned long flags;
	bool new;

	raw_spin_lock_irqsave(&rcu.lock, flags);
	new = !gp_reached(rcu.wanted, gp);
	if (new)
		rcu.wanted = gp;
	raw_spin_unlock_irqrestore(&rcu.lock, flags);
	if (new)
		wake_up(&gp_wait);
}

unsigned long start_poll_synchronize_rcu(void)
{
	unsigned long gp = get_state_synchronize_rcu();

	rcu_gp_request(gp);
	return gp;
}
EXPORT_SYMBOL(start_poll_synchronize_rcu);

/* --- the thread --- */

static bool gp_wanted(void)
{
	return !gp_reached(READ_ONCE(rcu.completed), READ_ONCE(rcu.wanted));
}

/* CPUs only leave the set meanwhile; whoever leaves last wakes the thread. */
static bool all_seen(void)
{
	return data_race(cpumask_empty(&rcu.waiting));
}

static bool hurry(void)
{
	return atomic_read(&rcu.hurried) != 0;
}

static unsigned long dynticks_of(int cpu)
{
	return READ_ONCE(per_cpu(rcu_watch, cpu).dynticks);
}

static void gp_start(void)
{
	unsigned long flags;
	int cpu;

	rcu_lists_start(rcu.started + 1);
	raw_spin_lock_irqsave(&rcu.lock, flags);
	WRITE_ONCE(rcu.started, rcu.started + 1);
	cpumask_copy(&rcu.waiting, cpu_online_mask);
	raw_spin_unlock_irqrestore(&rcu.lock, flags);

	smp_mb(); /* R1: CPUs are looked at after started was written */
	for_each_online_cpu(cpu) {
		rcu.snap[cpu] = dynticks_of(cpu);
		WRITE_ONCE(per_cpu(rcu_watch, cpu).need_qs, true);
	}
	rcu_stall_begin();
}

/* R2 from the outside: idle now, or at some time since the start. */
static bool was_idle(int cpu)
{
	unsigned long now = dynticks_of(cpu);

	return !(now & 1) || now != rcu.snap[cpu];
}

/* Looks at the CPUs that have not reported; force: has them do so. */
static void look_around(bool force)
{
	int cpu, here = get_cpu();

	smp_mb(); /* R3 */
	for_each_online_cpu(cpu) {
		if (!cpumask_test_cpu(cpu, &rcu.waiting))
			continue;
		if (cpu == here || was_idle(cpu)) {
			WRITE_ONCE(per_cpu(rcu_watch, cpu).need_qs, false);
			seen_outside(cpu);
		} else if (force) {
			resched_cpu(cpu);
		}
	}
	put_cpu();
}

static void gp_wait_for_all(void)
{
	look_around(hurry());
	while (!all_seen()) {
		bool hurried = hurry();

		wait_event_idle_timeout(gp_wait,
					all_seen() || hurried != hurry(), 1);
		look_around(true);
		rcu_stall_check(&rcu.waiting);
	}
}

static void gp_end(void)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&rcu.lock, flags);
	WRITE_ONCE(rcu.completed, rcu.started);
	raw_spin_unlock_irqrestore(&rcu.lock, flags);
	wake_up_all(&end_wait);
	if (rcu_lists_end(rcu.completed))
		rcu_gp_request(rcu.started + 1);
}

static int rcu_gp_thread(void *unused)
{
	for (;;) {
		wait_event_idle(gp_wait, gp_wanted());
		gp_start();
		gp_wait_for_all();
		gp_end();
	}
	return 0;
}

/* --- waiting --- */

static void wait_for_gp(void)
{
	unsigned long gp = start_poll_synchronize_rcu();

	wait_event(end_wait, poll_state_synchronize_rcu(gp));
}

void synchronize_rcu(void)
{
	if (rcu_may_wait() && num_online_cpus() > 1)
		wait_for_gp();
}
EXPORT_SYMBOL(synchronize_rcu);

void synchronize_rcu_expedited(void)
{
	if (!rcu_may_wait() || num_online_cpus() == 1)
		return;
	atomic_inc(&rcu.hurried);
	wake_up(&gp_wait);
	wait_for_gp();
	atomic_dec(&rcu.hurried);
}
EXPORT_SYMBOL(synchronize_rcu_expedited);

static int __init rcu_start(void)
{
	return PTR_ERR_OR_ZERO(kthread_run(rcu_gp_thread, NULL, "rcu_gp"));
}
pure_initcall(rcu_start);
