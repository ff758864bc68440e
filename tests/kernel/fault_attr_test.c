// SPDX-License-Identifier: MIT
/*
 * When an attempt fails on purpose: the conditions of one attribute, its
 * settings by name and by the command line.
 */
#include <kunit/test.h>

#include <linux/errno.h>
#include <linux/fault-inject.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <quire/capture.h>

/* Belongs to no allocator: only the cases below make attempts on it. */
static DECLARE_FAULT_ATTR(trial);

static u64 old_seed;

static int attr_init(struct kunit *test)
{
	old_seed = fault_current_seed();
	fault_attr_reset(&trial);
	trial.verbose = 0;
	return 0;
}

static void attr_exit(struct kunit *test)
{
	fault_nth_set(0);
	fault_mark_task(current, false);
	fault_seed(old_seed);
}

/* How many of n attempts at size bytes fail. */
static unsigned int failures(unsigned int n, ssize_t size)
{
	unsigned int failed = 0;

	while (n--)
		failed += should_fail(&trial, size);
	return failed;
}

/* The fates of 32 attempts, a bit each. */
static u32 fates(void)
{
	u32 bits = 0;
	int i;

	for (i = 0; i < 32; i++)
		bits = bits << 1 | should_fail(&trial, 1);
	return bits;
}

static void set(struct kunit *test, const char *word)
{
	char why[96] = "";

	KUNIT_ASSERT_EQ_MSG(test,
			    fault_attr_set(&trial, word, why, sizeof(why)), 0,
			    "%s", why);
}

/* ------------------------------------------------------------ conditions */

/* Does an attribute that nobody has set fail nothing? */
static void never_by_default(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, failures(1000, 8), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&trial.injected), 0);
}

/* Do 100 percent fail all, and 30 percent about 30 of 100? */
static void probability(struct kunit *test)
{
	unsigned int failed;

	set(test, "times=-1");
	set(test, "probability=100");
	KUNIT_EXPECT_EQ(test, failures(1000, 8), 1000);
	set(test, "probability=30");
	failed = failures(10000, 8);
	KUNIT_EXPECT_GT(test, failed, 2800U);
	KUNIT_EXPECT_LT(test, failed, 3200U);
	KUNIT_EXPECT_EQ(test, atomic_read(&trial.injected), 1000 + failed);
	set(test, "probability=0");
	KUNIT_EXPECT_EQ(test, failures(1000, 8), 0);
}

/* Does the same seed fail the same attempts, and another one others? */
static void seed_repeats(struct kunit *test)
{
	u32 first, again, other;

	set(test, "times=-1");
	set(test, "probability=50");
	fault_seed(7);
	first = fates();
	fault_seed(8);
	other = fates();
	fault_seed(7);
	again = fates();
	KUNIT_EXPECT_EQ(test, fault_current_seed(), 7);
	KUNIT_EXPECT_EQ(test, again, first);
	KUNIT_EXPECT_NE(test, other, first);
}

/* Does an interval of 3 fail the third, sixth, ninth, ... attempt? */
static void interval(struct kunit *test)
{
	set(test, "times=-1");
	set(test, "probability=100");
	set(test, "interval=3");
	KUNIT_EXPECT_EQ(test, fates() >> 23, 0x049U); /* 001001001 */
}

/* Do just the first so many fail, and does the number go down to 0? */
static void times(struct kunit *test)
{
	set(test, "probability=100");
	set(test, "times=3");
	KUNIT_EXPECT_EQ(test, fates(), 0xe0000000U);
	KUNIT_EXPECT_EQ(test, atomic_read(&trial.times), 0);
	set(test, "times=-1");
	KUNIT_EXPECT_EQ(test, fates(), U32_MAX);
	KUNIT_EXPECT_EQ(test, atomic_read(&trial.times), -1);
}

/* Is so much let through first, and does what is too large fail at once? */
static void space(struct kunit *test)
{
	set(test, "times=-1");
	set(test, "probability=100");
	set(test, "space=100");
	KUNIT_EXPECT_FALSE(test, should_fail(&trial, 40));
	KUNIT_EXPECT_FALSE(test, should_fail(&trial, 40));
	KUNIT_EXPECT_TRUE(test, should_fail(&trial, 40));
	KUNIT_EXPECT_EQ(test, atomic_read(&trial.space), 20);
	KUNIT_EXPECT_FALSE(test, should_fail(&trial, 19));
	KUNIT_EXPECT_TRUE(test, should_fail(&trial, 1));
}

/* Are with task-filter only marked threads failed, and no interrupt? */
static void task_filter(struct kunit *test)
{
	set(test, "times=-1");
	set(test, "probability=100");
	set(test, "task-filter=1");
	KUNIT_EXPECT_FALSE(test, should_fail(&trial, 1));
	fault_mark_task(current, true);
	KUNIT_EXPECT_TRUE(test, should_fail(&trial, 1));
	preempt_count_add(HARDIRQ_OFFSET);
	KUNIT_EXPECT_FALSE(test, should_fail(&trial, 1));
	preempt_count_sub(HARDIRQ_OFFSET);
	fault_mark_task(current, false);
	KUNIT_EXPECT_FALSE(test, should_fail(&trial, 1));
}

/* ------------------------------------------------------------- the counter */

/* Does just the n-th attempt fail, whatever the attribute says? */
static void nth(struct kunit *test)
{
	fault_nth_set(1);
	KUNIT_EXPECT_EQ(test, fates(), 0x80000000U);
	fault_nth_set(5);
	KUNIT_EXPECT_EQ(test, fates(), 0x08000000U);
	KUNIT_EXPECT_EQ(test, fault_nth_left(), 0U);
	fault_nth_set(40);
	KUNIT_EXPECT_EQ(test, fates(), 0U);
	KUNIT_EXPECT_EQ(test, fault_nth_left(), 8U);
}

/* Are the attempts of interrupts left out of the count? */
static void nth_not_in_interrupt(struct kunit *test)
{
	fault_nth_set(1);
	preempt_count_add(HARDIRQ_OFFSET);
	KUNIT_EXPECT_EQ(test, failures(10, 1), 0);
	preempt_count_sub(HARDIRQ_OFFSET);
	KUNIT_EXPECT_EQ(test, fault_nth_left(), 1U);
	KUNIT_EXPECT_TRUE(test, should_fail(&trial, 1));
}

/* Do attempts before the n-th pass that the attribute would have failed? */
static void nth_before_attribute(struct kunit *test)
{
	set(test, "probability=100");
	set(test, "times=-1");
	fault_nth_set(3);
	KUNIT_EXPECT_EQ(test, fates(), 0x3fffffffU);
}

/* ------------------------------------------------------------ the message */

static const char *said(int verbose, int flags)
{
	trial.verbose = verbose;
	capture_begin();
	should_fail_ex(&trial, 24, flags);
	return capture_end();
}

/* Does each level of verbose say what it should, and FAULT_NOWARN nothing? */
static void verbose_levels(struct kunit *test)
{
	const char *text;
	char line[80];

	set(test, "probability=100");
	set(test, "times=-1");
	snprintf(line, sizeof(line),
		 "FAULT_INJECTION: trial fails 24 bytes of %s/%d\n",
		 current->comm, current->pid);
	KUNIT_EXPECT_STREQ(test, said(0, 0), "");
	KUNIT_EXPECT_STREQ(test, said(1, 0), line);
	KUNIT_EXPECT_STREQ(test, said(2, FAULT_NOWARN), "");
	text = said(2, 0);
	KUNIT_EXPECT_EQ(test, strncmp(text, line, strlen(line)), 0);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "verbose_levels+0x"));
}

/* --------------------------------------------------------------- settings */

/* What setup_fault_attr() says of a text; "" if it takes it. */
static const char *setup_says(const char *text)
{
	const char *out;
	char copy[80];
	int taken;

	strscpy(copy, text, sizeof(copy));
	capture_begin();
	taken = setup_fault_attr(&trial, copy);
	out = capture_end();
	return taken ? "" : out;
}

/* Are the four numbers of the command line taken, in Linux's order? */
static void setup_takes(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, setup_says("2,30,4096,-1"), "");
	KUNIT_EXPECT_EQ(test, trial.interval, 2);
	KUNIT_EXPECT_EQ(test, trial.probability, 30);
	KUNIT_EXPECT_EQ(test, atomic_read(&trial.space), 4096);
	KUNIT_EXPECT_EQ(test, atomic_read(&trial.times), -1);
}

/* Is what is no such list refused, told, and nothing of it set? */
static void setup_refuses(struct kunit *test)
{
	static const char *const wrong[][2] = {
		{ "", "interval: \"\" is not a number" },
		{ "9", "probability is missing" },
		{ "9,9,9", "times is missing" },
		{ "9,9,9,9,9", "more than interval,probability,space,times" },
		{ "9,101,9,9", "probability: 101 is not in 0..100" },
		{ "9,9,9,-2", "times: -2 is not in -1..2147483647" },
		{ "9,9,-1,9", "space: -1 is not in 0..2147483647" },
		{ "-1,9,9,9", "interval: -1 is not in 0..2147483647" },
		{ "9,x,9,9", "probability: \"x\" is not a number" },
		{ "9,9,9,9z", "times: \"9z\" is not a number" },
		{ "9,9,9,99999999999", "is not a number" },
		{ "1,1,1,00000000000000000000000000000000000000000000000000"
		  "00000000000000000", "too many" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		KUNIT_EXPECT_NOT_NULL_MSG(test,
					  strstr(setup_says(wrong[i][0]),
						 wrong[i][1]),
					  "\"%s\"", wrong[i][0]);
	KUNIT_EXPECT_EQ(test, setup_fault_attr(&trial, NULL), 0);
	KUNIT_EXPECT_EQ(test, trial.probability, 0);
	KUNIT_EXPECT_EQ(test, trial.interval, 1);
}

/* Is a setting refused that is unknown, no number or out of its range? */
static void set_refuses(struct kunit *test)
{
	static const char *const wrong[][2] = {
		{ "probability", "\"probability\" is no NAME=NUMBER" },
		{ "prob=1", "trial has no \"prob\"" },
		{ "=1", "trial has no \"\"" },
		{ "min-order=1", "trial has no \"min-order\"" },
		{ "probability=", "probability: \"\" is not a number" },
		{ "probability=1%", "probability: \"1%\" is not a number" },
		{ "probability=-1", "probability: -1 is not in 0..100" },
		{ "verbose=3", "verbose: 3 is not in 0..2" },
		{ "task-filter=2", "task-filter: 2 is not in 0..1" },
	};
	char why[96];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		KUNIT_EXPECT_EQ(test,
				fault_attr_set(&trial, wrong[i][0], why,
					       sizeof(why)),
				-EINVAL);
		KUNIT_EXPECT_STREQ(test, why, wrong[i][1]);
	}
	KUNIT_EXPECT_EQ(test, trial.probability, 0);
}

/* Does the line of an attribute have all that can be set? */
static void shows_all(struct kunit *test)
{
	struct seq_file m;
	char text[200];

	set(test, "probability=5");
	set(test, "times=-1");
	seq_init_buffer(&m, text, sizeof(text));
	fault_attr_show(&m, &trial);
	KUNIT_EXPECT_STREQ(test, text,
			   "trial: interval=1 probability=5 space=0 times=-1 "
			   "verbose=0 task-filter=0; failed so far: 0\n");
}

static struct kunit_case attr_cases[] = {
	KUNIT_CASE(never_by_default),
	KUNIT_CASE(probability),
	KUNIT_CASE(seed_repeats),
	KUNIT_CASE(interval),
	KUNIT_CASE(times),
	KUNIT_CASE(space),
	KUNIT_CASE(task_filter),
	KUNIT_CASE(nth),
	KUNIT_CASE(nth_not_in_interrupt),
	KUNIT_CASE(nth_before_attribute),
	KUNIT_CASE(verbose_levels),
	KUNIT_CASE(setup_takes),
	KUNIT_CASE(setup_refuses),
	KUNIT_CASE(set_refuses),
	KUNIT_CASE(shows_all),
	{}
};

static struct kunit_suite attr_suite = {
	.name = "fault_attr",
	.init = attr_init,
	.exit = attr_exit,
	.test_cases = attr_cases,
};

kunit_test_suite(attr_suite);
