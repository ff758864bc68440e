// SPDX-License-Identifier: MIT
/*
 * failslab: objects of slab caches and kmalloc() that are refused on purpose.
 *
 *	kmem_cache_alloc() -> should_failslab() -> should_fail()
 *	kmalloc() up to 8 KiB      |
 *	                           +-- __GFP_NOFAIL: never
 *	                           +-- ignore-gfp-wait: not who may wait
 *	                           +-- cache-filter: only marked caches
 *
 * The question comes before the array of the CPU is looked at, so every
 * allocation can fail, not only those that need a new slab. In its default
 * only who may not wait is failed: these are the requests that do fail on a
 * machine that is short of memory, and whose callers must be ready for it.
 * Larger blocks of kmalloc() are pages: see mm/fail_page_alloc.c.
 *
 * A cache is marked when it is made, with SLAB_FAILSLAB, or later by its
 * name.
 *
 * Lock: slab_mutex while a cache is sought by its name; the settings are
 * plain numbers.
 *
 * Cost: in a checked kernel a call and a few tests; else none.
 *
 * Differs from Linux: (mm/failslab.c) a cache is marked by a call instead of
 * a file in /sys.
 */
#include "slab.h"

#include <linux/errno.h>
#include <linux/fault-inject.h>
#include <linux/init.h>
#include <linux/string.h>

struct failslab {
	struct fault_attr attr;
	int ignore_gfp_wait;
	int cache_filter;
};

static const struct fault_knob failslab_knobs[] = {
	FAULT_KNOB(struct failslab, "ignore-gfp-wait", ignore_gfp_wait, 0, 1),
	FAULT_KNOB(struct failslab, "cache-filter", cache_filter, 0, 1),
	{ },
};

static struct failslab failslab = {
	.attr = FAULT_ATTR_INITIALIZER(failslab, failslab_knobs),
	.ignore_gfp_wait = 1,
};

static bool filtered(const struct kmem_cache *s, gfp_t gfpflags)
{
	if (failslab.ignore_gfp_wait && gfpflags_allow_blocking(gfpflags))
		return true;
	return failslab.cache_filter && !(s->flags & SLAB_FAILSLAB);
}

int should_failslab(struct kmem_cache *s, gfp_t gfpflags)
{
	int flags = gfpflags & __GFP_NOWARN ? FAULT_NOWARN : 0;

	if (gfpflags & __GFP_NOFAIL)
		return 0;
	if (!fault_nth_counts() && filtered(s, gfpflags))
		return 0;
	return should_fail_ex(&failslab.attr, s->object_size, flags) ? -ENOMEM :
								       0;
}

int failslab_mark(const char *name, bool on)
{
	struct kmem_cache *cachep;
	int err = -ENOENT;

	mutex_lock(&slab_mutex);
	list_for_each_entry(cachep, &slab_caches, list) {
		if (strcmp(cachep->name, name))
			continue;
		if (on)
			cachep->flags |= SLAB_FAILSLAB;
		else
			cachep->flags &= ~SLAB_FAILSLAB;
		err = 0;
	}
	mutex_unlock(&slab_mutex);
	return err;
}

static int __init setup_failslab(char *str)
{
	return setup_fault_attr(&failslab.attr, str);
}
__setup("failslab=", setup_failslab);

static int __init failslab_init(void)
{
	fault_attr_register(&failslab.attr);
	return 0;
}
early_initcall(failslab_init);
