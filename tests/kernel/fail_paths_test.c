// SPDX-License-Identifier: MIT
/*
 * Calls that are made of several allocations: when the n-th of them fails, is
 * the answer that there is no memory, and nothing kept or changed? What is
 * kept shows in the check after each case.
 */
#include "fail_nth.h"

#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/mempool.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#define MOST 40 /* attempts that one call may make */

/* A call, undone at once; true if it had its memory. */
struct path {
	const char *name;
	bool (*call)(struct kunit *test);
	unsigned int least; /* allocations that it is made of */
};

static bool formatted(struct kunit *test)
{
	char *p = kasprintf(GFP_KERNEL, "%d and %s", 5, "six");

	if (p)
		KUNIT_EXPECT_STREQ(test, p, "5 and six");
	kfree(p);
	return p;
}

static bool copies(struct kunit *test)
{
	char *a = kmemdup("abc", 3, GFP_KERNEL);
	char *b = kmemdup_nul("abc", 2, GFP_KERNEL);

	if (b)
		KUNIT_EXPECT_STREQ(test, b, "ab");
	kfree(a);
	kfree(b);
	return a && b;
}

/* A larger copy that fails leaves the old one alone. */
static bool grown(struct kunit *test)
{
	char *p = kvmalloc(8, GFP_KERNEL), *more;

	if (!p)
		return false;
	strscpy(p, "keep me", 8);
	more = kvrealloc(p, 8, 3 * PAGE_SIZE, GFP_KERNEL);
	KUNIT_EXPECT_STREQ(test, more ? more : p, "keep me");
	kvfree(more ? more : p);
	return more;
}

static bool wiped(struct kunit *test)
{
	char *p = kvmalloc(2 * PAGE_SIZE, GFP_KERNEL);

	if (p)
		memset(p, 0x5e, 2 * PAGE_SIZE);
	kvfree_sensitive(p, 2 * PAGE_SIZE);
	return p;
}

static bool exact_pages(struct kunit *test)
{
	void *p = alloc_pages_exact(3 * PAGE_SIZE, GFP_KERNEL);

	if (p)
		free_pages_exact(p, 3 * PAGE_SIZE);
	return p;
}

/* What was had before one page failed stays the caller's. */
static bool array_of_pages(struct kunit *test)
{
	struct page *pages[5] = { NULL };
	unsigned long nr = alloc_pages_bulk_array(GFP_KERNEL, 5, pages), i;

	for (i = 0; i < 5; i++)
		KUNIT_EXPECT_EQ(test, pages[i] != NULL, i < nr);
	free_pages_bulk_array(5, pages);
	return nr == 5;
}

static bool zeroed_page(struct kunit *test)
{
	unsigned long addr = get_zeroed_page(GFP_KERNEL);

	if (addr)
		free_page(addr);
	return addr;
}

static bool area(struct kunit *test)
{
	void *p = __vmalloc(3 * PAGE_SIZE, GFP_KERNEL | __GFP_NOWARN);

	vfree(p);
	return p;
}

static bool area_of_pages(struct kunit *test)
{
	struct page *page = virt_to_page(test);
	void *map = vmap(&page, 1, VM_MAP, PAGE_KERNEL);
	void *ram = vm_map_ram(&page, 1, -1);

	if (map)
		vunmap(map);
	if (ram)
		vm_unmap_ram(ram, 1);
	return map && ram;
}

static bool cache(struct kunit *test)
{
	struct kmem_cache *cachep =
		kmem_cache_create("fail_paths", 100, 0, 0, NULL);
	void *p = cachep ? kmem_cache_alloc(cachep, GFP_KERNEL) : NULL;

	if (p)
		kmem_cache_free(cachep, p);
	kmem_cache_destroy(cachep);
	return p;
}

static bool reserve(struct kunit *test)
{
	mempool_t *pool = mempool_create_kmalloc_pool(3, 50);

	mempool_destroy(pool);
	return pool;
}

/* A reserve that cannot grow is what it was; one that did may be short. */
static bool grown_reserve(struct kunit *test)
{
	unsigned int nth = fault_nth_left();
	mempool_t *pool;
	int err;

	fault_nth_set(0);
	pool = mempool_create_kmalloc_pool(2, 50);
	KUNIT_ASSERT_NOT_NULL(test, pool);
	fault_nth_set(nth);
	err = mempool_resize(pool, 4);
	if (err) {
		KUNIT_EXPECT_EQ(test, err, -ENOMEM);
		KUNIT_EXPECT_EQ(test, pool->min_nr, 2);
		KUNIT_EXPECT_EQ(test, pool->curr_nr, 2);
	} else {
		KUNIT_EXPECT_EQ(test, pool->min_nr, 4);
	}
	err |= pool->curr_nr < pool->min_nr;
	mempool_destroy(pool);
	return !err;
}

static bool dma_blocks(struct kunit *test)
{
	struct dma_pool *pool = dma_pool_create("fail_paths", NULL, 64, 0, 0);
	dma_addr_t handle;
	void *p = pool ? dma_pool_alloc(pool, GFP_KERNEL, &handle) : NULL;

	if (p)
		dma_pool_free(pool, p, handle);
	dma_pool_destroy(pool);
	return p;
}

static const struct path paths[] = {
	{ "kasprintf", formatted, 1 },
	{ "kmemdup and kmemdup_nul", copies, 2 },
	{ "kvrealloc", grown, 2 },
	{ "kvfree_sensitive", wiped, 1 },
	{ "alloc_pages_exact", exact_pages, 1 },
	{ "alloc_pages_bulk_array", array_of_pages, 5 },
	{ "get_zeroed_page", zeroed_page, 1 },
	{ "vmalloc", area, 3 },
	{ "vmap and vm_map_ram", area_of_pages, 2 },
	{ "kmem_cache_create", cache, 2 },
	{ "mempool_create", reserve, 5 },
	{ "mempool_resize", grown_reserve, 3 },
	{ "dma_pool", dma_blocks, 3 },
};

KUNIT_ARRAY_PARAM_DESC(path, paths, name);

/* Does each attempt of the call fail in turn, and then none? */
static void each_in_turn(struct kunit *test)
{
	const struct path *path = test->param_value;
	unsigned int nth, failed = 0;

	fail_nth_begin(test);
	for (nth = 1; nth < MOST; nth++) {
		bool done;

		capture_begin();
		fault_nth_set(nth);
		done = path->call(test);
		if (fault_nth_left()) {
			fault_nth_set(0);
			capture_end();
			KUNIT_EXPECT_TRUE(test, done);
			break;
		}
		capture_end();
		failed += !done;
	}
	fail_nth_end(test);
	KUNIT_EXPECT_LT(test, nth, (unsigned int)MOST);
	KUNIT_EXPECT_GE(test, nth - 1, path->least);
	/* some are tried again in another way: kvmalloc() by vmalloc() */
	KUNIT_EXPECT_GE(test, failed + 1, path->least);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(each_in_turn, path_gen_params),
	{}
};

static struct kunit_suite suite = {
	.name = "fail_paths",
	.test_cases = cases,
};
kunit_test_suite(suite);
