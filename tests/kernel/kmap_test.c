// SPDX-License-Identifier: MIT
/*
 * The permanent kmap window: sharing, counts, stale entries, exhaustion, and
 * the hash from pages to entries.
 *
 * Most cases use kmap_high() directly, which gives any page an entry of the
 * window, so that they ask the same questions on machines without highmem.
 */
#include "windows_test.h"

#include <asm/tlbflush.h>
#include <linux/hash.h>
#include <linux/preempt.h>

#include "../../mm/kmap.h"

static bool in_pkmap(const void *addr)
{
	return (unsigned long)addr >= PKMAP_ADDR(0) &&
	       (unsigned long)addr < PKMAP_ADDR(LAST_PKMAP);
}

/* The n-th page the cases map without touching its contents. */
static struct page *some_page(unsigned int n)
{
	return pfn_to_page(256 + n);
}

/* Does kmap of a lowmem page give its logical address, and no entry? */
static void kmap_of_lowmem_is_logical(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_PTR_EQ(test, kmap(page), page_address(page));
	KUNIT_EXPECT_EQ(test, kmap_in_use(), 0);
	KUNIT_EXPECT_PTR_EQ(test, page_address(page), page_to_virt(page));
	kunmap(page);
	__free_page(page);
}

/* Does kmap of a highmem page give it an address, and page_address know? */
static void kmap_of_highmem_has_address(struct kunit *test)
{
	struct page *page = highmem_page(test);
	unsigned long *addr, *slot;

	KUNIT_EXPECT_NULL(test, page_address(page));
	addr = kmap(page);
	KUNIT_EXPECT_TRUE(test, in_pkmap(addr));
	KUNIT_EXPECT_PTR_EQ(test, page_address(page), (void *)addr);
	KUNIT_EXPECT_PTR_EQ(test, kmap_to_page(addr), page);

	/* The frame itself: what kmap writes another window must show. */
	addr[7] = 0x600df00d;
	slot = kmap_local_page(page);
	KUNIT_EXPECT_EQ(test, slot[7], 0x600df00dUL);
	kunmap_local(slot);

	kunmap(page);
	kmap_flush_unused();
	KUNIT_EXPECT_NULL(test, page_address(page));
	__free_page(page);
}

/*
 * Do two kmaps of one page share an entry, and does it live until both are
 * undone?	count: 2, 3, 2, 1
 */
static void kmap_twice_shares(struct kunit *test)
{
	struct page *page = some_page(0);
	void *first = kmap_high(page);
	void *second = kmap_high(page);

	KUNIT_EXPECT_PTR_EQ(test, first, second);
	KUNIT_EXPECT_EQ(test, kmap_in_use(), 1);
	kunmap_high(page);
	KUNIT_EXPECT_EQ(test, kmap_in_use(), 1);
	kmap_flush_unused();
	KUNIT_EXPECT_PTR_EQ(test, kmap_lookup(page), first);
	KUNIT_EXPECT_FALSE(test, read_faults(first));
	kunmap_high(page);
	KUNIT_EXPECT_EQ(test, kmap_in_use(), 0);
}

/* Does an unmapped page keep its entry until a flush, and not after? */
static void kmap_entry_outlives_kunmap(struct kunit *test)
{
	struct page *page = some_page(0);
	void *addr = kmap_high(page);

	kunmap_high(page);
	KUNIT_EXPECT_PTR_EQ(test, kmap_high(page), addr);
	kunmap_high(page);
	KUNIT_EXPECT_FALSE(test, read_faults(addr));
	kmap_flush_unused();
	KUNIT_EXPECT_TRUE(test, read_faults(addr));
	KUNIT_EXPECT_NULL(test, kmap_lookup(page));
}

/* Do different pages get different entries, each showing its own frame? */
static void kmap_entries_are_distinct(struct kunit *test)
{
	void *addr[64];
	unsigned int i;

	for (i = 0; i < 64; i++)
		addr[i] = kmap_high(some_page(i));
	KUNIT_EXPECT_EQ(test, kmap_in_use(), 64);
	for (i = 0; i < 64; i++) {
		KUNIT_EXPECT_PTR_EQ(test, kmap_to_page(addr[i]), some_page(i));
		KUNIT_EXPECT_PTR_EQ(test, kmap_lookup(some_page(i)), addr[i]);
	}
	for (i = 0; i < 64; i++)
		kunmap_high(some_page(i));
	KUNIT_EXPECT_EQ(test, kmap_in_use(), 0);
}

/*
 * Is the TLB flushed once per trip around the window, however many pages are
 * mapped on the way?
 */
static void kmap_flushes_once_per_round(struct kunit *test)
{
	unsigned long before = tlb_flush_stats().range;
	unsigned int i;

	for (i = 0; i < 3 * LAST_PKMAP; i++) {
		struct page *page = some_page(i % (LAST_PKMAP + 7));

		KUNIT_ASSERT_NOT_NULL(test, kmap_high(page));
		kunmap_high(page);
	}
	KUNIT_EXPECT_GE(test, tlb_flush_stats().range - before, 2UL);
	KUNIT_EXPECT_LE(test, tlb_flush_stats().range - before, 4UL);
}

/*
 * When an entry goes to another page, does its address show the new frame?
 * Only one entry is ever looked at, so that the TLB still knows it when the
 * search comes around: a flush left out shows the old frame.
 */
static void kmap_reused_entry_is_fresh(struct kunit *test)
{
	enum { PAGES = LAST_PKMAP + 7, WATCHED = 500 };
	struct page **page =
		kunit_kcalloc(test, PAGES, sizeof(*page), GFP_KERNEL);
	unsigned int n, seen = 0, wrong = 0;
	unsigned long *addr;

	KUNIT_ASSERT_NOT_NULL(test, page);
	for (n = 0; n < PAGES; n++) {
		page[n] = alloc_page(GFP_HIGHUSER);
		KUNIT_ASSERT_NOT_NULL(test, page[n]);
		addr = kmap_local_page(page[n]);
		addr[5] = n;
		kunmap_local(addr);
	}
	for (n = 0; n < 4 * PAGES; n++) {
		addr = kmap_high(page[n % PAGES]);
		if (addr == (void *)PKMAP_ADDR(WATCHED)) {
			wrong += addr[5] != n % PAGES;
			seen++;
		}
		kunmap_high(page[n % PAGES]);
	}
	KUNIT_EXPECT_GE(test, seen, 3U);
	KUNIT_EXPECT_EQ(test, wrong, 0U);
	kmap_flush_unused();
	for (n = 0; n < PAGES; n++)
		__free_page(page[n]);
}

/*
 * In a full window, is a page that is in it still found, and does one kunmap
 * make room for another? Waiting for it is a question of suite kmap_sleep.
 */
static void kmap_full_window(struct kunit *test)
{
	struct page *extra = some_page(LAST_PKMAP);
	unsigned int i;
	void *addr;

	for (i = 0; i < LAST_PKMAP; i++)
		kmap_high(some_page(i));
	KUNIT_EXPECT_EQ(test, kmap_in_use(), LAST_PKMAP);
	KUNIT_EXPECT_PTR_EQ(test, kmap_high(some_page(5)),
			    kmap_lookup(some_page(5)));
	kunmap_high(some_page(5));

	addr = kmap_lookup(some_page(77));
	kunmap_high(some_page(77));
	KUNIT_EXPECT_PTR_EQ(test, kmap_high(extra), addr);
	KUNIT_EXPECT_NULL(test, kmap_lookup(some_page(77)));
	kunmap_high(extra);
	for (i = 0; i < LAST_PKMAP; i++) {
		if (i != 77)
			kunmap_high(some_page(i));
	}
	KUNIT_EXPECT_EQ(test, kmap_in_use(), 0);
}

/*
 * With one entry free, anywhere behind or before the search position, is it
 * found?	[held][held]..[count 1]..[held]
 */
static void kmap_finds_the_only_entry(struct kunit *test)
{
	static const unsigned int places[] = { 0, 1, 511, 1022, 1023 };
	unsigned int i;

	for (i = 0; i < LAST_PKMAP; i++)
		kmap_high(some_page(i));
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		struct page *old = kmap_to_page((void *)PKMAP_ADDR(places[i]));

		kunmap_high(old);
		KUNIT_EXPECT_PTR_EQ(test, kmap_high(some_page(LAST_PKMAP + 1)),
				    (void *)PKMAP_ADDR(places[i]));
		kunmap_high(some_page(LAST_PKMAP + 1));
		KUNIT_EXPECT_PTR_EQ(test, kmap_high(old),
				    (void *)PKMAP_ADDR(places[i]));
	}
	for (i = 0; i < LAST_PKMAP; i++)
		kunmap_high(some_page(i));
	KUNIT_EXPECT_EQ(test, kmap_in_use(), 0);
}

/* Is a kunmap that nobody is owed reported, and harmless? */
static void kunmap_too_often(struct kunit *test)
{
	struct page *page = some_page(0);
	const char *text;

	kmap_high(page);
	kunmap_high(page);
	capture_begin();
	kunmap_high(page);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "nobody holds a kmap"));

	kmap_flush_unused();
	capture_begin();
	kunmap_high(page);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "nobody holds a kmap"));
	KUNIT_EXPECT_EQ(test, kmap_in_use(), 0);
}

/* Does kmap in atomic context, where it could not wait, get reported? */
static void kmap_in_atomic_context(struct kunit *test)
{
	struct page *page;
	const char *text;

	skip_in_release(test);
	page = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, page);
	capture_begin();
	preempt_disable();
	kmap(page);
	kunmap(page);
	preempt_enable();
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "sleeping function called"));
	__free_page(page);
}

static struct kunit_case kmap_cases[] = {
	KUNIT_CASE(kmap_of_lowmem_is_logical),
	KUNIT_CASE(kmap_of_highmem_has_address),
	KUNIT_CASE(kmap_twice_shares),
	KUNIT_CASE(kmap_entry_outlives_kunmap),
	KUNIT_CASE(kmap_entries_are_distinct),
	KUNIT_CASE(kmap_flushes_once_per_round),
	KUNIT_CASE(kmap_reused_entry_is_fresh),
	KUNIT_CASE(kmap_full_window),
	KUNIT_CASE(kmap_finds_the_only_entry),
	KUNIT_CASE(kunmap_too_often),
	KUNIT_CASE(kmap_in_atomic_context),
	{}
};

static struct kunit_suite kmap_suite = {
	.name = "kmap",
	.test_cases = kmap_cases,
};

/* Pages whose chain of the hash is that of the first; how many, at most 16. */
static unsigned int find_colliding(struct page **page)
{
	unsigned long pfn = 300;
	u32 chain = hash_32((unsigned long)pfn_to_page(pfn), 10);
	unsigned int n = 0;

	for (; n < 16 && pfn < max_mapnr; pfn++) {
		if (hash_32((unsigned long)pfn_to_page(pfn), 10) == chain &&
		    pfn_valid(pfn))
			page[n++] = pfn_to_page(pfn);
	}
	return n;
}

/* Are pages of one chain told apart, and removed one by one? */
static void kmap_hash_chain(struct kunit *test)
{
	struct page *page[16];
	unsigned int i, n = find_colliding(page);
	void *addr[16];

	KUNIT_ASSERT_GE(test, n, 3U);
	for (i = 0; i < n; i++)
		addr[i] = kmap_high(page[i]);
	for (i = 0; i < n; i++)
		KUNIT_EXPECT_PTR_EQ(test, kmap_lookup(page[i]), addr[i]);
	/* Out of the middle, then the ends. */
	for (i = 1; i < n; i += 2)
		kunmap_high(page[i]);
	kmap_flush_unused();
	for (i = 0; i < n; i++)
		KUNIT_EXPECT_PTR_EQ(test, kmap_lookup(page[i]),
				    i & 1 ? NULL : addr[i]);
	for (i = 0; i < n; i += 2)
		kunmap_high(page[i]);
	kmap_flush_unused();
	for (i = 0; i < n; i++)
		KUNIT_EXPECT_NULL(test, kmap_lookup(page[i]));
}

/*
 * Against a model of counts: does the window agree after 20,000 random kmaps,
 * kunmaps and flushes?
 */
static void kmap_hash_random(struct kunit *test)
{
	enum { PAGES = 300, STEPS = 20000 };
	unsigned char *count = kunit_kzalloc(test, PAGES, GFP_KERNEL);
	unsigned int step, held = 0, wrong = 0;
	struct test_rand r;

	KUNIT_ASSERT_NOT_NULL(test, count);
	test_rand_init(test, &r);
	for (step = 0; step < STEPS; step++) {
		unsigned int n = test_rand_below(&r, PAGES);
		struct page *page = some_page(n * 3);

		if (test_rand_below(&r, 1000) == 0)
			kmap_flush_unused();
		if (count[n] && (test_rand(&r) & 1)) {
			kunmap_high(page);
			held -= --count[n] == 0;
		} else if (count[n] < 5) {
			held += count[n]++ == 0;
			wrong += kmap_to_page(kmap_high(page)) != page;
		}
		if (step % 64 == 0)
			wrong += kmap_in_use() != held;
	}
	KUNIT_EXPECT_EQ(test, wrong, 0U);
	for (step = 0; step < PAGES; step++) {
		while (count[step]--)
			kunmap_high(some_page(step * 3));
	}
	KUNIT_EXPECT_EQ(test, kmap_in_use(), 0);
}

static struct kunit_case kmap_hash_cases[] = {
	KUNIT_CASE(kmap_hash_chain),
	KUNIT_CASE(kmap_hash_random),
	{}
};

static struct kunit_suite kmap_hash_suite = {
	.name = "kmap_hash",
	.test_cases = kmap_hash_cases,
};

kunit_test_suites(&kmap_suite, &kmap_hash_suite);
