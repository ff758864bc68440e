// SPDX-License-Identifier: MIT
/*
 * The buddy by itself: is a block split as drawn, merged with its buddy and
 * no other, and is nothing lost whatever comes in whatever order?
 */
#include "buddy_scratch.h"

#include <linux/kernel.h>
#include <linux/prandom.h>

static struct scratch scratch;

static int init(struct kunit *test)
{
	return scratch_init(test, &scratch);
}

static void exit(struct kunit *test)
{
	scratch_exit(test, &scratch);
}

static struct page *take(unsigned int order)
{
	struct page *page;

	spin_lock(&scratch.zone.lock);
	page = buddy_take(&scratch.zone, order, MIGRATE_UNMOVABLE);
	spin_unlock(&scratch.zone.lock);
	return page;
}

static struct page *take_upto(unsigned int *order, unsigned int want)
{
	struct page *page;

	spin_lock(&scratch.zone.lock);
	page = buddy_take_upto(&scratch.zone, order, want, MIGRATE_UNMOVABLE);
	spin_unlock(&scratch.zone.lock);
	return page;
}

static void give_from(struct list_head *list, int nr)
{
	spin_lock(&scratch.zone.lock);
	buddy_give_list(&scratch.zone, list, 0, nr);
	spin_unlock(&scratch.zone.lock);
}

static void give(unsigned long offset, unsigned int order)
{
	spin_lock(&scratch.zone.lock);
	buddy_give(&scratch.zone, scratch.block + offset, order);
	spin_unlock(&scratch.zone.lock);
}

/* Are all invariants kept, and this many pages free? */
static void expect_free(struct kunit *test, unsigned long pages)
{
	KUNIT_EXPECT_TRUE(test, buddy_verify(&scratch.zone));
	KUNIT_EXPECT_EQ(test, zone_page_state(&scratch.zone, NR_FREE_PAGES),
			pages);
}

/* Exactly one block of each order in the mask, and none of the others? */
static void expect_orders(struct kunit *test, unsigned int mask)
{
	unsigned int order;

	for (order = 0; order < MAX_ORDER; order++)
		KUNIT_EXPECT_EQ_MSG(test, nr_blocks(&scratch, order),
				    mask >> order & 1ul, "order %u", order);
}

/*
 * Does taking order n from one block of order 10 leave one block of each
 * order n .. 9?   10 -> [n] n n+1 ... 9
 */
static void split_leaves_halves(struct kunit *test)
{
	unsigned int order;

	for (order = 0; order < MAX_ORDER; order++) {
		struct page *page;

		scratch_fill(&scratch);
		page = take(order);
		KUNIT_ASSERT_PTR_EQ(test, page, scratch.block);
		expect_orders(test, (1u << SCRATCH_ORDER) - (1u << order));
		expect_free(test, SCRATCH_PAGES - (1ul << order));
		give(0, order);
		expect_orders(test, 1u << SCRATCH_ORDER);
		KUNIT_ASSERT_PTR_EQ(test, take(SCRATCH_ORDER), scratch.block);
	}
}

/* Is the smallest block that will do taken, and the larger one left whole? */
static void smallest_block_first(struct kunit *test)
{
	give(0, 8);
	give(512, 3);
	give(768, 5);
	KUNIT_EXPECT_PTR_EQ(test, take(2), scratch.block + 512);
	KUNIT_EXPECT_EQ(test, nr_blocks(&scratch, 8), 1ul);
	give(512, 2);
	KUNIT_EXPECT_PTR_EQ(test, take(3), scratch.block + 512);
	KUNIT_EXPECT_PTR_EQ(test, take(5), scratch.block + 768);
	KUNIT_EXPECT_PTR_EQ(test, take(8), scratch.block);
	expect_free(test, 0);
}

/* Does take_upto give the smallest block, cut down to what is wanted? */
static void take_upto_cuts(struct kunit *test)
{
	unsigned int order = 0;

	give(0, 8);
	give(512, 1);
	KUNIT_EXPECT_PTR_EQ(test, take_upto(&order, 4), scratch.block + 512);
	KUNIT_EXPECT_EQ(test, order, 1u);
	order = 0;
	KUNIT_EXPECT_PTR_EQ(test, take_upto(&order, 4), scratch.block);
	KUNIT_EXPECT_EQ(test, order, 4u);
	expect_free(test, 256 - 16);
	give(0, 4);
	KUNIT_EXPECT_PTR_EQ(test, take(8), scratch.block);
}

/* From nothing, does taking return NULL at every order? */
static void empty_zone_gives_nothing(struct kunit *test)
{
	unsigned int order;

	for (order = 0; order < MAX_ORDER; order++)
		KUNIT_EXPECT_NULL(test, take(order));
	expect_free(test, 0);
}

/*
 * Do the two halves of every pair merge, whichever comes first, at every
 * order?   [a][b] -> [ab]
 */
static void buddies_merge(struct kunit *test)
{
	unsigned int order, first;

	for (order = 0; order < MAX_ORDER - 1; order++) {
		for (first = 0; first < 2; first++) {
			unsigned long half = 1ul << order;

			give(first ? half : 0, order);
			expect_orders(test, 1u << order);
			give(first ? 0 : half, order);
			expect_orders(test, 2u << order);
			expect_free(test, 2 * half);
			KUNIT_ASSERT_PTR_EQ(test, take(order + 1),
					    scratch.block);
		}
	}
}

/* Do neighbours that are not buddies stay apart?   .[a][b]. */
static void neighbours_do_not_merge(struct kunit *test)
{
	unsigned int order;

	for (order = 0; order < MAX_ORDER - 2; order++) {
		unsigned long size = 1ul << order;

		give(size, order);
		give(2 * size, order);
		KUNIT_EXPECT_EQ(test, nr_blocks(&scratch, order), 2ul);
		KUNIT_EXPECT_EQ(test, nr_blocks(&scratch, order + 1), 0ul);
		expect_free(test, 2 * size);
		KUNIT_ASSERT_NOT_NULL(test, take(order));
		KUNIT_ASSERT_NOT_NULL(test, take(order));
	}
}

/* Does a free buddy of another order stay apart?   [aa][b]. */
static void other_orders_do_not_merge(struct kunit *test)
{
	give(0, 1);
	give(2, 0);
	KUNIT_EXPECT_EQ(test, nr_blocks(&scratch, 0), 1ul);
	KUNIT_EXPECT_EQ(test, nr_blocks(&scratch, 1), 1ul);
	give(3, 0);
	expect_orders(test, 1u << 2);
	KUNIT_ASSERT_PTR_EQ(test, take(2), scratch.block);
}

/* Do 1024 single frames, given back in any order, become one block again? */
static void all_frames_become_one(struct kunit *test)
{
	static unsigned short order[SCRATCH_PAGES];
	struct rnd_state rnd;
	int round, i;

	prandom_seed_state(&rnd, 3);
	for (i = 0; i < SCRATCH_PAGES; i++)
		order[i] = i;
	for (round = 0; round < 4; round++) {
		for (i = SCRATCH_PAGES - 1; round && i > 0; i--) {
			int other = prandom_u32_state(&rnd) % (i + 1);

			swap(order[i], order[other]);
		}
		for (i = 0; i < SCRATCH_PAGES; i++)
			give(order[i], 0);
		expect_orders(test, 1u << SCRATCH_ORDER);
		expect_free(test, SCRATCH_PAGES);
		KUNIT_ASSERT_PTR_EQ(test, take(SCRATCH_ORDER), scratch.block);
	}
}

/* Does buddy_give_list() do what single calls do? */
static void give_list(struct kunit *test)
{
	LIST_HEAD(list);
	int i;

	for (i = 0; i < 64; i++)
		list_add(&scratch.block[i].pcp_list, &list);
	give_from(&list, 48);
	expect_free(test, 48);
	KUNIT_EXPECT_EQ(test, nr_blocks(&scratch, 5), 1ul);
	KUNIT_EXPECT_EQ(test, nr_blocks(&scratch, 4), 1ul);
	give_from(&list, 16);
	KUNIT_EXPECT_TRUE(test, list_empty(&list));
	expect_orders(test, 1u << 6);
	KUNIT_ASSERT_PTR_EQ(test, take(6), scratch.block);
}

/* ---- a random walk beside the simplest model there is: an owner per frame */

#define STEPS	20000
#define LIVE	128

struct live {
	unsigned long offset;
	unsigned int order;
};

static unsigned char owned[SCRATCH_PAGES];

/* Mark a block in the model; false if any frame of it is not as it was. */
static bool model_set(unsigned long offset, unsigned int order, bool used)
{
	unsigned long i;

	for (i = offset; i < offset + (1ul << order); i++) {
		if (owned[i] == used)
			return false;
		owned[i] = used;
	}
	return true;
}

/* Could the model serve this order: an aligned run of frames nobody has? */
static bool model_has(unsigned int order)
{
	unsigned long start, i, size = 1ul << order;

	for (start = 0; start < SCRATCH_PAGES; start += size) {
		for (i = start; i < start + size && !owned[i]; i++)
			;
		if (i == start + size)
			return true;
	}
	return false;
}

static void walk_take(struct kunit *test, struct live *live, int *nr,
		      unsigned int order)
{
	struct page *page = take(order);

	KUNIT_ASSERT_EQ(test, page != NULL, model_has(order));
	if (!page)
		return;
	live[*nr].offset = page - scratch.block;
	live[*nr].order = order;
	KUNIT_ASSERT_EQ(test, live[*nr].offset & ((1ul << order) - 1), 0ul);
	KUNIT_ASSERT_TRUE(test, model_set(live[*nr].offset, order, true));
	++*nr;
}

static void walk_give(struct kunit *test, struct live *live, int *nr, int i)
{
	give(live[i].offset, live[i].order);
	KUNIT_ASSERT_TRUE(test,
			  model_set(live[i].offset, live[i].order, false));
	live[i] = live[--*nr];
}

/*
 * In a random walk, is a block given out if and only if the model has an
 * aligned free run, never twice, and does all come together at the end?
 */
static void random_walk(struct kunit *test)
{
	static struct live live[LIVE];
	struct rnd_state rnd;
	u32 seed = prandom_u32();
	int nr = 0, step;

	kunit_info(test, "seed %u", seed);
	prandom_seed_state(&rnd, seed);
	memset(owned, 0, sizeof(owned));
	scratch_fill(&scratch);
	for (step = 0; step < STEPS; step++) {
		u32 dice = prandom_u32_state(&rnd);
		unsigned int order = dice % 8 * (dice / 8 % 8) / 7;

		if (nr < LIVE && (dice & 0x10000 || !nr))
			walk_take(test, live, &nr, order);
		else
			walk_give(test, live, &nr, dice % nr);
		if (step % 256 == 0)
			KUNIT_ASSERT_TRUE(test, buddy_verify(&scratch.zone));
	}
	while (nr)
		walk_give(test, live, &nr, nr - 1);
	expect_orders(test, 1u << SCRATCH_ORDER);
	expect_free(test, SCRATCH_PAGES);
}

/* Does buddy_verify() itself see each invariant broken? */
static void verify_sees(struct kunit *test)
{
	struct zone *zone = &scratch.zone;
	bool wrong[4];

	scratch_fill(&scratch);
	capture_begin();
	zone->free_area[SCRATCH_ORDER].nr_free++;
	wrong[0] = buddy_verify(zone);
	zone->free_area[SCRATCH_ORDER].nr_free--;
	scratch.block->private = 3;
	wrong[1] = buddy_verify(zone);
	scratch.block->private = SCRATCH_ORDER;
	__mod_zone_page_state(zone, NR_FREE_PAGES, 1);
	wrong[2] = buddy_verify(zone);
	__mod_zone_page_state(zone, NR_FREE_PAGES, -1);
	set_pageblock_migratetype(scratch.block, MIGRATE_MOVABLE);
	wrong[3] = buddy_verify(zone);
	set_pageblock_migratetype(scratch.block, MIGRATE_UNMOVABLE);
	capture_end();
	KUNIT_EXPECT_FALSE(test, wrong[0]);
	KUNIT_EXPECT_FALSE(test, wrong[1]);
	KUNIT_EXPECT_FALSE(test, wrong[2]);
	KUNIT_EXPECT_FALSE(test, wrong[3]);
	KUNIT_EXPECT_TRUE(test, buddy_verify(zone));
}

static struct kunit_case split_cases[] = {
	KUNIT_CASE(split_leaves_halves),
	KUNIT_CASE(smallest_block_first),
	KUNIT_CASE(take_upto_cuts),
	KUNIT_CASE(empty_zone_gives_nothing),
	{ }
};

static struct kunit_case merge_cases[] = {
	KUNIT_CASE(buddies_merge),
	KUNIT_CASE(neighbours_do_not_merge),
	KUNIT_CASE(other_orders_do_not_merge),
	KUNIT_CASE(all_frames_become_one),
	KUNIT_CASE(give_list),
	{ }
};

static struct kunit_case random_cases[] = {
	KUNIT_CASE(random_walk),
	KUNIT_CASE(verify_sees),
	{ }
};

#define SCRATCH_SUITE(_name)						\
static struct kunit_suite _name##_suite = {				\
	.name = "buddy_" #_name,					\
	.init = init,							\
	.exit = exit,							\
	.test_cases = _name##_cases,					\
}

SCRATCH_SUITE(split);
SCRATCH_SUITE(merge);
SCRATCH_SUITE(random);
kunit_test_suites(&split_suite, &merge_suite, &random_suite);
