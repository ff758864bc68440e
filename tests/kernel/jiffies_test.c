// SPDX-License-Identifier: MIT
/* Jiffies: do they go on, and do comparisons survive their wrap? */
#include <kunit/test.h>
#include <asm/processor.h>
#include <linux/jiffies.h>
#include <linux/timekeeping.h>

/* Does a loop that waits for a jiffy end, and take its time? */
static void loop_ends(struct kunit *test)
{
	unsigned long end = jiffies + 3;
	ktime_t start = ktime_get();

	while (time_before(jiffies, end))
		cpu_relax();
	/* the first of the three may have been nearly over */
	KUNIT_EXPECT_GE(test, ktime_get() - start, 2 * TICK_NSEC);
}

/* Is it the clock, in other units? */
static void follows_the_clock(struct kunit *test)
{
	u64 before = div_u64(ktime_get_ns(), TICK_NSEC);
	u64 now = get_jiffies_64() - INITIAL_JIFFIES;
	u64 after = div_u64(ktime_get_ns(), TICK_NSEC);

	KUNIT_EXPECT_LE(test, before, now);
	KUNIT_EXPECT_LE(test, now, after);
}

/* Are before and after right across the wrap, and for equal times? */
static void comparisons(struct kunit *test)
{
	unsigned long last = ULONG_MAX, first = 0;

	KUNIT_EXPECT_TRUE(test, time_after(first, last));
	KUNIT_EXPECT_FALSE(test, time_after(last, first));
	KUNIT_EXPECT_FALSE(test, time_after(last, last));
	KUNIT_EXPECT_TRUE(test, time_after_eq(last, last));
	KUNIT_EXPECT_TRUE(test, time_before(last, first));
	KUNIT_EXPECT_TRUE(test, time_before_eq(first, first));
	KUNIT_EXPECT_TRUE(test, time_in_range(first, last, first));
	KUNIT_EXPECT_FALSE(test, time_in_range_open(first, last, first));
	KUNIT_EXPECT_TRUE(test, time_is_before_jiffies(jiffies - 1));
	KUNIT_EXPECT_TRUE(test, time_is_after_jiffies(jiffies + 100 * HZ));
}

/* Do conversions round up, so that nothing waits too short, and not wrap? */
static void conversions(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, msecs_to_jiffies(0), 0);
	KUNIT_EXPECT_EQ(test, msecs_to_jiffies(1), 1);
	KUNIT_EXPECT_EQ(test, msecs_to_jiffies(10), 1);
	KUNIT_EXPECT_EQ(test, msecs_to_jiffies(11), 2);
	KUNIT_EXPECT_EQ(test, msecs_to_jiffies(-1), MAX_JIFFY_OFFSET);
	KUNIT_EXPECT_EQ(test, usecs_to_jiffies(10001), 2);
	KUNIT_EXPECT_EQ(test, nsecs_to_jiffies(29999999), 2);
	KUNIT_EXPECT_EQ(test, jiffies_to_msecs(7), 70);
	KUNIT_EXPECT_EQ(test, jiffies_to_usecs(7), 70000);
	KUNIT_EXPECT_EQ(test, jiffies_to_nsecs(500), 5000000000ULL);
	KUNIT_EXPECT_EQ(test, jiffies_delta_to_msecs(-1), 0);
}

static struct kunit_case jiffies_cases[] = {
	KUNIT_CASE(loop_ends),
	KUNIT_CASE(follows_the_clock),
	KUNIT_CASE(comparisons),
	KUNIT_CASE(conversions),
	{}
};

static struct kunit_suite jiffies_suite = {
	.name = "jiffies",
	.test_cases = jiffies_cases,
};
kunit_test_suite(jiffies_suite);
