// SPDX-License-Identifier: MIT
/*
 * DMA on a machine without an IOMMU: masks, streaming and coherent memory,
 * and pools.
 */
#include "windows_test.h"

#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/kmemleak.h>
#include <linux/vmalloc.h>

static u64 test_mask;

static struct device test_dev = {
	.init_name = "test-dev",
	.dma_mask = &test_mask,
};

static int dma_init(struct kunit *test)
{
	return dma_set_mask_and_coherent(&test_dev, DMA_BIT_MASK(32));
}

/* Are masks kept, and those that no memory could satisfy refused? */
static void dma_masks(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, dma_set_mask(&test_dev, DMA_BIT_MASK(24)), 0);
	KUNIT_EXPECT_EQ(test, dma_get_mask(&test_dev), 0xffffffULL);
	KUNIT_EXPECT_EQ(test, dma_set_mask(&test_dev, DMA_BIT_MASK(23)), -EIO);
	KUNIT_EXPECT_EQ(test, dma_get_mask(&test_dev), 0xffffffULL);
	KUNIT_EXPECT_EQ(test, dma_set_coherent_mask(&test_dev, 0xffff), -EIO);
	KUNIT_EXPECT_EQ(test, dma_get_mask(NULL), DMA_BIT_MASK(32));
	KUNIT_EXPECT_EQ(test, DMA_BIT_MASK(64), ~0ULL);
}

/* Is a buffer's bus address its physical one? */
static void dma_single(struct kunit *test)
{
	char *buf = kmalloc(512, GFP_KERNEL);
	dma_addr_t addr;

	KUNIT_ASSERT_NOT_NULL(test, buf);
	addr = dma_map_single(&test_dev, buf, 512, DMA_TO_DEVICE);
	KUNIT_EXPECT_EQ(test, dma_mapping_error(&test_dev, addr), 0);
	KUNIT_EXPECT_EQ(test, addr, (dma_addr_t)__pa(buf));
	dma_sync_single_for_cpu(&test_dev, addr, 512, DMA_TO_DEVICE);
	dma_unmap_single(&test_dev, addr, 512, DMA_TO_DEVICE);
	kfree(buf);
}

/*
 * Is a buffer refused when its last byte is one above the mask, and taken
 * when it ends on it?
 */
static void dma_single_at_the_mask(struct kunit *test)
{
	phys_addr_t end = DMA_BIT_MASK(24) + 1;
	dma_addr_t addr;
	const char *text;

	dma_set_mask(&test_dev, DMA_BIT_MASK(24));
	addr = dma_map_phys(&test_dev, end - 512, 512);
	KUNIT_EXPECT_EQ(test, addr, (dma_addr_t)(end - 512));
	capture_begin();
	addr = dma_map_phys(&test_dev, end - 511, 512);
	text = capture_end();
	KUNIT_EXPECT_EQ(test, addr, DMA_MAPPING_ERROR);
	KUNIT_EXPECT_EQ(test, dma_mapping_error(&test_dev, addr), -ENOMEM);
	addr = dma_map_phys(NULL, 0xfffff000, 4096);
	KUNIT_EXPECT_EQ(test, addr, (dma_addr_t)0xfffff000);
	KUNIT_EXPECT_TRUE(test,
			  text_has(text, "beyond the DMA mask") || !*text);
}

/* Are buffers that have no one physical address, or no direction, caught? */
static void dma_single_misuse(struct kunit *test)
{
	dma_addr_t bad_area, bad_dir;
	const char *text;
	void *area;
	char *buf;

	skip_in_release(test);
	area = vmalloc(PAGE_SIZE);
	buf = kmalloc(64, GFP_KERNEL);
	capture_begin();
	bad_area = dma_map_single(&test_dev, area, 64, DMA_TO_DEVICE);
	bad_dir = dma_map_single(&test_dev, buf, 64, DMA_NONE);
	text = capture_end();
	KUNIT_EXPECT_EQ(test, bad_area, DMA_MAPPING_ERROR);
	KUNIT_EXPECT_EQ(test, bad_dir, DMA_MAPPING_ERROR);
	KUNIT_EXPECT_TRUE(test, text_has(text, "is not lowmem"));
	KUNIT_EXPECT_TRUE(test, text_has(text, "is no direction"));
	kfree(buf);
	vfree(area);
}

/* Can part of a page be lent that has no kernel address? */
static void dma_page(struct kunit *test)
{
	struct page *page = alloc_page(GFP_HIGHUSER);
	dma_addr_t addr;

	KUNIT_ASSERT_NOT_NULL(test, page);
	addr = dma_map_page(&test_dev, page, 100, 50, DMA_FROM_DEVICE);
	KUNIT_EXPECT_EQ(test, addr, (dma_addr_t)(page_to_phys(page) + 100));
	dma_unmap_page(&test_dev, addr, 50, DMA_FROM_DEVICE);
	__free_page(page);
}

/* Is coherent memory zeroed, in a row, aligned, and within the mask? */
static void dma_coherent(struct kunit *test)
{
	static const unsigned int bits[] = { 32, 30, 26, 25, 24 };
	unsigned int i, k, round, wrong = 0;
	dma_addr_t handle;
	char *addr;

	for (i = 0; i < ARRAY_SIZE(bits); i++) {
		dma_set_coherent_mask(&test_dev, DMA_BIT_MASK(bits[i]));
		for (round = 0; round < 3; round++) {
			size_t size = 3000 + 4096 * round;

			addr = dma_alloc_coherent(&test_dev, size, &handle,
						  GFP_KERNEL);
			KUNIT_ASSERT_NOT_NULL(test, addr);
			KUNIT_EXPECT_EQ(test, handle, (dma_addr_t)__pa(addr));
			KUNIT_EXPECT_TRUE(test, PAGE_ALIGNED(addr));
			KUNIT_EXPECT_LE(test, (u64)handle + size - 1,
					DMA_BIT_MASK(bits[i]));
			for (k = 0; k < size; k++)
				wrong += addr[k] != 0;
			memset(addr, 0xee, size);
			dma_free_coherent(&test_dev, size, addr, handle);
		}
	}
	KUNIT_EXPECT_EQ(test, wrong, 0U);
	KUNIT_EXPECT_NULL(test, dma_alloc_coherent(&test_dev, 0, &handle,
						   GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, dma_alloc_coherent(&test_dev, 5 << 20, &handle,
						   GFP_KERNEL));
}

/*
 * Memory whose last byte is the first beyond the mask: is other memory taken?
 *
 *	|.............. mask|
 *	          | page    #|
 */
static void dma_coherent_to_the_mask(struct kunit *test)
{
	dma_addr_t first, second;
	void *addr;

	dma_set_coherent_mask(&test_dev, DMA_BIT_MASK(32));
	addr = dma_alloc_coherent(&test_dev, PAGE_SIZE, &first, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	dma_free_coherent(&test_dev, PAGE_SIZE, addr, first);
	if (first < 16U << 20)
		kunit_skip(test, "no lowmem beyond the zone for DMA");
	test_dev.coherent_dma_mask = first + PAGE_SIZE - 2;
	addr = dma_alloc_coherent(&test_dev, PAGE_SIZE, &second, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_LT(test, second, first);
	dma_free_coherent(&test_dev, PAGE_SIZE, addr, second);
	test_dev.coherent_dma_mask = first + PAGE_SIZE - 1;
	addr = dma_alloc_coherent(&test_dev, PAGE_SIZE, &second, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_EQ(test, second, first);
	dma_free_coherent(&test_dev, PAGE_SIZE, addr, second);
}

/*
 * A zone that the caller names, and pages that hold together, are not for this
 * memory: are both left aside without a word?
 */
static void dma_coherent_flags(struct kunit *test)
{
	static const gfp_t flags[] = { __GFP_HIGHMEM, __GFP_DMA, __GFP_COMP };
	unsigned int i;
	dma_addr_t handle;
	const char *text;
	void *addr;

	for (i = 0; i < 2 * ARRAY_SIZE(flags); i++) {
		dma_set_coherent_mask(&test_dev, DMA_BIT_MASK(i % 2 ? 24 : 32));
		capture_begin();
		addr = dma_alloc_coherent(&test_dev, 3 * PAGE_SIZE, &handle,
					  GFP_KERNEL | flags[i / 2]);
		text = capture_end();
		KUNIT_EXPECT_STREQ(test, text, "");
		KUNIT_ASSERT_NOT_NULL(test, addr);
		KUNIT_EXPECT_FALSE(test, PageCompound(virt_to_page(addr)));
		KUNIT_EXPECT_LE(test, (u64)handle,
				test_dev.coherent_dma_mask - 3 * PAGE_SIZE);
		dma_free_coherent(&test_dev, 3 * PAGE_SIZE, addr, handle);
	}
}

/* Does a device without a mask, or with too small a one, get none set? */
static void dma_masks_refused(struct kunit *test)
{
	struct device bare = { .init_name = "bare" };

	KUNIT_EXPECT_EQ(test, dma_set_mask(&bare, DMA_BIT_MASK(32)), -EIO);
	KUNIT_EXPECT_EQ(test,
			dma_set_mask_and_coherent(&bare, DMA_BIT_MASK(32)),
			-EIO);
	KUNIT_EXPECT_EQ(test, bare.coherent_dma_mask, 0ULL);
	dma_set_coherent_mask(&test_dev, DMA_BIT_MASK(28));
	KUNIT_EXPECT_EQ(test, dma_set_mask_and_coherent(&test_dev, 0xfff),
			-EIO);
	KUNIT_EXPECT_EQ(test, test_dev.coherent_dma_mask, DMA_BIT_MASK(28));
}

/*
 * Without a device, or with one that has no coherent mask, is any lowmem
 * given; and is a wrong handle told when it comes back?
 */
static void dma_coherent_without_mask(struct kunit *test)
{
	struct device bare = { .init_name = "bare" };
	dma_addr_t handle;
	const char *text;
	void *addr;

	addr = dma_alloc_coherent(NULL, 100, &handle, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	dma_free_coherent(NULL, 100, addr, handle);
	addr = dma_alloc_coherent(&bare, 100, &handle, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	capture_begin();
	dma_free_coherent(&bare, 100, addr, handle + 4);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "is not at bus address"));
	dma_free_coherent(&bare, 100, NULL, 0);
}

static struct kunit_case dma_cases[] = {
	KUNIT_CASE(dma_masks),
	KUNIT_CASE(dma_single),
	KUNIT_CASE(dma_single_at_the_mask),
	KUNIT_CASE(dma_single_misuse),
	KUNIT_CASE(dma_page),
	KUNIT_CASE(dma_coherent),
	KUNIT_CASE(dma_coherent_to_the_mask),
	KUNIT_CASE(dma_coherent_flags),
	KUNIT_CASE(dma_masks_refused),
	KUNIT_CASE(dma_coherent_without_mask),
	{}
};

static struct kunit_suite dma_suite = {
	.name = "dma",
	.init = dma_init,
	.test_cases = dma_cases,
};

/* Size, alignment and boundary of a pool, and whether it can be. */
struct pool_shape {
	const char *name;
	size_t size, align, boundary;
	bool valid;
};

static const struct pool_shape pool_shapes[] = {
	{ "small", 12, 4, 0, true },
	{ "descriptors", 32, 32, 4096, true },
	{ "rows", 96, 32, 256, true },
	{ "a page each", 4096, 4096, 0, true },
	{ "two pages each", 8192, 16, 0, true },
	{ "nothing", 0, 4, 0, false },
	{ "odd alignment", 32, 3, 0, false },
	{ "boundary too small", 64, 16, 32, false },
	{ "odd boundary", 64, 16, 96, false },
	{ "boundary of one block", 5000, 8, 5000, false },
	{ "more than a page", 5000, 8, 0, true },
	{ "alignment beyond a page", 64, 8192, 0, false },
};

KUNIT_ARRAY_PARAM_DESC(pool_shape, pool_shapes, name);

/* Gives back the first blocks, and ends the pool. */
static void pool_end(struct dma_pool *pool, u32 **block, dma_addr_t *dma,
		     unsigned int nr)
{
	while (nr--) {
		dma_pool_free(pool, block[nr], dma[nr]);
		kmemleak_erase((void **)&block[nr]);
	}
	dma_pool_destroy(pool);
}

/*
 * Does each block have its size, alignment and boundary, its own bytes, and
 * the bus address of its memory?
 */
static void pool_blocks(struct kunit *test)
{
	enum { BLOCKS = 80 };
	const struct pool_shape *s = test->param_value;
	struct dma_pool *pool;
	static dma_addr_t dma[BLOCKS];
	static u32 *block[BLOCKS];
	unsigned int i, wrong = 0;

	pool = dma_pool_create("shape", &test_dev, s->size, s->align,
			       s->boundary);
	KUNIT_ASSERT_EQ(test, pool != NULL, s->valid);
	for (i = 0; pool && i < BLOCKS; i++) {
		block[i] = dma_pool_alloc(pool, GFP_KERNEL, &dma[i]);
		if (!block[i])
			pool_end(pool, block, dma, i);
		KUNIT_ASSERT_NOT_NULL(test, block[i]);
		wrong += dma[i] != (dma_addr_t)__pa(block[i]);
		wrong += dma[i] % s->align != 0;
		if (s->boundary)
			wrong += dma[i] / s->boundary !=
				 (dma[i] + s->size - 1) / s->boundary;
		memset(block[i], i, s->size);
	}
	for (i = 0; pool && i < BLOCKS; i++) {
		wrong += block[i][0] != i * 0x01010101;
		wrong += block[i][s->size / 4 - 1] != i * 0x01010101;
	}
	if (pool)
		pool_end(pool, block, dma, BLOCKS);
	KUNIT_EXPECT_EQ(test, wrong, 0U);
}

/* Is a zeroed block zero, after its memory was used? */
static void pool_zalloc(struct kunit *test)
{
	struct dma_pool *pool = dma_pool_create("zero", &test_dev, 64, 0, 0);
	dma_addr_t dma;
	char *block;

	KUNIT_ASSERT_NOT_NULL(test, pool);
	block = dma_pool_alloc(pool, GFP_KERNEL, &dma);
	KUNIT_ASSERT_NOT_NULL(test, block);
	memset(block, 0xff, 64);
	dma_pool_free(pool, block, dma);
	block = dma_pool_zalloc(pool, GFP_ATOMIC, &dma);
	KUNIT_EXPECT_NULL(test, memchr_inv(block, 0, 64));
	dma_pool_free(pool, block, dma);
	dma_pool_destroy(pool);
	dma_pool_destroy(NULL);
}

/* Double free, foreign free, write after free, blocks left: reported? */
static void pool_misuse(struct kunit *test)
{
	dma_addr_t dma, dma2;
	struct dma_pool *pool;
	const char *text;
	char *block, *second;

	skip_in_release(test);
	pool = dma_pool_create("bad", &test_dev, 64, 0, 0);
	KUNIT_ASSERT_NOT_NULL(test, pool);
	block = dma_pool_alloc(pool, GFP_KERNEL, &dma);
	KUNIT_ASSERT_NOT_NULL(test, block);
	second = dma_pool_alloc(pool, GFP_KERNEL, &dma2);
	KUNIT_ASSERT_NOT_NULL(test, second);
	capture_begin();
	dma_pool_free(pool, block + 1, dma + 1);
	dma_pool_free(pool, block, dma2);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "is no block in use"));
	capture_begin();
	dma_pool_destroy(pool);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "2 blocks are in use"));
	dma_pool_free(pool, second, dma2);
	dma_pool_free(pool, block, dma);
	capture_begin();
	dma_pool_free(pool, block, dma);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "is no block in use"));
	block[40] = 1;
	capture_begin();
	block = dma_pool_alloc(pool, GFP_KERNEL, &dma);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "was written to"));
	dma_pool_free(pool, block, dma);
	dma_pool_destroy(pool);
}

/*
 * Is the rest at the end of a row, too short for a block, told from one?
 *	row of 64 bytes: | 24 | 24 | 16 |
 */
static void pool_row_end(struct kunit *test)
{
	struct dma_pool *pool;
	const char *text;
	dma_addr_t dma;
	char *block;

	skip_in_release(test);
	pool = dma_pool_create("rows", &test_dev, 24, 0, 64);
	KUNIT_ASSERT_NOT_NULL(test, pool);
	block = dma_pool_alloc(pool, GFP_KERNEL, &dma);
	KUNIT_ASSERT_NOT_NULL(test, block);
	capture_begin();
	dma_pool_free(pool, block - dma % 64 + 48, dma - dma % 64 + 48);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "is no block in use"));
	dma_pool_free(pool, block, dma);
	dma_pool_destroy(pool);
}

static struct kunit_case pool_cases[] = {
	KUNIT_CASE_PARAM(pool_blocks, pool_shape_gen_params),
	KUNIT_CASE(pool_zalloc),
	KUNIT_CASE(pool_misuse),
	KUNIT_CASE(pool_row_end),
	{}
};

static struct kunit_suite pool_suite = {
	.name = "dma_pool",
	.init = dma_init,
	.test_cases = pool_cases,
};

kunit_test_suites(&dma_suite, &pool_suite);
