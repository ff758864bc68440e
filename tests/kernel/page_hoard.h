/* SPDX-License-Identifier: MIT */
/*
 * A hoard: blocks taken from the kernel until it has none, and given back.
 * They are linked through page->lru, so that a hoard needs no memory. They go
 * back unpoisoned, or gigabytes would be filled and checked once per test.
 */
#ifndef _TESTS_PAGE_HOARD_H
#define _TESTS_PAGE_HOARD_H

#include "../../mm/internal.h"

#include <kunit/test.h>
#include <linux/list.h>

/* Without reclaim and without a word; to the last page with __GFP_MEMALLOC. */
#define GFP_HOARD	(GFP_NOWAIT | __GFP_NOWARN)
#define GFP_HOARD_ALL	(GFP_HOARD | __GFP_MEMALLOC)

struct hoard {
	struct list_head blocks;
	unsigned long nr;		/* blocks */
	unsigned int order;
};

static inline void hoard_init(struct hoard *hoard, unsigned int order)
{
	INIT_LIST_HEAD(&hoard->blocks);
	hoard->nr = 0;
	hoard->order = order;
}

/* Takes up to max blocks; how many. */
static inline unsigned long hoard_take(struct hoard *hoard, gfp_t gfp,
				       unsigned long max)
{
	unsigned long taken = 0;

	while (taken < max) {
		struct page *page = alloc_pages(gfp, hoard->order);

		if (!page)
			break;
		list_add(&page->lru, &hoard->blocks);
		taken++;
	}
	hoard->nr += taken;
	return taken;
}

/* Gives back up to max blocks. */
static inline void hoard_give(struct hoard *hoard, unsigned long max)
{
	struct page *page, *next;

	page_poisoning = false;
	list_for_each_entry_safe(page, next, &hoard->blocks, lru) {
		if (!max--)
			break;
		list_del(&page->lru);
		hoard->nr--;
		__free_pages(page, hoard->order);
	}
	page_poisoning = true;
}

static inline void hoard_release(struct hoard *hoard)
{
	hoard_give(hoard, ~0ul);
	hoard->nr = 0;
}

/* Takes lowmem in the largest blocks, until about 16 MiB are left of it. */
static inline void hoard_most_of_lowmem(struct hoard *hoard)
{
	hoard_init(hoard, MAX_ORDER - 1);
	hoard_take(hoard, GFP_HOARD, ~0ul);
	hoard_give(hoard, 4);
}

static inline unsigned long zone_free(enum zone_type idx)
{
	return zone_page_state(&contig_page_data.node_zones[idx],
			       NR_FREE_PAGES);
}

#endif
