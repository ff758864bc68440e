// SPDX-License-Identifier: MIT
/*
 * The sizes of slabs, slots and arrays: is as much as possible of a slab used,
 * and is a CPU's array large where objects are small?
 */
#include <kunit/test.h>
#include <linux/cache.h>
#include <linux/kernel.h>
#include <linux/slab.h>

#include "../../mm/slab_debug.h"

#define MAX_COLOURS	32

static const unsigned int sizes[] = {
	1, 4, 24, 96, 192, 255, 256, 257, 600, 1024, 1025, 1300, 2100, 3000,
	4096, 4097, 5000, 8192, 9000, 20000, 32768, 32769, 100000,
};

static struct kmem_cache *make(struct kunit *test, unsigned int size,
			       unsigned int align, slab_flags_t flags)
{
	struct kmem_cache *cachep =
		kmem_cache_create("slab_sizes", size, align, flags, NULL);

	KUNIT_ASSERT_NOT_NULL(test, cachep);
	return cachep;
}

struct array_param {
	unsigned int size;
	int limit;
};

static const struct array_param array_params[] = {
	{ 4, 64 },     { 256, 64 },   { 257, 32 },  { 1024, 32 },
	{ 1025, 16 },  { 4096, 16 },  { 4097, 8 },  { 32768, 8 },
	{ 32769, 2 },  { 100000, 2 },
};

/* Does an array hold some 16 KiB of objects, and are half of them moved? */
static void arrays_follow_size(struct kunit *test)
{
	unsigned int i;
	int cpu;

	for (i = 0; i < ARRAY_SIZE(array_params); i++) {
		const struct array_param *param = &array_params[i];
		struct kmem_cache *cachep = make(test, param->size, 0, 0);

		for_each_possible_cpu(cpu) {
			const struct array_cache *ac = &cachep->cpu_cache[cpu];

			KUNIT_EXPECT_EQ(test, ac->limit, param->limit);
			KUNIT_EXPECT_EQ(test, (int)ac->batch, ac->limit / 2);
		}
		kmem_cache_destroy(cachep);
	}
}

/* Are as many empty slabs kept as a batch needs, but always one? */
static void empty_slabs_for_a_batch(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct kmem_cache *cachep = make(test, sizes[i], 0, 0);
		unsigned int batch = cachep->cpu_cache[0].batch;
		unsigned int keep = cachep->keep_empty;

		KUNIT_EXPECT_GE(test, keep, 1U);
		KUNIT_EXPECT_TRUE(test,
				  keep == 1 || keep * cachep->num <= batch);
		KUNIT_EXPECT_GT(test, (keep + 1) * cachep->num, batch);
		kmem_cache_destroy(cachep);
	}
}

static unsigned long waste_of(const struct kmem_cache *cachep,
			      unsigned int order)
{
	return (PAGE_SIZE << order) % cachep->size;
}

/*
 * Is the first order taken that loses at most an eighth, or the one that
 * loses least of each page?
 */
static void check_order(struct kunit *test, const struct kmem_cache *cachep)
{
	unsigned long bytes = PAGE_SIZE << cachep->order;
	unsigned long waste = waste_of(cachep, cachep->order);
	unsigned int order;

	KUNIT_EXPECT_LE(test, cachep->size, bytes);
	for (order = 0; order <= SLAB_MAX_ORDER; order++) {
		if (PAGE_SIZE << order < cachep->size)
			continue;
		if (order < cachep->order)
			KUNIT_EXPECT_GT(test, waste_of(cachep, order) * 8,
					PAGE_SIZE << order);
		if (waste * 8 > bytes)
			KUNIT_EXPECT_LE(test,
					waste << (SLAB_MAX_ORDER -
						  cachep->order),
					waste_of(cachep, order)
						<< (SLAB_MAX_ORDER - order));
	}
}

/* L2: have all colours room, and would one more have none? */
static void check_room(struct kunit *test, const struct kmem_cache *cachep)
{
	unsigned long left =
		(PAGE_SIZE << cachep->order) - cachep->num * cachep->size;

	KUNIT_EXPECT_LT(test, left, cachep->size);
	KUNIT_EXPECT_GE(test, cachep->colours, 1U);
	KUNIT_EXPECT_LE(test, cachep->colours, MAX_COLOURS + 0U);
	KUNIT_EXPECT_LE(test, (cachep->colours - 1) * cachep->colour_off, left);
	if (cachep->colours < MAX_COLOURS)
		KUNIT_EXPECT_GT(test, cachep->colours * cachep->colour_off,
				left);
	KUNIT_EXPECT_GE(test, cachep->colour_off, cachep->align);
	KUNIT_EXPECT_EQ(test, cachep->colour_off % L1_CACHE_BYTES, 0U);
}

/* Is as much of a slab used as can be, with checks and without? */
static void slabs_are_used_well(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct kmem_cache *cachep = make(test, sizes[i], 0, 0);

		check_order(test, cachep);
		check_room(test, cachep);
		kmem_cache_destroy(cachep);
	}
}

/* Are objects that ask for it at the start of a line, or of a part of one? */
static void lines_begin_with_objects(struct kunit *test)
{
	static const struct {
		unsigned int size, align;
	} wanted[] = {
		{ L1_CACHE_BYTES + 1, L1_CACHE_BYTES },
		{ L1_CACHE_BYTES, L1_CACHE_BYTES },
		{ L1_CACHE_BYTES / 2 + 1, L1_CACHE_BYTES },
		{ L1_CACHE_BYTES / 2, L1_CACHE_BYTES / 2 },
		{ L1_CACHE_BYTES / 4, L1_CACHE_BYTES / 4 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wanted); i++) {
		struct kmem_cache *cachep =
			make(test, wanted[i].size, 0, SLAB_HWCACHE_ALIGN);

		KUNIT_EXPECT_EQ(test, cachep->align, wanted[i].align);
		KUNIT_EXPECT_EQ(test, cachep->size % cachep->align, 0U);
		kmem_cache_destroy(cachep);
	}
}

/*
 * Does a checked slot hold its parts, none of them over another?
 *
 *	| left zone | object | right zone, >= 1 | struct slab_meta | pad |
 */
static void checked_slots_hold_all(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct kmem_cache *cachep = make(test, sizes[i], 0, 0);
		unsigned int end = cachep->offset + sizeof(struct slab_meta) +
				   cachep->red_left_pad;

		if (cache_debug(cachep)) {
			KUNIT_EXPECT_EQ(test, cachep->red_left_pad,
					cachep->align);
			KUNIT_EXPECT_GT(test, cachep->offset, sizes[i]);
			KUNIT_EXPECT_LE(test, cachep->offset,
					sizes[i] + 2 * sizeof(long) - 1);
			KUNIT_EXPECT_GE(test, cachep->size, end);
			KUNIT_EXPECT_LT(test, cachep->size,
					end + cachep->align);
		}
		KUNIT_EXPECT_EQ(test, cachep->size % cachep->align, 0U);
		kmem_cache_destroy(cachep);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(arrays_follow_size),
	KUNIT_CASE(empty_slabs_for_a_batch),
	KUNIT_CASE(slabs_are_used_well),
	KUNIT_CASE(lines_begin_with_objects),
	KUNIT_CASE(checked_slots_hold_all),
	{}
};

static struct kunit_suite suite = {
	.name = "slab_sizes",
	.test_cases = cases,
};
kunit_test_suite(suite);
