// SPDX-License-Identifier: MIT
/* sscanf(): is each conversion stored where it says, and no further? */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/string.h>

/* Not __scanf: some formats here are wrong on purpose. */
static int scan(const char *text, const char *fmt, ...)
{
	va_list args;
	int stored;

	va_start(args, fmt);
	stored = vsscanf(text, fmt, args);
	va_end(args);
	return stored;
}

/* Does each length letter store as many bytes as its type has? */
static void length_letters(struct kunit *test)
{
	struct {
		u8 before;
		u8 value;
		u8 behind;
	} byte = { 0xee, 0, 0xee };
	struct {
		u16 value, behind;
	} half = { 0, 0xeeee };
	unsigned long whole;
	size_t size;
	s64 big, same;

	KUNIT_EXPECT_EQ(test,
			scan("300 70000", "%hhd %hd", &byte.value, &half.value),
			2);
	KUNIT_EXPECT_EQ(test, byte.value, 300 & 0xff);
	KUNIT_EXPECT_EQ(test, byte.before, 0xee);
	KUNIT_EXPECT_EQ(test, byte.behind, 0xee);
	KUNIT_EXPECT_EQ(test, half.value, 70000 & 0xffff);
	KUNIT_EXPECT_EQ(test, half.behind, 0xeeee);
	KUNIT_EXPECT_EQ(test, scan("4000000000 17", "%lu %zu", &whole, &size),
			2);
	KUNIT_EXPECT_EQ(test, whole, 4000000000ul);
	KUNIT_EXPECT_EQ(test, size, 17);
	KUNIT_EXPECT_EQ(test,
			scan("-9000000000,9000000000", "%Ld,%jd", &big, &same),
			2);
	KUNIT_EXPECT_EQ(test, big, -9000000000ll);
	KUNIT_EXPECT_EQ(test, same, 9000000000ll);
}

/* Does the letter choose the base, and 'i' find it out? */
static void bases(struct kunit *test)
{
	unsigned int a, b, c;

	KUNIT_EXPECT_EQ(test, scan("17 17 fF", "%o %u %X", &a, &b, &c), 3);
	KUNIT_EXPECT_EQ(test, a, 15);
	KUNIT_EXPECT_EQ(test, b, 17);
	KUNIT_EXPECT_EQ(test, c, 255);
	KUNIT_EXPECT_EQ(test, scan("017 0x11 -9", "%i %i %i", &a, &b, &c), 3);
	KUNIT_EXPECT_EQ(test, a, 15);
	KUNIT_EXPECT_EQ(test, b, 17);
	KUNIT_EXPECT_EQ(test, (int)c, -9);
	KUNIT_EXPECT_EQ(test, scan("-5", "%u", &a), 0);
	KUNIT_EXPECT_EQ(test, scan("9", "%o", &a), 0);
}

/* Is '%' in the input met by "%%", and nothing else? */
static void percent(struct kunit *test)
{
	int a = 0;

	KUNIT_EXPECT_EQ(test, scan("50%7", "%*d%%%d", &a), 1);
	KUNIT_EXPECT_EQ(test, a, 7);
	KUNIT_EXPECT_EQ(test, scan("50x7", "%*d%%%d", &a), 0);
	KUNIT_EXPECT_EQ(test, scan("50", "%*d%%%d", &a), 0);
}

/* Does a star pass over each kind without taking an argument? */
static void stars(struct kunit *test)
{
	int last = 0;

	KUNIT_EXPECT_EQ(test,
			scan("word 12 abc xyz9", "%*s %*u %*3[abc] %*3c%d",
			     &last),
			1);
	KUNIT_EXPECT_EQ(test, last, 9);
}

/* Are sets taken as Linux does: with a width, from "]" on, never empty? */
static void sets(struct kunit *test)
{
	char got[8] = "untold";

	KUNIT_EXPECT_EQ(test, scan("]]a", "%7[]]", got), 1);
	KUNIT_EXPECT_STREQ(test, got, "]]");
	KUNIT_EXPECT_EQ(test, scan("abc", "%2[abc]", got), 1);
	KUNIT_EXPECT_STREQ(test, got, "ab");
	KUNIT_EXPECT_EQ(test, scan("abc", "%[abc]", got), 0);
	/* no ranges: 'a', '-' and 'c' */
	KUNIT_EXPECT_EQ(test, scan("a-bc", "%7[a-c]", got), 1);
	KUNIT_EXPECT_STREQ(test, got, "a-");
	KUNIT_EXPECT_EQ(test, scan("abc", "%7[xyz]", got), 0);
	KUNIT_EXPECT_EQ(test, scan("abc", "%7[abc", got), 0);
	KUNIT_EXPECT_EQ(test, scan("abc", "%7[", got), 0);
	KUNIT_EXPECT_STREQ(test, got, "a-");
}

/* Are several characters taken, as many as there are, without a NUL? */
static void characters(struct kunit *test)
{
	char got[4] = "....";

	KUNIT_EXPECT_EQ(test, scan("a b", "%3c", got), 1);
	KUNIT_EXPECT_MEMEQ(test, got, "a b.", 4);
	KUNIT_EXPECT_EQ(test, scan("xy", "%3c", got), 1);
	KUNIT_EXPECT_MEMEQ(test, got, "xyb.", 4);
	KUNIT_EXPECT_EQ(test, scan("", "%3c", got), 0);
}

/* Does the end of input, or a format that is cut, end it in time? */
static void ends(struct kunit *test)
{
	char word[4] = "old";
	int a = 77;

	KUNIT_EXPECT_EQ(test, scan("", "%d", &a), 0);
	KUNIT_EXPECT_EQ(test, scan("   ", "%s", word), 0);
	KUNIT_EXPECT_EQ(test, scan("ab", "abc%d", &a), 0);
	KUNIT_EXPECT_EQ(test, scan("5", "%", &a), 0);
	KUNIT_EXPECT_EQ(test, scan("5", "%y", &a), 0);
	KUNIT_EXPECT_EQ(test, scan("5", "%l", &a), 0);
	KUNIT_EXPECT_EQ(test, a, 77);
	KUNIT_EXPECT_STREQ(test, word, "old");
}

static struct kunit_case cases[] = {
	KUNIT_CASE(length_letters),
	KUNIT_CASE(bases),
	KUNIT_CASE(percent),
	KUNIT_CASE(stars),
	KUNIT_CASE(sets),
	KUNIT_CASE(characters),
	KUNIT_CASE(ends),
	{}
};

static struct kunit_suite suite = {
	.name = "lib_sscanf",
	.test_cases = cases,
};
kunit_test_suite(suite);
