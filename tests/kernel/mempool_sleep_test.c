// SPDX-License-Identifier: MIT
/*
 * Pools whose reserve is empty: who may sleep waits for an element, who may
 * not is told at once, and no wake-up is lost.
 */
#include "test_workers.h"

#include <linux/atomic.h>
#include <linux/gfp.h>
#include <linux/jiffies.h>
#include <linux/mempool.h>
#include <linux/slab.h>

#define RESERVE 2
#define ROUNDS 300

static bool works;			/* does the allocator? */
static atomic_t asked_to_reclaim;	/* how often */
static mempool_t *pool;
static atomic_t out;			/* elements with workers */

static void *fickle_alloc(gfp_t gfp, void *pool_data)
{
	atomic_add(gfpflags_allow_blocking(gfp), &asked_to_reclaim);
	return READ_ONCE(works) ? kmalloc(64, gfp) : NULL;
}

static void fickle_free(void *element, void *pool_data)
{
	kfree(element);
}

static int pool_init(struct kunit *test)
{
	works = true;
	atomic_set(&asked_to_reclaim, 0);
	atomic_set(&out, 0);
	pool = mempool_create(RESERVE, fickle_alloc, fickle_free, NULL);
	works = false;
	return pool ? 0 : -ENOMEM;
}

static void pool_exit(struct kunit *test)
{
	mempool_destroy(pool);
}

static void take_one(struct worker *worker)
{
	worker->arg = mempool_alloc(pool, GFP_KERNEL);
	worker->steps = 1;
}

/* Does one who may sleep wait for an element, and get just that one? */
static void sleeps_until_free(struct kunit *test)
{
	void *a = mempool_alloc(pool, GFP_KERNEL);
	void *b = mempool_alloc(pool, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, a);
	KUNIT_ASSERT_NOT_NULL(test, b);
	worker_start(test, 0, -1, take_one, NULL);
	schedule_timeout_uninterruptible(HZ / 20);
	KUNIT_EXPECT_EQ(test, READ_ONCE(workers[0].steps), 0UL);
	KUNIT_EXPECT_GT(test, atomic_read(&asked_to_reclaim), 0);
	mempool_free(a, pool);
	worker_stop(0);
	KUNIT_EXPECT_PTR_EQ(test, workers[0].arg, a);
	mempool_free(a, pool);
	mempool_free(b, pool);
}

/* Is one who may not sleep told at once, in a context that must not? */
static void nowait_never_sleeps(struct kunit *test)
{
	void *a = mempool_alloc(pool, GFP_KERNEL);
	void *b = mempool_alloc(pool, GFP_KERNEL);
	void *c, *d;

	preempt_disable();
	c = mempool_alloc(pool, GFP_NOWAIT);
	d = mempool_alloc(pool, GFP_ATOMIC);
	preempt_enable();
	KUNIT_EXPECT_NULL(test, c);
	KUNIT_EXPECT_NULL(test, d);
	mempool_free(a, pool);
	mempool_free(b, pool);
}

static void share_elements(struct worker *worker)
{
	unsigned int i;

	for (i = 0; i < ROUNDS; i++) {
		u32 *p = mempool_alloc(pool, GFP_KERNEL);

		worker->wrong += !p || atomic_inc_return(&out) > RESERVE;
		*p = worker->nr << 16 | i;
		if (worker_below(worker, 4) == 0)
			cond_resched();
		worker->wrong += READ_ONCE(*p) != (worker->nr << 16 | i);
		atomic_dec(&out);
		mempool_free(p, pool);
		worker->steps++;
	}
}

/* Do many threads get on with the two elements of the reserve? */
static void few_elements_for_many(struct kunit *test)
{
	unsigned int nr, count = 8;

	for (nr = 0; nr < count; nr++)
		worker_start(test, nr, -1, share_elements, NULL);
	workers_stop(test, count);
	for (nr = 0; nr < count; nr++)
		KUNIT_EXPECT_EQ(test, workers[nr].steps, (unsigned long)ROUNDS);
	KUNIT_EXPECT_EQ(test, pool->curr_nr, RESERVE);
}

static struct kunit_case mempool_sleep_cases[] = {
	KUNIT_CASE(sleeps_until_free),
	KUNIT_CASE(nowait_never_sleeps),
	KUNIT_CASE(few_elements_for_many),
	{}
};

static struct kunit_suite mempool_sleep = {
	.name = "mempool_sleep",
	.init = pool_init,
	.exit = pool_exit,
	.test_cases = mempool_sleep_cases,
};
kunit_test_suite(mempool_sleep);
