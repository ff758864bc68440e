// SPDX-License-Identifier: MIT
/*
 * Pages in other shapes: flags, references, compound pages, split and exact
 * blocks, pages in bulk.
 */
#include "page_hoard.h"

#include <linux/kernel.h>
#include <linux/string.h>
#include <quire/capture.h>

/* Has a new page one reference and no flag, and a free one no reference? */
static void new_page_is_clean(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, page_count(page), 1);
	KUNIT_EXPECT_EQ(test, page->flags & PAGEFLAGS_MASK, 0ul);
	KUNIT_EXPECT_EQ(test, atomic_read(&page->_mapcount), -1);
	__free_page(page);
	KUNIT_EXPECT_EQ(test, page_count(page), 0);
}

/* Does a page live until its last reference goes, by either call? */
static void last_reference_frees(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	unsigned long before;

	KUNIT_ASSERT_NOT_NULL(test, page);
	drain_all_pages(NULL);
	before = nr_free_pages();
	get_page(page);
	get_page(page);
	KUNIT_EXPECT_EQ(test, page_count(page), 3);
	put_page(page);
	__free_page(page);
	KUNIT_EXPECT_EQ(test, page_count(page), 1);
	drain_all_pages(NULL);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
	put_page(page);
	KUNIT_EXPECT_EQ(test, page_count(page), 0);
	drain_all_pages(NULL);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before + 1);
}

/*
 * A block freed while someone else holds its first page: does the rest go at
 * once, and the first page with its holder?
 */
static void held_block_goes_in_parts(struct kunit *test)
{
	struct page *page = alloc_pages(GFP_KERNEL, 3);
	unsigned long before;

	KUNIT_ASSERT_NOT_NULL(test, page);
	drain_all_pages(NULL);
	before = nr_free_pages();
	get_page(page);
	__free_pages(page, 3);
	KUNIT_EXPECT_EQ(test, page_count(page), 1);
	drain_all_pages(NULL);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before + 7);
	put_page(page);
	drain_all_pages(NULL);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before + 8);
}

/* Do the flag helpers change their own bit, and never the zone? */
static void flags_are_apart(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	unsigned long zone;
	int bit;

	KUNIT_ASSERT_NOT_NULL(test, page);
	zone = page->flags >> ZONES_PGSHIFT;
	for (bit = 0; bit < __NR_PAGEFLAGS; bit++) {
		set_bit(bit, &page->flags);
		KUNIT_EXPECT_EQ(test, page->flags & PAGEFLAGS_MASK, 1ul << bit);
		clear_bit(bit, &page->flags);
	}
	SetPageDirty(page);
	KUNIT_EXPECT_TRUE(test, PageDirty(page));
	KUNIT_EXPECT_FALSE(test, PageLocked(page) || PageSlab(page));
	KUNIT_EXPECT_TRUE(test, TestClearPageDirty(page));
	KUNIT_EXPECT_FALSE(test, TestSetPageLocked(page));
	KUNIT_EXPECT_TRUE(test, TestSetPageLocked(page));
	ClearPageLocked(page);
	KUNIT_EXPECT_EQ(test, page->flags >> ZONES_PGSHIFT, zone);
	__free_page(page);
}

/* Does every frame of a compound page lead to its head, at every order? */
static void tails_lead_to_the_head(struct kunit *test)
{
	unsigned int order;

	for (order = 1; order < MAX_ORDER; order++) {
		struct page *page = alloc_pages(GFP_KERNEL | __GFP_COMP, order);
		unsigned long i, wrong = 0;

		KUNIT_ASSERT_NOT_NULL(test, page);
		KUNIT_EXPECT_TRUE(test, PageHead(page) && PageCompound(page));
		KUNIT_EXPECT_EQ(test, compound_order(page), order);
		KUNIT_EXPECT_EQ(test, compound_nr(page), 1ul << order);
		KUNIT_EXPECT_EQ(test, page_size(page), PAGE_SIZE << order);
		for (i = 1; i < 1ul << order; i++)
			wrong += !PageTail(page + i) ||
				 compound_head(page + i) != page ||
				 page_ref_count(page + i) != 0;
		KUNIT_EXPECT_EQ(test, wrong, 0ul);
		/* a reference to a tail is one to the head */
		get_page(page + (1ul << order) - 1);
		KUNIT_EXPECT_EQ(test, page_count(page), 2);
		put_page(page + 1);
		__free_pages(page, order);
		for (i = 0; i < 1ul << order; i++)
			wrong += PageCompound(page + i);
		KUNIT_EXPECT_EQ(test, wrong, 0ul);
	}
}

/* Does put_page() of a tail free the whole compound page? */
static void put_page_frees_compound(struct kunit *test)
{
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_COMP, 4);
	unsigned long before;

	KUNIT_ASSERT_NOT_NULL(test, page);
	drain_all_pages(NULL);
	before = nr_free_pages();
	put_page(page + 9);
	drain_all_pages(NULL);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before + 16);
}

/* Are the pages of a split block single ones, to be freed in any order? */
static void split_pages_are_single(struct kunit *test)
{
	struct page *page = alloc_pages(GFP_KERNEL, 4);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, page);
	split_page(page, 4);
	for (i = 0; i < 16; i++)
		KUNIT_EXPECT_EQ(test, page_count(page + i), 1);
	for (i = 0; i < 16; i++)
		__free_page(page + (i * 5) % 16);
}

/* Is splitting a compound page refused with a report? */
static void split_of_compound(struct kunit *test)
{
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_COMP, 2);
	unsigned long before = report_count();

	KUNIT_ASSERT_NOT_NULL(test, page);
	capture_begin();
	split_page(page, 2);
	capture_end();
	KUNIT_EXPECT_EQ(test, report_count() - before, 1ul);
	KUNIT_EXPECT_TRUE(test, PageHead(page));
	__free_pages(page, 2);
}

/* Does an exact block cost its pages only, and is it contiguous? */
static void exact_blocks(struct kunit *test)
{
	static const size_t sizes[] = {
		1, PAGE_SIZE, PAGE_SIZE + 1, 5 * PAGE_SIZE, 100 * PAGE_SIZE - 9,
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		unsigned long pages = PAGE_ALIGN(sizes[i]) >> PAGE_SHIFT;
		unsigned long before;
		void *addr;

		drain_all_pages(NULL);
		before = nr_free_pages();
		addr = alloc_pages_exact(sizes[i], GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, addr);
		memset(addr, 0x77, sizes[i]);
		drain_all_pages(NULL);
		KUNIT_EXPECT_EQ(test, before - nr_free_pages(), pages);
		free_pages_exact(addr, sizes[i]);
		drain_all_pages(NULL);
		KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
	}
	KUNIT_EXPECT_NULL(test, alloc_pages_exact(0, GFP_KERNEL));
}

/* Is a wrong wish for exact pages told, and met without what is wrong? */
static void exact_without_highmem(struct kunit *test)
{
	const char *text;
	void *addr;

	capture_begin();
	addr = alloc_pages_exact(3 * PAGE_SIZE, GFP_KERNEL | __GFP_COMP);
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "alloc_pages_exact: gfp"));
	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_FALSE(test, PageCompound(virt_to_page(addr)));
	free_pages_exact(addr, 3 * PAGE_SIZE);
	capture_begin();
	addr = alloc_pages_exact(PAGE_SIZE, GFP_KERNEL | __GFP_HIGHMEM);
	capture_end();
	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_FALSE(test, PageHighMem(virt_to_page(addr)));
	free_pages_exact(addr, PAGE_SIZE);
}

/* Does the bulk call fill the gaps only, and count up to the first hole? */
static void bulk(struct kunit *test)
{
	enum { NR = 40 };
	struct page *pages[NR] = { NULL }, *own = alloc_page(GFP_KERNEL);
	int i, j;

	pages[7] = own;
	KUNIT_EXPECT_EQ(test, alloc_pages_bulk_array(GFP_KERNEL, NR, pages),
			(unsigned long)NR);
	KUNIT_EXPECT_PTR_EQ(test, pages[7], own);
	for (i = 0; i < NR; i++) {
		KUNIT_ASSERT_NOT_NULL(test, pages[i]);
		KUNIT_EXPECT_EQ(test, page_count(pages[i]), 1);
		for (j = 0; j < i; j++)
			KUNIT_EXPECT_PTR_NE(test, pages[i], pages[j]);
	}
	free_pages_bulk_array(NR, pages);
	for (i = 0; i < NR; i++)
		KUNIT_EXPECT_NULL(test, pages[i]);
	/* holes are passed over */
	pages[3] = alloc_page(GFP_KERNEL);
	free_pages_bulk_array(NR, pages);
	KUNIT_EXPECT_NULL(test, pages[3]);
}

/* Do the calls by address give lowmem, of the size and zeroed as asked? */
static void by_address(struct kunit *test)
{
	unsigned long addr = __get_free_pages(GFP_KERNEL, 2);

	KUNIT_ASSERT_TRUE(test, virt_addr_valid(addr));
	KUNIT_EXPECT_EQ(test, addr % (PAGE_SIZE << 2), 0ul);
	memset((void *)addr, 0xee, PAGE_SIZE << 2);
	free_pages(addr, 2);
	addr = get_zeroed_page(GFP_KERNEL);
	KUNIT_ASSERT_NE(test, addr, 0ul);
	KUNIT_EXPECT_NULL(test, memchr_inv((void *)addr, 0, PAGE_SIZE));
	free_page(addr);
	addr = __get_dma_pages(GFP_KERNEL, 0);
	KUNIT_ASSERT_NE(test, addr, 0ul);
	KUNIT_EXPECT_LT(test, __pa(addr), 16ul << 20);
	free_page(addr);
	free_page(0);
}

/* Are the whole pages of a range given back, counted, and told of? */
static void reserved_pages_are_freed(struct kunit *test)
{
	struct page *page = alloc_pages(GFP_KERNEL, 2);
	struct zone *zone;
	unsigned long managed;
	const char *text;
	unsigned int i;
	char *start;

	KUNIT_ASSERT_NOT_NULL(test, page);
	split_page(page, 2);
	zone = page_zone(page);
	managed = zone_managed_pages(zone);
	for (i = 1; i < 3; i++)
		page[i].flags |= 1UL << PG_reserved;
	atomic_long_sub(2, &zone->managed_pages);
	start = page_address(page);
	capture_begin();
	KUNIT_EXPECT_EQ(test,
			free_reserved_area(start + 1, start + 4 * PAGE_SIZE - 1,
					   -1, "spare"),
			2ul);
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "Freeing spare memory: 8K"));
	KUNIT_EXPECT_EQ(test, zone_managed_pages(zone), managed);
	for (i = 1; i < 3; i++)
		KUNIT_EXPECT_EQ(test, page_count(page + i), 0);
	__free_page(page);
	__free_page(page + 3);
}

/*
 * Is memory filled with the poison if that is a byte, and only then? The page
 * is not reserved, so that it stays the test's, with a report.
 */
static void reserved_pages_are_poisoned(struct kunit *test)
{
	static const int poisons[] = { -1, 0, 1, 0xcc, 0xff, 0x100 };
	u8 *p = (u8 *)__get_free_page(GFP_KERNEL);
	const char *text;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, p);
	for (i = 0; i < ARRAY_SIZE(poisons); i++) {
		bool byte = poisons[i] >= 0 && poisons[i] <= 0xff;

		memset(p, 0x55, PAGE_SIZE);
		capture_begin();
		free_reserved_area(p, p + PAGE_SIZE, poisons[i], NULL);
		text = capture_end();
		KUNIT_EXPECT_NULL(test, memchr_inv(p, byte ? poisons[i] : 0x55,
						   PAGE_SIZE));
		KUNIT_EXPECT_NOT_NULL(test, strstr(text, "free_reserved_page"));
		KUNIT_EXPECT_NULL(test, strstr(text, "Freeing"));
	}
	free_page((unsigned long)p);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(new_page_is_clean),
	KUNIT_CASE(last_reference_frees),
	KUNIT_CASE(held_block_goes_in_parts),
	KUNIT_CASE(flags_are_apart),
	KUNIT_CASE(tails_lead_to_the_head),
	KUNIT_CASE(put_page_frees_compound),
	KUNIT_CASE(split_pages_are_single),
	KUNIT_CASE(split_of_compound),
	KUNIT_CASE(exact_blocks),
	KUNIT_CASE(exact_without_highmem),
	KUNIT_CASE(bulk),
	KUNIT_CASE(by_address),
	KUNIT_CASE(reserved_pages_are_freed),
	KUNIT_CASE(reserved_pages_are_poisoned),
	{ }
};

static struct kunit_suite suite = {
	.name = "page",
	.test_cases = cases,
};
kunit_test_suite(suite);
