/* SPDX-License-Identifier: MIT */
/*
 * Two CPUs that do two things again and again, for the tests of the race
 * detector:
 *
 *	CPU a   while (!stop) f();
 *	CPU b   while (!stop) g();
 */
#ifndef _TESTS_KERNEL_KCSAN_TEST_H
#define _TESTS_KERNEL_KCSAN_TEST_H

#include "smp_test.h"
#include "test_workers.h"

#include <kunit/test.h>
#include <linux/delay.h>

#include "../../kernel/kcsan/kcsan.h"

static bool pair_stop;

static void run_again(struct worker *worker)
{
	void (*fn)(void) = worker->arg;

	while (!READ_ONCE(pair_stop)) {
		fn();
		worker->steps++;
		cond_resched();
	}
}

/* Until pair_end() f runs on the first CPU, g on the second. */
static inline void pair_begin(struct kunit *test, void (*f)(void),
			      void (*g)(void))
{
	int a = cpumask_first(cpu_online_mask);

	WRITE_ONCE(pair_stop, false);
	worker_start(test, 0, a, run_again, f);
	worker_start(test, 1, cpumask_next(a, cpu_online_mask), run_again, g);
}

static inline void pair_end(struct kunit *test)
{
	WRITE_ONCE(pair_stop, true);
	workers_stop(test, 2);
	KUNIT_EXPECT_GT(test, workers[0].steps, 0UL);
	KUNIT_EXPECT_GT(test, workers[1].steps, 0UL);
}

static unsigned int usual_skip;
static bool usual_atomic, usual_change;

/* For a suite's init and exit: many accesses wait, and the usual rules. */
static inline int be_eager(struct kunit *test)
{
	need_cpus(test, 2);
	usual_skip = kcsan_skip_watch;
	usual_atomic = kcsan_assume_plain_writes_atomic;
	usual_change = kcsan_report_value_change_only;
	WRITE_ONCE(kcsan_skip_watch, 20);
	WRITE_ONCE(kcsan_assume_plain_writes_atomic, true);
	WRITE_ONCE(kcsan_report_value_change_only, true);
	return 0;
}

static inline void be_as_usual(struct kunit *test)
{
	if (!usual_skip)
		return;
	WRITE_ONCE(kcsan_skip_watch, usual_skip);
	WRITE_ONCE(kcsan_assume_plain_writes_atomic, usual_atomic);
	WRITE_ONCE(kcsan_report_value_change_only, usual_change);
	usual_skip = 0;
}

#endif
