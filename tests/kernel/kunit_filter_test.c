// SPDX-License-Identifier: MIT
/*
 * Do globs and attributes choose the right cases? They are tried on a small
 * suite of this file, which runs (and passes) with all others as well.
 */
#include <kunit/test.h>
#include <linux/glob.h>
#include <linux/kernel.h>
#include <linux/string.h>

static char order[64];

/* Is it chosen? */
static void a_one(struct kunit *test)
{
	strlcat(order, "1", sizeof(order));
}

/* Is it chosen? */
static void a_two(struct kunit *test)
{
	strlcat(order, "2", sizeof(order));
}

/* Is it chosen? */
static void b_slow(struct kunit *test)
{
	strlcat(order, "s", sizeof(order));
}

static struct kunit_case sample_cases[] = {
	KUNIT_CASE(a_one),
	KUNIT_CASE(a_two),
	KUNIT_CASE_SLOW(b_slow),
	{},
};

static struct kunit_suite sample_suite = {
	.name = "kunit_sample",
	.test_cases = sample_cases,
};
kunit_test_suite(sample_suite);

static struct kunit_case slow_cases[] = {
	KUNIT_CASE(a_one),
	KUNIT_CASE_ATTR(a_two, ((struct kunit_attributes){
				       .speed = KUNIT_SPEED_NORMAL })),
	{},
};

/* What a case does not say of itself its suite says. */
static struct kunit_suite slow_suite = {
	.name = "kunit_made_slow",
	.attr.speed = KUNIT_SPEED_SLOW,
	.test_cases = slow_cases,
};
kunit_test_suite(slow_suite);

#define LONG "a_name_of_sixty_four_letters_is_longer_than_that_of_any_suite_is"

struct choice {
	const char *glob;
	const char *attr;
	int result;
	const char *order;
};

static const struct choice choices[] = {
	{ "kunit_sample", NULL, 0, "12s" },
	{ "kunit_sample.*", NULL, 0, "12s" },
	{ "kunit_s*mpl?", NULL, 0, "12s" },
	{ "kunit_sample.a_*", NULL, 0, "12" },
	{ "kunit_sample.*o*", NULL, 0, "12s" },
	{ "kunit_sample.*two", NULL, 0, "2" },
	{ "kunit_sample", "speed>slow", 0, "12" },
	{ "kunit_sample", "speed>=slow", 0, "12s" },
	{ "kunit_sample", "speed<=slow", 0, "s" },
	{ "kunit_sample", "speed<normal", 0, "s" },
	{ "kunit_sample", "speed=normal", 0, "12" },
	{ "kunit_sample", "speed!=normal", 0, "s" },
	{ "kunit_sample", "speed>normal", -ENOENT, "" },
	{ "kunit_sample", "speed=fast", -EINVAL, "" },
	{ "kunit_sample", "size=big", -EINVAL, "" },
	{ "kunit_sample", "speed", -EINVAL, "" },
	{ "kunit_sample.", "speed=slow", 0, "s" },
	{ "kunit_sample.c*", NULL, -ENOENT, "" },
	{ "kunit_samples", NULL, -ENOENT, "" },
	{ "", "speed=very_slow", -ENOENT, "" },
	{ "kunit_made_slow", NULL, 0, "12" },
	{ "kunit_made_slow", "speed=slow", 0, "1" },
	{ "kunit_made_slow", "speed>slow", 0, "2" },
	{ "kunit_sample", "speed!slow", -EINVAL, "" },
	{ "kunit_sample", "speed?slow", -EINVAL, "" },
	{ LONG, NULL, -EINVAL, "" },
	{ "kunit_sample." LONG, NULL, -EINVAL, "" },
	{ LONG ".a_one", "speed=slow", -EINVAL, "" },
};

static void describe(const struct choice *choice, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "'%s' of %s", choice->glob,
		 choice->attr ?: "any speed");
}
KUNIT_ARRAY_PARAM(choice, choices, describe);

/* Does a filter run exactly the cases it should? */
static void chosen(struct kunit *test)
{
	const struct choice *choice = test->param_value;
	int result;

	order[0] = '\0';
	capture_begin();
	result = kunit_run_filtered(choice->glob, choice->attr);
	capture_end();
	KUNIT_EXPECT_EQ(test, result, choice->result);
	KUNIT_EXPECT_STREQ(test, order, choice->order);
}

/* Do the plans count only what is chosen? */
static void plans(struct kunit *test)
{
	static const char wanted[] = "KTAP version 1\n"
				     "1..1\n"
				     "    KTAP version 1\n"
				     "    # Subtest: kunit_sample\n"
				     "    1..1\n"
				     "    ok 1 a_two\n"
				     "ok 1 kunit_sample\n";
	const char *text;

	capture_begin();
	kunit_run_glob("kunit_sample.a_two");
	text = capture_end();
	KUNIT_EXPECT_STREQ(test, text, wanted);
}

struct pattern {
	const char *pattern;
	const char *text;
	bool matches;
};

static const struct pattern patterns[] = {
	{ "", "", true },          { "", "a", false },
	{ "a", "", false },        { "*", "", true },
	{ "*", "abc", true },      { "a*c", "abbbc", true },
	{ "a*c", "abbbd", false }, { "a*b*c", "aXbYbZc", true },
	{ "*ab", "aab", true },    { "**a", "a", true },
	{ "?", "", false },        { "?b", "ab", true },
	{ "[a-c]x", "bx", true },  { "[a-c]x", "dx", false },
	{ "[!a-c]x", "dx", true }, { "[!a-c]x", "ax", false },
	{ "[]]", "]", true },      { "[a-]", "-", true },
	{ "[a", "[a", true },      { "\\*", "*", true },
	{ "\\*", "a", false },     { "abc", "ABC", false },
};

static void describe_pattern(const struct pattern *p, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "'%s' on '%s'", p->pattern,
		 p->text);
}
KUNIT_ARRAY_PARAM(pattern, patterns, describe_pattern);

/* Does a glob match what a shell would match? */
static void globs(struct kunit *test)
{
	const struct pattern *p = test->param_value;

	KUNIT_EXPECT_EQ(test, glob_match(p->pattern, p->text), p->matches);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(chosen, choice_gen_params),
	KUNIT_CASE(plans),
	KUNIT_CASE_PARAM(globs, pattern_gen_params),
	{},
};

static struct kunit_suite suite = {
	.name = "kunit_filter",
	.test_cases = cases,
};
kunit_test_suite(suite);
