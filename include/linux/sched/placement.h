/* SPDX-License-Identifier: MIT */
/* Who runs first, and where. <linux/sched.h> includes this. */
#ifndef _LINUX_SCHED_PLACEMENT_H
#define _LINUX_SCHED_PLACEMENT_H

#include <linux/cpumask.h>
#include <linux/errno.h>

struct task_struct;

struct sched_param {
	int sched_priority; /* 1 .. 99 for SCHED_FIFO and SCHED_RR, else 0 */
};

/*
 * A thread of higher priority always runs before those of lower ones; equals
 * take turns, except after one that is SCHED_FIFO. Any context; take effect
 * at once, wherever p is. -EINVAL: no such policy or priority.
 */
int sched_setscheduler(struct task_struct *p, int policy,
		       const struct sched_param *param);
#define sched_setscheduler_nocheck(p, policy, param) \
	sched_setscheduler(p, policy, param)
void sched_set_fifo(struct task_struct *p);
void sched_set_fifo_low(struct task_struct *p);
void sched_set_normal(struct task_struct *p, int nice);
void set_user_nice(struct task_struct *p, long nice);

/*
 * The CPUs that p may run on; it is on one of them when this returns. May
 * sleep. -EINVAL: none of them is online, or p is bound by kthread_bind().
 */
#ifdef CONFIG_SMP
int set_cpus_allowed_ptr(struct task_struct *p, const struct cpumask *mask);

/* Between these the caller stays on its CPU, though it may sleep. Nests. */
void migrate_disable(void);
void migrate_enable(void);
#else
static inline int set_cpus_allowed_ptr(struct task_struct *p,
				       const struct cpumask *mask)
{
	return cpumask_test_cpu(0, mask) ? 0 : -EINVAL;
}

static inline void migrate_disable(void)
{
}

static inline void migrate_enable(void)
{
}
#endif

#endif
