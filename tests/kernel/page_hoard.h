/* SPDX-License-Identifier: MIT */
/*
 * A hoard: blocks taken from the kernel until it has none, and given back.
 * They are linked through page->lru, so that a hoard needs no memory.
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

static inline void hoard_release(struct hoard *hoard)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, &hoard->blocks, lru)
		__free_pages(page, hoard->order);
	hoard_init(hoard, hoard->order);
}

static inline unsigned long zone_free(enum zone_type idx)
{
	return zone_page_state(&contig_page_data.node_zones[idx],
			       NR_FREE_PAGES);
}

#endif
