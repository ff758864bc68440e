// SPDX-License-Identifier: MIT
/*
 * Are cases, parameters and suites run in the right order, are their results
 * printed as KTAP, and does a case that ends early end alone?
 */
#include <kunit/test.h>
#include <kunit/test-bug.h>
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

static char order[128];

static void note(const char *what)
{
	strlcat(order, what, sizeof(order));
	strlcat(order, " ", sizeof(order));
}

static const char *run_captured(struct kunit_suite *suite)
{
	order[0] = '\0';
	capture_begin();
	kunit_run_tests(suite);
	return capture_end();
}

#define EXPECT_TEXT(test, text, wanted)                           \
	KUNIT_EXPECT_TRUE_MSG(test, strstr(text, wanted) != NULL, \
			      "wanted: %s\nseen: %s", wanted, text)

/* What does a case print that passes? */
static void good(struct kunit *test)
{
	note("good");
}

/* And one that is marked as failed? */
static void bad(struct kunit *test)
{
	note("bad");
	kunit_set_failure(test);
}

/* And one that skips the rest of itself? */
static void skips(struct kunit *test)
{
	note("skips");
	kunit_skip(test, "no %s here", "device");
	note("never");
}

/* And one that is marked as skipped and goes on? */
static void marks(struct kunit *test)
{
	kunit_mark_skipped(test, "marked");
	note("marks");
}

static struct kunit_case plain_cases[] = {
	KUNIT_CASE(good),
	KUNIT_CASE(bad),
	KUNIT_CASE(skips),
	KUNIT_CASE(marks),
	{},
};

static struct kunit_suite plain = {
	.name = "plain",
	.test_cases = plain_cases,
};

/* Is a suite's output KTAP version 1 to the letter? */
static void ktap_text(struct kunit *test)
{
	static const char wanted[] = "    KTAP version 1\n"
				     "    # Subtest: plain\n"
				     "    1..4\n"
				     "    ok 1 good\n"
				     "    not ok 2 bad\n"
				     "    ok 3 skips # SKIP no device here\n"
				     "    ok 4 marks # SKIP marked\n"
				     "# plain: pass:1 fail:1 skip:2 total:4\n"
				     "# Totals: pass:1 fail:1 skip:2 total:4\n"
				     "not ok 1 plain\n";

	KUNIT_EXPECT_STREQ(test, run_captured(&plain), wanted);
	KUNIT_EXPECT_STREQ(test, order, "good bad skips marks ");
	KUNIT_EXPECT_EQ(test, kunit_suite_has_succeeded(&plain), KUNIT_FAILURE);
	KUNIT_EXPECT_EQ(test, kunit_suite_num_test_cases(&plain), 4);
}

static struct kunit_case skipped_cases[] = {
	KUNIT_CASE(skips),
	{},
};

static struct kunit_suite skipped = {
	.name = "skipped",
	.test_cases = skipped_cases,
};

/* Is a suite of which every case is skipped skipped itself? */
static void all_skipped(struct kunit *test)
{
	EXPECT_TEXT(test, run_captured(&skipped), "\nok 1 skipped # SKIP ");
	KUNIT_EXPECT_EQ(test, kunit_suite_has_succeeded(&skipped),
			KUNIT_SKIPPED);
}

struct sample {
	int value;
	const char *name;
};

static const struct sample samples[] = {
	{ 1, "one" },
	{ 2, "two" },
	{ 3, "three" },
};

KUNIT_ARRAY_PARAM_DESC(sample, samples, name);
KUNIT_ARRAY_PARAM(nameless, samples, NULL);

/* Does each parameter come once, in order? */
static void each(struct kunit *test)
{
	const struct sample *sample = test->param_value;

	KUNIT_EXPECT_EQ(test, test->param_index, sample->value - 1);
	note(sample->name);
	if (sample->value == 2)
		kunit_skip(test, "even");
}

static struct kunit_case param_cases[] = {
	KUNIT_CASE_PARAM(each, sample_gen_params),
	KUNIT_CASE_PARAM(each, nameless_gen_params),
	{},
};

static struct kunit_suite params = {
	.name = "params",
	.test_cases = param_cases,
};

/* Is a case run and reported once for each parameter? */
static void parameters(struct kunit *test)
{
	const char *text = run_captured(&params);

	KUNIT_EXPECT_STREQ(test, order, "one two three one two three ");
	EXPECT_TEXT(test, text,
		    "    1..2\n"
		    "        KTAP version 1\n"
		    "        # Subtest: each\n"
		    "        ok 1 one\n"
		    "        ok 2 two # SKIP even\n"
		    "        ok 3 three\n"
		    "    # each: pass:2 fail:0 skip:1 total:3\n"
		    "    ok 1 each\n");
	EXPECT_TEXT(test, text, "        ok 3 param-2\n");
	EXPECT_TEXT(test, text,
		    "# params: pass:2 fail:0 skip:0 total:2\n"
		    "# Totals: pass:4 fail:0 skip:2 total:6\n"
		    "ok 1 params\n");
}

static int note_init(struct kunit *test)
{
	note("init");
	test->priv = order;
	return 0;
}

static void note_exit(struct kunit *test)
{
	note(test->priv == order ? "exit" : "lost-priv");
}

static int note_suite_init(struct kunit_suite *suite)
{
	note("suite_init");
	return 0;
}

static void note_suite_exit(struct kunit_suite *suite)
{
	note("suite_exit");
}

/* Is what follows a failed assertion run? */
static void stops(struct kunit *test)
{
	note("stops");
	KUNIT_ASSERT_TRUE(test, false);
	note("never");
}

static struct kunit_case order_cases[] = {
	KUNIT_CASE(stops),
	KUNIT_CASE(good),
	{},
};

static struct kunit_suite ordered = {
	.name = "ordered",
	.suite_init = note_suite_init,
	.suite_exit = note_suite_exit,
	.init = note_init,
	.exit = note_exit,
	.test_cases = order_cases,
};

/* Do init and exit surround each case, also one that ends early? */
static void init_and_exit(struct kunit *test)
{
	run_captured(&ordered);
	KUNIT_EXPECT_STREQ(test, order,
			   "suite_init init stops exit init good exit "
			   "suite_exit ");
}

static int failing_init(struct kunit *test)
{
	note("init");
	return -ENOMEM;
}

static void plain_exit(struct kunit *test)
{
	note("exit");
}

static struct kunit_suite bad_init = {
	.name = "bad_init",
	.init = failing_init,
	.exit = plain_exit,
	.test_cases = order_cases,
};

/* Does an init that fails fail the case without running it? */
static void init_fails(struct kunit *test)
{
	const char *text = run_captured(&bad_init);

	KUNIT_EXPECT_STREQ(test, order, "init exit init exit ");
	EXPECT_TEXT(test, text,
		    "    # good: failed to initialize: -12\n"
		    "    not ok 2 good\n");
}

static int failing_suite_init(struct kunit_suite *suite)
{
	note("suite_init");
	return -EINVAL;
}

static struct kunit_suite bad_suite = {
	.name = "bad_suite",
	.suite_init = failing_suite_init,
	.suite_exit = note_suite_exit,
	.test_cases = order_cases,
};

/* Does a suite_init that fails fail the suite without running a case? */
static void suite_init_fails(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, run_captured(&bad_suite),
			   "# bad_suite: failed to initialize (-22)\n"
			   "not ok 1 bad_suite\n");
	KUNIT_EXPECT_STREQ(test, order, "suite_init suite_exit ");
	KUNIT_EXPECT_EQ(test, kunit_suite_has_succeeded(&bad_suite),
			KUNIT_FAILURE);
}

/* And what follows a write to where nothing is mapped? */
static void faults(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, true);
	note("faults");
	*(volatile int *)16 = 1;
	note("never");
}

/* And what follows a BUG()? */
static void bugs(struct kunit *test)
{
	note("bugs");
	BUG();
	note("never");
}

/* And what follows a fault inside of printk()? */
static void faults_in_printk(struct kunit *test)
{
	const char *hole = (char *)VMALLOC_START - PAGE_SIZE;

	note("printk");
	pr_info("text: %s\n", hole);
	note("never");
}

static struct kunit_case fault_cases[] = {
	KUNIT_CASE(faults),
	KUNIT_CASE(bugs),
	KUNIT_CASE(faults_in_printk),
	KUNIT_CASE(good),
	{},
};

static struct kunit_suite fault_suite = {
	.name = "fault_suite",
	.exit = plain_exit,
	.test_cases = fault_cases,
};

/* Does a fault or BUG() in a case fail that case, and the run goes on? */
static void fault_ends_case(struct kunit *test)
{
	const char *text = run_captured(&fault_suite);

	KUNIT_EXPECT_STREQ(test, order,
			   "faults exit bugs exit printk exit good exit ");
	EXPECT_TEXT(test, text, "    # faults: try faulted: last line seen ");
	EXPECT_TEXT(test, text, "\n    not ok 1 faults\n");
	EXPECT_TEXT(test, text, "\n    not ok 2 bugs\n");
	EXPECT_TEXT(test, text, "\n    not ok 3 faults_in_printk\n");
	EXPECT_TEXT(test, text, "\n    ok 4 good\n");
	KUNIT_EXPECT_EQ(test, printk_depth_get(), 0);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

/* Is the running case the one that is found? */
static void fails_from_elsewhere(struct kunit *test)
{
	KUNIT_EXPECT_PTR_EQ(test, kunit_get_current_test(), test);
	kunit_fail_current_test("value %d", 9);
}

static struct kunit_case elsewhere_cases[] = {
	KUNIT_CASE(fails_from_elsewhere),
	{},
};

static struct kunit_suite elsewhere = {
	.name = "elsewhere",
	.test_cases = elsewhere_cases,
};

/* Can code under test find the running case, and fail it? */
static void current_test(struct kunit *test)
{
	const char *text = run_captured(&elsewhere);

	EXPECT_TEXT(test, text, "    value 9\n");
	EXPECT_TEXT(test, text, "not ok 1 elsewhere\n");
	KUNIT_EXPECT_PTR_EQ(test, kunit_get_current_test(), test);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(ktap_text),
	KUNIT_CASE(all_skipped),
	KUNIT_CASE(parameters),
	KUNIT_CASE(init_and_exit),
	KUNIT_CASE(init_fails),
	KUNIT_CASE(suite_init_fails),
	KUNIT_CASE(fault_ends_case),
	KUNIT_CASE(current_test),
	{},
};

static struct kunit_suite suite = {
	.name = "kunit_run",
	.test_cases = cases,
};
kunit_test_suite(suite);
