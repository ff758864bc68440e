// SPDX-License-Identifier: MIT
/*
 * The guard of the stack, where nothing is damaged. What happens where it is
 * shows tests/expect/crash-stack-overrun.session.
 */
#include <kunit/test.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include <linux/stackprotector.h>

#include "test_workers.h"

#define MANY 64

static unsigned long guard_here(void)
{
	unsigned long guard;

	preempt_disable();
	guard = *this_cpu_ptr(&__stack_chk_guard);
	preempt_enable();
	return guard;
}

/* Does each value end every text, and is it another each time? */
static void canaries_differ(struct kunit *test)
{
	unsigned long value[MANY];
	unsigned int i, j, same = 0;

	for (i = 0; i < MANY; i++) {
		value[i] = get_random_canary();
		KUNIT_EXPECT_EQ(test, value[i] & 0xff, 0ul);
		for (j = 0; j < i; j++)
			same += value[i] == value[j];
	}
	KUNIT_EXPECT_LE(test, same, 1U);
}

/* Is the guard that of the thread that runs, here and in others? */
static void guard_is_the_threads(struct worker *worker)
{
	for (unsigned int i = 0; i < MANY; i++) {
		worker->wrong += guard_here() != current->stack_canary;
		if (i % 4)
			yield();
		else
			schedule_timeout_uninterruptible(1);
	}
}

/* Has each thread, on each CPU, its own, over switches and moves? */
static void guard_follows_the_thread(struct kunit *test)
{
	unsigned int nr = workers_start(test, guard_is_the_threads, NULL);
	unsigned int i;

	KUNIT_EXPECT_EQ(test, guard_here(), current->stack_canary);
	for (i = 0; i < nr; i++)
		KUNIT_EXPECT_NE(test, workers[i].task->stack_canary,
				current->stack_canary);
	workers_stop(test, nr);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(canaries_differ),
	KUNIT_CASE(guard_follows_the_thread),
	{}
};

static struct kunit_suite suite = {
	.name = "stackprotector",
	.test_cases = cases,
};
kunit_test_suite(suite);
