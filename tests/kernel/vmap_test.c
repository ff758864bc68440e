// SPDX-License-Identifier: MIT
/*
 * Pages shown in the vmalloc window: vmap and vm_map_ram, and bare areas.
 */
#include "windows_test.h"

#include <linux/vmalloc.h>

#include "../../mm/vmap.h"

/* Does vmap show pages in the order given, one of them twice? */
static void vmap_shows_pages(struct kunit *test)
{
	struct page *page[4];
	unsigned long *addr;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		page[i] = alloc_page(i == 1 ? GFP_KERNEL : GFP_HIGHUSER);
		KUNIT_ASSERT_NOT_NULL(test, page[i]);
		addr = kmap_local_page(page[i]);
		addr[0] = 100 + i;
		kunmap_local(addr);
	}
	page[3] = page[0];
	addr = vmap(page, 4, VM_MAP, PAGE_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_EQ(test, addr[0 * 1024], 100UL);
	KUNIT_EXPECT_EQ(test, addr[1 * 1024], 101UL);
	KUNIT_EXPECT_EQ(test, addr[2 * 1024], 102UL);
	/* the compiler cannot know that the two words are one */
	WRITE_ONCE(addr[0], 7);
	KUNIT_EXPECT_EQ(test, READ_ONCE(addr[3 * 1024]), 7UL);
	KUNIT_EXPECT_TRUE(test, read_faults(addr + 4 * 1024));
	KUNIT_EXPECT_EQ(test, page_count(page[0]), 1);
	vunmap(addr);
	KUNIT_EXPECT_EQ(test, page_count(page[0]), 1);
	for (i = 0; i < 3; i++)
		__free_page(page[i]);
}

/* Does VM_MAP_PUT_PAGES give the pages and the array to vfree? */
static void vmap_put_pages(struct kunit *test)
{
	struct page **pages = kmalloc(2 * sizeof(*pages), GFP_KERNEL);
	struct page *kept;
	void *addr;

	KUNIT_ASSERT_NOT_NULL(test, pages);
	pages[0] = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, pages[0]);
	pages[1] = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, pages[1]);
	kept = pages[1];
	get_page(kept);
	addr = vmap(pages, 2, VM_MAP | VM_MAP_PUT_PAGES, PAGE_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	vfree(addr);
	KUNIT_EXPECT_EQ(test, page_count(kept), 1);
	__free_page(kept);
}

/* Is a read-only vmap one, and a NULL page refused with a report? */
static void vmap_prot_and_null(struct kunit *test)
{
	struct page *page[2] = { alloc_page(GFP_KERNEL), NULL };
	unsigned long areas = vm_area_count();
	const char *text;
	void *addr;

	KUNIT_ASSERT_NOT_NULL(test, page[0]);
	addr = vmap(page, 1, VM_MAP, PAGE_KERNEL_RO);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_FALSE(test, read_faults(addr));
	KUNIT_EXPECT_TRUE(test, write_faults(addr));
	vunmap(addr);

	capture_begin();
	addr = vmap(page, 2, VM_MAP, PAGE_KERNEL);
	text = capture_end();
	KUNIT_EXPECT_NULL(test, addr);
	KUNIT_EXPECT_TRUE(test, text_has(text, "page 1 of 2 is NULL"));
	KUNIT_EXPECT_NULL(test, vmap(page, 0, VM_MAP, PAGE_KERNEL));
	KUNIT_EXPECT_EQ(test, vm_area_count(), areas);
	__free_page(page[0]);
}

/* vm_map_ram: the same pages, no vm_struct to see, the count checked? */
static void vmap_ram(struct kunit *test)
{
	struct page *page[3];
	unsigned long *addr;
	const char *text;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		page[i] = alloc_page(GFP_HIGHUSER);
		KUNIT_ASSERT_NOT_NULL(test, page[i]);
	}
	addr = vm_map_ram(page, 3, -1);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_PTR_EQ(test, vmalloc_to_page(addr + i * 1024),
				    page[i]);
	capture_begin();
	vm_unmap_ram(addr, 2);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "has 3 pages, not 2"));
	vm_unmap_ram(addr, 3);
	KUNIT_EXPECT_NULL(test, vmalloc_to_page(addr));
	for (i = 0; i < 3; i++)
		__free_page(page[i]);
}

/* A bare area: is nothing mapped in it until the caller maps something? */
static void vm_area_by_hand(struct kunit *test)
{
	struct vm_struct *vm = get_vm_area(3 * PAGE_SIZE, VM_MAP);
	struct page *page = alloc_page(GFP_KERNEL);
	unsigned long addr;
	int err;

	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_ASSERT_NOT_NULL(test, page);
	addr = (unsigned long)vm->addr;
	KUNIT_EXPECT_TRUE(test, read_faults(vm->addr));
	err = map_kernel_range(addr + PAGE_SIZE, PAGE_SIZE, PAGE_KERNEL, &page);
	KUNIT_EXPECT_EQ(test, err, 0);
	KUNIT_EXPECT_TRUE(test, read_faults((void *)addr));
	KUNIT_EXPECT_FALSE(test, read_faults((void *)(addr + PAGE_SIZE)));
	KUNIT_EXPECT_TRUE(test, read_faults((void *)(addr + 2 * PAGE_SIZE)));
	unmap_kernel_range(addr + PAGE_SIZE, PAGE_SIZE);
	KUNIT_EXPECT_TRUE(test, read_faults((void *)(addr + PAGE_SIZE)));
	KUNIT_EXPECT_PTR_EQ(test, remove_vm_area(vm->addr), vm);
	KUNIT_EXPECT_NULL(test, find_vm_area((void *)addr));
	KUNIT_EXPECT_NULL(test, remove_vm_area((void *)addr));
	free_vm_area(vm);
	KUNIT_EXPECT_NULL(test, vmap_area_check());
	__free_page(page);
}

/*
 * Is an area placed where the caller wants it, and the free range around it
 * cut in two and whole again?	[ free ][area][ free ]
 */
static void vm_area_in_a_place(struct kunit *test)
{
	unsigned long middle =
		VMALLOC_START + (VMALLOC_END - VMALLOC_START) / 2;
	unsigned long start = PAGE_ALIGN(middle);
	struct vm_struct *vm, *second;

	vm = __get_vm_area(PAGE_SIZE, VM_MAP, start, VMALLOC_END);
	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_EQ(test, (unsigned long)vm->addr, start);
	KUNIT_EXPECT_NULL(test, vmap_area_check());
	second = __get_vm_area(PAGE_SIZE, VM_MAP, start, start + 2 * PAGE_SIZE);
	KUNIT_EXPECT_NULL(test, second);
	second = __get_vm_area(PAGE_SIZE, VM_MAP, start, start + 4 * PAGE_SIZE);
	if (!second)
		free_vm_area(vm);
	KUNIT_ASSERT_NOT_NULL(test, second);
	KUNIT_EXPECT_EQ(test, (unsigned long)second->addr,
			start + 2 * PAGE_SIZE);
	free_vm_area(vm);
	free_vm_area(second);
	vm_unmap_aliases();
	KUNIT_EXPECT_NULL(test, vmap_area_check());
	KUNIT_EXPECT_NULL(test, get_vm_area(0, VM_MAP));
	KUNIT_EXPECT_NULL(test, get_vm_area(0xfffff001, VM_MAP));
}

/* Without a guard page, has an area just the pages that were asked for? */
static void vm_area_without_guard(struct kunit *test)
{
	struct vm_struct *vm = get_vm_area(PAGE_SIZE, VM_MAP | VM_NO_GUARD);

	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_EQ(test, vm->size, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, get_vm_area_size(vm), PAGE_SIZE);
	free_vm_area(vm);
}

static struct kunit_case vmap_cases[] = {
	KUNIT_CASE(vmap_shows_pages),
	KUNIT_CASE(vmap_put_pages),
	KUNIT_CASE(vmap_prot_and_null),
	KUNIT_CASE(vmap_ram),
	KUNIT_CASE(vm_area_by_hand),
	KUNIT_CASE(vm_area_in_a_place),
	KUNIT_CASE(vm_area_without_guard),
	{}
};

static struct kunit_suite vmap_suite = {
	.name = "vmap",
	.test_cases = vmap_cases,
};

kunit_test_suite(vmap_suite);
