// SPDX-License-Identifier: MIT
/*
 * Grouping by mobility: keep what cannot move away from what can.
 *
 * Problem: one kernel page in each 4 MiB of memory is enough to make large
 * free blocks impossible for ever. A user's page can be moved or thrown out,
 * the kernel's own mostly not. So every pageblock (the largest buddy block,
 * 1024 frames) is meant for one kind of allocation, its mobility:
 *
 *	UNMOVABLE    the kernel's own            gfp without a mark
 *	MOVABLE      user pages                  __GFP_MOVABLE
 *	RECLAIMABLE  caches that can be dropped  __GFP_RECLAIMABLE
 *
 * All memory begins MOVABLE. A free block is on the list of its pageblock's
 * mobility. When the list of the wanted mobility has nothing, a block is
 * stolen from another one:
 *
 *	wanted       steals from, in this order
 *	UNMOVABLE    RECLAIMABLE, MOVABLE
 *	RECLAIMABLE  UNMOVABLE, MOVABLE
 *	MOVABLE      RECLAIMABLE, UNMOVABLE
 *
 * The largest block is looked at first, so that the thief's next requests find
 * its remains and do not steal again elsewhere:
 *
 *	before   |MMMMMMMM|MMMMMMMM|MMMMMMMM|   no U block free
 *	bad      |MMMUMMMM|MMUMMMMM|MMMMMMUM|   small ones from here and there
 *	good     |UUU     |MMMMMMMM|MMMMMMMM|   one large one, then its rest
 *
 * If at least half of its pageblock is free (or, for a request that is not
 * movable, any large part), the whole pageblock changes sides: its other free
 * blocks go to the new list and what is still in use will come back to it.
 * Otherwise the request takes the smallest block that will do from the
 * owner's lists, and the pageblock stays with its owner.
 *
 * Invariants:
 *  M1  a pageblock has one mobility, in pageblock_room[], and all its free
 *      blocks are on the lists of that mobility;
 *  M2  a request fails only if no mobility has a block that is large enough;
 *  M3  with grouping disabled there is one mobility, UNMOVABLE.
 *
 * With fewer pageblocks than a few per mobility (16 MiB or less) grouping
 * would only scatter memory and is switched off.
 *
 * Lock: zone->lock.  Cost: only when a list is empty; changing a pageblock
 * walks its at most 1024 frames, block by block.
 *
 * Differs from Linux (mm/page_alloc.c, __rmqueue_fallback): what is in use in
 * the pageblock is not inspected; only its free part decides.
 */
#include "internal.h"

#include <linux/list.h>

unsigned char pageblock_room[MAX_PAGEBLOCKS];
int page_group_by_mobility_disabled;

/* Whom to steal from. */
static const unsigned char fallbacks[MIGRATE_TYPES][MIGRATE_TYPES - 1] = {
	[MIGRATE_UNMOVABLE] = { MIGRATE_RECLAIMABLE, MIGRATE_MOVABLE },
	[MIGRATE_RECLAIMABLE] = { MIGRATE_UNMOVABLE, MIGRATE_MOVABLE },
	[MIGRATE_MOVABLE] = { MIGRATE_RECLAIMABLE, MIGRATE_UNMOVABLE },
};

void set_pageblock_migratetype(struct page *page, int migratetype)
{
	unsigned char *room =
		&pageblock_room[page_to_pfn(page) >> pageblock_order];

	*room = PCP_ROOM(room_zone(*room), migratetype);
}

/* The first free block of this order that another mobility has. */
static struct page *find_victim(struct zone *zone, unsigned int order,
				int migratetype)
{
	int i;

	for (i = 0; i < MIGRATE_TYPES - 1; i++) {
		struct list_head *list =
			&zone->free_area[order]
				 .free_list[fallbacks[migratetype][i]];

		if (!list_empty(list))
			return list_first_entry(list, struct page, buddy_list);
	}
	return NULL;
}

/* Zones begin and mem_map ends at a pageblock's border: no check needed. */
static struct page *pageblock_start(struct page *page)
{
	return pfn_to_page(page_to_pfn(page) & ~(pageblock_nr_pages - 1));
}

static unsigned long pageblock_free_pages(struct page *start)
{
	unsigned long i = 0, nr_free = 0;

	while (i < pageblock_nr_pages) {
		unsigned long size = 1;

		if (PageBuddy(start + i)) {
			size = 1UL << start[i].private;
			nr_free += size;
		}
		i += size;
	}
	return nr_free;
}

/* Move all free blocks of a pageblock to another mobility. */
static void pageblock_claim(struct zone *zone, struct page *start,
			    int migratetype)
{
	unsigned long i = 0;

	while (i < pageblock_nr_pages) {
		struct page *page = start + i;
		unsigned int order;

		if (!PageBuddy(page)) {
			i++;
			continue;
		}
		order = page->private;
		list_move(&page->buddy_list,
			  &zone->free_area[order].free_list[migratetype]);
		i += 1UL << order;
	}
	set_pageblock_migratetype(start, migratetype);
}

/* May a request of this mobility take the whole pageblock over? */
static bool pageblock_claimable(struct page *victim, unsigned int order,
				int migratetype)
{
	unsigned long nr_free;

	if (order >= pageblock_order)
		return true;
	nr_free = pageblock_free_pages(pageblock_start(victim));
	if (nr_free >= pageblock_nr_pages / 2)
		return true;
	return migratetype != MIGRATE_MOVABLE && order >= pageblock_order / 2;
}

/* The largest free block that another mobility has. */
static struct page *find_largest_victim(struct zone *zone, unsigned int least,
					int migratetype, unsigned int *found)
{
	int order;

	for (order = MAX_ORDER - 1; order >= (int)least; order--) {
		struct page *page = find_victim(zone, order, migratetype);

		if (page) {
			*found = order;
			return page;
		}
	}
	return NULL;
}

/*
 * The lists of migratetype have no block of this order or more: find the
 * mobility whose lists to take from instead. A pageblock that is claimed
 * fills the lists of migratetype itself. -1 when there is no block at all.
 */
int mobility_fallback(struct zone *zone, unsigned int order, int migratetype)
{
	unsigned int found;
	struct page *victim;

	victim = find_largest_victim(zone, order, migratetype, &found);
	if (!victim)
		return -1;
	if (!pageblock_claimable(victim, found, migratetype))
		return get_pageblock_migratetype(victim);
	pageblock_claim(zone, pageblock_start(victim), migratetype);
	return migratetype;
}
