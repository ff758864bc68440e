// SPDX-License-Identifier: MIT
/*
 * leak.c - is everything back where it was before the case?
 *
 * Free memory hides in caches: frames on per-CPU lists, empty slabs, areas
 * of vmalloc whose unmapping was put off, kmap entries that nobody holds, empty
 * chunks of per-CPU memory, what waits for a grace period of RCU. All of them
 * are emptied first, so that the counts mean what they say.
 */
#include "internal.h"
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/irqflags.h>
#include <linux/kcsan.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/sched/stack.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>
#include <linux/vmstat.h>
#include <linux/workqueue.h>

/*
 * Frames that are free, or became page tables of the windows: those are made
 * when an address is first used and stay for ever, there is a bounded number
 * of them, and all processes will share them. Or slabs: their objects are
 * counted by themselves, and how many slabs they are spread over is chance.
 */
static unsigned long free_frames(void)
{
	return nr_free_pages() + global_zone_page_state(NR_PAGETABLE) +
	       slab_nr_pages();
}

/*
 * Without the descriptors of free ranges of the vmalloc window: how many those
 * are depends on where the areas lie that are there for good.
 */
static unsigned long objects(void)
{
	return slab_active_objects() - vm_free_range_count();
}

static unsigned long kmaps(void)
{
	return kmap_in_use();
}

static unsigned long atomic_kmaps(void)
{
	return kmap_atomic_depth();
}

static unsigned long held_locks(void)
{
	return lockdep_depth_current();
}

static unsigned long threads(void)
{
	return nr_threads_alive();
}

/* What is counted, and how a difference reads. */
static const struct {
	const char *name;
	unsigned long (*count)(void);
} stock[] = {
	{ "free pages", free_frames },
	{ "slab objects", objects },
	{ "vmalloc areas", vm_area_count },
	{ "kmap entries in use", kmaps },
	{ "atomic kmaps in use", atomic_kmaps },
	{ "locks held", held_locks },
	{ "timers pending", timers_pending },
	{ "RCU callbacks", rcu_callbacks_pending },
	{ "works in flight", works_in_flight },
	{ "threads", threads },
};

/*
 * May this be done here? The caches sleep, in Linux's terms. A thread that has
 * told of its end is given the time to come to it: until at most that many
 * are left.
 */
static bool settle(unsigned int threads_left)
{
	if (irqs_disabled() || preempt_count())
		return false;
	rcu_barrier();
	percpu_shrink(); /* waits for a work, which may want a worker more */
	workqueue_trim();
	vfree_deferred_flush();
	wait_threads_gone(threads_left);
	drain_thread_stacks();
	vm_unmap_aliases();
	kmap_flush_unused();
	slab_shrink_all();
	rcu_barrier(); /* slabs of SLAB_TYPESAFE_BY_RCU */
	drain_all_pages(NULL);
	return true;
}

void kunit_snapshot_take(struct kunit_snapshot *snap)
{
	unsigned int i;

	BUILD_BUG_ON(ARRAY_SIZE(stock) > ARRAY_SIZE(snap->resource));
	settle(UINT_MAX);
	snap->threads = nr_threads_alive();
	for (i = 0; i < ARRAY_SIZE(stock); i++)
		snap->resource[i] = stock[i].count();
	snap->reports = report_unexpected_count();
	snap->captures = capture_depth();
	snap->preempt = preempt_count();
	snap->irqs_off = irqs_disabled();
	snap->locks = held_locks();
}

/* Fails the test, as its words tell. Returns what. */
#define wrong(test, what, fmt, ...) ({					\
	kunit_set_failure(test);					\
	kunit_err(test, fmt, ##__VA_ARGS__);				\
	(what);								\
})

/* Interrupts and the preemption count, put back as they were. */
static unsigned int check_context(struct kunit *test,
				  const struct kunit_snapshot *before,
				  bool died)
{
	unsigned int found = 0;

	if (irqs_disabled() != before->irqs_off) {
		if (!died)
			found |= wrong(test, CASE_CONTEXT,
				       "left interrupts %s\n",
				       before->irqs_off ? "on" : "off");
		if (before->irqs_off)
			local_irq_disable();
		else
			local_irq_enable();
	}
	if (preempt_count() != before->preempt) {
		if (!died)
			found |= wrong(test, CASE_CONTEXT,
				       "preempt_count: %d before, %d after\n",
				       before->preempt, preempt_count());
		preempt_count_add((int)before->preempt - preempt_count());
	}
	return found;
}

/* Names the locks that are still held; a fault's are forgotten. */
static void check_locks(const struct kunit_snapshot *before, bool died)
{
	if (held_locks() <= before->locks)
		return;
	debug_show_held_locks(current);
	if (died)
		lockdep_drop(before->locks);
}

static unsigned int check_stock(struct kunit *test,
				const struct kunit_snapshot *before)
{
	unsigned int i, found = 0;

	for (i = 0; i < ARRAY_SIZE(stock); i++) {
		unsigned long now = stock[i].count();

		if (now == before->resource[i])
			continue;
		found |= wrong(test,
			       stock[i].count == held_locks ? CASE_CONTEXT :
							      CASE_LEAKED,
			       "leak: %s: %lu before, %lu after\n",
			       stock[i].name, before->resource[i], now);
	}
	return found;
}

unsigned int kunit_snapshot_check(struct kunit *test,
				  const struct kunit_snapshot *before,
				  bool died)
{
	unsigned long reports;
	unsigned int found = check_context(test, before, died);

	kcsan_print_reports();
	reports = report_unexpected_count() - before->reports;
	settle(before->threads);
	found |= check_stock(test, before);
	check_locks(before, died);
	if (reports)
		found |= wrong(test, CASE_REPORTED, "%lu unexpected report%s\n",
			       reports, reports == 1 ? "" : "s");
	return found;
}

void kunit_snapshot_left(const struct kunit_snapshot *before, long *left)
{
	unsigned int i;

	memset(left, 0, NR_STOCK * sizeof(*left));
	for (i = 0; i < ARRAY_SIZE(stock); i++)
		left[i] = stock[i].count() - before->resource[i];
}
