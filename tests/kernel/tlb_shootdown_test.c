// SPDX-License-Identifier: MIT
/*
 * Does any CPU go on using a translation that is gone?
 *
 *	this CPU    entry -> page A          entry -> page B, flush
 *	others            read: TLB has A                      read: must be B
 *
 * The page-table entries are changed here by hand, so that it is the flush
 * alone which makes the others see the new page.
 *
 * QEMU drops global entries whenever CR3 is written; only Bochs (boot-bochs-*)
 * keeps them, as processors do, and shows a flush that spares them.
 */
#include "smp_test.h"

#include <asm/pgtable.h>
#include <asm/tlbflush.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/vmalloc.h>

#define WINDOW_PAGES 40 /* more than are flushed one by one */
#define ROUNDS 60

static struct page *pages[2];
static volatile unsigned int *first, *last;

static pte_t *entry_of(const volatile void *addr)
{
	unsigned int level;

	return lookup_address((unsigned long)addr, &level);
}

static void point_to(volatile unsigned int *addr, struct page *page)
{
	set_pte(entry_of(addr), mk_pte(page, PAGE_KERNEL));
}

static void fill(struct page *page, unsigned int value)
{
	unsigned int *addr = kmap_local_page(page);

	*addr = value;
	kunmap_local(addr);
}

static int open_window(struct kunit *test)
{
	static struct page *all[WINDOW_PAGES];
	unsigned int i;

	for (i = 0; i < 2; i++) {
		pages[i] = alloc_page(GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, pages[i]);
		fill(pages[i], i);
	}
	for (i = 0; i < WINDOW_PAGES; i++)
		all[i] = pages[0];
	first = vmap(all, WINDOW_PAGES, VM_MAP, PAGE_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, (void *)first);
	last = first + (WINDOW_PAGES - 1) * PAGE_SIZE / sizeof(*first);
	return 0;
}

static void close_window(struct kunit *test)
{
	vunmap((void *)first);
	vm_unmap_aliases();
	__free_page(pages[0]);
	__free_page(pages[1]);
}

struct look {
	volatile unsigned int *addr;
	unsigned int wanted;
	atomic_t stale;
};

static void look(void *info)
{
	struct look *look = info;

	if (*look->addr != look->wanted)
		atomic_inc(&look->stale);
}

/* Rounds of: fill all TLBs, change the entry, flush, look from all CPUs. */
static int hunt(volatile unsigned int *addr, void (*flush)(unsigned long addr))
{
	struct look info = { .addr = addr, .stale = ATOMIC_INIT(0) };
	unsigned int round;

	for (round = 0; round < ROUNDS; round++) {
		on_each_cpu(look, &info, 1);
		info.wanted = !info.wanted;
		point_to(addr, pages[info.wanted]);
		flush((unsigned long)addr);
		on_each_cpu(look, &info, 1);
	}
	if (info.wanted) {
		point_to(addr, pages[0]);
		flush((unsigned long)addr);
	}
	return atomic_read(&info.stale);
}

static void flush_page(unsigned long addr)
{
	flush_tlb_kernel_range(addr, addr + PAGE_SIZE);
}

static void flush_window(unsigned long addr)
{
	flush_tlb_kernel_range((unsigned long)first,
			       (unsigned long)first + WINDOW_PAGES * PAGE_SIZE);
}

static void flush_everything(unsigned long addr)
{
	flush_tlb_all();
}

/* Is one page forgotten by all CPUs? */
static void page_is_forgotten(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, hunt(first, flush_page), 0);
}

/* Is a range too long to be flushed page by page forgotten to its end? */
static void long_range_is_forgotten(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, hunt(last, flush_window), 0);
}

/* Does a flush of everything leave nothing, global entries included? */
static void all_is_forgotten(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, hunt(last, flush_everything), 0);
}

/* Is each other CPU interrupted once for a flush, and never for one here? */
static void others_are_told_once(struct kunit *test)
{
	unsigned long before, others = num_online_cpus() - 1;

	preempt_disable();
	before = tlb_flush_stats().remote;
	flush_page((unsigned long)first);
	KUNIT_EXPECT_EQ(test, tlb_flush_stats().remote, before + others);
	flush_tlb_one_kernel((unsigned long)first);
	KUNIT_EXPECT_EQ(test, tlb_flush_stats().remote, before + others);
	flush_everything(0);
	KUNIT_EXPECT_EQ(test, tlb_flush_stats().remote, before + 2 * others);
	preempt_enable();
}

static struct kunit_case tlb_shootdown_cases[] = {
	KUNIT_CASE(page_is_forgotten),
	KUNIT_CASE(long_range_is_forgotten),
	KUNIT_CASE(all_is_forgotten),
	KUNIT_CASE(others_are_told_once),
	{}
};

static struct kunit_suite tlb_shootdown_suite = {
	.name = "tlb_shootdown",
	.init = open_window,
	.exit = close_window,
	.test_cases = tlb_shootdown_cases,
};
kunit_test_suite(tlb_shootdown_suite);
