// SPDX-License-Identifier: MIT
/*
 * Building the frame descriptors and filling the buddy.
 *
 * Problem: 4 GiB are a million frames. Each needs its descriptor set up
 * once, and each free one must reach the buddy; at boot nothing should be
 * done twice to a frame, or the start would take seconds.
 *
 * Input is memblock: what is RAM and what of it is taken. Output is mem_map,
 * an array with one struct page for each frame from 0 to max_mapnr:
 *
 *	frames   0        160  256       1200         ...       max_pfn
 *	RAM      |==========|    |===================================|
 *	         | taken|   |    | image |     free                  |
 *	mem_map  | R R R| F | H  | R R R | F F F F F F F F F F F F F | H |
 *	                                                               max_mapnr
 *	R reserved: PG_reserved, one reference, in its zone
 *	F free:     no flag, no reference, in its zone; on its way to the buddy
 *	H hole:     PG_reserved, one reference, zone ZONE_NONE
 *
 * max_mapnr is max_pfn rounded up to a pageblock, so that the buddy of any
 * frame has a descriptor and nobody has to check.
 *
 * One walk over memblock's ranges does all: each run of frames with one fate
 * goes through one tight loop of 8 stores. Then the free runs go to the
 * buddy, not frame by frame but in the largest aligned blocks, of which a
 * run of any length needs only a few:
 *
 *	frames 3 .. 21    3 | 4-7 | 8-15 | 16-19 | 20 | 21 -> order 0 2 3 2 1
 *
 * Zones are set up before: spanned is what lies between a zone's borders,
 * holes included; present is its RAM; managed is what its buddy was given.
 *
 * Invariants:
 *  I1  spanned >= present >= managed, and each is exact;
 *  I2  a frame is pfn_valid() if and only if memblock had it as memory;
 *  I3  zones begin at multiples of a pageblock;
 *  I4  a frame is given to the buddy exactly if memblock had it as memory
 *      and not as reserved.
 *
 * Lock: none, boot only (free_reserved_area() later takes zone->lock).
 * Cost: about 12 instructions per frame, and a few hundred per run.
 *
 * Differs from Linux (mm/mm_init.c, mm/page_alloc.c): free frames are not
 * first marked reserved; highmem is given over in blocks like lowmem.
 */
#include "internal.h"

#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/panic.h>
#include <linux/pfn.h>
#include <linux/printk.h>
#include <linux/spinlock.h>
#include <linux/string.h>

struct page *mem_map;
unsigned long max_mapnr;
unsigned long max_pfn;

static const char *const zone_names[MAX_NR_ZONES] = {
	[ZONE_DMA] = "DMA", [ZONE_NORMAL] = "Normal",
	[ZONE_HIGHMEM] = "HighMem",
};

/* A run of frames start .. end - 1. */
struct pfn_run {
	unsigned long start;
	unsigned long end;
};

/* Bring the descriptors of a run into one state. */
static void __init init_pages(struct pfn_run run, unsigned long flags, int refs)
{
	struct page *page = pfn_to_page(run.start);
	struct page *end = pfn_to_page(run.end);

	for (; page < end; page++) {
		page->flags = flags;
		page->lru.next = NULL;
		page->lru.prev = NULL;
		page->mapping = NULL;
		page->index = 0;
		page->private = 0;
		atomic_set(&page->_mapcount, -1);
		atomic_set(&page->_refcount, refs);
	}
}

static void __init init_holes(unsigned long start, unsigned long end)
{
	struct pfn_run run = { start, end };

	init_pages(run,
		   (unsigned long)ZONE_NONE << ZONES_PGSHIFT |
			   1UL << PG_reserved,
		   1);
}

/* The part of a run that lies in a zone. */
static struct pfn_run __init clip(struct pfn_run run, const struct zone *zone)
{
	run.start = clamp(run.start, zone->zone_start_pfn, zone_end_pfn(zone));
	run.end = clamp(run.end, zone->zone_start_pfn, zone_end_pfn(zone));
	return run;
}

/* Descriptors of a run of RAM, which may reach over several zones. */
static void __init init_ram(unsigned long start, unsigned long end, bool taken)
{
	struct pfn_run run = { start, end };
	struct zone *zone;

	for_each_zone(zone) {
		unsigned long flags = (unsigned long)zone_idx(zone)
				      << ZONES_PGSHIFT;

		if (taken)
			flags |= 1UL << PG_reserved;
		init_pages(clip(run, zone), flags, taken);
	}
}

/* The largest order a block may have that begins at pfn, below end. */
static unsigned int __init block_order(unsigned long pfn, unsigned long end)
{
	unsigned int order = pfn ? __ffs(pfn) : MAX_ORDER - 1;

	order = min_t(unsigned int, order, MAX_ORDER - 1);
	while (pfn + (1UL << order) > end)
		order--;
	return order;
}

/* Hand a run of frames of one zone to its buddy. */
static void __init give_run(struct zone *zone, struct pfn_run run)
{
	unsigned long pfn = run.start;

	atomic_long_add(run.end - run.start, &zone->managed_pages);
	while (pfn < run.end) {
		unsigned int order = block_order(pfn, run.end);

		kasan_poison_pages(pfn_to_page(pfn), order, false);
		spin_lock(&zone->lock);
		buddy_give(zone, pfn_to_page(pfn), order);
		spin_unlock(&zone->lock);
		pfn += 1UL << order;
	}
}

static void __init give_range(unsigned long start, unsigned long end)
{
	struct pfn_run run = { start, end };
	struct zone *zone;

	for_each_zone(zone) {
		struct pfn_run part = clip(run, zone);

		if (part.start < part.end)
			give_run(zone, part);
	}
}

/* Frames that are free as a whole. */
static struct pfn_run __init whole_frames(phys_addr_t start, phys_addr_t end)
{
	struct pfn_run run = { PFN_UP(start), PFN_DOWN(end) };

	if (run.end < run.start)
		run.end = run.start;
	return run;
}

/*
 * Descriptors of one region of RAM: free runs as free, what lies between
 * them as taken.
 */
static void __init init_region(const struct memblock_region *region)
{
	unsigned long pfn = PFN_UP(region->base);
	unsigned long end = PFN_DOWN(region->base + region->size);
	phys_addr_t free_start, free_end;
	u64 i;

	for_each_free_mem_range(i, &free_start, &free_end) {
		struct pfn_run run = whole_frames(free_start, free_end);

		if (run.start >= end || run.end <= pfn || run.start == run.end)
			continue;
		init_ram(pfn, run.start, true);
		init_ram(run.start, run.end, false);
		pfn = run.end;
	}
	init_ram(pfn, end, true);
}

static void __init init_mem_map(void)
{
	const struct memblock_region *region;
	unsigned long pfn = 0;

	for_each_mem_region(region) {
		init_holes(pfn, PFN_UP(region->base));
		init_region(region);
		pfn = PFN_DOWN(region->base + region->size);
	}
	init_holes(pfn, max_mapnr);
}

/* RAM between two frames, by memblock. */
static unsigned long __init ram_pages(unsigned long start, unsigned long end)
{
	const struct memblock_region *region;
	unsigned long pages = 0;

	for_each_mem_region(region) {
		unsigned long from = max(PFN_UP(region->base), start);
		unsigned long to =
			min(PFN_DOWN(region->base + region->size), end);

		if (from < to)
			pages += to - from;
	}
	return pages;
}

static void __init init_zone(enum zone_type idx, unsigned long start,
			     unsigned long end)
{
	struct zone *zone = &contig_page_data.node_zones[idx];
	int type = page_group_by_mobility_disabled ? MIGRATE_UNMOVABLE :
						     MIGRATE_MOVABLE;
	unsigned long block;

	if (start < end && start % pageblock_nr_pages)
		panic("Zone %s begins at frame %#lx, inside a pageblock\n",
		      zone_names[idx], start);
	zone->name = zone_names[idx];
	zone->zone_pgdat = &contig_page_data;
	zone->zone_start_pfn = start;
	zone->spanned_pages = end - start;
	zone->present_pages = ram_pages(start, end);
	spin_lock_init(&zone->lock);
	buddy_init(zone);
	for (block = start; block < end; block += pageblock_nr_pages)
		pageblock_room[block >> pageblock_order] = PCP_ROOM(idx, type);
}

static void __init init_zones(const unsigned long *max_zone_pfn)
{
	unsigned long start = 0;
	int idx;

	for (idx = 0; idx < MAX_NR_ZONES; idx++) {
		unsigned long end = max(min(max_zone_pfn[idx], max_pfn), start);

		init_zone(idx, start, end);
		if (end > start)
			pr_info("  %-8s [mem %#010llx-%#010llx]\n",
				zone_names[idx], PFN_PHYS(start),
				PFN_PHYS(end) - 1);
		start = end;
	}
	contig_page_data.nr_zones = MAX_NR_ZONES;
	contig_page_data.node_spanned_pages = start;
	contig_page_data.node_present_pages = ram_pages(0, start);
}

/* Aligned so that buddies are found by their descriptors' addresses. */
static void __init alloc_mem_map(void)
{
	unsigned long bytes;

	max_mapnr = round_up(max_pfn, pageblock_nr_pages);
	bytes = max_mapnr * sizeof(struct page);
	mem_map = memblock_alloc_raw(bytes,
				     MAX_ORDER_NR_PAGES * sizeof(struct page));
	if (!mem_map)
		panic("No room for mem_map: %lu KiB for %lu frames, %llu KiB of RAM\n",
		      bytes >> 10, max_mapnr, memblock_phys_mem_size() >> 10);
}

/* Too few pageblocks to give each mobility its own. */
static bool __init too_small_to_group(void)
{
	return PFN_DOWN(memblock_phys_mem_size()) <
	       pageblock_nr_pages * (MIGRATE_TYPES + 1);
}

void __init free_area_init(const unsigned long *max_zone_pfn)
{
	page_group_by_mobility_disabled = too_small_to_group();
	pr_info("Zone ranges:\n");
	alloc_mem_map();
	init_zones(max_zone_pfn);
	if (IS_ENABLED(CONFIG_DEBUG))
		page_owner_init();
	pcp_init();
}

static void __init report_memory(void)
{
	unsigned long present = contig_page_data.node_present_pages;

	pr_info("Memory: %luK/%luK available (%luK reserved, %luK highmem)\n",
		nr_free_pages() << (PAGE_SHIFT - 10),
		present << (PAGE_SHIFT - 10),
		(present - totalram_pages()) << (PAGE_SHIFT - 10),
		totalhigh_pages() << (PAGE_SHIFT - 10));
}

void __init mem_init(void)
{
	phys_addr_t start, end;
	u64 i;

	init_mem_map();
	for_each_free_mem_range(i, &start, &end) {
		struct pfn_run run = whole_frames(start, end);

		give_range(run.start, run.end);
	}
	zones_init();
	report_memory();
}

/* Give one frame over that was reserved at boot. Any context. */
void free_reserved_page(struct page *page)
{
	struct zone *zone = page_zone(page);

	if (WARN(!PageReserved(page), "free_reserved_page: pfn %#lx is not\n",
		 page_to_pfn(page)))
		return;
	atomic_long_inc(&zone->managed_pages);
	__ClearPageReserved(page);
	set_page_count(page, 1);
	__free_page(page);
}

unsigned long free_reserved_area(void *start, void *end, int poison,
				 const char *name)
{
	unsigned long addr = PAGE_ALIGN((unsigned long)start);
	unsigned long last = (unsigned long)end & PAGE_MASK;
	unsigned long pages = 0;

	for (; addr < last; addr += PAGE_SIZE, pages++) {
		if (poison >= 0 && poison <= 0xff)
			memset((void *)addr, poison, PAGE_SIZE);
		free_reserved_page(virt_to_page(addr));
	}
	if (pages && name)
		pr_info("Freeing %s memory: %luK\n", name,
			pages << (PAGE_SHIFT - 10));
	return pages;
}
