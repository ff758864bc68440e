// SPDX-License-Identifier: MIT
/*
 * Zones: which memory a request may use, and what is kept back from it.
 *
 * Problem: not every frame suits every request. ISA devices reach 16 MiB, the
 * kernel's own pointers reach the direct map, user pages may lie anywhere.
 * And some requests must not fail: an interrupt handler that needs a page to
 * free others cannot wait for them.
 *
 *	request            tries, in this order
 *	__GFP_DMA          DMA
 *	none               NORMAL, DMA
 *	__GFP_HIGHMEM      HIGHMEM, NORMAL, DMA
 *
 * Only downwards: what suits a narrow request suits a wide one too. That is
 * a danger for the small zones, so two things are kept back.
 *
 * Watermarks. Each zone has three marks, in free pages:
 *
 *	free pages
 *	  |                         plenty: nobody looks
 *	  | high --------------     background reclaim may stop
 *	  | low  --------------     background reclaim should start
 *	  | min  --------------     ordinary requests must reclaim by themselves
 *	  |   min/2                 __GFP_HIGH may go here
 *	  |   min/2 - a quarter     and GFP_ATOMIC here
 *	  0                         __GFP_MEMALLOC: the last page
 *
 * The sum of "min" over lowmem is min_free_kbytes = 4 * sqrt(lowmem in KiB),
 * shared out by size; a highmem zone needs little, as nothing vital lives
 * there. low = min + a quarter, high = min + half.
 *
 * Reserve against wider requests. lowmem_reserve[i] of a zone is what a
 * request that could have used zone i must leave here on top of the mark:
 *
 *	lowmem_reserve[i] = (pages of the zones above this one, up to i)
 *	                    / lowmem_reserve_ratio
 *
 * so with 4 GiB a highmem request cannot take the last 13 MiB of NORMAL.
 *
 * Invariants:
 *  Z1  a zonelist goes downwards from the zone asked for, and skips empty
 *      zones;
 *  Z2  a request that respects marks never leaves free pages below
 *      mark + lowmem_reserve[its zone];
 *  Z3  min <= low <= high.
 *
 * Lock: marks are written with each zone->lock held and read without.
 * Cost: the check is about 20 instructions and made on a refill only.
 *
 * Differs from Linux (mm/page_alloc.c): watermark_scale_factor and boosting
 * are not there; ZONE_MOVABLE and ZONE_DMA32 do not exist on this machine.
 */
#include "internal.h"

#include <linux/errno.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/spinlock.h>

struct pglist_data contig_page_data;

/*
 * The room (see mmzone.h) a request looks into first, by its five lowest gfp
 * bits: four for the zone, and mobility. Filled when the zones are known.
 */
unsigned char gfp_room[GFP_ROOMS];

int min_free_kbytes = 1024;
int sysctl_lowmem_reserve_ratio[MAX_NR_ZONES] = {
	[ZONE_DMA] = 256, [ZONE_NORMAL] = 32, [ZONE_HIGHMEM] = 0,
};

/* DMA wins over HIGHMEM, as the narrower of the two. */
enum zone_type gfp_zone(gfp_t flags)
{
	if (flags & __GFP_DMA)
		return ZONE_DMA;
	if (flags & __GFP_HIGHMEM)
		return ZONE_HIGHMEM;
	return ZONE_NORMAL;
}

/* Free pages a request must leave behind. */
static long watermark_of(const struct zone *zone,
			 const struct alloc_context *ac)
{
	long mark = zone->_watermark[ac->alloc_flags & ALLOC_WMARK_MASK];

	if (ac->alloc_flags & ALLOC_HIGH)
		mark -= mark / 2;
	if (ac->alloc_flags & ALLOC_HARDER)
		mark -= mark / 4;
	return mark + zone->lowmem_reserve[ac->zone_idx];
}

/* Is there a block of this order for this mobility, split or stolen? */
static bool zone_has_block(const struct zone *zone, unsigned int order)
{
	for (; order < MAX_ORDER; order++)
		if (zone->free_area[order].nr_free)
			return true;
	return false;
}

/*
 * May this request take a block of this order and extra pages besides? The
 * answer is exact under zone->lock and a good guess without.
 */
bool zone_watermark_ok(const struct zone *zone, unsigned int order,
		       const struct alloc_context *ac, unsigned long extra)
{
	long left = zone_page_state(zone, NR_FREE_PAGES);

	left -= (1L << order) + extra;
	if (ac->alloc_flags & ALLOC_NO_WATERMARKS)
		return left >= 0 && zone_has_block(zone, order);
	if (left < watermark_of(zone, ac))
		return false;
	return zone_has_block(zone, order);
}

/* Managed pages of the zones below highmem. */
static unsigned long nr_lowmem_pages(void)
{
	struct zone *zone;
	unsigned long pages = 0;

	for_each_zone(zone)
		if (!is_highmem(zone))
			pages += zone_managed_pages(zone);
	return pages;
}

static unsigned long zone_min_pages(const struct zone *zone,
				    unsigned long lowmem)
{
	unsigned long min_pages = min_free_kbytes >> (PAGE_SHIFT - 10);
	unsigned long managed = zone_managed_pages(zone);

	if (is_highmem(zone))
		return clamp(managed / 1024, 32UL, 128UL);
	if (lowmem < 16)
		return 0;
	/* in units of 16 pages, so that the product fits a word */
	return min_pages * (managed / 16) / (lowmem / 16);
}

/* Set the marks from min_free_kbytes. May be called at any time. */
void setup_per_zone_wmarks(void)
{
	unsigned long lowmem = nr_lowmem_pages();
	struct zone *zone;

	for_each_zone(zone) {
		unsigned long min = zone_min_pages(zone, lowmem);
		unsigned long flags;

		spin_lock_irqsave(&zone->lock, flags);
		zone->_watermark[WMARK_MIN] = min;
		zone->_watermark[WMARK_LOW] = min + min / 4;
		zone->_watermark[WMARK_HIGH] = min + min / 2;
		spin_unlock_irqrestore(&zone->lock, flags);
	}
}

/* What requests for the zones above must leave in each zone. */
void setup_per_zone_lowmem_reserve(void)
{
	struct zone *zones = contig_page_data.node_zones;
	int low, high;

	for (low = 0; low < MAX_NR_ZONES; low++) {
		int ratio = sysctl_lowmem_reserve_ratio[low];
		unsigned long above = 0;

		zones[low].lowmem_reserve[low] = 0;
		for (high = low + 1; high < MAX_NR_ZONES; high++) {
			above += zone_managed_pages(&zones[high]);
			zones[low].lowmem_reserve[high] =
				ratio ? above / ratio : 0;
		}
	}
}

/*
 * 4 * sqrt(lowmem), all in KiB, as Linux has it. Its upper bound, 256 MiB, is
 * far beyond what so little lowmem gives.
 */
int default_min_free_kbytes(unsigned long lowmem_kbytes)
{
	return max(int_sqrt(lowmem_kbytes * 16), 128UL);
}

static void calculate_min_free_kbytes(void)
{
	unsigned long lowmem_kbytes = nr_lowmem_pages() << (PAGE_SHIFT - 10);

	min_free_kbytes = default_min_free_kbytes(lowmem_kbytes);
}

/*
 * Change min_free_kbytes by hand: what sysctl vm.min_free_kbytes does. At
 * most a quarter of lowmem, or ordinary requests would always fail.
 * Returns 0 or -EINVAL.
 */
int set_min_free_kbytes(int kbytes)
{
	unsigned long lowmem_kbytes = nr_lowmem_pages() << (PAGE_SHIFT - 10);

	if (kbytes < 0 || kbytes > lowmem_kbytes / 4)
		return -EINVAL;
	min_free_kbytes = kbytes;
	setup_per_zone_wmarks();
	return 0;
}

/* The zonelist of the widest request; narrower ones begin further down. */
void setup_zonelists(void)
{
	struct zoneref *ref = contig_page_data.node_zonelists[0]._zonerefs;
	int idx;

	for (idx = MAX_NR_ZONES - 1; idx >= 0; idx--) {
		struct zone *zone = &contig_page_data.node_zones[idx];

		if (!zone_managed_pages(zone))
			continue;
		ref->zone = zone;
		ref->zone_idx = idx;
		ref++;
	}
	ref->zone = NULL;
	ref->zone_idx = 0;
}

/* The first zone for a request, with memory in it if any has. */
static enum zone_type first_zone(gfp_t gfp)
{
	const struct zoneref *ref;
	enum zone_type highest = gfp_zone(gfp);

	ref = first_zones_zonelist(node_zonelist(0, gfp), highest);
	return ref->zone ? ref->zone_idx : highest;
}

static void setup_gfp_rooms(void)
{
	unsigned int room;

	for (room = 0; room < GFP_ROOMS; room++) {
		gfp_t gfp = (__force gfp_t)room;
		int type = gfp_migratetype(gfp);

		if (type >= MIGRATE_PCPTYPES || page_group_by_mobility_disabled)
			type = MIGRATE_UNMOVABLE;
		gfp_room[room] = PCP_ROOM(first_zone(gfp), type);
	}
}

/* After the buddy has its memory: limits, marks and lists from its size. */
void zones_init(void)
{
	struct zone *zone;

	setup_zonelists();
	setup_gfp_rooms();
	for_each_zone(zone)
		pcp_set_limits(zone);
	calculate_min_free_kbytes();
	setup_per_zone_wmarks();
	setup_per_zone_lowmem_reserve();
}
