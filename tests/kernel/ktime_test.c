// SPDX-License-Identifier: MIT
/* Clocks: does time go on, and only forwards? */
#include <kunit/test.h>
#include <linux/clocksource.h>
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/ktime.h>
#include <linux/timekeeping.h>

#define READINGS 20000

/* Is each reading at or after the one before? */
static void never_goes_back(struct kunit *test)
{
	ktime_t last = ktime_get(), now;
	unsigned int i, back = 0;

	for (i = 0; i < READINGS; i++) {
		now = ktime_get();
		back += now < last;
		last = now;
	}
	KUNIT_EXPECT_EQ(test, back, 0);
}

/*
 * Does as much time pass as a delay takes, at least? A clock of ticks may lose
 * some of them on a busy host, but not all.
 */
static void passes_with_a_delay(struct kunit *test)
{
	const struct clocksource *cs = timekeeping_clocksource();
	unsigned int tries = cs->flags & CLOCK_SOURCE_IS_CONTINUOUS ? 1 : 100;
	ktime_t start = ktime_get();

	do {
		mdelay(30);
	} while (--tries && ktime_us_delta(ktime_get(), start) < 29000);
	/* the two were not calibrated against each other */
	KUNIT_EXPECT_GE(test, ktime_us_delta(ktime_get(), start), 29000);
}

/* Does it pass while interrupts are off, when no tick helps? */
static void passes_without_interrupts(struct kunit *test)
{
	const struct clocksource *cs = timekeeping_clocksource();
	unsigned long flags;
	ktime_t start, end;

	if (!(cs->flags & CLOCK_SOURCE_IS_CONTINUOUS))
		kunit_skip(test, "the clock needs its tick");
	local_irq_save(flags);
	start = ktime_get();
	mdelay(30);
	end = ktime_get();
	local_irq_restore(flags);
	KUNIT_EXPECT_GE(test, ktime_us_delta(end, start), 29000);
}

/* Do sums stop at the end of time? */
static void sums(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, ktime_set(3, 500), 3000000500LL);
	KUNIT_EXPECT_EQ(test, ktime_set(KTIME_SEC_MAX, 0), KTIME_MAX);
	KUNIT_EXPECT_EQ(test, ktime_add_safe(KTIME_MAX, 1), KTIME_MAX);
	KUNIT_EXPECT_EQ(test, ktime_add_safe(5, 6), 11);
	KUNIT_EXPECT_EQ(test, ktime_add_us(7, 2), 2007);
	KUNIT_EXPECT_EQ(test, ktime_sub_ms(5000000, 2), 3000000);
	KUNIT_EXPECT_GT(test, ktime_compare(2, 1), 0);
	KUNIT_EXPECT_LT(test, ktime_compare(1, 2), 0);
	KUNIT_EXPECT_EQ(test, ktime_compare(1, 1), 0);
}

/* Do units round towards 0, and seconds before 0 borrow? */
static void units(struct kunit *test)
{
	struct timespec64 ts = ktime_to_timespec64(-1);

	KUNIT_EXPECT_EQ(test, ktime_to_us(1999), 1);
	KUNIT_EXPECT_EQ(test, ktime_to_us(-1999), -1);
	KUNIT_EXPECT_EQ(test, ktime_to_ms(2999999), 2);
	KUNIT_EXPECT_EQ(test, ktime_divns(100, 33), 3);
	KUNIT_EXPECT_EQ(test, ts.tv_sec, -1);
	KUNIT_EXPECT_EQ(test, ts.tv_nsec, 999999999);
	KUNIT_EXPECT_EQ(test, timespec64_to_ktime(ts), -1);
}

static const struct rate {
	u32 hz;
} rates[] = { { 1000 },      { 1193182 },    { 14318180 },
	      { 999999999 }, { 1000000000 }, { 4000000000u } };
KUNIT_ARRAY_PARAM(rate, rates, NULL);

/* Is an hour of counts an hour, to a millionth, for any frequency? */
static void mult_and_shift(struct kunit *test)
{
	const struct rate *rate = test->param_value;
	s64 hour = 3600LL * NSEC_PER_SEC, ns;
	u32 mult, shift;

	clocks_calc_mult_shift(&mult, &shift, rate->hz, NSEC_PER_SEC, 3600);
	KUNIT_EXPECT_LE(test, shift, 32);
	ns = clocksource_cyc2ns(3600ULL * rate->hz, mult, shift);
	KUNIT_EXPECT_LE(test, abs(ns - hour), hour / 1000000);
}

static struct kunit_case ktime_cases[] = {
	KUNIT_CASE(never_goes_back),
	KUNIT_CASE(passes_with_a_delay),
	KUNIT_CASE(passes_without_interrupts),
	KUNIT_CASE(sums),
	KUNIT_CASE(units),
	KUNIT_CASE_PARAM(mult_and_shift, rate_gen_params),
	{}
};

static struct kunit_suite ktime_suite = {
	.name = "ktime",
	.test_cases = ktime_cases,
};
kunit_test_suite(ktime_suite);
