/* SPDX-License-Identifier: MIT */
/* Shared by the tests of kmap, vmalloc, ioremap and the fixmap. */
#ifndef _TESTS_WINDOWS_TEST_H
#define _TESTS_WINDOWS_TEST_H

#include <kunit/test.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/random.h>
#include <linux/uaccess.h>

/* Whether a read, or a write, of one byte faults. */
static inline bool read_faults(const volatile void *addr)
{
	char c;

	return copy_from_kernel_nofault(&c, (const void *)addr, 1) != 0;
}

static inline bool write_faults(volatile void *addr)
{
	char c = 0;

	return copy_to_kernel_nofault((void *)addr, &c, 1) != 0;
}

/* The test's own random numbers: the seed is printed, so a run repeats. */
struct test_rand {
	u32 state;
};

static inline void test_rand_init(struct kunit *test, struct test_rand *r)
{
	r->state = get_random_u32() | 1;
	kunit_info(test, "seed %#x\n", r->state);
}

static inline u32 test_rand(struct test_rand *r)
{
	r->state ^= r->state << 13;
	r->state ^= r->state >> 17;
	r->state ^= r->state << 5;
	return r->state;
}

static inline u32 test_rand_below(struct test_rand *r, u32 limit)
{
	return test_rand(r) % limit;
}

/* Ends the case where the checks it provokes are compiled out. */
static inline void skip_in_release(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "checked in debug builds only");
}

/* A page of ZONE_HIGHMEM; ends the case on a machine without. */
static inline struct page *highmem_page(struct kunit *test)
{
	struct page *page = alloc_page(GFP_HIGHUSER);

	KUNIT_ASSERT_NOT_NULL(test, page);
	if (PageHighMem(page))
		return page;
	__free_page(page);
	kunit_skip(test, "this machine has no highmem");
	return NULL;
}

static inline bool text_has(const char *text, const char *word)
{
	return strstr(text, word) != NULL;
}

#endif
