// SPDX-License-Identifier: MIT
/*
 * Per-CPU lists: is the hottest page given out first and the coldest to who
 * wants it cold, are pages moved by the batch, and are limits kept?
 */
#include "page_hoard.h"

#include <linux/kernel.h>

static struct zone *zone;
static unsigned int room;

/* The list that GFP_KERNEL requests of this order look at first. */
static struct pcp_list *list_of(unsigned int order)
{
	return pcp_list_of(room, order);
}

static int init(struct kunit *test)
{
	room = gfp_room[gfp_room_of(GFP_KERNEL)];
	zone = &contig_page_data.node_zones[room_zone(room)];
	drain_all_pages(NULL);
	return 0;
}

/* Is the page that was freed last the one that is given out next? */
static void hot_end(struct kunit *test)
{
	struct page *a = alloc_page(GFP_KERNEL), *b = alloc_page(GFP_KERNEL);
	struct page *first, *second;

	KUNIT_ASSERT_NOT_NULL(test, a);
	KUNIT_ASSERT_NOT_NULL(test, b);
	__free_page(a);
	__free_page(b);
	first = alloc_page(GFP_KERNEL);
	second = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, first);
	KUNIT_ASSERT_NOT_NULL(test, second);
	KUNIT_EXPECT_PTR_EQ(test, first, b);
	KUNIT_EXPECT_PTR_EQ(test, second, a);
	__free_page(first);
	__free_page(second);
}

/* Does __GFP_COLD take from the other end, and a cold free go there? */
static void cold_end(struct kunit *test)
{
	struct page *a = alloc_page(GFP_KERNEL), *b = alloc_page(GFP_KERNEL);
	struct page *cold, *hot;

	KUNIT_ASSERT_NOT_NULL(test, a);
	KUNIT_ASSERT_NOT_NULL(test, b);
	free_unref_page_cold(a);
	__free_page(b);
	cold = alloc_page(GFP_KERNEL | __GFP_COLD);
	hot = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, cold);
	KUNIT_ASSERT_NOT_NULL(test, hot);
	KUNIT_EXPECT_PTR_EQ(test, cold, a);
	KUNIT_EXPECT_PTR_EQ(test, hot, b);
	__free_page(cold);
	__free_page(hot);
}

/*
 * Is a cold page with a second user freed by the last of them, and does a
 * list that is full of cold pages give some back?
 */
static void cold_and_many(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL), *next, *more = NULL;
	int high = list_of(0)->high, i;

	KUNIT_ASSERT_NOT_NULL(test, page);
	get_page(page);
	free_unref_page_cold(page);
	KUNIT_EXPECT_EQ(test, page_count(page), 1);
	__free_page(page);
	for (i = 0; i < high + 3; i++) {
		page = alloc_page(GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, page);
		page->private = (unsigned long)more;
		more = page;
	}
	for (page = more; page; page = next) {
		next = (struct page *)page->private;
		page->private = 0;
		free_unref_page_cold(page);
		KUNIT_EXPECT_LE(test, list_of(0)->count, high);
	}
}

/* Is only the one reference given back to a cold page that has another user? */
static void cold_page_in_use(struct kunit *test)
{
	struct page *page = alloc_pages(GFP_KERNEL, 1);

	KUNIT_ASSERT_NOT_NULL(test, page);
	split_page(page, 1);
	get_page(page);
	free_unref_page_cold(page);
	KUNIT_EXPECT_EQ(test, page_count(page), 1);
	KUNIT_EXPECT_EQ(test, page_count(page + 1), 1);
	free_unref_page_cold(page);
	KUNIT_EXPECT_EQ(test, page_count(page), 0);
	KUNIT_EXPECT_EQ(test, page_count(page + 1), 1);
	__free_page(page + 1);
}

/* Does one request bring a batch, of which the buddy no longer counts any? */
static void refill_by_the_batch(struct kunit *test)
{
	unsigned int order;

	for (order = 0; order < NR_PCP_ORDERS; order++) {
		unsigned long free = zone_page_state(zone, NR_FREE_PAGES);
		int batch = max(zone->pageset_batch >> order, 1);
		struct page *page = alloc_pages(GFP_KERNEL, order);

		KUNIT_ASSERT_NOT_NULL(test, page);
		KUNIT_EXPECT_EQ(test, list_of(order)->count, batch - 1);
		KUNIT_EXPECT_EQ(test, pcp_count(zone),
				(unsigned long)(batch - 1) << order);
		KUNIT_EXPECT_EQ(test, zone_page_state(zone, NR_FREE_PAGES),
				free - (batch << order));
		__free_pages(page, order);
		KUNIT_EXPECT_EQ(test, list_of(order)->count, batch);
		drain_all_pages(NULL);
		KUNIT_EXPECT_EQ(test, zone_page_state(zone, NR_FREE_PAGES),
				free);
	}
}

/* Are dealt blocks apart by their size, aligned and without a flag? */
static void dealt_blocks_are_whole(struct kunit *test)
{
	unsigned int order;

	for (order = 0; order < NR_PCP_ORDERS; order++) {
		struct page *page = alloc_pages(GFP_KERNEL, order);
		struct page *p;
		int blocks = 0;

		KUNIT_ASSERT_NOT_NULL(test, page);
		list_for_each_entry(p, &list_of(order)->pages, pcp_list) {
			KUNIT_EXPECT_EQ(test,
					page_to_pfn(p) & ((1ul << order) - 1),
					0ul);
			KUNIT_EXPECT_FALSE(test, PageBuddy(p));
			KUNIT_EXPECT_EQ(test, page_ref_count(p), 0);
			KUNIT_EXPECT_EQ(test, (int)page_zonenum(p),
					(int)zone_idx(zone));
			blocks++;
		}
		KUNIT_EXPECT_EQ(test, blocks, list_of(order)->count);
		__free_pages(page, order);
	}
}

/* Is a list cut back by a batch as soon as it grows above its limit? */
static void limit_is_kept(struct kunit *test)
{
	struct hoard hoard;
	struct page *page, *next;
	int most = 0;

	hoard_init(&hoard, 0);
	hoard_take(&hoard, GFP_KERNEL, 2 * zone->pageset_high + 8);
	list_for_each_entry_safe(page, next, &hoard.blocks, lru) {
		struct pcp_list *list = pcp_list_of(page_room(page), 0);

		__free_page(page);
		most = max(most, list->count);
		KUNIT_ASSERT_LE(test, list->count, list->high);
	}
	KUNIT_EXPECT_EQ(test, most, list_of(0)->high);
}

/* Does draining empty every list, and only of the zone that is named? */
static void drain_empties(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	struct page *dma = alloc_page(GFP_KERNEL | GFP_DMA);
	struct zone *z;

	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_ASSERT_NOT_NULL(test, dma);
	__free_page(page);
	__free_page(dma);
	if (zone_idx(zone) != ZONE_DMA) {
		drain_all_pages(zone);
		KUNIT_EXPECT_EQ(test, pcp_count(zone), 0ul);
		KUNIT_EXPECT_GT(test,
				pcp_count(
					&contig_page_data.node_zones[ZONE_DMA]),
				0ul);
	}
	drain_all_pages(NULL);
	for_each_zone(z)
		KUNIT_EXPECT_EQ(test, pcp_count(z), 0ul);
}

/* Does a request that finds the buddy empty use what per-CPU lists keep? */
static void lists_are_drained_when_short(struct kunit *test)
{
	struct hoard hoard;
	struct page *page;

	hoard_init(&hoard, 0);
	hoard_take(&hoard, GFP_HOARD_ALL | GFP_DMA, ~0ul);
	page = list_first_entry(&hoard.blocks, struct page, lru);
	list_del(&page->lru);
	hoard.nr--;
	__free_page(page);
	/* the page lies on an unmovable or movable list; ask for the other */
	KUNIT_EXPECT_EQ(test, zone_free(ZONE_DMA), 0ul);
	page = alloc_page(GFP_HOARD_ALL | GFP_DMA | __GFP_RECLAIMABLE);
	KUNIT_EXPECT_NOT_NULL(test, page);
	if (page)
		__free_page(page);
	hoard_release(&hoard);
}

/*
 * A page on a list of DMA, and DMA's buddy at its mark: does a request that
 * asked for DMA get the page, and one that came down from NORMAL not?
 */
static void wider_requests_are_checked(struct kunit *test)
{
	struct zone *dma = &contig_page_data.node_zones[ZONE_DMA];
	struct alloc_context ac = {
		.alloc_flags = ALLOC_WMARK_MIN, .zone_idx = ZONE_NORMAL,
	};
	struct hoard hoard;
	struct page *page;

	if (!dma->lowmem_reserve[ZONE_NORMAL])
		kunit_skip(test, "one zone only");
	hoard_init(&hoard, 0);
	hoard_take(&hoard, GFP_HOARD | GFP_DMA, ~0ul);
	page = list_first_entry(&hoard.blocks, struct page, lru);
	list_del(&page->lru);
	__free_page(page);
	ac.migratetype = get_pageblock_migratetype(page);
	KUNIT_EXPECT_NULL(test, pcp_take(dma, 0, &ac, true));
	KUNIT_EXPECT_PTR_EQ(test, pcp_take(dma, 0, &ac, false), page);
	set_page_count(page, 1);
	__free_page(page);
	hoard_release(&hoard);
}

#define REFILL	8	/* the batch then */

/* How many pages a refill takes from DMA, with this many above its mark. */
static int refill_with(struct kunit *test, unsigned long spare)
{
	struct zone *dma = &contig_page_data.node_zones[ZONE_DMA];
	unsigned long mark = dma->_watermark[WMARK_MIN];
	int batch = dma->pageset_batch;
	struct alloc_context ac = { .alloc_flags = ALLOC_WMARK_MIN,
				    .zone_idx = ZONE_DMA };
	struct pcp_list *list =
		pcp_list_of(PCP_ROOM(ZONE_DMA, ac.migratetype), 0);
	struct page *page;
	int taken;

	drain_all_pages(NULL);
	dma->pageset_batch = REFILL;
	dma->_watermark[WMARK_MIN] = zone_free(ZONE_DMA) - spare;
	page = pcp_take(dma, 0, &ac, false);
	dma->pageset_batch = batch;
	dma->_watermark[WMARK_MIN] = mark;
	taken = list->count + (page != NULL);
	if (page) {
		set_page_count(page, 1);
		__free_page(page);
	}
	return taken;
}

/*
 * Is a zone that has no batch above its mark asked for one page, and one that
 * has no page above it for none?
 */
static void refill_keeps_the_mark(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, refill_with(test, REFILL), REFILL);
	KUNIT_EXPECT_EQ(test, refill_with(test, REFILL - 1), 1);
	KUNIT_EXPECT_EQ(test, refill_with(test, 1), 1);
	KUNIT_EXPECT_EQ(test, refill_with(test, 0), 0);
}

/* Do high orders bypass the lists? */
static void large_blocks_bypass(struct kunit *test)
{
	unsigned long free = zone_page_state(zone, NR_FREE_PAGES);
	struct page *page = alloc_pages(GFP_KERNEL, NR_PCP_ORDERS);

	KUNIT_ASSERT_NOT_NULL(test, page);
	__free_pages(page, NR_PCP_ORDERS);
	KUNIT_EXPECT_EQ(test, zone_page_state(zone, NR_FREE_PAGES), free);
	KUNIT_EXPECT_EQ(test, pcp_count(zone), 0ul);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(hot_end),
	KUNIT_CASE(cold_end),
	KUNIT_CASE(cold_and_many),
	KUNIT_CASE(cold_page_in_use),
	KUNIT_CASE(refill_by_the_batch),
	KUNIT_CASE(dealt_blocks_are_whole),
	KUNIT_CASE(limit_is_kept),
	KUNIT_CASE(drain_empties),
	KUNIT_CASE(lists_are_drained_when_short),
	KUNIT_CASE(wider_requests_are_checked),
	KUNIT_CASE(refill_keeps_the_mark),
	KUNIT_CASE(large_blocks_bypass),
	{ }
};

static struct kunit_suite suite = {
	.name = "pcp",
	.init = init,
	.test_cases = cases,
};
kunit_test_suite(suite);
