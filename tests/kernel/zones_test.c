// SPDX-License-Identifier: MIT
/*
 * Zones: do they begin and end where they should, do their sizes add up, and
 * do zonelists, marks and reserves follow from the sizes?
 */
#include "../../mm/internal.h"

#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/math.h>
#include <linux/pfn.h>
#include <linux/string.h>

#define DMA_END		PFN_DOWN(16UL << 20)

static struct zone *zone_of(enum zone_type idx)
{
	return &contig_page_data.node_zones[idx];
}

/* Are the borders 16 MiB and the end of lowmem, with no gap between zones? */
static void borders(struct kunit *test)
{
	const struct zone *dma = zone_of(ZONE_DMA);
	const struct zone *normal = zone_of(ZONE_NORMAL);
	const struct zone *high = zone_of(ZONE_HIGHMEM);

	KUNIT_EXPECT_EQ(test, dma->zone_start_pfn, 0ul);
	KUNIT_EXPECT_EQ(test, zone_end_pfn(dma), min(DMA_END, max_pfn));
	KUNIT_EXPECT_EQ(test, normal->zone_start_pfn, zone_end_pfn(dma));
	KUNIT_EXPECT_EQ(test, zone_end_pfn(normal), max_low_pfn);
	KUNIT_EXPECT_EQ(test, high->zone_start_pfn, max_low_pfn);
	KUNIT_EXPECT_EQ(test, zone_end_pfn(high), max_pfn);
	KUNIT_EXPECT_LE(test, max_low_pfn, PFN_DOWN(MAXMEM));
	KUNIT_EXPECT_TRUE(test, max_low_pfn == max_pfn ||
					max_low_pfn == PFN_DOWN(MAXMEM));
}

struct census {
	unsigned long present;
	unsigned long reserved;
	unsigned long wrong_zone;
};

static void take_census(const struct zone *zone, struct census *c)
{
	unsigned long pfn;

	*c = (struct census){ 0 };
	for (pfn = zone->zone_start_pfn; pfn < zone_end_pfn(zone); pfn++) {
		struct page *page = pfn_to_page(pfn);

		if (!pfn_valid(pfn))
			continue;
		c->present++;
		c->reserved += PageReserved(page);
		c->wrong_zone += page_zone(page) != zone;
	}
}

/* Counting frame by frame: are present and managed exact? */
static void counts_are_exact(struct kunit *test)
{
	struct zone *zone;

	for_each_zone(zone) {
		struct census c;

		take_census(zone, &c);
		KUNIT_EXPECT_EQ(test, zone->present_pages, c.present);
		KUNIT_EXPECT_EQ(test, zone_managed_pages(zone),
				c.present - c.reserved);
		KUNIT_EXPECT_EQ(test, c.wrong_zone, 0ul);
		KUNIT_EXPECT_GE(test, zone->spanned_pages, zone->present_pages);
	}
}

/* Do the totals of all zones agree with the totals that are told? */
static void totals_agree(struct kunit *test)
{
	unsigned long present = 0, spanned = 0, managed = 0, free = 0;
	struct zone *zone;

	for_each_zone(zone) {
		present += zone->present_pages;
		spanned += zone->spanned_pages;
		managed += zone_managed_pages(zone);
		free += zone_page_state(zone, NR_FREE_PAGES);
	}
	KUNIT_EXPECT_EQ(test, contig_page_data.node_present_pages, present);
	KUNIT_EXPECT_EQ(test, contig_page_data.node_spanned_pages, spanned);
	KUNIT_EXPECT_EQ(test, totalram_pages(), managed);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), free);
	KUNIT_EXPECT_EQ(test, totalhigh_pages(),
			zone_managed_pages(zone_of(ZONE_HIGHMEM)));
}

/* Is the first frame nobody's, so that no block is at physical address 0? */
static void first_frame_is_reserved(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, PageReserved(pfn_to_page(0)));
}

/* Does each zone's buddy obey its invariants as the machine stands? */
static void buddies_are_sound(struct kunit *test)
{
	struct zone *zone;

	for_each_populated_zone(zone) {
		unsigned long flags;
		bool sound;

		spin_lock_irqsave(&zone->lock, flags);
		sound = buddy_verify(zone);
		spin_unlock_irqrestore(&zone->lock, flags);
		KUNIT_EXPECT_TRUE_MSG(test, sound, "zone %s", zone->name);
	}
}

/* Does a zonelist go down, from the zone asked for, to zones with memory? */
static void zonelists_go_down(struct kunit *test)
{
	static const gfp_t requests[] = {
		GFP_KERNEL, GFP_KERNEL | GFP_DMA, GFP_HIGHUSER,
		GFP_HIGHUSER_MOVABLE,
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(requests); i++) {
		int last = gfp_zone(requests[i]) + 1, entries = 0;
		struct zoneref *ref;
		struct zone *zone;

		for_each_zone_zonelist(zone, ref, node_zonelist(0, 0),
				       gfp_zone(requests[i])) {
			KUNIT_EXPECT_LT(test, ref->zone_idx, last);
			KUNIT_EXPECT_EQ(test, (int)zone_idx(zone),
					ref->zone_idx);
			KUNIT_EXPECT_GT(test, zone_managed_pages(zone), 0ul);
			last = ref->zone_idx;
			entries++;
		}
		KUNIT_EXPECT_GT(test, entries, 0);
		KUNIT_EXPECT_EQ(test, last, (int)ZONE_DMA);
	}
}

/* Which zone does each zone flag ask for? */
static void gfp_zone_table(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, (int)gfp_zone(GFP_KERNEL), (int)ZONE_NORMAL);
	KUNIT_EXPECT_EQ(test, (int)gfp_zone(GFP_ATOMIC), (int)ZONE_NORMAL);
	KUNIT_EXPECT_EQ(test, (int)gfp_zone(GFP_USER), (int)ZONE_NORMAL);
	KUNIT_EXPECT_EQ(test, (int)gfp_zone(GFP_DMA), (int)ZONE_DMA);
	KUNIT_EXPECT_EQ(test, (int)gfp_zone(GFP_DMA32), (int)ZONE_NORMAL);
	KUNIT_EXPECT_EQ(test, (int)gfp_zone(__GFP_MOVABLE), (int)ZONE_NORMAL);
	KUNIT_EXPECT_EQ(test, (int)gfp_zone(GFP_HIGHUSER), (int)ZONE_HIGHMEM);
	KUNIT_EXPECT_EQ(test, (int)gfp_zone(GFP_HIGHUSER_MOVABLE),
			(int)ZONE_HIGHMEM);
}

/* Is the first list of each request one of a zone that has memory? */
static void first_rooms_have_memory(struct kunit *test)
{
	unsigned int room;

	for (room = 0; room < GFP_ROOMS; room++) {
		gfp_t gfp = (__force gfp_t)room;
		int idx = room_zone(gfp_room[room]);
		int type = room_type(gfp_room[room]);

		KUNIT_EXPECT_LE(test, idx, (int)gfp_zone(gfp));
		KUNIT_EXPECT_GT(test, zone_managed_pages(zone_of(idx)), 0ul);
		if (page_group_by_mobility_disabled)
			KUNIT_EXPECT_EQ(test, type, (int)MIGRATE_UNMOVABLE);
		else if (gfp_migratetype(gfp) < MIGRATE_PCPTYPES)
			KUNIT_EXPECT_EQ(test, type, gfp_migratetype(gfp));
	}
}

static unsigned long lowmem_pages(void)
{
	return zone_managed_pages(zone_of(ZONE_DMA)) +
	       zone_managed_pages(zone_of(ZONE_NORMAL));
}

/* Is min_free_kbytes 4 * sqrt(lowmem), shared out by size? */
static void watermarks_follow_size(struct kunit *test)
{
	unsigned long kbytes = lowmem_pages() * 4, min = 0;
	unsigned int nr_low = 0;
	struct zone *zone;

	KUNIT_EXPECT_LE(test,
			abs(min_free_kbytes -
			    (int)max(int_sqrt(kbytes * 16), 128ul)),
			4); /* boot-only memory was freed since */
	for_each_populated_zone(zone) {
		KUNIT_EXPECT_EQ(test, low_wmark_pages(zone),
				min_wmark_pages(zone) +
					min_wmark_pages(zone) / 4);
		KUNIT_EXPECT_EQ(test, high_wmark_pages(zone),
				min_wmark_pages(zone) +
					min_wmark_pages(zone) / 2);
		if (is_highmem(zone))
			continue;
		min += min_wmark_pages(zone);
		nr_low++;
	}
	KUNIT_EXPECT_LE(test, min, min_free_kbytes / 4ul);
	/* all but what each zone's share is rounded down by, twice */
	KUNIT_EXPECT_GE(test, min + 2 * nr_low, min_free_kbytes / 4ul);
}

/* Can min_free_kbytes be set, within reason, and do the marks follow? */
static void min_free_kbytes_can_be_set(struct kunit *test)
{
	int old = min_free_kbytes;
	unsigned long before;

	/* Boot memory freed since the marks were set shifts a page. */
	KUNIT_ASSERT_EQ(test, set_min_free_kbytes(old), 0);
	before = min_wmark_pages(zone_of(ZONE_DMA));
	KUNIT_EXPECT_EQ(test, set_min_free_kbytes(-1), -EINVAL);
	KUNIT_EXPECT_EQ(test, set_min_free_kbytes(lowmem_pages() * 4), -EINVAL);
	KUNIT_EXPECT_EQ(test, min_free_kbytes, old);
	KUNIT_EXPECT_EQ(test, set_min_free_kbytes(2 * old), 0);
	KUNIT_EXPECT_GE(test, min_wmark_pages(zone_of(ZONE_DMA)),
			2 * before - 1);
	KUNIT_EXPECT_EQ(test, set_min_free_kbytes(old), 0);
	KUNIT_EXPECT_EQ(test, min_wmark_pages(zone_of(ZONE_DMA)), before);
}

/* Is min_free_kbytes no less than 128 KiB, and from there on the root? */
static void min_free_kbytes_has_a_floor(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, default_min_free_kbytes(0), 128);
	KUNIT_EXPECT_EQ(test, default_min_free_kbytes(1024), 128);
	KUNIT_EXPECT_EQ(test, default_min_free_kbytes(1041), 129);
	KUNIT_EXPECT_EQ(test, default_min_free_kbytes(64 << 10), 1024);
	KUNIT_EXPECT_EQ(test, default_min_free_kbytes(1 << 20), 4096);
}

/* Behind the largest order, is nothing taken for the count of blocks? */
static void no_block_behind_the_largest_order(struct kunit *test)
{
	static struct {
		struct zone zone;
		struct free_area behind;
	} made;
	struct alloc_context ac = { .alloc_flags = ALLOC_NO_WATERMARKS };
	struct free_area *area = made.zone.free_area;
	unsigned int order;

	memset(&made, 1, sizeof(made));
	made.zone.free_pages = MAX_ORDER_NR_PAGES;
	for (order = 0; order < MAX_ORDER; order++)
		area[order].nr_free = 0;
	for (order = 0; order < MAX_ORDER; order++)
		KUNIT_EXPECT_FALSE(test, zone_watermark_ok(&made.zone, order,
							   &ac, 0));
	area[MAX_ORDER - 1].nr_free = 1;
	for (order = 0; order < MAX_ORDER; order++)
		KUNIT_EXPECT_TRUE(test,
				  zone_watermark_ok(&made.zone, order, &ac, 0));
}

/* Is what wider requests must leave a fraction of what they have above? */
static void lowmem_reserve_follows_ratio(struct kunit *test)
{
	unsigned long normal = zone_managed_pages(zone_of(ZONE_NORMAL));
	unsigned long high = zone_managed_pages(zone_of(ZONE_HIGHMEM));
	const struct zone *dma = zone_of(ZONE_DMA);

	KUNIT_EXPECT_EQ(test, dma->lowmem_reserve[ZONE_DMA], 0l);
	KUNIT_EXPECT_LE(test,
			abs(dma->lowmem_reserve[ZONE_NORMAL] -
			    (long)(normal / 256)),
			16l);
	KUNIT_EXPECT_LE(test,
			abs(dma->lowmem_reserve[ZONE_HIGHMEM] -
			    (long)((normal + high) / 256)),
			16l);
	KUNIT_EXPECT_EQ(test,
			zone_of(ZONE_NORMAL)->lowmem_reserve[ZONE_HIGHMEM],
			(long)(high / 32));
	KUNIT_EXPECT_EQ(test,
			zone_of(ZONE_HIGHMEM)->lowmem_reserve[ZONE_HIGHMEM],
			0l);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(borders),
	KUNIT_CASE(counts_are_exact),
	KUNIT_CASE(totals_agree),
	KUNIT_CASE(first_frame_is_reserved),
	KUNIT_CASE(buddies_are_sound),
	KUNIT_CASE(zonelists_go_down),
	KUNIT_CASE(gfp_zone_table),
	KUNIT_CASE(first_rooms_have_memory),
	KUNIT_CASE(watermarks_follow_size),
	KUNIT_CASE(min_free_kbytes_can_be_set),
	KUNIT_CASE(min_free_kbytes_has_a_floor),
	KUNIT_CASE(no_block_behind_the_largest_order),
	KUNIT_CASE(lowmem_reserve_follows_ratio),
	{ }
};

static struct kunit_suite suite = {
	.name = "zones",
	.test_cases = cases,
};
kunit_test_suite(suite);
