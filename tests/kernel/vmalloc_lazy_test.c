// SPDX-License-Identifier: MIT
/*
 * Lazy unmapping: one flush for many areas, and no range used again before
 * its flush. What the ranges look like inside is checked after each step.
 */
#include "windows_test.h"

#include <asm/tlbflush.h>
#include <linux/vmalloc.h>

#include "../../mm/internal.h"
#include "../../mm/vmap.h"
#include "kasan_skip.h"

static unsigned long flushes(void)
{
	return tlb_flush_stats().range + tlb_flush_stats().all;
}

static int lazy_init(struct kunit *test)
{
	vm_unmap_aliases();
	return 0;
}

static void lazy_exit(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, vmap_area_check());
}

/* Do many frees together cost one flush, made when it is asked for? */
static void lazy_one_flush_for_many(struct kunit *test)
{
	skip_with_kasan(test, "flushes for the shadow, too");

	enum { AREAS = 50 };
	unsigned long before = flushes();
	void *addr[AREAS];
	unsigned int i;

	for (i = 0; i < AREAS; i++)
		addr[i] = vmalloc(PAGE_SIZE);
	for (i = 0; i < AREAS; i++)
		vfree(addr[i]);
	KUNIT_EXPECT_EQ(test, flushes(), before);
	KUNIT_EXPECT_EQ(test, vmap_lazy_bytes(), AREAS * 2 * PAGE_SIZE);
	KUNIT_EXPECT_NULL(test, vmap_area_check());
	vm_unmap_aliases();
	KUNIT_EXPECT_EQ(test, flushes(), before + 1);
	KUNIT_EXPECT_EQ(test, vmap_lazy_bytes(), 0UL);
	vm_unmap_aliases();
	KUNIT_EXPECT_EQ(test, flushes(), before + 1);
}

/*
 * Is a freed range left alone until its flush, and given out again after?
 *	[lazy]   -> the next area is elsewhere
 *	[flushed]-> the lowest range again
 */
static void lazy_range_not_reused(struct kunit *test)
{
	void *first = vmalloc(PAGE_SIZE), *second;
	unsigned int i;

	vfree(first);
	for (i = 0; i < 20; i++) {
		second = vmalloc(PAGE_SIZE);
		KUNIT_EXPECT_PTR_NE(test, second, first);
		vfree(second);
	}
	KUNIT_EXPECT_TRUE(test, vmap_addr_is_lazy((unsigned long)first));
	KUNIT_EXPECT_FALSE(test, vmap_addr_is_lazy(VMALLOC_START - 1));
	KUNIT_EXPECT_FALSE(test, vmap_addr_is_lazy(VMALLOC_END - 1));
	vm_unmap_aliases();
	KUNIT_EXPECT_FALSE(test, vmap_addr_is_lazy((unsigned long)first));
	second = vmalloc(PAGE_SIZE);
	KUNIT_EXPECT_PTR_EQ(test, second, first);
	vfree(second);
}

/*
 * When an address comes back with another frame behind it, can the TLB still
 * show the old one? Each round touches the address before and after; a flush
 * left out shows as the old frame's value.
 */
static void lazy_tlb_never_stale(struct kunit *test)
{
	unsigned int round, wrong = 0, same = 0;
	unsigned long *addr, *last = NULL;
	struct page *page[2];

	page[0] = alloc_page(GFP_HIGHUSER);
	page[1] = alloc_page(GFP_HIGHUSER);
	KUNIT_ASSERT_NOT_NULL(test, page[0]);
	KUNIT_ASSERT_NOT_NULL(test, page[1]);
	for (round = 0; round < 50; round++) {
		addr = vmap(&page[round & 1], 1, VM_MAP, PAGE_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, addr);
		same += addr == last;
		last = addr;
		addr[1] = round;
		wrong += addr[1] != round;
		vunmap(addr);
		vm_unmap_aliases();
		wrong += !read_faults(addr);
		addr = kmap_local_page(page[round & 1]);
		wrong += addr[1] != round;
		kunmap_local(addr);
	}
	KUNIT_EXPECT_EQ(test, wrong, 0U);
	KUNIT_EXPECT_EQ(test, same, 49U);
	__free_page(page[0]);
	__free_page(page[1]);
}

/* Are lazy ranges bounded: is there a flush before they fill the window? */
static void lazy_is_bounded(struct kunit *test)
{
	skip_with_kasan(test, "flushes for the shadow, too");

	unsigned long window = VMALLOC_END - VMALLOC_START;
	unsigned long before = flushes();
	unsigned long turned = 0;
	struct vm_struct *vm;

	while (turned < 2 * window) {
		vm = get_vm_area(63 * PAGE_SIZE, VM_MAP);
		KUNIT_ASSERT_NOT_NULL(test, vm);
		turned += vm->size;
		free_vm_area(vm);
		KUNIT_ASSERT_LE(test, vmap_lazy_bytes(), window / 4);
		KUNIT_ASSERT_LE(test, vmap_lazy_bytes(), 32UL << 20);
	}
	KUNIT_EXPECT_GE(test, flushes() - before, 8UL);
	KUNIT_EXPECT_LE(test, flushes() - before, 64UL * num_possible_cpus());
}

/* An area high in the window, where nobody else has any. */
static struct vm_struct *upper_area(unsigned long size)
{
	unsigned long quarter = (VMALLOC_END - VMALLOC_START) / 4;

	return __get_vm_area(size, VM_MAP, PAGE_ALIGN(VMALLOC_END - quarter),
			     VMALLOC_END);
}

/* Are neighbours freed in either order one lazy range, and then one free? */
static void lazy_neighbours_merge(struct kunit *test)
{
	struct vm_struct *vm[6], *again;
	void *first;
	unsigned int i;

	for (i = 0; i < 6; i++)
		vm[i] = upper_area(PAGE_SIZE);
	for (i = 0; i < 6; i++)
		KUNIT_ASSERT_NOT_NULL(test, vm[i]);
	first = vm[0]->addr;
	for (i = 0; i < 3; i++)
		free_vm_area(vm[i]);
	for (i = 6; i-- > 3;)
		free_vm_area(vm[i]);
	KUNIT_EXPECT_NULL(test, vmap_area_check());
	vm_unmap_aliases();
	KUNIT_EXPECT_NULL(test, vmap_area_check());
	again = upper_area(11 * PAGE_SIZE);
	KUNIT_ASSERT_NOT_NULL(test, again);
	KUNIT_EXPECT_PTR_EQ(test, again->addr, first);
	free_vm_area(again);
}

/*
 * When the window is full but for lazy ranges, are they flushed and used? And
 * when it is really full, is the answer NULL, and all as before afterwards?
 */
static void lazy_purged_when_full(struct kunit *test)
{
	enum { STEP = 1 << 20 };
	struct vm_struct *vm, *list = NULL;
	unsigned long count = 0, areas = vm_area_count();
	const char *text;
	void *addr;

	while ((vm = get_vm_area(STEP - PAGE_SIZE, VM_MAP))) {
		vm->next = list;
		list = vm;
		count++;
	}
	KUNIT_EXPECT_GE(test, count,
			(VMALLOC_END - VMALLOC_START) / STEP - areas - 8);
	while ((vm = get_vm_area(PAGE_SIZE, VM_MAP))) {
		vm->next = list;
		list = vm;
	}
	KUNIT_EXPECT_NULL(test, vmap_area_check());
	capture_begin();
	addr = vmalloc(PAGE_SIZE);
	text = capture_end();
	KUNIT_EXPECT_NULL(test, addr);
	KUNIT_EXPECT_TRUE(test, text_has(text, "no room"));

	vm = list;
	list = vm->next;
	addr = vm->addr;
	free_vm_area(vm);
	vm = get_vm_area(PAGE_SIZE, VM_MAP);
	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_PTR_EQ(test, vm->addr, addr);
	free_vm_area(vm);
	while (list) {
		vm = list;
		list = vm->next;
		free_vm_area(vm);
	}
	KUNIT_EXPECT_EQ(test, vm_area_count(), areas);
}

/* Are lazy ranges given back when memory is short: by the shrinkers? */
static void lazy_ends_under_pressure(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < 200; i++)
		vfree(vmalloc(PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, vmap_lazy_bytes(), 200 * 2 * PAGE_SIZE);
	shrink_slab(GFP_KERNEL, 0);
	KUNIT_EXPECT_EQ(test, vmap_lazy_bytes(), 0UL);
	/* nothing is lazy: no flush is made for nothing */
	shrink_slab(GFP_KERNEL, 0);
	KUNIT_EXPECT_EQ(test, vmap_lazy_bytes(), 0UL);
}

/*
 * Is the lowest free place from a bound on found, whichever it is?
 *
 *	|aa|..|aa|..|aa|..|      every other area is freed
 *	         ^ from here on: the second gap
 */
static void free_place_from_a_bound_on(struct kunit *test)
{
	enum { AREAS = 48, STEP = 2 * 4096 };
	struct vm_struct *area[AREAS], *found;
	unsigned long from;
	int i;

	for (i = 0; i < AREAS; i++) {
		area[i] = get_vm_area(PAGE_SIZE, VM_MAP);
		KUNIT_ASSERT_NOT_NULL(test, area[i]);
	}
	for (i = 1; i < AREAS; i++)
		if (area[i]->addr != area[i - 1]->addr + STEP)
			break;
	if (i == AREAS) {
		for (i = 0; i < AREAS; i += 2)
			free_vm_area(area[i]);
		vm_unmap_aliases();
		for (i = 0; i < AREAS; i += 2) {
			from = (unsigned long)area[1]->addr + (i - 1) * STEP;
			found = __get_vm_area(PAGE_SIZE, VM_MAP, from,
					      VMALLOC_END);
			KUNIT_ASSERT_NOT_NULL(test, found);
			KUNIT_EXPECT_EQ(test, (unsigned long)found->addr, from);
			free_vm_area(found);
			vm_unmap_aliases();
			/* a gap that is cut by a bound does not do */
			found = __get_vm_area(PAGE_SIZE, VM_MAP,
					      from + PAGE_SIZE, VMALLOC_END);
			KUNIT_ASSERT_NOT_NULL(test, found);
			KUNIT_EXPECT_GE(test, (unsigned long)found->addr,
					from + 2 * STEP);
			free_vm_area(found);
			KUNIT_EXPECT_NULL(test,
					  __get_vm_area(PAGE_SIZE, VM_MAP, from,
							from + PAGE_SIZE));
			vm_unmap_aliases();
		}
		for (i = 1; i < AREAS; i += 2)
			free_vm_area(area[i]);
		return;
	}
	for (i = 0; i < AREAS; i++)
		free_vm_area(area[i]);
	kunit_skip(test, "the areas are not one behind the other");
}

static struct kunit_case lazy_cases[] = {
	KUNIT_CASE(lazy_one_flush_for_many),
	KUNIT_CASE(lazy_range_not_reused),
	KUNIT_CASE(lazy_tlb_never_stale),
	KUNIT_CASE(lazy_is_bounded),
	KUNIT_CASE(lazy_neighbours_merge),
	KUNIT_CASE(lazy_purged_when_full),
	KUNIT_CASE(lazy_ends_under_pressure),
	KUNIT_CASE(free_place_from_a_bound_on),
	{}
};

static struct kunit_suite lazy_suite = {
	.name = "vmalloc_lazy",
	.init = lazy_init,
	.exit = lazy_exit,
	.test_cases = lazy_cases,
};

kunit_test_suite(lazy_suite);
