// SPDX-License-Identifier: MIT
/*
 * vfree() where nothing may sleep: is the area given back all the same, soon,
 * and by somebody else?
 */
#include "windows_test.h"

#include "test_workers.h"

#include <linux/hardirq.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/vmalloc.h>

#include "../../mm/vmap.h"

#define AREAS 40

static void *area[AREAS];

static void free_areas(struct tasklet_struct *unused)
{
	unsigned int i;

	for (i = 0; i < AREAS; i++)
		vfree(area[i]);
}
static DECLARE_TASKLET(free_tasklet, free_areas);

/* How many of them are areas still. */
static unsigned int live_areas(void)
{
	unsigned int i, live = 0;

	for (i = 0; i < AREAS; i++)
		live += find_vm_area(area[i]) != NULL;
	return live;
}

static void make_areas(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < AREAS; i++) {
		area[i] = vmalloc((1 + i % 3) * PAGE_SIZE);
		KUNIT_ASSERT_NOT_NULL(test, area[i]);
	}
}

/* Does an area that a softirq frees come back, its frames with it? */
static void freed_in_softirq(struct kunit *test)
{
	make_areas(test);
	tasklet_schedule(&free_tasklet);
	tasklet_kill(&free_tasklet);
	vfree_deferred_flush();
	KUNIT_EXPECT_EQ(test, live_areas(), 0U);
}

/* And one that an interrupt handler frees, with interrupts off? */
static void freed_in_hardirq(struct kunit *test)
{
	unsigned long flags;

	make_areas(test);
	local_irq_save(flags);
	__irq_enter();
	free_areas(NULL);
	__irq_exit();
	local_irq_restore(flags);
	vfree_deferred_flush();
	KUNIT_EXPECT_EQ(test, live_areas(), 0U);
}

/* Does the thread do it without being asked to flush? */
static void thread_frees_by_itself(struct kunit *test)
{
	unsigned int ticks = 0;

	make_areas(test);
	tasklet_schedule(&free_tasklet);
	tasklet_kill(&free_tasklet);
	while (live_areas() && ticks++ < HZ)
		schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_EQ(test, live_areas(), 0U);
}

/* May vfree_atomic() be called with a lock held, where vfree() may not? */
static void atomic_form_under_a_lock(struct kunit *test)
{
	const char *text;
	unsigned int i;

	make_areas(test);
	capture_begin();
	preempt_disable();
	for (i = 1; i < AREAS; i++)
		vfree_atomic(area[i]);
	vfree_atomic(NULL);
	preempt_enable();
	KUNIT_EXPECT_STREQ(test, capture_end(), "");
	if (IS_ENABLED(CONFIG_DEBUG)) {
		capture_begin();
		preempt_disable();
		vfree(NULL);
		preempt_enable();
		text = capture_end();
		KUNIT_EXPECT_TRUE(test, text_has(text, "sleeping function"));
	}
	vfree(area[0]);
	vfree_deferred_flush();
	KUNIT_EXPECT_EQ(test, live_areas(), 0U);
}

/* Frees from where nothing may sleep while others allocate and free. */
static void churn(struct worker *worker)
{
	unsigned int i;

	for (i = 0; i < 200; i++) {
		u32 *p = vmalloc((1 + worker_below(worker, 4)) * PAGE_SIZE);

		if (!p) {
			worker->failed++;
			continue;
		}
		*p = worker->nr << 16 | i;
		cond_resched();
		worker->wrong += *p != (worker->nr << 16 | i);
		if (worker_below(worker, 2))
			vfree_atomic(p);
		else
			vfree(p);
	}
}

/* Are the ranges in order after threads on all CPUs freed in both ways? */
static void both_ways_at_once(struct kunit *test)
{
	workers_stop(test, workers_start(test, churn, NULL));
	vfree_deferred_flush();
	KUNIT_EXPECT_NULL(test, vmap_area_check());
}

static struct kunit_case vfree_deferred_cases[] = {
	KUNIT_CASE(freed_in_softirq),
	KUNIT_CASE(freed_in_hardirq),
	KUNIT_CASE(thread_frees_by_itself),
	KUNIT_CASE(atomic_form_under_a_lock),
	KUNIT_CASE(both_ways_at_once),
	{}
};

static struct kunit_suite vfree_deferred = {
	.name = "vfree_deferred",
	.test_cases = vfree_deferred_cases,
};
kunit_test_suite(vfree_deferred);
