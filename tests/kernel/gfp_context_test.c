// SPDX-License-Identifier: MIT
/*
 * What a request may do where it is made: who may sleep is served by reclaim
 * that reaches all CPUs and waits, who may not never sleeps, and who does not
 * know is told.
 */
#include "page_hoard.h"
#include "test_workers.h"

#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/highmem.h>

/* What a tasklet found out. */
static struct {
	void *atomic, *nowait;
	struct page *page;
} seen;

static void allocate_atomic(struct tasklet_struct *unused)
{
	seen.atomic = kmalloc(100, GFP_ATOMIC);
	seen.nowait = kmalloc(100, GFP_NOWAIT);
	seen.page = alloc_pages(GFP_ATOMIC, 2);
}
static DECLARE_TASKLET(atomic_tasklet, allocate_atomic);

/* Can a softirq allocate with GFP_ATOMIC and GFP_NOWAIT, without a report? */
static void softirq_allocates(struct kunit *test)
{
	tasklet_schedule(&atomic_tasklet);
	tasklet_kill(&atomic_tasklet);
	KUNIT_EXPECT_NOT_NULL(test, seen.atomic);
	KUNIT_EXPECT_NOT_NULL(test, seen.nowait);
	KUNIT_EXPECT_NOT_NULL(test, seen.page);
	kfree(seen.atomic);
	kfree(seen.nowait);
	if (seen.page)
		__free_pages(seen.page, 2);
}

static int calls;
static bool give_hoard;
static struct hoard rest;

static unsigned long count_some(struct shrinker *shrinker,
				struct shrink_control *sc)
{
	calls++;
	return 128;
}

static unsigned long scan_some(struct shrinker *shrinker,
			       struct shrink_control *sc)
{
	might_sleep();
	if (!give_hoard)
		return SHRINK_STOP;
	hoard_give(&rest, 64);
	return 64;
}

static struct shrinker some_shrinker = {
	.count_objects = count_some,
	.scan_objects = scan_some,
	.seeks = DEFAULT_SEEKS,
};

/* All of ZONE_DMA that may be had without reserves: other zones stay free. */
static void make_short(void)
{
	hoard_init(&rest, 0);
	slab_shrink_all();
	drain_all_pages(NULL);
	hoard_take(&rest, GFP_HOARD | GFP_DMA | __GFP_HIGH, ULONG_MAX);
}

/* Is no hook called, and nothing slept, for one who may not sleep? */
static void atomic_never_reclaims(struct kunit *test)
{
	struct page *page;

	give_hoard = false;
	calls = 0;
	make_short();
	register_shrinker(&some_shrinker, "gfp-context");
	preempt_disable();
	page = alloc_page(GFP_NOWAIT | GFP_DMA | __GFP_NOWARN);
	preempt_enable();
	KUNIT_EXPECT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, calls, 0);
	/* GFP_ATOMIC digs deeper, and finds some all the same */
	page = alloc_page(GFP_ATOMIC | GFP_DMA | __GFP_NOWARN);
	KUNIT_EXPECT_NOT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, calls, 0);
	if (page)
		__free_page(page);
	unregister_shrinker(&some_shrinker);
	hoard_release(&rest);
}

/* Is one who says that he may sleep, where he may not, told and no more? */
static void sleeper_in_atomic_is_told(struct kunit *test)
{
	const char *text;
	struct page *page;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "checked in debug builds only");
	give_hoard = true;
	calls = 0;
	make_short();
	register_shrinker(&some_shrinker, "gfp-context");
	capture_begin();
	preempt_disable();
	page = alloc_page(GFP_KERNEL | GFP_DMA | __GFP_NOWARN);
	preempt_enable();
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "sleeping function called"));
	/* no hook, which would sleep, was called for it */
	KUNIT_EXPECT_EQ(test, calls, 0);
	if (page)
		__free_page(page);
	page = alloc_page(GFP_KERNEL | GFP_DMA);
	KUNIT_EXPECT_NOT_NULL(test, page);
	KUNIT_EXPECT_GT(test, calls, 0);
	if (page)
		__free_page(page);
	unregister_shrinker(&some_shrinker);
	hoard_release(&rest);
}

/* Are vmalloc, kmap and their opposites reported where nothing may sleep? */
static void windows_in_atomic_are_told(struct kunit *test)
{
	struct page *page;
	const char *text;
	void *area;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "checked in debug builds only");
	page = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, page);
	capture_begin();
	preempt_disable();
	area = vmalloc(PAGE_SIZE);
	preempt_enable();
	KUNIT_EXPECT_NOT_NULL(test, strstr(capture_end(), "sleeping function"));
	vfree(area);
	capture_begin();
	preempt_disable();
	kmap(page);
	kunmap(page);
	preempt_enable();
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "sleeping function"));
	__free_page(page);
}

/* Leaves DMA pages on the list of its CPU. */
static void leave_dma_pages(struct worker *worker)
{
	struct page *page[4];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(page); i++)
		page[i] = alloc_page(GFP_KERNEL | GFP_DMA);
	for (i = 0; i < ARRAY_SIZE(page); i++)
		if (page[i])
			__free_page(page[i]);
}

/* Is one who is short given what lies on the lists of other CPUs? */
static void other_cpus_lists_are_drained(struct kunit *test)
{
	struct zone *dma = &contig_page_data.node_zones[ZONE_DMA];
	unsigned int cpu = num_online_cpus() - 1;
	struct page *page;

	if (!cpu)
		kunit_skip(test, "it takes two CPUs");
	drain_all_pages(NULL);
	set_cpus_allowed_ptr(current, cpumask_of(0));
	worker_start(test, 0, cpu, leave_dma_pages, NULL);
	workers_stop(test, 1);
	hoard_init(&rest, 0);
	hoard_take(&rest, GFP_HOARD_ALL | GFP_DMA, ULONG_MAX);
	KUNIT_EXPECT_GT(test, pcp_count_cpu(dma, cpu), 0UL);
	/* all is gone but what the other CPU has */
	page = alloc_page(GFP_KERNEL | GFP_DMA | __GFP_NOFAIL);
	KUNIT_EXPECT_NOT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, pcp_count_cpu(dma, cpu), 0UL);
	__free_page(page);
	hoard_release(&rest);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static DECLARE_COMPLETION(hoarded);

/* Gives back a hoard a while after it was taken. */
static void give_later(struct worker *worker)
{
	wait_for_completion(&hoarded);
	schedule_timeout_uninterruptible(HZ / 10);
	hoard_release(&rest);
}

/* Does __GFP_NOFAIL wait for what another thread frees? */
static void nofail_waits(struct kunit *test)
{
	unsigned long start;
	struct page *page;

	/* with all memory taken it could not start any more */
	worker_start(test, 0, -1, give_later, NULL);
	slab_shrink_all();
	drain_all_pages(NULL);
	hoard_init(&rest, 0);
	hoard_take(&rest, GFP_HOARD_ALL | GFP_DMA, ULONG_MAX);
	start = jiffies;
	complete(&hoarded);
	page = alloc_page(GFP_KERNEL | GFP_DMA | __GFP_NOFAIL);
	KUNIT_EXPECT_NOT_NULL(test, page);
	KUNIT_EXPECT_GE(test, jiffies - start, (unsigned long)HZ / 20);
	workers_stop(test, 1);
	__free_page(page);
}

static struct page *inner;

static unsigned long scan_allocates(struct shrinker *shrinker,
				    struct shrink_control *sc)
{
	calls++;
	inner = alloc_page(GFP_KERNEL | GFP_DMA | __GFP_NOWARN | __GFP_NORETRY);
	return SHRINK_STOP;
}

/* Does a hook that allocates not come to be called by itself? */
static void hook_does_not_recurse(struct kunit *test)
{
	struct shrinker greedy = {
		.count_objects = count_some,
		.scan_objects = scan_allocates,
		.seeks = DEFAULT_SEEKS,
	};
	struct page *page;

	make_short();
	register_shrinker(&greedy, "gfp-greedy");
	calls = 0;
	page = alloc_page(GFP_KERNEL | GFP_DMA | __GFP_NOWARN | __GFP_NORETRY);
	unregister_shrinker(&greedy);
	KUNIT_EXPECT_LE(test, calls, 2);
	KUNIT_EXPECT_FALSE(test, current->flags & PF_MEMALLOC);
	if (page)
		__free_page(page);
	if (inner)
		__free_page(inner);
	hoard_release(&rest);
}

static struct kunit_case gfp_context_cases[] = {
	KUNIT_CASE(softirq_allocates),
	KUNIT_CASE(atomic_never_reclaims),
	KUNIT_CASE(sleeper_in_atomic_is_told),
	KUNIT_CASE(windows_in_atomic_are_told),
	KUNIT_CASE(other_cpus_lists_are_drained),
	KUNIT_CASE_SLOW(nofail_waits),
	KUNIT_CASE(hook_does_not_recurse),
	{}
};

static struct kunit_suite gfp_context = {
	.name = "gfp_context",
	.test_cases = gfp_context_cases,
};
kunit_test_suite(gfp_context);
