// SPDX-License-Identifier: MIT
/*
 * memblock: do its lists stay sorted, disjoint and exact, and is what the
 * walk calls free exactly memory without reserved? The tests have lists of
 * their own; the kernel's are only read.
 */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/pfn.h>
#include <linux/prandom.h>

#define ROOM	16

struct lists {
	struct memblock_region memory_regions[ROOM];
	struct memblock_region reserved_regions[ROOM];
	struct memblock_type memory;
	struct memblock_type reserved;
};

static void lists_init(struct lists *l)
{
	*l = (struct lists){
		.memory = { .max = ROOM, .name = "memory",
			    .regions = l->memory_regions },
		.reserved = { .max = ROOM, .name = "reserved",
			      .regions = l->reserved_regions },
	};
}

static struct lists lists;

static int init(struct kunit *test)
{
	lists_init(&lists);
	return 0;
}

static void expect_region(struct kunit *test, const struct memblock_type *type,
			  unsigned long i, phys_addr_t base, phys_addr_t end)
{
	KUNIT_ASSERT_LT(test, i, type->cnt);
	KUNIT_EXPECT_EQ(test, type->regions[i].base, base);
	KUNIT_EXPECT_EQ(test, type->regions[i].base + type->regions[i].size,
			end);
}

/* Do ranges that touch or overlap become one, and others stay apart? */
static void add_merges(struct kunit *test)
{
	struct memblock_type *m = &lists.memory;

	memblock_add_range(m, 0x3000, 0x1000);
	memblock_add_range(m, 0x1000, 0x1000);
	KUNIT_EXPECT_EQ(test, m->cnt, 2ul);
	expect_region(test, m, 0, 0x1000, 0x2000);
	expect_region(test, m, 1, 0x3000, 0x4000);
	/* touches both */
	memblock_add_range(m, 0x2000, 0x1000);
	KUNIT_EXPECT_EQ(test, m->cnt, 1ul);
	expect_region(test, m, 0, 0x1000, 0x4000);
	/* inside, around, overlapping at one end */
	memblock_add_range(m, 0x1800, 0x100);
	expect_region(test, m, 0, 0x1000, 0x4000);
	memblock_add_range(m, 0x3800, 0x1000);
	expect_region(test, m, 0, 0x1000, 0x4800);
	memblock_add_range(m, 0, 0x9000);
	KUNIT_EXPECT_EQ(test, m->cnt, 1ul);
	expect_region(test, m, 0, 0, 0x9000);
	KUNIT_EXPECT_EQ(test, m->total_size, 0x9000ull);
}

/* Does adding nothing change nothing, and is a wrapping range clipped? */
static void add_odd_sizes(struct kunit *test)
{
	struct memblock_type *m = &lists.memory;

	KUNIT_EXPECT_EQ(test, memblock_add_range(m, 0x1000, 0), 0);
	KUNIT_EXPECT_EQ(test, m->cnt, 0ul);
	memblock_add_range(m, ~0ull - 0xfff, 0x5000);
	KUNIT_EXPECT_EQ(test, m->cnt, 1ul);
	expect_region(test, m, 0, ~0ull - 0xfff, ~0ull);
}

/* Does removing cut at the start, the end, the middle, and across? */
static void remove_cuts(struct kunit *test)
{
	struct memblock_type *m = &lists.memory;

	memblock_add_range(m, 0x1000, 0x9000);
	memblock_remove_range(m, 0, 0x2000);
	expect_region(test, m, 0, 0x2000, 0xa000);
	memblock_remove_range(m, 0x9000, 0x5000);
	expect_region(test, m, 0, 0x2000, 0x9000);
	memblock_remove_range(m, 0x4000, 0x1000);
	KUNIT_EXPECT_EQ(test, m->cnt, 2ul);
	expect_region(test, m, 0, 0x2000, 0x4000);
	expect_region(test, m, 1, 0x5000, 0x9000);
	KUNIT_EXPECT_EQ(test, m->total_size, 0x6000ull);
	memblock_remove_range(m, 0x3000, 0x3000);
	expect_region(test, m, 0, 0x2000, 0x3000);
	expect_region(test, m, 1, 0x6000, 0x9000);
	memblock_remove_range(m, 0, 0x10000);
	KUNIT_EXPECT_EQ(test, m->cnt, 0ul);
	KUNIT_EXPECT_EQ(test, m->total_size, 0ull);
}

/* Is a full list reported, left as it was, and can it still merge? */
static void full_list(struct kunit *test)
{
	struct memblock_type *m = &lists.memory;
	const char *text;
	bool resize = memblock.allow_resize;
	int i, err;

	for (i = 0; i < ROOM; i++)
		memblock_add_range(m, i * 0x2000, 0x1000);
	memblock.allow_resize = false;
	capture_begin();
	err = memblock_add_range(m, 0x100000, 0x1000);
	text = capture_end();
	KUNIT_EXPECT_EQ(test, err, -ENOMEM);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "no room for more than 16"));
	KUNIT_EXPECT_EQ(test, m->cnt, (unsigned long)ROOM);
	KUNIT_EXPECT_EQ(test, m->total_size, ROOM * 0x1000ull);
	/* closing a gap needs no room */
	KUNIT_EXPECT_EQ(test, memblock_add_range(m, 0x1000, 0x1000), 0);
	KUNIT_EXPECT_EQ(test, m->cnt, ROOM - 1ul);
	/* and cutting a hole does, again */
	KUNIT_EXPECT_EQ(test, memblock_remove_range(m, 0x1400, 0x100), 0);
	KUNIT_EXPECT_EQ(test, m->cnt, (unsigned long)ROOM);
	capture_begin();
	err = memblock_remove_range(m, 0x400, 0x100);
	capture_end();
	KUNIT_EXPECT_EQ(test, err, -ENOMEM);
	memblock.allow_resize = resize;
}

/* Is "free" the memory that is not reserved, range by range? */
static void free_ranges(struct kunit *test)
{
	static const phys_addr_t want[][2] = {
		{ 0x0000, 0x1000 }, { 0x2000, 0x3000 }, { 0x7000, 0x8000 },
		{ 0x9000, 0xa000 },
	};
	phys_addr_t start, end;
	int n = 0;
	u64 i = 0;

	memblock_add_range(&lists.memory, 0, 0x4000);
	memblock_add_range(&lists.memory, 0x6000, 0x2000);
	memblock_add_range(&lists.memory, 0x9000, 0x1000);
	memblock_add_range(&lists.reserved, 0x1000, 0x1000);
	memblock_add_range(&lists.reserved, 0x3000, 0x4000);
	memblock_add_range(&lists.reserved, 0xf000, 0x1000);
	for (__next_free_mem_range(&i, &lists.memory, &lists.reserved, &start,
				   &end);
	     i != (u64)-1;
	     __next_free_mem_range(&i, &lists.memory, &lists.reserved, &start,
				   &end)) {
		KUNIT_ASSERT_LT(test, n, (int)ARRAY_SIZE(want));
		KUNIT_EXPECT_EQ(test, start, want[n][0]);
		KUNIT_EXPECT_EQ(test, end, want[n][1]);
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, (int)ARRAY_SIZE(want));
}

#define CELLS 64

static bool in_list(const struct memblock_type *type, phys_addr_t at)
{
	unsigned long i;

	for (i = 0; i < type->cnt; i++)
		if (at >= type->regions[i].base &&
		    at - type->regions[i].base < type->regions[i].size)
			return true;
	return false;
}

static void check_list(struct kunit *test, const struct memblock_type *type,
		       const bool *cells)
{
	phys_addr_t sum = 0;
	unsigned long i;

	for (i = 0; i < type->cnt; i++) {
		sum += type->regions[i].size;
		KUNIT_ASSERT_GT(test, type->regions[i].size, 0ull);
		if (i)
			KUNIT_ASSERT_LT(test,
					type->regions[i - 1].base +
						type->regions[i - 1].size,
					type->regions[i].base);
	}
	KUNIT_ASSERT_EQ(test, type->total_size, sum);
	for (i = 0; i < CELLS; i++)
		KUNIT_ASSERT_EQ(test, in_list(type, i << 12), cells[i]);
}

/* Does a list hold what a plain array of bits holds, whatever the calls? */
static void random_calls(struct kunit *test)
{
	static struct memblock_region regions[CELLS];
	struct memblock_type type = { .max = CELLS, .regions = regions,
				      .name = "random" };
	bool cells[CELLS] = { false };
	struct rnd_state rnd;
	int round, i;

	prandom_seed_state(&rnd, 7);
	for (round = 0; round < 2000; round++) {
		u32 first = prandom_u32_state(&rnd) % CELLS;
		u32 nr = prandom_u32_state(&rnd) % (CELLS - first + 1);
		bool add = prandom_u32_state(&rnd) & 1;

		if (add)
			memblock_add_range(&type, first << 12, nr << 12);
		else
			memblock_remove_range(&type, first << 12, nr << 12);
		for (i = first; i < first + nr; i++)
			cells[i] = add;
		check_list(test, &type, cells);
	}
}

/* Is the kernel's image reserved memory, and the hole below 1 MiB not RAM? */
static void the_kernels_own(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, memblock_is_memory(LOAD_PHYSICAL_ADDR));
	KUNIT_EXPECT_TRUE(test, memblock_is_reserved(LOAD_PHYSICAL_ADDR));
	KUNIT_EXPECT_TRUE(test, memblock_is_reserved(0));
	KUNIT_EXPECT_TRUE(test, memblock_is_reserved(__pa(mem_map)));
	KUNIT_EXPECT_TRUE(test, memblock_is_region_memory(
					__pa(mem_map),
					max_mapnr * sizeof(struct page)));
	KUNIT_EXPECT_FALSE(test, memblock_is_memory(0xA0000));
	KUNIT_EXPECT_FALSE(test, memblock_is_region_reserved(0xA0000, 0x1000));
	KUNIT_EXPECT_GE(test, memblock_phys_mem_size(),
			(phys_addr_t)totalram_pages() << PAGE_SHIFT);
}

/*
 * Is every frame either given to the buddy or accounted as reserved?
 * (memory - reserved inside memory = managed, but for what boot freed later)
 */
static void nothing_is_unaccounted(struct kunit *test)
{
	unsigned long pfn, reserved = 0, ram = 0;

	for (pfn = 0; pfn < max_mapnr; pfn++) {
		if (!pfn_valid(pfn))
			continue;
		ram++;
		reserved += PageReserved(pfn_to_page(pfn));
	}
	KUNIT_EXPECT_EQ(test, ram - reserved, totalram_pages());
	KUNIT_EXPECT_EQ(test, (phys_addr_t)ram << PAGE_SHIFT,
			memblock_phys_mem_size());
}

static struct kunit_case cases[] = {
	KUNIT_CASE(add_merges),
	KUNIT_CASE(add_odd_sizes),
	KUNIT_CASE(remove_cuts),
	KUNIT_CASE(full_list),
	KUNIT_CASE(free_ranges),
	KUNIT_CASE(random_calls),
	KUNIT_CASE(the_kernels_own),
	KUNIT_CASE(nothing_is_unaccounted),
	{ }
};

static struct kunit_suite suite = {
	.name = "memblock",
	.init = init,
	.test_cases = cases,
};
kunit_test_suite(suite);
