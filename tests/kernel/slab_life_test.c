// SPDX-License-Identifier: MIT
/*
 * Caches over their life: made, filled, shrunk, destroyed; and memory short.
 */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmstat.h>

#include "../../mm/slab.h"
#include "kasan_skip.h"

#define MANY	1200
#define MIB	(1UL << 20)

static void *objects[MANY];

/* What stays here after a free would hide leaks of what comes there next. */
static void forget_objects(struct kunit *test)
{
	memset(objects, 0, sizeof(objects));
}

static struct kmem_cache *make_cache(struct kunit *test, unsigned int size,
				     slab_flags_t flags)
{
	struct kmem_cache *cachep;

	cachep = kmem_cache_create("slab_test", size, 0, flags, NULL);
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	return cachep;
}

static unsigned int alloc_upto(struct kmem_cache *cachep, unsigned int nr,
			       gfp_t gfp)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		objects[i] = kmem_cache_alloc(cachep, gfp);
		if (!objects[i])
			break;
	}
	return i;
}

static void free_some(struct kmem_cache *cachep, unsigned int nr)
{
	while (nr--)
		kmem_cache_free(cachep, objects[nr]);
}

/* All of them, or the end of the cache and the case. */
static void alloc_some(struct kunit *test, struct kmem_cache *cachep,
		       unsigned int nr)
{
	unsigned int got = alloc_upto(cachep, nr, GFP_KERNEL);

	if (got == nr)
		return;
	free_some(cachep, got);
	kmem_cache_destroy(cachep);
	KUNIT_FAIL_AND_ABORT(test, "no memory");
}

static unsigned long pages_of(struct kmem_cache *cachep)
{
	return cachep->nr_slabs << cachep->order;
}

/* --- slab_create --- */

struct refuse_param {
	const char *desc;
	const char *name;
	unsigned int size, align;
	slab_flags_t flags;
};

static const struct refuse_param refuse_params[] = {
	{ "no name", NULL, 64, 0, 0 },
	{ "size 0", "slab_test", 0, 0, 0 },
	{ "size above 4 MiB", "slab_test", 4 * MIB + 1, 0, 0 },
	{ "odd alignment", "slab_test", 64, 24, 0 },
	{ "alignment above 4 MiB", "slab_test", 64, 8 * MIB, 0 },
	{ "unknown flag", "slab_test", 64, 0, (__force slab_flags_t)1 },
};
KUNIT_ARRAY_PARAM_DESC(refuse, refuse_params, desc);

/* Are wrong parameters refused with a report, and without a leak? */
static void wrong_parameters_are_refused(struct kunit *test)
{
	const struct refuse_param *param = test->param_value;
	struct kmem_cache *cachep;
	const char *text;

	capture_begin();
	cachep = kmem_cache_create(param->name, param->size, param->align,
				   param->flags, NULL);
	text = capture_end();
	KUNIT_EXPECT_NULL(test, cachep);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "kmem_cache_create"));
}

/*
 * Are alignments given, those of pages, too, and is the largest no mistake,
 * though red zones as wide leave no slab for it?
 */
static void alignments_are_given(struct kunit *test)
{
	static const unsigned int aligns[] = { 8, 64, PAGE_SIZE, 64 << 10 };
	struct kmem_cache *cachep;
	const char *text;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(aligns); i++) {
		cachep = kmem_cache_create("slab_test", 24, aligns[i], 0, NULL);
		KUNIT_ASSERT_NOT_NULL(test, cachep);
		KUNIT_EXPECT_EQ(test, cachep->align, aligns[i]);
		KUNIT_EXPECT_EQ(test, cachep->size % aligns[i], 0U);
		kmem_cache_destroy(cachep);
	}
	capture_begin();
	cachep = kmem_cache_create("slab_test", 24, 4 * MIB, 0, NULL);
	text = capture_end();
	KUNIT_EXPECT_NULL(test, strstr(text, "bad call"));
	kmem_cache_destroy(cachep);
}

struct made_up {
	u64 wide;
	char text[21];
};

/* Does KMEM_CACHE() take name, size and alignment from the struct? */
static void cache_of_a_struct(struct kunit *test)
{
	struct kmem_cache *cachep = KMEM_CACHE(made_up, SLAB_HWCACHE_ALIGN);

	KUNIT_ASSERT_NOT_NULL(test, cachep);
	KUNIT_EXPECT_STREQ(test, kmem_cache_name(cachep), "made_up");
	KUNIT_EXPECT_EQ(test, kmem_cache_size(cachep), sizeof(struct made_up));
	kmem_cache_destroy(cachep);
}

/* Is the part that user copies may touch kept, and a wrong one reported? */
static void usercopy_region(struct kunit *test)
{
	struct kmem_cache *cachep;
	const char *text;

	cachep =
		kmem_cache_create_usercopy("slab_test", 64, 0, 0, 16, 32, NULL);
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	KUNIT_EXPECT_EQ(test, cachep->useroffset, 16);
	KUNIT_EXPECT_EQ(test, cachep->usersize, 32);
	kmem_cache_destroy(cachep);

	capture_begin();
	cachep =
		kmem_cache_create_usercopy("slab_test", 64, 0, 0, 40, 32, NULL);
	text = capture_end();
	KUNIT_EXPECT_STRNEQ(test, text, "");
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	KUNIT_EXPECT_EQ(test, cachep->usersize, 0);
	kmem_cache_destroy(cachep);
}

/* Do the flags that choose memory reach the page allocator? */
static void flags_choose_the_memory(struct kunit *test)
{
	struct kmem_cache *dma = make_cache(test, 500, SLAB_CACHE_DMA);
	unsigned long before, reclaimable;
	struct kmem_cache *plain, *rcl;
	unsigned int i, wrong = 0;

	KUNIT_EXPECT_EQ(test, dma->allocflags, GFP_DMA);
	alloc_some(test, dma, 30);
	for (i = 0; i < 30; i++)
		wrong += page_zonenum(virt_to_page(objects[i])) != ZONE_DMA;
	KUNIT_EXPECT_EQ(test, wrong, 0);
	free_some(dma, 30);
	kmem_cache_destroy(dma);

	plain = make_cache(test, 500, 0);
	KUNIT_EXPECT_EQ(test, plain->allocflags, 0U);
	kmem_cache_destroy(plain);

	rcl = make_cache(test, 500, SLAB_RECLAIM_ACCOUNT);
	KUNIT_EXPECT_EQ(test, rcl->allocflags, __GFP_RECLAIMABLE);
	before = global_zone_page_state(NR_SLAB_RECLAIMABLE_B);
	alloc_some(test, rcl, 30);
	reclaimable = global_zone_page_state(NR_SLAB_RECLAIMABLE_B);
	KUNIT_EXPECT_EQ(test, reclaimable - before, pages_of(rcl));
	free_some(rcl, 30);
	kmem_cache_destroy(rcl);
	KUNIT_EXPECT_EQ(test, global_zone_page_state(NR_SLAB_RECLAIMABLE_B),
			before);
}

static struct kunit_case create_cases[] = {
	KUNIT_CASE_PARAM(wrong_parameters_are_refused, refuse_gen_params),
	KUNIT_CASE(alignments_are_given),
	KUNIT_CASE(cache_of_a_struct),
	KUNIT_CASE(usercopy_region),
	KUNIT_CASE(flags_choose_the_memory),
	{}
};

static struct kunit_suite slab_create = {
	.name = "slab_create",
	.exit = forget_objects,
	.test_cases = create_cases,
};

/* --- slab_shrink --- */

/* Does every page come back, exactly, when the objects did? */
static void pages_come_back(struct kunit *test)
{
	struct kmem_cache *cachep = make_cache(test, 300, 0);
	unsigned long before, pages;

	drain_all_pages(NULL);
	before = nr_free_pages();
	alloc_some(test, cachep, MANY);
	drain_all_pages(NULL);
	pages = pages_of(cachep);
	KUNIT_EXPECT_GE(test, pages, MANY * 300 / PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before - pages);
	free_some(cachep, MANY);
	KUNIT_EXPECT_EQ(test, kmem_cache_shrink(cachep), 0);
	drain_all_pages(NULL);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
	KUNIT_EXPECT_EQ(test, cachep->nr_slabs, 0);
	kmem_cache_destroy(cachep);
}

/* Do empty slabs go back at once, but for the few that are kept? */
static void few_empty_slabs_are_kept(struct kunit *test)
{
	skip_with_kasan(test, "keeps freed objects for a while");

	struct kmem_cache *cachep = make_cache(test, 300, 0);

	alloc_some(test, cachep, MANY);
	free_some(cachep, MANY);
	KUNIT_EXPECT_LE(test, cachep->nr_empty, cachep->keep_empty);
	KUNIT_EXPECT_LE(test, cachep->nr_slabs * cachep->num,
			(cachep->keep_empty + 2) * cachep->num +
				AC_ENTRIES * cachep->num);
	KUNIT_EXPECT_LT(test, pages_of(cachep), MANY * 300 / PAGE_SIZE);
	kmem_cache_destroy(cachep);
}

/*
 * Of objects so small that one slab serves half a per-CPU array and more, is
 * only one empty slab kept?
 */
static void one_empty_slab_of_small_objects(struct kunit *test)
{
	skip_with_kasan(test, "keeps freed objects for a while");

	struct kmem_cache *cachep = make_cache(test, 16, 0);

	KUNIT_ASSERT_GT(test, cachep->num, (unsigned int)AC_ENTRIES / 2);
	alloc_some(test, cachep, MANY);
	free_some(cachep, MANY);
	KUNIT_EXPECT_LE(test, cachep->nr_empty, 1UL);
	kmem_cache_destroy(cachep);
}

/* Is a slab with one object left kept, and told by the result? */
static void used_slabs_stay(struct kunit *test)
{
	struct kmem_cache *cachep = make_cache(test, 300, 0);
	u8 *survivor;

	alloc_some(test, cachep, MANY);
	survivor = objects[0];
	memset(survivor, 0x77, 300);
	objects[0] = objects[MANY - 1];
	free_some(cachep, MANY - 1);
	KUNIT_EXPECT_EQ(test, kmem_cache_shrink(cachep), 1);
	KUNIT_EXPECT_EQ(test, cachep->nr_slabs, 1);
	KUNIT_EXPECT_NULL(test, memchr_inv(survivor, 0x77, 300));
	kmem_cache_free(cachep, survivor);
	KUNIT_EXPECT_EQ(test, kmem_cache_shrink(cachep), 0);
	kmem_cache_destroy(cachep);
}

/* Does slab_shrink_all() reach every cache and count its pages? */
static void shrink_all_caches(struct kunit *test)
{
	struct kmem_cache *a = make_cache(test, 300, 0);
	struct kmem_cache *b = make_cache(test, 1000, 0);
	unsigned long expect;

	slab_shrink_all();
	alloc_some(test, a, 20);
	free_some(a, 20);
	alloc_some(test, b, 20);
	free_some(b, 20);
	expect = pages_of(a) + pages_of(b);
	KUNIT_EXPECT_GE(test, expect, 2);
	KUNIT_EXPECT_EQ(test, slab_shrink_all(), expect);
	KUNIT_EXPECT_EQ(test, pages_of(a) + pages_of(b), 0);
	kmem_cache_destroy(a);
	kmem_cache_destroy(b);
}

/* Takes all blocks of 1 MiB that can be had; returns how many. */
static unsigned int take_all_mib(struct kmem_cache *cachep, gfp_t gfp)
{
	return alloc_upto(cachep, MANY, gfp | __GFP_NOWARN);
}

/* Does the page allocator get empty slabs when it is short? */
static void shrinker_under_pressure(struct kunit *test)
{
	struct kmem_cache *idle = make_cache(test, 2000, 0);
	struct kmem_cache *hog = make_cache(test, MIB, SLAB_NO_USER_FLAGS);
	unsigned int nr;

	alloc_some(test, idle, 40);
	free_some(idle, 40);
	KUNIT_EXPECT_GT(test, idle->nr_slabs, 0);
	nr = take_all_mib(hog, GFP_KERNEL | __GFP_RETRY_MAYFAIL);
	KUNIT_EXPECT_LT(test, nr, MANY);
	KUNIT_EXPECT_EQ(test, idle->nr_slabs, 0);
	free_some(hog, nr);
	kmem_cache_destroy(hog);
	kmem_cache_destroy(idle);
}

/* Is NULL all that happens when memory is out, and does freeing help? */
static void out_of_memory(struct kunit *test)
{
	struct kmem_cache *cachep = make_cache(test, MIB, SLAB_NO_USER_FLAGS);
	unsigned int nr;
	void *p;

	nr = take_all_mib(cachep, GFP_NOWAIT);
	KUNIT_ASSERT_GT(test, nr, 0);
	KUNIT_ASSERT_LT(test, nr, MANY);
	KUNIT_EXPECT_NULL(test,
			  kmem_cache_alloc(cachep, GFP_NOWAIT | __GFP_NOWARN));
	kmem_cache_free(cachep, objects[--nr]);
	p = kmem_cache_alloc(cachep, GFP_NOWAIT | __GFP_NOWARN);
	KUNIT_EXPECT_NOT_NULL(test, p);
	if (p)
		kmem_cache_free(cachep, p);
	free_some(cachep, nr);
	KUNIT_EXPECT_EQ(test, kmem_cache_shrink(cachep), 0);
	kmem_cache_destroy(cachep);
}

static struct kunit_case shrink_cases[] = {
	KUNIT_CASE(pages_come_back),
	KUNIT_CASE(few_empty_slabs_are_kept),
	KUNIT_CASE(one_empty_slab_of_small_objects),
	KUNIT_CASE(used_slabs_stay),
	KUNIT_CASE(shrink_all_caches),
	KUNIT_CASE_SLOW(shrinker_under_pressure),
	KUNIT_CASE_SLOW(out_of_memory),
	{}
};

static struct kunit_suite slab_shrink = {
	.name = "slab_shrink",
	.exit = forget_objects,
	.test_cases = shrink_cases,
};

/* --- slab_destroy --- */

/* Is an object that is left named, kept usable, and the cache ended later? */
static void leaked_objects_are_reported(struct kunit *test)
{
	struct kmem_cache *cachep = make_cache(test, 200, 0);
	char address[16];
	const char *text;

	alloc_some(test, cachep, 3);
	kmem_cache_free(cachep, objects[1]);
	capture_begin();
	kmem_cache_destroy(cachep);
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "slab_test"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "objects remain"));
	snprintf(address, sizeof(address), "Object %p", objects[0]);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, address));
	snprintf(address, sizeof(address), "Object %p", objects[2]);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, address));
	snprintf(address, sizeof(address), "Object %p", objects[1]);
	KUNIT_EXPECT_NULL(test, strstr(text, address));

	memset(objects[0], 1, 200);
	kmem_cache_free(cachep, objects[0]);
	kmem_cache_free(cachep, objects[2]);
	kmem_cache_destroy(cachep);
}

static bool cache_exists(struct kmem_cache *cachep)
{
	struct kmem_cache *other;

	list_for_each_entry(other, &slab_caches, list) {
		if (other == cachep)
			return true;
	}
	return false;
}

/* Does a cache appear and disappear in the list of caches? C1 */
static void destroyed_cache_is_gone(struct kunit *test)
{
	struct kmem_cache *cachep = make_cache(test, 200, 0);

	KUNIT_EXPECT_TRUE(test, slab_is_available());
	KUNIT_EXPECT_TRUE(test, cache_exists(cachep));
	kmem_cache_destroy(cachep);
	KUNIT_EXPECT_FALSE(test, cache_exists(cachep));
	kmem_cache_destroy(NULL);
}

static struct kunit_case destroy_cases[] = {
	KUNIT_CASE(leaked_objects_are_reported),
	KUNIT_CASE(destroyed_cache_is_gone),
	{}
};

static struct kunit_suite slab_destroy = {
	.name = "slab_destroy",
	.exit = forget_objects,
	.test_cases = destroy_cases,
};

/* --- slab_bulk --- */

/* Are the objects of one call as distinct as those of many? */
static void bulk_of_many(struct kunit *test)
{
	struct kmem_cache *cachep = make_cache(test, 80, 0);
	unsigned int i, wrong = 0;

	KUNIT_ASSERT_EQ(test,
			kmem_cache_alloc_bulk(cachep, GFP_KERNEL | __GFP_ZERO,
					      700, objects),
			700);
	for (i = 0; i < 700; i++)
		wrong += memchr_inv(objects[i], 0, 80) != NULL;
	for (i = 0; i < 700; i++)
		memset(objects[i], i & 0xff, 80);
	for (i = 0; i < 700; i++)
		wrong += memchr_inv(objects[i], i & 0xff, 80) != NULL;
	KUNIT_EXPECT_EQ(test, wrong, 0);
	kmem_cache_free_bulk(cachep, 700, objects);
	KUNIT_EXPECT_EQ(test, kmem_cache_shrink(cachep), 0);
	KUNIT_EXPECT_EQ(test,
			kmem_cache_alloc_bulk(cachep, GFP_KERNEL, 0, objects),
			0);
	kmem_cache_destroy(cachep);
}

/* Is it all or none: are the first ones given back when memory ends? */
static void bulk_is_all_or_none(struct kunit *test)
{
	struct kmem_cache *cachep =
		make_cache(test, 4 * MIB - 4096, SLAB_NO_USER_FLAGS);
	int got;

	got = kmem_cache_alloc_bulk(cachep, GFP_NOWAIT | __GFP_NOWARN, MANY,
				    objects);
	KUNIT_EXPECT_EQ(test, got, 0);
	KUNIT_EXPECT_EQ(test, kmem_cache_shrink(cachep), 0);
	kmem_cache_destroy(cachep);
}

/* May objects of several classes of kmalloc() be freed in one call? */
static void bulk_free_without_cache(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < 8; i++) {
		objects[i] = kmalloc(10 << i, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, objects[i]);
	}
	kmem_cache_free_bulk(NULL, 8, objects);
}

static struct kunit_case bulk_cases[] = {
	KUNIT_CASE(bulk_of_many),
	KUNIT_CASE_SLOW(bulk_is_all_or_none),
	KUNIT_CASE(bulk_free_without_cache),
	{}
};

static struct kunit_suite slab_bulk = {
	.name = "slab_bulk",
	.exit = forget_objects,
	.test_cases = bulk_cases,
};

kunit_test_suites(&slab_create, &slab_shrink, &slab_destroy, &slab_bulk);
