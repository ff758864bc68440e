/* SPDX-License-Identifier: MIT */
/*
 * Zones: ranges of frames with the same reach.
 *
 *	0          16 MiB             896 MiB                      4 GiB
 *	|  ZONE_DMA  |    ZONE_NORMAL     |       ZONE_HIGHMEM       |
 *	  ISA DMA       direct map            only through a window
 *
 * Lock keys: [b] written at boot only, [z] zone->lock, [c] its CPU with
 * interrupts off.
 */
#ifndef _LINUX_MMZONE_H
#define _LINUX_MMZONE_H

#include <asm/page_types.h>
#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/mm_types.h>
#include <linux/page-flags.h>
#include <linux/spinlock.h>

#define MAX_PHYSMEM_BITS	32	/* what two-level paging reaches */

/* Orders 0 .. MAX_ORDER - 1: blocks of 4 KiB .. 4 MiB. */
#define MAX_ORDER		11
#define MAX_ORDER_NR_PAGES	(1UL << (MAX_ORDER - 1))

/* Blocks of one mobility: the largest block of the buddy. */
#define pageblock_order		(MAX_ORDER - 1)
#define pageblock_nr_pages	(1UL << pageblock_order)
#define MAX_PAGEBLOCKS \
	(1UL << (MAX_PHYSMEM_BITS - PAGE_SHIFT - pageblock_order))

/* Orders above this are costly: they may fail without a fight. */
#define PAGE_ALLOC_COSTLY_ORDER	3

enum migratetype {
	MIGRATE_UNMOVABLE,
	MIGRATE_MOVABLE,
	MIGRATE_RECLAIMABLE,
	MIGRATE_PCPTYPES,	/* the number of types on the pcp lists */
	MIGRATE_TYPES = MIGRATE_PCPTYPES
};

enum zone_type {
	ZONE_DMA,
	ZONE_NORMAL,
	ZONE_HIGHMEM,
	__MAX_NR_ZONES
};
#define MAX_NR_ZONES	__MAX_NR_ZONES

enum zone_watermarks { WMARK_MIN, WMARK_LOW, WMARK_HIGH, NR_WMARK };

enum zone_stat_item {
	NR_FREE_PAGES,
	NR_BOUNCE,
	/* From here on Linux counts by node, and shows them there. */
	NR_SLAB_RECLAIMABLE_B,	/* pages of slabs */
	NR_SLAB_UNRECLAIMABLE_B,
	NR_PAGETABLE,		/* pages that hold page tables */
	NR_VM_ZONE_STAT_ITEMS
};

struct free_area {
	struct list_head free_list[MIGRATE_TYPES];
	unsigned long nr_free;		/* blocks, all types together */
};

/*
 * Per-CPU lists: orders 0 .. 3, one list for each mobility. All lists of all
 * zones of one CPU form one table, so that one byte, the "room" of a page,
 * finds its list: zone << 5 | migratetype << 1, which is the list's place in
 * the table in units of 8 bytes, the most that an address may be scaled by.
 */
#define NR_PCP_ORDERS		(PAGE_ALLOC_COSTLY_ORDER + 1)
#define PCP_TYPES		4	/* MIGRATE_PCPTYPES, a power of two */
#define ROOM_UNIT		8
#define ROOM_ZONE_SHIFT		5
#define ROOM_TYPE_SHIFT		1
#define PCP_ROOM(zone, type)	((zone) << ROOM_ZONE_SHIFT | \
				 (type) << ROOM_TYPE_SHIFT)
#define room_zone(room)		((room) >> ROOM_ZONE_SHIFT)
#define room_type(room)		((room) >> ROOM_TYPE_SHIFT & (PCP_TYPES - 1))

struct pcp_list {			/* [c] */
	struct list_head pages;		/* first: hot, last: cold */
	int count;			/* blocks on the list */
	int high;			/* more than this: give some back */
};

struct per_cpu_pages {
	struct pcp_list lists[NR_PCP_ORDERS][PCP_TYPES];
};

struct pglist_data;

struct zone {
	unsigned long _watermark[NR_WMARK];		/* pages */
	long lowmem_reserve[MAX_NR_ZONES];		/* pages */
	int pageset_high;		/* pages kept per list and CPU */
	int pageset_batch;		/* pages moved at a time, power of 2 */
	struct pglist_data *zone_pgdat;			/* [b] */
	unsigned long zone_start_pfn;			/* [b] */
	unsigned long spanned_pages;	/* [b] end - start, holes included */
	unsigned long present_pages;	/* [b] RAM */
	atomic_long_t managed_pages;	/* RAM given to the buddy */
	const char *name;				/* [b] */
	spinlock_t lock;
	struct free_area free_area[MAX_ORDER];		/* [z] */
	unsigned long free_pages;	/* [z] NR_FREE_PAGES */
};

struct zoneref {
	struct zone *zone;
	int zone_idx;
};

/* From the first choice to the last; ends with a NULL zone. */
struct zonelist {
	struct zoneref _zonerefs[MAX_NR_ZONES + 1];
};

typedef struct pglist_data {
	struct zone node_zones[MAX_NR_ZONES];
	struct zonelist node_zonelists[1];
	int nr_zones;
	unsigned long node_start_pfn;
	unsigned long node_present_pages;
	unsigned long node_spanned_pages;
	int node_id;
} pg_data_t;

extern struct pglist_data contig_page_data;

static inline struct pglist_data *NODE_DATA(int nid)
{
	return &contig_page_data;
}

extern struct page *mem_map;		/* [b] descriptor of frame 0 */
extern unsigned long max_pfn;		/* [b] end of usable RAM */
extern unsigned long max_low_pfn;	/* [b] end of the direct map */

#define pfn_to_page(pfn)	(mem_map + (pfn))
#define page_to_pfn(page)	((unsigned long)((page) - mem_map))

/* A frame without RAM behind it has this in place of a zone. */
#define ZONE_NONE		ZONES_MASK

/* [z] The room of each pageblock: its zone and its mobility. */
extern unsigned char pageblock_room[MAX_PAGEBLOCKS];

/* Set when memory is too small for blocks of one mobility each. */
extern int page_group_by_mobility_disabled;

static inline unsigned char page_room(const struct page *page)
{
	unsigned long offset = (unsigned long)page - (unsigned long)mem_map;

	return pageblock_room[offset / (sizeof(*page) << pageblock_order)];
}

static inline enum migratetype
get_pageblock_migratetype(const struct page *page)
{
	return room_type(page_room(page));
}

static inline struct zonelist *node_zonelist(int nid, gfp_t gfp)
{
	return contig_page_data.node_zonelists;
}

/* The first entry of a zonelist that is no higher than highest. */
static inline struct zoneref *first_zones_zonelist(struct zonelist *zonelist,
						   int highest)
{
	struct zoneref *ref = zonelist->_zonerefs;

	while (ref->zone && ref->zone_idx > highest)
		ref++;
	return ref;
}

#define for_each_zone_zonelist(z, ref, zonelist, highest)		\
	for (ref = first_zones_zonelist(zonelist, highest);		\
	     (z = (ref)->zone); (ref)++)

static inline enum zone_type page_zonenum(const struct page *page)
{
	return page->flags >> ZONES_PGSHIFT;
}

static inline struct zone *page_zone(const struct page *page)
{
	return &contig_page_data.node_zones[page_zonenum(page)];
}

#define zone_idx(zone) \
	((enum zone_type)((zone) - (zone)->zone_pgdat->node_zones))

static inline bool is_highmem_idx(enum zone_type idx)
{
	return idx == ZONE_HIGHMEM;
}

static inline int is_highmem(const struct zone *zone)
{
	return is_highmem_idx(zone_idx(zone));
}

static inline unsigned long min_wmark_pages(const struct zone *zone)
{
	return zone->_watermark[WMARK_MIN];
}

static inline unsigned long low_wmark_pages(const struct zone *zone)
{
	return zone->_watermark[WMARK_LOW];
}

static inline unsigned long high_wmark_pages(const struct zone *zone)
{
	return zone->_watermark[WMARK_HIGH];
}

static inline unsigned long zone_end_pfn(const struct zone *zone)
{
	return zone->zone_start_pfn + zone->spanned_pages;
}

static inline bool populated_zone(const struct zone *zone)
{
	return zone->present_pages;
}

static inline unsigned long zone_managed_pages(const struct zone *zone)
{
	return atomic_long_read(&zone->managed_pages);
}

/* What all CPUs counted of an item, never below 0: see <linux/vmstat.h>. */
unsigned long zone_stat_sum(const struct zone *zone, enum zone_stat_item item);

static inline unsigned long zone_page_state(const struct zone *zone,
					    enum zone_stat_item item)
{
	if (item == NR_FREE_PAGES)
		return READ_ONCE(zone->free_pages);
	return zone_stat_sum(zone, item);
}

#define for_each_zone(z)						\
	for (z = contig_page_data.node_zones;				\
	     z < contig_page_data.node_zones + MAX_NR_ZONES; z++)

#define for_each_populated_zone(z)					\
	for_each_zone(z)						\
		if (!populated_zone(z))					\
			; /* nothing in it */				\
		else

#endif
