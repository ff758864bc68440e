// SPDX-License-Identifier: MIT
/* percpu_counter: is nothing lost between the CPUs' parts and the sum? */
#include "smp_test.h"
#include "test_workers.h"

#include <linux/irqflags.h>
#include <linux/percpu_counter.h>
#include <linux/slab.h>

#include "fail_nth.h"

#define BATCH 32

static struct percpu_counter counter;

static void make(struct kunit *test, s64 amount)
{
	KUNIT_ASSERT_EQ(test, percpu_counter_init(&counter, amount, GFP_KERNEL),
			0);
}

/* Does a CPU keep what it adds until it is a batch, and does the sum know? */
static void handed_over_in_batches(struct kunit *test)
{
	make(test, 1000);
	preempt_disable();
	percpu_counter_add_batch(&counter, BATCH - 1, BATCH);
	KUNIT_EXPECT_EQ(test, percpu_counter_read(&counter), 1000LL);
	KUNIT_EXPECT_EQ(test, percpu_counter_sum(&counter), 1000LL + BATCH - 1);
	percpu_counter_add_batch(&counter, 1, BATCH);
	KUNIT_EXPECT_EQ(test, percpu_counter_read(&counter), 1000LL + BATCH);
	percpu_counter_add_batch(&counter, 1 - BATCH, BATCH);
	KUNIT_EXPECT_EQ(test, percpu_counter_read(&counter), 1000LL + BATCH);
	percpu_counter_add_batch(&counter, -1, BATCH);
	KUNIT_EXPECT_EQ(test, percpu_counter_read(&counter), 1000LL);
	KUNIT_EXPECT_EQ(test, percpu_counter_sum(&counter), 1000LL);
	preempt_enable();
	percpu_counter_destroy(&counter);
}

/* Do amounts and values beyond 32 bits come through whole? */
static void large_numbers(struct kunit *test)
{
	make(test, -5);
	percpu_counter_inc(&counter);
	percpu_counter_add(&counter, 1LL << 40);
	percpu_counter_sub(&counter, 3LL << 33);
	percpu_counter_dec(&counter);
	KUNIT_EXPECT_EQ(test, percpu_counter_sum(&counter),
			(1LL << 40) - (3LL << 33) - 5);
	percpu_counter_set(&counter, -7LL << 35);
	KUNIT_EXPECT_EQ(test, percpu_counter_sum(&counter), -7LL << 35);
	KUNIT_EXPECT_EQ(test, percpu_counter_read(&counter), -7LL << 35);
	KUNIT_EXPECT_EQ(test, percpu_counter_sum_positive(&counter), 0LL);
	KUNIT_EXPECT_EQ(test, percpu_counter_read_positive(&counter), 0LL);
	percpu_counter_destroy(&counter);
}

/* Does setting forget the parts, and handing over empty the caller's? */
static void set_and_sync(struct kunit *test)
{
	make(test, 0);
	percpu_counter_add(&counter, 7);
	percpu_counter_set(&counter, 50);
	KUNIT_EXPECT_EQ(test, percpu_counter_sum(&counter), 50LL);
	preempt_disable();
	percpu_counter_add(&counter, 3);
	KUNIT_EXPECT_EQ(test, percpu_counter_read(&counter), 50LL);
	percpu_counter_sync(&counter);
	KUNIT_EXPECT_EQ(test, percpu_counter_read(&counter), 53LL);
	KUNIT_EXPECT_EQ(test, percpu_counter_sum(&counter), 53LL);
	preempt_enable();
	percpu_counter_destroy(&counter);
}

/* Is the comparison right from afar, and where only the sum can tell? */
static void compares(struct kunit *test)
{
	make(test, 1000);
	percpu_counter_add(&counter, 5);
	KUNIT_EXPECT_EQ(test, percpu_counter_compare(&counter, 1000), 1);
	KUNIT_EXPECT_EQ(test, percpu_counter_compare(&counter, 1005), 0);
	KUNIT_EXPECT_EQ(test, percpu_counter_compare(&counter, 1006), -1);
	KUNIT_EXPECT_EQ(test, percpu_counter_compare(&counter, 1LL << 40), -1);
	KUNIT_EXPECT_EQ(test, percpu_counter_compare(&counter, -(1LL << 40)),
			1);
	percpu_counter_destroy(&counter);
}

static void count_up(struct worker *worker)
{
	unsigned int i;

	for (i = 0; i < 2000; i++) {
		percpu_counter_add(&counter, worker_below(worker, 3 * BATCH));
		percpu_counter_add(&counter, 100);
	}
}

static void add_one(void *unused)
{
	percpu_counter_inc(&counter);
}

/* The amounts that a worker draws, again. */
static s64 drawn_by(unsigned int nr)
{
	struct rnd_state state;
	unsigned int i;
	s64 sum = 0;

	prandom_seed_state(&state, 17 + nr);
	for (i = 0; i < 2000; i++)
		sum += prandom_u32_state(&state) % (3 * BATCH) + 100;
	return sum;
}

/* With all CPUs adding at once, and interrupts on top, is the sum exact? */
static void nothing_is_lost(struct kunit *test)
{
	unsigned int count, nr, i;
	s64 expected = 0;

	make(test, 0);
	count = workers_start(test, count_up, NULL);
	for (i = 0; i < 200; i++) {
		on_each_cpu(add_one, NULL, 1);
		expected += num_online_cpus();
	}
	workers_stop(test, count);
	for (nr = 0; nr < count; nr++)
		expected += drawn_by(nr);
	KUNIT_EXPECT_EQ(test, percpu_counter_sum(&counter), expected);
	KUNIT_EXPECT_LE(test, percpu_counter_read(&counter),
			expected + num_online_cpus() * percpu_counter_batch);
	KUNIT_EXPECT_GE(test, percpu_counter_read(&counter),
			expected - num_online_cpus() * percpu_counter_batch);
	percpu_counter_destroy(&counter);
}

/* Without memory, is that the error, and may it be destroyed all the same? */
static void without_memory(struct kunit *test)
{
	int err;

	fail_nth_begin(test);
	KUNIT_EXPECT_FALSE(test, percpu_counter_initialized(&counter));
	fault_nth_set(1);
	err = percpu_counter_init(&counter, 0, GFP_KERNEL | __GFP_NOWARN);
	fail_nth_end(test);
	KUNIT_EXPECT_EQ(test, err, -ENOMEM);
	percpu_counter_destroy(&counter);
	make(test, 0);
	KUNIT_EXPECT_TRUE(test, percpu_counter_initialized(&counter));
	percpu_counter_destroy(&counter);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(handed_over_in_batches),
	KUNIT_CASE(large_numbers),
	KUNIT_CASE(set_and_sync),
	KUNIT_CASE(compares),
	KUNIT_CASE(nothing_is_lost),
	KUNIT_CASE(without_memory),
	{}
};

static struct kunit_suite percpu_counter_suite = {
	.name = "percpu_counter",
	.test_cases = cases,
};
kunit_test_suite(percpu_counter_suite);
