// SPDX-License-Identifier: MIT
/*
 * How much per-CPU memory there is in store: neither too little for who may
 * not sleep, nor more than is of use.
 *
 *	populated pages that hold nothing
 *	0     LOW      HIGH
 *	|------|---------|---------------------------->
 *	  work: one page more,          more, when chunks become empty:
 *	  until there are HIGH          all but one of them are given back
 *
 * An allocation that may not sleep gives only what is populated. So each one,
 * and each free, looks whether the store is out of balance, which it seldom is:
 * the first chunk's pages belong to it, and for most kernels these are enough.
 * If it is, a work item does what may sleep.
 *
 * One empty chunk is kept, as who frees and allocates in turn should not make
 * one each time. When memory is short, a shrinker takes this one as well, and
 * pages that hold nothing of chunks that hold something.
 *
 * Lock: pcpu_alloc_mutex. A shrinker runs in an allocation, which may be one of
 * its holder's: so it only tries.
 *
 * Cost: of the look, a read; the answer is kept when a map changes.
 *
 * Differs from Linux: (mm/percpu.c) pages of chunks in use go back when memory
 * is short, not when a quarter of all are empty.
 */
#include "percpu.h"

#include <linux/bitops.h>
#include <linux/cache.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/shrinker.h>
#include <linux/workqueue.h>

/* Empty populated pages: fewer than so many, and the work makes so many. */
#define EMPTY_PAGES_LOW		2
#define EMPTY_PAGES_HIGH	4

static void balance(struct work_struct *work);
static DECLARE_WORK(balance_work, balance);
static bool balance_ready __read_mostly;
static bool out_of_balance __read_mostly;	/* [p] to write */

void pcpu_store_changed(void)
{
	const struct list_head *empty = &pcpu_slot[PCPU_SLOT_EMPTY];
	bool too_many = !list_empty(empty) && !list_is_singular(empty);

	WRITE_ONCE(out_of_balance,
		   too_many || pcpu_stats.nr_empty < EMPTY_PAGES_LOW);
}

void pcpu_kick_balance(void)
{
	if (unlikely(READ_ONCE(out_of_balance)) && READ_ONCE(balance_ready))
		schedule_work(&balance_work);
}

/* [m] A page without frames of a chunk that is there, or of a new one. */
static bool populate_one_more(void)
{
	gfp_t gfp = GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN;
	struct pcpu_chunk *chunk;
	unsigned int page;

	for_each_pcpu_chunk(chunk)
	{
		page = ffz(chunk->populated);
		if (page < PCPU_PAGES)
			return pcpu_populate(chunk, page, page, gfp);
	}
	return pcpu_chunk_create(gfp);
}

static void balance(struct work_struct *work)
{
	mutex_lock(&pcpu_alloc_mutex);
	pcpu_chunks_give_back(1);
	if (READ_ONCE(pcpu_stats.nr_empty) < EMPTY_PAGES_LOW) {
		while (READ_ONCE(pcpu_stats.nr_empty) < EMPTY_PAGES_HIGH &&
		       populate_one_more())
			;
	}
	mutex_unlock(&pcpu_alloc_mutex);
}

static unsigned long shrink_locked(void)
{
	unsigned long pages = pcpu_chunks_give_back(0);

	return pages + pcpu_pages_give_back();
}

unsigned long percpu_shrink(void)
{
	unsigned long pages;

	cancel_work_sync(&balance_work);
	mutex_lock(&pcpu_alloc_mutex);
	pages = shrink_locked();
	mutex_unlock(&pcpu_alloc_mutex);
	return pages;
}

/* Those of the first chunk cannot be given back. */
static unsigned long count_empty(struct shrinker *shrinker,
				 struct shrink_control *sc)
{
	return (READ_ONCE(pcpu_stats.nr_empty) -
		READ_ONCE(pcpu_first_chunk.nr_empty)) *
	       num_possible_cpus();
}

/* Memory may be short for who has the mutex. */
static unsigned long give_empty(struct shrinker *shrinker,
				struct shrink_control *sc)
{
	unsigned long pages;

	if (!mutex_trylock(&pcpu_alloc_mutex))
		return SHRINK_STOP;
	pages = shrink_locked();
	mutex_unlock(&pcpu_alloc_mutex);
	return pages;
}

static struct shrinker percpu_shrinker = {
	.count_objects = count_empty,
	.scan_objects = give_empty,
	.seeks = DEFAULT_SEEKS,
};

static int __init percpu_balance_init(void)
{
	balance_ready = true;
	return register_shrinker(&percpu_shrinker, "percpu");
}
postcore_initcall(percpu_balance_init);
