// SPDX-License-Identifier: MIT
/* Strings and memory areas: do they act as C and Linux say? */
#include <kunit/test.h>
#include <linux/ctype.h>
#include <linux/hex.h>
#include <linux/kernel.h>
#include <linux/string.h>

#define AREA 64

/* Do memcpy() and memset() write exactly n bytes at every alignment? */
static void copy_and_fill_bounds(struct kunit *test)
{
	u8 src[AREA], dst[AREA];
	size_t at, n;

	for (n = 0; n < AREA; n++)
		src[n] = n + 1;
	for (at = 0; at < 8; at++) {
		for (n = 0; n < 40; n++) {
			memset(dst, 0xee, AREA);
			memcpy(dst + at, src + 3, n);
			KUNIT_ASSERT_NULL(test, memchr_inv(dst, 0xee, at));
			KUNIT_ASSERT_EQ(test, memcmp(dst + at, src + 3, n), 0);
			KUNIT_ASSERT_NULL(test, memchr_inv(dst + at + n, 0xee,
							   AREA - at - n));
			memset(dst + at, 0x33, n);
			KUNIT_ASSERT_NULL(test, memchr_inv(dst + at, 0x33, n));
			KUNIT_ASSERT_NULL(test, memchr_inv(dst + at + n, 0xee,
							   AREA - at - n));
		}
	}
}

/* Does memmove() copy overlapping areas right in both directions? */
static void move_overlapping(struct kunit *test)
{
	u8 area[AREA], want[AREA];
	int from, to, n, i;

	for (from = 0; from < 12; from++) {
		for (to = 0; to < 12; to++) {
			n = 37;
			for (i = 0; i < AREA; i++)
				area[i] = want[i] = i;
			for (i = 0; i < n; i++)
				want[to + i] = from + i;
			memmove(area + to, area + from, n);
			KUNIT_ASSERT_MEMEQ(test, area, want, AREA);
		}
	}
}

/* Does memcmp() order by the first different byte, as unsigned? */
static void compare_areas(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, memcmp("abcd", "abcd", 4), 0);
	KUNIT_EXPECT_EQ(test, memcmp("abcX", "abcY", 3), 0);
	KUNIT_EXPECT_LT(test, memcmp("abcdabc\x01", "abcdabc\xff", 8), 0);
	KUNIT_EXPECT_GT(test, memcmp("\x02\x01\x01\x01", "\x01\x02\x02\x02", 4),
			0);
	KUNIT_EXPECT_EQ(test, memcmp("a", "b", 0), 0);
}

/* Do the searches find the first byte, and only within n? */
static void search_areas(struct kunit *test)
{
	static u8 area[AREA] __aligned(4);
	size_t bad;

	memset(area, 0x6b, AREA);
	KUNIT_EXPECT_NULL(test, memchr_inv(area, 0x6b, AREA));
	for (bad = 0; bad < AREA; bad++) {
		area[bad] = 0x6a;
		KUNIT_EXPECT_PTR_EQ(test, memchr_inv(area + 1, 0x6b, AREA - 1),
				    bad ? area + bad : NULL);
		KUNIT_EXPECT_NULL(test, memchr_inv(area, 0x6b, bad));
		KUNIT_EXPECT_PTR_EQ(test, memchr(area, 0x6a, AREA), area + bad);
		area[bad] = 0x6b;
	}
	KUNIT_EXPECT_NULL(test, memchr(area, 1, AREA));
	KUNIT_EXPECT_PTR_EQ(test, memscan(area, 1, AREA), area + AREA);
}

/* Do the wide fills write that many elements, and no more? */
static void wide_fills(struct kunit *test)
{
	u16 a[4] = { 0 };
	u32 b[4] = { 0 };
	u64 c[3] = { 0 };

	memset16(a, 0x1234, 3);
	memset32(b, 0x12345678, 3);
	memset64(c, 0x123456789abcdefull, 2);
	KUNIT_EXPECT_EQ(test, a[2], 0x1234);
	KUNIT_EXPECT_EQ(test, a[3], 0);
	KUNIT_EXPECT_EQ(test, b[2], 0x12345678);
	KUNIT_EXPECT_EQ(test, b[3], 0);
	KUNIT_EXPECT_EQ(test, c[1], 0x123456789abcdefull);
	KUNIT_EXPECT_EQ(test, c[2], 0);
}

/* Do strscpy() and strlcpy() always end the string, and tell of a cut? */
static void bounded_copies(struct kunit *test)
{
	char buf[8];

	memset(buf, 'x', sizeof(buf));
	KUNIT_EXPECT_EQ(test, strscpy(buf, "abc", 4), 3);
	KUNIT_EXPECT_STREQ(test, buf, "abc");
	KUNIT_EXPECT_EQ(test, buf[4], 'x');
	KUNIT_EXPECT_EQ(test, strscpy(buf, "abcd", 4), -E2BIG);
	KUNIT_EXPECT_STREQ(test, buf, "abc");
	KUNIT_EXPECT_EQ(test, strscpy(buf, "abc", 0), -E2BIG);
	KUNIT_EXPECT_EQ(test, strscpy_pad(buf, "a", 8), 1);
	KUNIT_EXPECT_NULL(test, memchr_inv(buf + 1, 0, 7));
	KUNIT_EXPECT_EQ(test, strlcpy(buf, "12345678", 4), 8);
	KUNIT_EXPECT_STREQ(test, buf, "123");
	KUNIT_EXPECT_EQ(test, strlcat(buf, "4567", 6), 7);
	KUNIT_EXPECT_STREQ(test, buf, "12345");
	strncpy(buf, "ab", 5);
	KUNIT_EXPECT_MEMEQ(test, buf, "ab\0\0\0", 5);
}

/* Do comparisons use unsigned characters, and stop where they should? */
static void compare_strings(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, strcmp("abc", "abc"), 0);
	KUNIT_EXPECT_LT(test, strcmp("ab", "abc"), 0);
	KUNIT_EXPECT_GT(test, strcmp("\x80", "\x7f"), 0);
	KUNIT_EXPECT_EQ(test, strncmp("abc", "abd", 2), 0);
	KUNIT_EXPECT_EQ(test, strncmp("ab\0x", "ab\0y", 4), 0);
	KUNIT_EXPECT_EQ(test, strcasecmp("HeLLo", "hEllO"), 0);
	KUNIT_EXPECT_LT(test, strncasecmp("ABc", "abD", 3), 0);
}

/* Do the searches of strings find first, last, and the end itself? */
static void search_strings(struct kunit *test)
{
	const char *s = "a/bb/ccc";

	KUNIT_EXPECT_PTR_EQ(test, strchr(s, '/'), s + 1);
	KUNIT_EXPECT_PTR_EQ(test, strrchr(s, '/'), s + 4);
	KUNIT_EXPECT_PTR_EQ(test, strchr(s, '\0'), s + 8);
	KUNIT_EXPECT_NULL(test, strchr(s, 'z'));
	KUNIT_EXPECT_PTR_EQ(test, strchrnul(s, 'z'), s + 8);
	KUNIT_EXPECT_NULL(test, strnchr(s, 4, 'c'));
	KUNIT_EXPECT_PTR_EQ(test, strstr(s, "cc"), s + 5);
	KUNIT_EXPECT_PTR_EQ(test, strstr(s, ""), s);
	KUNIT_EXPECT_PTR_EQ(test, strstr(s, "/ccc"), s + 4);
	KUNIT_EXPECT_PTR_EQ(test, strnstr(s, "bb", 4), s + 2);
	KUNIT_EXPECT_NULL(test, strstr(s, "cccc"));
	KUNIT_EXPECT_NULL(test, strnstr(s, "ccc", 7));
	KUNIT_EXPECT_STREQ(test, kbasename(s), "ccc");
	KUNIT_EXPECT_EQ(test, strspn("aabbc", "ab"), 4);
	KUNIT_EXPECT_EQ(test, strcspn("aabbc", "c"), 4);
	KUNIT_EXPECT_EQ(test, strnlen("abc", 2), 2);
}

/* Does strsep() give every token, the empty ones too, and then NULL? */
static void tokens(struct kunit *test)
{
	char line[] = "a,,b;c";
	char *rest = line;

	KUNIT_EXPECT_STREQ(test, strsep(&rest, ",;"), "a");
	KUNIT_EXPECT_STREQ(test, strsep(&rest, ",;"), "");
	KUNIT_EXPECT_STREQ(test, strsep(&rest, ",;"), "b");
	KUNIT_EXPECT_STREQ(test, strsep(&rest, ",;"), "c");
	KUNIT_EXPECT_NULL(test, strsep(&rest, ",;"));
}

/* Do the helpers for typed values cut blanks and find words? */
static void typed_values(struct kunit *test)
{
	static const char *const modes[] = { "off", "on", "auto", NULL };
	char line[] = " \t text \n";
	char blank[] = "   ";
	char dots[] = "a.b.c";

	KUNIT_EXPECT_STREQ(test, strim(line), "text");
	KUNIT_EXPECT_STREQ(test, strim(blank), "");
	KUNIT_EXPECT_TRUE(test, sysfs_streq("on", "on\n"));
	KUNIT_EXPECT_TRUE(test, sysfs_streq("on\n", "on"));
	KUNIT_EXPECT_FALSE(test, sysfs_streq("on", "on\n\n"));
	KUNIT_EXPECT_FALSE(test, sysfs_streq("o", "on"));
	KUNIT_EXPECT_EQ(test, match_string(modes, -1, "auto"), 2);
	KUNIT_EXPECT_EQ(test, match_string(modes, 2, "auto"), -EINVAL);
	KUNIT_EXPECT_EQ(test, match_string(modes, -1, "a"), -EINVAL);
	KUNIT_EXPECT_TRUE(test, strstarts("kunit.enable", "kunit."));
	KUNIT_EXPECT_EQ(test, str_has_prefix("abc", "abd"), 0);
	KUNIT_EXPECT_PTR_EQ(test, strreplace(dots, '.', '-'), dots + 5);
	KUNIT_EXPECT_STREQ(test, dots, "a-b-c");
}

/* Are the classes of characters those of ASCII, and empty above 127? */
static void classes(struct kunit *test)
{
	int c, letters = 0, digits = 0, hex = 0, spaces = 0, graphs = 0;

	for (c = -128; c < 256; c++) {
		letters += isalpha(c);
		digits += isdigit(c);
		hex += isxdigit(c);
		spaces += isspace(c);
		graphs += isgraph(c);
	}
	KUNIT_EXPECT_EQ(test, letters, 52);
	KUNIT_EXPECT_EQ(test, digits, 10);
	KUNIT_EXPECT_EQ(test, hex, 22);
	KUNIT_EXPECT_EQ(test, spaces, 6);
	KUNIT_EXPECT_EQ(test, graphs, 94);
	KUNIT_EXPECT_EQ(test, toupper('q'), 'Q');
	KUNIT_EXPECT_EQ(test, tolower('['), '[');
}

/* Do bytes become hex and come back, and are wrong digits refused? */
static void hex_digits(struct kunit *test)
{
	u8 bytes[3];
	char digits[7] = "";

	KUNIT_EXPECT_EQ(test, hex2bin(bytes, "00fFa5", 3), 0);
	KUNIT_EXPECT_MEMEQ(test, bytes, "\x00\xff\xa5", 3);
	bin2hex(digits, bytes, 3);
	KUNIT_EXPECT_STREQ(test, digits, "00ffa5");
	KUNIT_EXPECT_EQ(test, hex2bin(bytes, "0g", 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, hex_to_bin(':'), -1);
}

/* Has a line of a dump its groups, its text column, and its length? */
static void hex_dump_line(struct kunit *test)
{
	static const u8 bytes[16] = "\x01\x02\x03\x04zAZ~\x7f\x80 0";
	char line[80];
	int len;

	len = hex_dump_to_buffer(bytes, 16, 16, 1, line, sizeof(line), true);
	KUNIT_EXPECT_STREQ(
		test, line,
		"01 02 03 04 7a 41 5a 7e 7f 80 20 30 00 00 00 00  ....zAZ~.. 0....");
	KUNIT_EXPECT_EQ(test, len, strlen(line));
	len = hex_dump_to_buffer(bytes, 8, 16, 4, line, sizeof(line), false);
	KUNIT_EXPECT_STREQ(test, line, "04030201 7e5a417a");
	KUNIT_EXPECT_EQ(test, len, strlen(line));
	len = hex_dump_to_buffer(bytes, 3, 16, 2, line, 6, false);
	KUNIT_EXPECT_STREQ(test, line, "01 02");
	KUNIT_EXPECT_EQ(test, len, 8);
}

/* Do the unbounded copies end behind the NUL, and return what C says? */
static void unbounded_copies(struct kunit *test)
{
	char buf[12];

	memset(buf, '#', sizeof(buf));
	KUNIT_EXPECT_PTR_EQ(test, (strcpy)(buf, "abc"), &buf[0]);
	KUNIT_EXPECT_MEMEQ(test, buf, "abc\0####", 8);
	KUNIT_EXPECT_PTR_EQ(test, (strcat)(buf, "de"), &buf[0]);
	KUNIT_EXPECT_MEMEQ(test, buf, "abcde\0##", 8);
	KUNIT_EXPECT_PTR_EQ(test, (strcat)(buf, ""), &buf[0]);
	KUNIT_EXPECT_PTR_EQ(test, (stpcpy)(buf, "xy"), buf + 2);
	KUNIT_EXPECT_MEMEQ(test, buf, "xy\0de\0##", 8);
	KUNIT_EXPECT_PTR_EQ(test, (stpcpy)(buf, ""), &buf[0]);
}

/* Do the bounded ones take n characters at most, and pad as they say? */
static void copies_of_n(struct kunit *test)
{
	char buf[8];

	memset(buf, '#', sizeof(buf));
	strncpy(buf, "abcdef", 3);
	KUNIT_EXPECT_MEMEQ(test, buf, "abc#####", 8);
	strncpy(buf, "a", 4);
	KUNIT_EXPECT_MEMEQ(test, buf, "a\0\0\0####", 8);
	strncat(buf, "bcd", 2);
	KUNIT_EXPECT_MEMEQ(test, buf, "abc\0####", 8);
	strncat(buf, "d", 9);
	KUNIT_EXPECT_MEMEQ(test, buf, "abcd\0###", 8);
	memset(buf, '#', sizeof(buf));
	KUNIT_EXPECT_EQ(test, strscpy_pad(buf, "ab", 6), 2);
	KUNIT_EXPECT_MEMEQ(test, buf, "ab\0\0\0\0##", 8);
	KUNIT_EXPECT_EQ(test, strscpy_pad(buf, "abcdef", 4), -E2BIG);
	KUNIT_EXPECT_STREQ(test, buf, "abc");
	KUNIT_EXPECT_EQ(test, strscpy(buf, "x", (size_t)-1), -E2BIG);
	KUNIT_EXPECT_EQ(test, strlcpy(buf, "xyz", 0), 3);
	KUNIT_EXPECT_STREQ(test, buf, "abc");
	/* a destination without an end is left alone */
	KUNIT_EXPECT_EQ(test, strlcat(buf, "xyz", 2), 5);
	KUNIT_EXPECT_STREQ(test, buf, "abc");
}

/* Do the searches stop at n, at the end, and at a NUL that is asked for? */
static void bounded_searches(struct kunit *test)
{
	const char *s = "abcabc";

	KUNIT_EXPECT_PTR_EQ(test, strnchrnul(s, 2, 'c'), (char *)s + 2);
	KUNIT_EXPECT_PTR_EQ(test, strnchrnul(s, 6, 'c'), (char *)s + 2);
	KUNIT_EXPECT_PTR_EQ(test, strnchrnul(s, 9, 'z'), (char *)s + 6);
	KUNIT_EXPECT_NULL(test, strnchr(s, 2, 'c'));
	KUNIT_EXPECT_NULL(test, strnchr(s, 9, 'z'));
	KUNIT_EXPECT_PTR_EQ(test, strnchr(s, 9, 0), (char *)s + 6);
	KUNIT_EXPECT_NULL(test, strnstr(s, "bca", 3));
	KUNIT_EXPECT_PTR_EQ(test, strnstr(s, "bca", 4), (char *)s + 1);
	KUNIT_EXPECT_NULL(test, strnstr("ab\0cd", "cd", 5));
	KUNIT_EXPECT_PTR_EQ(test, strnstr(s, "", 0), (char *)s);
	KUNIT_EXPECT_PTR_EQ(test, memscan((void *)s, 'z', 6), (void *)(s + 6));
	KUNIT_EXPECT_PTR_EQ(test, memscan((void *)s, 'c', 6), (void *)(s + 2));
	KUNIT_EXPECT_NULL(test, memchr(s, 'c', 2));
	KUNIT_EXPECT_EQ(test, (bcmp)(s, s + 3, 3), 0);
	KUNIT_EXPECT_NE(test, (bcmp)(s, s + 3, 4), 0);
}

/* Do sets of characters, line ends and tables end where they should? */
static void words_that_end(struct kunit *test)
{
	static const char *const table[] = { "one", "two", NULL, "four" };

	KUNIT_EXPECT_EQ(test, strspn("aab", "ab"), 3);
	KUNIT_EXPECT_EQ(test, strspn("xa", "ab"), 0);
	KUNIT_EXPECT_EQ(test, strcspn("xya", "ab"), 2);
	KUNIT_EXPECT_EQ(test, strcspn("xy", "ab"), 2);
	KUNIT_EXPECT_TRUE(test, sysfs_streq("on\n", "on"));
	KUNIT_EXPECT_TRUE(test, sysfs_streq("on", "on\n"));
	KUNIT_EXPECT_TRUE(test, sysfs_streq("on\n", "on\n"));
	KUNIT_EXPECT_FALSE(test, sysfs_streq("on\nx", "on"));
	KUNIT_EXPECT_FALSE(test, sysfs_streq("on", "on\nx"));
	KUNIT_EXPECT_FALSE(test, sysfs_streq("on", "one"));
	KUNIT_EXPECT_FALSE(test, sysfs_streq("one", "on"));
	KUNIT_EXPECT_FALSE(test, sysfs_streq("on", "of"));
	KUNIT_EXPECT_EQ(test, match_string(table, 4, "two"), 1);
	KUNIT_EXPECT_EQ(test, match_string(table, 4, "four"), -EINVAL);
	KUNIT_EXPECT_EQ(test, match_string(table, 1, "two"), -EINVAL);
	KUNIT_EXPECT_STREQ(test, kbasename("a/b/c.c"), "c.c");
	KUNIT_EXPECT_STREQ(test, kbasename("c.c"), "c.c");
}

/* Is a dump cut to its rows, and does it tell how long it would be? */
static void hex_dump_edges(struct kunit *test)
{
	u8 bytes[33];
	char line[140] = "old";
	int i, len;

	for (i = 0; i < 33; i++)
		bytes[i] = i + 0x30;
	len = hex_dump_to_buffer(bytes, 33, 32, 8, line, sizeof(line), true);
	KUNIT_EXPECT_EQ(test, len, 32 * 2 + 4 + 1 + 32);
	KUNIT_EXPECT_EQ(test, strlen(line), len);
	KUNIT_EXPECT_TRUE(test, strstarts(line, "3736353433323130 "));
	KUNIT_EXPECT_STREQ(test, line + len - 3, "MNO");
	/* rows of 24 bytes there are none: 16 */
	len = hex_dump_to_buffer(bytes, 33, 24, 1, line, sizeof(line), false);
	KUNIT_EXPECT_EQ(test, len, 16 * 3 - 1);
	KUNIT_EXPECT_EQ(test,
			hex_dump_to_buffer(bytes, 0, 16, 1, line, sizeof(line),
					   true),
			0);
	KUNIT_EXPECT_STREQ(test, line, "");
	line[0] = '!';
	KUNIT_EXPECT_EQ(test,
			hex_dump_to_buffer(bytes, 4, 16, 1, line, 0, false),
			11);
	KUNIT_EXPECT_EQ(test, line[0], '!');
	KUNIT_EXPECT_EQ(test, hex2bin(bytes, "g0", 1), -EINVAL);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(copy_and_fill_bounds),
	KUNIT_CASE(move_overlapping),
	KUNIT_CASE(compare_areas),
	KUNIT_CASE(search_areas),
	KUNIT_CASE(wide_fills),
	KUNIT_CASE(bounded_copies),
	KUNIT_CASE(compare_strings),
	KUNIT_CASE(search_strings),
	KUNIT_CASE(tokens),
	KUNIT_CASE(typed_values),
	KUNIT_CASE(classes),
	KUNIT_CASE(hex_digits),
	KUNIT_CASE(hex_dump_line),
	KUNIT_CASE(unbounded_copies),
	KUNIT_CASE(copies_of_n),
	KUNIT_CASE(bounded_searches),
	KUNIT_CASE(words_that_end),
	KUNIT_CASE(hex_dump_edges),
	{}
};

static struct kunit_suite suite = {
	.name = "lib_string",
	.test_cases = cases,
};
kunit_test_suite(suite);
