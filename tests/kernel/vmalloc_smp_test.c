// SPDX-License-Identifier: MIT
/*
 * The vmalloc window with several CPUs: no two areas overlap, queues of lazy
 * ranges are each CPU's own, a purge takes all of them.
 */
#include "windows_test.h"

#include "test_workers.h"

#include <linux/vmalloc.h>

#include "../../mm/vmap.h"

#define AREAS 12
#define STEPS 600		/* of all workers together */

/* One worker's areas, each filled with numbers of its own. */
struct areas {
	u32 *addr[AREAS];
	unsigned int pages[AREAS];
};
static struct areas areas[MAX_WORKERS];

static u32 word_of(const struct worker *worker, unsigned int i,
		   unsigned int page)
{
	return worker->nr << 24 | i << 12 | page;
}

static void take(struct worker *worker, unsigned int i)
{
	struct areas *mine = &areas[worker->nr];
	unsigned int page, pages = 1 + worker_below(worker, 6);
	u32 *p = vmalloc(pages * PAGE_SIZE);

	mine->addr[i] = p;
	mine->pages[i] = pages;
	if (!p) {
		worker->failed++;
		return;
	}
	for (page = 0; page < pages; page++)
		p[page * PAGE_SIZE / sizeof(*p)] = word_of(worker, i, page);
}

static void give(struct worker *worker, unsigned int i)
{
	struct areas *mine = &areas[worker->nr];
	u32 *p = mine->addr[i];
	unsigned int page;

	for (page = 0; page < mine->pages[i]; page++)
		worker->wrong += p[page * PAGE_SIZE / sizeof(*p)] !=
				 word_of(worker, i, page);
	mine->addr[i] = NULL;
	vfree(p);
}

static void churn(struct worker *worker)
{
	unsigned int i, steps = STEPS / num_online_cpus();
	struct areas *mine = &areas[worker->nr];

	for (; worker->steps < steps; worker->steps++) {
		i = worker_below(worker, AREAS);
		if (mine->addr[i])
			give(worker, i);
		else
			take(worker, i);
		if (worker_below(worker, 64) == 0)
			vm_unmap_aliases();
	}
	for (i = 0; i < AREAS; i++)
		if (mine->addr[i])
			give(worker, i);
}

/* Does each area stay its owner's, and are the ranges in order at the end? */
static void areas_do_not_overlap(struct kunit *test)
{
	memset(areas, 0, sizeof(areas));
	workers_stop(test, workers_start(test, churn, NULL));
	KUNIT_EXPECT_NULL(test, vmap_area_check());
}

/* Leaves a lazy range in the queue of its CPU. */
static void leave_lazy(struct worker *worker)
{
	worker->arg = vmalloc(PAGE_SIZE);
	vfree(worker->arg);
}

/* Does one purge make the ranges free that all CPUs have queued? */
static void purge_takes_all_queues(struct kunit *test)
{
	unsigned int count, nr;

	vm_unmap_aliases();
	count = workers_start(test, leave_lazy, NULL);
	workers_stop(test, count);
	KUNIT_EXPECT_GE(test, vmap_lazy_bytes(), count * 2 * PAGE_SIZE);
	for (nr = 0; nr < count; nr++)
		KUNIT_EXPECT_TRUE(test,
				  vmap_addr_is_lazy(
					  (unsigned long)workers[nr].arg));
	KUNIT_EXPECT_NULL(test, vmap_area_check());
	vm_unmap_aliases();
	KUNIT_EXPECT_EQ(test, vmap_lazy_bytes(), 0UL);
}

/* Allocates in a window that has room for a few at a time only. */
static void use_the_rest(struct worker *worker)
{
	unsigned int i;

	for (i = 0; i < 200 / num_online_cpus(); i++) {
		u32 *p = __vmalloc(PAGE_SIZE, GFP_KERNEL | __GFP_NOWARN);

		if (!p) {
			worker->failed++;
			continue;
		}
		*p = word_of(worker, i, 0);
		cond_resched();
		worker->wrong += *p != word_of(worker, i, 0);
		vfree(p);
	}
}

/*
 * When the window is full of lazy ranges, does everybody get room by a purge,
 * also who comes while another makes it?
 */
static void full_window_is_purged(struct kunit *test)
{
	unsigned long size = VMALLOC_END - VMALLOC_START;
	struct vm_struct *rest = NULL;
	unsigned int nr, count;

	vm_unmap_aliases();
	while (!rest && size > 4 * PMD_SIZE) {
		size -= PMD_SIZE;
		rest = get_vm_area(size, VM_MAP);
	}
	KUNIT_ASSERT_NOT_NULL(test, rest);
	count = workers_start(test, use_the_rest, NULL);
	workers_stop(test, count);
	for (nr = 0; nr < count; nr++)
		KUNIT_EXPECT_EQ(test, workers[nr].failed, 0UL);
	free_vm_area(rest);
	KUNIT_EXPECT_NULL(test, vmap_area_check());
}

static struct kunit_case vmalloc_smp_cases[] = {
	KUNIT_CASE(areas_do_not_overlap),
	KUNIT_CASE(purge_takes_all_queues),
	KUNIT_CASE(full_window_is_purged),
	{}
};

static struct kunit_suite vmalloc_smp = {
	.name = "vmalloc_smp",
	.test_cases = vmalloc_smp_cases,
};
kunit_test_suite(vmalloc_smp);
