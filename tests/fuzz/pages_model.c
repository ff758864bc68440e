// SPDX-License-Identifier: MIT
/*
 * The model of the fuzz target "pages": who has which frame, and what each
 * zone must have left.
 */
#include "pages_model.h"

#include <linux/bitmap.h>
#include <linux/kernel.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#define FRAMES_MAX	(1UL << 20)

struct block blocks[BLOCKS];
unsigned int nr_blocks;
static u32 next_tag;
static DECLARE_BITMAP(owned, FRAMES_MAX);
static unsigned long nr_owned[MAX_NR_ZONES];
static unsigned long had_pages[MAX_NR_ZONES];
static unsigned long had_blocks[MAX_NR_ZONES][MAX_ORDER];

static unsigned long idle_pages(const struct zone *zone)
{
	return zone_page_state(zone, NR_FREE_PAGES) + pcp_count(zone);
}

/* --- frames --- */

void frames_take(struct page *page, unsigned long nr)
{
	unsigned long pfn = page_to_pfn(page);

	fuzz_check(pfn + nr <= FRAMES_MAX, "pfn %#lx", pfn);
	fuzz_check(find_next_bit(owned, pfn + nr, pfn) >= pfn + nr,
		   "pfn %#lx, %lu frames: already given out", pfn, nr);
	bitmap_set(owned, pfn, nr);
	nr_owned[page_zonenum(page)] += nr;
}

void frames_give(struct page *page, unsigned long nr)
{
	bitmap_clear(owned, page_to_pfn(page), nr);
	nr_owned[page_zonenum(page)] -= nr;
}

void write_word(struct page *page, u32 word)
{
	u32 *p = fuzz_frame(page);

	p[0] = word;
	p[1023] = ~word;
}

static void check_word(struct page *page, u32 word)
{
	const u32 *p = fuzz_frame(page);

	fuzz_check(p[0] == word && p[1023] == ~word,
		   "pfn %#lx: %#x and %#x, not %#x", page_to_pfn(page), p[0],
		   p[1023], word);
}

static void check_zero(struct page *page, unsigned int order)
{
	struct page *end = page + (1UL << order);

	for (; page < end; page++)
		fuzz_check(!memchr_inv(fuzz_frame(page), 0,
				       order > 4 ? 64 : PAGE_SIZE),
			   "pfn %#lx", page_to_pfn(page));
}

/* --- blocks --- */

void block_add(struct page *page, unsigned int order, bool compound)
{
	struct block *b = &blocks[nr_blocks++];

	*b = (struct block){ page, order, 1, ++next_tag * 0x01010101,
			     compound };
	write_word(page, b->tag);
	write_word(page + (1UL << order) - 1, b->tag);
}

void block_check(const struct block *b)
{
	fuzz_check(page_ref_count(b->page) == b->refs, "%d, not %u",
		   page_ref_count(b->page), b->refs);
	check_word(b->page, b->tag);
	check_word(b->page + (1UL << b->order) - 1, b->tag);
}

struct block *some_block(struct fuzz_input *in)
{
	return nr_blocks ? &blocks[fuzz_below(in, nr_blocks)] : NULL;
}

void block_forget(struct block *b)
{
	*b = blocks[--nr_blocks];
}

/* The frames of a new block. */
void check_block(struct page *page, unsigned int order, gfp_t gfp)
{
	unsigned long pfn = page_to_pfn(page), i;
	unsigned int zone = page_zonenum(page);

	fuzz_check(!(pfn & ((1UL << order) - 1)), "pfn %#lx order %u", pfn,
		   order);
	fuzz_check(zone <= gfp_zone(gfp), "zone %u, gfp %#x", zone, gfp);
	fuzz_check(page_ref_count(page) == 1, "%d", page_ref_count(page));
	for (i = 0; i < 1UL << order; i++)
		fuzz_check(page_zonenum(page + i) == zone &&
				   !PageReserved(page + i) &&
				   !PageBuddy(page + i) && !PageSlab(page + i),
			   "pfn %#lx flags %#lx", pfn + i, page[i].flags);
	frames_take(page, 1UL << order);
	if (gfp & __GFP_ZERO)
		check_zero(page, order);
}

/* --- what a request may and may not leave behind --- */

static long deepest_mark(const struct zone *zone, gfp_t gfp)
{
	long mark = min_wmark_pages(zone);

	if (gfp & __GFP_HIGH)
		mark -= mark / 2;
	if (gfp & __GFP_ATOMIC)
		mark -= mark / 4;
	return mark + zone->lowmem_reserve[gfp_zone(gfp)];
}

static bool has_block(const struct zone *zone, unsigned int order)
{
	for (; order < MAX_ORDER; order++)
		if (zone->free_area[order].nr_free)
			return true;
	return false;
}

void check_refusal(gfp_t gfp, unsigned int order)
{
	const struct zone *zone;

	if (order >= MAX_ORDER)
		return;
	for_each_populated_zone(zone) {
		long left = zone_page_state(zone, NR_FREE_PAGES);

		if (zone_idx(zone) > gfp_zone(gfp) || !has_block(zone, order))
			continue;
		left -= 1L << order;
		fuzz_check(
			left < deepest_mark(zone, gfp),
			"order %u gfp %#x refused, but %s would have %ld left",
			order, gfp, zone->name, left);
	}
}

void check_marks(gfp_t gfp, const unsigned long *before)
{
	const struct zone *zone;

	if (gfp & __GFP_MEMALLOC)
		return;
	for_each_populated_zone(zone) {
		unsigned long left = zone_page_state(zone, NR_FREE_PAGES);

		if (left < before[zone_idx(zone)])
			fuzz_check((long)left >= deepest_mark(zone, gfp),
				   "%s: %lu left by gfp %#x", zone->name, left,
				   gfp);
	}
}

/* --- all zones --- */

void check_zones(void)
{
	struct zone *zone;

	for_each_populated_zone(zone) {
		unsigned int idx = zone_idx(zone);
		unsigned long flags;
		bool good;

		spin_lock_irqsave(&zone->lock, flags);
		good = buddy_verify(zone);
		spin_unlock_irqrestore(&zone->lock, flags);
		fuzz_check(good, "%s", zone->name);
		fuzz_check(idle_pages(zone) + nr_owned[idx] == had_pages[idx],
			   "%s: %lu idle, %lu with us, %lu before", zone->name,
			   idle_pages(zone), nr_owned[idx], had_pages[idx]);
	}
}

void count_zones(void)
{
	struct zone *zone;
	unsigned int order;

	next_tag = 0;
	drain_all_pages(NULL);
	for_each_zone(zone) {
		unsigned int idx = zone_idx(zone);

		had_pages[idx] = idle_pages(zone);
		for (order = 0; order < MAX_ORDER; order++)
			had_blocks[idx][order] = zone->free_area[order].nr_free;
	}
}

void check_merged(void)
{
	struct zone *zone;
	unsigned int order;

	drain_all_pages(NULL);
	check_zones();
	for_each_zone(zone)
		for (order = 0; order < MAX_ORDER; order++)
			fuzz_check(zone->free_area[order].nr_free ==
					   had_blocks[zone_idx(zone)][order],
				   "%s order %u: %lu blocks, %lu before",
				   zone->name, order,
				   zone->free_area[order].nr_free,
				   had_blocks[zone_idx(zone)][order]);
}
