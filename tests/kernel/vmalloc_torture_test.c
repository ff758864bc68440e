// SPDX-License-Identifier: MIT
/*
 * vmalloc under random load, with many areas, with holes everywhere, and with
 * memory that runs out at every step of an allocation.
 */
#include "windows_test.h"

#include <linux/vmalloc.h>
#include <linux/vmstat.h>

#include "../../mm/internal.h"
#include "../../mm/vmap.h"

/* An area of the random load, and what its words should say. */
struct torture_area {
	u32 *addr;
	unsigned int nr_pages;
	u32 tag;
};

/* The value of one word per page: where it is, and whose. */
static u32 torture_word(const struct torture_area *a, unsigned int page)
{
	return a->tag ^ (page * 0x9e3779b9);
}

static void torture_fill(struct torture_area *a)
{
	unsigned int i;

	for (i = 0; i < a->nr_pages; i++) {
		a->addr[i * 1024] = torture_word(a, i);
		a->addr[i * 1024 + 1023] = ~torture_word(a, i);
	}
}

static unsigned int torture_wrong(const struct torture_area *a)
{
	unsigned int i, wrong = 0;

	for (i = 0; i < a->nr_pages; i++) {
		wrong += a->addr[i * 1024] != torture_word(a, i);
		wrong += a->addr[i * 1024 + 1023] != ~torture_word(a, i);
	}
	return wrong;
}

static void torture_alloc(struct torture_area *a, struct test_rand *r)
{
	a->nr_pages = 1 + test_rand_below(r, 12);
	if (test_rand_below(r, 50) == 0)
		a->nr_pages += 200;
	a->tag = test_rand(r);
	a->addr = __vmalloc(a->nr_pages * PAGE_SIZE, GFP_KERNEL | __GFP_NOWARN);
	if (a->addr)
		torture_fill(a);
}

static unsigned int torture_free(struct torture_area *a)
{
	unsigned int wrong;

	if (!a->addr)
		return 0;
	wrong = torture_wrong(a);
	wrong += !read_faults(a->addr + a->nr_pages * 1024);
	vfree(a->addr);
	a->addr = NULL;
	return wrong;
}

/*
 * Through 6000 random allocations and frees, does every area keep its bytes
 * and its guard, and do the ranges stay sound?
 */
static void vmalloc_random(struct kunit *test)
{
	enum { AREAS = 100, STEPS = 6000 };
	struct torture_area *area =
		kunit_kcalloc(test, AREAS, sizeof(*area), GFP_KERNEL);
	unsigned int step, wrong = 0;
	struct test_rand r;

	KUNIT_ASSERT_NOT_NULL(test, area);
	test_rand_init(test, &r);
	for (step = 0; step < STEPS; step++) {
		struct torture_area *a = &area[test_rand_below(&r, AREAS)];

		if (a->addr)
			wrong += torture_free(a);
		else
			torture_alloc(a, &r);
		if (test_rand_below(&r, 500) == 0)
			vm_unmap_aliases();
		if (step % 256 == 0)
			KUNIT_ASSERT_NULL(test, vmap_area_check());
	}
	for (step = 0; step < AREAS; step++)
		wrong += torture_free(&area[step]);
	KUNIT_EXPECT_EQ(test, wrong, 0U);
	KUNIT_EXPECT_NULL(test, vmap_area_check());
}

static void free_areas(struct vm_struct **vm, unsigned int nr)
{
	while (nr--) {
		if (vm[nr])
			free_vm_area(vm[nr]);
	}
}

/* Others may have taken part of a gap meanwhile. */
static bool somebody_is_in(unsigned long start, unsigned long size)
{
	unsigned long addr;

	for (addr = start; addr < start + size; addr += PAGE_SIZE) {
		if (vmap_area_find(addr))
			return true;
	}
	return false;
}

/*
 * With holes of all sizes between areas, does each new area take the lowest
 * hole that is large enough?
 */
static void vmalloc_lowest_fit(struct kunit *test)
{
	enum { AREAS = 200 };
	struct vm_struct **vm =
		kunit_kcalloc(test, AREAS, sizeof(*vm), GFP_KERNEL);
	unsigned long end, best;
	struct test_rand r;
	unsigned int i, n;

	KUNIT_ASSERT_NOT_NULL(test, vm);
	test_rand_init(test, &r);
	vm_unmap_aliases();
	for (i = 0; i < AREAS; i++) {
		vm[i] = get_vm_area((1 + i % 7) * PAGE_SIZE, VM_MAP);
		if (!vm[i])
			free_areas(vm, i);
		KUNIT_ASSERT_NOT_NULL(test, vm[i]);
	}
	for (i = 1; i < AREAS; i += 2) {
		free_vm_area(vm[i]);
		vm[i] = NULL;
	}
	vm_unmap_aliases();
	for (n = 0; n < 50; n++) {
		unsigned long size = (2 + test_rand_below(&r, 7)) * PAGE_SIZE;
		struct vm_struct *new;

		/* The model: the first gap between busy areas that fits. */
		best = 0;
		for (i = 0, end = VMALLOC_START; i + 1 < AREAS && !best; i++) {
			if (!vm[i])
				continue;
			end = (unsigned long)vm[i]->addr + vm[i]->size;
			if (i + 2 < AREAS && !vm[i + 1] &&
			    (unsigned long)vm[i + 2]->addr - end >= size &&
			    !somebody_is_in(end, size))
				best = end;
		}
		new = get_vm_area(size - PAGE_SIZE, VM_MAP);
		if (!new)
			free_areas(vm, AREAS);
		KUNIT_ASSERT_NOT_NULL(test, new);
		if (best)
			KUNIT_EXPECT_LE(test, (unsigned long)new->addr, best);
		KUNIT_EXPECT_NULL(test, vmap_area_check());
		free_vm_area(new);
		vm_unmap_aliases();
	}
	free_areas(vm, AREAS);
}

/* Make the areas again that are missing, in random sizes. */
static void holes_fill(struct kunit *test, struct vm_struct **vm,
		       unsigned int nr, struct test_rand *r)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		unsigned int pages = 1 + test_rand_below(r, 30);

		if (!vm[i])
			vm[i] = get_vm_area(pages * PAGE_SIZE, VM_MAP);
		KUNIT_ASSERT_NOT_NULL(test, vm[i]);
	}
}

/*
 * Whatever the order in which areas become free, are holes merged with both
 * neighbours, and is the largest size known in every subtree after each?
 *	[busy][free][busy][free] -> [busy][free            ]
 */
static void vmalloc_holes_merge(struct kunit *test)
{
	enum { AREAS = 120, ROUNDS = 12 };
	struct vm_struct **vm =
		kunit_kcalloc(test, AREAS, sizeof(*vm), GFP_KERNEL);
	unsigned int i, k, round;
	struct test_rand r;

	KUNIT_ASSERT_NOT_NULL(test, vm);
	test_rand_init(test, &r);
	for (round = 0; round < ROUNDS; round++) {
		holes_fill(test, vm, AREAS, &r);
		for (i = AREAS - 1; i > 0; i--) {
			k = test_rand_below(&r, i + 1);
			swap(vm[i], vm[k]);
		}
		/* A tenth stays, so that rounds differ; the last takes all. */
		for (i = 0; i < AREAS; i++) {
			if (round < ROUNDS - 1 && i % 10 == 0)
				continue;
			free_vm_area(vm[i]);
			vm[i] = NULL;
			vm_unmap_aliases();
			KUNIT_ASSERT_NULL(test, vmap_area_check());
		}
	}
}

/* With 10,000 areas, freed in random order: all found, trees balanced? */
static void vmalloc_ten_thousand(struct kunit *test)
{
	enum { AREAS = 10000 };
	u32 **addr = vmalloc(AREAS * sizeof(*addr));
	unsigned int i, k, wrong = 0;
	struct test_rand r;

	KUNIT_ASSERT_NOT_NULL(test, addr);
	if (nr_free_pages() < 3 * AREAS) {
		vfree(addr);
		kunit_skip(test, "needs 120 MiB of free memory");
	}
	test_rand_init(test, &r);
	for (i = 0; i < AREAS; i++) {
		addr[i] = vmalloc(4);
		KUNIT_ASSERT_NOT_NULL(test, addr[i]);
		addr[i][0] = i * 3;
	}
	KUNIT_EXPECT_NULL(test, vmap_area_check());
	for (i = 0; i < AREAS; i++)
		wrong += addr[i][0] != i * 3 || !find_vm_area(addr[i]);
	for (i = AREAS - 1; i > 0; i--) {
		k = test_rand_below(&r, i + 1);
		swap(addr[i], addr[k]);
	}
	for (i = 0; i < AREAS; i++) {
		vfree(addr[i]);
		if (i == AREAS / 2)
			KUNIT_EXPECT_NULL(test, vmap_area_check());
	}
	KUNIT_EXPECT_EQ(test, wrong, 0U);
	vfree(addr);
	vm_unmap_aliases();
	KUNIT_EXPECT_NULL(test, vmap_area_check());
}

static struct kunit_case torture_cases[] = {
	KUNIT_CASE_SLOW(vmalloc_random),
	KUNIT_CASE_SLOW(vmalloc_lowest_fit),
	KUNIT_CASE_SLOW(vmalloc_holes_merge),
	KUNIT_CASE_SLOW(vmalloc_ten_thousand),
	{}
};

static struct kunit_suite torture_suite = {
	.name = "vmalloc_torture",
	.test_cases = torture_cases,
};

/* All of memory, taken in the largest blocks there are. */
struct hoard {
	struct list_head pages;
	gfp_t gfp;
};

static void hoard_take_all(struct hoard *h)
{
	struct page *page;
	int order;

	INIT_LIST_HEAD(&h->pages);
	h->gfp = GFP_HIGHUSER | __GFP_MEMALLOC | __GFP_NOWARN | __GFP_NORETRY;
	for (order = MAX_ORDER - 1; order >= 0; order--) {
		while ((page = alloc_pages(h->gfp, order))) {
			page->private = order;
			list_add(&page->lru, &h->pages);
		}
	}
}

/* Give single pages back until n more are free; false if none is left. */
static bool hoard_give(struct hoard *h, unsigned int n)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, &h->pages, lru) {
		if (!n)
			return true;
		if (page->private || PageHighMem(page))
			continue;
		list_del(&page->lru);
		__free_page(page);
		n--;
	}
	return n == 0;
}

static void hoard_give_all(struct hoard *h)
{
	struct page *page, *next;

	page_poisoning = false;
	list_for_each_entry_safe(page, next, &h->pages, lru) {
		unsigned int order = page->private;

		list_del(&page->lru);
		page->private = 0;
		__free_pages(page, order);
	}
	page_poisoning = true;
}

/* Split one lowmem block of the hoard, so that single pages can be given. */
static void hoard_split_one(struct kunit *test, struct hoard *h)
{
	struct page *page, *found = NULL;
	unsigned int i, order = 0;

	list_for_each_entry(page, &h->pages, lru) {
		if (page->private >= 6 && !PageHighMem(page)) {
			found = page;
			order = page->private;
		}
	}
	KUNIT_ASSERT_NOT_NULL(test, found);
	list_del(&found->lru);
	split_page(found, order);
	for (i = 0; i < 1U << order; i++) {
		found[i].private = 0;
		list_add(&found[i].lru, &h->pages);
	}
}

/* Everything an allocation could leave behind. */
static unsigned long memory_left(void)
{
	slab_shrink_all();
	drain_all_pages(NULL);
	return nr_free_pages() + global_zone_page_state(NR_PAGETABLE);
}

/*
 * With room for 0, 1, 2, ... frames, so that an allocation of 16 pages fails
 * at every step it has: is everything undone each time, and does it work when
 * there is room for all?
 */
static void vmalloc_out_of_memory(struct kunit *test)
{
	gfp_t gfp = GFP_KERNEL | __GFP_MEMALLOC | __GFP_NOWARN;
	unsigned long areas = vm_area_count(), left;
	unsigned int given, failed = 0, wrong = 0;
	void *addr = NULL;
	struct hoard h;

	vm_unmap_aliases();
	hoard_take_all(&h);
	hoard_split_one(test, &h);
	for (given = 0; given < 40 && !addr; given++) {
		left = memory_left();
		addr = __vmalloc(16 * PAGE_SIZE, gfp);
		if (addr)
			break;
		failed++;
		wrong += memory_left() != left;
		wrong += vm_area_count() != areas;
		wrong += vmap_area_check() != NULL;
		hoard_give(&h, 1);
	}
	KUNIT_EXPECT_EQ(test, wrong, 0U);
	KUNIT_EXPECT_GE(test, failed, 15U);
	KUNIT_EXPECT_NOT_NULL(test, addr);
	vfree(addr);
	hoard_give_all(&h);
}

/* Out of memory: one warning, which says so? */
static void vmalloc_out_of_memory_warns(struct kunit *test)
{
	struct hoard h;
	const char *text, *first;
	void *addr;

	hoard_take_all(&h);
	capture_begin();
	addr = vmalloc(64 * PAGE_SIZE);
	text = capture_end();
	hoard_give_all(&h);
	KUNIT_EXPECT_NULL(test, addr);
	first = strstr(text, "vmalloc: allocation of 262144 bytes failed");
	KUNIT_ASSERT_NOT_NULL(test, first);
	KUNIT_EXPECT_NULL(test, strstr(first + 1, "vmalloc: alloc"));
}

static struct kunit_case vmalloc_fail_cases[] = {
	KUNIT_CASE_SLOW(vmalloc_out_of_memory),
	KUNIT_CASE_SLOW(vmalloc_out_of_memory_warns),
	{}
};

static struct kunit_suite vmalloc_fail_suite = {
	.name = "vmalloc_fail",
	.test_cases = vmalloc_fail_cases,
};

kunit_test_suites(&torture_suite, &vmalloc_fail_suite);
