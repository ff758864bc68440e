// SPDX-License-Identifier: MIT
/*
 * Shrinkers: asking the rooms above to give memory back.
 *
 * Problem: when no page is free, plenty may be held only for speed: empty
 * slabs, unmapped vmalloc areas. Who holds them lies above the page
 * allocator and must not be known to it. So each registers a hook that can
 * say how much it has, and free some.
 *
 *	alloc_pages() --> shrink_slab(priority 12 .. 0)
 *	                     |   for each shrinker
 *	                     +-> count_objects()   n could be freed
 *	                     +-> scan_objects()    try n >> priority of them,
 *	                                           in batches of 128
 *
 * Pressure grows round by round: at priority 12 a 4096th of the objects is
 * asked for, at priority 0 all. What is less than a batch is remembered
 * (nr_deferred), so that a small cache is asked some day, too.
 *
 * Invariants:
 *  R1  a shrinker is on the list exactly while it is registered;
 *  R2  no hook is entered from an allocation that a hook makes: a thread
 *      that reclaims is marked, by PF_MEMALLOC;
 *  R3  a hook that stops (SHRINK_STOP) is not asked again in this round;
 *  R4  once unregister_shrinker() returns no hook of it runs.
 *
 * Lock: shrinker_mutex, over a whole round: of several threads that are short
 * one squeezes, and the others wait for what it gains. A hook may sleep.
 *
 * Differs from Linux (mm/vmscan.c): there several threads ask the hooks at the
 * same time; objects freed are the only measure of progress; no cgroups, no
 * NUMA.
 */
#include <linux/shrinker.h>

#include "internal.h"

#include <linux/errno.h>
#include <linux/list.h>
#include <linux/minmax.h>
#include <linux/mutex.h>
#include <linux/sched.h>

#define SHRINK_BATCH	128

static LIST_HEAD(shrinker_list);
static DEFINE_MUTEX(shrinker_mutex);

int register_shrinker(struct shrinker *shrinker, const char *fmt, ...)
{
	if (!shrinker->count_objects || !shrinker->scan_objects)
		return -EINVAL;
	shrinker->name = fmt;
	shrinker->nr_deferred = 0;
	mutex_lock(&shrinker_mutex);
	list_add_tail(&shrinker->list, &shrinker_list);
	mutex_unlock(&shrinker_mutex);
	return 0;
}

void unregister_shrinker(struct shrinker *shrinker)
{
	mutex_lock(&shrinker_mutex);
	list_del_init(&shrinker->list);
	mutex_unlock(&shrinker_mutex);
}

/* How many objects to try this time. */
static unsigned long shrink_target(struct shrinker *shrinker,
				   unsigned long freeable, int priority)
{
	unsigned long target = freeable >> priority;

	if (shrinker->seeks)
		target = target * 4 / shrinker->seeks;
	else
		target = freeable / 2;
	target += shrinker->nr_deferred;
	return min(target, 2 * freeable);
}

static unsigned long shrink_one(struct shrinker *shrinker, gfp_t gfp,
				int priority)
{
	struct shrink_control sc = { .gfp_mask = gfp };
	unsigned long batch = shrinker->batch ? shrinker->batch : SHRINK_BATCH;
	unsigned long freeable, target, freed = 0;

	freeable = shrinker->count_objects(shrinker, &sc);
	if (!freeable || freeable == SHRINK_EMPTY)
		return 0;
	target = shrink_target(shrinker, freeable, priority);
	while (target >= batch || (target && target >= freeable)) {
		unsigned long nr = min(target, batch);
		unsigned long done;

		sc.nr_to_scan = nr;
		sc.nr_scanned = nr;
		done = shrinker->scan_objects(shrinker, &sc);
		if (done == SHRINK_STOP)
			break;
		freed += done;
		count_vm_events(SLABS_SCANNED, sc.nr_scanned);
		target -= min(target, max(sc.nr_scanned, 1UL));
	}
	shrinker->nr_deferred = target;
	return freed;
}

/* Ask all shrinkers once; objects freed. */
unsigned long shrink_slab(gfp_t gfp, int priority)
{
	struct shrinker *shrinker, *next;
	unsigned long freed = 0;

	if (current->flags & PF_MEMALLOC)	/* R2 */
		return 0;
	current->flags |= PF_MEMALLOC;
	mutex_lock(&shrinker_mutex);
	list_for_each_entry_safe(shrinker, next, &shrinker_list, list)
		freed += shrink_one(shrinker, gfp, priority);
	mutex_unlock(&shrinker_mutex);
	current->flags &= ~PF_MEMALLOC;
	return freed;
}
