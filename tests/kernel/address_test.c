// SPDX-License-Identifier: MIT
/*
 * Addresses: do the conversions between logical and physical addresses, frame
 * numbers and descriptors invert each other, and is bad input caught?
 */
#include "../../mm/internal.h"

#include <kunit/test.h>
#include <linux/highmem.h>
#include <linux/memblock.h>
#include <linux/pfn.h>

/* One frame of each populated zone. */
static struct page *page_of_zone(struct kunit *test, enum zone_type idx)
{
	static const gfp_t gfp[MAX_NR_ZONES] = {
		[ZONE_DMA] = GFP_KERNEL | GFP_DMA,
		[ZONE_NORMAL] = GFP_KERNEL,
		[ZONE_HIGHMEM] = GFP_HIGHUSER,
	};
	struct page *page;

	if (!zone_managed_pages(&contig_page_data.node_zones[idx]))
		return NULL;
	page = alloc_page(gfp[idx]);
	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, (int)page_zonenum(page), (int)idx);
	return page;
}

/* Is pfn -> page -> pfn -> physical -> page the same, in every zone? */
static void pfn_and_page_invert(struct kunit *test)
{
	int idx;

	for (idx = 0; idx < MAX_NR_ZONES; idx++) {
		struct page *page = page_of_zone(test, idx);

		if (!page)
			continue;
		KUNIT_EXPECT_PTR_EQ(test, pfn_to_page(page_to_pfn(page)), page);
		KUNIT_EXPECT_PTR_EQ(test, phys_to_page(page_to_phys(page)),
				    page);
		KUNIT_EXPECT_EQ(test, page_to_phys(page),
				PFN_PHYS(page_to_pfn(page)));
		KUNIT_EXPECT_TRUE(test, pfn_valid(page_to_pfn(page)));
		__free_page(page);
	}
}

/* Is logical -> physical -> logical the same, at every offset in a page? */
static void logical_and_physical_invert(struct kunit *test)
{
	char *addr = (char *)__get_free_page(GFP_KERNEL);
	unsigned long offset;

	KUNIT_ASSERT_NOT_NULL(test, addr);
	for (offset = 0; offset < PAGE_SIZE; offset += 511) {
		char *p = addr + offset;

		KUNIT_EXPECT_PTR_EQ(test, (char *)__va(__pa(p)), p);
		KUNIT_EXPECT_PTR_EQ(test, (char *)phys_to_virt(virt_to_phys(p)),
				    p);
		KUNIT_EXPECT_EQ(test, __pa(p), (unsigned long)p - PAGE_OFFSET);
		KUNIT_EXPECT_PTR_EQ(test, virt_to_page(p), virt_to_page(addr));
		KUNIT_EXPECT_EQ(test, virt_to_pfn(p), __pa(p) >> 12);
	}
	KUNIT_EXPECT_PTR_EQ(test, (char *)pfn_to_virt(virt_to_pfn(addr)), addr);
	KUNIT_EXPECT_PTR_EQ(test, (char *)page_to_virt(virt_to_page(addr)),
			    addr);
	free_page((unsigned long)addr);
}

/* Has a lowmem page an address and an unmapped highmem page none? */
static void page_address_is_for_lowmem(struct kunit *test)
{
	struct page *low = page_of_zone(test, ZONE_DMA);
	struct page *high = page_of_zone(test, ZONE_HIGHMEM);

	KUNIT_ASSERT_NOT_NULL(test, low);
	KUNIT_EXPECT_FALSE(test, PageHighMem(low));
	KUNIT_EXPECT_PTR_EQ(test, page_address(low),
			    __va(page_to_pfn(low) << PAGE_SHIFT));
	if (high) {
		KUNIT_EXPECT_TRUE(test, PageHighMem(high));
		KUNIT_EXPECT_NULL(test, page_address(high));
		__free_page(high);
	}
	__free_page(low);
}

/* Is virt_addr_valid() true in lowmem's RAM and false everywhere else? */
static void virt_addr_valid_knows_lowmem(struct kunit *test)
{
	unsigned long addr = __get_free_page(GFP_KERNEL);
	unsigned long end = (unsigned long)high_memory;

	KUNIT_EXPECT_TRUE(test, virt_addr_valid(addr));
	KUNIT_EXPECT_TRUE(test, virt_addr_valid(addr + PAGE_SIZE - 1));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(NULL));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(PAGE_OFFSET - 1));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(end));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(VMALLOC_START));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(PKMAP_BASE));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(FIXADDR_TOP));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(~0UL));
	free_page(addr);
}

/* Is __pa() of an address that is not logical reported in debug builds? */
static void pa_of_a_window_is_reported(struct kunit *test)
{
	volatile unsigned long addr = VMALLOC_START;
	unsigned long before = report_count();

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "release build");
	capture_begin();
	(void)__pa(addr);
	capture_end();
	KUNIT_EXPECT_GT(test, report_count(), before);
}

/* Is pfn_valid() what memblock says, for every frame and beyond the last? */
static void pfn_valid_is_memblock(struct kunit *test)
{
	const struct memblock_region *region;
	unsigned long valid = 0, ram = 0, pfn;

	for (pfn = 0; pfn < max_mapnr; pfn++)
		valid += pfn_valid(pfn);
	for_each_mem_region(region) {
		unsigned long start = PFN_UP(region->base);
		unsigned long end = PFN_DOWN(region->base + region->size);

		ram += end - start;
		KUNIT_EXPECT_TRUE(test, pfn_valid(start));
		KUNIT_EXPECT_TRUE(test, pfn_valid(end - 1));
		KUNIT_EXPECT_FALSE(test, pfn_valid(end));
		if (start)
			KUNIT_EXPECT_FALSE(test, pfn_valid(start - 1));
	}
	KUNIT_EXPECT_EQ(test, valid, ram);
	KUNIT_EXPECT_FALSE(test, pfn_valid(max_mapnr));
	KUNIT_EXPECT_FALSE(test, pfn_valid(~0UL));
}

/* Are holes reserved, in no zone, and not highmem? */
static void holes_are_nobodys(struct kunit *test)
{
	struct page *hole = pfn_to_page(0xA0);	/* VGA memory, never RAM */

	KUNIT_EXPECT_FALSE(test, pfn_valid(0xA0));
	KUNIT_EXPECT_TRUE(test, PageReserved(hole));
	KUNIT_EXPECT_EQ(test, (int)page_zonenum(hole), (int)ZONE_NONE);
	KUNIT_EXPECT_FALSE(test, PageHighMem(hole));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(__va(0xA0000)));
}

/* Has struct page 32 bytes, the number the project watches? */
static void struct_page_is_small(struct kunit *test)
{
	KUNIT_EXPECT_LE(test, sizeof(struct page), 32u);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(pfn_and_page_invert),
	KUNIT_CASE(logical_and_physical_invert),
	KUNIT_CASE(page_address_is_for_lowmem),
	KUNIT_CASE(virt_addr_valid_knows_lowmem),
	KUNIT_CASE(pa_of_a_window_is_reported),
	KUNIT_CASE(pfn_valid_is_memblock),
	KUNIT_CASE(holes_are_nobodys),
	KUNIT_CASE(struct_page_is_small),
	{ }
};

static struct kunit_suite suite = {
	.name = "address",
	.test_cases = cases,
};
kunit_test_suite(suite);
