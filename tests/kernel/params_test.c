// SPDX-License-Identifier: MIT
/* The command line: is it cut into the right words, and values read? */
#include <kunit/test.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <quire/params.h>

static const struct next_arg_case {
	const char *name;
	const char *line;
	const char *param, *val, *rest;
} next_arg_cases[] = {
	{ "plain", "quiet test", "quiet", NULL, "test" },
	{ "value", "mem=64M test", "mem", "64M", "test" },
	{ "blanks before", "  \tmem=1 x", "mem", "1", "x" },
	{ "empty value", "mem= x", "mem", "", "x" },
	{ "two equals", "a=b=c", "a", "b=c", "" },
	{ "quoted value", "a=\"b c\" d", "a", "b c", "d" },
	{ "quoted word", "\"a=b c\" d", "a", "b c", "d" },
	{ "open quote", "a=\"b c", "a", "b c", "" },
	{ "quote inside", "a=b\"c d\"e f", "a", "b\"c d\"e", "f" },
	{ "last", "end", "end", NULL, "" },
	{ "nothing", "", "", NULL, "" },
};
KUNIT_ARRAY_PARAM(next_arg, next_arg_cases, NULL);

/* Is the first word cut off with its value and without its quotes? */
static void next_arg_cuts(struct kunit *test)
{
	const struct next_arg_case *c = test->param_value;
	char line[32], *param, *val, *rest;

	strscpy(line, c->line, sizeof(line));
	rest = next_arg(line, &param, &val);
	KUNIT_EXPECT_STREQ(test, param, c->param);
	KUNIT_EXPECT_EQ(test, !val, !c->val);
	if (val && c->val)
		KUNIT_EXPECT_STREQ(test, val, c->val);
	KUNIT_EXPECT_STREQ(test, rest, c->rest);
}

static unsigned int words_seen;

static int count_until_stop(char *param, char *val)
{
	words_seen++;
	return strcmp(param, "stop") ? 0 : -EINTR;
}

/* Does an error end the list, do two dashes, and do blanks not count? */
static void list_ends(struct kunit *test)
{
	char plain[] = " a  b c=1 ", stop[] = "a stop b", dashes[] = "a -- b";

	words_seen = 0;
	KUNIT_EXPECT_EQ(test, parse_words(plain, count_until_stop), 0);
	KUNIT_EXPECT_EQ(test, words_seen, 3);
	KUNIT_EXPECT_EQ(test, parse_words(stop, count_until_stop), -EINTR);
	KUNIT_EXPECT_EQ(test, words_seen, 5);
	KUNIT_EXPECT_EQ(test, parse_words(dashes, count_until_stop), 0);
	KUNIT_EXPECT_EQ(test, words_seen, 6);
}

/* Are a dash and an underscore the same in a name? */
static void dashes_are_underscores(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test,
			  parameq("kunit.filter-glob", "kunit.filter_glob"));
	KUNIT_EXPECT_FALSE(test, parameq("mem", "memory"));
	KUNIT_EXPECT_TRUE(test, parameqn("mem=64", "mem=", 4));
}

static int number;
static bool flag;
static char name[8];

static const struct kparam_string name_param = { sizeof(name), name };

/* Do the types of module_param() take what fits and refuse the rest? */
static void types_check_values(struct kunit *test)
{
	struct kernel_param kp = { .name = "x", .arg = &number };
	char text[32];

	KUNIT_EXPECT_EQ(test, param_ops_int.set("-0x10", &kp), 0);
	KUNIT_EXPECT_EQ(test, number, -16);
	KUNIT_EXPECT_NE(test, param_ops_int.set("4294967296", &kp), 0);
	KUNIT_EXPECT_NE(test, param_ops_int.set("five", &kp), 0);
	KUNIT_EXPECT_EQ(test, number, -16);
	KUNIT_EXPECT_EQ(test, param_ops_int.get(text, &kp), 4);
	KUNIT_EXPECT_STREQ(test, text, "-16\n");

	kp.arg = &flag;
	KUNIT_EXPECT_EQ(test, param_ops_bool.set(NULL, &kp), 0);
	KUNIT_EXPECT_TRUE(test, flag);
	KUNIT_EXPECT_EQ(test, param_ops_bool.set("off", &kp), 0);
	KUNIT_EXPECT_FALSE(test, flag);

	kp.str = &name_param;
	KUNIT_EXPECT_EQ(test, param_ops_string.set("seven77", &kp), 0);
	KUNIT_EXPECT_EQ(test, param_ops_string.set("eight888", &kp), -ENOSPC);
	KUNIT_EXPECT_STREQ(test, name, "seven77");
}

static struct kunit_case params_cases[] = {
	KUNIT_CASE_PARAM(next_arg_cuts, next_arg_gen_params),
	KUNIT_CASE(list_ends),
	KUNIT_CASE(dashes_are_underscores),
	KUNIT_CASE(types_check_values),
	{}
};

static struct kunit_suite params_suite = {
	.name = "params",
	.test_cases = params_cases,
};
kunit_test_suite(params_suite);
