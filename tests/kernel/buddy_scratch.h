/* SPDX-License-Identifier: MIT */
/*
 * A zone of the tests' own: one block of the largest order, taken from the
 * kernel, is all the memory it has. So its free lists start out known, and
 * nobody else changes them.
 */
#ifndef _TESTS_BUDDY_SCRATCH_H
#define _TESTS_BUDDY_SCRATCH_H

#include "../../mm/internal.h"

#include <kunit/test.h>
#include <linux/string.h>

#define SCRATCH_ORDER	(MAX_ORDER - 1)
#define SCRATCH_PAGES	MAX_ORDER_NR_PAGES

struct scratch {
	struct zone zone;
	struct page *block;		/* all of its memory */
	unsigned char room;		/* of its pageblock, to be put back */
};

static inline int scratch_init(struct kunit *test, struct scratch *s)
{
	unsigned long pfn;
	unsigned int i;

	memset(s, 0, sizeof(*s));
	s->block = alloc_pages(GFP_KERNEL, SCRATCH_ORDER);
	if (!s->block)
		return -ENOMEM;
	pfn = page_to_pfn(s->block);
	s->room = pageblock_room[pfn >> pageblock_order];
	set_pageblock_migratetype(s->block, MIGRATE_UNMOVABLE);
	s->zone.name = "scratch";
	s->zone.zone_pgdat = &contig_page_data;
	s->zone.zone_start_pfn = pfn;
	s->zone.spanned_pages = SCRATCH_PAGES;
	s->zone.present_pages = SCRATCH_PAGES;
	spin_lock_init(&s->zone.lock);
	buddy_init(&s->zone);
	for (i = 0; i < SCRATCH_PAGES; i++)
		set_page_count(s->block + i, 0);
	return 0;
}

/* Give the whole block to the scratch zone. */
static inline void scratch_fill(struct scratch *s)
{
	spin_lock(&s->zone.lock);
	buddy_give(&s->zone, s->block, SCRATCH_ORDER);
	spin_unlock(&s->zone.lock);
}

/* Back to the kernel. Everything must have been given back before. */
static inline void scratch_exit(struct kunit *test, struct scratch *s)
{
	struct page *page;

	if (!s->block)
		return;
	if (zone_page_state(&s->zone, NR_FREE_PAGES)) {
		int type = get_pageblock_migratetype(s->block);

		spin_lock(&s->zone.lock);
		page = buddy_take(&s->zone, SCRATCH_ORDER, type);
		spin_unlock(&s->zone.lock);
		KUNIT_EXPECT_PTR_EQ(test, page, s->block);
	}
	pageblock_room[page_to_pfn(s->block) >> pageblock_order] = s->room;
	set_page_count(s->block, 1);
	__free_pages(s->block, SCRATCH_ORDER);
}

static inline unsigned long nr_blocks(const struct scratch *s,
				      unsigned int order)
{
	return s->zone.free_area[order].nr_free;
}

#endif
