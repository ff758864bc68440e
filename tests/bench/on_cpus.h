/* SPDX-License-Identifier: MIT */
/* Benches in which several CPUs do the same at once. */
#ifndef _TESTS_ON_CPUS_H
#define _TESTS_ON_CPUS_H

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <quire/bench.h>

static atomic_t at_work;
static DECLARE_COMPLETION(all_done);

/* scripts/bench.py boots again with as many CPUs as the words ask for. */
static inline bool has_cpus(struct bench *b, unsigned int nr)
{
	if (num_online_cpus() == nr)
		return true;
	bench_skip(b, nr == 2 ? "needs 2 CPUs" :
		      nr == 4 ? "needs 4 CPUs" :
				"needs 8 CPUs");
	return false;
}

/* The last that each thread of run_on_cpus() calls. */
static inline void one_more_done(void)
{
	if (atomic_dec_and_test(&at_work))
		complete(&all_done);
}

/* A thread on each of nr CPUs, which gets its number; waits for all. */
static inline void run_on_cpus(struct bench *b, unsigned int nr,
			       int (*fn)(void *cpu))
{
	struct task_struct *p;
	unsigned long cpu;

	atomic_set(&at_work, nr);
	for (cpu = 0; cpu < nr; cpu++) {
		p = kthread_run_on_cpu(fn, (void *)cpu, cpu, "bench/%u");
		if (IS_ERR(p)) {
			bench_skip(b, "no memory for a thread");
			one_more_done();
		}
	}
	wait_for_completion(&all_done);
}

#endif
