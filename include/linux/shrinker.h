/* SPDX-License-Identifier: MIT */
/*
 * Shrinkers: how an upper room gives memory back when a lower one is short.
 */
#ifndef _LINUX_SHRINKER_H
#define _LINUX_SHRINKER_H

#include <linux/compiler.h>
#include <linux/gfp_types.h>
#include <linux/list.h>

struct shrink_control {
	gfp_t gfp_mask;			/* of the request that is short */
	int nid;
	unsigned long nr_to_scan;	/* objects to try to free */
	unsigned long nr_scanned;	/* set by scan_objects if other */
};

#define SHRINK_STOP	(~0UL)		/* scan: no progress possible */
#define SHRINK_EMPTY	(~0UL - 1)	/* count: nothing at all */
#define DEFAULT_SEEKS	2

/*
 * count_objects: how many objects could be freed now; 0 for unknown or none.
 * scan_objects: free up to nr_to_scan of them; how many were freed. Both are
 * called in the context of the allocation that is short, which may sleep, one
 * thread at a time. What they allocate themselves is not reclaimed for.
 */
struct shrinker {
	unsigned long (*count_objects)(struct shrinker *shrinker,
				       struct shrink_control *sc);
	unsigned long (*scan_objects)(struct shrinker *shrinker,
				      struct shrink_control *sc);
	long batch;			/* objects per call, 0: 128 */
	int seeks;			/* cost of making one again; 0: free */
	unsigned int flags;
	struct list_head list;
	const char *name;
	long nr_deferred;		/* scans owed from earlier calls */
};

/*
 * fmt: its name in messages. 0 or -EINVAL. May sleep; unregistering waits
 * until neither hook runs, so not from within one.
 */
int register_shrinker(struct shrinker *shrinker, const char *fmt, ...)
	__printf(2, 3);
void unregister_shrinker(struct shrinker *shrinker);

#endif
