// SPDX-License-Identifier: MIT
/*
 * Is a missing flush seen?
 *
 *	entry -> page A     read: the TLB has A
 *	entry -> page B     no flush: it still has A, which must be reported
 *
 * The kernel's own suites cannot ask this: on a PC a stale entry is silent.
 * Here the TLB is tests/host/machine/tlb.c, and tests/host/machine/cpu.c says
 * what it finds there a millisecond after the change.
 */
#include "../kernel/smp_test.h"

#include <asm/pgtable.h>
#include <asm/tlbflush.h>
#include <linux/delay.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <quire/capture.h>

static struct page *pages[2];
static volatile unsigned int *window;

static void show(struct page *page, pgprot_t prot)
{
	unsigned int level;

	set_pte(lookup_address((unsigned long)window, &level),
		mk_pte(page, prot));
}

static int open_window(struct kunit *test)
{
	unsigned int i;

	pages[0] = pages[1] = NULL;
	window = NULL;
	for (i = 0; i < 2; i++) {
		unsigned int *addr;

		pages[i] = alloc_page(GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, pages[i]);
		addr = kmap_local_page(pages[i]);
		*addr = i;
		kunmap_local(addr);
	}
	window = vmap(pages, 1, VM_MAP, PAGE_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, (void *)window);
	preempt_disable(); /* one CPU's TLB is meant */
	return 0;
}

static void close_window(struct kunit *test)
{
	unsigned int i;

	if (window) {
		preempt_enable();
		vunmap((void *)window);
		vm_unmap_aliases();
	}
	for (i = 0; i < 2; i++)
		if (pages[i])
			__free_page(pages[i]);
}

/* Which CPU is said to miss a flush of the window; -1: none. */
static int cpu_reported(void)
{
	char wanted[64];
	const char *text;
	int cpu;

	capture_begin();
	mdelay(3);
	text = capture_end();
	for_each_online_cpu(cpu) {
		snprintf(wanted, sizeof(wanted),
			 "CPU%d's TLB shows what was at %p", cpu, window);
		if (strstr(text, wanted))
			return cpu;
	}
	return -1;
}

static void flush_here(void)
{
	__flush_tlb_one_kernel((unsigned long)window);
}

static void flush_everywhere(void)
{
	flush_tlb_kernel_range((unsigned long)window,
			       (unsigned long)window + PAGE_SIZE);
}

/* Does an entry without its flush show the old page, and is it reported? */
static void other_page(struct kunit *test)
{
	int here = smp_processor_id();

	KUNIT_EXPECT_EQ(test, *window, 0);
	show(pages[1], PAGE_KERNEL);
	KUNIT_EXPECT_EQ(test, *window, 0);
	KUNIT_EXPECT_EQ(test, cpu_reported(), here);
	/* the report drops it, so that it comes once */
	KUNIT_EXPECT_EQ(test, *window, 1);
	KUNIT_EXPECT_EQ(test, cpu_reported(), -1);
}

/* Is nothing said where the flush was done? */
static void other_page_flushed(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, *window, 0);
	show(pages[1], PAGE_KERNEL);
	flush_here();
	KUNIT_EXPECT_EQ(test, *window, 1);
	KUNIT_EXPECT_EQ(test, cpu_reported(), -1);
}

/* A right taken away needs a flush; one given is found by the next walk. */
static void fewer_rights(struct kunit *test)
{
	*window = 5;
	show(pages[0], PAGE_KERNEL_RO);
	*window = 6; /* still granted */
	KUNIT_EXPECT_EQ(test, cpu_reported(), smp_processor_id());
	KUNIT_EXPECT_EQ(test, *window, 6);
	show(pages[0], PAGE_KERNEL);
	*window = 0;
	KUNIT_EXPECT_EQ(test, cpu_reported(), -1);
}

static void read_window(void *value)
{
	*(unsigned int *)value = *window;
}

static unsigned int read_on(int cpu)
{
	unsigned int value = -1;

	smp_call_function_single(cpu, read_window, &value, 1);
	return value;
}

/* Is it reported of a CPU that a flush here does not reach? */
static void other_cpu_forgotten(struct kunit *test)
{
	int there = other_cpu();

	need_cpus(test, 2);
	KUNIT_EXPECT_EQ(test, read_on(there), 0);
	show(pages[1], PAGE_KERNEL);
	flush_here();
	KUNIT_EXPECT_EQ(test, *window, 1);
	KUNIT_EXPECT_EQ(test, read_on(there), 0);
	KUNIT_EXPECT_EQ(test, cpu_reported(), there);
}

/* And is nothing said after a flush on all CPUs? */
static void other_cpu_flushed(struct kunit *test)
{
	int there = other_cpu();

	need_cpus(test, 2);
	KUNIT_EXPECT_EQ(test, read_on(there), 0);
	show(pages[1], PAGE_KERNEL);
	flush_everywhere();
	KUNIT_EXPECT_EQ(test, read_on(there), 1);
	KUNIT_EXPECT_EQ(test, cpu_reported(), -1);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(other_page),
	KUNIT_CASE(other_page_flushed),
	KUNIT_CASE(fewer_rights),
	KUNIT_CASE(other_cpu_forgotten),
	KUNIT_CASE(other_cpu_flushed),
	{}
};

static struct kunit_suite host_tlb = {
	.name = "host_tlb",
	.init = open_window,
	.exit = close_window,
	.test_cases = cases,
};
kunit_test_suite(host_tlb);
