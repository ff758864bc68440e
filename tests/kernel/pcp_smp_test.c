// SPDX-License-Identifier: MIT
/*
 * Page lists of several CPUs: is no page given to two, does a page go to the
 * list of the CPU that frees it, and are all lists drained from one?
 */
#include "page_hoard.h"
#include "test_workers.h"

#include <linux/highmem.h>
#include <linux/jiffies.h>
#include <linux/smp.h>
#include <linux/vmstat.h>

#define THINGS 64
#define STEPS 4000	/* of all workers together */

/* The pages of one worker, each with its order. */
struct stock {
	struct page *page[THINGS];
	unsigned int order[THINGS];
};

static struct stock stocks[MAX_WORKERS];

/* A page on its way from one worker to the next. */
static struct page *passed[MAX_WORKERS];

static u32 mark_of(const struct worker *worker, const struct page *page)
{
	return (worker->nr + 1) << 20 ^ page_to_pfn(page);
}

static void take(struct worker *worker, unsigned int i)
{
	struct stock *stock = &stocks[worker->nr];
	unsigned int order = worker_below(worker, 3) ? 0 :
						       worker_below(worker, 5);
	gfp_t gfp = worker_below(worker, 2) ? GFP_KERNEL : GFP_HIGHUSER;
	struct page *page = alloc_pages(gfp, order);

	if (!page) {
		worker->failed++;
		return;
	}
	worker->wrong += page_ref_count(page) != 1;
	/* private is its owner's: two owners would see each other's */
	page[0].private = mark_of(worker, page);
	page[(1 << order) - 1].index = mark_of(worker, page);
	stock->page[i] = page;
	stock->order[i] = order;
}

static void give(struct worker *worker, unsigned int i)
{
	struct stock *stock = &stocks[worker->nr];
	struct page *page = stock->page[i];
	unsigned int order = stock->order[i];

	worker->wrong += page[0].private != mark_of(worker, page);
	worker->wrong += page[(1 << order) - 1].index != mark_of(worker, page);
	stock->page[i] = NULL;
	page[0].private = 0;
	if (order == 0 && worker_below(worker, 2)) {
		/* the neighbour's CPU frees it, and so has it on its list */
		page = xchg(&passed[(worker->nr + 1) % MAX_WORKERS], page);
		if (!page)
			return;
	}
	__free_pages(page, order);
}

static void churn(struct worker *worker)
{
	unsigned int i, steps = STEPS / num_online_cpus();
	struct stock *stock = &stocks[worker->nr];
	struct page *page;

	for (worker->steps = 0; worker->steps < steps; worker->steps++) {
		i = worker_below(worker, THINGS);
		if (stock->page[i])
			give(worker, i);
		else
			take(worker, i);
		page = xchg(&passed[worker->nr], NULL);
		if (page)
			__free_page(page);
	}
	for (i = 0; i < THINGS; i++)
		if (stock->page[i])
			give(worker, i);
}

static void free_passed(void)
{
	unsigned int i;

	for (i = 0; i < MAX_WORKERS; i++) {
		struct page *page = xchg(&passed[i], NULL);

		if (page)
			__free_page(page);
	}
}

static void expect_buddy_whole(struct kunit *test)
{
	struct zone *zone;
	unsigned long flags;

	for_each_populated_zone(zone) {
		spin_lock_irqsave(&zone->lock, flags);
		KUNIT_EXPECT_TRUE(test, buddy_verify(zone));
		spin_unlock_irqrestore(&zone->lock, flags);
	}
}

/* Is each page one thread's alone, while all CPUs take, free and pass on? */
static void no_page_has_two_owners(struct kunit *test)
{
	unsigned long before, count;

	drain_all_pages(NULL);
	before = nr_free_pages();
	memset(stocks, 0, sizeof(stocks));
	count = workers_start(test, churn, NULL);
	workers_stop(test, count);
	free_passed();
	expect_buddy_whole(test);
	slab_shrink_all();
	drain_all_pages(NULL);
	KUNIT_EXPECT_GE(test, nr_free_pages() + 64, before);
}

/* Leaves some free pages on the lists of its CPU. */
static void leave_pages(struct worker *worker)
{
	struct page *page[8];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(page); i++)
		page[i] = alloc_page(GFP_KERNEL);
	for (i = 0; i < ARRAY_SIZE(page); i++)
		if (page[i])
			__free_page(page[i]);
}

/* Does one call empty the lists of all CPUs, not just of its own? */
static void drain_reaches_all_cpus(struct kunit *test)
{
	struct zone *zone;
	unsigned int count, cpu;

	if (num_online_cpus() < 2)
		kunit_skip(test, "it takes two CPUs");
	count = workers_start(test, leave_pages, NULL);
	workers_stop(test, count);
	zone = &contig_page_data.node_zones[ZONE_NORMAL];
	if (!populated_zone(zone))
		zone = &contig_page_data.node_zones[ZONE_DMA];
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_GT(test, pcp_count_cpu(zone, cpu), 0UL);
	drain_all_pages(NULL);
	for_each_online_cpu(cpu)
		if (cpu != raw_smp_processor_id())
			KUNIT_EXPECT_LT(test, pcp_count_cpu(zone, cpu), 8UL);
}

/* Frees a page that another CPU allocated. */
static void free_it(struct worker *worker)
{
	struct page *page = worker->arg, *again;

	local_irq_disable();
	__free_page(page);
	again = alloc_page(GFP_ATOMIC);
	local_irq_enable();
	worker->wrong += again != page;
	if (again)
		__free_page(again);
}

/* Is a page that was freed on another CPU the hottest one there? */
static void freed_page_is_hot_where_freed(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	worker_start(test, 0, num_online_cpus() - 1, free_it, page);
	workers_stop(test, 1);
}

#define EVENTS 500

static void count_up(struct worker *worker)
{
	struct page *page = worker->arg;
	unsigned int i;

	for (i = 0; i < EVENTS; i++) {
		count_vm_event(DROP_SLAB);
		inc_zone_page_state(page, NR_BOUNCE);
		inc_zone_page_state(page, NR_BOUNCE);
	}
}

static void count_down(struct worker *worker)
{
	unsigned int i;

	for (i = 0; i < EVENTS; i++) {
		dec_zone_page_state(worker->arg, NR_BOUNCE);
		cond_resched();
	}
}

/* Is nothing lost of what CPUs count at the same time, up and down? */
static void counters_are_exact(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	unsigned long events = sum_vm_event(DROP_SLAB);
	unsigned long pages = global_zone_page_state(NR_BOUNCE);
	unsigned int count;

	count = workers_start(test, count_up, page);
	workers_stop(test, count);
	KUNIT_EXPECT_EQ(test, sum_vm_event(DROP_SLAB) - events,
			(unsigned long)count * EVENTS);
	KUNIT_EXPECT_EQ(test, global_zone_page_state(NR_BOUNCE) - pages,
			2UL * count * EVENTS);
	/* in two goes, on any CPU: parts of a CPU may fall below 0 */
	workers_stop(test, workers_start(test, count_down, page));
	for (; count; count--) {
		worker_start(test, 0, -1, count_down, page);
		workers_stop(test, 1);
	}
	KUNIT_EXPECT_EQ(test, global_zone_page_state(NR_BOUNCE), pages);
	__free_page(page);
}

static struct kunit_case pcp_smp_cases[] = {
	KUNIT_CASE(no_page_has_two_owners),
	KUNIT_CASE(drain_reaches_all_cpus),
	KUNIT_CASE(freed_page_is_hot_where_freed),
	KUNIT_CASE(counters_are_exact),
	{}
};

static struct kunit_suite pcp_smp = {
	.name = "pcp_smp",
	.test_cases = pcp_smp_cases,
};
kunit_test_suite(pcp_smp);
