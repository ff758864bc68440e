// SPDX-License-Identifier: MIT
/* vmalloc() of a node, and what is behind addresses where nothing is. */
#include "windows_test.h"

#include <linux/string.h>
#include <linux/vmalloc.h>

static void *vmalloc_here(unsigned long size)
{
	return vmalloc_node(size, 0);
}

static void *vzalloc_here(unsigned long size)
{
	return vzalloc_node(size, 0);
}

/* Is there no page behind what was never mapped, nor outside the window? */
static void vmalloc_nothing_behind(struct kunit *test)
{
	void *last = (void *)(VMALLOC_END - PAGE_SIZE);
	unsigned long lowmem = __get_free_page(GFP_KERNEL);

	KUNIT_EXPECT_NULL(test, vmalloc_to_page(last));
	KUNIT_EXPECT_EQ(test, vmalloc_to_pfn(last), 0UL);
	KUNIT_EXPECT_NULL(test, vmalloc_to_page((void *)lowmem));
	KUNIT_EXPECT_EQ(test, vmalloc_to_pfn((void *)lowmem), 0UL);
	free_page(lowmem);
}

/* Is a node given in vain, as there is one: the same memory, zeroed or not? */
static void vmalloc_of_a_node(struct kunit *test)
{
	void *(*const forms[])(unsigned long) = { vmalloc_here, vzalloc_here };
	unsigned int i;

	for (i = 0; i < 2; i++) {
		void *dirty = vmalloc(PAGE_SIZE), *addr;

		KUNIT_ASSERT_NOT_NULL(test, dirty);
		memset(dirty, 0xff, PAGE_SIZE);
		vfree(dirty);
		addr = forms[i](PAGE_SIZE);
		KUNIT_ASSERT_NOT_NULL(test, addr);
		KUNIT_EXPECT_EQ(test, find_vm_area(addr)->nr_pages, 1U);
		KUNIT_EXPECT_EQ(test, find_vm_area(addr)->flags, VM_ALLOC);
		if (i)
			KUNIT_EXPECT_NULL(test, memchr_inv(addr, 0, PAGE_SIZE));
		vfree(addr);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(vmalloc_of_a_node),
	KUNIT_CASE(vmalloc_nothing_behind),
	{}
};

static struct kunit_suite suite = {
	.name = "vmalloc_forms",
	.test_cases = cases,
};
kunit_test_suite(suite);
