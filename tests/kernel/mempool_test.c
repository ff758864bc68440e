// SPDX-License-Identifier: MIT
/*
 * Pools: is the reserve there when the allocator fails, and only then?
 */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mempool.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#define GFP_QUIET	(GFP_NOWAIT | __GFP_NOWARN)

/* An allocator that can be told to fail, and counts. */
static struct faulty {
	int allow;		/* allocations that will still work */
	int live;		/* elements that are not freed */
	gfp_t last_gfp;
} faulty;

static void *faulty_alloc(gfp_t gfp, void *pool_data)
{
	struct faulty *f = pool_data;
	void *p;

	f->last_gfp = gfp;
	if (f->allow <= 0)
		return NULL;
	f->allow--;
	p = kmalloc(40, gfp);
	f->live += p != NULL;
	return p;
}

static void faulty_free(void *element, void *pool_data)
{
	struct faulty *f = pool_data;

	f->live--;
	kfree(element);
}

static mempool_t *faulty_pool(struct kunit *test, int min_nr)
{
	mempool_t *pool;

	faulty = (struct faulty){ .allow = min_nr };
	pool = mempool_create(min_nr, faulty_alloc, faulty_free, &faulty);
	KUNIT_ASSERT_NOT_NULL(test, pool);
	return pool;
}

/* --- mempool_reserve --- */

/* Is the reserve filled at once, and left alone while the allocator works? */
static void reserve_is_kept(struct kunit *test)
{
	mempool_t *pool = faulty_pool(test, 4);
	void *p;

	KUNIT_EXPECT_EQ(test, faulty.live, 4);
	KUNIT_EXPECT_EQ(test, pool->curr_nr, 4);
	faulty.allow = 1;
	p = mempool_alloc(pool, GFP_KERNEL);
	KUNIT_EXPECT_NOT_NULL(test, p);
	KUNIT_EXPECT_EQ(test, pool->curr_nr, 4);
	KUNIT_EXPECT_EQ(test, faulty.live, 5);
	mempool_free(p, pool);
	KUNIT_EXPECT_EQ(test, faulty.live, 4);
	mempool_destroy(pool);
	KUNIT_EXPECT_EQ(test, faulty.live, 0);
}

/* Does it give min_nr elements when the allocator fails, then NULL? */
static void reserve_is_used(struct kunit *test)
{
	mempool_t *pool = faulty_pool(test, 3);
	void *p[3];
	int i;

	faulty.allow = 0;
	for (i = 0; i < 3; i++) {
		p[i] = mempool_alloc(pool, i ? GFP_QUIET : GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, p[i]);
		memset(p[i], i, 40);
		KUNIT_EXPECT_EQ(test, pool->curr_nr, 2 - i);
	}
	KUNIT_EXPECT_NULL(test, mempool_alloc(pool, GFP_QUIET));
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_NULL(test, memchr_inv(p[i], i, 40));
	/* What comes back fills the reserve before anything is freed. */
	for (i = 0; i < 3; i++) {
		mempool_free(p[i], pool);
		KUNIT_EXPECT_EQ(test, pool->curr_nr, i + 1);
		KUNIT_EXPECT_EQ(test, faulty.live, 3);
	}
	mempool_destroy(pool);
	KUNIT_EXPECT_EQ(test, faulty.live, 0);
}

/* Does an element that returns serve the next who asks? */
static void returned_element_is_reused(struct kunit *test)
{
	mempool_t *pool = faulty_pool(test, 1);
	void *p, *q;

	faulty.allow = 0;
	p = mempool_alloc(pool, GFP_QUIET);
	KUNIT_EXPECT_NULL(test, mempool_alloc(pool, GFP_QUIET));
	mempool_free(p, pool);
	q = mempool_alloc(pool, GFP_QUIET);
	KUNIT_EXPECT_PTR_EQ(test, q, p);
	mempool_free(q, pool);
	mempool_free(NULL, pool);
	mempool_destroy(pool);
}

/* Is the allocator asked not to fight, and not to use emergency pages? */
static void allocator_is_asked_softly(struct kunit *test)
{
	mempool_t *pool = faulty_pool(test, 1);
	void *p;

	faulty.allow = 1;
	p = mempool_alloc(pool, GFP_KERNEL);
	KUNIT_EXPECT_EQ(test,
			faulty.last_gfp & (__GFP_NOMEMALLOC | __GFP_NORETRY |
					   __GFP_NOWARN),
			__GFP_NOMEMALLOC | __GFP_NORETRY | __GFP_NOWARN);
	KUNIT_EXPECT_EQ(test, faulty.last_gfp & __GFP_DIRECT_RECLAIM, 0);
	mempool_free(p, pool);
	mempool_destroy(pool);
}

static struct kunit_case reserve_cases[] = {
	KUNIT_CASE(reserve_is_kept),
	KUNIT_CASE(reserve_is_used),
	KUNIT_CASE(returned_element_is_reused),
	KUNIT_CASE(allocator_is_asked_softly),
	{}
};

static struct kunit_suite mempool_reserve = {
	.name = "mempool_reserve",
	.test_cases = reserve_cases,
};

/* --- mempool_create --- */

/* Does a pool whose reserve cannot be filled leave nothing, at any point? */
static void creation_fails_cleanly(struct kunit *test)
{
	mempool_t pool;
	int allow;

	for (allow = 0; allow < 5; allow++) {
		faulty = (struct faulty){ .allow = allow };
		KUNIT_EXPECT_NULL(test, mempool_create(5, faulty_alloc,
						       faulty_free, &faulty));
		KUNIT_EXPECT_EQ(test, faulty.live, 0);
		faulty.allow = allow;
		KUNIT_EXPECT_EQ(test,
				mempool_init(&pool, 5, faulty_alloc,
					     faulty_free, &faulty),
				-ENOMEM);
		KUNIT_EXPECT_EQ(test, faulty.live, 0);
		KUNIT_EXPECT_FALSE(test, mempool_initialized(&pool));
	}
}

/* Does a pool in the caller's memory work like the other? */
static void pool_of_ones_own(struct kunit *test)
{
	mempool_t pool;
	void *p;

	KUNIT_ASSERT_EQ(test, mempool_init_kmalloc_pool(&pool, 2, 100), 0);
	KUNIT_EXPECT_TRUE(test, mempool_initialized(&pool));
	p = mempool_alloc(&pool, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_GE(test, ksize(p), 100);
	mempool_free(p, &pool);
	mempool_exit(&pool);
	KUNIT_EXPECT_FALSE(test, mempool_initialized(&pool));
	mempool_exit(&pool);
	mempool_destroy(NULL);
}

/* Do elements come from the cache the pool was made for? */
static void pool_of_a_cache(struct kunit *test)
{
	struct kmem_cache *cachep;
	mempool_t *pool;
	void *p;

	cachep = kmem_cache_create("mempool_test", 72, 0, 0, NULL);
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	pool = mempool_create_slab_pool(3, cachep);
	KUNIT_ASSERT_NOT_NULL(test, pool);
	p = mempool_alloc(pool, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_PTR_EQ(test, virt_to_page(p)->slab_cache, cachep);
	mempool_free(p, pool);
	mempool_destroy(pool);
	KUNIT_EXPECT_EQ(test, kmem_cache_shrink(cachep), 0);
	kmem_cache_destroy(cachep);
}

/* Are the elements of a page pool blocks of its order? */
static void pool_of_pages(struct kunit *test)
{
	mempool_t *pool = mempool_create_page_pool(2, 1);
	struct page *page;

	KUNIT_ASSERT_NOT_NULL(test, pool);
	page = mempool_alloc(pool, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, page_to_pfn(page) % 2, 0);
	KUNIT_EXPECT_EQ(test, page_count(page), 1);
	memset(page_address(page), 1, 2 * PAGE_SIZE);
	mempool_free(page, pool);
	mempool_destroy(pool);
}

static struct kunit_case create_cases[] = {
	KUNIT_CASE(creation_fails_cleanly),
	KUNIT_CASE(pool_of_ones_own),
	KUNIT_CASE(pool_of_a_cache),
	KUNIT_CASE(pool_of_pages),
	{}
};

static struct kunit_suite mempool_create_suite = {
	.name = "mempool_create",
	.test_cases = create_cases,
};

/* --- mempool_resize --- */

/* Does a larger reserve fill up, and a smaller one give back the rest? */
static void resize_both_ways(struct kunit *test)
{
	mempool_t *pool = faulty_pool(test, 3);

	faulty.allow = 10;
	KUNIT_EXPECT_EQ(test, mempool_resize(pool, 8), 0);
	KUNIT_EXPECT_EQ(test, pool->curr_nr, 8);
	KUNIT_EXPECT_EQ(test, faulty.live, 8);
	KUNIT_EXPECT_EQ(test, mempool_resize(pool, 2), 0);
	KUNIT_EXPECT_EQ(test, pool->curr_nr, 2);
	KUNIT_EXPECT_EQ(test, pool->min_nr, 2);
	KUNIT_EXPECT_EQ(test, faulty.live, 2);
	mempool_destroy(pool);
	KUNIT_EXPECT_EQ(test, faulty.live, 0);
}

/* When memory is short, do later frees complete the larger reserve? */
static void frees_complete_the_reserve(struct kunit *test)
{
	mempool_t *pool = faulty_pool(test, 2);
	void *p;

	faulty.allow = 2;
	p = mempool_alloc(pool, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_EQ(test, mempool_resize(pool, 4), 0);
	KUNIT_EXPECT_EQ(test, pool->curr_nr, 3);
	mempool_free(p, pool);
	KUNIT_EXPECT_EQ(test, pool->curr_nr, 4);
	KUNIT_EXPECT_EQ(test, faulty.live, 4);
	mempool_destroy(pool);
	KUNIT_EXPECT_EQ(test, faulty.live, 0);
}

/* Is a reserve of nothing refused? */
static void resize_to_nothing(struct kunit *test)
{
	mempool_t *pool = faulty_pool(test, 2);
	int err;

	capture_begin();
	err = mempool_resize(pool, 0);
	capture_end();
	KUNIT_EXPECT_EQ(test, err, -EINVAL);
	KUNIT_EXPECT_EQ(test, pool->curr_nr, 2);
	mempool_destroy(pool);
}

static struct kunit_case resize_cases[] = {
	KUNIT_CASE(resize_both_ways),
	KUNIT_CASE(frees_complete_the_reserve),
	KUNIT_CASE(resize_to_nothing),
	{}
};

static struct kunit_suite mempool_resize_suite = {
	.name = "mempool_resize",
	.test_cases = resize_cases,
};

kunit_test_suites(&mempool_reserve, &mempool_create_suite,
		  &mempool_resize_suite);
