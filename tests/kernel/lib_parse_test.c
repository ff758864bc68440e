// SPDX-License-Identifier: MIT
/* Reading text: are numbers, lists and patterns taken for what they say? */
#include <kunit/test.h>
#include <linux/glob.h>
#include <linux/kernel.h>
#include <linux/seq_buf.h>
#include <linux/string.h>

/* Are whole numbers read in each base, signed and to the limits? */
static void kstrto_good(struct kunit *test)
{
	static const struct {
		const char *text;
		unsigned int base;
		long long value;
	} table[] = {
		{ "0", 0, 0 }, { "42", 0, 42 }, { "-42", 0, -42 },
		{ "+7", 10, 7 }, { "42\n", 10, 42 }, { "0x1F", 0, 31 },
		{ "0x1f", 16, 31 }, { "1f", 16, 31 }, { "017", 0, 15 },
		{ "101", 2, 5 }, { "z", 36, 35 },
		{ "9223372036854775807", 10, LLONG_MAX },
		{ "-9223372036854775808", 10, LLONG_MIN },
		{ "-0x8000000000000000", 0, LLONG_MIN },
	};
	long long value;

	for (size_t i = 0; i < ARRAY_SIZE(table); i++) {
		value = 99;
		KUNIT_EXPECT_EQ_MSG(test,
				    kstrtoll(table[i].text, table[i].base,
					     &value),
				    0, "\"%s\"", table[i].text);
		KUNIT_EXPECT_EQ_MSG(test, value, table[i].value, "\"%s\"",
				    table[i].text);
	}
}

/* Is what is no number refused, and the result then left alone? */
static void kstrto_bad(struct kunit *test)
{
	static const struct {
		const char *text;
		unsigned int base;
		int err;
	} table[] = {
		{ "", 0, -EINVAL }, { "\n", 0, -EINVAL }, { "-", 0, -EINVAL },
		{ "--1", 0, -EINVAL }, { "-+1", 0, -EINVAL },
		{ " 1", 0, -EINVAL }, { "1 ", 0, -EINVAL },
		{ "1\n\n", 0, -EINVAL }, { "0x", 0, -EINVAL },
		{ "09", 0, -EINVAL }, { "12a", 10, -EINVAL },
		{ "2", 2, -EINVAL },
		{ "9223372036854775808", 10, -ERANGE },
		{ "-9223372036854775809", 10, -ERANGE },
		{ "18446744073709551616", 10, -ERANGE },
		{ "99999999999999999999999", 10, -ERANGE },
		/* All that is lost is lost before the last digit. */
		{ "0x100000000000000000", 0, -ERANGE },
	};
	long long value = 99;

	for (size_t i = 0; i < ARRAY_SIZE(table); i++)
		KUNIT_EXPECT_EQ_MSG(test,
				    kstrtoll(table[i].text, table[i].base,
					     &value),
				    table[i].err, "\"%s\"", table[i].text);
	KUNIT_EXPECT_EQ(test, value, 99);
}

/* Do the narrow types refuse the first value that they cannot hold? */
static void kstrto_narrow(struct kunit *test)
{
	unsigned long long big;
	unsigned int u;
	u8 byte;
	s8 sbyte;
	int n;

	KUNIT_EXPECT_EQ(test, kstrtou8("255", 0, &byte), 0);
	KUNIT_EXPECT_EQ(test, byte, 255);
	KUNIT_EXPECT_EQ(test, kstrtou8("256", 0, &byte), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtou8("-1", 0, &byte), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtos8("-128", 0, &sbyte), 0);
	KUNIT_EXPECT_EQ(test, kstrtos8("128", 0, &sbyte), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtoint("-2147483648", 0, &n), 0);
	KUNIT_EXPECT_EQ(test, kstrtoint("2147483648", 0, &n), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtouint("0xffffffff", 0, &u), 0);
	KUNIT_EXPECT_EQ(test, kstrtouint("0x100000000", 0, &u), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtoull("0xffffffffffffffff", 0, &big), 0);
	KUNIT_EXPECT_EQ(test, big, ULLONG_MAX);
}

/* Do the other widths take their limits, and errors of the text through? */
static void kstrto_other_widths(struct kunit *test)
{
	unsigned long ul = 99;
	unsigned int u = 99;
	long l = 99;
	u16 half = 99;
	s16 shalf = 99;
	s8 byte = 99;

	KUNIT_EXPECT_EQ(test, kstrtou16("65535", 0, &half), 0);
	KUNIT_EXPECT_EQ(test, half, 65535);
	KUNIT_EXPECT_EQ(test, kstrtou16("65536", 0, &half), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtou16("x", 0, &half), -EINVAL);
	KUNIT_EXPECT_EQ(test, half, 65535);
	KUNIT_EXPECT_EQ(test, kstrtos16("-32768", 0, &shalf), 0);
	KUNIT_EXPECT_EQ(test, shalf, -32768);
	KUNIT_EXPECT_EQ(test, kstrtos16("32768", 0, &shalf), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtos16("", 0, &shalf), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtol("-2147483648", 0, &l), 0);
	KUNIT_EXPECT_EQ(test, l, LONG_MIN);
	KUNIT_EXPECT_EQ(test, kstrtol("2147483648", 0, &l), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtol("+", 0, &l), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtoul("-1", 0, &ul), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtoul("0X10", 0, &ul), 0);
	KUNIT_EXPECT_EQ(test, ul, 16);
	KUNIT_EXPECT_EQ(test, kstrtouint("", 0, &u), -EINVAL);
	KUNIT_EXPECT_EQ(test, u, 99);
	KUNIT_EXPECT_EQ(test, kstrtos8("y", 0, &byte), -EINVAL);
	KUNIT_EXPECT_EQ(test, byte, 99);
}

/* Are the words for yes and no known, and nothing else? */
static void kstrtobool_words(struct kunit *test)
{
	static const char *const yes[] = { "y", "Y", "1", "on", "ON", "true" };
	static const char *const no[] = { "n", "N", "0", "off", "OFF", "f" };
	bool value;

	for (size_t i = 0; i < ARRAY_SIZE(yes); i++) {
		value = false;
		KUNIT_EXPECT_EQ(test, kstrtobool(yes[i], &value), 0);
		KUNIT_EXPECT_TRUE(test, value);
		KUNIT_EXPECT_EQ(test, kstrtobool(no[i], &value), 0);
		KUNIT_EXPECT_FALSE(test, value);
	}
	KUNIT_EXPECT_EQ(test, kstrtobool("", &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtobool("o", &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtobool(NULL, &value), -EINVAL);
}

/* Does simple_strtoul() read the digits there are, and say where it ended? */
static void simple_numbers(struct kunit *test)
{
	const char *text = "0x1fg";
	char *end;

	KUNIT_EXPECT_EQ(test, simple_strtoul(text, &end, 0), 0x1f);
	KUNIT_EXPECT_PTR_EQ(test, end, (char *)text + 4);
	KUNIT_EXPECT_EQ(test, simple_strtol("-12 ", &end, 10), -12);
	KUNIT_EXPECT_EQ(test, *end, ' ');
	KUNIT_EXPECT_EQ(test, simple_strtoul("0xz", &end, 0), 0);
	KUNIT_EXPECT_EQ(test, *end, 'x');
}

/* Do sizes know their units, and point behind them? */
static void sizes(struct kunit *test)
{
	char *end;

	KUNIT_EXPECT_EQ(test, memparse("64", &end), 64);
	KUNIT_EXPECT_EQ(test, memparse("64K", NULL), 65536);
	KUNIT_EXPECT_EQ(test, memparse("3m@1", &end), 3 << 20);
	KUNIT_EXPECT_EQ(test, *end, '@');
	KUNIT_EXPECT_EQ(test, memparse("4G", NULL), 4ull << 30);
	KUNIT_EXPECT_EQ(test, memparse("0x10T", NULL), 16ull << 40);
	KUNIT_EXPECT_EQ(test, memparse("x", &end), 0);
	KUNIT_EXPECT_EQ(test, *end, 'x');
}

/* Does get_option() tell number, comma, range and end apart? */
static void one_option(struct kunit *test)
{
	static const struct {
		const char *text;
		int kind, value;
		char next;
	} table[] = {
		{ "", 0, 99, '\0' }, { "x", 0, 0, 'x' }, { "12", 1, 12, '\0' },
		{ "12,3", 2, 12, '3' }, { "12-3", 3, 12, '-' },
		{ "-5", 1, -5, '\0' }, { "0x10,", 2, 16, '\0' },
		{ "12x", 1, 12, 'x' },
	};
	char *at;
	int value;

	for (size_t i = 0; i < ARRAY_SIZE(table); i++) {
		at = (char *)table[i].text;
		value = 99;
		KUNIT_EXPECT_EQ_MSG(test, get_option(&at, &value),
				    table[i].kind, "\"%s\"", table[i].text);
		KUNIT_EXPECT_EQ_MSG(test, value, table[i].value, "\"%s\"",
				    table[i].text);
		KUNIT_EXPECT_EQ_MSG(test, *at, table[i].next, "\"%s\"",
				    table[i].text);
	}
}

/* Do lists with ranges fill the array, no further than it goes? */
static void option_lists(struct kunit *test)
{
	int ints[6];
	char *rest;

	memset(ints, 0, sizeof(ints));
	rest = get_options("7,1-3", 6, ints);
	KUNIT_EXPECT_EQ(test, *rest, '\0');
	KUNIT_EXPECT_EQ(test, ints[0], 4);
	KUNIT_EXPECT_EQ(test, ints[1], 7);
	KUNIT_EXPECT_EQ(test, ints[2], 1);
	KUNIT_EXPECT_EQ(test, ints[3], 2);
	KUNIT_EXPECT_EQ(test, ints[4], 3);
	memset(ints, 0, sizeof(ints));
	ints[5] = 77;
	get_options("1,2,3,4,5,6,7", 5, ints);
	KUNIT_EXPECT_EQ(test, ints[0], 4);
	KUNIT_EXPECT_EQ(test, ints[4], 4);
	KUNIT_EXPECT_EQ(test, ints[5], 77);
	get_options("1,2,5-8", 0, ints);
	KUNIT_EXPECT_EQ(test, ints[0], 6);
	/* a range that runs backwards, and one without an end */
	rest = get_options("3,5-2,9", 6, ints);
	KUNIT_EXPECT_STREQ(test, rest, "2,9");
	KUNIT_EXPECT_EQ(test, ints[0], 1);
	rest = get_options("3,5-,9", 6, ints);
	KUNIT_EXPECT_STREQ(test, rest, ",9");
	KUNIT_EXPECT_TRUE(test, parse_option_str("a,bc,d", "bc"));
	KUNIT_EXPECT_FALSE(test, parse_option_str("a,bc,d", "b"));
}

/* Does a range up to the last int end, and write no more than there is? */
static void option_list_without_end(struct kunit *test)
{
	int ints[4] = { 0, 0, 0, 77 };

	get_options("1-2147483647", 3, ints);
	KUNIT_EXPECT_EQ(test, ints[0], 2);
	KUNIT_EXPECT_EQ(test, ints[1], 1);
	KUNIT_EXPECT_EQ(test, ints[2], 2);
	KUNIT_EXPECT_EQ(test, ints[3], 77);
	get_options("1-2147483647", 0, ints);
	KUNIT_EXPECT_EQ(test, ints[0], INT_MAX);
	/* more numbers than an int can count: those before are */
	get_options("5,1-2147483647,6", 0, ints);
	KUNIT_EXPECT_EQ(test, ints[0], 1);
	get_options("-5-2147483647", 0, ints);
	KUNIT_EXPECT_EQ(test, ints[0], 0);
	KUNIT_EXPECT_EQ(test, ints[1], 1);
}

/* Do shell patterns match whole names, by all their forms? */
static void globs(struct kunit *test)
{
	static const struct {
		const char *pattern, *text;
		bool match;
	} table[] = {
		{ "a", "a", true }, { "a", "ab", false }, { "", "", true },
		{ "?", "a", true }, { "?", "", false }, { "*", "", true },
		{ "a*c", "abbc", true }, { "a*c", "abb", false },
		{ "*a*b*", "xxaxxbxx", true }, { "*ab", "aab", true },
		{ "[abc]", "b", true }, { "[abc]", "d", false },
		{ "[a-c]x", "bx", true }, { "[!a-c]", "b", false },
		{ "[!a-c]", "d", true }, { "[]]", "]", true },
		{ "\\*", "*", true }, { "\\*", "a", false },
		{ "lib_*.rb*", "lib_rbtree.rb_first", true },
		{ "[a-", "b", false }, { "[a-]", "-", true },
		{ "[a", "a", false }, { "\\", "\\", true },
		{ "**x", "yyx", true }, { "a?c*", "abcde", true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(table); i++)
		KUNIT_EXPECT_EQ_MSG(test,
				    glob_match(table[i].pattern, table[i].text),
				    table[i].match, "%s %s", table[i].pattern,
				    table[i].text);
}

/* Does sscanf() store what matches, and stop at what does not? */
static void scanning(struct kunit *test)
{
	char word[8], c;
	unsigned long long big;
	unsigned int hex;
	int a, b, n;
	u8 byte = 0;

	KUNIT_EXPECT_EQ(test, sscanf("12 -7", "%d%d", &a, &b), 2);
	KUNIT_EXPECT_EQ(test, a, 12);
	KUNIT_EXPECT_EQ(test, b, -7);
	KUNIT_EXPECT_EQ(test, sscanf("0x1f ff", "%i %x", &a, &hex), 2);
	KUNIT_EXPECT_EQ(test, a, 31);
	KUNIT_EXPECT_EQ(test, hex, 255);
	KUNIT_EXPECT_EQ(test, sscanf("123456", "%3d%2hhu%n", &a, &byte, &n), 2);
	KUNIT_EXPECT_EQ(test, a, 123);
	KUNIT_EXPECT_EQ(test, byte, 45);
	KUNIT_EXPECT_EQ(test, n, 5);
	KUNIT_EXPECT_EQ(test, sscanf("ab  cd!", "%s %2s%c", word, word + 4, &c),
			3);
	KUNIT_EXPECT_STREQ(test, word, "ab");
	KUNIT_EXPECT_STREQ(test, word + 4, "cd");
	KUNIT_EXPECT_EQ(test, c, '!');
	KUNIT_EXPECT_EQ(test, sscanf("x=5", "y=%d", &a), 0);
	KUNIT_EXPECT_EQ(test, sscanf("5 x", "%d %d", &a, &b), 1);
	KUNIT_EXPECT_EQ(test, sscanf("1 2", "%*d %d", &a), 1);
	KUNIT_EXPECT_EQ(test, a, 2);
	KUNIT_EXPECT_EQ(test, sscanf("18446744073709551615", "%llu", &big), 1);
	KUNIT_EXPECT_EQ(test, big, ULLONG_MAX);
	KUNIT_EXPECT_EQ(test, sscanf("abcx", "%7[abc]", word), 1);
	KUNIT_EXPECT_STREQ(test, word, "abc");
	KUNIT_EXPECT_EQ(test, sscanf("ab,c", "%7[^,],%c", word, &c), 2);
	KUNIT_EXPECT_EQ(test, c, 'c');
}

/* Does a seq_buf keep what fits, and remember that something did not? */
static void seq_buf_overflow(struct kunit *test)
{
	struct seq_buf s;
	char buf[8];

	seq_buf_init(&s, buf, sizeof(buf));
	KUNIT_EXPECT_EQ(test, seq_buf_puts(&s, "ab"), 0);
	KUNIT_EXPECT_EQ(test, seq_buf_printf(&s, "%d", 12), 0);
	KUNIT_EXPECT_EQ(test, seq_buf_putc(&s, '!'), 0);
	KUNIT_EXPECT_EQ(test, seq_buf_used(&s), 5);
	KUNIT_EXPECT_EQ(test, seq_buf_buffer_left(&s), 3);
	seq_buf_terminate(&s);
	KUNIT_EXPECT_STREQ(test, buf, "ab12!");
	KUNIT_EXPECT_FALSE(test, seq_buf_has_overflowed(&s));
	KUNIT_EXPECT_EQ(test, seq_buf_printf(&s, "%d", 3456), -1);
	KUNIT_EXPECT_TRUE(test, seq_buf_has_overflowed(&s));
	KUNIT_EXPECT_EQ(test, seq_buf_putc(&s, 'x'), -1);
	KUNIT_EXPECT_EQ(test, seq_buf_used(&s), sizeof(buf));
	seq_buf_terminate(&s);
	KUNIT_EXPECT_LT(test, strnlen(buf, sizeof(buf)), sizeof(buf));
	seq_buf_clear(&s);
	KUNIT_EXPECT_EQ(test, seq_buf_puts(&s, "1234567890"), -1);
	KUNIT_EXPECT_TRUE(test, seq_buf_has_overflowed(&s));
	seq_buf_clear(&s);
	KUNIT_EXPECT_EQ(test, seq_buf_putmem(&s, "12345678", 8), 0);
	KUNIT_EXPECT_EQ(test, seq_buf_printf(&s, "%s", ""), -1);
	seq_buf_clear(&s);
	KUNIT_EXPECT_EQ(test, seq_buf_putmem(&s, "12345678", 8), 0);
	KUNIT_EXPECT_FALSE(test, seq_buf_has_overflowed(&s));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(kstrto_good),
	KUNIT_CASE(kstrto_bad),
	KUNIT_CASE(kstrto_narrow),
	KUNIT_CASE(kstrto_other_widths),
	KUNIT_CASE(kstrtobool_words),
	KUNIT_CASE(simple_numbers),
	KUNIT_CASE(sizes),
	KUNIT_CASE(one_option),
	KUNIT_CASE(option_lists),
	KUNIT_CASE(option_list_without_end),
	KUNIT_CASE(globs),
	KUNIT_CASE(scanning),
	KUNIT_CASE(seq_buf_overflow),
	{}
};

static struct kunit_suite suite = {
	.name = "lib_parse",
	.test_cases = cases,
};
kunit_test_suite(suite);
