// SPDX-License-Identifier: MIT
/*
 * Do the checks of KUnit pass and fail when they should, and what do they
 * say? Cases of an inner suite, which the runner never sees, fail on
 * purpose; their output is captured and read.
 */
#include <kunit/test.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/string.h>

static const char bytes_a[4] = { 1, 2, 3, 4 };
static const char bytes_b[4] = { 1, 2, 9, 4 };
static const char long_a[] = "abcdefghijklmnop", long_b[] = "abcdefghijklmno!";

/* Runs one function as the only case of a suite. Returns what it printed. */
static const char *run_inner(void (*run)(struct kunit *test))
{
	struct kunit_case cases[] = {
		{ .run_case = run, .name = "inner" },
		{},
	};
	static struct kunit_suite suite = { .name = "inner_suite" };

	suite.test_cases = cases;
	capture_begin();
	kunit_run_tests(&suite);
	return capture_end();
}

static bool inner_passed(const char *text)
{
	return strstr(text, "\n    ok 1 inner\n") &&
	       strstr(text, "\nok 1 inner_suite\n");
}

#define EXPECT_TEXT(test, text, wanted)                           \
	KUNIT_EXPECT_TRUE_MSG(test, strstr(text, wanted) != NULL, \
			      "wanted: %s\nseen: %s", wanted, text)

static void all_true(struct kunit *test)
{
	int one = 1, two = 2;
	const char *text = "quire";
	int *none = NULL, *here = &one;

	KUNIT_SUCCEED(test);
	KUNIT_EXPECT_TRUE(test, one);
	KUNIT_EXPECT_FALSE(test, !one);
	KUNIT_EXPECT_EQ(test, one, 1);
	KUNIT_EXPECT_NE(test, one, two);
	KUNIT_EXPECT_LT(test, one, two);
	KUNIT_EXPECT_LE(test, one, 1);
	KUNIT_EXPECT_GT(test, two, one);
	KUNIT_EXPECT_GE(test, two, 2);
	KUNIT_EXPECT_PTR_EQ(test, here, &one);
	KUNIT_EXPECT_PTR_NE(test, here, &two);
	KUNIT_EXPECT_NULL(test, none);
	KUNIT_EXPECT_NOT_NULL(test, here);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, here);
	KUNIT_EXPECT_STREQ(test, text, "quire");
	KUNIT_EXPECT_STRNEQ(test, text, "sheet");
	KUNIT_EXPECT_MEMEQ(test, bytes_a, bytes_b, 2);
	KUNIT_EXPECT_MEMNEQ(test, bytes_a, bytes_b, 3);
}

static void all_true_assert(struct kunit *test)
{
	int one = 1, two = 2;
	const char *text = "quire";
	int *none = NULL, *here = &one;

	KUNIT_ASSERT_TRUE(test, one);
	KUNIT_ASSERT_FALSE(test, !one);
	KUNIT_ASSERT_EQ(test, one, 1);
	KUNIT_ASSERT_NE(test, one, two);
	KUNIT_ASSERT_LT(test, one, two);
	KUNIT_ASSERT_LE(test, one, 1);
	KUNIT_ASSERT_GT(test, two, one);
	KUNIT_ASSERT_GE(test, two, 2);
	KUNIT_ASSERT_PTR_EQ(test, here, &one);
	KUNIT_ASSERT_PTR_NE(test, here, &two);
	KUNIT_ASSERT_NULL(test, none);
	KUNIT_ASSERT_NOT_NULL(test, here);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, here);
	KUNIT_ASSERT_STREQ(test, text, "quire");
	KUNIT_ASSERT_STRNEQ(test, text, "sheet");
	KUNIT_ASSERT_MEMEQ(test, bytes_a, bytes_b, 2);
	KUNIT_ASSERT_MEMNEQ(test, bytes_a, bytes_b, 3);
}

/* Does every check pass on what is true? */
static void passes_when_true(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, inner_passed(run_inner(all_true)));
	KUNIT_EXPECT_TRUE(test, inner_passed(run_inner(all_true_assert)));
}

static void ints_false(struct kunit *test)
{
	int left = 255, right = -1;

	KUNIT_EXPECT_EQ(test, left, right);
	KUNIT_EXPECT_NE(test, left, 255);
	KUNIT_EXPECT_LT(test, left, right);
	KUNIT_EXPECT_LE(test, left, right);
	KUNIT_EXPECT_GT(test, right, left);
	KUNIT_EXPECT_GE(test, right, left);
	KUNIT_EXPECT_TRUE(test, left == right);
	KUNIT_EXPECT_FALSE(test, left);
}

/* Does a failed comparison tell both sides, and the case goes on? */
static void numbers_are_told(struct kunit *test)
{
	const char *text = run_inner(ints_false);

	EXPECT_TEXT(test, text, "    # inner: EXPECTATION FAILED at ");
	EXPECT_TEXT(test, text,
		    "    Expected left == right, but\n"
		    "        left == 255 (0xff)\n"
		    "        right == -1 (0xffffffffffffffff)\n");
	EXPECT_TEXT(test, text,
		    "    Expected left != 255, but\n"
		    "        left == 255 (0xff)\n    #");
	EXPECT_TEXT(test, text, "Expected left < right, but");
	EXPECT_TEXT(test, text, "Expected left <= right, but");
	EXPECT_TEXT(test, text, "Expected right > left, but");
	EXPECT_TEXT(test, text, "Expected right >= left, but");
	EXPECT_TEXT(test, text,
		    "Expected left == right to be true, but is false\n");
	EXPECT_TEXT(test, text, "Expected left to be false, but is true\n");
	EXPECT_TEXT(test, text, "\n    not ok 1 inner\n");
	EXPECT_TEXT(test, text, "\nnot ok 1 inner_suite\n");
}

/*
 * Does a failed check count? Asked without the checks, which could not tell.
 */
static void failure_counts(struct kunit *test)
{
	const char *text = run_inner(ints_false);

	if (!strstr(text, "\n    not ok 1 inner\n"))
		kunit_set_failure(test);
}

static void pointers_false(struct kunit *test)
{
	void *here = (void *)0xc0001000, *none = NULL;
	void *err = ERR_PTR(-ENOMEM);

	KUNIT_EXPECT_PTR_EQ(test, here, none);
	KUNIT_EXPECT_PTR_NE(test, here, here);
	KUNIT_EXPECT_NULL(test, here);
	KUNIT_EXPECT_NOT_NULL(test, none);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, none);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, err);
}

/* Are pointers told as addresses, and errors by number? */
static void pointers_are_told(struct kunit *test)
{
	const char *text = run_inner(pointers_false);

	EXPECT_TEXT(test, text,
		    "Expected here == none, but\n"
		    "        here == c0001000\n"
		    "        none == 00000000\n");
	EXPECT_TEXT(test, text, "Expected here != here, but");
	EXPECT_TEXT(test, text,
		    "Expected here == NULL, but\n"
		    "        here == c0001000\n    #");
	EXPECT_TEXT(test, text, "Expected none != NULL, but");
	EXPECT_TEXT(test, text, "Expected none is not null, but is\n");
	EXPECT_TEXT(test, text, "Expected err is not error, but is: -12\n");
}

static void strings_false(struct kunit *test)
{
	const char *left = "sheet", *none = NULL;

	KUNIT_EXPECT_STREQ(test, left, "quire");
	KUNIT_EXPECT_STRNEQ(test, left, "sheet");
	KUNIT_EXPECT_STREQ(test, none, left);
	KUNIT_EXPECT_MEMEQ(test, bytes_a, bytes_b, 4);
	KUNIT_EXPECT_MEMNEQ(test, bytes_a, bytes_a, 4);
	KUNIT_EXPECT_MEMEQ(test, none, bytes_a, 4);
	KUNIT_EXPECT_MEMEQ(test, long_a, long_b, 17);
}

/* Are strings quoted, and differing bytes marked? */
static void strings_are_told(struct kunit *test)
{
	const char *text = run_inner(strings_false);

	EXPECT_TEXT(test, text,
		    "Expected left == \"quire\", but\n"
		    "        left == \"sheet\"\n    #");
	EXPECT_TEXT(test, text, "Expected left != \"sheet\", but\n");
	EXPECT_TEXT(test, text,
		    "        none == (null)\n"
		    "        left == \"sheet\"\n");
	EXPECT_TEXT(test, text, " 01  02 <03> 04 \n");
	EXPECT_TEXT(test, text, " 01  02 <09> 04 \n");
	EXPECT_TEXT(test, text, "Expected bytes_a != bytes_a, but\n");
	EXPECT_TEXT(test, text,
		    "        none == (null)\n"
		    "        bytes_a ==\n"
		    "         01  02  03  04 \n");
	EXPECT_TEXT(test, text, " 6f <70>\n         00 \n");
	EXPECT_TEXT(test, text, " 6f <21>\n         00 \n");
}

static void messages(struct kunit *test)
{
	int left = 1;

	KUNIT_EXPECT_EQ_MSG(test, left, 2, "round %d of %s", 7, "nine");
	KUNIT_FAIL(test, "plainly %s", "wrong");
	KUNIT_FAIL(test, "two\nok 1 lines");
}

/*
 * Does the message of a _MSG form follow the failure, and does none of its
 * lines pass for a result?
 */
static void message_is_printed(struct kunit *test)
{
	const char *text = run_inner(messages);

	EXPECT_TEXT(test, text,
		    "        left == 1 (0x1)\n"
		    "    round 7 of nine\n");
	EXPECT_TEXT(test, text, "\n    plainly wrong\n");
	EXPECT_TEXT(test, text, "\n    two\n    # ok 1 lines\n");
}

static int reached;

static void asserts(struct kunit *test)
{
	reached = 1;
	KUNIT_ASSERT_EQ_MSG(test, reached, 2, "not two");
	reached = 2;
}

/* Does a failed assertion end its case, and only that? */
static void assert_ends_case(struct kunit *test)
{
	const char *text = run_inner(asserts);

	KUNIT_EXPECT_EQ(test, reached, 1);
	EXPECT_TEXT(test, text, "# inner: ASSERTION FAILED at ");
	EXPECT_TEXT(test, text, "\n    not two\n");
	KUNIT_EXPECT_TRUE(test, inner_passed(run_inner(all_true)));
}

/* Is each argument evaluated exactly once? */
static void evaluated_once(struct kunit *test)
{
	const char *text = "ab";
	int i = 0, j = 5;

	KUNIT_EXPECT_EQ(test, i++, 0);
	KUNIT_EXPECT_LT(test, i++, j--);
	KUNIT_EXPECT_TRUE(test, i++);
	KUNIT_EXPECT_NOT_NULL(test, text++);
	KUNIT_EXPECT_STREQ(test, text++, "b");
	KUNIT_EXPECT_EQ(test, i, 3);
	KUNIT_EXPECT_EQ(test, j, 4);
	KUNIT_EXPECT_EQ(test, *text, '\0');
}

/* Are numbers compared in their own types, not cut to int? */
static void types_are_kept(struct kunit *test)
{
	u64 big = 1ull << 32;
	u8 byte = 200;
	unsigned long top = ~0ul;

	KUNIT_EXPECT_NE(test, big, 0);
	KUNIT_EXPECT_GT(test, big, 0xffffffffull);
	KUNIT_EXPECT_EQ(test, byte, 200);
	KUNIT_EXPECT_GT(test, top, 1ul);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(passes_when_true), KUNIT_CASE(numbers_are_told),
	KUNIT_CASE(failure_counts),   KUNIT_CASE(pointers_are_told),
	KUNIT_CASE(strings_are_told), KUNIT_CASE(message_is_printed),
	KUNIT_CASE(assert_ends_case), KUNIT_CASE(evaluated_once),
	KUNIT_CASE(types_are_kept),   {},
};

static struct kunit_suite suite = {
	.name = "kunit_expect",
	.test_cases = cases,
};
kunit_test_suite(suite);
