// SPDX-License-Identifier: MIT
/*
 * Shrinkers: is who holds memory asked when a request is short, with growing
 * pressure, and only on behalf of requests that may wait?
 */
#include "page_hoard.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/shrinker.h>

static struct hoard cache;		/* what the shrinker can give */
static unsigned long asked, given, calls;
static bool stop;

static unsigned long count(struct shrinker *shrinker, struct shrink_control *sc)
{
	return cache.nr;
}

static unsigned long scan(struct shrinker *shrinker, struct shrink_control *sc)
{
	unsigned long freed = 0;

	calls++;
	asked += sc->nr_to_scan;
	if (stop)
		return SHRINK_STOP;
	while (freed < sc->nr_to_scan && cache.nr) {
		struct page *page =
			list_first_entry(&cache.blocks, struct page, lru);

		list_del(&page->lru);
		cache.nr--;
		__free_page(page);
		freed++;
	}
	given += freed;
	return freed;
}

static struct shrinker shrinker = {
	.count_objects = count,
	.scan_objects = scan,
	.seeks = DEFAULT_SEEKS,
	.batch = 8,
};

static int init(struct kunit *test)
{
	asked = given = calls = 0;
	stop = false;
	hoard_init(&cache, 0);
	return register_shrinker(&shrinker, "test");
}

static void exit(struct kunit *test)
{
	unregister_shrinker(&shrinker);
	hoard_release(&cache);
}

/* Empty DMA but for what the shrinker holds of it. */
static void make_short(struct hoard *rest)
{
	hoard_take(&cache, GFP_HOARD | GFP_DMA, 64);
	hoard_init(rest, 0);
	hoard_take(rest, GFP_HOARD | GFP_DMA, ~0ul);
}

/* Does a request that may wait squeeze pages out of a shrinker? */
static void direct_reclaim(struct kunit *test)
{
	struct hoard rest;
	struct page *page;

	make_short(&rest);
	page = alloc_page(GFP_KERNEL | GFP_DMA);
	KUNIT_EXPECT_NOT_NULL(test, page);
	KUNIT_EXPECT_GT(test, given, 0ul);
	if (page)
		__free_page(page);
	hoard_release(&rest);
}

/* Is the shrinker left alone by requests that may not wait? */
static void atomic_does_not_reclaim(struct kunit *test)
{
	struct hoard rest;
	struct page *page;

	make_short(&rest);
	page = alloc_page(GFP_NOWAIT | GFP_DMA | __GFP_NOWARN);
	KUNIT_EXPECT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, calls, 0ul);
	hoard_release(&rest);
}

/* Does __GFP_NORETRY give up after one round, when others go on? */
static void noretry_tries_once(struct kunit *test)
{
	struct hoard rest;
	unsigned long stalls, once;
	struct page *page;

	make_short(&rest);
	stop = true;
	stalls = sum_vm_event(ALLOCSTALL_DMA);
	page = alloc_page(GFP_KERNEL | GFP_DMA | __GFP_NORETRY | __GFP_NOWARN);
	once = sum_vm_event(ALLOCSTALL_DMA) - stalls;
	KUNIT_EXPECT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, once, 1ul);
	stalls = sum_vm_event(ALLOCSTALL_DMA);
	page = alloc_page(GFP_KERNEL | GFP_DMA | __GFP_NOWARN);
	KUNIT_EXPECT_NULL(test, page);
	KUNIT_EXPECT_GT(test, sum_vm_event(ALLOCSTALL_DMA) - stalls, 1ul);
	hoard_release(&rest);
}

/*
 * Is a costly order tried once, but the largest that is none more often, and
 * one with __GFP_RETRY_MAYFAIL, too?
 */
static void costly_orders(struct kunit *test)
{
	struct hoard rest;
	unsigned long stalls;

	make_short(&rest);
	stop = true;
	stalls = sum_vm_event(ALLOCSTALL_DMA);
	KUNIT_EXPECT_NULL(test,
			  alloc_pages(GFP_KERNEL | GFP_DMA | __GFP_NOWARN, 5));
	KUNIT_EXPECT_EQ(test, sum_vm_event(ALLOCSTALL_DMA) - stalls, 1ul);
	stalls = sum_vm_event(ALLOCSTALL_DMA);
	KUNIT_EXPECT_NULL(test, alloc_pages(GFP_KERNEL | GFP_DMA | __GFP_NOWARN,
					    PAGE_ALLOC_COSTLY_ORDER));
	KUNIT_EXPECT_GT(test, sum_vm_event(ALLOCSTALL_DMA) - stalls, 1ul);
	stalls = sum_vm_event(ALLOCSTALL_DMA);
	KUNIT_EXPECT_NULL(test,
			  alloc_pages(GFP_KERNEL | GFP_DMA | __GFP_NOWARN |
					      __GFP_RETRY_MAYFAIL,
				      5));
	KUNIT_EXPECT_GT(test, sum_vm_event(ALLOCSTALL_DMA) - stalls, 1ul);
	hoard_release(&rest);
}

/* Does pressure grow from a 4096th to everything? */
static void pressure_grows(struct kunit *test)
{
	unsigned long scanned = sum_vm_event(SLABS_SCANNED);

	hoard_take(&cache, GFP_KERNEL, 512);
	shrink_slab(GFP_KERNEL, 12);
	KUNIT_EXPECT_EQ(test, given, 0ul);
	shrink_slab(GFP_KERNEL, 6);
	KUNIT_EXPECT_EQ(test, given, 16ul);
	shrink_slab(GFP_KERNEL, 0);
	KUNIT_EXPECT_EQ(test, cache.nr, 0ul);
	KUNIT_EXPECT_GE(test, sum_vm_event(SLABS_SCANNED) - scanned, 512ul);
}

/* Is what is less than a batch remembered, so that it happens some day? */
static void small_caches_are_asked_some_day(struct kunit *test)
{
	int round;

	hoard_take(&cache, GFP_KERNEL, 300);
	for (round = 0; round < 8; round++)
		shrink_slab(GFP_KERNEL, 8);
	KUNIT_EXPECT_EQ(test, given, 16ul);
	KUNIT_EXPECT_EQ(test, calls, 2ul);
}

/* Does one that is registered again owe nothing of its life before? */
static void registered_again(struct kunit *test)
{
	hoard_take(&cache, GFP_KERNEL, 300);
	shrink_slab(GFP_KERNEL, 8);
	KUNIT_EXPECT_EQ(test, shrinker.nr_deferred, 2l);
	unregister_shrinker(&shrinker);
	KUNIT_EXPECT_EQ(test, register_shrinker(&shrinker, "test"), 0);
	KUNIT_EXPECT_EQ(test, shrinker.nr_deferred, 0l);
}

/* Are objects that cost nothing to make again given up by halves? */
static void free_ones_go_by_halves(struct kunit *test)
{
	hoard_take(&cache, GFP_KERNEL, 64);
	shrinker.seeks = 0;
	shrink_slab(GFP_KERNEL, 12);
	shrinker.seeks = DEFAULT_SEEKS;
	KUNIT_EXPECT_EQ(test, given, 32ul);
}

static unsigned long count_none(struct shrinker *s, struct shrink_control *sc)
{
	return SHRINK_EMPTY;
}

/* Is one that has nothing at all not asked to give, also with a batch of 0? */
static void empty_is_not_asked(struct kunit *test)
{
	struct shrinker empty = { .count_objects = count_none,
				  .scan_objects = scan };

	unsigned long freed;

	slab_shrink_all();
	freed = shrink_slab(GFP_KERNEL, 0);
	KUNIT_ASSERT_EQ(test, register_shrinker(&empty, "empty"), 0);
	KUNIT_EXPECT_LE(test, shrink_slab(GFP_KERNEL, 0), freed);
	unregister_shrinker(&empty);
	KUNIT_EXPECT_EQ(test, calls, 0ul);
	empty.count_objects = NULL;
	KUNIT_EXPECT_EQ(test, register_shrinker(&empty, "empty"), -EINVAL);
}

/* Is a shrinker that says stop not asked again in the same round? */
static void stop_is_heard(struct kunit *test)
{
	hoard_take(&cache, GFP_KERNEL, 256);
	stop = true;
	shrink_slab(GFP_KERNEL, 0);
	KUNIT_EXPECT_EQ(test, calls, 1ul);
}

/* Is a shrinker without its two functions refused? */
static void incomplete_is_refused(struct kunit *test)
{
	struct shrinker none = { .count_objects = count };

	KUNIT_EXPECT_EQ(test, register_shrinker(&none, "none"), -EINVAL);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(direct_reclaim),
	KUNIT_CASE(atomic_does_not_reclaim),
	KUNIT_CASE(noretry_tries_once),
	KUNIT_CASE(costly_orders),
	KUNIT_CASE(pressure_grows),
	KUNIT_CASE(small_caches_are_asked_some_day),
	KUNIT_CASE(registered_again),
	KUNIT_CASE(free_ones_go_by_halves),
	KUNIT_CASE(empty_is_not_asked),
	KUNIT_CASE(stop_is_heard),
	KUNIT_CASE(incomplete_is_refused),
	{ }
};

static struct kunit_suite suite = {
	.name = "shrinker",
	.init = init,
	.exit = exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
