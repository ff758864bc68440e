// SPDX-License-Identifier: MIT
/*
 * The CPU's own slots: kmap_atomic in both forms, kmap_local, their misuse,
 * and the mode that sends lowmem through the window too.
 *
 * Cases that need no highmem page use the _pfn forms, which always take a
 * slot.
 */
#include "windows_test.h"

#include <linux/preempt.h>
#include <linux/smp.h>

static unsigned long test_pfn(unsigned int n)
{
	return 256 + n;
}

/* Do both forms compile side by side, and show the same frame? */
static void kmap_atomic_both_forms(struct kunit *test)
{
	struct page *page = alloc_page(GFP_HIGHUSER);
	unsigned long *one, *two;

	KUNIT_ASSERT_NOT_NULL(test, page);
	one = kmap_atomic(page);
	one[3] = 0x1234;
	two = kmap_atomic(page, KM_USER0);
	KUNIT_EXPECT_EQ(test, two[3], 0x1234UL);
	two[4] = 0x5678;
	KUNIT_EXPECT_EQ(test, one[4], 0x5678UL);
	kunmap_atomic(two, KM_USER0);
	kunmap_atomic(one);

	one = kmap_atomic_prot(page, PAGE_KERNEL);
	two = kmap_atomic_prot(page, KM_IRQ0, PAGE_KERNEL);
	KUNIT_EXPECT_EQ(test, one[3], two[3]);
	kunmap_atomic(two, KM_IRQ0);
	kunmap_atomic(one);
	KUNIT_EXPECT_EQ(test, kmap_atomic_depth(), 0U);
	__free_page(page);
}

/* Does a lowmem page need no slot? */
static void kmap_atomic_of_lowmem(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	bool forced = kmap_force;
	void *addr;

	KUNIT_ASSERT_NOT_NULL(test, page);
	kmap_force = false;
	addr = kmap_atomic(page);
	KUNIT_EXPECT_PTR_EQ(test, addr, page_address(page));
	KUNIT_EXPECT_EQ(test, kmap_atomic_depth(), 0U);
	kunmap_atomic(addr);
	addr = kmap_atomic(page, KM_USER1);
	KUNIT_EXPECT_PTR_EQ(test, addr, page_address(page));
	kunmap_atomic(addr, KM_USER1);
	kmap_force = forced;
	__free_page(page);
}

/*
 * With every slot open at once, is each at its own address and showing its
 * own frame?	13 typed + 16 stacked
 */
static void kmap_atomic_slots_are_distinct(struct kunit *test)
{
	void *addr[KM_SLOTS_PER_CPU];
	unsigned int i, k;

	for (i = 0; i < KM_TYPE_NR; i++)
		addr[i] = kmap_atomic_pfn(test_pfn(i), i);
	for (; i < KM_SLOTS_PER_CPU; i++)
		addr[i] = kmap_local_pfn(test_pfn(i));
	KUNIT_EXPECT_EQ(test, kmap_atomic_depth(),
			(unsigned int)KM_SLOTS_PER_CPU);
	for (i = 0; i < KM_SLOTS_PER_CPU; i++) {
		KUNIT_EXPECT_TRUE(test, is_kmap_addr(addr[i]));
		KUNIT_EXPECT_EQ(test, page_to_pfn(kmap_to_page(addr[i])),
				test_pfn(i));
		for (k = 0; k < i; k++)
			KUNIT_EXPECT_PTR_NE(test, addr[k], addr[i]);
	}
	for (i = KM_SLOTS_PER_CPU; i-- > KM_TYPE_NR;)
		kunmap_local(addr[i]);
	for (i = 0; i < KM_TYPE_NR; i++)
		kunmap_atomic(addr[i], i);
	KUNIT_EXPECT_EQ(test, kmap_atomic_depth(), 0U);
}

/* Is a closed slot gone at once, TLB included? */
static void kmap_atomic_closed_slot_faults(struct kunit *test)
{
	void *addr = kmap_local_pfn(test_pfn(0));

	KUNIT_EXPECT_FALSE(test, read_faults(addr));
	kunmap_local(addr);
	KUNIT_EXPECT_TRUE(test, read_faults(addr));

	addr = kmap_atomic_pfn(test_pfn(0), KM_USER0);
	KUNIT_EXPECT_FALSE(test, read_faults(addr));
	kunmap_atomic(addr, KM_USER0);
	KUNIT_EXPECT_TRUE(test, read_faults(addr));
}

/* Does a slot used again show the new frame, never the old one? */
static void kmap_atomic_reused_slot_is_fresh(struct kunit *test)
{
	struct page *page[2];
	unsigned long *addr, i;
	unsigned int wrong = 0;

	page[0] = alloc_page(GFP_HIGHUSER);
	page[1] = alloc_page(GFP_HIGHUSER);
	KUNIT_ASSERT_NOT_NULL(test, page[0]);
	KUNIT_ASSERT_NOT_NULL(test, page[1]);
	for (i = 0; i < 2; i++) {
		addr = kmap_local_pfn(page_to_pfn(page[i]));
		addr[0] = i;
		kunmap_local(addr);
	}
	for (i = 0; i < 100; i++) {
		addr = kmap_local_pfn(page_to_pfn(page[i & 1]));
		wrong += addr[0] != (i & 1);
		kunmap_local(addr);
		addr = kmap_atomic_pfn(page_to_pfn(page[i & 1]), KM_PTE0);
		wrong += addr[0] != (i & 1);
		kunmap_atomic(addr, KM_PTE0);
	}
	KUNIT_EXPECT_EQ(test, wrong, 0U);
	__free_page(page[0]);
	__free_page(page[1]);
}

/* Does nesting to the full depth work, with any address inside the page? */
static void kmap_local_nests(struct kunit *test)
{
	char *addr[KM_MAX_IDX];
	unsigned int i;

	for (i = 0; i < KM_MAX_IDX; i++) {
		addr[i] = kmap_local_pfn(test_pfn(i));
		KUNIT_EXPECT_EQ(test, kmap_atomic_depth(), i + 1);
	}
	while (i--) {
		KUNIT_EXPECT_FALSE(test, read_faults(addr[i]));
		kunmap_local(addr[i] + 1000 + i);
		KUNIT_EXPECT_EQ(test, kmap_atomic_depth(), i);
	}
}

/* Is a read-only mapping one, where the page itself may be written? */
static void kmap_atomic_prot_read_only(struct kunit *test)
{
	void *addr = kmap_atomic_pfn(test_pfn(0));

	KUNIT_EXPECT_FALSE(test, read_faults(addr));
	kunmap_atomic(addr);
	addr = kmap_slot_push(test_pfn(0), PAGE_KERNEL_RO);
	KUNIT_EXPECT_FALSE(test, read_faults(addr));
	KUNIT_EXPECT_TRUE(test, write_faults(addr));
	kunmap_local(addr);
}

/* Between kmap_atomic and kunmap_atomic, is sleeping reported? */
static void kmap_atomic_forbids_sleeping(struct kunit *test)
{
	struct page *page;
	const char *text;
	void *addr;

	skip_in_release(test);
	page = alloc_page(GFP_HIGHUSER);
	KUNIT_ASSERT_NOT_NULL(test, page);
	addr = kmap_atomic(page);
	KUNIT_EXPECT_TRUE(test, in_atomic());
	KUNIT_EXPECT_TRUE(test, pagefault_disabled());
	capture_begin();
	might_sleep();
	text = capture_end();
	kunmap_atomic(addr);
	KUNIT_EXPECT_TRUE(test, text_has(text, "sleeping function called"));
	KUNIT_EXPECT_FALSE(test, in_atomic());
	KUNIT_EXPECT_FALSE(test, pagefault_disabled());

	addr = kmap_local_page(page);
	KUNIT_EXPECT_FALSE(test, in_atomic());
	kunmap_local(addr);
	__free_page(page);
}

static void *slot_of_cpu[NR_CPUS];

static void note_slot(void *unused)
{
	void *addr = kmap_local_pfn(test_pfn(0));

	slot_of_cpu[raw_smp_processor_id()] = addr;
	kunmap_local(addr);
}

/* Has each CPU slots of its own, and the first of them when none is open? */
static void kmap_slots_of_each_cpu(struct kunit *test)
{
	unsigned int cpu;

	on_each_cpu(note_slot, NULL, 1);
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, (unsigned long)slot_of_cpu[cpu],
				fix_to_virt(FIX_KMAP_BEGIN +
					    cpu * KM_SLOTS_PER_CPU +
					    KM_TYPE_NR));
}

static struct kunit_case kmap_atomic_cases[] = {
	KUNIT_CASE(kmap_atomic_both_forms),
	KUNIT_CASE(kmap_atomic_of_lowmem),
	KUNIT_CASE(kmap_atomic_slots_are_distinct),
	KUNIT_CASE(kmap_atomic_closed_slot_faults),
	KUNIT_CASE(kmap_atomic_reused_slot_is_fresh),
	KUNIT_CASE(kmap_local_nests),
	KUNIT_CASE(kmap_slots_of_each_cpu),
	KUNIT_CASE(kmap_atomic_prot_read_only),
	KUNIT_CASE(kmap_atomic_forbids_sleeping),
	{}
};

static struct kunit_suite kmap_atomic_suite = {
	.name = "kmap_atomic",
	.test_cases = kmap_atomic_cases,
};

/*
 * Slots closed in the wrong order: is it reported, and is everything closed
 * in the end?	open a, b; close a, b
 */
static void kmap_misuse_wrong_order(struct kunit *test)
{
	void *a = kmap_local_pfn(test_pfn(0));
	void *b = kmap_local_pfn(test_pfn(1));
	const char *text;

	capture_begin();
	kunmap_local(a);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "is not the slot opened last"));
	KUNIT_EXPECT_FALSE(test, read_faults(b));
	kunmap_local(b);
	KUNIT_EXPECT_TRUE(test, read_faults(a));
	KUNIT_EXPECT_TRUE(test, read_faults(b));
	KUNIT_EXPECT_EQ(test, kmap_atomic_depth(), 0U);
}

/* A slot closed twice: reported, and no other slot suffers? */
static void kmap_misuse_closed_twice(struct kunit *test)
{
	void *keep = kmap_local_pfn(test_pfn(0));
	void *addr = kmap_local_pfn(test_pfn(1));
	const char *text;

	kunmap_local(addr);
	capture_begin();
	kunmap_local(addr);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "closed twice?"));
	KUNIT_EXPECT_FALSE(test, read_faults(keep));
	KUNIT_EXPECT_EQ(test, kmap_atomic_depth(), 1U);
	kunmap_local(keep);

	addr = kmap_atomic_pfn(test_pfn(0), KM_USER0);
	kunmap_atomic(addr, KM_USER0);
	kmap_atomic_begin();	/* for the call that is one too many */
	capture_begin();
	kunmap_atomic(addr, KM_USER0);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "closed twice?"));
}

/* A typed slot that is open already: reported; whose frame does it show? */
static void kmap_misuse_slot_reused(struct kunit *test)
{
	void *first = kmap_atomic_pfn(test_pfn(0), KM_USER0);
	const char *text;
	void *second;

	capture_begin();
	second = kmap_atomic_pfn(test_pfn(1), KM_USER0);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "is open, it maps pfn 256"));
	KUNIT_EXPECT_PTR_EQ(test, first, second);
	KUNIT_EXPECT_EQ(test, page_to_pfn(kmap_to_page(second)), test_pfn(1));
	kunmap_atomic(second, KM_USER0);
	kmap_atomic_end();	/* of the first, which was never closed */
	KUNIT_EXPECT_EQ(test, kmap_atomic_depth(), 0U);
}

/* Closed under another type's name: reported, and the right slot closed? */
static void kmap_misuse_wrong_type(struct kunit *test)
{
	void *one = kmap_atomic_pfn(test_pfn(0), KM_USER0);
	void *two = kmap_atomic_pfn(test_pfn(1), KM_USER1);
	const char *text;

	capture_begin();
	kunmap_atomic(one, KM_USER1);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "is not in the slot of type"));
	KUNIT_EXPECT_TRUE(test, read_faults(one));
	KUNIT_EXPECT_FALSE(test, read_faults(two));
	kunmap_atomic(two, KM_USER1);

	one = kmap_atomic_pfn(test_pfn(0), KM_USER0);
	capture_begin();
	kunmap_atomic(one);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "was opened with type 3"));
	KUNIT_EXPECT_TRUE(test, read_faults(one));
	KUNIT_EXPECT_EQ(test, kmap_atomic_depth(), 0U);
}

/* One slot too many: refused with a report, the others untouched? */
static void kmap_misuse_too_deep(struct kunit *test)
{
	void *addr[KM_MAX_IDX], *extra;
	const char *text;
	unsigned int i;

	for (i = 0; i < KM_MAX_IDX; i++)
		addr[i] = kmap_local_pfn(test_pfn(i));
	capture_begin();
	extra = kmap_local_pfn(test_pfn(i));
	text = capture_end();
	KUNIT_EXPECT_NULL(test, extra);
	KUNIT_EXPECT_TRUE(test, text_has(text, "slots are open"));
	kunmap_local(extra);	/* NULL: nothing to close */
	while (i--) {
		KUNIT_EXPECT_EQ(test, page_to_pfn(kmap_to_page(addr[i])),
				test_pfn(i));
		kunmap_local(addr[i]);
	}
}

/* An address from nowhere near a slot: reported? */
static void kmap_misuse_foreign_address(struct kunit *test)
{
	const char *text;

	capture_begin();
	kunmap_local((void *)fix_to_virt(FIX_TEST));
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "is in no slot"));
	KUNIT_EXPECT_EQ(test, kmap_atomic_depth(), 0U);
}

/* A mapping forgotten: is it counted, so that the leak is seen? */
static void kmap_misuse_leak_is_counted(struct kunit *test)
{
	void *stacked = kmap_local_pfn(test_pfn(0));
	void *typed = kmap_atomic_pfn(test_pfn(0), KM_SOFTIRQ1);

	KUNIT_EXPECT_EQ(test, kmap_atomic_depth(), 2U);
	kunmap_atomic(typed, KM_SOFTIRQ1);
	KUNIT_EXPECT_EQ(test, kmap_atomic_depth(), 1U);
	kunmap_local(stacked);
}

/* These provoke checks that a release build does not have. */
static int kmap_misuse_init(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "checked in debug builds only");
	return 0;
}

static struct kunit_case kmap_misuse_cases[] = {
	KUNIT_CASE(kmap_misuse_wrong_order),
	KUNIT_CASE(kmap_misuse_closed_twice),
	KUNIT_CASE(kmap_misuse_slot_reused),
	KUNIT_CASE(kmap_misuse_wrong_type),
	KUNIT_CASE(kmap_misuse_too_deep),
	KUNIT_CASE(kmap_misuse_foreign_address),
	KUNIT_CASE(kmap_misuse_leak_is_counted),
	{}
};

static struct kunit_suite kmap_misuse_suite = {
	.name = "kmap_misuse",
	.init = kmap_misuse_init,
	.test_cases = kmap_misuse_cases,
};

/* Forced: does a lowmem page take a slot, showing the same frame? */
static void kmap_force_maps_lowmem(struct kunit *test)
{
	unsigned long *logical = (unsigned long *)get_zeroed_page(GFP_KERNEL);
	unsigned long *addr;
	struct page *page;

	KUNIT_ASSERT_NOT_NULL(test, logical);
	page = virt_to_page(logical);
	addr = kmap_atomic(page);
	KUNIT_EXPECT_TRUE(test, is_kmap_addr(addr));
	addr[9] = 0xabcd;
	KUNIT_EXPECT_EQ(test, logical[9], 0xabcdUL);
	kunmap_atomic(addr);
	addr = kmap_atomic(page, KM_USER0);
	KUNIT_EXPECT_TRUE(test, is_kmap_addr(addr));
	KUNIT_EXPECT_EQ(test, addr[9], 0xabcdUL);
	kunmap_atomic(addr, KM_USER0);
	free_page((unsigned long)logical);
}

/* Forced: is lowmem used after kunmap, or never unmapped, found out? */
static void kmap_force_shows_misuse(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	void *addr;

	KUNIT_ASSERT_NOT_NULL(test, page);
	addr = kmap_local_page(page);
	KUNIT_EXPECT_EQ(test, kmap_atomic_depth(), 1U);
	kunmap_local(addr);
	KUNIT_EXPECT_TRUE(test, read_faults(addr));
	__free_page(page);
}

static int kmap_force_init(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "checked in debug builds only");
	test->priv = (void *)(unsigned long)kmap_force;
	kmap_force = true;
	return 0;
}

static void kmap_force_exit(struct kunit *test)
{
	kmap_force = (unsigned long)test->priv;
}

static struct kunit_case kmap_force_cases[] = {
	KUNIT_CASE(kmap_force_maps_lowmem),
	KUNIT_CASE(kmap_force_shows_misuse),
	{}
};

static struct kunit_suite kmap_force_suite = {
	.name = "kmap_force",
	.init = kmap_force_init,
	.exit = kmap_force_exit,
	.test_cases = kmap_force_cases,
};

kunit_test_suites(&kmap_atomic_suite, &kmap_misuse_suite, &kmap_force_suite);
