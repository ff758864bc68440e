// SPDX-License-Identifier: MIT
/*
 * A pool smaller than the number of its users, over an allocator that mostly
 * fails: does everybody get an element in the end, and nobody the same?
 */
#include <quire/torture.h>

#include <linux/kernel.h>
#include <linux/mempool.h>
#include <linux/sched.h>
#include <linux/slab.h>

#define RESERVE 3

struct element {
	atomic_t users;
	u32 value;
};

static atomic_t out;		/* elements that are not freed */
static atomic_t asked;		/* calls of the allocator */
static mempool_t *pool;

/* Every eighth call is given memory. */
static void *stingy_alloc(gfp_t gfp, void *data)
{
	struct element *element;

	if (pool && atomic_inc_return(&asked) % 8)
		return NULL;
	element = kzalloc(sizeof(*element), gfp);
	if (element)
		atomic_inc(&out);
	return element;
}

static void stingy_free(void *element, void *data)
{
	atomic_dec(&out);
	kfree(element);
}

static void mempool_step(struct torture_thread *self)
{
	bool may_wait = torture_below(self, 4);
	struct element *element;
	u32 value;

	element = mempool_alloc(pool, may_wait ? GFP_NOIO : GFP_NOWAIT);
	TORTURE_CHECK(self, element || !may_wait);
	if (!element)
		return;
	TORTURE_CHECK(self, atomic_inc_return(&element->users) == 1);
	value = torture_random(self);
	element->value = value;
	if (torture_below(self, 4) == 0)
		cond_resched();
	if (torture_below(self, 200) == 0)
		schedule_timeout_idle(1);
	TORTURE_CHECK(self, READ_ONCE(element->value) == value);
	TORTURE_CHECK(self, atomic_dec_return(&element->users) == 0);
	mempool_free(element, pool);
}

/* Does every waiter get an element, and is the reserve full at the end? */
static void waiters_get_elements(struct kunit *test)
{
	struct torture torture = {
		.step = mempool_step,
		.steps = 3000,
		.per_cpu = 3,
	};
	mempool_t *made;

	atomic_set(&out, 0);
	pool = NULL;
	made = mempool_create(RESERVE, stingy_alloc, stingy_free, NULL);
	KUNIT_ASSERT_NOT_NULL(test, made);
	pool = made;
	torture_run(test, &torture);
	KUNIT_EXPECT_EQ(test, pool->curr_nr, RESERVE);
	KUNIT_EXPECT_EQ(test, atomic_read(&out), RESERVE);
	mempool_destroy(pool);
	KUNIT_EXPECT_EQ(test, atomic_read(&out), 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_SLOW(waiters_get_elements),
	{}
};

static struct kunit_suite torture_mempool = {
	.name = "torture_mempool",
	.test_cases = cases,
};
kunit_test_suite(torture_mempool);
