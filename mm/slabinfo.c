// SPDX-License-Identifier: MIT
/*
 * slabinfo: one line per cache, in the format of Linux's /proc/slabinfo.
 *
 *	name  active_objs num_objs objsize objperslab pagesperslab
 *	      : tunables limit batchcount sharedfactor
 *	      : slabdata active_slabs num_slabs sharedavail
 *
 * An object is active when a user has it: one in an array cache is not. A slab
 * is active when it holds one that is not on its freelist. objsize is from
 * slot to slot, so zones and padding are in it.
 *
 * Lock: slab_mutex, then each cache's list_lock. What is at hand on another
 * CPU is read while it changes: a figure is off by what moves at the moment.
 * Cost: a step per partial slab.
 *
 * Differs from Linux: SLUB shows zeros as tunables; here they are those of
 * the array caches, as SLAB had them. Linux: mm/slab_common.c.
 */
#include "slab.h"

#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/seq_file.h>
#include <linux/string.h>

/* Objects of a cache that are with users. [s] */
static unsigned long cache_active(struct kmem_cache *cachep,
				  unsigned long *active_slabs)
{
	unsigned long partial = 0, inuse = 0;
	struct slab *slab;
	unsigned int cpu;

	list_for_each_entry(slab, &cachep->partial, slab_list) {
		partial++;
		inuse += slab->inuse;
	}
	*active_slabs = cachep->nr_slabs - cachep->nr_empty;
	inuse += (*active_slabs - partial) * cachep->num;
	for_each_possible_cpu(cpu)
		inuse -= cpu_cache_avail(cachep, cpu);
	return inuse;
}

void get_slabinfo(struct kmem_cache *cachep, struct slabinfo *info)
{
	unsigned long irqflags;

	memset(info, 0, sizeof(*info));
	spin_lock_irqsave(&cachep->list_lock, irqflags);
	info->active_objs = cache_active(cachep, &info->active_slabs);
	info->num_slabs = cachep->nr_slabs;
	spin_unlock_irqrestore(&cachep->list_lock, irqflags);
	/* another CPU may let some go meanwhile */
	info->active_objs -= min(info->active_objs, kasan_kept_objects(cachep));

	info->num_objs = info->num_slabs * cachep->num;
	info->limit = cachep->cpu_cache[0].limit;
	info->batchcount = cachep->cpu_cache[0].batch;
	info->objects_per_slab = cachep->num;
	info->cache_order = cachep->order;
}

unsigned long slab_active_objects(void)
{
	struct kmem_cache *cachep;
	unsigned long active = 0;
	struct slabinfo info;

	mutex_lock(&slab_mutex);
	list_for_each_entry(cachep, &slab_caches, list) {
		get_slabinfo(cachep, &info);
		active += info.active_objs;
	}
	mutex_unlock(&slab_mutex);
	return active;
}

unsigned long slab_nr_pages(void)
{
	struct kmem_cache *cachep;
	unsigned long pages = 0;
	struct slabinfo info;

	mutex_lock(&slab_mutex);
	list_for_each_entry(cachep, &slab_caches, list) {
		get_slabinfo(cachep, &info);
		pages += info.num_slabs << info.cache_order;
	}
	mutex_unlock(&slab_mutex);
	return pages;
}

static void cache_show(struct seq_file *m, struct kmem_cache *cachep)
{
	struct slabinfo info;

	get_slabinfo(cachep, &info);
	seq_printf(m, "%-17s %6lu %6lu %6u %4u %4d", cachep->name,
		   info.active_objs, info.num_objs, cachep->size,
		   info.objects_per_slab, 1 << info.cache_order);
	seq_printf(m, " : tunables %4u %4u %4u", info.limit, info.batchcount,
		   info.shared);
	seq_printf(m, " : slabdata %6lu %6lu %6lu\n", info.active_slabs,
		   info.num_slabs, info.shared_avail);
}

int slabinfo_show(struct seq_file *m, void *unused)
{
	struct kmem_cache *cachep;

	seq_puts(m, "slabinfo - version: 2.1\n");
	seq_puts(m, "# name            <active_objs> <num_objs> <objsize> "
		    "<objperslab> <pagesperslab>");
	seq_puts(m, " : tunables <limit> <batchcount> <sharedfactor>");
	seq_puts(m, " : slabdata <active_slabs> <num_slabs> <sharedavail>\n");

	mutex_lock(&slab_mutex);
	list_for_each_entry(cachep, &slab_caches, list)
		cache_show(m, cachep);
	mutex_unlock(&slab_mutex);
	return 0;
}
