// SPDX-License-Identifier: MIT
/*
 * The sweep over cases that are right, and over some that are wrong on
 * purpose: does it find what it is there to find, and nothing else?
 */
#include <kunit/test.h>

#include <linux/gfp.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <quire/capture.h>

#include "../../lib/kunit/internal.h"

static void *lost[8]; /* what the wrong cases leave, for the outer one */
static unsigned int nr_lost;
static DEFINE_SPINLOCK(lock);

static void lose(void *p)
{
	if (nr_lost < ARRAY_SIZE(lost))
		lost[nr_lost++] = p;
}

/* ------------------------------------------------ the cases that are swept */

/* The house's own way: all or nothing. */
static int make_two(void **two)
{
	two[0] = kmalloc(64, GFP_KERNEL);
	if (!two[0])
		return -ENOMEM;
	two[1] = kmalloc(64, GFP_KERNEL);
	if (two[1])
		return 0;
	kfree(two[0]);
	return -ENOMEM;
}

static void right(struct kunit *test)
{
	void *two[2];

	KUNIT_ASSERT_EQ(test, make_two(two), 0);
	kfree(two[0]);
	kfree(two[1]);
}

/* As above, but the first is forgotten when there is no second. */
static int make_two_leaking(void **two)
{
	two[0] = kmalloc(64, GFP_KERNEL);
	if (!two[0])
		return -ENOMEM;
	two[1] = kmalloc(64, GFP_KERNEL);
	if (two[1])
		return 0;
	lose(two[0]);
	return -ENOMEM;
}

static void leaks(struct kunit *test)
{
	void *two[2];

	KUNIT_ASSERT_EQ(test, make_two_leaking(two), 0);
	kfree(two[0]);
	kfree(two[1]);
}

/* The same of a case that goes on after the error. */
static void leaks_and_goes_on(struct kunit *test)
{
	void *two[2];

	if (make_two_leaking(two))
		return;
	kfree(two[0]);
	kfree(two[1]);
}

/*
 * What is lost each time, inverted, so that it leads nowhere. Several: a word
 * that somebody left lying about may lead to one, but hardly to all.
 */
static unsigned long hidden[8];

static void free_hidden(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(hidden); i++)
		kfree((void *)~hidden[i]);
}

/* Goes on without some, and forgets the others when there is no last one. */
static noinline int make_some(void **some)
{
	void *last;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(hidden); i++)
		some[i] = kmalloc(64, GFP_KERNEL);
	last = kmalloc(64, GFP_KERNEL);
	if (last) {
		kfree(last);
		return 0;
	}
	for (i = 0; i < ARRAY_SIZE(hidden); i++) {
		kfree((void *)~hidden[i]); /* of the run before */
		hidden[i] = ~(unsigned long)some[i];
		some[i] = NULL;
	}
	return -ENOMEM;
}

/* Ends only at its assertion, with the same lost each time that it does. */
static void leaks_each_time(struct kunit *test)
{
	void *some[ARRAY_SIZE(hidden)] = { NULL };
	unsigned int i;

	KUNIT_ASSERT_EQ(test, make_some(some), 0);
	for (i = 0; i < ARRAY_SIZE(some); i++)
		kfree(some[i]);
}

static void uses_null(struct kunit *test)
{
	int *p = kmalloc(sizeof(*p), GFP_KERNEL);

	*(volatile int *)p = 7;
	kfree(p);
}

static void keeps_lock(struct kunit *test)
{
	void *p;

	spin_lock(&lock);
	p = kmalloc(64, GFP_ATOMIC);
	if (!p)
		return;
	spin_unlock(&lock);
	kfree(p);
}

static void warns(struct kunit *test)
{
	void *p = kmalloc(64, GFP_KERNEL);

	WARN_ON(!p);
	kfree(p);
}

/* Its own loss at the second assertion is the same for each attempt there. */
static void gives_up(struct kunit *test)
{
	void *p = kmalloc(64, GFP_KERNEL), *area;

	KUNIT_ASSERT_NOT_NULL(test, p);
	lose(p);
	area = vmalloc(2 * PAGE_SIZE);
	KUNIT_ASSERT_NOT_NULL(test, area);
	nr_lost--;
	vfree(area);
	kfree(p);
}

static void fails_anyway(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, false);
}

static void no_memory(struct kunit *test)
{
}

/* ------------------------------------------------------------------- sweeps */

static const char *said;

/* Sweeps one case; what was printed is in said. */
static struct sweep_stats sweep(struct kunit *test, const char *name,
				void (*run_case)(struct kunit *))
{
	static const struct kunit_filter all;
	struct kunit_case cases[] = { { .run_case = run_case, .name = name },
				      {} };
	static struct kunit_suite inner = { .name = "inner" };
	struct sweep_stats stats = { 0 };
	enum kunit_status status;

	inner.test_cases = cases;
	nr_lost = 0;
	capture_begin();
	status = kunit_sweep_suite(&inner, &all, 1, &stats);
	said = capture_end();
	KUNIT_EXPECT_EQ(test, status,
			stats.leaks || stats.crashes || stats.others ?
				KUNIT_FAILURE :
				KUNIT_SUCCESS);
	return stats;
}

static void free_lost(void)
{
	while (nr_lost)
		kfree(lost[--nr_lost]);
}

/* Is each attempt failed once, then none, and nothing found that is right? */
static void right_is_clean(struct kunit *test)
{
	struct sweep_stats stats = sweep(test, "right", right);

	KUNIT_EXPECT_EQ(test, stats.cases, 1);
	KUNIT_EXPECT_GE(test, stats.injected, 2);
	/* one that counts, and one at the end in which nothing was failed */
	KUNIT_EXPECT_EQ(test, stats.runs, stats.injected + 2);
	KUNIT_EXPECT_EQ(test, stats.leaks, 0);
	KUNIT_EXPECT_EQ(test, stats.crashes, 0);
	KUNIT_EXPECT_EQ(test, stats.others, 0);
	KUNIT_EXPECT_EQ(test, stats.gave_up, 0);
	KUNIT_EXPECT_NOT_NULL(test, strstr(said, "ok 1 inner\n"));
}

/* Is a leak at the second allocation found, and is it told where? */
static void leak_is_found(struct kunit *test)
{
	struct sweep_stats stats = sweep(test, "leaks", leaks);

	free_lost();
	KUNIT_EXPECT_GE(test, stats.leaks, 1);
	KUNIT_EXPECT_EQ(test, stats.crashes, 0);
	KUNIT_EXPECT_NOT_NULL(test, strstr(said, "# inner.leaks: attempt "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(said, "leak: slab objects: "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(said, " make_two_leaking+0x"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(said, "not ok 1 inner\n"));
}

/* And where the case does not end at an assertion? */
static void silent_leak_is_found(struct kunit *test)
{
	struct sweep_stats stats = sweep(test, "goes_on", leaks_and_goes_on);

	free_lost();
	KUNIT_EXPECT_GE(test, stats.leaks, 1);
	KUNIT_EXPECT_EQ(test, stats.crashes, 0);
}

/* And where each run that ends there leaves the same? */
static void constant_leak_is_found(struct kunit *test)
{
	struct sweep_stats stats;

	memset(hidden, 0xff, sizeof(hidden));
	stats = sweep(test, "leaks_each_time", leaks_each_time);
	free_hidden();
	KUNIT_EXPECT_GE(test, stats.leaks, 1);
	KUNIT_EXPECT_EQ(test, stats.crashes, 0);
	KUNIT_EXPECT_NOT_NULL(test, strstr(said, "unreferenced object"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(said, " make_some+0x"));
}

/* Is a NULL that is used found as a crash? */
static void crash_is_found(struct kunit *test)
{
	struct sweep_stats stats = sweep(test, "uses_null", uses_null);

	KUNIT_EXPECT_GE(test, stats.crashes, 1);
	KUNIT_EXPECT_NOT_NULL(test, strstr(said, " crash"));
}

/* Is a lock found that is still held after the error? */
static void lock_is_found(struct kunit *test)
{
	struct sweep_stats stats = sweep(test, "keeps_lock", keeps_lock);

	/* the check has put the count back, which unlocking lowers */
	preempt_disable();
	spin_unlock(&lock);
	KUNIT_EXPECT_GE(test, stats.others, 1);
	KUNIT_EXPECT_NOT_NULL(test, strstr(said, " locks or counts"));
}

/* And a report? */
static void report_is_found(struct kunit *test)
{
	struct sweep_stats stats = sweep(test, "warns", warns);

	KUNIT_EXPECT_GE(test, stats.others, 1);
	KUNIT_EXPECT_EQ(test, stats.leaks, 0);
	KUNIT_EXPECT_NOT_NULL(test, strstr(said, " report"));
}

/* Is what a case held itself when it gave up not taken for a leak? */
static void own_loss_is_no_leak(struct kunit *test)
{
	struct sweep_stats stats = sweep(test, "gives_up", gives_up);

	free_lost();
	KUNIT_EXPECT_EQ(test, stats.leaks, 0);
	KUNIT_EXPECT_GE(test, stats.gave_up, 3);
	KUNIT_EXPECT_EQ(test, stats.others, 0);
}

/* Is a case found that fails with nothing failed for it? */
static void failure_is_found(struct kunit *test)
{
	struct sweep_stats stats = sweep(test, "fails", fails_anyway);

	KUNIT_EXPECT_EQ(test, stats.others, 1);
	KUNIT_EXPECT_EQ(test, stats.runs, 1);
}

/* Is one that allocates nothing run just once? */
static void nothing_to_fail(struct kunit *test)
{
	struct sweep_stats stats = sweep(test, "no_memory", no_memory);

	KUNIT_EXPECT_EQ(test, stats.runs, 1);
	KUNIT_EXPECT_EQ(test, stats.injected, 0);
}

static struct kunit_case sweep_cases[] = {
	KUNIT_CASE(right_is_clean),
	KUNIT_CASE(leak_is_found),
	KUNIT_CASE(silent_leak_is_found),
	KUNIT_CASE(constant_leak_is_found),
	KUNIT_CASE(crash_is_found),
	KUNIT_CASE(lock_is_found),
	KUNIT_CASE(report_is_found),
	KUNIT_CASE(own_loss_is_no_leak),
	KUNIT_CASE(failure_is_found),
	KUNIT_CASE(nothing_to_fail),
	{}
};

static struct kunit_suite sweep_suite = {
	.name = "kunit_sweep",
	.test_cases = sweep_cases,
};

kunit_test_suite(sweep_suite);
