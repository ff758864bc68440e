// SPDX-License-Identifier: MIT
/*
 * The buddy system: free frames of a zone in blocks of 2^order.
 *
 * Problem: hand out runs of 1, 2, 4, ... 1024 neighbouring frames quickly,
 * and turn freed runs back into the largest ones possible, without ever
 * searching memory for a neighbour.
 *
 * Terms. A block of order n is 2^n frames and begins at a frame number that
 * is a multiple of 2^n. Its buddy is the block of the same order whose number
 * differs in bit n alone; the two together are a block of order n+1. So the
 * buddy's place is computed (pfn ^ 2^n), never looked for. The same holds for
 * the address of its descriptor, as mem_map is aligned accordingly.
 *
 *	free_area[order].free_list[mobility] -> block <-> block <-> ...
 *
 * Only the first frame of a free block says so: PG_buddy is set and private
 * holds the order. The other frames of the block are not touched, neither
 * when it is split nor when it is merged, so every step costs the same few
 * instructions at any order.
 *
 * Taking (buddy_expand): a block too large is halved, the upper halves stay.
 *
 *	order 3  |        8 frames       |     wanted: order 1
 *	order 2  |   keep    |  free (2) |
 *	order 1  | take |free|
 *
 * Giving (buddy_give): while the buddy is free and of the same order, take it
 * off its list and go on with the pair.
 *
 *	freed: order 1 at 4   |  .  .  .  .  .  .  .  .  |
 *	its buddy is at 6     |  f f f f [4 5] f f       |  6 is free, order 1
 *	pair: order 2 at 4    |  f f f f [4 5 6 7]       |  buddy 0: free, 2
 *	pair: order 3 at 0    |  [0 1 2 3 4 5 6 7]       |  and so on
 *
 * A pageblock is as large as the largest block, and zones begin at multiples
 * of it. So no merge can cross a border of zones or mobilities, and neither
 * needs a check. mem_map reaches to the end of the last pageblock, so a
 * buddy always has a descriptor.
 *
 * Invariants (buddy_verify() checks them all):
 *  B1  a free block begins at a multiple of its size, inside its zone;
 *  B2  its first frame has PG_buddy, its order in private, no reference;
 *  B3  no two free blocks are buddies of one order, below the largest order
 *      (or else they would have been merged);
 *  B4  free_area[order].nr_free counts the blocks of all its lists;
 *  B5  NR_FREE_PAGES is the sum of all blocks;
 *  B6  a block stands on the list of its pageblock's mobility.
 *
 * Lock: zone->lock, held by the caller.  Cost: take, about 15 instructions
 * and 10 per halving; give, about 30 and 18 per merge.
 *
 * Differs from Linux (mm/page_alloc.c): pageblock_order is the largest order
 * on every machine; nothing is put at a list's end in the hope of a merge;
 * there is no list for CMA, isolation or high-order atomic requests.
 */
#include "internal.h"

#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/printk.h>

/*
 * Debug builds: the lock is held. Not asked at boot, when nobody else is there,
 * nor of a zone that is no other's, which tests make.
 */
static inline void assert_locked(struct zone *zone)
{
	if (IS_ENABLED(CONFIG_DEBUG) && system_state == SYSTEM_RUNNING &&
	    zone - contig_page_data.node_zones < MAX_NR_ZONES &&
	    zone >= contig_page_data.node_zones)
		lockdep_assert_held(&zone->lock);
}

/* Put a block on a list: it becomes free as it stands, nothing is merged. */
static inline void buddy_list_add(struct zone *zone, struct page *page,
				  unsigned int order, int migratetype)
{
	struct free_area *area = &zone->free_area[order];

	assert_locked(zone);
	page->private = order;
	__SetPageBuddy(page);
	list_add(&page->buddy_list, &area->free_list[migratetype]);
	area->nr_free++;
}

/* Take a block off its list. */
static inline void buddy_list_del(struct zone *zone, struct page *page,
				  unsigned int order)
{
	assert_locked(zone);
	__list_del(page->buddy_list.prev, page->buddy_list.next);
	__ClearPageBuddy(page);
	zone->free_area[order].nr_free--;
}

/*
 * The buddy of a block. mem_map begins at a multiple of the size of a
 * pageblock's descriptors, so that the bit that differs in the frame number
 * differs in the descriptor's address: no subtraction, no division.
 */
static inline struct page *buddy_of(struct page *page, unsigned int order)
{
	return (struct page *)((unsigned long)page ^ sizeof(*page) << order);
}

/* The lower one of two buddies. */
static inline struct page *lower_of(struct page *page, struct page *buddy)
{
	return (struct page *)((unsigned long)page & (unsigned long)buddy);
}

static inline bool buddy_is_free(const struct page *buddy, unsigned int order)
{
	return PageBuddy(buddy) && buddy->private == order;
}

/*
 * Halve a block of order high until order low is left at its start; the
 * upper halves become free blocks. The block itself is on no list.
 */
static inline void buddy_expand(struct zone *zone, struct page *page,
				unsigned int high, unsigned int low,
				int migratetype)
{
	while (high > low) {
		high--;
		buddy_list_add(zone, page + (1UL << high), high, migratetype);
	}
}

/* The first block of the smallest order from *order on that has one. */
static inline struct page *buddy_find(struct zone *zone, unsigned int *order,
				      int migratetype)
{
	unsigned int o;

	for (o = *order; o < MAX_ORDER; o++) {
		struct list_head *list =
			&zone->free_area[o].free_list[migratetype];

		if (!list_empty(list)) {
			*order = o;
			return list_first_entry(list, struct page, buddy_list);
		}
	}
	return NULL;
}

/* The same in another mobility, whose number replaces *migratetype. */
static noinline struct page *buddy_steal(struct zone *zone, unsigned int *order,
					 int *migratetype)
{
	*migratetype = mobility_fallback(zone, *order, *migratetype);
	if (*migratetype < 0)
		return NULL;
	return buddy_find(zone, order, *migratetype);
}

/*
 * Take a block of at least *order frames and at most want, the smallest
 * there is; a larger one is cut down to want. *order becomes its order.
 * NULL when neither this mobility nor another has a block.
 */
static __always_inline struct page *buddy_cut(struct zone *zone,
					      unsigned int *order,
					      unsigned int want,
					      int migratetype)
{
	unsigned int found = *order;
	struct page *page = buddy_find(zone, &found, migratetype);

	lockdep_assert_held(&zone->lock);
	if (unlikely(!page)) {
		page = buddy_steal(zone, &found, &migratetype);
		if (!page)
			return NULL;
	}
	mm_assert(buddy_is_free(page, found), "B2");
	buddy_list_del(zone, page, found);
	if (found > want) {
		buddy_expand(zone, page, found, want, migratetype);
		found = want;
	}
	*order = found;
	__mod_zone_page_state(zone, NR_FREE_PAGES, -(1L << found));
	return page;
}

struct page *buddy_take_upto(struct zone *zone, unsigned int *order,
			     unsigned int want, int migratetype)
{
	return buddy_cut(zone, order, want, migratetype);
}

/* Take one block of exactly this order, or NULL. */
struct page *buddy_take(struct zone *zone, unsigned int order, int migratetype)
{
	return buddy_cut(zone, &order, order, migratetype);
}

/* Merge a block with its buddies as far as they are free, and list it. */
static __always_inline void buddy_merge(struct zone *zone, struct page *page,
					unsigned int order)
{
	int migratetype = get_pageblock_migratetype(page);

	lockdep_assert_held(&zone->lock);
	mm_assert(!(page_to_pfn(page) & ((1UL << order) - 1)), "B1");
	mm_assert(!PageBuddy(page), "B2");
	for (; order < MAX_ORDER - 1; order++) {
		struct page *buddy = buddy_of(page, order);

		if (!buddy_is_free(buddy, order))
			break;
		buddy_list_del(zone, buddy, order);
		page = lower_of(page, buddy);
	}
	buddy_list_add(zone, page, order, migratetype);
}

/* Give a block back. */
void buddy_give(struct zone *zone, struct page *page, unsigned int order)
{
	__mod_zone_page_state(zone, NR_FREE_PAGES, 1L << order);
	buddy_merge(zone, page, order);
}

/* Give nr blocks of one order back, from the end of a list. */
void buddy_give_list(struct zone *zone, struct list_head *list,
		     unsigned int order, int nr)
{
	__mod_zone_page_state(zone, NR_FREE_PAGES, (long)nr << order);
	while (nr--) {
		struct list_head *last = list->prev;

		list->prev = last->prev;
		last->prev->next = list;
		buddy_merge(zone, list_entry(last, struct page, pcp_list),
			    order);
	}
}

void buddy_init(struct zone *zone)
{
	unsigned int order;
	int type;

	for (order = 0; order < MAX_ORDER; order++) {
		struct free_area *area = &zone->free_area[order];

		for (type = 0; type < MIGRATE_TYPES; type++)
			INIT_LIST_HEAD(&area->free_list[type]);
		area->nr_free = 0;
	}
}

/* Which invariant a free block breaks, or NULL. */
static const char *buddy_block_fault(struct zone *zone, struct page *page,
				     unsigned int order, int type)
{
	unsigned long pfn = page_to_pfn(page);

	if (pfn & ((1UL << order) - 1) || pfn < zone->zone_start_pfn ||
	    pfn + (1UL << order) > zone_end_pfn(zone))
		return "B1: place";
	if (!buddy_is_free(page, order) || page_ref_count(page))
		return "B2: marks";
	if (order < MAX_ORDER - 1 &&
	    buddy_is_free(buddy_of(page, order), order))
		return "B3: not merged";
	if (get_pageblock_migratetype(page) != type)
		return "B6: mobility";
	return NULL;
}

/* Check one list; its number of blocks, or -1. */
static long buddy_verify_list(struct zone *zone, unsigned int order, int type)
{
	struct list_head *list = &zone->free_area[order].free_list[type];
	struct page *page;
	long blocks = 0;

	list_for_each_entry(page, list, buddy_list) {
		const char *fault = buddy_block_fault(zone, page, order, type);

		if (fault) {
			pr_err("buddy %s, zone %s order %u pfn %#lx\n", fault,
			       zone->name, order, page_to_pfn(page));
			return -1;
		}
		blocks++;
	}
	return blocks;
}

bool buddy_verify(struct zone *zone)
{
	unsigned long pages = 0;
	unsigned int order;
	int type;

	for (order = 0; order < MAX_ORDER; order++) {
		unsigned long blocks = 0;

		for (type = 0; type < MIGRATE_TYPES; type++) {
			long n = buddy_verify_list(zone, order, type);

			if (n < 0)
				return false;
			blocks += n;
		}
		if (blocks != zone->free_area[order].nr_free) {
			pr_err("buddy B4: zone %s order %u: %lu blocks, count %lu\n",
			       zone->name, order, blocks,
			       zone->free_area[order].nr_free);
			return false;
		}
		pages += blocks << order;
	}
	if (pages != zone_page_state(zone, NR_FREE_PAGES)) {
		pr_err("buddy B5: zone %s: %lu pages, count %lu\n", zone->name,
		       pages, zone_page_state(zone, NR_FREE_PAGES));
		return false;
	}
	return true;
}
