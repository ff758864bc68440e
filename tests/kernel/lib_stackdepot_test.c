// SPDX-License-Identifier: MIT
/* The depot of stack traces: is each kept once, and found by its number? */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/stackdepot.h>
#include <linux/string.h>

#define POOL_BYTES 4096

static char pool[POOL_BYTES] __aligned(STACK_DEPOT_UNIT);
static struct stack_depot depot;

static int fresh_depot(struct kunit *test)
{
	memset(pool, 0x5a, sizeof(pool));
	depot_init(&depot, pool, sizeof(pool));
	return 0;
}

/* Is a trace found again under its handle, entry by entry? */
static void comes_back(struct kunit *test)
{
	unsigned long trace[5] = { 1, 2, 3, 4, 5 }, *found;
	depot_stack_handle_t handle = depot_save(&depot, trace, 5);

	KUNIT_ASSERT_NE(test, handle, 0);
	KUNIT_ASSERT_EQ(test, depot_fetch(&depot, handle, &found), 5);
	KUNIT_EXPECT_MEMEQ(test, found, trace, sizeof(trace));
}

/* Do equal traces share one handle, and different ones not? (D1) */
static void kept_once(struct kunit *test)
{
	unsigned long trace[3] = { 10, 20, 30 };
	depot_stack_handle_t first, shorter, other;

	first = depot_save(&depot, trace, 3);
	shorter = depot_save(&depot, trace, 2);
	trace[2] = 31;
	other = depot_save(&depot, trace, 3);
	trace[2] = 30;
	KUNIT_EXPECT_EQ(test, depot_save(&depot, trace, 3), first);
	KUNIT_EXPECT_EQ(test, depot_save(&depot, trace, 2), shorter);
	KUNIT_EXPECT_NE(test, first, shorter);
	KUNIT_EXPECT_NE(test, first, other);
	KUNIT_EXPECT_EQ(test, depot.traces, 3);
}

/* Are no handles given for nothing, before a pool, and out of range? */
static void no_handle(struct kunit *test)
{
	unsigned long trace[1] = { 1 }, *found;
	static struct stack_depot without_pool;

	KUNIT_EXPECT_EQ(test, depot_save(&depot, trace, 0), 0);
	KUNIT_EXPECT_EQ(test, depot_save(&without_pool, trace, 1), 0);
	KUNIT_EXPECT_EQ(test, depot_fetch(&depot, 0, &found), 0);
	KUNIT_EXPECT_NULL(test, found);
	KUNIT_EXPECT_EQ(test, depot_fetch(&depot, 999, &found), 0);
}

/* Does a full depot give handle 0, keep the old traces and its bounds? */
static void full_depot(struct kunit *test)
{
	unsigned long trace[8] = { 1, 2, 3, 0, 5, 6, 7, 8 }, *found;
	depot_stack_handle_t handle, last = 0;
	unsigned int kept = 0;

	depot_init(&depot, pool, POOL_BYTES - 64);
	for (trace[3] = 0; trace[3] < 1000; trace[3]++) {
		handle = depot_save(&depot, trace, 8);
		if (!handle)
			break;
		KUNIT_ASSERT_GT(test, handle, last);
		last = handle;
		kept++;
	}
	/* Unit 0 is never given; 8 bytes of head and 8 entries: 2 units. */
	KUNIT_EXPECT_EQ(test, kept,
			((POOL_BYTES - 64) / STACK_DEPOT_UNIT - 1) / 2);
	KUNIT_EXPECT_NULL(test, memchr_inv(pool + POOL_BYTES - 64, 0x5a, 64));
	KUNIT_EXPECT_EQ(test, depot.lost, 1);
	for (trace[3] = 0; trace[3] < kept; trace[3]++) {
		handle = depot_save(&depot, trace, 8);
		KUNIT_ASSERT_EQ(test, depot_fetch(&depot, handle, &found), 8);
		KUNIT_ASSERT_EQ(test, found[3], trace[3]);
	}
	KUNIT_EXPECT_EQ(test, depot.traces, kept);
}

/* Are traces that are too deep cut, and handles within their bits? (D2) */
static void limits(struct kunit *test)
{
	unsigned long trace[STACK_DEPOT_DEPTH + 4] = { 1, 2 }, *found;
	depot_stack_handle_t handle;

	handle = depot_save(&depot, trace, ARRAY_SIZE(trace));
	KUNIT_EXPECT_EQ(test, depot_fetch(&depot, handle, &found),
			STACK_DEPOT_DEPTH);
	depot_init(&depot, pool, 4 * STACK_DEPOT_MAX_BYTES);
	KUNIT_EXPECT_EQ(test, depot.pool_units, 1 << STACK_DEPOT_BITS);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(comes_back),
	KUNIT_CASE(kept_once),
	KUNIT_CASE(no_handle),
	KUNIT_CASE(full_depot),
	KUNIT_CASE(limits),
	{}
};

static struct kunit_suite suite = {
	.name = "lib_stackdepot",
	.init = fresh_depot,
	.test_cases = cases,
};
kunit_test_suite(suite);
