// SPDX-License-Identifier: MIT
/*
 * kmap with every entry of the window held: does it sleep, does a kunmap wake
 * it, and is no wake-up lost?
 */
#include "windows_test.h"

#include "test_workers.h"

#include <linux/jiffies.h>

#include "../../mm/kmap.h"

#define ROUNDS 300

/* The n-th page the cases map without touching its contents. */
static struct page *some_page(unsigned int n)
{
	return pfn_to_page(256 + n);
}

/* Holds all entries but the last ones. */
static void fill_window(unsigned int leave)
{
	unsigned int i;

	for (i = 0; i < LAST_PKMAP - leave; i++)
		kmap_high(some_page(i));
}

static void empty_window(unsigned int leave)
{
	unsigned int i;

	for (i = 0; i < LAST_PKMAP - leave; i++)
		kunmap_high(some_page(i));
}

/* Maps one page that is in the window only now; notes the address. */
static void map_one(struct worker *worker)
{
	struct page *page = some_page(LAST_PKMAP + worker->nr);

	worker->arg = kmap_high(page);
	worker->steps = 1;
}

/*
 * Does kmap sleep while the window is full, and has the entry that is freed?
 *
 *	[held][held] ... [held]   kmap(x) sleeps
 *	[held][    ] ... [held]   kunmap
 *	[held][ x  ] ... [held]   kmap(x) returns
 */
static void sleeps_until_kunmap(struct kunit *test)
{
	struct task_struct *task;
	void *addr;

	fill_window(0);
	worker_start(test, 0, -1, map_one, NULL);
	task = workers[0].task;
	schedule_timeout_uninterruptible(HZ / 20);
	KUNIT_EXPECT_EQ(test, READ_ONCE(workers[0].steps), 0UL);
	KUNIT_EXPECT_EQ(test, READ_ONCE(task->__state),
			(unsigned int)TASK_UNINTERRUPTIBLE);
	KUNIT_EXPECT_EQ(test, kmap_in_use(), LAST_PKMAP);

	addr = kmap_lookup(some_page(300));
	kunmap_high(some_page(300));
	worker_stop(0);
	KUNIT_EXPECT_PTR_EQ(test, workers[0].arg, addr);
	KUNIT_EXPECT_PTR_EQ(test, kmap_lookup(some_page(LAST_PKMAP)), addr);
	kunmap_high(some_page(LAST_PKMAP));
	kmap_high(some_page(300));
	empty_window(0);
}

/* Does a page that has an entry not wait for one? */
static void shared_page_does_not_wait(struct kunit *test)
{
	void *addr;

	fill_window(0);
	addr = kmap_lookup(some_page(9));
	KUNIT_EXPECT_PTR_EQ(test, kmap_high(some_page(9)), addr);
	kunmap_high(some_page(9));
	empty_window(0);
}

/* A page of its own, through one of few entries, again and again. */
static void share_entries(struct worker *worker)
{
	struct page *page = alloc_page(GFP_KERNEL);
	unsigned int i;

	if (!page) {
		worker->wrong++;
		return;
	}
	for (i = 0; i < ROUNDS; i++) {
		u32 *p = kmap_high(page);

		*p = worker->nr << 16 | i;
		if (worker_below(worker, 4) == 0)
			cond_resched();
		worker->wrong += READ_ONCE(*p) != (worker->nr << 16 | i);
		kunmap_high(page);
		worker->steps++;
	}
	__free_page(page);
}

/* Do many threads get on with two entries for all, each with its own page? */
static void few_entries_for_many(struct kunit *test)
{
	unsigned int nr, count = 8;

	fill_window(2);
	for (nr = 0; nr < count; nr++)
		worker_start(test, nr, -1, share_entries, NULL);
	workers_stop(test, count);
	for (nr = 0; nr < count; nr++)
		KUNIT_EXPECT_EQ(test, workers[nr].steps, (unsigned long)ROUNDS);
	empty_window(2);
	KUNIT_EXPECT_EQ(test, kmap_in_use(), 0U);
}

static struct kunit_case kmap_sleep_cases[] = {
	KUNIT_CASE(sleeps_until_kunmap),
	KUNIT_CASE(shared_page_does_not_wait),
	KUNIT_CASE_SLOW(few_entries_for_many),
	{}
};

static struct kunit_suite kmap_sleep = {
	.name = "kmap_sleep",
	.test_cases = kmap_sleep_cases,
};
kunit_test_suite(kmap_sleep);
