// SPDX-License-Identifier: MIT
/*
 * Wrong use of pages: is each mistake reported with its page, its kind and
 * its callers, and is nothing lost and nothing given out twice afterwards?
 * The check after each case sees a page that was lost.
 */
#include "page_hoard.h"

#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "kasan_skip.h"

static unsigned long reports;
static const char *text;

static void provoke(void)
{
	reports = report_count();
	capture_begin();
}

static void provoked(void)
{
	text = capture_end();
	reports = report_count() - reports;
}

#define EXPECT_REPORT(test, page, what) do {				\
	char __pfn[32];							\
									\
	snprintf(__pfn, sizeof(__pfn), "pfn:%05lx", page_to_pfn(page));	\
	KUNIT_EXPECT_EQ(test, reports, 1ul);				\
	KUNIT_EXPECT_TRUE_MSG(test, strstr(text, what) != NULL,		\
			      "missing \"%s\" in:\n%s", what, text);	\
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, __pfn));		\
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "Call Trace"));	\
} while (0)

static struct page *get(struct kunit *test, unsigned int order, gfp_t gfp)
{
	struct page *page = alloc_pages(GFP_KERNEL | gfp, order);

	KUNIT_ASSERT_NOT_NULL(test, page);
	return page;
}

/* A page on a per-CPU list that is freed again? */
static void double_free(struct kunit *test)
{
	struct page *page = get(test, 0, 0), *a, *b;

	__free_page(page);
	provoke();
	__free_page(page);
	provoked();
	EXPECT_REPORT(test, page, "reference count was 0");
	/* not given out twice */
	a = get(test, 0, 0);
	b = get(test, 0, 0);
	KUNIT_EXPECT_PTR_NE(test, a, b);
	KUNIT_EXPECT_EQ(test, page_ref_count(a), 1);
	__free_page(a);
	__free_page(b);
}

/* A block in the buddy that is freed again? */
static void double_free_in_buddy(struct kunit *test)
{
	struct page *page = get(test, 5, 0);
	unsigned long free;

	__free_pages(page, 5);
	drain_all_pages(NULL);
	free = nr_free_pages();
	provoke();
	__free_pages(page, 5);
	provoked();
	KUNIT_EXPECT_EQ(test, reports, 1ul);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), free);
	KUNIT_EXPECT_TRUE(test, buddy_verify(page_zone(page)));
}

static noinline struct page *the_one_who_allocates(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	barrier();
	return page;
}

static noinline void the_one_who_frees(struct page *page)
{
	__free_page(page);
	barrier();
}

/* Are the two callers named: who allocated and who freed it first? */
static void callers_are_named(struct kunit *test)
{
	struct page *page;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "release build");
	page = the_one_who_allocates();
	KUNIT_ASSERT_NOT_NULL(test, page);
	the_one_who_frees(page);
	provoke();
	__free_page(page);
	provoked();
	EXPECT_REPORT(test, page, "last allocated by");
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "the_one_who_allocates"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "last freed by"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "the_one_who_frees"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "callers_are_named"));
}

/* A reserved page: does it stay reserved and in use? */
static void reserved_page(struct kunit *test)
{
	struct page *page = virt_to_page(mem_map);
	int round;

	KUNIT_ASSERT_TRUE(test, PageReserved(page));
	for (round = 0; round < 2; round++) {
		provoke();
		__free_page(page);
		provoked();
		EXPECT_REPORT(test, page, "reserved page freed");
	}
	KUNIT_EXPECT_TRUE(test, PageReserved(page));
	KUNIT_EXPECT_EQ(test, page_ref_count(page), 1);
}

/* A frame without RAM? */
static void hole(struct kunit *test)
{
	struct page *page = pfn_to_page(0xA0);

	provoke();
	__free_page(page);
	provoked();
	EXPECT_REPORT(test, page, "no RAM at this frame");
}

/* A page that belongs to a slab? */
static void slab_page(struct kunit *test)
{
	struct page *page = get(test, 0, 0);

	__SetPageSlab(page);
	provoke();
	__free_page(page);
	provoked();
	EXPECT_REPORT(test, page, "slab page freed");
	KUNIT_EXPECT_EQ(test, page_ref_count(page), 1);
	__ClearPageSlab(page);
	__free_page(page);
}

/* A page someone has locked, or that is under write-back? */
static void flagged_page(struct kunit *test)
{
	struct page *page = get(test, 0, 0);

	SetPageLocked(page);
	provoke();
	__free_page(page);
	provoked();
	EXPECT_REPORT(test, page, "PAGE_FLAGS_CHECK_AT_FREE");
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "locked"));
	ClearPageLocked(page);
	SetPageWriteback(page);
	provoke();
	__free_page(page);
	provoked();
	EXPECT_REPORT(test, page, "writeback");
	ClearPageWriteback(page);
	/* harmless flags go with the page */
	SetPageDirty(page);
	SetPageUptodate(page);
	__free_page(page);
	page = get(test, 0, 0);
	KUNIT_EXPECT_EQ(test, page->flags & PAGEFLAGS_MASK, 0ul);
	__free_page(page);
}

/* The tail of a compound page? */
static void tail_page(struct kunit *test)
{
	struct page *page = get(test, 2, __GFP_COMP);

	provoke();
	__free_page(page + 1);
	provoked();
	EXPECT_REPORT(test, page + 1, "tail page freed");
	KUNIT_EXPECT_TRUE(test, PageTail(page + 1));
	__free_pages(page, 2);
}

/* An inner page of a block that is not compound? */
static void inner_page(struct kunit *test)
{
	struct page *page = get(test, 2, 0);

	provoke();
	__free_page(page + 1);
	provoked();
	EXPECT_REPORT(test, page + 1, "reference count was 0");
	__free_pages(page, 2);
}

/* A compound page by a wrong order: is it freed whole all the same? */
static void wrong_order_compound(struct kunit *test)
{
	struct page *page = get(test, 3, __GFP_COMP);

	provoke();
	__free_pages(page, 1);
	provoked();
	EXPECT_REPORT(test, page, "wrong order");
	KUNIT_EXPECT_FALSE(test, PageTail(page + 7));
}

/* Any block by a wrong order, too small and too large? */
static void wrong_order(struct kunit *test)
{
	static const unsigned int orders[][2] = {
		{ 3, 0 }, { 0, 3 }, { 5, 4 }, { 4, 10 }, { 2, 6 },
	};
	int i;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "release build");
	for (i = 0; i < ARRAY_SIZE(orders); i++) {
		struct page *page = get(test, orders[i][0], 0);

		provoke();
		__free_pages(page, orders[i][1]);
		provoked();
		EXPECT_REPORT(test, page, "wrong order");
	}
}

/* A page that is still mapped? */
static void mapped_page(struct kunit *test)
{
	struct page *page = get(test, 0, 0);

	if (!IS_ENABLED(CONFIG_DEBUG)) {
		__free_page(page);
		kunit_skip(test, "release build");
	}
	atomic_set(&page->_mapcount, 0);
	provoke();
	__free_page(page);
	provoked();
	EXPECT_REPORT(test, page, "nonzero mapcount");
	atomic_set(&page->_mapcount, -1);
	__free_page(page);
}

/* A write to a page after it was freed, through lowmem and a window? */
static void write_after_free(struct kunit *test)
{
	skip_with_kasan(test, "reports the write at once");

	static const gfp_t zones[] = { 0, __GFP_HIGHMEM };
	int i;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "release build");
	for (i = 0; i < ARRAY_SIZE(zones); i++) {
		struct page *page = get(test, 0, zones[i]), *again;
		unsigned char *addr = kmap_atomic(page);

		__free_page(page);
		addr[0x12b] = 0x17;
		kunmap_atomic(addr);
		provoke();
		again = alloc_page(GFP_KERNEL | zones[i]);
		provoked();
		KUNIT_ASSERT_PTR_EQ(test, again, page);
		EXPECT_REPORT(test, page, "written to after it was freed");
		KUNIT_EXPECT_NOT_NULL(test,
				      strstr(text,
					     "offset 0x120: aa aa aa aa aa aa"
					     " aa aa aa aa aa 17 aa"));
		__free_page(again);
	}
}

/* A write to the last page of a block that was freed? */
static void write_to_the_last_page(struct kunit *test)
{
	skip_with_kasan(test, "reports the write at once");

	enum { ORDER = NR_PCP_ORDERS - 1 };
	struct page *page = get(test, ORDER, 0), *again;
	struct page *last = page + (1 << ORDER) - 1;

	if (!IS_ENABLED(CONFIG_DEBUG)) {
		__free_pages(page, ORDER);
		kunit_skip(test, "release build");
	}
	__free_pages(page, ORDER);
	*(u32 *)page_address(last) = 0x17;
	provoke();
	again = get(test, ORDER, 0);
	provoked();
	KUNIT_ASSERT_PTR_EQ(test, again, page);
	EXPECT_REPORT(test, last, "written to after it was freed");
	__free_pages(again, ORDER);
}

/*
 * A write to any of the first and last words of a page: is it found, and its
 * line shown?
 *
 *	|0 1 2 3|4 5 6 7|8 ...		words are compared by eights,
 *	    shown: one line of four, the first that is wrong
 */
static void write_to_each_word(struct kunit *test)
{
	skip_with_kasan(test, "reports the write at once");

	enum { FIRST = 20, LAST = 4, ALL = PAGE_SIZE / sizeof(u32) };
	unsigned int i, word;
	char line[24];

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "release build");
	for (i = 0; i < FIRST + LAST; i++) {
		struct page *page = get(test, 0, 0), *again;
		u32 *addr = page_address(page);

		word = i < FIRST ? i : ALL - LAST + i - FIRST;
		__free_page(page);
		addr[word] = 0x17;
		provoke();
		again = get(test, 0, 0);
		provoked();
		KUNIT_ASSERT_PTR_EQ(test, again, page);
		EXPECT_REPORT(test, page, "written to after it was freed");
		snprintf(line, sizeof(line), "offset %#x:", (word & ~3U) * 4);
		KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, line),
					  "%s not in:\n%s", line, text);
		__free_page(again);
	}
}

/* A free page whose count or flags change: is it kept out of use? */
static void free_page_damaged(struct kunit *test)
{
	struct page *page = get(test, 0, 0), *next;

	if (!IS_ENABLED(CONFIG_DEBUG)) {
		__free_page(page);
		kunit_skip(test, "release build");
	}
	__free_page(page);
	page_ref_inc(page);
	provoke();
	next = alloc_page(GFP_KERNEL);
	provoked();
	EXPECT_REPORT(test, page, "nonzero _refcount on a free page");
	KUNIT_EXPECT_PTR_NE(test, next, page);
	__free_page(next);
	/* give it back by hand, so that the count after the case is right */
	set_page_count(page, 1);
	__free_page(page);
	atomic_set(&page->_mapcount, 0);
	provoke();
	next = alloc_page(GFP_KERNEL);
	provoked();
	EXPECT_REPORT(test, page, "nonzero mapcount on a free page");
	KUNIT_EXPECT_PTR_NE(test, next, page);
	__free_page(next);
	atomic_set(&page->_mapcount, -1);
	set_page_count(page, 1);
	__free_page(page);
}

/* free_pages() of an address that is not of lowmem? */
static void wild_address(struct kunit *test)
{
	free_pages(0, 0);
	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "release build");
	provoke();
	free_pages(VMALLOC_START, 0);
	provoked();
	KUNIT_EXPECT_EQ(test, reports, 1ul);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "not an address of lowmem"));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(double_free),
	KUNIT_CASE(double_free_in_buddy),
	KUNIT_CASE(callers_are_named),
	KUNIT_CASE(reserved_page),
	KUNIT_CASE(hole),
	KUNIT_CASE(slab_page),
	KUNIT_CASE(flagged_page),
	KUNIT_CASE(tail_page),
	KUNIT_CASE(inner_page),
	KUNIT_CASE(wrong_order_compound),
	KUNIT_CASE(wrong_order),
	KUNIT_CASE(mapped_page),
	KUNIT_CASE(write_after_free),
	KUNIT_CASE(write_to_the_last_page),
	KUNIT_CASE(write_to_each_word),
	KUNIT_CASE(free_page_damaged),
	KUNIT_CASE(wild_address),
	{ }
};

static struct kunit_suite suite = {
	.name = "page_misuse",
	.test_cases = cases,
};
kunit_test_suite(suite);
