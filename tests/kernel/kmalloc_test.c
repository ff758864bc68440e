// SPDX-License-Identifier: MIT
/*
 * kmalloc() and its kin: classes, alignment, sizes that change, refusals.
 */
#include <kunit/test.h>
#include <linux/align.h>
#include <linux/compiler.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmstat.h>

#include "../../mm/slab.h"
#include "kasan_skip.h"

/* A value that the compiler does not know. */
static size_t opaque(size_t value)
{
	OPTIMIZER_HIDE_VAR(value);
	return value;
}

static struct kmem_cache *cache_of(const void *p)
{
	return virt_to_page(p)->slab_cache;
}

/* --- kmalloc_classes --- */

/* The smallest class that holds size, by looking at all of them. */
static unsigned int smallest_class(size_t size)
{
	unsigned int i, best = UINT_MAX, class;

	for (i = 1; i <= KMALLOC_SHIFT_HIGH; i++) {
		class = kmem_cache_size(kmalloc_caches[KMALLOC_NORMAL][i]);
		if (class >= size && class < best)
			best = class;
	}
	return best;
}

/* Does every size from 1 to 8192 get the smallest class that holds it? K1 */
static void every_size_has_its_class(struct kunit *test)
{
	size_t size, wrong = 0;
	void *p;

	for (size = 1; size <= KMALLOC_MAX_CACHE_SIZE; size++) {
		p = kmalloc(size, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, p);
		wrong += ksize(p) != smallest_class(size);
		wrong += kmalloc_size_roundup(size) != ksize(p);
		kfree(p);
	}
	KUNIT_EXPECT_EQ(test, wrong, 0);
}

#define CONSTANT(n) { (n), kmalloc_index(n) }

/* Does a size known when compiling get the class that the table gives? */
static void constant_sizes_agree(struct kunit *test)
{
	const struct {
		size_t size;
		unsigned int index;
	} sizes[] = {
		CONSTANT(1), CONSTANT(8), CONSTANT(9), CONSTANT(16),
		CONSTANT(17), CONSTANT(32), CONSTANT(33), CONSTANT(64),
		CONSTANT(65), CONSTANT(96), CONSTANT(97), CONSTANT(128),
		CONSTANT(129), CONSTANT(192), CONSTANT(193), CONSTANT(256),
		CONSTANT(257), CONSTANT(1024), CONSTANT(1025),
		CONSTANT(4097), CONSTANT(8192),
	};
	unsigned int i;
	void *p;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		p = kmalloc(sizes[i].size, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, p);
		KUNIT_EXPECT_PTR_EQ_MSG(
			test, cache_of(p),
			kmalloc_caches[KMALLOC_NORMAL][sizes[i].index],
			"size %zu", sizes[i].size);
		kfree(p);
	}
	p = kmalloc(100, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_STREQ(test, kmem_cache_name(cache_of(p)), "kmalloc-128");
	kfree(p);
}

/* Is a power of two aligned to itself, and all to 8 bytes? K2 */
static void natural_alignment(struct kunit *test)
{
	void *objects[40];
	size_t size, wrong = 0;
	unsigned int i;

	for (size = 8; size <= 65536; size *= 2) {
		for (i = 0; i < ARRAY_SIZE(objects); i++) {
			objects[i] = kmalloc(size, GFP_KERNEL);
			KUNIT_ASSERT_NOT_NULL(test, objects[i]);
			wrong += !IS_ALIGNED((unsigned long)objects[i], size);
		}
		for (i = 0; i < ARRAY_SIZE(objects); i++)
			kfree(objects[i]);
	}
	for (size = 1; size < 200; size += 7) {
		objects[0] = kmalloc(size, GFP_KERNEL);
		wrong += !IS_ALIGNED((unsigned long)objects[0], 8);
		kfree(objects[0]);
	}
	KUNIT_EXPECT_EQ(test, wrong, 0);
}

struct kind_param {
	const char *desc;
	gfp_t gfp;
	enum kmalloc_cache_type type;
	const char *name;
};

static const struct kind_param kind_params[] = {
	{ "normal", GFP_KERNEL, KMALLOC_NORMAL, "kmalloc-256" },
	{ "reclaimable", GFP_KERNEL | __GFP_RECLAIMABLE, KMALLOC_RECLAIM,
	  "kmalloc-rcl-256" },
	{ "dma", GFP_KERNEL | GFP_DMA, KMALLOC_DMA, "dma-kmalloc-256" },
	{ "dma wins", GFP_KERNEL | GFP_DMA | __GFP_RECLAIMABLE, KMALLOC_DMA,
	  "dma-kmalloc-256" },
};
KUNIT_ARRAY_PARAM_DESC(kind, kind_params, desc);

/* Does the kind of memory asked for choose the cache and the zone? */
static void kinds_of_memory(struct kunit *test)
{
	const struct kind_param *param = test->param_value;
	void *p = kmalloc(opaque(200), param->gfp);
	void *large = kmalloc(opaque(20000), param->gfp);

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_ASSERT_NOT_NULL(test, large);
	KUNIT_EXPECT_PTR_EQ(test, cache_of(p), kmalloc_caches[param->type][8]);
	KUNIT_EXPECT_STREQ(test, kmem_cache_name(cache_of(p)), param->name);
	if (param->type == KMALLOC_DMA) {
		KUNIT_EXPECT_LE(test, virt_to_phys(p + 199), 0xffffff);
		KUNIT_EXPECT_LE(test, virt_to_phys(large + 19999), 0xffffff);
	}
	KUNIT_EXPECT_FALSE(test, PageHighMem(virt_to_page(p)));
	kfree(p);
	kfree(large);
}

/* Is all memory physically contiguous, at logical addresses? */
static void logical_and_contiguous(struct kunit *test)
{
	size_t size = 100000, at;
	u8 *p = kmalloc(size, GFP_KERNEL);
	unsigned int wrong = 0;

	KUNIT_ASSERT_NOT_NULL(test, p);
	for (at = 0; at < size; at += PAGE_SIZE)
		wrong += virt_to_phys(p + at) != virt_to_phys(p) + at ||
			 page_address(virt_to_page(p)) + at != p + at;
	KUNIT_EXPECT_EQ(test, wrong, 0);
	kfree(p);
}

static struct kunit_case class_cases[] = {
	KUNIT_CASE_SLOW(every_size_has_its_class),
	KUNIT_CASE(constant_sizes_agree),
	KUNIT_CASE(natural_alignment),
	KUNIT_CASE_PARAM(kinds_of_memory, kind_gen_params),
	KUNIT_CASE(logical_and_contiguous),
	{}
};

static struct kunit_suite kmalloc_classes = {
	.name = "kmalloc_classes",
	.test_cases = class_cases,
};

/* --- kmalloc_limits --- */

/* Is nothing something: may the result of size 0 be freed and measured? */
static void size_zero(struct kunit *test)
{
	void *p = kmalloc(opaque(0), GFP_KERNEL);

	KUNIT_EXPECT_PTR_EQ(test, p, ZERO_SIZE_PTR);
	KUNIT_EXPECT_PTR_EQ(test, kzalloc(0, GFP_KERNEL), ZERO_SIZE_PTR);
	KUNIT_EXPECT_EQ(test, ksize(p), 0);
	KUNIT_EXPECT_EQ(test, ksize(NULL), 0);
	KUNIT_EXPECT_TRUE(test, ZERO_OR_NULL_PTR(p));
	kfree(p);
	kfree(NULL);
	kfree_sensitive(p);
	kfree_sensitive(NULL);
}

/* Is a product that does not fit a size_t refused? */
static void overflow_is_refused(struct kunit *test)
{
	size_t n = opaque(SIZE_MAX / 16 + 2);

	KUNIT_EXPECT_NULL(test, kmalloc_array(n, 16, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, kcalloc(16, n, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, krealloc_array(NULL, n, 16, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, kvmalloc_array(n, 16, GFP_KERNEL));
}

/* Does too much give NULL and a warning, or no warning if so asked? */
static void too_large_is_refused(struct kunit *test)
{
	size_t size = opaque(KMALLOC_MAX_SIZE + 1);
	const char *text;
	void *p;

	capture_begin();
	p = kmalloc(size, GFP_KERNEL);
	text = capture_end();
	KUNIT_EXPECT_NULL(test, p);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "4194305"));

	KUNIT_EXPECT_NULL(test, kmalloc(size, GFP_KERNEL | __GFP_NOWARN));
	KUNIT_EXPECT_NULL(test,
			  kmalloc(opaque(SIZE_MAX), GFP_KERNEL | __GFP_NOWARN));
}

/*
 * Are flags that no slab can follow named when pages are asked for, and the
 * request served from lowmem?
 */
static void flags_are_fixed(struct kunit *test)
{
	struct kmem_cache *cachep =
		kmem_cache_create("test-fixed", 64, 0, 0, NULL);
	const char *text;
	void *object, *large;

	KUNIT_ASSERT_NOT_NULL(test, cachep);
	capture_begin();
	object = kmem_cache_alloc(cachep, GFP_KERNEL | __GFP_HIGHMEM);
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "Unexpected gfp: "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "__GFP_HIGHMEM"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "0xcc0 (GFP_KERNEL)\n"));
	KUNIT_ASSERT_TRUE(test, object && virt_addr_valid(object));

	capture_begin();
	large = kmalloc(opaque(65536), GFP_KERNEL | __GFP_HIGHMEM);
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "Unexpected gfp: "));
	KUNIT_EXPECT_TRUE(test, large && virt_addr_valid(large));

	kfree(large);
	kmem_cache_free(cachep, object);
	kmem_cache_destroy(cachep);
}

/* Can the most be had, used to its last byte, and does it come back? */
static void largest_size(struct kunit *test)
{
	u8 *p = kmalloc(KMALLOC_MAX_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_EQ(test, ksize(p), KMALLOC_MAX_SIZE);
	p[0] = 1;
	p[KMALLOC_MAX_SIZE - 1] = 2;
	kfree(p);
}

/* Are large blocks rounded up to 2^n pages, counted, and all returned? */
static void large_blocks(struct kunit *test)
{
	unsigned long before, counted;
	size_t size;
	void *p;

	for (size = 8193; size < 1000000; size = size * 3 / 2) {
		counted = global_zone_page_state(NR_SLAB_UNRECLAIMABLE_B);
		before = nr_free_pages();
		p = kmalloc(size, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, p);
		KUNIT_EXPECT_EQ(test, ksize(p), PAGE_SIZE << get_order(size));
		KUNIT_EXPECT_EQ(test, kmalloc_size_roundup(size), ksize(p));
		KUNIT_EXPECT_EQ(test,
				global_zone_page_state(NR_SLAB_UNRECLAIMABLE_B),
				counted + (1UL << get_order(size)));
		kfree(p);
		KUNIT_EXPECT_EQ(test,
				global_zone_page_state(NR_SLAB_UNRECLAIMABLE_B),
				counted);
		KUNIT_EXPECT_GE(test, nr_free_pages() + 1024, before);
	}
}

/* Is what is asked for zeroed, in a class and in a large block? */
static void zeroed(struct kunit *test)
{
	static const size_t sizes[] = { 5, 60, 64, 100, 3000, 8192, 30000 };
	unsigned int i;
	void *p;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		p = kmalloc(sizes[i], GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, p);
		memset(p, 0xee, sizes[i]);
		kfree(p);
		p = kzalloc(sizes[i], GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, p);
		KUNIT_EXPECT_NULL(test, memchr_inv(p, 0, sizes[i]));
		kfree(p);
	}
	p = kcalloc(opaque(10), 30, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 0, 300));
	kfree(p);
}

/* Do the node forms give memory like the others? */
static void node_forms(struct kunit *test)
{
	void *p = kmalloc_node(50, GFP_KERNEL, 0);
	void *q = kzalloc_node(50, GFP_KERNEL, 0);

	KUNIT_EXPECT_NOT_NULL(test, p);
	KUNIT_ASSERT_NOT_NULL(test, q);
	KUNIT_EXPECT_NULL(test, memchr_inv(q, 0, 50));
	kfree(p);
	kfree(q);
}

static struct kunit_case limit_cases[] = {
	KUNIT_CASE(size_zero),
	KUNIT_CASE(overflow_is_refused),
	KUNIT_CASE(too_large_is_refused),
	KUNIT_CASE(flags_are_fixed),
	KUNIT_CASE(largest_size),
	KUNIT_CASE(large_blocks),
	KUNIT_CASE(zeroed),
	KUNIT_CASE(node_forms),
	{}
};

static struct kunit_suite kmalloc_limits = {
	.name = "kmalloc_limits",
	.test_cases = limit_cases,
};

/* --- kmalloc_resize --- */

/* Does an object that grows within its class stay where it is? */
static void grows_in_place(struct kunit *test)
{
	u8 *p = kmalloc(33, GFP_KERNEL), *q;

	KUNIT_ASSERT_NOT_NULL(test, p);
	memset(p, 0x55, 33);
	q = krealloc(p, 64, GFP_KERNEL);
	KUNIT_ASSERT_PTR_EQ(test, q, p);
	KUNIT_EXPECT_NULL(test, memchr_inv(q, 0x55, 33));
	memset(q, 0x66, 64);
	q = krealloc(p, 10, GFP_KERNEL);
	KUNIT_EXPECT_PTR_EQ(test, q, p);
	KUNIT_EXPECT_NULL(test, memchr_inv(q, 0x66, 10));
	kfree(q);
}

/* Does one that outgrows it keep its contents, through all classes? */
static void grows_by_moving(struct kunit *test)
{
	size_t size, wrong = 0;
	u8 *p = kmalloc(1, GFP_KERNEL), *q;

	KUNIT_ASSERT_NOT_NULL(test, p);
	*p = 1;
	for (size = 2; size <= 40000; size = size * 3 / 2 + 1) {
		q = krealloc(p, size, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, q);
		p = q;
		wrong += p[0] != 1;
		memset(p, 1, size);
	}
	KUNIT_EXPECT_EQ(test, wrong, 0);
	kfree(p);
}

/* Is what is new zero, if the object always was zeroed? */
static void grows_zeroed(struct kunit *test)
{
	u8 *p = kzalloc(40, GFP_KERNEL), *q;

	KUNIT_ASSERT_NOT_NULL(test, p);
	memset(p, 1, 40);
	q = krealloc(p, 60, GFP_KERNEL | __GFP_ZERO);
	KUNIT_ASSERT_NOT_NULL(test, q);
	KUNIT_EXPECT_NULL(test, memchr_inv(q, 1, 40));
	KUNIT_EXPECT_NULL(test, memchr_inv(q + 40, 0, 20));
	p = krealloc(q, 500, GFP_KERNEL | __GFP_ZERO);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 1, 40));
	KUNIT_EXPECT_NULL(test, memchr_inv(p + 40, 0, 460));
	kfree(p);
}

/* Are the ends of krealloc() kmalloc() and kfree(), and failure harmless? */
static void resize_edges(struct kunit *test)
{
	u8 *p = krealloc(NULL, 30, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	memset(p, 9, 30);
	KUNIT_EXPECT_NULL(test, krealloc(p, opaque(KMALLOC_MAX_SIZE + 1),
					 GFP_KERNEL | __GFP_NOWARN));
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 9, 30));
	KUNIT_EXPECT_PTR_EQ(test, krealloc(p, 0, GFP_KERNEL), ZERO_SIZE_PTR);
	p = krealloc(ZERO_SIZE_PTR, 30, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	p = krealloc_array(p, 5, 20, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_GE(test, ksize(p), 100);
	kfree(p);
}

/* May all that ksize() tells be written to without a report? */
static void ksize_is_usable(struct kunit *test)
{
	u8 *p = kmalloc(opaque(70), GFP_KERNEL);
	const char *text;

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_EQ(test, ksize(p), 96);
	memset(p, 3, 96);
	capture_begin();
	kfree(p);
	text = capture_end();
	KUNIT_EXPECT_STREQ(test, text, "");
}

/* Are secrets gone from the memory after kfree_sensitive()? */
static void sensitive_is_overwritten(struct kunit *test)
{
	skip_with_kasan(test, "reads what was freed");

	u8 *p = kmalloc(100000, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	memset(p, 0x5e, 100000);
	kfree_sensitive(p);
	/* Freed, but its frames are still mapped: look for a trace. */
	KUNIT_EXPECT_NULL(test, memchr(p, 0x5e, 100000));

	p = kmalloc(opaque(50), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	memset(p, 0x5e, 50);
	kfree_sensitive(p);
	KUNIT_EXPECT_NULL(test, memchr(p, 0x5e, 50));
}

static struct kunit_case resize_cases[] = {
	KUNIT_CASE(grows_in_place),
	KUNIT_CASE(grows_by_moving),
	KUNIT_CASE(grows_zeroed),
	KUNIT_CASE(resize_edges),
	KUNIT_CASE(ksize_is_usable),
	KUNIT_CASE(sensitive_is_overwritten),
	{}
};

static struct kunit_suite kmalloc_resize = {
	.name = "kmalloc_resize",
	.test_cases = resize_cases,
};

kunit_test_suites(&kmalloc_classes, &kmalloc_limits, &kmalloc_resize);
