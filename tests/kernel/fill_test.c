// SPDX-License-Identifier: MIT
/*
 * The fill test: all free memory, frame by frame, through the windows.
 *
 * Every frame that can be allocated gets a value of its own in every word;
 * after the last one is written all are read back. A frame that is handed
 * out twice, an address line that is not connected, a window that shows the
 * wrong frame or keeps showing the last one: each gives a wrong value.
 */
#include "page_hoard.h"

#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/string.h>

#define WORDS	(PAGE_SIZE / sizeof(u32))

/* Different for every frame, and in both halves of the word. */
static u32 value_of(const struct page *page)
{
	return page_to_pfn(page) * 2654435761u;
}

static void fill(struct page *page)
{
	void *addr = kmap_atomic(page);

	memset32(addr, value_of(page), WORDS);
	kunmap_atomic(addr);
}

/* Not 0 if any of 16 words is not the value. */
static inline u32 differs(const u32 *word, u32 value)
{
	u32 wrong = 0;
	int i;

#pragma GCC unroll 16
	for (i = 0; i < 16; i++)
		wrong |= word[i] ^ value;
	return wrong;
}

/* True if every word of the frame is its value. */
static bool holds(struct page *page)
{
	const u32 *addr = kmap_atomic(page);
	u32 value = value_of(page), wrong = 0;
	int i;

	for (i = 0; i < WORDS; i += 16)
		wrong |= differs(addr + i, value);
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
	KUNIT_CASE_SLOW(all_memory_holds),
	{ }
};

static struct kunit_suite suite = {
	.name = "fill",
	.test_cases = cases,
};
kunit_test_suite(suite);
