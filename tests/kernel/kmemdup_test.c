// SPDX-License-Identifier: MIT
/*
 * Copies in memory of their own, and kvmalloc().
 */
#include "page_hoard.h"

#include <linux/compiler.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <quire/capture.h>

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

static unsigned int nr_asked;

static unsigned long count_asked(struct shrinker *shrinker,
				 struct shrink_control *sc)
{
	nr_asked++;
	return SHRINK_EMPTY;
}

static unsigned long scan_nothing(struct shrinker *shrinker,
				  struct shrink_control *sc)
{
	return SHRINK_STOP;
}

/* Takes all memory, and gives back every second page. */
static void hoard_even_pages(struct hoard *hoard)
{
	struct page *page, *next;

	hoard_init(hoard, 0);
	hoard_take(hoard, GFP_HOARD_ALL, ~0ul);
	page_poisoning = false;
	list_for_each_entry_safe(page, next, &hoard->blocks, lru) {
		if (page_to_pfn(page) % 2 == 0)
			continue;
		list_del(&page->lru);
		hoard->nr--;
		__free_page(page);
	}
	page_poisoning = true;
}

/*
 * Is a block in a row given up soon when there is none: caches are asked to
 * shrink once, nothing is said, and single pages do?
 */
static void block_is_not_fought_for(struct kunit *test)
{
	static struct shrinker shrinker = {
		.count_objects = count_asked, .scan_objects = scan_nothing,
		.seeks = DEFAULT_SEEKS,
	};
	struct hoard hoard;
	const char *text;
	void *p;

	KUNIT_ASSERT_EQ(test, register_shrinker(&shrinker, "kvmalloc"), 0);
	hoard_even_pages(&hoard);
	nr_asked = 0;
	capture_begin();
	p = kvmalloc(8 * PAGE_SIZE, GFP_KERNEL);
	text = capture_end();
	hoard_release(&hoard);
	unregister_shrinker(&shrinker);
	KUNIT_EXPECT_STREQ(test, text, "");
	KUNIT_EXPECT_EQ(test, nr_asked, 1U);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_TRUE(test, is_vmalloc_addr(p));
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
	KUNIT_EXPECT_PTR_EQ(test, kvrealloc(p, 1000, 1000, GFP_KERNEL),
			    (void *)p);
	q = kvrealloc(p, 1000, KMALLOC_MAX_SIZE + PAGE_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, q);
	KUNIT_EXPECT_NULL(test, memchr_inv(q, 0x42, 1000));
	kvfree_sensitive(q, 1000);
}

static struct kunit_case kv_cases[] = {
	KUNIT_CASE(small_is_kmalloc),
	KUNIT_CASE(large_is_vmalloc),
	KUNIT_CASE_SLOW(block_is_not_fought_for),
	KUNIT_CASE(grows_across),
	{}
};

static struct kunit_suite kvmalloc_suite = {
	.name = "kvmalloc",
	.test_cases = kv_cases,
};

kunit_test_suites(&kmemdup_suite, &kvmalloc_suite);
