// SPDX-License-Identifier: MIT
/*
 * Chunks of per-CPU memory: do they come when they are needed, go when they
 * are not, and is all of it where every CPU expects it?
 */
#include "smp_test.h"

#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/gfp.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <quire/capture.h>

#include "../../mm/percpu.h"
#include "fail_nth.h"
#include "percpu_scratch.h"

#define NOWAIT (GFP_NOWAIT | __GFP_NOWARN)
#define LARGE 6000

/* What a case has allocated, in order. */
struct hold {
	unsigned int nr;
	size_t size;
	void __percpu *p[200];
};

static struct hold *hold_new(struct kunit *test, size_t size)
{
	struct hold *hold = kunit_kzalloc(test, sizeof(*hold), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, hold);
	hold->size = size;
	percpu_shrink();
	return hold;
}

static bool hold_one_more(struct hold *hold, gfp_t gfp)
{
	void __percpu *p;

	if (hold->nr == ARRAY_SIZE(hold->p))
		return false;
	p = __alloc_percpu_gfp(hold->size, 8, gfp);
	if (!p)
		return false;
	copies_fill(p, hold->size, hold->nr);
	hold->p[hold->nr++] = p;
	return true;
}

/* How many copies were wrong. */
static unsigned int hold_end(struct hold *hold)
{
	unsigned int wrong = 0;

	while (hold->nr--) {
		wrong += copies_wrong(hold->p[hold->nr], hold->size, hold->nr);
		free_percpu(hold->p[hold->nr]);
	}
	hold->nr = 0;
	return wrong;
}

/* Takes from three chunks, at least. */
static void hold_chunks(struct kunit *test, struct hold *hold)
{
	unsigned int chunks = pcpu_stats.nr_chunks;

	while (pcpu_stats.nr_chunks < chunks + 2 &&
	       hold_one_more(hold, GFP_KERNEL))
		;
	if (pcpu_stats.nr_chunks < chunks + 2) {
		hold_end(hold);
		KUNIT_FAIL(test, "no memory for two more chunks\n");
		kunit_abort(test);
	}
}

/* When one is full, is the next as good, and is every copy its owner's? */
static void one_chunk_after_another(struct kunit *test)
{
	struct hold *hold = hold_new(test, LARGE);
	unsigned int i, cpu;

	hold_chunks(test, hold);
	KUNIT_EXPECT_NULL(test, pcpu_check());
	for (i = 0; i < hold->nr; i++)
		for_each_possible_cpu(cpu)
			KUNIT_EXPECT_PTR_EQ(test, copy_of(hold->p[i], cpu),
					    (u8 __force *)hold->p[i] +
						    per_cpu_offset(cpu));
	KUNIT_EXPECT_EQ(test, hold_end(hold), 0U);
	KUNIT_EXPECT_NULL(test, pcpu_check());
}

/* Are chunks given back when nothing is in them, but for one, and with all? */
static void empty_chunks_go(struct kunit *test)
{
	struct hold *hold = hold_new(test, LARGE);
	unsigned int chunks = pcpu_stats.nr_chunks;
	unsigned long pages = pcpu_nr_pages(), given;

	hold_chunks(test, hold);
	KUNIT_EXPECT_GT(test, pcpu_nr_pages(), pages);
	KUNIT_EXPECT_EQ(test, hold_end(hold), 0U);
	/* the work has been told of it: it comes before this one */
	given = pcpu_nr_pages() - pages;
	KUNIT_EXPECT_LE(test, percpu_shrink(), given);
	KUNIT_EXPECT_EQ(test, pcpu_stats.nr_chunks, chunks);
	KUNIT_EXPECT_EQ(test, pcpu_nr_pages(), pages);
	KUNIT_EXPECT_EQ(test, percpu_shrink(), 0UL);
	KUNIT_EXPECT_NULL(test, pcpu_check());
}

/* Does the work leave one empty chunk, for who comes next? */
static void work_keeps_one(struct kunit *test)
{
	struct hold *hold = hold_new(test, LARGE);
	unsigned int chunks = pcpu_stats.nr_chunks, i;

	hold_chunks(test, hold);
	hold_end(hold);
	for (i = 0; i < 1000 && pcpu_stats.nr_chunks > chunks + 1; i++)
		msleep(1);
	KUNIT_EXPECT_EQ(test, pcpu_stats.nr_chunks, chunks + 1);
	KUNIT_EXPECT_NULL(test, pcpu_check());
}

/* Do pages that hold nothing go alone, when others of their chunk are used? */
static void empty_pages_go(struct kunit *test)
{
	void __percpu *large, *small;
	struct pcpu_chunk *chunk;
	unsigned long pages;

	percpu_shrink();
	pages = pcpu_nr_pages();
	large = __alloc_percpu(PCPU_UNIT_SIZE - PAGE_SIZE, PAGE_SIZE);
	KUNIT_ASSERT_TRUE(test, large != NULL);
	small = __alloc_percpu(PAGE_SIZE, 4);
	KUNIT_EXPECT_TRUE(test, small != NULL);
	chunk = pcpu_chunk_find((unsigned long __force)large);
	KUNIT_EXPECT_NOT_NULL(test, chunk);
	free_percpu(large);
	percpu_shrink();
	KUNIT_EXPECT_NULL(test, pcpu_check());
	if (small && pcpu_chunk_find((unsigned long __force)small) == chunk) {
		KUNIT_EXPECT_EQ(test, pcpu_nr_pages(),
				pages + num_possible_cpus());
		KUNIT_EXPECT_EQ(test, copies_not_zero(small, PAGE_SIZE), 0U);
	}
	free_percpu(small);
	percpu_shrink();
	KUNIT_EXPECT_EQ(test, pcpu_nr_pages(), pages);
}

/* Does who may not sleep get only what is there, and no new memory? */
static void atomic_takes_what_is_there(struct kunit *test)
{
	struct hold *hold = hold_new(test, 1000);
	unsigned long pages, flags;
	unsigned int chunks;

	local_irq_save(flags);
	pages = pcpu_nr_pages();
	chunks = pcpu_stats.nr_chunks;
	while (hold_one_more(hold, NOWAIT))
		;
	KUNIT_EXPECT_GT(test, hold->nr, 3U);
	KUNIT_EXPECT_LT(test, hold->nr, ARRAY_SIZE(hold->p));
	/* the work of another CPU may have begun */
	if (num_online_cpus() == 1) {
		KUNIT_EXPECT_EQ(test, pcpu_nr_pages(), pages);
		KUNIT_EXPECT_EQ(test, pcpu_stats.nr_chunks, chunks);
	}
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, hold_end(hold), 0U);
	KUNIT_EXPECT_NULL(test, pcpu_check());
}

/* When it has all been taken, does the work see to it that there is more? */
static void work_fills_the_store(struct kunit *test)
{
	struct hold *hold = hold_new(test, 3000);
	unsigned int i, had;

	while (hold_one_more(hold, NOWAIT))
		;
	had = hold->nr;
	for (i = 0; i < 1000 && !hold_one_more(hold, NOWAIT); i++)
		msleep(1);
	KUNIT_EXPECT_GT(test, hold->nr, had);
	KUNIT_EXPECT_EQ(test, hold_end(hold), 0U);
}

struct in_interrupt {
	void __percpu *give, *take;
	bool was_interrupt;
};

static void give_and_take(void *arg)
{
	struct in_interrupt *it = arg;

	it->was_interrupt = irqs_disabled();
	free_percpu(it->give);
	it->take = __alloc_percpu_gfp(40, 4, GFP_ATOMIC);
	if (it->take)
		copies_fill(it->take, 40, 7);
}

/* May an interrupt on another CPU free, and allocate? */
static void by_an_interrupt(struct kunit *test)
{
	struct in_interrupt it = {};

	need_cpus(test, 2);
	it.give = __alloc_percpu(40, 4);
	KUNIT_ASSERT_TRUE(test, it.give != NULL);
	preempt_disable();
	smp_call_function_single(other_cpu(), give_and_take, &it, 1);
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, it.was_interrupt);
	KUNIT_ASSERT_TRUE(test, it.take != NULL);
	KUNIT_EXPECT_EQ(test, copies_wrong(it.take, 40, 7), 0U);
	free_percpu(it.take);
	KUNIT_EXPECT_NULL(test, pcpu_check());
}

/*
 * When any of the allocations that a new chunk needs fails, is NULL the
 * answer, and nothing lost?
 */
static void each_step_may_fail(struct kunit *test)
{
	void __percpu *p = NULL;
	unsigned long pages;
	unsigned int n;

	fail_nth_begin(test);
	percpu_shrink();
	pages = pcpu_nr_pages();
	for (n = 1; n < 200 && !p; n++) {
		capture_begin();
		fault_nth_set(n);
		p = __alloc_percpu_gfp(PCPU_UNIT_SIZE, 4,
				       GFP_KERNEL | __GFP_NOWARN);
		fail_nth_end(test);
		capture_end();
		KUNIT_EXPECT_NULL(test, pcpu_check());
		if (!p)
			KUNIT_EXPECT_EQ(test, pcpu_nr_pages(), pages);
	}
	KUNIT_EXPECT_TRUE(test, p != NULL);
	KUNIT_EXPECT_GT(test, n, PCPU_PAGES * num_possible_cpus());
	free_percpu(p);
}

static void sleep_a_little(struct work_struct *work)
{
	msleep(20);
}

/*
 * The work that looks after chunks waits for their mutex, and each CPU then has
 * one worker more for what else there is. They are made here, or the cases
 * would have left them.
 */
static int two_workers_each(struct kunit_suite *suite)
{
	static struct work_struct works[NR_CPUS][2];
	unsigned int cpu, i;

	for_each_online_cpu(cpu) {
		for (i = 0; i < 2; i++) {
			INIT_WORK(&works[cpu][i], sleep_a_little);
			queue_work_on(cpu, system_wq, &works[cpu][i]);
		}
	}
	flush_workqueue(system_wq);
	return 0;
}

static struct kunit_case cases[] = {
	KUNIT_CASE(one_chunk_after_another),
	KUNIT_CASE(empty_chunks_go),
	KUNIT_CASE(work_keeps_one),
	KUNIT_CASE(empty_pages_go),
	KUNIT_CASE(atomic_takes_what_is_there),
	KUNIT_CASE(work_fills_the_store),
	KUNIT_CASE(by_an_interrupt),
	KUNIT_CASE(each_step_may_fail),
	{}
};

static struct kunit_suite percpu_chunk = {
	.name = "percpu_chunk",
	.suite_init = two_workers_each,
	.test_cases = cases,
};
kunit_test_suite(percpu_chunk);
