// SPDX-License-Identifier: MIT
/*
 * gfp flags: does each one change what it should, and are the reserves kept
 * to the page from who must not have them?
 */
#include "page_hoard.h"

#include <linux/highmem.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/ratelimit.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

static struct zone *zone_of(enum zone_type idx)
{
	return &contig_page_data.node_zones[idx];
}

static int zone_idx_of(gfp_t gfp)
{
	struct page *page = alloc_page(gfp);
	int idx = page ? (int)page_zonenum(page) : -1;

	if (page)
		__free_page(page);
	return idx;
}

static bool has(enum zone_type idx)
{
	return zone_managed_pages(zone_of(idx));
}

/* Does each zone flag give memory of its zone, the highest there is? */
static void zone_flags(struct kunit *test)
{
	int normal = has(ZONE_NORMAL) ? ZONE_NORMAL : ZONE_DMA;
	int high = has(ZONE_HIGHMEM) ? ZONE_HIGHMEM : normal;

	KUNIT_EXPECT_EQ(test, zone_idx_of(GFP_KERNEL | GFP_DMA), (int)ZONE_DMA);
	KUNIT_EXPECT_EQ(test, zone_idx_of(GFP_KERNEL), normal);
	KUNIT_EXPECT_EQ(test, zone_idx_of(GFP_ATOMIC), normal);
	KUNIT_EXPECT_EQ(test, zone_idx_of(GFP_USER), normal);
	KUNIT_EXPECT_EQ(test, zone_idx_of(GFP_HIGHUSER), high);
	KUNIT_EXPECT_EQ(test, zone_idx_of(GFP_HIGHUSER_MOVABLE), high);
}

/* Is all that GFP_KERNEL ever gives below highmem, to the last page? */
static void kernel_memory_is_never_highmem(struct kunit *test)
{
	unsigned long high = zone_free(ZONE_HIGHMEM), wrong = 0;
	struct hoard hoard;
	struct page *page;

	hoard_init(&hoard, 4);
	hoard_take(&hoard, GFP_HOARD_ALL, ~0ul);
	list_for_each_entry(page, &hoard.blocks, lru)
		wrong += PageHighMem(page) || !page_address(page);
	KUNIT_EXPECT_EQ(test, wrong, 0ul);
	KUNIT_EXPECT_EQ(test, zone_free(ZONE_HIGHMEM), high);
	hoard_release(&hoard);
}

/* With DMA empty, is a DMA request refused though NORMAL has plenty? */
static void fallback_never_goes_up(struct kunit *test)
{
	struct hoard hoard;

	if (!has(ZONE_NORMAL))
		kunit_skip(test, "one zone only");
	hoard_init(&hoard, 0);
	hoard_take(&hoard, GFP_HOARD_ALL | GFP_DMA, ~0ul);
	KUNIT_EXPECT_EQ(test, zone_free(ZONE_DMA), 0ul);
	KUNIT_EXPECT_GT(test, zone_free(ZONE_NORMAL), 0ul);
	KUNIT_EXPECT_EQ(test, zone_idx_of(GFP_HOARD | GFP_DMA), -1);
	KUNIT_EXPECT_EQ(test, zone_idx_of(GFP_KERNEL | GFP_DMA | __GFP_NOWARN),
			-1);
	KUNIT_EXPECT_EQ(test, zone_idx_of(GFP_HOARD), (int)ZONE_NORMAL);
	hoard_release(&hoard);
}

/* With its own zone at the low mark, does a request get the next one down? */
static void fallback_goes_down(struct kunit *test)
{
	int idx = has(ZONE_HIGHMEM) ? ZONE_HIGHMEM : ZONE_NORMAL;
	gfp_t gfp = GFP_HOARD | (has(ZONE_HIGHMEM) ? __GFP_HIGHMEM : 0);
	const struct zone *zone = zone_of(idx);
	struct hoard hoard;

	if (!has(ZONE_NORMAL))
		kunit_skip(test, "one zone only");
	if (zone_free(idx) > 1ul << 17)
		kunit_skip(test, "too large a zone to empty quickly");
	hoard_init(&hoard, 0);
	while (hoard_take(&hoard, gfp, 1)) {
		struct page *page =
			list_first_entry(&hoard.blocks, struct page, lru);

		if (page_zone(page) == zone)
			continue;
		KUNIT_EXPECT_EQ(test, (int)page_zonenum(page), idx - 1);
		break;
	}
	KUNIT_EXPECT_EQ(test, zone_free(idx), low_wmark_pages(zone));
	hoard_release(&hoard);
}

/* Free pages of the DMA zone when requests with these flags get no more. */
static long dma_left_by(gfp_t gfp)
{
	struct hoard rest;
	long left;

	hoard_init(&rest, 0);
	hoard_take(&rest, gfp, ~0ul);
	drain_all_pages(NULL);
	left = zone_free(ZONE_DMA);
	hoard_release(&rest);
	drain_all_pages(NULL);
	return left;
}

/* How much of DMA does each kind of request leave: is it exactly its mark? */
static void marks_are_exact(struct kunit *test)
{
	long min = min_wmark_pages(zone_of(ZONE_DMA));
	long high = min - min / 2;

	KUNIT_EXPECT_EQ(test, dma_left_by(GFP_HOARD | GFP_DMA), min);
	KUNIT_EXPECT_EQ(test, dma_left_by(GFP_HOARD | GFP_DMA | __GFP_HIGH),
			high);
	KUNIT_EXPECT_EQ(test, dma_left_by(GFP_HOARD | GFP_DMA | GFP_ATOMIC),
			high - high / 4);
	KUNIT_EXPECT_EQ(test, dma_left_by(GFP_HOARD_ALL | GFP_DMA), 0l);
	KUNIT_EXPECT_EQ(test,
			dma_left_by(GFP_HOARD_ALL | GFP_DMA | __GFP_NOMEMALLOC),
			min);
}

/* Does a request for more than its zone leave lowmem_reserve on top? */
static void lowmem_reserve_is_kept(struct kunit *test)
{
	const struct zone *dma = zone_of(ZONE_DMA);
	long min = min_wmark_pages(dma);
	int idx = has(ZONE_HIGHMEM) ? ZONE_HIGHMEM : ZONE_NORMAL;
	long want = min + dma->lowmem_reserve[idx];
	gfp_t wide = idx == ZONE_HIGHMEM ? __GFP_HIGHMEM : 0;
	unsigned int order = nr_free_pages() > 1ul << 16 ? 4 : 0;
	struct hoard most, rest;

	if (!has(ZONE_NORMAL))
		kunit_skip(test, "one zone only");
	/* large blocks first, for speed; then page by page to the mark */
	hoard_init(&most, order);
	hoard_init(&rest, 0);
	if (order)
		hoard_take(&most, GFP_HOARD | wide, ~0ul);
	hoard_take(&rest, GFP_HOARD | wide, ~0ul);
	drain_all_pages(NULL);
	KUNIT_EXPECT_EQ(test, (long)zone_free(ZONE_DMA),
			min(want, (long)zone_managed_pages(dma)));
	hoard_release(&rest);
	hoard_release(&most);
}

/* Is what a request leaves counted without all the pages of its block? */
static void marks_count_the_block(struct kunit *test)
{
	const struct zone *dma = zone_of(ZONE_DMA);
	struct alloc_context ac = { .alloc_flags = ALLOC_WMARK_MIN,
				    .zone_idx = ZONE_DMA };
	unsigned long extra;
	unsigned int order;

	for (order = 0; order < 4; order++) {
		extra = zone_free(ZONE_DMA) - min_wmark_pages(dma) -
			(1ul << order);
		KUNIT_EXPECT_TRUE(test,
				  zone_watermark_ok(dma, order, &ac, extra));
		KUNIT_EXPECT_FALSE(test, zone_watermark_ok(dma, order, &ac,
							   extra + 1));
	}
}

/* Look at a block through windows, then leave it dirty. */
static bool block_was_zero(struct page *page, unsigned int order)
{
	bool zero = true;
	int i;

	for (i = 0; i < 1 << order; i++) {
		void *addr = kmap_atomic(page + i);

		zero &= !memchr_inv(addr, 0, PAGE_SIZE);
		memset(addr, 0x5a, PAGE_SIZE);
		kunmap_atomic(addr);
	}
	return zero;
}

static void expect_zero(struct kunit *test, gfp_t gfp, unsigned int order)
{
	struct page *page = alloc_pages(gfp, order);

	KUNIT_ASSERT_NOT_NULL(test, page);
	block_was_zero(page, order);
	__free_pages(page, order);
	page = alloc_pages(gfp | __GFP_ZERO, order);
	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_TRUE(test, block_was_zero(page, order));
	__free_pages(page, order);
}

/* Is __GFP_ZERO memory zero, in every zone and order, after it was dirty? */
static void zero_is_zero(struct kunit *test)
{
	unsigned int order;

	for (order = 0; order < 6; order++) {
		expect_zero(test, GFP_KERNEL, order);
		expect_zero(test, GFP_HIGHUSER, order);
		expect_zero(test, GFP_KERNEL | GFP_DMA, order);
	}
}

/* Does __GFP_COMP make a compound page, and its absence none? */
static void comp_makes_compound(struct kunit *test)
{
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_COMP, 2);

	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_TRUE(test, PageHead(page) && PageTail(page + 3));
	__free_pages(page, 2);
	page = alloc_pages(GFP_KERNEL, 2);
	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_FALSE(test, PageHead(page) || PageTail(page + 3));
	__free_pages(page, 2);
}

/* What is printed when a request of this kind fails? DMA is empty. */
static const char *failure_text(gfp_t gfp)
{
	struct page *page;

	warn_alloc_limit =
		(struct ratelimit_state)RATELIMIT_STATE_INIT(warn_alloc_limit,
							     0, 0);
	capture_begin();
	page = alloc_page(gfp | GFP_DMA);
	if (page)
		__free_page(page);
	return capture_end();
}

/* Does a failure say who asked for what and how memory stands? */
static void failure_is_told(struct kunit *test)
{
	struct hoard hoard;
	const char *text;

	hoard_init(&hoard, 0);
	hoard_take(&hoard, GFP_HOARD_ALL | GFP_DMA, ~0ul);
	text = failure_text(GFP_KERNEL);
	KUNIT_EXPECT_NOT_NULL(
		test,
		strstr(text, "page allocation failure: order:0, mode:0xcc1"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "GFP_KERNEL"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "Mem-Info"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "Node 0 DMA free:0kB"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "Node 0 DMA: 0*4kB"));
	KUNIT_EXPECT_STREQ(test, failure_text(GFP_KERNEL | __GFP_NOWARN), "");
	KUNIT_EXPECT_STREQ(test, failure_text(GFP_NOWAIT | __GFP_NOWARN), "");
	KUNIT_EXPECT_STRNEQ(test, failure_text(GFP_NOWAIT), "");
	hoard_release(&hoard);
}

/* Does __GFP_NOFAIL get one of the last pages, below every mark? */
static void nofail_does_not_fail(struct kunit *test)
{
	struct hoard hoard;
	struct page *page;

	hoard_init(&hoard, 0);
	hoard_take(&hoard, GFP_HOARD | GFP_DMA, ~0ul);
	KUNIT_EXPECT_EQ(test, zone_idx_of(GFP_KERNEL | GFP_DMA | __GFP_NOWARN),
			-1);
	page = alloc_page(GFP_KERNEL | GFP_DMA | __GFP_NOFAIL);
	KUNIT_EXPECT_NOT_NULL(test, page);
	if (page)
		__free_page(page);
	hoard_release(&hoard);
}

/* Reports made by one request that breaks the rules; it must not be lost. */
static unsigned long reports_of(gfp_t gfp, unsigned int order, bool served)
{
	unsigned long before = report_count();
	struct page *page;

	capture_begin();
	page = alloc_pages(gfp, order);
	capture_end();
	if (!page != !served)
		before = ~0ul;
	if (page)
		__free_pages(page, order);
	return report_count() - before;
}

/* Is each misuse of flags reported once, and served if it can be? */
static void misuse_is_reported(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, reports_of(GFP_KERNEL, MAX_ORDER, false), 1ul);
	KUNIT_EXPECT_EQ(test,
			reports_of(GFP_KERNEL | __GFP_NOWARN, MAX_ORDER, false),
			0ul);
	/* a release build looks at the rest only on the long path */
	if (!IS_ENABLED(CONFIG_DEBUG))
		return;
	KUNIT_EXPECT_EQ(test, reports_of(GFP_KERNEL | __GFP_NOFAIL, 2, true),
			1ul);
	KUNIT_EXPECT_EQ(test,
			reports_of(GFP_KERNEL | GFP_DMA | __GFP_HIGHMEM, 0,
				   true),
			1ul);
	KUNIT_EXPECT_EQ(test,
			reports_of(GFP_KERNEL | __GFP_MOVABLE |
					   __GFP_RECLAIMABLE,
				   0, true),
			1ul);
	KUNIT_EXPECT_EQ(test, reports_of(GFP_NOWAIT | __GFP_NOFAIL, 0, true),
			1ul);
}

/* Is __get_free_pages() with __GFP_HIGHMEM reported, and given lowmem? */
static void free_pages_of_highmem(struct kunit *test)
{
	unsigned long before = report_count(), addr;

	capture_begin();
	addr = __get_free_pages(GFP_HIGHUSER, 0);
	capture_end();
	KUNIT_EXPECT_EQ(test, report_count() - before, 1ul);
	KUNIT_EXPECT_TRUE(test, virt_addr_valid(addr));
	free_page(addr);
}

/* Is a request that may sleep reported where sleeping is forbidden? */
static void sleeping_is_reported(struct kunit *test)
{
	unsigned long kernel, atomic;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "release build");
	preempt_disable();
	kernel = reports_of(GFP_KERNEL, 0, true);
	atomic = reports_of(GFP_ATOMIC, 0, true);
	preempt_enable();
	KUNIT_EXPECT_EQ(test, kernel, 1ul);
	KUNIT_EXPECT_EQ(test, atomic, 0ul);
	local_irq_disable();
	kernel = reports_of(GFP_NOIO, 0, true);
	atomic = reports_of(GFP_NOWAIT, 0, true);
	local_irq_enable();
	KUNIT_EXPECT_EQ(test, kernel, 1ul);
	KUNIT_EXPECT_EQ(test, atomic, 0ul);
}

/*
 * Only DMA's pages are gone, and asked for: is it the area that is told of,
 * and not each block that was tried on the way?
 */
static void areas_fail_with_one_report(struct kunit *test)
{
	const char *text, *first;
	struct hoard hoard;
	void *area, *any;

	hoard_init(&hoard, 0);
	hoard_take(&hoard, GFP_HOARD_ALL | GFP_DMA, ~0ul);
	capture_begin();
	area = __vmalloc(PAGE_SIZE, GFP_KERNEL | GFP_DMA);
	any = kvmalloc(5 * PAGE_SIZE, GFP_KERNEL | GFP_DMA);
	text = capture_end();
	hoard_release(&hoard);
	KUNIT_EXPECT_NULL(test, area);
	KUNIT_EXPECT_NULL(test, any);
	vfree(area);
	kvfree(any);
	KUNIT_EXPECT_NULL(test, strstr(text, "page allocation failure"));
	first = strstr(text, "vmalloc: allocation of 4096 bytes failed");
	KUNIT_ASSERT_NOT_NULL(test, first);
	first = strstr(first, "vmalloc: allocation of 20480 bytes failed");
	KUNIT_EXPECT_NOT_NULL(test, first);
}

/* Is each of Linux's combinations made of the flags Linux makes it of? */
static void combinations(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, GFP_KERNEL, 0xcc0u);
	KUNIT_EXPECT_EQ(test, GFP_ATOMIC, 0xa20u);
	KUNIT_EXPECT_EQ(test, GFP_NOWAIT, 0x800u);
	KUNIT_EXPECT_EQ(test, GFP_NOIO, 0xc00u);
	KUNIT_EXPECT_EQ(test, GFP_NOFS, 0xc40u);
	KUNIT_EXPECT_EQ(test, GFP_USER, 0x100cc0u);
	KUNIT_EXPECT_EQ(test, GFP_HIGHUSER, 0x100cc2u);
	KUNIT_EXPECT_EQ(test, GFP_HIGHUSER_MOVABLE, 0x100ccau);
	KUNIT_EXPECT_TRUE(test, gfpflags_allow_blocking(GFP_NOIO));
	KUNIT_EXPECT_FALSE(test, gfpflags_allow_blocking(GFP_ATOMIC));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(zone_flags),
	KUNIT_CASE(kernel_memory_is_never_highmem),
	KUNIT_CASE(fallback_never_goes_up),
	KUNIT_CASE_SLOW(fallback_goes_down),
	KUNIT_CASE_SLOW(marks_are_exact),
	KUNIT_CASE_SLOW(lowmem_reserve_is_kept),
	KUNIT_CASE(marks_count_the_block),
	KUNIT_CASE(zero_is_zero),
	KUNIT_CASE(comp_makes_compound),
	KUNIT_CASE(failure_is_told),
	KUNIT_CASE(areas_fail_with_one_report),
	KUNIT_CASE(nofail_does_not_fail),
	KUNIT_CASE(misuse_is_reported),
	KUNIT_CASE(free_pages_of_highmem),
	KUNIT_CASE(sleeping_is_reported),
	KUNIT_CASE(combinations),
	{ }
};

static struct kunit_suite suite = {
	.name = "gfp",
	.test_cases = cases,
};
kunit_test_suite(suite);
