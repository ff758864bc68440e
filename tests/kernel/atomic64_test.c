// SPDX-License-Identifier: MIT
/* 64-bit counters: do they change in one piece, and by what they say? */
#include <linux/atomic.h>
#include <linux/interrupt.h>
#include "lock_threads.h"

#define THREADS 3
#define ROUNDS  20000

static atomic64_t shared;
static atomic_t wrong, running;

/* Does each operation return what it says: old, new or success? */
static void results(struct kunit *test)
{
	atomic64_t v = ATOMIC64_INIT(0xffffffffll);
	s64 old = 4;

	KUNIT_EXPECT_EQ(test, atomic64_inc_return(&v), 0x100000000ll);
	KUNIT_EXPECT_EQ(test, atomic64_dec_return(&v), 0xffffffffll);
	KUNIT_EXPECT_EQ(test, atomic64_fetch_add(1ll << 40, &v), 0xffffffffll);
	KUNIT_EXPECT_EQ(test, atomic64_fetch_and(1ll << 40, &v),
			(1ll << 40) + 0xffffffffll);
	KUNIT_EXPECT_EQ(test, atomic64_fetch_or(1, &v), 1ll << 40);
	KUNIT_EXPECT_EQ(test, atomic64_fetch_xor(1, &v), (1ll << 40) + 1);
	KUNIT_EXPECT_EQ(test, atomic64_cmpxchg(&v, 0, 5), 1ll << 40);
	KUNIT_EXPECT_EQ(test, atomic64_cmpxchg(&v, 1ll << 40, 5), 1ll << 40);
	KUNIT_EXPECT_FALSE(test, atomic64_try_cmpxchg(&v, &old, 9));
	KUNIT_EXPECT_EQ(test, old, 5);
	KUNIT_EXPECT_TRUE(test, atomic64_try_cmpxchg(&v, &old, -9));
	KUNIT_EXPECT_EQ(test, atomic64_xchg(&v, 1), -9);
	KUNIT_EXPECT_FALSE(test, atomic64_add_unless(&v, 1, 1));
	KUNIT_EXPECT_TRUE(test, atomic64_dec_and_test(&v));
	KUNIT_EXPECT_FALSE(test, atomic64_inc_not_zero(&v));
	KUNIT_EXPECT_EQ(test, atomic64_dec_if_positive(&v), -1);
	KUNIT_EXPECT_TRUE(test, atomic64_add_negative(-1, &v));
	KUNIT_EXPECT_EQ(test, atomic64_read(&v), -1);
}

/* Does the long's width give the same results? */
static void long_results(struct kunit *test)
{
	atomic_long_t v = ATOMIC_LONG_INIT(6);
	long old = 5;

	atomic_long_or(9, &v);
	atomic_long_andnot(1, &v);
	KUNIT_EXPECT_EQ(test, atomic_long_fetch_inc(&v), 14);
	KUNIT_EXPECT_FALSE(test, atomic_long_try_cmpxchg(&v, &old, 1));
	KUNIT_EXPECT_TRUE(test, atomic_long_try_cmpxchg_acquire(&v, &old, -1));
	KUNIT_EXPECT_EQ(test, atomic_long_read_acquire(&v), -1);
	atomic_long_set_release(&v, 3);
	KUNIT_EXPECT_EQ(test, atomic_long_sub_return_relaxed(4, &v), -1);
}

static int add_a_lot(void *unused)
{
	unsigned int i;

	for (i = 0; i < ROUNDS; i++)
		atomic64_add(0x80000001ll, &shared);
	return 0;
}

/* Is no addition of several threads lost, carries included? */
static void nothing_is_lost(struct kunit *test)
{
	struct task_struct *p[THREADS];
	unsigned int i;

	atomic64_set(&shared, 0);
	for (i = 0; i < THREADS; i++)
		p[i] = start(test, add_a_lot, NULL);
	for (i = 0; i < THREADS; i++)
		join(p[i]);
	KUNIT_EXPECT_EQ(test, atomic64_read(&shared),
			THREADS * ROUNDS * 0x80000001ll);
}

static int look_for_halves(void *unused)
{
	s64 seen;

	while (atomic_read(&running)) {
		seen = atomic64_read(&shared);
		if (seen != 0 && seen != -1)
			atomic_inc(&wrong);
		cond_resched();
	}
	return 0;
}

/* Is a value ever read of which only one half was written? */
static void no_half_is_read(struct kunit *test)
{
	struct task_struct *p;
	unsigned int i;

	atomic64_set(&shared, 0);
	atomic_set(&wrong, 0);
	atomic_set(&running, 1);
	p = start(test, look_for_halves, NULL);
	for (i = 0; i < ROUNDS; i++)
		atomic64_set(&shared, i % 2 ? -1 : 0);
	atomic_set(&running, 0);
	join(p);
	KUNIT_EXPECT_EQ(test, atomic_read(&wrong), 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(results),
	KUNIT_CASE(long_results),
	KUNIT_CASE(nothing_is_lost),
	KUNIT_CASE(no_half_is_read),
	{}
};

static struct kunit_suite suite = {
	.name = "atomic64",
	.test_cases = cases,
};
kunit_test_suite(suite);
