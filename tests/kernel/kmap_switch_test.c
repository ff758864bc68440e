// SPDX-License-Identifier: MIT
/*
 * kmap_local mappings of threads that are switched out: each thread finds its
 * own pages behind its addresses when it is back, and stays on its CPU.
 */
#include "windows_test.h"

#include "test_workers.h"

#include <linux/jiffies.h>

#define ROUNDS 30
#define DEPTH 3

/* Give the CPU away in one of three ways. */
static void give_way(struct worker *worker)
{
	switch (worker_below(worker, 8)) {
	case 0:
		schedule_timeout_uninterruptible(1);
		break;
	case 1:
		cond_resched();
		break;
	default:
		yield();
	}
}

static u32 stamp_of(const struct worker *worker, unsigned int depth, u32 round)
{
	return worker->nr << 24 | depth << 16 | round;
}

/* Maps a few pages, gives way, looks whether all is as it was; closes them. */
static void one_round(struct worker *worker, struct page **page, u32 round)
{
	u32 *addr[DEPTH];
	unsigned int cpu;
	int i;

	for (i = 0; i < DEPTH; i++) {
		/* by number, so that lowmem takes a slot, too */
		addr[i] = kmap_local_pfn(page_to_pfn(page[i]));
		*addr[i] = stamp_of(worker, i, round);
	}
	cpu = raw_smp_processor_id();
	for (i = DEPTH - 1; i >= 0; i--) {
		give_way(worker);
		worker->wrong += raw_smp_processor_id() != cpu;
		worker->wrong += READ_ONCE(*addr[0]) !=
				 stamp_of(worker, 0, round);
		worker->wrong += READ_ONCE(*addr[i]) !=
				 stamp_of(worker, i, round);
		kunmap_local(addr[i]);
	}
}

static void map_and_give_way(struct worker *worker)
{
	struct page *page[DEPTH];
	u32 round;
	int i;

	for (i = 0; i < DEPTH; i++) {
		page[i] = alloc_page(GFP_KERNEL | __GFP_HIGHMEM);
		worker->wrong += !page[i];
	}
	for (round = 0; round < ROUNDS && !worker->wrong; round++)
		one_round(worker, page, round);
	worker->steps = round;
	for (i = 0; i < DEPTH; i++)
		if (page[i])
			__free_page(page[i]);
}

static void run_workers(struct kunit *test, unsigned int count, int cpu)
{
	unsigned int nr;

	for (nr = 0; nr < count; nr++)
		worker_start(test, nr, cpu, map_and_give_way, NULL);
	workers_stop(test, count);
	for (nr = 0; nr < count; nr++)
		KUNIT_EXPECT_EQ(test, workers[nr].steps, (unsigned long)ROUNDS);
	KUNIT_EXPECT_EQ(test, kmap_atomic_depth(), 0U);
}

/* Do threads that use the slots of one CPU in turn keep their pages? */
static void slots_go_with_the_thread(struct kunit *test)
{
	run_workers(test, 4, 0);
}

/* And threads that may run anywhere, with nothing said of their CPU? */
static void slots_hold_the_thread(struct kunit *test)
{
	run_workers(test, min(2 * num_online_cpus() + 1, MAX_WORKERS), -1);
}

/* Sleeps with a slot open, so that the test can look what is behind it. */
static void sleep_with_slot(struct worker *worker)
{
	void *addr = kmap_local_pfn((unsigned long)worker->arg);

	worker->arg = addr;
	smp_store_release(&worker->steps, 1);
	schedule_timeout_uninterruptible(HZ / 20);
	kunmap_local(addr);
	/* nor does it come back with a thread that has closed it */
	schedule_timeout_uninterruptible(1);
	worker->wrong += kmap_atomic_depth() != 0;
}

/* Is the slot of a thread that sleeps closed, so that nobody else uses it? */
static void slot_of_a_sleeper_is_closed(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	worker_start(test, 0, raw_smp_processor_id(), sleep_with_slot,
		     (void *)page_to_pfn(page));
	while (!smp_load_acquire(&workers[0].steps))
		schedule_timeout_uninterruptible(1);
	schedule_timeout_uninterruptible(2);
	KUNIT_EXPECT_TRUE(test, read_faults(workers[0].arg));
	KUNIT_EXPECT_EQ(test, kmap_atomic_depth(), 0U);
	workers_stop(test, 1);
	__free_page(page);
}

static struct kunit_case kmap_switch_cases[] = {
	KUNIT_CASE_SLOW(slots_go_with_the_thread),
	KUNIT_CASE_SLOW(slots_hold_the_thread),
	KUNIT_CASE(slot_of_a_sleeper_is_closed),
	{}
};

static struct kunit_suite kmap_switch = {
	.name = "kmap_switch",
	.test_cases = kmap_switch_cases,
};
kunit_test_suite(kmap_switch);
