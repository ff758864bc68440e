// SPDX-License-Identifier: MIT
/*
 * Copies in memory of their own, and kvmalloc().
 */
#include <kunit/test.h>
#include <linux/compiler.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

/* --- kmemdup --- */

/* Is the copy equal, ended by a NUL, and another piece of memory? */
static void strings(struct kunit *test)
{
	char text[] = "a quire of paper";
	char *p = kstrdup(text, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_PTR_NE(test, p, &text[0]);
	KUNIT_EXPECT_STREQ(test, p, "a quire of paper");
	text[0] = 'A';
	KUNIT_EXPECT_EQ(test, p[0], 'a');
	kfree(p);

	p = kstrndup(text, 7, GFP_KERNEL);
	KUNIT_EXPECT_STREQ(test, p, "A quire");
	kfree(p);
	p = kstrndup(text, 70, GFP_KERNEL);
	KUNIT_EXPECT_STREQ(test, p, text);
	kfree(p);
	p = kstrdup("", GFP_KERNEL);
	KUNIT_EXPECT_STREQ(test, p, "");
	kfree(p);
}

/* Is no string copied to no string? */
static void null_strings(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, kstrdup(NULL, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, kstrndup(NULL, 5, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, kmemdup_nul(NULL, 5, GFP_KERNEL));
}

/* Are bytes copied whatever they are, with a NUL only where promised? */
static void bytes(struct kunit *test)
{
	static const u8 data[] = { 1, 0, 2, 0, 3 };
	u8 *p = kmemdup(data, sizeof(data), GFP_KERNEL);
	char *s;

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_MEMEQ(test, p, &data[0], sizeof(data));
	kfree(p);
	s = kmemdup_nul("abcdef", 3, GFP_KERNEL);
	KUNIT_EXPECT_STREQ(test, s, "abc");
	kfree(s);
}

/* Is formatted text as long as it has to be? */
static void formatted(struct kunit *test)
{
	char *p = kasprintf(GFP_KERNEL, "%s-%d", "zone", 42), *q;

	KUNIT_EXPECT_STREQ(test, p, "zone-42");
	q = kasprintf(GFP_KERNEL, "%500s|", p);
	KUNIT_ASSERT_NOT_NULL(test, q);
	KUNIT_EXPECT_EQ(test, strlen(q), 501);
	KUNIT_EXPECT_STREQ(test, q + 493, "zone-42|");
	kfree(p);
	kfree(q);
}

static struct kunit_case dup_cases[] = {
	KUNIT_CASE(strings),
	KUNIT_CASE(null_strings),
	KUNIT_CASE(bytes),
	KUNIT_CASE(formatted),
	{}
};

static struct kunit_suite kmemdup_suite = {
	.name = "kmemdup",
	.test_cases = dup_cases,
};

/* --- kvmalloc --- */

/* Is lowmem taken where it can be, and does kvfree() know it? */
static void small_is_kmalloc(struct kunit *test)
{
	u8 *p = kvmalloc(3000, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_FALSE(test, is_vmalloc_addr(p));
	memset(p, 1, 3000);
	kvfree(p);
	kvfree(NULL);
}

/* Is more than kmalloc() can give taken from vmalloc()? */
static void large_is_vmalloc(struct kunit *test)
{
	size_t size = KMALLOC_MAX_SIZE + PAGE_SIZE;
	u8 *p;

	OPTIMIZER_HIDE_VAR(size);
	p = kvzalloc(size, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_TRUE(test, is_vmalloc_addr(p));
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 0, size));
	kvfree(p);
}

/* Does kvrealloc() keep the contents on the way from one to the other? */
static void grows_across(struct kunit *test)
{
	u8 *p = kvmalloc(1000, GFP_KERNEL), *q;

	KUNIT_ASSERT_NOT_NULL(test, p);
	memset(p, 0x42, 1000);
	KUNIT_EXPECT_PTR_EQ(test, kvrealloc(p, 1000, 500, GFP_KERNEL),
			    (void *)p);
	q = kvrealloc(p, 1000, KMALLOC_MAX_SIZE + PAGE_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, q);
	KUNIT_EXPECT_NULL(test, memchr_inv(q, 0x42, 1000));
	kvfree_sensitive(q, 1000);
}

static struct kunit_case kv_cases[] = {
	KUNIT_CASE(small_is_kmalloc),
	KUNIT_CASE(large_is_vmalloc),
	KUNIT_CASE(grows_across),
	{}
};

static struct kunit_suite kvmalloc_suite = {
	.name = "kvmalloc",
	.test_cases = kv_cases,
};

kunit_test_suites(&kmemdup_suite, &kvmalloc_suite);
