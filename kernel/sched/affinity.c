// SPDX-License-Identifier: MIT
/*
 * affinity.c - on which CPUs a thread may run
 *
 *	sleeps:       the next wake-up chooses a CPU of the new set
 *	waits:        is moved at once, both queues locked
 *	runs:         goes by itself, through its CPU's next schedule():
 *
 *	  schedule():  begin_move(): out of the queue, TASK_ON_RQ_MOVING
 *	  switch       its stack is still in use: R2
 *	  next thread: finish_move(): into the queue of an allowed CPU
 *
 * While it is between the queues nobody else moves, wakes or changes it: who
 * wants to waits for the end of the switch, which waits for nobody.
 *
 * Differs from Linux: no stopper thread that pushes the one that runs away.
 * (kernel/sched/core.c)
 */
#include "internal.h"

#include <asm/processor.h>
#include <linux/errno.h>
#include <linux/highmem.h>

/* The slots of one that runs are still the CPU's own. */
static bool has_slots_open(const struct task_struct *p)
{
	return p == current && kmap_slots_open();
}

bool task_allowed(const struct task_struct *p, unsigned int cpu)
{
	if (likely(cpumask_test_cpu(cpu, &p->cpus_mask)) &&
	    likely(!is_migration_disabled(p)))
		return true;
	return p->cpu == cpu && (is_migration_disabled(p) || has_slots_open(p));
}

/* One that is online; if there is none, a thread must run all the same. */
static unsigned int any_allowed_cpu(const struct task_struct *p)
{
	unsigned int cpu = cpumask_any_and(&p->cpus_mask, cpu_online_mask);

	return cpu < nr_cpu_ids ? cpu : raw_smp_processor_id();
}

unsigned int select_task_rq(struct task_struct *p)
{
	unsigned int idle;

	if (is_migration_disabled(p))
		return p->cpu;
	/* where it ran last its data may still be in the cache */
	if (cpumask_test_cpu(p->cpu, &p->cpus_mask) && cpu_online(p->cpu)) {
		if (READ_ONCE(cpu_rq(p->cpu)->idle_marked))
			return p->cpu;
		idle = find_idle_cpu(&p->cpus_mask);
		return idle < nr_cpu_ids ? idle : p->cpu;
	}
	idle = find_idle_cpu(&p->cpus_mask);
	return idle < nr_cpu_ids ? idle : any_allowed_cpu(p);
}

void begin_move(struct rq *rq, struct task_struct *p)
{
	dequeue_task(rq, p);
	WRITE_ONCE(p->on_rq, TASK_ON_RQ_MOVING);
}

static void into_queue_of(struct task_struct *p, unsigned int cpu)
{
	struct rq *rq = cpu_rq(cpu);

	raw_spin_lock(&rq->lock);
	WRITE_ONCE(p->cpu, cpu);
	enqueue_task(rq, p);
	check_preempt_curr(rq, p);
	raw_spin_unlock(&rq->lock);
}

void finish_move(struct task_struct *p)
{
	into_queue_of(p, any_allowed_cpu(p));
}

/* The caller holds both locks of task_rq_lock(), which are released. */
static void leave_cpu(struct rq *rq, struct task_struct *p, unsigned long flags)
{
	if (p == rq->curr) {
		resched_curr(rq);
		raw_spin_unlock(&rq->lock);
	} else if (p->on_rq) {
		begin_move(rq, p);
		raw_spin_unlock(&rq->lock);
		finish_move(p);
	} else {
		raw_spin_unlock(&rq->lock);
	}
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
}

static bool on_wrong_cpu(struct task_struct *p)
{
	return READ_ONCE(p->on_rq) && !task_allowed(p, task_cpu(p));
}

int set_cpus_allowed_ptr(struct task_struct *p, const struct cpumask *mask)
{
	unsigned long flags;
	struct rq *rq;

	if (!cpumask_intersects(mask, cpu_online_mask))
		return -EINVAL;
	if (p->flags & PF_NO_SETAFFINITY && p != current)
		return -EINVAL;
	rq = task_rq_lock(p, &flags);
	cpumask_copy(&p->cpus_mask, mask);
	p->nr_cpus_allowed = cpumask_weight(mask);
	if (task_allowed(p, rq->cpu))
		task_rq_unlock(rq, p, flags);
	else
		leave_cpu(rq, p, flags);
	/* one that runs and has slots open goes when it has closed them */
	while (on_wrong_cpu(p)) {
		resched_cpu(task_cpu(p));
		schedule();
	}
	return 0;
}

void migrate_disable(void)
{
	preempt_disable();
	current->migration_disabled++;
	preempt_enable();
}

void migrate_enable(void)
{
	if (--current->migration_disabled)
		return;
	barrier();
	if (unlikely(on_wrong_cpu(current)))
		schedule();
}
