// SPDX-License-Identifier: MIT
/*
 * balance.c - no CPU idles while threads wait
 *
 *	wakes up       an idle CPU is preferred (select_task_rq())
 *	CPU 0: A B     waits: an idle CPU is told to look (offer_to_idle_cpu())
 *	CPU 1: -       idles: takes what waits elsewhere (balance_idle())
 *
 * A CPU marks itself idle before it looks at the others' queues, and whoever
 * makes a thread wait looks at the marks afterwards. So one of the two sees
 * the other:
 *
 * M1  If a thread waits in a queue, and is allowed on a CPU whose bit is set,
 *     that CPU has been told, or is still looking.
 *
 * What runs stays where it is: only threads that wait are taken, the one of
 * highest priority first. Equals that share one CPU while another CPU has a
 * single thread are left so: that would need to know how long each has run.
 *
 * Cost: nothing but a test of two flags on a CPU that has work.
 *
 * Differs from Linux: no load figures, no domains. (kernel/sched/fair.c)
 */
#include "internal.h"

#include <linux/atomic.h>

static struct cpumask idle_cpus; /* M1 */

unsigned int find_idle_cpu(const struct cpumask *allowed)
{
	/* what was idle a moment ago: who goes there finds out */
	const struct cpumask idle = data_race(idle_cpus);
	unsigned int cpu;

	if (cpumask_empty(&idle))
		return nr_cpu_ids;
	for_each_cpu(cpu, &idle)
		if (cpumask_test_cpu(cpu, allowed) && cpu_online(cpu))
			return cpu;
	return nr_cpu_ids;
}

static void mark_idle(struct rq *rq, bool idle)
{
	if (likely(rq->idle_marked == idle))
		return;
	WRITE_ONCE(rq->idle_marked, idle); /* others read it as a hint */
	if (idle)
		cpumask_set_cpu(rq->cpu, &idle_cpus);
	else
		cpumask_clear_cpu(rq->cpu, &idle_cpus);
	smp_mb(); /* the mark before the look at the queues */
}

/* A thread of from that waits, and may run on cpu; NULL: none. */
static struct task_struct *find_waiting(struct rq *from, unsigned int cpu)
{
	struct task_struct *p;
	unsigned int prio;

	for_each_set_bit(prio, from->queue.bits, MAX_PRIO)
		list_for_each_entry(p, &from->queue.list[prio], run_node)
			if (p != from->curr && !p->on_cpu &&
			    task_allowed(p, cpu))
				return p;
	return NULL;
}

/* Both locks are held. */
static void take_one(struct rq *rq, struct rq *from)
{
	struct task_struct *p = find_waiting(from, rq->cpu);

	if (!p)
		return;
	dequeue_task(from, p);
	WRITE_ONCE(p->cpu, rq->cpu);
	enqueue_task(rq, p);
}

/* Locks from too, in the order of the CPUs; rq's lock is released meanwhile. */
static void lock_second(struct rq *rq, struct rq *from)
{
	if (from->cpu > rq->cpu) {
		raw_spin_lock_nested(&from->lock, SINGLE_DEPTH_NESTING);
		return;
	}
	raw_spin_unlock(&rq->lock);
	raw_spin_lock(&from->lock);
	raw_spin_lock_nested(&rq->lock, SINGLE_DEPTH_NESTING);
}

static void look_elsewhere(struct rq *rq)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct rq *from = cpu_rq(cpu);

		if (from == rq || READ_ONCE(from->nr_running) < 2)
			continue;
		lock_second(rq, from);
		if (!rq->nr_running)
			take_one(rq, from);
		raw_spin_unlock(&from->lock);
		lock_set_subclass(&rq->lock.dep_map, 0, _THIS_IP_);
		if (rq->nr_running)
			return;
	}
}

void balance_idle(struct rq *rq)
{
	if (likely(rq->nr_running)) {
		mark_idle(rq, false);
		return;
	}
	mark_idle(rq, true);
	WRITE_ONCE(rq->offered, false);
	smp_mb(); /* from here on an offer makes this CPU look again */
	if (num_online_cpus() > 1)
		look_elsewhere(rq);
	if (rq->nr_running)
		mark_idle(rq, false);
}

void offer_to_idle_cpu(struct rq *rq, struct task_struct *waits)
{
	unsigned int cpu;

	if (is_migration_disabled(waits))
		return;
	smp_mb(); /* the thread in the queue before the look at the marks */
	cpu = find_idle_cpu(&waits->cpus_mask);
	if (cpu >= nr_cpu_ids || cpu == rq->cpu)
		return;
	WRITE_ONCE(cpu_rq(cpu)->offered, true);
	smp_send_reschedule(cpu);
}
