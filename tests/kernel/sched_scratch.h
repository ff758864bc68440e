/* SPDX-License-Identifier: MIT */
/* Threads for the tests of threads. */
#ifndef _TESTS_SCHED_SCRATCH_H
#define _TESTS_SCHED_SCRATCH_H

#include "until_stopped.h"

#include <asm/processor.h>
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/sched/task.h>
#include <linux/wait.h>

/* Long enough for anything that is not lost. */
#define LONG_TIME (10 * HZ)

/* A thread on one CPU, asleep until its first wake-up. */
static inline struct task_struct *make_on(struct kunit *test, unsigned int cpu,
					  int (*fn)(void *), void *data)
{
	struct task_struct *p = kthread_create(fn, data, "test/%u", cpu);

	KUNIT_ASSERT_FALSE(test, IS_ERR(p));
	kthread_bind(p, cpu);
	return p;
}

/* On the CPU of the case itself. */
static inline struct task_struct *make_here(struct kunit *test,
					    int (*fn)(void *), void *data)
{
	return make_on(test, raw_smp_processor_id(), fn, data);
}

/* A CPU that is not the case's, or the case is skipped. */
static inline unsigned int other_cpu(struct kunit *test)
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		if (cpu != raw_smp_processor_id())
			return cpu;
	kunit_skip(test, "needs two CPUs");
	return 0;
}

/* Until p waits for something; false: it never did. */
static inline bool until_asleep(struct task_struct *p)
{
	unsigned long end = jiffies + LONG_TIME;

	while (task_is_running(p) || task_curr(p)) {
		if (time_after(jiffies, end))
			return false;
		yield();
	}
	return true;
}

#endif
