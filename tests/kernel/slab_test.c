// SPDX-License-Identifier: MIT
/*
 * Objects of a cache: are they distinct, aligned, packed, constructed?
 */
#include <kunit/test.h>
#include <linux/align.h>
#include <linux/cache.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../../mm/slab.h"
#include "kasan_skip.h"

#define MANY	600

static void *objects[MANY];

/* What stays here after a free would hide leaks of what comes there next. */
static void forget_objects(struct kunit *test)
{
	memset(objects, 0, sizeof(objects));
}

static struct kmem_cache *make_cache(struct kunit *test, unsigned int size,
				     unsigned int align, slab_flags_t flags)
{
	struct kmem_cache *cachep;

	cachep = kmem_cache_create("slab_test", size, align, flags, NULL);
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	return cachep;
}

static void free_many(struct kmem_cache *cachep, unsigned int nr)
{
	while (nr--)
		kmem_cache_free(cachep, objects[nr]);
}

/* All of them, or the end of the cache and the case. */
static void alloc_many(struct kunit *test, struct kmem_cache *cachep,
		       unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		objects[i] = kmem_cache_alloc(cachep, GFP_KERNEL);
		if (!objects[i]) {
			free_many(cachep, i);
			kmem_cache_destroy(cachep);
			KUNIT_FAIL_AND_ABORT(test, "no memory");
		}
	}
}

/* --- slab_alloc --- */

/* Does each user have his bytes for himself, over many slabs? */
static void objects_do_not_overlap(struct kunit *test)
{
	struct kmem_cache *cachep = make_cache(test, 100, 0, 0);
	unsigned int i, wrong = 0;

	alloc_many(test, cachep, MANY);
	for (i = 0; i < MANY; i++)
		memset(objects[i], i & 0xff, 100);
	for (i = 0; i < MANY; i++)
		wrong += memchr_inv(objects[i], i & 0xff, 100) != NULL;
	KUNIT_EXPECT_EQ(test, wrong, 0);
	free_many(cachep, MANY);
	kmem_cache_destroy(cachep);
}

/* Is the object that was freed last handed out first (it is cache-hot)? */
static void last_in_first_out(struct kunit *test)
{
	skip_with_kasan(test, "keeps freed objects for a while");

	struct kmem_cache *cachep = make_cache(test, 64, 0, 0);
	void *a, *b;

	alloc_many(test, cachep, 2);
	a = objects[0];
	b = objects[1];
	kmem_cache_free(cachep, a);
	kmem_cache_free(cachep, b);
	KUNIT_ASSERT_PTR_EQ(test, kmem_cache_alloc(cachep, GFP_KERNEL), b);
	KUNIT_ASSERT_PTR_EQ(test, kmem_cache_alloc(cachep, GFP_KERNEL), a);
	free_many(cachep, 2);
	kmem_cache_destroy(cachep);
}

/* Are all bytes zero with __GFP_ZERO, though the last user left others? */
static void zeroed_when_asked(struct kunit *test)
{
	struct kmem_cache *cachep = make_cache(test, 76, 0, 0);
	u8 *p = kmem_cache_alloc(cachep, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	memset(p, 0xee, 76);
	kmem_cache_free(cachep, p);
	p = kmem_cache_zalloc(cachep, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 0, 76));
	kmem_cache_free(cachep, p);
	kmem_cache_destroy(cachep);
}

/* Is every object in lowmem, in a page that names its cache? S5 */
static void pages_name_their_cache(struct kunit *test)
{
	struct kmem_cache *cachep = make_cache(test, 3000, 0, 0);
	unsigned int i, wrong = 0;
	struct page *page;

	alloc_many(test, cachep, 50);
	for (i = 0; i < 50; i++) {
		page = virt_to_page(objects[i]);
		wrong += !PageSlab(page) || page->slab_cache != cachep ||
			 PageHighMem(page);
		/* The end may lie in another page of the slab. */
		page = virt_to_page(objects[i] + 2999);
		wrong += !PageSlab(page) || page->slab_cache != cachep;
	}
	KUNIT_EXPECT_EQ(test, wrong, 0);
	free_many(cachep, 50);
	kmem_cache_destroy(cachep);
}

/* S2, S3: does every slab's list agree with its number of objects? */
static unsigned int count_misplaced(struct kmem_cache *cachep)
{
	unsigned long nr = 0, nr_empty = 0;
	unsigned int wrong = 0;
	struct slab *slab;

	list_for_each_entry(slab, &cachep->full, slab_list) {
		wrong += slab->inuse != cachep->num || slab->freelist;
		nr++;
	}
	list_for_each_entry(slab, &cachep->partial, slab_list) {
		wrong += !slab->inuse || slab->inuse >= cachep->num;
		nr++;
	}
	list_for_each_entry(slab, &cachep->empty, slab_list) {
		wrong += slab->inuse != 0;
		nr++;
		nr_empty++;
	}
	return wrong + (nr != cachep->nr_slabs) +
	       (nr_empty != cachep->nr_empty);
}

/* Do slabs wander between the lists as they fill and empty? */
static void slabs_are_on_their_list(struct kunit *test)
{
	struct kmem_cache *cachep = make_cache(test, 200, 0, 0);
	unsigned int i;

	alloc_many(test, cachep, MANY);
	KUNIT_EXPECT_EQ(test, count_misplaced(cachep), 0);
	KUNIT_EXPECT_FALSE(test, list_empty(&cachep->full));
	for (i = 0; i < MANY; i += 2)
		kmem_cache_free(cachep, objects[i]);
	kmem_cache_shrink(cachep);
	KUNIT_EXPECT_EQ(test, count_misplaced(cachep), 0);
	KUNIT_EXPECT_TRUE(test, list_empty(&cachep->full));
	KUNIT_EXPECT_FALSE(test, list_empty(&cachep->partial));
	for (i = 1; i < MANY; i += 2)
		kmem_cache_free(cachep, objects[i]);
	KUNIT_EXPECT_EQ(test, count_misplaced(cachep), 0);
	kmem_cache_destroy(cachep);
}

/* Are partial slabs filled up before another slab is begun? */
static void partial_slabs_first(struct kunit *test)
{
	struct kmem_cache *cachep = make_cache(test, 256, 0, 0);
	unsigned long before;
	unsigned int i;

	alloc_many(test, cachep, 320);
	for (i = 0; i < 320; i += 4)
		kmem_cache_free(cachep, objects[i]);
	kmem_cache_shrink(cachep);
	before = cachep->nr_slabs;
	for (i = 0; i < 320; i += 4) {
		objects[i] = kmem_cache_alloc(cachep, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, objects[i]);
	}
	KUNIT_EXPECT_EQ(test, cachep->nr_slabs, before);
	free_many(cachep, 320);
	kmem_cache_destroy(cachep);
}

/* Is the state of interrupts as it was, also when a slab had to be made? */
static void interrupts_stay_as_they_were(struct kunit *test)
{
	struct kmem_cache *cachep = make_cache(test, 1000, 0, 0);
	unsigned long flags;
	unsigned int i;
	bool off = true, on = true;

	local_irq_save(flags);
	for (i = 0; i < 40; i++) {
		objects[i] = kmem_cache_alloc(cachep, GFP_ATOMIC);
		off &= irqs_disabled();
	}
	for (i = 0; i < 40; i++) {
		if (objects[i])
			kmem_cache_free(cachep, objects[i]);
		off &= irqs_disabled();
	}
	local_irq_restore(flags);
	kmem_cache_shrink(cachep);
	for (i = 0; i < 40; i++) {
		objects[i] = kmem_cache_alloc(cachep, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, objects[i]);
		on &= !irqs_disabled();
	}
	free_many(cachep, 40);
	KUNIT_EXPECT_TRUE(test, off);
	KUNIT_EXPECT_TRUE(test, on);
	kmem_cache_destroy(cachep);
}

static bool irqs_off_in_ctor;

static void watching_ctor(void *obj)
{
	irqs_off_in_ctor = irqs_disabled();
}

/* While a slab is made, are interrupts on if, and only if, the caller's are? */
static void interrupts_while_growing(struct kunit *test)
{
	struct kmem_cache *cachep;
	unsigned long flags;
	void *p;

	cachep = kmem_cache_create("slab_test", 64, 0, 0, watching_ctor);
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	irqs_off_in_ctor = true;
	p = kmem_cache_alloc(cachep, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_FALSE(test, irqs_off_in_ctor);
	kmem_cache_free(cachep, p);
	kmem_cache_shrink(cachep);

	local_irq_save(flags);
	p = kmem_cache_alloc(cachep, GFP_ATOMIC);
	local_irq_restore(flags);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_TRUE(test, irqs_off_in_ctor);
	kmem_cache_free(cachep, p);
	kmem_cache_destroy(cachep);
}

/* Is a request that may sleep reported where sleeping is wrong? */
static void sleeping_request_in_atomic_context(struct kunit *test)
{
	struct kmem_cache *cachep;
	const char *text;
	void *p, *q;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "release builds do not check");
	cachep = make_cache(test, 32, 0, 0);
	preempt_disable();
	capture_begin();
	p = kmem_cache_alloc(cachep, GFP_KERNEL);
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "sleeping function"));
	capture_begin();
	q = kmem_cache_alloc(cachep, GFP_ATOMIC);
	text = capture_end();
	preempt_enable();
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_ASSERT_NOT_NULL(test, q);
	KUNIT_EXPECT_STREQ(test, text, "");
	kmem_cache_free(cachep, p);
	kmem_cache_free(cachep, q);
	kmem_cache_destroy(cachep);
}

static struct kunit_case alloc_cases[] = {
	KUNIT_CASE(objects_do_not_overlap),
	KUNIT_CASE(last_in_first_out),
	KUNIT_CASE(zeroed_when_asked),
	KUNIT_CASE(pages_name_their_cache),
	KUNIT_CASE(slabs_are_on_their_list),
	KUNIT_CASE(partial_slabs_first),
	KUNIT_CASE(interrupts_stay_as_they_were),
	KUNIT_CASE(interrupts_while_growing),
	KUNIT_CASE(sleeping_request_in_atomic_context),
	{}
};

static struct kunit_suite slab_alloc = {
	.name = "slab_alloc",
	.exit = forget_objects,
	.test_cases = alloc_cases,
};

/* --- slab_ctor --- */

static unsigned int constructed;

static void fill_ctor(void *obj)
{
	memset(obj, 0xc7, 60);
	constructed++;
}

/* Is every object constructed once, and kept so while it is free? S6 */
static void ctor_runs_once_per_object(struct kunit *test)
{
	struct kmem_cache *cachep;
	unsigned int i, round, wrong = 0;

	constructed = 0;
	cachep = kmem_cache_create("slab_test", 60, 0, 0, fill_ctor);
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	for (round = 0; round < 3; round++) {
		alloc_many(test, cachep, 300);
		for (i = 0; i < 300; i++)
			wrong += memchr_inv(objects[i], 0xc7, 60) != NULL;
		free_many(cachep, 300);
		if (!round)
			KUNIT_EXPECT_GE(test, constructed, 300);
	}
	KUNIT_EXPECT_EQ(test, wrong, 0);
	/* Slabs that had gone were made again, but no object twice. */
	KUNIT_EXPECT_EQ(test, constructed % cachep->num, 0);
	kmem_cache_destroy(cachep);
}

/* Does what the last user left in a constructed object stay in it? */
static void constructed_object_is_kept(struct kunit *test)
{
	struct kmem_cache *cachep;
	u8 *p;

	cachep = kmem_cache_create("slab_test", 60, 0, 0, fill_ctor);
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	p = kmem_cache_alloc(cachep, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	memset(p, 0x11, 60);
	kmem_cache_free(cachep, p);
	/* Onto the freelist, which runs through the objects, and back. */
	alloc_many(test, cachep, 2);
	kmem_cache_free(cachep, objects[1]);
	kmem_cache_shrink(cachep);
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 0x11, 60));
	kmem_cache_free(cachep, objects[0]);
	kmem_cache_destroy(cachep);
}

static struct kunit_case ctor_cases[] = {
	KUNIT_CASE(ctor_runs_once_per_object),
	KUNIT_CASE(constructed_object_is_kept),
	{}
};

static struct kunit_suite slab_ctor = {
	.name = "slab_ctor",
	.exit = forget_objects,
	.test_cases = ctor_cases,
};

/* --- slab_align --- */

struct align_param {
	const char *desc;
	unsigned int size, align, expect;
	slab_flags_t flags;
};

static const struct align_param align_params[] = {
	{ "word by default", 13, 0, IS_ENABLED(CONFIG_KASAN) ? 8 : 4, 0 },
	{ "as asked: 8", 20, 8, 8, 0 },
	{ "as asked: 32", 7, 32, 32, 0 },
	{ "as asked: 256", 300, 256, 256, 0 },
	{ "as asked: a page", 100, 4096, 4096, 0 },
	{ "more than a page", 100, 16384, 16384, 0 },
	{ "line", 100, 0, 64, SLAB_HWCACHE_ALIGN },
	{ "line: half for small", 30, 0, 32, SLAB_HWCACHE_ALIGN },
	{ "line: quarter for smaller", 12, 0, 16, SLAB_HWCACHE_ALIGN },
	{ "more than the line", 100, 128, 128, SLAB_HWCACHE_ALIGN },
};
KUNIT_ARRAY_PARAM_DESC(align, align_params, desc);

/* Is every object aligned as promised, in slabs of every colour? L1 */
static void objects_are_aligned(struct kunit *test)
{
	const struct align_param *param = test->param_value;
	struct kmem_cache *cachep =
		make_cache(test, param->size, param->align, param->flags);
	unsigned int i, wrong = 0, nr = param->align > 1000 ? 20 : 200;

	alloc_many(test, cachep, nr);
	for (i = 0; i < nr; i++)
		wrong += !IS_ALIGNED((unsigned long)objects[i], param->expect);
	KUNIT_EXPECT_EQ(test, wrong, 0);
	KUNIT_EXPECT_EQ(test, cachep->align, param->expect);
	KUNIT_EXPECT_EQ(test, kmem_cache_size(cachep), param->size);
	free_many(cachep, nr);
	kmem_cache_destroy(cachep);
}

static struct kunit_case align_cases[] = {
	KUNIT_CASE_PARAM(objects_are_aligned, align_gen_params),
	{}
};

static struct kunit_suite slab_align = {
	.name = "slab_align",
	.exit = forget_objects,
	.test_cases = align_cases,
};

/* --- slab_packing --- */

/* Is nothing lost: a page holds 64 objects of 64 bytes? */
static void powers_of_two_fill_the_page(struct kunit *test)
{
	skip_with_kasan(test, "has red zones in slabs");

	struct kmem_cache *cachep = make_cache(test, 64, 0, SLAB_NO_USER_FLAGS);

	KUNIT_EXPECT_EQ(test, cachep->size, 64);
	KUNIT_EXPECT_EQ(test, cachep->order, 0);
	KUNIT_EXPECT_EQ(test, cachep->num, 64);
	alloc_many(test, cachep, 64);
	KUNIT_EXPECT_EQ(test, cachep->nr_slabs, 1);
	free_many(cachep, 64);
	kmem_cache_destroy(cachep);
}

static bool little_waste(unsigned int order, unsigned int size)
{
	unsigned long bytes = PAGE_SIZE << order;

	return size <= bytes && bytes % size * 8 <= bytes;
}

/* Is an eighth lost at most, in the smallest order that allows it? */
static void waste_is_bounded(struct kunit *test)
{
	struct kmem_cache *cachep;
	unsigned int size, order, wrong = 0;

	for (size = 4; size <= 8192; size += 60) {
		cachep = make_cache(test, size, 0, SLAB_NO_USER_FLAGS);
		for (order = 0; order <= SLAB_MAX_ORDER; order++) {
			if (little_waste(order, cachep->size))
				break;
		}
		if (order <= SLAB_MAX_ORDER)
			wrong += cachep->order != order;
		/* L2, L3 */
		wrong += cachep->num > SLAB_MAX_OBJECTS ||
			 (cachep->colours - 1) * cachep->colour_off +
					 cachep->num * cachep->size >
				 slab_bytes(cachep);
		kmem_cache_destroy(cachep);
	}
	KUNIT_EXPECT_EQ(test, wrong, 0);
}

/* Is the order the one the head of slab_layout.c works out? */
static void orders_by_waste(struct kunit *test)
{
	skip_with_kasan(test, "has red zones in slabs");

	static const struct {
		unsigned int size, order, num;
	} expect[] = {
		{ 96, 0, 42 }, { 1024, 0, 4 }, { 2048, 0, 2 },
		{ 2100, 2, 7 }, { 4096, 0, 1 }, { 5000, 2, 3 },
		{ 8192, 1, 1 }, { 40000, 4, 1 },
	};
	struct kmem_cache *cachep;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(expect); i++) {
		cachep =
			make_cache(test, expect[i].size, 0, SLAB_NO_USER_FLAGS);
		KUNIT_EXPECT_EQ_MSG(test, cachep->order, expect[i].order,
				    "size %u", expect[i].size);
		KUNIT_EXPECT_EQ_MSG(test, cachep->num, expect[i].num, "size %u",
				    expect[i].size);
		kmem_cache_destroy(cachep);
	}
}

/* Do the first objects of successive slabs lie on different lines? */
static void slabs_have_colours(struct kunit *test)
{
	skip_with_kasan(test, "has red zones in slabs");

	struct kmem_cache *cachep =
		make_cache(test, 1200, 0, SLAB_NO_USER_FLAGS);
	unsigned int i, seen = 0;

	/* 3 in a page, 496 bytes left: places 0, 64, ... 448. */
	KUNIT_EXPECT_EQ(test, cachep->num, 3);
	KUNIT_EXPECT_EQ(test, cachep->colours, 8);
	alloc_many(test, cachep, 3 * 8);
	for (i = 0; i < 3 * 8; i++)
		seen |= 1U << virt_to_slab(cachep, objects[i])->colour / 64;
	KUNIT_EXPECT_EQ(test, seen, 0xff);
	free_many(cachep, 3 * 8);
	kmem_cache_destroy(cachep);
}

static struct kunit_case packing_cases[] = {
	KUNIT_CASE(powers_of_two_fill_the_page),
	KUNIT_CASE(waste_is_bounded),
	KUNIT_CASE(orders_by_waste),
	KUNIT_CASE(slabs_have_colours),
	{}
};

static struct kunit_suite slab_packing = {
	.name = "slab_packing",
	.exit = forget_objects,
	.test_cases = packing_cases,
};

kunit_test_suites(&slab_alloc, &slab_ctor, &slab_align, &slab_packing);
