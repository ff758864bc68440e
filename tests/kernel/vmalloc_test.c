// SPDX-License-Identifier: MIT
/*
 * vmalloc and its forms, guard pages, wrong use, the text.
 */
#include "windows_test.h"

#include <linux/preempt.h>
#include <linux/vmalloc.h>

#include "../../mm/vmap.h"

/* Words of an area that do not hold the value. */
static unsigned int words_not(const unsigned long *addr, unsigned long bytes,
			      unsigned long value)
{
	unsigned int i, wrong = 0;

	for (i = 0; i < bytes / sizeof(*addr); i++)
		wrong += addr[i] != value;
	return wrong;
}

static void fill_words(unsigned long *addr, unsigned long bytes,
		       unsigned long value)
{
	unsigned int i;

	for (i = 0; i < bytes / sizeof(*addr); i++)
		addr[i] = value;
}

/*
 * What may be written to of an area for size bytes: all of its pages, but to
 * a checker of accesses just what was asked for.
 */
static unsigned long usable(unsigned long size)
{
	return IS_ENABLED(CONFIG_KASAN) ? size : PAGE_ALIGN(size);
}

/*
 * Where is an area's array of pages: in its descriptor, in lowmem if that takes
 * a page, or in an area of its own?
 */
static void vmalloc_page_arrays(struct kunit *test)
{
	static const struct {
		unsigned int nr_pages;
		bool area;
	} wanted[] = {
		{ 1, false }, { 100, false }, { PAGE_SIZE / 4, false },
		{ PAGE_SIZE / 4 + 1, true },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wanted); i++) {
		void *addr = vmalloc(wanted[i].nr_pages * PAGE_SIZE);

		KUNIT_ASSERT_NOT_NULL(test, addr);
		KUNIT_EXPECT_EQ(test,
				is_vmalloc_addr(find_vm_area(addr)->pages),
				wanted[i].area);
		vfree(addr);
	}
}

/* Is all of an area usable, whatever size was asked for? */
static void vmalloc_sizes(struct kunit *test)
{
	static const unsigned long sizes[] = {
		1, 4095, 4096, 4097, 5 * 4096, 16 * 4096 + 1, 1 << 20,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		unsigned long bytes = PAGE_ALIGN(sizes[i]);
		unsigned long *addr = vmalloc(sizes[i]);

		KUNIT_ASSERT_NOT_NULL(test, addr);
		KUNIT_EXPECT_TRUE(test, PAGE_ALIGNED(addr));
		KUNIT_EXPECT_TRUE(test, is_vmalloc_addr(addr));
		KUNIT_EXPECT_TRUE(test,
				  is_vmalloc_addr((char *)addr + bytes - 1));
		bytes = usable(sizes[i]);
		fill_words(addr, bytes, 0xc0ffee + i);
		KUNIT_EXPECT_EQ(test, words_not(addr, bytes, 0xc0ffee + i), 0U);
		vfree(addr);
	}
}

/* Do the zeroed forms give zeroes where dirty frames are reused? */
static void vmalloc_zeroed_forms(struct kunit *test)
{
	enum { BYTES = 8 * 4096 };
	void *(*const forms[])(unsigned long) = {
		vzalloc, vmalloc_user, vmalloc_32_user,
	};
	unsigned int i, round;

	for (round = 0; round < 4; round++) {
		for (i = 0; i < ARRAY_SIZE(forms); i++) {
			unsigned long *addr = vmalloc(BYTES);

			KUNIT_ASSERT_NOT_NULL(test, addr);
			fill_words(addr, BYTES, ~0UL);
			vfree(addr);
			addr = forms[i](BYTES - 100);
			KUNIT_ASSERT_NOT_NULL(test, addr);
			KUNIT_EXPECT_EQ(test,
					words_not(addr, usable(BYTES - 100), 0),
					0U);
			fill_words(addr, usable(BYTES - 100), ~0UL);
			vfree(addr);
		}
	}
}

/*
 * Are the frames behind an area single, distinct ones, and the addresses
 * windows onto exactly them?
 */
static void vmalloc_pages_behind(struct kunit *test)
{
	enum { PAGES = 20 };
	unsigned long *addr = vmalloc(PAGES * PAGE_SIZE);
	struct vm_struct *vm = find_vm_area(addr);
	unsigned int i, k;

	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_PTR_EQ(test, vm->addr, (void *)addr);
	KUNIT_EXPECT_EQ(test, vm->size, (PAGES + 1) * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, get_vm_area_size(vm), PAGES * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, vm->nr_pages, (unsigned int)PAGES);
	for (i = 0; i < PAGES; i++) {
		unsigned long *word = addr + i * 1024 + 17;
		struct page *page = vmalloc_to_page(word);
		unsigned long *slot;

		KUNIT_ASSERT_NOT_NULL(test, page);
		KUNIT_EXPECT_PTR_EQ(test, page, vm->pages[i]);
		KUNIT_EXPECT_EQ(test, vmalloc_to_pfn(word), page_to_pfn(page));
		KUNIT_EXPECT_EQ(test, page_count(page), 1);
		for (k = 0; k < i; k++)
			KUNIT_EXPECT_PTR_NE(test, vm->pages[k], page);
		*word = i;
		slot = kmap_local_page(page);
		KUNIT_EXPECT_EQ(test, slot[17], (unsigned long)i);
		kunmap_local(slot);
	}
	vfree(addr);
	KUNIT_EXPECT_NULL(test, find_vm_area(addr));
}

/* Do frames come from highmem first, and for vmalloc_32 from lowmem? */
static void vmalloc_zones(struct kunit *test)
{
	struct page *high = alloc_page(GFP_HIGHUSER);
	bool has_high;
	void *addr;

	KUNIT_ASSERT_NOT_NULL(test, high);
	has_high = PageHighMem(high);
	__free_page(high);
	addr = vmalloc_32(PAGE_SIZE);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_FALSE(test, PageHighMem(vmalloc_to_page(addr)));
	vfree(addr);
	addr = __vmalloc(PAGE_SIZE, GFP_KERNEL | GFP_DMA);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_LT(test, vmalloc_to_pfn(addr), 4096UL);
	vfree(addr);
	addr = vmalloc(PAGE_SIZE);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_EQ(test, PageHighMem(vmalloc_to_page(addr)), has_high);
	vfree(addr);
}

/* Do the counts of areas and pages follow? */
static void vmalloc_counts(struct kunit *test)
{
	unsigned long areas = vm_area_count(), pages = vmalloc_nr_pages();
	void *one = vmalloc(1), *ten = vmalloc(10 * PAGE_SIZE);

	KUNIT_EXPECT_EQ(test, vm_area_count(), areas + 2);
	KUNIT_EXPECT_EQ(test, vmalloc_nr_pages(), pages + 11);
	vfree(one);
	KUNIT_EXPECT_EQ(test, vmalloc_nr_pages(), pages + 10);
	vfree(ten);
	KUNIT_EXPECT_EQ(test, vm_area_count(), areas);
	KUNIT_EXPECT_EQ(test, vmalloc_nr_pages(), pages);
}

/* Does an element count that overflows give NULL, not a small area? */
static void vmalloc_array_overflow(struct kunit *test)
{
	unsigned long *addr = vcalloc(3, 5000);

	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_EQ(test, words_not(addr, 15000, 0), 0U);
	vfree(addr);
	addr = vmalloc_array(100, 41);
	KUNIT_EXPECT_NOT_NULL(test, addr);
	vfree(addr);
	KUNIT_EXPECT_NULL(test, vmalloc_array(0x10001, 0x10000));
	KUNIT_EXPECT_NULL(test, vcalloc(SIZE_MAX, 2));
	KUNIT_EXPECT_NULL(test, __vcalloc(0x80000001, 2, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, __vmalloc_array(3, SIZE_MAX / 2, GFP_KERNEL));
}

/* Does vmalloc_user mark its area as fit for programs? */
static void vmalloc_user_flag(struct kunit *test)
{
	void *addr = vmalloc_user(PAGE_SIZE);
	void *plain = vmalloc(PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_ASSERT_NOT_NULL(test, plain);
	KUNIT_EXPECT_TRUE(test, find_vm_area(addr)->flags & VM_USERMAP);
	KUNIT_EXPECT_FALSE(test, find_vm_area(plain)->flags & VM_USERMAP);
	vfree(addr);
	vfree(plain);
}

static struct kunit_case vmalloc_cases[] = {
	KUNIT_CASE(vmalloc_sizes),
	KUNIT_CASE(vmalloc_page_arrays),
	KUNIT_CASE(vmalloc_zeroed_forms),
	KUNIT_CASE(vmalloc_pages_behind),
	KUNIT_CASE(vmalloc_zones),
	KUNIT_CASE(vmalloc_counts),
	KUNIT_CASE(vmalloc_array_overflow),
	KUNIT_CASE(vmalloc_user_flag),
	{}
};

static struct kunit_suite vmalloc_suite = {
	.name = "vmalloc",
	.test_cases = vmalloc_cases,
};

/*
 * Does the first byte behind an area fault, also when another area follows?
 *	[ a ][guard][ b ][guard]
 */
static void vmalloc_guard_faults(struct kunit *test)
{
	unsigned long pages;

	for (pages = 1; pages <= 5; pages++) {
		char *a = vmalloc(pages * PAGE_SIZE);
		char *b = vmalloc(pages * PAGE_SIZE);
		unsigned long size = pages * PAGE_SIZE;

		KUNIT_EXPECT_FALSE(test, write_faults(a + size - 1));
		KUNIT_EXPECT_TRUE(test, write_faults(a + size));
		KUNIT_EXPECT_TRUE(test, read_faults(a + size + 4095));
		KUNIT_EXPECT_TRUE(test, write_faults(b + size));
		KUNIT_EXPECT_NULL(test, vmalloc_to_page(a + size));
		vfree(a);
		vfree(b);
	}
}

/* Are two areas never closer than a guard page, wherever they lie? */
static void vmalloc_areas_keep_distance(struct kunit *test)
{
	enum { AREAS = 32 };
	char *addr[AREAS];
	unsigned int i, k;

	for (i = 0; i < AREAS; i++)
		addr[i] = vmalloc((1 + i % 3) * PAGE_SIZE);
	for (i = 0; i < AREAS; i++) {
		for (k = 0; k < AREAS; k++) {
			char *end = addr[i] + (1 + i % 3) * PAGE_SIZE;

			if (addr[k] > addr[i])
				KUNIT_EXPECT_GE(test, addr[k] - end,
						(long)PAGE_SIZE);
		}
	}
	for (i = 0; i < AREAS; i++)
		vfree(addr[i]);
}

static struct kunit_case vmalloc_guard_cases[] = {
	KUNIT_CASE(vmalloc_guard_faults),
	KUNIT_CASE(vmalloc_areas_keep_distance),
	{}
};

static struct kunit_suite vmalloc_guard_suite = {
	.name = "vmalloc_guard",
	.test_cases = vmalloc_guard_cases,
};

/* Is each wrong address given to vfree reported for what it is? */
static void vfree_of_wrong_addresses(struct kunit *test)
{
	char *addr = vmalloc(2 * PAGE_SIZE);
	unsigned long areas = vm_area_count();
	struct {
		void *addr;
		const char *word;
	} wrong[] = {
		{ addr + 1, "is a bad address" },
		{ addr + PAGE_SIZE, "no area begins at" },
		{ page_address(mem_map), "is a bad address" },
		{ (void *)PKMAP_BASE, "is a bad address" },
		{ (void *)(VMALLOC_END - PAGE_SIZE), "no area begins at" },
	};
	const char *text;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		capture_begin();
		vfree(wrong[i].addr);
		text = capture_end();
		KUNIT_EXPECT_TRUE(test, text_has(text, wrong[i].word));
	}
	KUNIT_EXPECT_EQ(test, vm_area_count(), areas);
	KUNIT_EXPECT_FALSE(test, read_faults(addr + PAGE_SIZE));
	vfree(addr);
	vfree(NULL);
	vunmap(NULL);
}

/* Is a second vfree known for one, as long as the range is not reused? */
static void vfree_twice(struct kunit *test)
{
	void *addr = vmalloc(PAGE_SIZE);
	const char *text;

	vfree(addr);
	capture_begin();
	vfree(addr);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "was freed already"));
	vm_unmap_aliases();
	capture_begin();
	vunmap(addr);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "no area begins at"));
	KUNIT_EXPECT_NULL(test, vmap_area_check());
}

/* Is a request for nothing refused with a warning? */
static void vmalloc_of_nothing(struct kunit *test)
{
	const char *text;
	void *addr;

	capture_begin();
	addr = vmalloc(0);
	text = capture_end();
	KUNIT_EXPECT_NULL(test, addr);
	KUNIT_EXPECT_TRUE(test, text_has(text, "asked for 0 bytes"));
}

/*
 * Is a request that can never be met refused with one warning, and with none
 * where the caller wants none?
 */
static void vmalloc_of_too_much(struct kunit *test)
{
	static const unsigned long sizes[] = { ~0UL, ~0UL - 4096, 3UL << 30 };
	unsigned long areas = vm_area_count();
	const char *text, *first;
	unsigned int i;
	void *addr;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		capture_begin();
		addr = vmalloc(sizes[i]);
		text = capture_end();
		KUNIT_EXPECT_NULL(test, addr);
		first = strstr(text, "vmalloc: allocation of");
		KUNIT_ASSERT_NOT_NULL(test, first);
		KUNIT_EXPECT_NULL(test, strstr(first + 1, "vmalloc: alloc"));

		capture_begin();
		addr = __vmalloc(sizes[i], GFP_KERNEL | __GFP_NOWARN);
		text = capture_end();
		KUNIT_EXPECT_NULL(test, addr);
		KUNIT_EXPECT_STREQ(test, text, "");
	}
	KUNIT_EXPECT_EQ(test, vm_area_count(), areas);
}

/* Is vmalloc or vfree where sleeping is forbidden reported? */
static void vmalloc_in_atomic_context(struct kunit *test)
{
	const char *text;
	void *addr;

	skip_in_release(test);
	capture_begin();
	preempt_disable();
	addr = vmalloc(PAGE_SIZE);
	preempt_enable();
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "sleeping function called"));
	KUNIT_ASSERT_NOT_NULL(test, addr);
	capture_begin();
	preempt_disable();
	vfree(addr);
	preempt_enable();
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "sleeping function called"));
}

static struct kunit_case vmalloc_misuse_cases[] = {
	KUNIT_CASE(vfree_of_wrong_addresses),
	KUNIT_CASE(vfree_twice),
	KUNIT_CASE(vmalloc_of_nothing),
	KUNIT_CASE(vmalloc_of_too_much),
	KUNIT_CASE(vmalloc_in_atomic_context),
	{}
};

static struct kunit_suite vmalloc_misuse_suite = {
	.name = "vmalloc_misuse",
	.test_cases = vmalloc_misuse_cases,
};

kunit_test_suites(&vmalloc_suite, &vmalloc_guard_suite, &vmalloc_misuse_suite);
