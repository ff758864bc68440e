// SPDX-License-Identifier: MIT
/*
 * Of the fuzz target "firmware": the zones, the frames' descriptors and the
 * buddy, as they come out of what memblock had.
 */
#include "firmware_model.h"

#include "../../mm/internal.h"

#include <asm/page.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/page_ext.h>
#include <linux/spinlock.h>
#include <linux/stackdepot.h>
#include <linux/string.h>

#define DMA_END	(16UL << 20 >> PAGE_SHIFT)

static struct pglist_data pristine_node;
static unsigned long zone_end[MAX_NR_ZONES];
static unsigned long nr_free[MAX_NR_ZONES];

/* The direct map, whatever is there: it is not asked before it is taken. */
void zones_start(void)
{
	unsigned long i;

	pristine_node = contig_page_data;
	for (i = 0; i < MAXMEM; i += PMD_SIZE)
		set_pmd(pmd_off_k(PAGE_OFFSET + i),
			__pmd(i | _PAGE_PSE | __PAGE_KERNEL_BASE));
}

/* What free_area_init() takes, from the top: each if there is room. */
static unsigned long take(unsigned long bytes, unsigned long align)
{
	unsigned long nr = PFN_UP(bytes);
	unsigned long pfn = model_find(nr, align, 1, max_low_pfn);

	if (pfn)
		model_take(PFN_PHYS(pfn), PFN_PHYS(pfn) + bytes);
	return pfn;
}

static enum zone_type zone_of(unsigned long pfn)
{
	if (!frames_test(&model_ram, pfn))
		return ZONE_NONE;
	if (pfn < zone_end[ZONE_DMA])
		return ZONE_DMA;
	return pfn < zone_end[ZONE_NORMAL] ? ZONE_NORMAL : ZONE_HIGHMEM;
}

static void check_frame(unsigned long pfn)
{
	const struct page *page = pfn_to_page(pfn);
	enum zone_type zone = zone_of(pfn);
	bool is_free = zone != ZONE_NONE && !frames_test(&model_taken, pfn);

	if (is_free)
		nr_free[zone]++;
	if (likely(page_zonenum(page) == zone &&
		   PageReserved(page) == !is_free &&
		   page_ref_count(page) == !is_free))
		return;
	fuzz_check(false, "I2, I4: frame %#lx: flags %#lx, %d references", pfn,
		   page->flags, page_ref_count(page));
}

static void check_frames(void)
{
	unsigned long pfn;

	fuzz_check(max_mapnr == round_up(max_pfn, pageblock_nr_pages), "%#lx",
		   max_mapnr);
	memset(nr_free, 0, sizeof(nr_free));
	for (pfn = 0; pfn < max_mapnr; pfn++)
		check_frame(pfn);
}

static void check_zone(struct zone *zone, unsigned long start,
		       unsigned long end)
{
	unsigned long managed = nr_free[zone_idx(zone)];
	unsigned long present = frames_count(&model_ram, start, end);
	unsigned long flags;
	bool good;

	fuzz_check(zone->zone_start_pfn == start &&
			   zone->spanned_pages == end - start,
		   "I3: %s: %#lx, %#lx frames", zone->name,
		   zone->zone_start_pfn, zone->spanned_pages);
	fuzz_check(zone->present_pages == present, "I1: %s: %lu, not %lu",
		   zone->name, zone->present_pages, present);
	fuzz_check(zone_managed_pages(zone) == managed, "I1: %s: %lu, not %lu",
		   zone->name, zone_managed_pages(zone), managed);
	fuzz_check(zone_page_state(zone, NR_FREE_PAGES) == managed,
		   "%s: %lu free, not %lu", zone->name,
		   zone_page_state(zone, NR_FREE_PAGES), managed);
	fuzz_check(min_wmark_pages(zone) <= low_wmark_pages(zone) &&
			   low_wmark_pages(zone) <= high_wmark_pages(zone),
		   "Z3: %s", zone->name);
	spin_lock_irqsave(&zone->lock, flags);
	good = buddy_verify(zone);
	spin_unlock_irqrestore(&zone->lock, flags);
	fuzz_check(good, "%s", zone->name);
}

/* Z1: from the highest down, and none that is empty. */
static void check_zonelist(void)
{
	const struct zoneref *ref = node_zonelist(0, 0)->_zonerefs;
	int idx;

	for (idx = MAX_NR_ZONES - 1; idx >= 0; idx--) {
		struct zone *zone = &contig_page_data.node_zones[idx];

		if (!zone_managed_pages(zone))
			continue;
		fuzz_check(ref->zone == zone && ref->zone_idx == idx, "Z1: %d",
			   idx);
		ref++;
	}
	fuzz_check(!ref->zone, "Z1");
}

static void check_zones(void)
{
	unsigned long start = 0;
	int idx;

	for (idx = 0; idx < MAX_NR_ZONES; idx++) {
		unsigned long end = max(start, zone_end[idx]);

		check_zone(&contig_page_data.node_zones[idx], start, end);
		start = end;
	}
	check_zonelist();
}

void zones_run(void)
{
	unsigned long map_bytes =
		round_up(max_pfn, pageblock_nr_pages) * sizeof(struct page);
	unsigned long align = MAX_ORDER_NR_PAGES * sizeof(struct page) >>
			      PAGE_SHIFT;
	unsigned long at;

	/* the list would grow on the way, and where is not to be foreseen */
	if (memblock.reserved.max - memblock.reserved.cnt < 4)
		return;
	at = take(map_bytes, align);
	if (!at)
		return;			/* it would panic, and say so */
	zone_end[ZONE_DMA] = min(DMA_END, max_low_pfn);
	zone_end[ZONE_NORMAL] = max_low_pfn;
	zone_end[ZONE_HIGHMEM] = max_pfn;
	contig_page_data = pristine_node;
	memset(pageblock_room, 0, MAX_PAGEBLOCKS);
	free_area_init(zone_end);
	fuzz_check(__pa_nodebug(mem_map) == PFN_PHYS(at), "%p, not %#lx",
		   mem_map, at);
	take(STACK_DEPOT_MAX_BYTES, 1);
	take(max_mapnr * sizeof(struct page_ext), 1);
	model_check_memblock();
	mem_init();
	check_frames();
	check_zones();
	/* what is free now may be anything in the next run */
	kasan_unpoison((void *)PAGE_OFFSET, PFN_PHYS(max_low_pfn));
}
