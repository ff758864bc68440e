// SPDX-License-Identifier: MIT
/*
 * Words typed at the console: are they understood as meant, and refused with
 * a message that names them when they are not?
 */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <quire/capture.h>
#include "../../kernel/console.h"

/* Does a parser refuse a word, and does its message say why? */
#define EXPECT_REFUSED(test, parsed, why)                               \
	do {                                                            \
		int __err;                                              \
		const char *__text;                                     \
                                                                        \
		capture_begin();                                        \
		__err = (parsed);                                       \
		__text = capture_end();                                 \
		KUNIT_EXPECT_EQ(test, __err, -EINVAL);                  \
		KUNIT_EXPECT_TRUE_MSG(test, strstr(__text, why),        \
				      "no \"%s\" in: %s", why, __text); \
	} while (0)

/* Which forms of a number are understood? */
static void numbers_in_three_bases(struct kunit *test)
{
	unsigned long n;

	KUNIT_ASSERT_EQ(test, parse_number("42", &n), 0);
	KUNIT_EXPECT_EQ(test, n, 42ul);
	KUNIT_ASSERT_EQ(test, parse_number("0xfffFFFff", &n), 0);
	KUNIT_EXPECT_EQ(test, n, 0xfffffffful);
	KUNIT_ASSERT_EQ(test, parse_number("010", &n), 0);
	KUNIT_EXPECT_EQ(test, n, 8ul);
}

/* Are words that are no number, or too large a one, named and refused? */
static void bad_numbers_are_refused(struct kunit *test)
{
	unsigned long n;

	EXPECT_REFUSED(test, parse_number("", &n), "not a number");
	EXPECT_REFUSED(test, parse_number("12z", &n), "12z");
	EXPECT_REFUSED(test, parse_number("0x100000000", &n), "32 bits");
	EXPECT_REFUSED(test, parse_number("-1", &n), "-1");
}

/* Do K, M and G multiply, and is what exceeds 4 GiB refused? */
static void sizes_with_units(struct kunit *test)
{
	unsigned long n;

	KUNIT_ASSERT_EQ(test, parse_size("100", &n), 0);
	KUNIT_EXPECT_EQ(test, n, 100ul);
	KUNIT_ASSERT_EQ(test, parse_size("4k", &n), 0);
	KUNIT_EXPECT_EQ(test, n, 4096ul);
	KUNIT_ASSERT_EQ(test, parse_size("0x10M", &n), 0);
	KUNIT_EXPECT_EQ(test, n, 16ul << 20);
	KUNIT_ASSERT_EQ(test, parse_size("3G", &n), 0);
	KUNIT_EXPECT_EQ(test, n, 3ul << 30);
	EXPECT_REFUSED(test, parse_size("4G", &n), "4 GiB");
	EXPECT_REFUSED(test, parse_size("-1", &n), "not a size");
	EXPECT_REFUSED(test, parse_size("K", &n), "not a size");
	EXPECT_REFUSED(test, parse_size("1KB", &n), "not a size");
}

/* Can an address be given as a function's name, with an offset? */
static void addresses_by_name(struct kunit *test)
{
	unsigned long address, base = (unsigned long)parse_address;

	KUNIT_ASSERT_EQ(test, parse_address("parse_address", &address), 0);
	KUNIT_EXPECT_EQ(test, address, base);
	KUNIT_ASSERT_EQ(test, parse_address("parse_address+0x10", &address), 0);
	KUNIT_EXPECT_EQ(test, address, base + 16);
	KUNIT_ASSERT_EQ(test, parse_address("parse_address-1", &address), 0);
	KUNIT_EXPECT_EQ(test, address, base - 1);
	EXPECT_REFUSED(test, parse_address("no_such_function", &address),
		       "no_such_function");
	EXPECT_REFUSED(test, parse_address("parse_address+x", &address), "x");
	EXPECT_REFUSED(test, parse_address("0x123456789", &address), "32 bits");
}

/* Do gfp names give Linux's values, alone and joined, in either case? */
static void gfp_words_join(struct kunit *test)
{
	gfp_t gfp;

	KUNIT_ASSERT_EQ(test, parse_gfp("GFP_KERNEL", &gfp), 0);
	KUNIT_EXPECT_EQ(test, gfp, GFP_KERNEL);
	KUNIT_ASSERT_EQ(test, parse_gfp("gfp_atomic|__gfp_zero", &gfp), 0);
	KUNIT_EXPECT_EQ(test, gfp, GFP_ATOMIC | __GFP_ZERO);
	KUNIT_ASSERT_EQ(test, parse_gfp("GFP_HIGHUSER_MOVABLE", &gfp), 0);
	KUNIT_EXPECT_EQ(test, gfp, GFP_HIGHUSER_MOVABLE);
}

/* Does every gfp name that is listed parse on its own? */
static void every_gfp_name_parses(struct kunit *test)
{
	const char *name;
	unsigned int i;
	gfp_t gfp;

	for (i = 0; (name = gfp_name(i)); i++) {
		KUNIT_EXPECT_EQ_MSG(test, parse_gfp(name, &gfp), 0, "%s", name);
		KUNIT_EXPECT_NE_MSG(test, gfp, 0u, "%s", name);
	}
	KUNIT_EXPECT_GT(test, i, 20u);
}

/* Is the wrong one among several gfp words named, and a list given? */
static void bad_gfp_words_are_named(struct kunit *test)
{
	gfp_t gfp;

	EXPECT_REFUSED(test, parse_gfp("GFP_KERNEL|GFP_FAST", &gfp),
		       "\"GFP_FAST\": no such gfp flag");
	EXPECT_REFUSED(test, parse_gfp("GFP_KERNELX", &gfp), "GFP_NOWAIT");
	EXPECT_REFUSED(test, parse_gfp("GFP_KERNEL|", &gfp), "no such");
	EXPECT_REFUSED(test, parse_gfp("", &gfp), "no such");
}

/* Is a page found by frame, by physical and by virtual address? */
static void pages_by_three_kinds_of_address(struct kunit *test)
{
	unsigned long kernel = (unsigned long)parse_page;
	char word[16];
	struct page *page;

	KUNIT_ASSERT_EQ(test, parse_page("0x100", &page), 0);
	KUNIT_EXPECT_EQ(test, page_to_pfn(page), 0x100ul);
	KUNIT_ASSERT_EQ(test, parse_page("0x00123456", &page), 0);
	KUNIT_EXPECT_EQ(test, page_to_pfn(page), 0x123ul);
	snprintf(word, sizeof(word), "0x%lx", kernel);
	KUNIT_ASSERT_EQ(test, parse_page(word, &page), 0);
	KUNIT_EXPECT_EQ(test, page_to_pfn(page), __pa(kernel) >> PAGE_SHIFT);
}

/* Are frames without RAM and addresses without a page refused? */
static void pages_that_do_not_exist(struct kunit *test)
{
	struct page *page;

	EXPECT_REFUSED(test, parse_page("0xfffff", &page), "no descriptor");
	EXPECT_REFUSED(test, parse_page("0xfffff000", &page),
		       "no page is mapped");
}

/* Is a line cut at blanks, however many, and an empty one into nothing? */
static void lines_split_at_blanks(struct kunit *test)
{
	char *args[COMMAND_MAX_ARGS + 1];
	char line[] = "  alloc\t3   GFP_DMA ";
	char empty[] = " \t ";

	KUNIT_ASSERT_EQ(test, command_split(line, args), 3);
	KUNIT_EXPECT_STREQ(test, args[0], "alloc");
	KUNIT_EXPECT_STREQ(test, args[1], "3");
	KUNIT_EXPECT_STREQ(test, args[2], "GFP_DMA");
	KUNIT_EXPECT_PTR_EQ(test, args[3], NULL);
	KUNIT_EXPECT_EQ(test, command_split(empty, args), 0);
}

/* Is a line of too many words refused rather than overrunning its array? */
static void too_many_words_are_refused(struct kunit *test)
{
	char *args[COMMAND_MAX_ARGS + 1];
	char most[2 * COMMAND_MAX_ARGS + 1] = "";
	char over[2 * COMMAND_MAX_ARGS + 3] = "w ";
	int i;

	for (i = 0; i < COMMAND_MAX_ARGS; i++)
		strlcat(most, "w ", sizeof(most));
	strlcat(over, most, sizeof(over));
	KUNIT_EXPECT_EQ(test, command_split(over, args), -E2BIG);
	KUNIT_EXPECT_EQ(test, command_split(most, args), COMMAND_MAX_ARGS);
}

static struct kunit_case console_parse_cases[] = {
	KUNIT_CASE(numbers_in_three_bases),
	KUNIT_CASE(bad_numbers_are_refused),
	KUNIT_CASE(sizes_with_units),
	KUNIT_CASE(addresses_by_name),
	KUNIT_CASE(gfp_words_join),
	KUNIT_CASE(every_gfp_name_parses),
	KUNIT_CASE(bad_gfp_words_are_named),
	KUNIT_CASE(pages_by_three_kinds_of_address),
	KUNIT_CASE(pages_that_do_not_exist),
	KUNIT_CASE(lines_split_at_blanks),
	KUNIT_CASE(too_many_words_are_refused),
	{}
};

static struct kunit_suite console_parse_suite = {
	.name = "console_parse",
	.test_cases = console_parse_cases,
};
kunit_test_suite(console_parse_suite);
