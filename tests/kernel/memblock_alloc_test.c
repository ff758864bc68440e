// SPDX-License-Identifier: MIT
/*
 * memblock: what is it given out of, and do its lists grow? A block of pages
 * plays all of physical memory, so that the kernel's own lists rest.
 */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <quire/capture.h>

#define ROOM	4
#define ORDER	4
#define SIZE	(PAGE_SIZE << ORDER)

static struct memblock_region memory_regions[ROOM], reserved_regions[ROOM];
static struct memblock kernels_own;
static unsigned long block;
static phys_addr_t base;

static int init(struct kunit *test)
{
	block = __get_free_pages(GFP_KERNEL, ORDER);
	if (!block)
		return -ENOMEM;
	base = virt_to_phys((void *)block);
	kernels_own = memblock;
	memblock = (struct memblock){
		.current_limit = MEMBLOCK_ALLOC_ANYWHERE,
		.memory = { .max = ROOM, .name = "memory",
			    .regions = memory_regions },
		.reserved = { .max = ROOM, .name = "reserved",
			      .regions = reserved_regions },
	};
	memblock_add(base, SIZE);
	return 0;
}

static void exit(struct kunit *test)
{
	if (!block)
		return;
	memblock = kernels_own;
	free_pages(block, ORDER);
}

/* Is the highest free place given, aligned, below every limit? */
static void highest_first(struct kunit *test)
{
	phys_addr_t end = base + SIZE;

	KUNIT_EXPECT_EQ(test, memblock_phys_alloc(100, 64), end - 128);
	KUNIT_EXPECT_EQ(test, memblock_phys_alloc(100, 4), end - 228);
	KUNIT_EXPECT_EQ(test, memblock_reserved_size(), 200ull);
	memblock_set_current_limit(base + 0x4000);
	KUNIT_EXPECT_EQ(test, memblock_phys_alloc(0x1000, 0x1000),
			base + 0x3000);
	KUNIT_EXPECT_EQ(test,
			memblock_phys_alloc_range(0x800, 16, base,
						  base + 0x2000),
			base + 0x1800);
	/* a bound above the limit is the limit */
	KUNIT_EXPECT_EQ(test, memblock_phys_alloc_range(0x800, 16, base, end),
			base + 0x2800);
	KUNIT_EXPECT_EQ(test,
			memblock_phys_alloc_range(0x1000, 16, base + 0x3800,
						  end),
			0ull);
	KUNIT_EXPECT_EQ(test, memblock_phys_alloc(0, 16), 0ull);
}

/* Is memory given zeroed, by logical address, NULL when there is none? */
static void by_logical_address(struct kunit *test)
{
	u8 *p;

	memset((void *)block, 0xa5, SIZE);
	p = memblock_alloc(PAGE_SIZE, PAGE_SIZE);
	KUNIT_EXPECT_PTR_EQ(test, p, (u8 *)block + SIZE - PAGE_SIZE);
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 0, PAGE_SIZE));
	p = memblock_alloc_raw(PAGE_SIZE, PAGE_SIZE);
	KUNIT_EXPECT_PTR_EQ(test, p, (u8 *)block + SIZE - 2 * PAGE_SIZE);
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 0xa5, PAGE_SIZE));
	KUNIT_EXPECT_NULL(test, memblock_alloc(SIZE, PAGE_SIZE));
	KUNIT_EXPECT_NULL(test, memblock_alloc_raw(SIZE, PAGE_SIZE));
}

/* Is what was given back given again, and only that? */
static void given_back(struct kunit *test)
{
	u8 *a = memblock_alloc(PAGE_SIZE, PAGE_SIZE);
	u8 *b = memblock_alloc(PAGE_SIZE, PAGE_SIZE);

	memblock_free(NULL, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, memblock_reserved_size(), 2ull * PAGE_SIZE);
	memblock_free(a, PAGE_SIZE);
	KUNIT_EXPECT_FALSE(test, memblock_is_reserved(__pa(a)));
	KUNIT_EXPECT_TRUE(test, memblock_is_reserved(__pa(b)));
	KUNIT_EXPECT_PTR_EQ(test, (u8 *)memblock_alloc(PAGE_SIZE, 4), a);
	memblock_phys_free(__pa(b), 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, memblock_reserved_size(), 0ull);
}

/* Do the questions about ranges and borders know all, part and none? */
static void ranges_and_borders(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, memblock_start_of_DRAM(), base);
	KUNIT_EXPECT_EQ(test, memblock_end_of_DRAM(), base + SIZE);
	memblock_remove(base + 0x4000, 0x1000);
	KUNIT_EXPECT_TRUE(test, memblock_is_region_memory(base, 0x4000));
	KUNIT_EXPECT_FALSE(test, memblock_is_region_memory(base, 0x4001));
	KUNIT_EXPECT_FALSE(test, memblock_is_region_memory(base + 0x4000, 1));
	memblock_reserve(base + 0x1000, 0x1000);
	KUNIT_EXPECT_TRUE(test, memblock_is_region_reserved(base, 0x1001));
	KUNIT_EXPECT_FALSE(test, memblock_is_region_reserved(base, 0x1000));
	KUNIT_EXPECT_FALSE(test, memblock_is_region_reserved(base + 0x2000, 1));
	memblock_remove(0, MEMBLOCK_ALLOC_ANYWHERE);
	KUNIT_EXPECT_EQ(test, memblock_start_of_DRAM(), 0ull);
	KUNIT_EXPECT_EQ(test, memblock_end_of_DRAM(), 0ull);
}

/*
 * Does mem= leave that many bytes, counted over the holes?
 *
 *	before  |########|  hole  |####|      0x4000 and 0x2000
 *	after   |########|  hole  |#|         limit 0x5000
 */
static void limit_counts_memory(struct kunit *test)
{
	memblock_remove(base + 0x4000, 0x1000);
	memblock_remove(base + 0x7000, SIZE);
	memblock_enforce_memory_limit(0x5000);
	KUNIT_EXPECT_EQ(test, memblock_phys_mem_size(), 0x5000ull);
	KUNIT_EXPECT_EQ(test, memblock_end_of_DRAM(), base + 0x6000);
	memblock_enforce_memory_limit(0x9000);
	KUNIT_EXPECT_EQ(test, memblock_phys_mem_size(), 0x5000ull);
	memblock_enforce_memory_limit(0x3000);
	KUNIT_EXPECT_EQ(test, memblock_end_of_DRAM(), base + 0x3000);
}

/* Reserves single bytes from offset on, two apart, until n are reserved. */
static void reserve_specks(unsigned int offset, unsigned int n)
{
	while (memblock.reserved.cnt < n) {
		memblock_reserve(base + offset, 1);
		offset += 2;
	}
}

static void expect_sorted(struct kunit *test, const struct memblock_type *type)
{
	phys_addr_t total = type->regions[0].size;
	unsigned long i;

	for (i = 1; i < type->cnt; i++) {
		KUNIT_ASSERT_GT(test, type->regions[i].base,
				type->regions[i - 1].base +
					type->regions[i - 1].size);
		total += type->regions[i].size;
	}
	KUNIT_EXPECT_EQ(test, type->total_size, total);
}

/* Does a full list of what is reserved double, into memory it reserves? */
static void reserved_list_grows(struct kunit *test)
{
	const struct memblock_type *r = &memblock.reserved;

	memblock_allow_resize();
	reserve_specks(0, ROOM);
	KUNIT_EXPECT_PTR_EQ(test, r->regions, &reserved_regions[0]);
	KUNIT_EXPECT_EQ(test, memblock_reserve(base + 0x100, 1), 0);
	KUNIT_EXPECT_EQ(test, r->max, 2ul * ROOM);
	KUNIT_EXPECT_EQ(test, r->cnt, ROOM + 2ul);
	KUNIT_EXPECT_TRUE(test,
			  memblock_is_region_reserved(
				  __pa(r->regions),
				  2 * ROOM * sizeof(struct memblock_region)));
	KUNIT_EXPECT_TRUE(test, memblock_is_reserved(base + 6));
	KUNIT_EXPECT_FALSE(test, memblock_is_reserved(base + 7));
	expect_sorted(test, r);
}

/*
 * When both lists are full, do both double, and into different memory? The
 * list of memory grows first, and what it grows into is to be reserved.
 */
static void both_lists_grow(struct kunit *test)
{
	const struct memblock_type *m = &memblock.memory;
	const struct memblock_type *r = &memblock.reserved;

	memblock_allow_resize();
	memblock_remove(base + 0x1000, 1);
	memblock_remove(base + 0x1010, 1);
	memblock_remove(base + 0x1020, 1);
	reserve_specks(0, ROOM);
	KUNIT_ASSERT_EQ(test, m->cnt, (unsigned long)ROOM);
	KUNIT_EXPECT_EQ(test, memblock_remove(base + 0x1030, 1), 0);
	KUNIT_EXPECT_EQ(test, m->cnt, ROOM + 1ul);
	KUNIT_EXPECT_EQ(test, m->max, 2ul * ROOM);
	KUNIT_EXPECT_EQ(test, r->max, 2ul * ROOM);
	KUNIT_EXPECT_PTR_NE(test, m->regions, r->regions);
	expect_sorted(test, m);
	expect_sorted(test, r);
	KUNIT_EXPECT_TRUE(test, memblock_is_reserved(__pa(m->regions)));
	KUNIT_EXPECT_TRUE(test, memblock_is_reserved(__pa(r->regions)));
	KUNIT_EXPECT_FALSE(test, memblock_is_memory(base + 0x1030));
}

/*
 * Does a list grow beside what it grows for? That is free until it stands in
 * the list, and the highest place there is, which is where a list would go.
 */
static void grows_beside(struct kunit *test)
{
	const struct memblock_type *r = &memblock.reserved;
	const phys_addr_t end = base + SIZE;

	memblock_allow_resize();
	reserve_specks(0, ROOM);
	KUNIT_EXPECT_EQ(test, memblock_phys_alloc(PAGE_SIZE, PAGE_SIZE),
			end - PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, r->max, 2ul * ROOM);
	KUNIT_EXPECT_EQ(test, (phys_addr_t)__pa(r->regions),
			end - 2 * PAGE_SIZE);
	reserve_specks(0x100, 2 * ROOM);
	KUNIT_EXPECT_EQ(test, memblock_reserve(base + 0x4000, 0xc000), 0);
	KUNIT_EXPECT_EQ(test, r->max, 4ul * ROOM);
	KUNIT_EXPECT_EQ(test, (phys_addr_t)__pa(r->regions), base + 0x3000);
	expect_sorted(test, r);
}

/* Is a list that cannot grow left as it was, and does it say so? */
static void no_room_to_grow(struct kunit *test)
{
	const struct memblock_type *r = &memblock.reserved;
	const char *text;

	memblock_allow_resize();
	memblock_reserve(base, SIZE);
	memblock_phys_free(base, 1);
	memblock_phys_free(base + 2, 1);
	memblock_phys_free(base + 4, 1);
	memblock_phys_free(base + 6, 1);
	KUNIT_ASSERT_EQ(test, r->cnt, (unsigned long)ROOM);
	capture_begin();
	KUNIT_EXPECT_EQ(test, memblock_phys_free(base + 0x100, 1), -ENOMEM);
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "no room for more than 4"));
	KUNIT_EXPECT_TRUE(test, memblock_is_reserved(base + 0x100));
	KUNIT_EXPECT_EQ(test, memblock_reserved_size(), SIZE - 4ull);
	expect_sorted(test, r);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(highest_first),
	KUNIT_CASE(by_logical_address),
	KUNIT_CASE(given_back),
	KUNIT_CASE(ranges_and_borders),
	KUNIT_CASE(limit_counts_memory),
	KUNIT_CASE(reserved_list_grows),
	KUNIT_CASE(both_lists_grow),
	KUNIT_CASE(grows_beside),
	KUNIT_CASE(no_room_to_grow),
	{}
};

static struct kunit_suite suite = {
	.name = "memblock_alloc",
	.init = init,
	.exit = exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
