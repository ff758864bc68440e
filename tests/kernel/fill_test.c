// SPDX-License-Identifier: MIT
/*
 * The fill test: all free memory, frame by frame, through the windows.
 *
 * Every frame that can be allocated gets a value of its own, in some words and
 * every 64th frame in each; after the last one is written all are read back. A
 * frame that is handed out twice, an address line that is not connected, a
 * window that shows the wrong frame or keeps showing the last one: each gives a
 * wrong value.
 */
#include "page_hoard.h"

#include <linux/highmem.h>
#include <linux/kernel.h>

#define WORDS	(PAGE_SIZE / sizeof(u32))

/* Different for every frame, and in both halves of the word. */
static u32 value_of(const struct page *page)
{
	return page_to_pfn(page) * 2654435761u;
}

/* From one word that is written to the next. */
static unsigned int step_of(const struct page *page)
{
	return page_to_pfn(page) % 64 ? 64 : 1;
}

static void fill(struct page *page)
{
	unsigned int i, step = step_of(page);
	u32 *addr = kmap_atomic(page), value = value_of(page);

	for (i = 0; i < WORDS; i += step)
		WRITE_ONCE(addr[i], value);
	kunmap_atomic(addr);
}

/* True if every word that was written has its value. */
static bool holds(struct page *page)
{
	unsigned int i, step = step_of(page);
	const u32 *addr = kmap_atomic(page);
	u32 value = value_of(page), wrong = 0;

	for (i = 0; i < WORDS; i += step)
		wrong |= READ_ONCE(addr[i]) ^ value;
	kunmap_atomic(addr);
	return !wrong;
}

/* Does every frame of this machine hold what was written to it? */
static void all_memory_holds(struct kunit *test)
{
	unsigned long free, wrong = 0;
	struct hoard hoard;
	struct page *page;

	drain_all_pages(NULL);
	free = nr_free_pages();
	hoard_init(&hoard, 0);
	hoard_take(&hoard, GFP_HOARD_ALL | __GFP_HIGHMEM, ~0ul);
	KUNIT_EXPECT_EQ(test, hoard.nr, free);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), 0ul);
	list_for_each_entry(page, &hoard.blocks, lru)
		fill(page);
	list_for_each_entry(page, &hoard.blocks, lru)
		wrong += !holds(page);
	KUNIT_EXPECT_EQ(test, wrong, 0ul);
	kunit_info(test, "%lu frames, %lu MiB", hoard.nr, hoard.nr >> 8);
	hoard_release(&hoard);
	drain_all_pages(NULL);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), free);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(all_memory_holds),
	{ }
};

static struct kunit_suite suite = {
	.name = "fill",
	.test_cases = cases,
};
kunit_test_suite(suite);
