// SPDX-License-Identifier: MIT
/*
 * What the windows cost: kmap, kmap_atomic, kmap_local, whole pages through
 * them, vmalloc and ioremap.
 */
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>
#include <quire/bench.h>

#define CYCLE_PAGES 2048
#define LIVE_MOST 10000
#define BENCH_DEVICE 0xfd000000	/* no RAM lies there */

/* A highmem page; NULL, with the bench skipped, where there is none. */
static struct page *high_page(struct bench *b)
{
	struct page *page = alloc_page(GFP_HIGHUSER);

	if (page && PageHighMem(page))
		return page;
	if (page)
		__free_page(page);
	bench_skip(b, "no highmem");
	return NULL;
}

static void pair_atomic(struct bench *b, struct page *page)
{
	bench_loop(b) {
		void *addr = kmap_atomic(page);

		barrier_data(addr);
		kunmap_atomic(addr);
	}
}

static void pair_local(struct bench *b, struct page *page)
{
	bench_loop(b) {
		void *addr = kmap_local_page(page);

		barrier_data(addr);
		kunmap_local(addr);
	}
}

static void pair_kmap(struct bench *b, struct page *page)
{
	bench_loop(b) {
		barrier_data(kmap(page));
		kunmap(page);
	}
}

static void clear_page_of(struct bench *b, struct page *page)
{
	bench_loop(b)
		clear_highpage(page);
}

/* A bench of one page: arg says what is done, low or high is two entries. */
static void on_high(struct bench *b)
{
	void (*run)(struct bench *, struct page *) = (void *)b->arg;
	struct page *page = high_page(b);

	if (!page)
		return;
	run(b, page);
	kmap_flush_unused();
	__free_page(page);
}

static void on_low(struct bench *b)
{
	void (*run)(struct bench *, struct page *) = (void *)b->arg;
	struct page *page = alloc_page(GFP_KERNEL);

	run(b, page);
	__free_page(page);
}

BENCH_ARG(kmap_atomic_high, 100000, on_high, (unsigned long)pair_atomic);
BENCH_ARG(kmap_atomic_low, 100000, on_low, (unsigned long)pair_atomic);
BENCH_ARG(kmap_local_high, 100000, on_high, (unsigned long)pair_local);
BENCH_ARG(kmap_local_low, 100000, on_low, (unsigned long)pair_local);
BENCH_ARG(kmap_high_same, 100000, on_high, (unsigned long)pair_kmap);
BENCH_ARG(kmap_low, 100000, on_low, (unsigned long)pair_kmap);
BENCH_ARG(clear_highpage, 5000, on_high, (unsigned long)clear_page_of);
BENCH_ARG(clear_highpage_low, 5000, on_low, (unsigned long)clear_page_of);

BENCH(kmap_high_cycle2048, 20480)
{
	struct page **page = vmalloc(CYCLE_PAGES * sizeof(*page));
	unsigned int i, got;

	for (got = 0; got < CYCLE_PAGES; got++) {
		page[got] = high_page(b);
		if (!page[got])
			break;
	}
	i = 0;
	if (got == CYCLE_PAGES) {
		bench_loop(b) {
			barrier_data(kmap(page[i]));
			kunmap(page[i]);
			i = (i + 1) % CYCLE_PAGES;
		}
	}
	kmap_flush_unused();
	while (got--)
		__free_page(page[got]);
	vfree(page);
}

BENCH(copy_highpage, 5000)
{
	struct page *from = high_page(b), *to;

	if (!from)
		return;
	to = high_page(b);
	bench_loop(b)
		copy_highpage(to, from);
	__free_page(from);
	__free_page(to);
}

BENCH(copy_highpage_low, 5000)
{
	struct page *from = alloc_page(GFP_KERNEL);
	struct page *to = alloc_page(GFP_KERNEL);

	bench_loop(b)
		copy_highpage(to, from);
	__free_page(from);
	__free_page(to);
}

static void vmalloc_pair(struct bench *b)
{
	unsigned long size = b->arg * PAGE_SIZE;

	bench_loop(b)
		vfree(vmalloc(size));
	vm_unmap_aliases();
}

BENCH_ARG(vmalloc_1, 20000, vmalloc_pair, 1);
BENCH_ARG(vmalloc_4, 20000, vmalloc_pair, 4);
BENCH_ARG(vmalloc_16, 10000, vmalloc_pair, 16);
BENCH_ARG(vmalloc_64, 4000, vmalloc_pair, 64);
BENCH_ARG(vmalloc_256, 1000, vmalloc_pair, 256);
BENCH_ARG(vmalloc_1024, 300, vmalloc_pair, 1024);

/* The pair with arg other areas of one page. */
static void vmalloc_pair_live(struct bench *b)
{
	void **live = vmalloc(LIVE_MOST * sizeof(*live));
	unsigned long n;

	for (n = 0; n < b->arg; n++) {
		live[n] = __vmalloc(PAGE_SIZE, GFP_KERNEL | __GFP_NOWARN);
		if (!live[n])
			break;
	}
	if (n < b->arg) {
		bench_skip(b, "not enough memory");
	} else {
		bench_loop(b)
			vfree(vmalloc(PAGE_SIZE));
	}
	while (n--)
		vfree(live[n]);
	vfree(live);
	vm_unmap_aliases();
}

BENCH_ARG(vmalloc_1_with_10_live, 20000, vmalloc_pair_live, 10);
BENCH_ARG(vmalloc_1_with_1000_live, 20000, vmalloc_pair_live, 1000);
BENCH_ARG(vmalloc_1_with_10000_live, 20000, vmalloc_pair_live, LIVE_MOST);

BENCH(ioremap_1page, 20000)
{
	bench_loop(b)
		iounmap(ioremap(BENCH_DEVICE, PAGE_SIZE));
	vm_unmap_aliases();
}
