// SPDX-License-Identifier: MIT
/*
 * Grouping by mobility: are blocks taken from their own kind first, is a
 * whole pageblock taken over when it may be, and is nothing lost on the way?
 * Mostly on a zone with one pageblock, so that what is free is known.
 */
#include "buddy_scratch.h"

#include <linux/gfp.h>
#include <linux/kernel.h>

static struct scratch scratch;

static int init(struct kunit *test)
{
	int err = scratch_init(test, &scratch);

	if (!err)
		set_pageblock_migratetype(scratch.block, MIGRATE_MOVABLE);
	return err;
}

static void exit(struct kunit *test)
{
	scratch_exit(test, &scratch);
}

static struct page *take(unsigned int order, int type)
{
	struct page *page;

	spin_lock(&scratch.zone.lock);
	page = buddy_take(&scratch.zone, order, type);
	spin_unlock(&scratch.zone.lock);
	return page;
}

static void give(struct page *page, unsigned int order)
{
	spin_lock(&scratch.zone.lock);
	buddy_give(&scratch.zone, page, order);
	spin_unlock(&scratch.zone.lock);
}

static int block_type(void)
{
	return get_pageblock_migratetype(scratch.block);
}

/* Does a request of the owner's kind leave the pageblock alone? */
static void own_kind_first(struct kunit *test)
{
	struct page *page;

	scratch_fill(&scratch);
	page = take(0, MIGRATE_MOVABLE);
	KUNIT_EXPECT_PTR_EQ(test, page, scratch.block);
	KUNIT_EXPECT_EQ(test, block_type(), (int)MIGRATE_MOVABLE);
	KUNIT_EXPECT_TRUE(test, buddy_verify(&scratch.zone));
	give(page, 0);
}

/* Is a pageblock that is free for the most part taken over as a whole? */
static void free_block_changes_sides(struct kunit *test)
{
	static const int thieves[] = {
		MIGRATE_UNMOVABLE, MIGRATE_RECLAIMABLE, MIGRATE_MOVABLE,
	};
	int i;

	scratch_fill(&scratch);
	for (i = 0; i < ARRAY_SIZE(thieves); i++) {
		struct page *page = take(0, thieves[i]);

		KUNIT_ASSERT_NOT_NULL(test, page);
		KUNIT_EXPECT_EQ(test, block_type(), thieves[i]);
		KUNIT_EXPECT_TRUE(test, buddy_verify(&scratch.zone));
		give(page, 0);
		KUNIT_EXPECT_EQ(test, nr_blocks(&scratch, SCRATCH_ORDER), 1ul);
	}
}

/* Is a pageblock mostly in use left to its owner, and its rest not moved? */
static void used_block_stays(struct kunit *test)
{
	struct page *half, *quarter, *small[4], *page;

	scratch_fill(&scratch);
	half = take(9, MIGRATE_MOVABLE);
	quarter = take(8, MIGRATE_MOVABLE);
	small[0] = take(7, MIGRATE_MOVABLE);
	small[1] = take(6, MIGRATE_MOVABLE);
	small[2] = take(5, MIGRATE_MOVABLE);
	small[3] = take(4, MIGRATE_MOVABLE);
	/* 16 frames are left, in one block of order 4 */
	KUNIT_EXPECT_EQ(test, nr_blocks(&scratch, 4), 1ul);
	page = take(0, MIGRATE_UNMOVABLE);
	KUNIT_EXPECT_NOT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, block_type(), (int)MIGRATE_MOVABLE);
	KUNIT_EXPECT_TRUE(test, buddy_verify(&scratch.zone));
	give(page, 0);
	/* all of it comes back */
	give(small[3], 4);
	give(small[2], 5);
	give(small[1], 6);
	give(small[0], 7);
	give(quarter, 8);
	give(half, 9);
	KUNIT_EXPECT_EQ(test, nr_blocks(&scratch, SCRATCH_ORDER), 1ul);
}

/*
 * Are free frames counted one by one? Every second one of a block is free:
 * half of it, for whose sake it changes sides, or one less.
 *
 *	|#.#.#.#.#.#.#.#. ... #.#.|
 */
static void half_a_block_in_pieces(struct kunit *test)
{
	enum { ALL = 1 << SCRATCH_ORDER };
	static struct page *pages[ALL];
	unsigned int i, less;
	struct page *page;

	scratch_fill(&scratch);
	for (less = 0; less < 2; less++) {
		for (i = 0; i < ALL; i++) {
			pages[i] = take(0, MIGRATE_MOVABLE);
			KUNIT_ASSERT_NOT_NULL(test, pages[i]);
		}
		for (i = 0; i < ALL; i++)
			if (page_to_pfn(pages[i]) % ALL >= 2 * less &&
			    page_to_pfn(pages[i]) % 2)
				give(pages[i], 0);
		page = take(0, MIGRATE_UNMOVABLE);
		KUNIT_EXPECT_NOT_NULL(test, page);
		KUNIT_EXPECT_EQ(test, block_type(),
				less ? (int)MIGRATE_MOVABLE :
				       (int)MIGRATE_UNMOVABLE);
		KUNIT_EXPECT_TRUE(test, buddy_verify(&scratch.zone));
		give(page, 0);
		for (i = 0; i < ALL; i++)
			if (page_to_pfn(pages[i]) % ALL < 2 * less ||
			    page_to_pfn(pages[i]) % 2 == 0)
				give(pages[i], 0);
		KUNIT_EXPECT_EQ(test, nr_blocks(&scratch, SCRATCH_ORDER), 1ul);
	}
}

/* Is the largest block that others have looked at first, not the smallest? */
static void largest_block_is_stolen(struct kunit *test)
{
	struct page *taken[9], *page;
	int order;

	scratch_fill(&scratch);
	taken[8] = take(9, MIGRATE_MOVABLE);
	for (order = 0; order < 8; order++)
		taken[order] = take(order, MIGRATE_MOVABLE);
	give(taken[0], 0);
	/* a block of order 8 and small ones: the pageblock is worth taking */
	KUNIT_EXPECT_EQ(test, nr_blocks(&scratch, 8), 1ul);
	page = take(0, MIGRATE_UNMOVABLE);
	KUNIT_EXPECT_NOT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, block_type(), (int)MIGRATE_UNMOVABLE);
	give(page, 0);
	for (order = 1; order < 8; order++)
		give(taken[order], order);
	give(taken[8], 9);
	KUNIT_EXPECT_EQ(test, nr_blocks(&scratch, SCRATCH_ORDER), 1ul);
}

/* Does a movable request not take over even what an unmovable one may? */
static void movable_takes_less(struct kunit *test)
{
	struct page *half, *quarter, *page;

	set_pageblock_migratetype(scratch.block, MIGRATE_UNMOVABLE);
	scratch_fill(&scratch);
	half = take(9, MIGRATE_UNMOVABLE);
	quarter = take(8, MIGRATE_UNMOVABLE);
	page = take(0, MIGRATE_MOVABLE);
	KUNIT_EXPECT_EQ(test, block_type(), (int)MIGRATE_UNMOVABLE);
	give(page, 0);
	/* a quarter is free, in one large block: enough for who cannot move */
	page = take(0, MIGRATE_RECLAIMABLE);
	KUNIT_EXPECT_EQ(test, block_type(), (int)MIGRATE_RECLAIMABLE);
	give(page, 0);
	give(quarter, 8);
	give(half, 9);
	KUNIT_EXPECT_TRUE(test, buddy_verify(&scratch.zone));
}

/* Does a request fail only if no mobility at all has a block? */
static void any_kind_rather_than_none(struct kunit *test)
{
	unsigned long taken = 0;
	LIST_HEAD(pages);
	struct page *page, *next;
	int type = 0;

	scratch_fill(&scratch);
	while ((page = take(0, type))) {
		list_add(&page->lru, &pages);
		type = (type + 1) % MIGRATE_TYPES;
		taken++;
	}
	KUNIT_EXPECT_EQ(test, taken, SCRATCH_PAGES);
	list_for_each_entry_safe(page, next, &pages, lru)
		give(page, 0);
	KUNIT_EXPECT_EQ(test, nr_blocks(&scratch, SCRATCH_ORDER), 1ul);
	KUNIT_EXPECT_TRUE(test, buddy_verify(&scratch.zone));
}

/*
 * With unmovable and movable pages taken in turn, do they keep out of each
 * other's pageblocks? (Each pageblock of one kind only, in real memory.)
 */
static void kinds_are_kept_apart(struct kunit *test)
{
	enum { PAIRS = 256 };
	static struct page *unmovable[PAIRS], *movable[PAIRS];
	int i, mixed = 0;

	if (page_group_by_mobility_disabled)
		kunit_skip(test, "memory is too small for grouping");
	for (i = 0; i < PAIRS; i++) {
		unmovable[i] = alloc_page(GFP_KERNEL);
		movable[i] = alloc_page(GFP_KERNEL | __GFP_MOVABLE);
		KUNIT_ASSERT_NOT_NULL(test, unmovable[i]);
		KUNIT_ASSERT_NOT_NULL(test, movable[i]);
	}
	for (i = 0; i < PAIRS; i++) {
		mixed += get_pageblock_migratetype(unmovable[i]) ==
			 MIGRATE_MOVABLE;
		mixed += get_pageblock_migratetype(movable[i]) ==
			 MIGRATE_UNMOVABLE;
		__free_page(unmovable[i]);
		__free_page(movable[i]);
	}
	KUNIT_EXPECT_LT(test, mixed, PAIRS / 4);
}

/* With memory too small for grouping, is everything of one kind? */
static void small_memory_is_not_grouped(struct kunit *test)
{
	unsigned long pfn;

	if (!page_group_by_mobility_disabled)
		kunit_skip(test, "memory is large enough for grouping");
	for (pfn = 0; pfn < max_pfn; pfn += pageblock_nr_pages)
		if (pfn_to_page(pfn) != scratch.block)
			KUNIT_EXPECT_EQ(test,
					(int)get_pageblock_migratetype(
						pfn_to_page(pfn)),
					(int)MIGRATE_UNMOVABLE);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(own_kind_first),
	KUNIT_CASE(free_block_changes_sides),
	KUNIT_CASE(used_block_stays),
	KUNIT_CASE(half_a_block_in_pieces),
	KUNIT_CASE(largest_block_is_stolen),
	KUNIT_CASE(movable_takes_less),
	KUNIT_CASE(any_kind_rather_than_none),
	KUNIT_CASE(kinds_are_kept_apart),
	KUNIT_CASE(small_memory_is_not_grouped),
	{ }
};

static struct kunit_suite suite = {
	.name = "mobility",
	.init = init,
	.exit = exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
