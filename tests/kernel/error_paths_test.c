// SPDX-License-Identifier: MIT
/*
 * What the kernel gives back when it runs out half way. Each case makes one
 * thing that needs several allocations, and ends it again; by itself it only
 * asks whether that works. The sweep (lib/kunit/sweep.c) fails each allocation
 * in turn: then the call must return its error, and nothing may be left.
 */
#include <kunit/test.h>

#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/kthread.h>
#include <linux/mempool.h>
#include <linux/mm.h>
#include <linux/percpu_counter.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

#include "until_stopped.h"

#define MANY 40
#define FREE_LINE 5 /* the second printer port of old */

/* ------------------------------------------------------------------- pages */

/* Is an exact number of pages had, or none? */
static void pages_exact(struct kunit *test)
{
	void *p = alloc_pages_exact(5 * PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	free_pages_exact(p, 5 * PAGE_SIZE);
}

/* Are as many pages given back as were had? */
static void pages_bulk(struct kunit *test)
{
	struct page *pages[MANY] = { NULL };
	unsigned long got = alloc_pages_bulk_array(GFP_KERNEL, MANY, pages);

	free_pages_bulk_array(got, pages);
	KUNIT_ASSERT_EQ(test, got, MANY);
}

/* Is a new chunk of per-CPU memory made whole, or given back? */
static void percpu_chunk_made(struct kunit *test)
{
	void __percpu *p = __alloc_percpu(PCPU_MIN_UNIT_SIZE, PAGE_SIZE);

	KUNIT_ASSERT_TRUE(test, p != NULL);
	free_percpu(p);
}

/* May a counter that could not be made be destroyed? */
static void percpu_counter_made(struct kunit *test)
{
	struct percpu_counter counter;
	int err = percpu_counter_init(&counter, 5, GFP_KERNEL);

	percpu_counter_destroy(&counter);
	KUNIT_ASSERT_EQ(test, err, 0);
}

/* ------------------------------------------------------------------- slabs */

/* Is a cache made whole, with a name of its own, or not at all? */
static void cache_made(struct kunit *test)
{
	struct kmem_cache *cachep;
	char name[] = "error-path";

	cachep = kmem_cache_create(name, 72, 0, 0, NULL);
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	KUNIT_EXPECT_STREQ(test, kmem_cache_name(cachep), "error-path");
	kmem_cache_destroy(cachep);
}

/* Are all objects of a bulk request had, or none? */
static void objects_bulk(struct kunit *test)
{
	struct kmem_cache *cachep;
	void *objects[MANY];
	int got;

	cachep = kmem_cache_create("error-path", 512, 0, 0, NULL);
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	got = kmem_cache_alloc_bulk(cachep, GFP_KERNEL, MANY, objects);
	kmem_cache_free_bulk(cachep, got, objects);
	kmem_cache_destroy(cachep);
	KUNIT_ASSERT_EQ(test, got, MANY);
}

/* Is the old object as it was when it could not grow? */
static void object_grown(struct kunit *test)
{
	char *old = kmalloc(16, GFP_KERNEL), *grown;
	bool kept;

	KUNIT_ASSERT_NOT_NULL(test, old);
	strscpy(old, "fifteen letters", 16);
	grown = krealloc(old, 3000, GFP_KERNEL);
	kept = !strcmp(grown ?: old, "fifteen letters");
	kfree(grown ?: old);
	KUNIT_EXPECT_TRUE(test, kept);
	KUNIT_ASSERT_NOT_NULL(test, grown);
}

/* Is a text had whole or not at all? */
static void text_made(struct kunit *test)
{
	char *text = kasprintf(GFP_KERNEL, "%040d", 7);

	KUNIT_ASSERT_NOT_NULL(test, text);
	KUNIT_EXPECT_EQ(test, strlen(text), 40U);
	kfree(text);
}

static void pool_made_and_resized(struct kunit *test, mempool_t *pool)
{
	int err;

	KUNIT_ASSERT_NOT_NULL(test, pool);
	err = mempool_resize(pool, MANY);
	mempool_destroy(pool);
	KUNIT_ASSERT_EQ(test, err, 0);
}

/* Is a pool's reserve given back when it cannot be filled, or grown? */
static void pool_of_objects(struct kunit *test)
{
	pool_made_and_resized(test, mempool_create_kmalloc_pool(6, 100));
}

/* And one of pages? */
static void pool_of_pages(struct kunit *test)
{
	pool_made_and_resized(test, mempool_create_page_pool(3, 1));
}

/* ----------------------------------------------------------------- windows */

/* Is all undone when a frame, or what describes the area, is not there? */
static void area_small(struct kunit *test)
{
	void *p = vmalloc(3 * PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, p);
	vfree(p);
}

/* With an array of pages from kmalloc()? */
static void area_medium(struct kunit *test)
{
	void *p = vzalloc(20 * PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, p);
	vfree(p);
}

/* With an array that is an area itself, and page tables of their own? */
static void area_large(struct kunit *test)
{
	void *p = vmalloc(1100 * PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, p);
	vfree(p);
}

/* Does a range at a wished place give back the descriptor it keeps spare? */
static void area_at_a_place(struct kunit *test)
{
	unsigned long start = VMALLOC_START + 64 * PMD_SIZE / 16;
	struct vm_struct *area;

	area = __get_vm_area(PAGE_SIZE, VM_IOREMAP, start, VMALLOC_END);
	KUNIT_ASSERT_NOT_NULL(test, area);
	free_vm_area(area);
}

/* Are pages mapped in a row, or the range given back? */
static void pages_mapped(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	struct page *pages[] = { page, page };
	void *p;

	KUNIT_ASSERT_NOT_NULL(test, page);
	p = vmap(pages, 2, VM_MAP, PAGE_KERNEL);
	vunmap(p);
	__free_page(page);
	KUNIT_ASSERT_NOT_NULL(test, p);
}

/* And a device's registers? */
static void registers_mapped(struct kunit *test)
{
	void __iomem *p = ioremap(0xfeb00000, 3 * PAGE_SIZE);

	if (p)
		iounmap(p);
	KUNIT_ASSERT_TRUE(test, p != NULL);
}

/* Does kvmalloc() get by without a block in a row? */
static void area_or_block(struct kunit *test)
{
	void *p = kvmalloc(40 * PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	kvfree(p);
}

/* ------------------------------------------------------ threads and devices */

/* Is a thread made with its stack, or is the error told? */
static void thread_made(struct kunit *test)
{
	struct task_struct *p;

	p = kthread_create(sleep_until_stopped, NULL, "error-path");
	if (IS_ERR(p))
		KUNIT_ASSERT_EQ(test, PTR_ERR(p), -ENOMEM);
	KUNIT_ASSERT_FALSE(test, IS_ERR(p));
	kthread_stop(p);
}

/* Is a queue given back whose workers, or whose rescuer, could not be made? */
static void queue_made(struct kunit *test)
{
	struct workqueue_struct *wq;

	wq = alloc_workqueue("error-path", WQ_MEM_RECLAIM, 1);
	KUNIT_ASSERT_NOT_NULL(test, wq);
	destroy_workqueue(wq);
}

/* One for any CPU? */
static void queue_unbound(struct kunit *test)
{
	struct workqueue_struct *wq;

	wq = alloc_ordered_workqueue("error-path", 0);
	KUNIT_ASSERT_NOT_NULL(test, wq);
	destroy_workqueue(wq);
}

static void do_nothing(struct work_struct *work)
{
}

/* Does work run, whatever its pool could not get for more workers? */
static void work_done(struct kunit *test)
{
	struct workqueue_struct *wq;
	struct work_struct work;

	wq = alloc_workqueue("error-path", WQ_MEM_RECLAIM, 1);
	KUNIT_ASSERT_NOT_NULL(test, wq);
	INIT_WORK_ONSTACK(&work, do_nothing);
	queue_work(wq, &work);
	flush_work(&work);
	destroy_work_on_stack(&work);
	destroy_workqueue(wq);
}

static irqreturn_t never(int irq, void *dev)
{
	return IRQ_NONE;
}

/* Is a line had, and shared, or free as before? */
static void line_taken(struct kunit *test)
{
	int devs[2], err;

	err = request_irq(FREE_LINE, never, IRQF_SHARED, "error-path",
			  &devs[0]);
	if (err == -EINVAL)
		kunit_skip(test, "a machine without interrupt lines");
	KUNIT_ASSERT_EQ(test, err, 0);
	if (request_irq(FREE_LINE, never, IRQF_SHARED, "error-path", &devs[1]))
		kunit_mark_skipped(test, "not shared");
	else
		free_irq(FREE_LINE, &devs[1]);
	free_irq(FREE_LINE, &devs[0]);
}

/* Is a region of addresses had, or the error? */
static void region_made(struct kunit *test)
{
	struct resource *res;

	res = request_mem_region(0xfeb00000, PAGE_SIZE, "error-path");
	KUNIT_ASSERT_NOT_NULL(test, res);
	release_mem_region(0xfeb00000, PAGE_SIZE);
}

/* A pool of blocks for a device, which grows by a page? */
static void dma_blocks(struct kunit *test)
{
	struct dma_pool *pool;
	dma_addr_t bus;
	void *p;

	pool = dma_pool_create("error-path", NULL, 64, 64, 0);
	KUNIT_ASSERT_NOT_NULL(test, pool);
	p = dma_pool_alloc(pool, GFP_KERNEL, &bus);
	if (p)
		dma_pool_free(pool, p, bus);
	dma_pool_destroy(pool);
	KUNIT_ASSERT_NOT_NULL(test, p);
}

/* And a block in a row? */
static void dma_block(struct kunit *test)
{
	dma_addr_t bus;
	void *p = dma_alloc_coherent(NULL, 3 * PAGE_SIZE, &bus, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	dma_free_coherent(NULL, 3 * PAGE_SIZE, p, bus);
}

static struct kunit_case error_path_cases[] = {
	KUNIT_CASE(pages_exact),
	KUNIT_CASE(pages_bulk),
	KUNIT_CASE(cache_made),
	KUNIT_CASE(objects_bulk),
	KUNIT_CASE(object_grown),
	KUNIT_CASE(text_made),
	KUNIT_CASE(pool_of_objects),
	KUNIT_CASE(pool_of_pages),
	KUNIT_CASE(area_small),
	KUNIT_CASE(area_medium),
	KUNIT_CASE(area_large),
	KUNIT_CASE(area_at_a_place),
	KUNIT_CASE(pages_mapped),
	KUNIT_CASE(registers_mapped),
	KUNIT_CASE(area_or_block),
	KUNIT_CASE(thread_made),
	KUNIT_CASE(queue_made),
	KUNIT_CASE(queue_unbound),
	KUNIT_CASE(percpu_chunk_made),
	KUNIT_CASE(percpu_counter_made),
	KUNIT_CASE(work_done),
	KUNIT_CASE(line_taken),
	KUNIT_CASE(region_made),
	KUNIT_CASE(dma_blocks),
	KUNIT_CASE(dma_block),
	{}
};

static struct kunit_suite error_path_suite = {
	.name = "error_paths",
	.test_cases = error_path_cases,
};

kunit_test_suite(error_path_suite);
