// SPDX-License-Identifier: MIT
/*
 * The fixmap, the holes between the windows, and asking page tables.
 *
 *	direct map | hole | vmalloc | hole | pkmap | hole | fixmap | last page
 */
#include "windows_test.h"

#include <asm/fixmap.h>
#include <linux/io.h>
#include <linux/sizes.h>
#include <linux/vmalloc.h>

/* Do slot numbers and addresses invert each other, for all slots? */
static void fixmap_numbers_invert(struct kunit *test)
{
	unsigned int slot, wrong = 0;

	for (slot = 0; slot < __end_of_fixed_addresses; slot++) {
		unsigned long addr = fix_to_virt(slot);

		wrong += !PAGE_ALIGNED(addr);
		wrong += addr < FIXADDR_START || addr >= FIXADDR_TOP;
		wrong += virt_to_fix(addr) != slot;
		wrong += virt_to_fix(addr + PAGE_SIZE - 1) != slot;
	}
	KUNIT_EXPECT_EQ(test, wrong, 0U);
	KUNIT_EXPECT_EQ(test, fix_to_virt(0) + PAGE_SIZE, FIXADDR_TOP);
}

/* Does set_fixmap show the frame, and clear_fixmap take it away at once? */
static void fixmap_set_and_clear(struct kunit *test)
{
	unsigned long *first = (void *)get_zeroed_page(GFP_KERNEL);
	unsigned long *second = (void *)get_zeroed_page(GFP_KERNEL);
	volatile unsigned long *addr = (void *)fix_to_virt(FIX_TEST);

	KUNIT_ASSERT_NOT_NULL(test, first);
	KUNIT_ASSERT_NOT_NULL(test, second);
	first[1] = 111;
	second[1] = 222;
	KUNIT_EXPECT_TRUE(test, read_faults(addr));
	set_fixmap(FIX_TEST, virt_to_phys(first));
	KUNIT_EXPECT_EQ(test, addr[1], 111UL);
	addr[2] = 5;
	KUNIT_EXPECT_EQ(test, first[2], 5UL);
	set_fixmap(FIX_TEST, virt_to_phys(second));
	KUNIT_EXPECT_EQ(test, addr[1], 222UL);
	clear_fixmap(FIX_TEST);
	KUNIT_EXPECT_TRUE(test, read_faults(addr));
	free_page((unsigned long)first);
	free_page((unsigned long)second);
}

/* Are the attributes asked for the ones in the entry? */
static void fixmap_attributes(struct kunit *test)
{
	unsigned long page = __get_free_page(GFP_KERNEL);
	unsigned long addr = fix_to_virt(FIX_TEST);
	unsigned int level;
	pte_t *ptep;

	KUNIT_ASSERT_NE(test, page, 0UL);
	set_fixmap_nocache(FIX_TEST, virt_to_phys((void *)page));
	ptep = lookup_address(addr, &level);
	KUNIT_ASSERT_NOT_NULL(test, ptep);
	KUNIT_EXPECT_EQ(test, level, (unsigned int)PG_LEVEL_4K);
	KUNIT_EXPECT_EQ(test, pte_val(*ptep) & _PAGE_CACHE_MASK,
			_PAGE_CACHE_UC);
	KUNIT_EXPECT_EQ(test, pte_pfn(*ptep), virt_to_pfn((void *)page));
	set_fixmap(FIX_TEST, virt_to_phys((void *)page));
	KUNIT_EXPECT_EQ(test, pte_val(*ptep) & _PAGE_CACHE_MASK,
			_PAGE_CACHE_WB);
	clear_fixmap(FIX_TEST);
	KUNIT_EXPECT_FALSE(test, pte_present(*ptep));
	free_page(page);
}

static struct kunit_case fixmap_cases[] = {
	KUNIT_CASE(fixmap_numbers_invert),
	KUNIT_CASE(fixmap_set_and_clear),
	KUNIT_CASE(fixmap_attributes),
	{}
};

static struct kunit_suite fixmap_suite = {
	.name = "fixmap",
	.test_cases = fixmap_cases,
};

/* A range of addresses that nobody may ever map. */
struct hole {
	const char *name;
	unsigned long (*start)(void);
	unsigned long (*end)(void);	/* first byte behind; 0: the top */
};

static unsigned long lowmem_end(void)
{
	return (unsigned long)high_memory;
}

static unsigned long vmalloc_start(void)
{
	return VMALLOC_START;
}

static unsigned long vmalloc_end(void)
{
	return VMALLOC_END;
}

/* The window of pkmap, or what a KASAN=1 kernel has before it. */
static unsigned long shadow_start(void)
{
	return KASAN_SHADOW_START;
}

static unsigned long pkmap_end(void)
{
	return PKMAP_ADDR(LAST_PKMAP);
}

static unsigned long fixmap_start(void)
{
	return FIXADDR_START;
}

static unsigned long fixmap_top(void)
{
	return FIXADDR_TOP;
}

static unsigned long fix_hole(void)
{
	return fix_to_virt(FIX_HOLE);
}

static unsigned long top(void)
{
	return 0;
}

static const struct hole holes[] = {
	{ "lowmem to vmalloc", lowmem_end, vmalloc_start },
	{ "vmalloc to pkmap or shadow", vmalloc_end, shadow_start },
	{ "pkmap to fixmap", pkmap_end, fixmap_start },
	{ "slot 0 of the fixmap", fix_hole, fixmap_top },
	{ "the last page", fixmap_top, top },
};

KUNIT_ARRAY_PARAM_DESC(hole, holes, name);

/* Does every page of the hole fault, at its first and its last byte? */
static void hole_faults(struct kunit *test)
{
	const struct hole *hole = test->param_value;
	unsigned long addr = hole->start(), end = hole->end();
	unsigned long mapped = 0, pages = 0;

	for (; addr != end && pages < 4096; addr += PAGE_SIZE, pages++) {
		mapped += !read_faults((void *)addr);
		mapped += !read_faults((void *)(addr + PAGE_SIZE - 1));
	}
	KUNIT_EXPECT_GT(test, pages, 0UL);
	KUNIT_EXPECT_EQ(test, mapped, 0UL);
}

/* Are the windows in their order, none touching the next? */
static void windows_in_order(struct kunit *test)
{
	unsigned long low_end = lowmem_end();

	KUNIT_EXPECT_LE(test, low_end, PAGE_OFFSET + MAXMEM);
	KUNIT_EXPECT_GT(test, VMALLOC_START, low_end);
	KUNIT_EXPECT_LE(test, VMALLOC_START - low_end, 2 * VMALLOC_OFFSET);
	KUNIT_EXPECT_GT(test, VMALLOC_END, VMALLOC_START);
	KUNIT_EXPECT_GT(test, PKMAP_BASE, VMALLOC_END);
	KUNIT_EXPECT_GE(test, FIXADDR_START, PKMAP_ADDR(LAST_PKMAP));
	KUNIT_EXPECT_EQ(test, FIXADDR_TOP, PAGE_OFFSET + SZ_1G - PAGE_SIZE);
}

/* Does a copy that runs into a hole fail, and tell so? */
static void nofault_copy_over_the_edge(struct kunit *test)
{
	char *last = (char *)high_memory - 4;
	char buf[16];

	if (!virt_addr_valid(last))
		kunit_skip(test, "lowmem ends with a hole");
	KUNIT_EXPECT_EQ(test, copy_from_kernel_nofault(buf, last, 4), 0L);
	KUNIT_EXPECT_EQ(test, copy_from_kernel_nofault(buf, last, 8), -EFAULT);
	KUNIT_EXPECT_EQ(test, copy_to_kernel_nofault(high_memory, buf, 1),
			-EFAULT);
}

/* Does a look-up of page tables say where each address is mapped? */
static void lookup_of_each_window(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	unsigned int level;
	void *low, *addr;
	pte_t *ptep;

	KUNIT_ASSERT_NOT_NULL(test, page);
	low = page_address(page);
	ptep = lookup_address((unsigned long)low, &level);
	KUNIT_ASSERT_NOT_NULL(test, ptep);
	KUNIT_EXPECT_TRUE(test, level == PG_LEVEL_4K || level == PG_LEVEL_4M);
	KUNIT_EXPECT_TRUE(test, pte_present(*ptep));

	addr = kmap_local_pfn(page_to_pfn(page));
	ptep = lookup_address((unsigned long)addr, &level);
	KUNIT_ASSERT_NOT_NULL(test, ptep);
	KUNIT_EXPECT_EQ(test, level, (unsigned int)PG_LEVEL_4K);
	KUNIT_EXPECT_EQ(test, pte_pfn(*ptep), page_to_pfn(page));
	kunmap_local(addr);
	KUNIT_EXPECT_FALSE(test, pte_present(*ptep));

	ptep = lookup_address(VMALLOC_START - PAGE_SIZE, &level);
	KUNIT_EXPECT_TRUE(test, !ptep || !pte_present(*ptep));
	__free_page(page);
}

static struct kunit_case holes_cases[] = {
	KUNIT_CASE(windows_in_order),
	KUNIT_CASE_PARAM(hole_faults, hole_gen_params),
	KUNIT_CASE(nofault_copy_over_the_edge),
	KUNIT_CASE(lookup_of_each_window),
	{}
};

static struct kunit_suite holes_suite = {
	.name = "windows_holes",
	.test_cases = holes_cases,
};

kunit_test_suites(&fixmap_suite, &holes_suite);
