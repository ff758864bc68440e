// SPDX-License-Identifier: MIT
/* Formatted text: does each conversion give C's (or Linux's) characters? */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/string.h>

/*
 * Each format is written into buffers of every size from 0 to one more than
 * needed, so a case checks the text, the length, the cut and the bounds.
 */
#define FILL 0x5a
#define BUF_MAX 160

static void check_size(struct kunit *test, size_t size, const char *wanted,
		       const char *fmt, va_list args)
{
	static char buf[BUF_MAX];
	size_t kept = min(strlen(wanted), size ? size - 1 : 0);
	va_list copy;
	int len;

	memset(buf, FILL, sizeof(buf));
	va_copy(copy, args);
	len = vsnprintf(buf + 8, size, fmt, copy);
	va_end(copy);
	KUNIT_EXPECT_EQ_MSG(test, len, strlen(wanted), "\"%s\" in %zu", fmt,
			    size);
	KUNIT_EXPECT_NULL_MSG(test, memchr_inv(buf, FILL, 8),
			      "\"%s\" in %zu writes before", fmt, size);
	KUNIT_EXPECT_NULL_MSG(test,
			      memchr_inv(buf + 8 + size, FILL,
					 BUF_MAX - 8 - size),
			      "\"%s\" in %zu writes behind", fmt, size);
	if (!size)
		return;
	KUNIT_EXPECT_EQ_MSG(test, buf[8 + kept], '\0', "\"%s\" in %zu", fmt,
			    size);
	buf[8 + kept] = '\0';
	if (memcmp(buf + 8, wanted, kept))
		KUNIT_FAIL(test, "\"%s\" in %zu gives \"%s\", not \"%s\"", fmt,
			   size, buf + 8, wanted);
}

/* Not __printf: some formats here are wrong on purpose. */
static void check(struct kunit *test, const char *wanted, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	for (size_t size = 0; size <= strlen(wanted) + 2; size++)
		check_size(test, size, wanted, fmt, args);
	va_end(args);
}

/* Is text without a conversion, and "%%", copied as it is? */
static void plain_text(struct kunit *test)
{
	check(test, "", "");
	check(test, "hello", "hello");
	check(test, "100%", "100%%");
	check(test, "a%b", "a%cb", '%');
}

/* Do the decimal conversions print signs and all values to the limits? */
static void decimal(struct kunit *test)
{
	check(test, "0 1 -1 2147483647 -2147483648", "%d %i %d %d %d", 0, 1, -1,
	      INT_MAX, INT_MIN);
	check(test, "4294967295", "%u", UINT_MAX);
	check(test, "18446744073709551615 9223372036854775807", "%llu %lld",
	      ULLONG_MAX, LLONG_MAX);
	check(test, "-9223372036854775808", "%lld", LLONG_MIN);
	check(test, "+5 -5  5 -5", "%+d %+d % d % d", 5, -5, 5, -5);
}

/* Are 64-bit numbers right around the borders of the 9-digit steps? */
static void decimal_digit_groups(struct kunit *test)
{
	check(test, "4294967295 4294967296", "%llu %llu", 0xffffffffull,
	      0x100000000ull);
	check(test, "999999999 1000000000", "%llu %llu", 999999999ull,
	      1000000000ull);
	check(test, "10000000000 10000000001", "%llu %llu", 10000000000ull,
	      10000000001ull);
	check(test, "1000000000000000000", "%llu", 1000000000000000000ull);
	check(test, "10000000000000000000", "%llu", 10000000000000000000ull);
}

/* Do hex and octal print cases, prefixes, and no sign? */
static void hex_and_octal(struct kunit *test)
{
	check(test, "ff FF 377", "%x %X %o", 255, 255, 255);
	check(test, "0xff 0XFF 0377", "%#x %#X %#o", 255, 255, 255);
	check(test, "ffffffff", "%x", -1);
	check(test, "ffffffffffffffff", "%llx", -1ll);
	check(test, "1777777777777777777777", "%llo", -1ll);
	check(test, "0 0 0x0 0", "%x %o %#x %#o", 0, 0, 0, 0);
}

/* Do width and the flags '-' and '0' place sign, prefix and digits? */
static void width(struct kunit *test)
{
	check(test, "|   42|42   |00042|", "|%5d|%-5d|%05d|", 42, 42, 42);
	check(test, "|  -42|-42  |-0042|", "|%5d|%-5d|%05d|", -42, -42, -42);
	check(test, "|0x1234abcd  |  0x1234abcd|", "|%#-12x|%#12x|", 0x1234abcd,
	      0x1234abcd);
	check(test, "|0x00ff|42   |", "|%#06x|%-05d|", 255, 42);
	check(test, "|  7|7  |", "|%*d|%*d|", 3, 7, -3, 7);
	check(test, "123456", "%3d", 123456);
}

/* Does precision give the least digits, and switch '0' padding off? */
static void precision(struct kunit *test)
{
	check(test, "007 -007 0007", "%.3d %.3d %.*d", 7, -7, 4, 7);
	check(test, "|  007|007  |", "|%5.3d|%-5.3d|", 7, 7);
	check(test, "|  007|", "|%05.3d|", 7);
	check(test, "0x00ff", "%#.4x", 255);
	/* a negative precision is read over, and is 0 */
	check(test, "7|ab|", "%.-3d|%s|", 7, "ab");
	check(test, "|", "%.-3s|", "ab");
	/* As in Linux; C would print nothing for a precision of 0. */
	check(test, "00|0|0", "%.2d|%.1d|%.0d", 0, 0, 0);
}

/* Do the length letters take the right argument and cut it to its type? */
static void lengths(struct kunit *test)
{
	check(test, "0 -1 255 -128", "%hhd %hhd %hhu %hhd", 256, 255, -1, 128);
	check(test, "0 -1 65535", "%hd %hd %hu", 65536, 65535, -1);
	check(test, "1 2 3 4", "%lu %llu %zu %d", 1ul, 2ull, (size_t)3, 4);
	check(test, "-5 6 7", "%td %jd %d", (ptrdiff_t)-5, 6ll, 7);
	check(test, "8 9", "%Lu %d", 8ull, 9);
	check(test, "-8 4294967295 9", "%zd %tu %d", (ssize_t)-8, (ptrdiff_t)-1,
	      9);
	check(test, "0x00001234", "%#p", (void *)0x1234);
}

/* Are strings cut to the precision, padded to the width, and NULL told? */
static void strings(struct kunit *test)
{
	check(test, "abc", "%s", "abc");
	check(test, "|  abc|abc  |", "|%5s|%-5s|", "abc", "abc");
	check(test, "|ab|   ab|", "|%.2s|%5.2s|", "abc", "abc");
	check(test, "12", "%.*s", 2, "1234");
	check(test, "(null)|  (null)", "%s|%8s", NULL, NULL);
	check(test, "(efault)", "%s", (char *)8);
	/* As in Linux: '.' alone cuts nothing, and below 0 is 0. */
	check(test, "123456|    ", "%.s|%4.*s", "123456", -5, "123456");
}

/* Is a string without an end read no further than the precision? */
static void string_without_end(struct kunit *test)
{
	static const char letters[3] = { 'a', 'b', 'c' };

	check(test, "abc", "%.3s", letters);
}

/* Are single characters padded, and is NUL one of them? */
static void characters(struct kunit *test)
{
	check(test, "x|  x|x  ", "%c|%3c|%-3c", 'x', 'x', 'x');
	char buf[8];

	KUNIT_EXPECT_EQ(test, snprintf(buf, sizeof(buf), "a%cb", 0), 3);
	KUNIT_EXPECT_MEMEQ(test, buf, "a\0b", 4);
}

/* Is "%n" skipped without a write, and unknown letters left in the text? */
static void refused(struct kunit *test)
{
	int n = 77;

	check(test, "ab5", "a%nb%d", &n, 5);
	KUNIT_EXPECT_EQ(test, n, 77);
	check(test, "1 %y %d", "%d %y %d", 1, 2);
	check(test, "5%", "%d%", 5);
}

/* Do scnprintf() and vscnprintf() return what is in the buffer? */
static void scnprintf_length(struct kunit *test)
{
	char buf[6];

	KUNIT_EXPECT_EQ(test, scnprintf(buf, sizeof(buf), "%d", 1234567), 5);
	KUNIT_EXPECT_STREQ(test, buf, "12345");
	KUNIT_EXPECT_EQ(test, scnprintf(buf, sizeof(buf), "%d", 12), 2);
	KUNIT_EXPECT_EQ(test, scnprintf(buf, 0, "%d", 12), 0);
	KUNIT_EXPECT_EQ(test, scnprintf(buf, 1, "%d", 12), 0);
	KUNIT_EXPECT_EQ(test, sprintf(buf, "%s", "abc"), 3);
	/* told that there is room for INT_MAX bytes, which would wrap */
	KUNIT_EXPECT_STREQ(test, buf, "abc");
}

static int print_to(char *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsprintf(buf, fmt, args);
	va_end(args);
	return len;
}

/* Is a size that is a negative number none, and has vsprintf() any? */
static void sizes_that_are_none(struct kunit *test)
{
	char buf[6] = "keep";
	size_t size = -1;

	OPTIMIZER_HIDE_VAR(size);
	KUNIT_EXPECT_EQ(test, snprintf(buf, size, "%d", 1234567), 7);
	KUNIT_EXPECT_STREQ(test, buf, "keep");
	KUNIT_EXPECT_EQ(test, print_to(buf, "%d", 12), 2);
	KUNIT_EXPECT_STREQ(test, buf, "12");
}

static struct kunit_case cases[] = {
	KUNIT_CASE(plain_text),
	KUNIT_CASE(decimal),
	KUNIT_CASE(decimal_digit_groups),
	KUNIT_CASE(hex_and_octal),
	KUNIT_CASE(width),
	KUNIT_CASE(precision),
	KUNIT_CASE(lengths),
	KUNIT_CASE(strings),
	KUNIT_CASE(string_without_end),
	KUNIT_CASE(characters),
	KUNIT_CASE(refused),
	KUNIT_CASE(scnprintf_length),
	KUNIT_CASE(sizes_that_are_none),
	{}
};

static struct kunit_suite suite = {
	.name = "lib_vsnprintf",
	.test_cases = cases,
};
kunit_test_suite(suite);
