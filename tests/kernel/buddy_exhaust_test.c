// SPDX-License-Identifier: MIT
/*
 * Exhaustion: can every free frame be had, at every order, none twice, and
 * is everything back as it was afterwards?
 */
#include "page_hoard.h"

#include <linux/kernel.h>

/* With more memory than this, not every order is tried: it takes long. */
#define PAGES_OF_ALL_ORDERS	(1ul << (30 - PAGE_SHIFT))

/* Free blocks of each order of each zone. */
struct layout {
	unsigned long nr_free[MAX_NR_ZONES][MAX_ORDER];
};

static void take_layout(struct layout *layout)
{
	struct zone *zone;
	unsigned int order;

	drain_all_pages(NULL);
	for_each_zone(zone)
		for (order = 0; order < MAX_ORDER; order++)
			layout->nr_free[zone_idx(zone)][order] =
				zone->free_area[order].nr_free;
}

/* Free blocks of at least this order, counted in blocks of this order. */
static unsigned long blocks_to_have(unsigned int order)
{
	struct zone *zone;
	unsigned long blocks = 0;
	unsigned int o;

	drain_all_pages(NULL);
	for_each_populated_zone(zone)
		for (o = order; o < MAX_ORDER; o++)
			blocks += zone->free_area[o].nr_free << (o - order);
	return blocks;
}

static struct layout before, after;

static void expect_same_layout(struct kunit *test)
{
	struct zone *zone;
	unsigned int order;

	take_layout(&after);
	for_each_zone(zone) {
		int idx = zone_idx(zone);

		for (order = 0; order < MAX_ORDER; order++)
			KUNIT_EXPECT_EQ_MSG(test, after.nr_free[idx][order],
					    before.nr_free[idx][order],
					    "zone %s order %u", zone->name,
					    order);
		KUNIT_EXPECT_TRUE(test, buddy_verify(zone));
	}
}

static const unsigned int all_orders[] = {
	0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
};

static void order_desc(const unsigned int *order, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "order %u", *order);
}
KUNIT_ARRAY_PARAM(order, all_orders, order_desc);

/* Are all blocks aligned, referenced once, and no two overlapping? */
static void check_blocks(struct kunit *test, struct hoard *hoard)
{
	unsigned long size = 1ul << hoard->order, wrong = 0, i;
	struct page *page;

	/* private of each frame counts how often it was handed out */
	list_for_each_entry(page, &hoard->blocks, lru) {
		wrong += page_to_pfn(page) % size != 0;
		wrong += page_ref_count(page) != 1;
		wrong += page_zonenum(page) == ZONE_NONE;
		for (i = 0; i < size; i++)
			page[i].private = 0;
	}
	list_for_each_entry(page, &hoard->blocks, lru)
		for (i = 0; i < size; i++)
			wrong += page[i].private++ != 0;
	KUNIT_EXPECT_EQ(test, wrong, 0ul);
}

/*
 * At each order: are there exactly as many blocks to have as the free lists
 * hold, is no frame in two of them, and do they all merge again?
 */
static void every_order(struct kunit *test)
{
	unsigned int order = *(const unsigned int *)test->param_value;
	unsigned long want;
	struct hoard hoard;

	if (order % 5 && nr_free_pages() > PAGES_OF_ALL_ORDERS)
		kunit_skip(test, "memory is large: orders 0, 5 and 10 only");
	take_layout(&before);
	want = blocks_to_have(order);
	hoard_init(&hoard, order);
	hoard_take(&hoard, GFP_HOARD_ALL | __GFP_HIGHMEM, ~0ul);
	KUNIT_EXPECT_EQ(test, hoard.nr, want);
	drain_all_pages(NULL);
	KUNIT_EXPECT_EQ(test, blocks_to_have(order), 0ul);
	check_blocks(test, &hoard);
	hoard_release(&hoard);
	expect_same_layout(test);
}

/* Given back in a scattered order, does memory come together all the same? */
static void scattered_return(struct kunit *test)
{
	struct hoard even, odd;
	struct page *page, *next;

	take_layout(&before);
	hoard_init(&even, 0);
	hoard_init(&odd, 0);
	hoard_take(&even, GFP_HOARD_ALL | __GFP_HIGHMEM, ~0ul);
	list_for_each_entry_safe(page, next, &even.blocks, lru)
		if (page_to_pfn(page) & 1)
			list_move(&page->lru, &odd.blocks);
	hoard_release(&even);
	drain_all_pages(NULL);
	/* every free frame's buddy is out: nothing can merge */
	KUNIT_EXPECT_EQ(test, blocks_to_have(1), 0ul);
	hoard_release(&odd);
	expect_same_layout(test);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM_ATTR(every_order, order_gen_params,
			      { .speed = KUNIT_SPEED_SLOW }),
	KUNIT_CASE_SLOW(scattered_return),
	{ }
};

static struct kunit_suite suite = {
	.name = "buddy_exhaust",
	.test_cases = cases,
};
kunit_test_suite(suite);
