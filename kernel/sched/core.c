// SPDX-License-Identifier: MIT
/*
 * core.c - giving the CPU from one thread to another
 *
 *	 wake_up_process()                        resched_curr()
 *	        |                                       |
 *	        v                                       v
 *	[ run queue of a CPU ] --pick_next_task()--> schedule() --> switch
 *	        ^                                       |
 *	        +---- still TASK_RUNNING: preempted ----+
 *	                                                |
 *	 sleeping: known to whoever will wake it  <-----+
 *
 * A thread sleeps by setting its state and calling schedule(), which takes
 * it out of its run queue. try_to_wake_up() sets the state back and puts it
 * in again. A thread that is woken between the two is still in the queue and
 * just goes on: no wake-up is lost (<linux/sched.h> has the protocol).
 *
 * Preemption: whoever makes a thread runnable that should run instead of the
 * present one says so in the preemption count (resched_curr()). The next
 * preempt_enable() that brings the count to 0, or the end of the interrupt,
 * finds that and switches.
 *
 * The switch itself is __switch_to_asm(): it enters as one thread and leaves
 * as another, with the lock of the run queue held; finish_task_switch()
 * releases it on behalf of the thread that left.
 *
 * R1  A thread in a run queue has on_rq set; it is in the queue of its cpu.
 *     One that leaves a CPU it must not use has on_rq set, but is in no queue
 *     (affinity.c).
 * R2  on_cpu is 1 from before a thread's first instruction on a CPU to after
 *     its last one, its stack included. Nobody puts it on another CPU before.
 * R3  The state goes from sleeping to running under pi_lock only; and so to
 *     one that is not set again (set_special_state()), as a thread's last.
 * R4  At a switch preemption is off once and the queue's lock is held: the
 *     preemption count is the same for all threads there.
 *
 * Lock: p->pi_lock, then rq->lock, of two queues that of the lower CPU first;
 * interrupts off for all.
 *
 * Cost: a switch is 11 instructions of assembly; schedule() as a whole is
 * measured by the bench context_switch.
 *
 * Differs from Linux: strict priorities instead of shares of time; no
 * signals, so that an interruptible sleep ends by a wake-up only.
 * (kernel/sched/core.c)
 */
#include "internal.h"

#include <asm/processor.h>
#include <asm/sections.h>
#include <asm/switch_to.h>
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/sched/stack.h>
#include <linux/sched/task_stack.h>
#include <linux/workqueue.h>

DEFINE_PER_CPU(int, __preempt_count) = PREEMPT_ENABLED;
DEFINE_PER_CPU(struct task_struct *, current_task) = &init_task;
DEFINE_PER_CPU(struct rq, runqueues);

/* ----------------------------------------------------------------- locking */

struct rq *__task_rq_lock(struct task_struct *p)
{
	for (;;) {
		struct rq *rq = task_rq(p);

		raw_spin_lock(&rq->lock);
		if (likely(rq == task_rq(p) && p->on_rq != TASK_ON_RQ_MOVING))
			return rq;
		raw_spin_unlock(&rq->lock);
		cpu_relax();
	}
}

struct rq *task_rq_lock(struct task_struct *p, unsigned long *flags)
{
	raw_spin_lock_irqsave(&p->pi_lock, *flags);
	return __task_rq_lock(p);
}

void task_rq_unlock(struct rq *rq, struct task_struct *p, unsigned long flags)
{
	raw_spin_unlock(&rq->lock);
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
}

/* -------------------------------------------------------------- waking up */

void resched_curr(struct rq *rq)
{
	if (rq->resched)
		return;
	rq->resched = true;
	if (rq->cpu == smp_processor_id())
		set_preempt_need_resched();
	else
		smp_send_reschedule(rq->cpu);
}

void scheduler_ipi(void)
{
	struct rq *rq = this_rq();

	if (READ_ONCE(rq->resched) || READ_ONCE(rq->offered))
		set_preempt_need_resched();
}

void resched_cpu(int cpu)
{
	struct rq *rq = cpu_rq(cpu);
	unsigned long flags;

	raw_spin_lock_irqsave(&rq->lock, flags);
	resched_curr(rq);
	raw_spin_unlock_irqrestore(&rq->lock, flags);
}

void check_preempt_curr(struct rq *rq, struct task_struct *p)
{
	if (p->prio < rq->curr->prio) {
		resched_curr(rq);
		return;
	}
	if (p->prio == rq->curr->prio)
		want_tick(rq);
	offer_to_idle_cpu(rq, p);
}

/* It was about to sleep and is still in its queue: nothing to move. */
static bool wake_in_queue(struct task_struct *p)
{
	struct rq *rq = __task_rq_lock(p);
	bool found = p->on_rq;

	if (found)
		WRITE_ONCE(p->__state, TASK_RUNNING);
	raw_spin_unlock(&rq->lock);
	return found;
}

static void wake_into_queue(struct task_struct *p)
{
	struct rq *rq;

	p->cpu = select_task_rq(p);
	rq = task_rq(p);
	raw_spin_lock(&rq->lock);
	enqueue_task(rq, p);
	WRITE_ONCE(p->__state, TASK_RUNNING);
	check_preempt_curr(rq, p);
	raw_spin_unlock(&rq->lock);
}

static int try_to_wake_up(struct task_struct *p, unsigned int state)
{
	unsigned long flags;
	int success = 0;

	raw_spin_lock_irqsave(&p->pi_lock, flags);
	smp_mb(); /* the caller's writes before the look at the state */
	/* its own thread may set it to running without the lock: R3 */
	if (READ_ONCE(p->__state) & state) {
		success = 1;
		smp_rmb(); /* the state before on_rq: R3, schedule() */
		if (!READ_ONCE(p->on_rq) || !wake_in_queue(p)) {
			while (smp_load_acquire(&p->on_cpu)) /* R2 */
				cpu_relax();
			wake_into_queue(p);
		}
	}
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
	return success;
}

int wake_up_state(struct task_struct *p, unsigned int state)
{
	return try_to_wake_up(p, state);
}

int wake_up_process(struct task_struct *p)
{
	return try_to_wake_up(p, TASK_NORMAL);
}

/* -------------------------------------------------------------- the switch */

/* What is left to do of the switch that brought this thread here. */
static void finish_task_switch(struct task_struct *prev)
{
	/* once on_cpu is 0 prev may run elsewhere, and be gone */
	bool dead = prev->__state == TASK_DEAD;
	bool moving = prev->on_rq == TASK_ON_RQ_MOVING;

	kmap_local_sched_in();
	smp_store_release(&prev->on_cpu, 0); /* R2 */
	spin_acquire(&this_rq()->lock.dep_map, 0, 0, _THIS_IP_);
	raw_spin_unlock(&this_rq()->lock);
	if (unlikely(moving))
		finish_move(prev);
	local_irq_enable();
	if (unlikely(dead))
		bury_task(prev);
}

void schedule_tail(struct task_struct *prev)
{
	finish_task_switch(prev);
	preempt_enable();
}

static void report_atomic(struct task_struct *prev, int count)
{
	pr_err("BUG: scheduling while atomic: %s/%d/0x%08x\n", prev->comm,
	       prev->pid, count);
	debug_show_held_locks(prev);
	dump_stack_lvl(KERN_ERR);
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}

/* Does prev stay in the queue? Out of it, if not. The caller holds the lock. */
static void put_prev_task(struct rq *rq, struct task_struct *prev, bool preempt)
{
	if (unlikely(is_idle_task(prev)))
		return;
	if (!preempt && prev->__state) {
		dequeue_task(rq, prev);
		prev->nvcsw++;
		return;
	}
	prev->nivcsw++;
	if (unlikely(!task_allowed(prev, rq->cpu)))
		begin_move(rq, prev);
}

/* The rest of schedule() and its kin: preemption is off. */
static void __schedule(bool preempt)
{
	struct task_struct *prev = current, *next;
	int count = preempt_count();
	struct rq *rq;

	if (IS_ENABLED(CONFIG_DEBUG) && task_stack_end_corrupted(prev))
		report_stack_end_corrupted(prev);
	if (unlikely(count != PREEMPT_OFFSET)) {
		report_atomic(prev, count);
		preempt_count_set(PREEMPT_OFFSET); /* R4 */
	}
	local_irq_disable();
	rcu_note_context_switch(preempt);
	rq = this_rq();
	raw_spin_lock(&rq->lock);
	smp_mb(); /* the caller's state before what follows */

	kmap_local_sched_out(); /* before it is asked where prev may run */
	put_prev_task(rq, prev, preempt);
	balance_idle(rq);
	next = pick_next_task(rq);
	rq->resched = false;
	clear_preempt_need_resched();
	if (likely(prev != next)) {
		if (prev->on_rq == TASK_ON_RQ_QUEUED)
			offer_to_idle_cpu(rq, prev);
		rq->curr = next;
		rq->nr_switches++;
		next->on_cpu = 1;
		/* to the lock checker, the next thread holds it from here */
		spin_release(&rq->lock.dep_map, _THIS_IP_);
		switch_to(prev, next, prev);
		finish_task_switch(prev);
	} else {
		kmap_local_sched_in();
		raw_spin_unlock(&rq->lock);
		local_irq_enable();
	}
	if (unlikely(count != PREEMPT_OFFSET))
		preempt_count_set(count);
}

void schedule(void)
{
	bool is_worker = current->flags & PF_WQ_WORKER;

	/* who wakes it meanwhile changes the state, and nothing here */
	if (unlikely(is_worker) && !task_is_running(current))
		wq_worker_sleeping(current);
	do {
		preempt_disable();
		__schedule(false);
		preempt_enable_no_resched();
	} while (need_resched());
	if (unlikely(is_worker))
		wq_worker_running(current);
}

void schedule_preempt_disabled(void)
{
	preempt_enable_no_resched();
	schedule();
	preempt_disable();
}

/* -------------------------------------------------------------- preemption */

static void preempt_schedule_common(void)
{
	do {
		preempt_disable();
		__schedule(true);
		preempt_enable_no_resched();
	} while (need_resched());
}

void preempt_schedule(void)
{
	if (preemptible())
		preempt_schedule_common();
}

void preempt_schedule_irq(void)
{
	do {
		preempt_disable();
		local_irq_enable();
		__schedule(true);
		local_irq_disable();
		preempt_enable_no_resched();
	} while (need_resched());
}

void irqentry_exit_cond_resched(void)
{
	if (unlikely(should_resched(0)))
		preempt_schedule_irq();
}

int _cond_resched(void)
{
	if (likely(!should_resched(0)))
		return 0;
	preempt_schedule_common();
	return 1;
}

/* ------------------------------------------------------------------- start */

void sched_fork(struct task_struct *p)
{
	p->__state = TASK_UNINTERRUPTIBLE; /* until its first wake-up */
	p->static_prio = DEFAULT_PRIO;
	p->prio = DEFAULT_PRIO;
	p->time_slice = SLICE_TICKS;
	raw_spin_lock_init(&p->pi_lock);
	INIT_LIST_HEAD(&p->run_node);
	cpumask_setall(&p->cpus_mask);
	p->nr_cpus_allowed = NR_CPUS;
	p->cpu = raw_smp_processor_id();
}

void __init sched_init(void)
{
	int cpu;

	for_each_possible_cpu(cpu)
		rq_init(cpu_rq(cpu), cpu);
	init_task.stack = init_stack;
	init_idle(&init_task, 0);
}
