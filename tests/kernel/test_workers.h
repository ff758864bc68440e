/* SPDX-License-Identifier: MIT */
/*
 * Workers: threads that a test starts, one or several on each CPU, and waits
 * for. Each counts what it did and what was wrong; the test adds it up, since
 * only its own thread may fail it.
 */
#ifndef _TESTS_TEST_WORKERS_H
#define _TESTS_TEST_WORKERS_H

#include "until_stopped.h"

#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/prandom.h>
#include <linux/random.h>
#include <linux/smp.h>
#include <linux/string.h>

#define MAX_WORKERS 16U

struct worker {
	struct task_struct *task;
	void (*run)(struct worker *worker);
	void *arg;		/* the test's */
	unsigned int nr;	/* 0, 1, 2, ... */
	int cpu;		/* bound to it, or -1 */
	struct rnd_state state;
	unsigned long steps;
	unsigned long failed;	/* allocations */
	unsigned long wrong;	/* what must never be */
	struct completion ended;
};

static struct worker workers[MAX_WORKERS];

static inline u32 worker_below(struct worker *worker, u32 limit)
{
	return prandom_u32_state(&worker->state) % limit;
}

/* Runs to its end, then waits to be collected. */
static int worker_main(void *data)
{
	struct worker *worker = data;

	worker->run(worker);
	complete(&worker->ended);
	return sleep_until_stopped(NULL);
}

/* Starts worker nr, on a CPU or (-1) on any. */
static inline void worker_start(struct kunit *test, unsigned int nr, int cpu,
				void (*run)(struct worker *), void *arg)
{
	struct worker *worker = &workers[nr];

	KUNIT_ASSERT_LT(test, nr, MAX_WORKERS);
	memset(worker, 0, sizeof(*worker));
	worker->run = run;
	worker->arg = arg;
	worker->nr = nr;
	worker->cpu = cpu;
	init_completion(&worker->ended);
	prandom_seed_state(&worker->state, 17 + nr);
	worker->task = kthread_create(worker_main, worker, "worker/%u", nr);
	KUNIT_ASSERT_FALSE(test, IS_ERR(worker->task));
	if (cpu >= 0)
		kthread_bind(worker->task, cpu);
	wake_up_process(worker->task);
}

/* One on each CPU that is online, or at least two in all; how many. */
static inline unsigned int
workers_start(struct kunit *test, void (*run)(struct worker *), void *arg)
{
	unsigned int nr = 0, cpu;

	for_each_online_cpu(cpu)
		if (nr < MAX_WORKERS)
			worker_start(test, nr++, cpu, run, arg);
	if (nr == 1)
		worker_start(test, nr++, 0, run, arg);
	return nr;
}

/* Waits for the end of one: kthread_stop() alone may come before its start. */
static inline void worker_stop(unsigned int nr)
{
	wait_for_completion(&workers[nr].ended);
	kthread_stop(workers[nr].task);
	workers[nr].task = NULL; /* it would hide what is there next */
}

/* Waits for all, and expects that nothing was wrong. */
static inline void workers_stop(struct kunit *test, unsigned int count)
{
	unsigned int nr;

	for (nr = 0; nr < count; nr++)
		worker_stop(nr);
	for (nr = 0; nr < count; nr++)
		KUNIT_EXPECT_EQ_MSG(test, workers[nr].wrong, 0UL,
				    "worker %u on CPU %d", nr, workers[nr].cpu);
}

#endif
