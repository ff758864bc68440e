// SPDX-License-Identifier: MIT
/* Reading where nothing may be: how far do strings come, and what is told? */
#include "windows_test.h"

#include <linux/errno.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

/* Is a string copied with its NUL, and its size with the NUL returned? */
static void string_fits(struct kunit *test)
{
	char buf[8];

	memset(buf, '#', sizeof(buf));
	KUNIT_EXPECT_EQ(test, strncpy_from_kernel_nofault(buf, "abc", 8), 4);
	KUNIT_EXPECT_MEMEQ(test, buf, "abc\0####", 8);
	KUNIT_EXPECT_EQ(test, strncpy_from_kernel_nofault(buf, "", 8), 1);
	KUNIT_EXPECT_MEMEQ(test, buf, "\0bc\0####", 8);
	KUNIT_EXPECT_EQ(test, strncpy_from_kernel_nofault(buf, "abcdefg", 8),
			8);
	KUNIT_EXPECT_STREQ(test, buf, "abcdefg");
}

/* Is one that is too long cut, ended, and count returned? */
static void string_is_cut(struct kunit *test)
{
	char buf[8];

	memset(buf, '#', sizeof(buf));
	KUNIT_EXPECT_EQ(test, strncpy_from_kernel_nofault(buf, "abcdef", 4), 4);
	KUNIT_EXPECT_MEMEQ(test, buf, "abc\0####", 8);
	KUNIT_EXPECT_EQ(test, strncpy_from_kernel_nofault(buf, "xyz", 1), 1);
	KUNIT_EXPECT_MEMEQ(test, buf, "\0bc\0####", 8);
	KUNIT_EXPECT_EQ(test, strncpy_from_kernel_nofault(buf + 2, "xyz", 0),
			0);
	KUNIT_EXPECT_EQ(test, strncpy_from_kernel_nofault(buf, "xyz", -1), 0);
	KUNIT_EXPECT_MEMEQ(test, buf, "\0bc\0####", 8);
}

/*
 * Where the string runs into nothing, is what came before it there?
 *
 *	|.....abc|  guard: no entry
 */
static void string_runs_into_nothing(struct kunit *test)
{
	char *page = vmalloc(PAGE_SIZE), *tail = page + PAGE_SIZE - 3, buf[8];

	KUNIT_ASSERT_NOT_NULL(test, page);
	memcpy(tail, "abc", 3);
	memset(buf, '#', sizeof(buf));
	KUNIT_EXPECT_EQ(test, strncpy_from_kernel_nofault(buf, tail, 8),
			-EFAULT);
	KUNIT_EXPECT_MEMEQ(test, buf, "abc\0####", 8);
	KUNIT_EXPECT_EQ(test, strncpy_from_kernel_nofault(buf, tail, 3), 3);
	KUNIT_EXPECT_STREQ(test, buf, "ab");
	KUNIT_EXPECT_EQ(test, strncpy_from_kernel_nofault(buf, tail + 3, 8),
			-EFAULT);
	KUNIT_EXPECT_EQ(test, buf[0], '\0');
	vfree(page);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(string_fits),
	KUNIT_CASE(string_is_cut),
	KUNIT_CASE(string_runs_into_nothing),
	{}
};

static struct kunit_suite suite = {
	.name = "maccess",
	.test_cases = cases,
};
kunit_test_suite(suite);
