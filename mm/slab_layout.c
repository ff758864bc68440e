// SPDX-License-Identifier: MIT
/*
 * How the objects of a cache lie in a slot, and the slots in a slab.
 *
 * A slot of a release cache; the free pointer is inside the free object
 * unless its contents have to survive being freed:
 *
 *	| object .................. pad |      | object ...... pad | free |
 *	^ free                                 ctor, SLAB_TYPESAFE_BY_RCU
 *
 * A slot of a debug cache (struct slab_meta holds the free pointer, too):
 *
 *	| left zone | object ... | right zone | struct slab_meta | padding |
 *	| = align   |  poisoned  | to a word, |                  | to align|
 *	| bytes     |            | at least 1 |                  |         |
 *
 * The left zone is as large as the alignment so that the object behind it is
 * aligned. That doubles a power of two of kmalloc(), in debug builds only.
 *
 * A slab is 2^order pages. A larger order wastes less at the end of the slab,
 * but is harder to get: of the orders up to SLAB_MAX_ORDER the first that
 * loses at most an eighth is taken, or else the one that loses least. For all
 * classes of kmalloc() but 8192, and for most structs, that is one page.
 *
 *	object   96:  42 in a page, 64 bytes left: 1/64, order 0
 *	object 2100:   1 in a page, 1996 left: no; order 1: 3, 1892 left: no;
 *	               order 2: 7, 1684 of 16384 left: a tenth, taken
 *
 * What is left over moves the first slot of each next slab by one line of
 * the CPU's cache, so that equal objects of different slabs do not share it:
 *
 *	slab 0  |obj|obj|obj|....|obj|       |	colours = 3
 *	slab 1  |   |obj|obj|obj|....|obj|   |
 *	slab 2  |       |obj|obj|obj|....|obj|
 *	slab 3  |obj|obj|obj|....|obj|       |
 *
 * Invariants:
 * L1 object 0 of every slab, and so every object, is aligned to cache->align.
 * L2 colour + num * size <= bytes of the slab.
 * L3 num <= SLAB_MAX_OBJECTS, so inuse fits its field.
 *
 * Differs from Linux: SLUB takes larger orders to have at least some number
 * of objects in a slab, with single pages as a fallback; the array caches
 * make that unnecessary. Linux: calculate_sizes() and calculate_order() in
 * mm/slub.c, calculate_slab_order() in mm/slab.c.
 */
#include "slab.h"

#include <linux/align.h>
#include <linux/cache.h>
#include <linux/errno.h>
#include <linux/kasan.h>
#include <linux/kernel.h>

#include "slab_debug.h"

#define SLAB_MAX_COLOURS	32

/* How many objects one CPU keeps at hand: about 16 KiB of them. */
static unsigned int ac_limit(unsigned int size)
{
	if (size <= 256)
		return AC_ENTRIES;
	if (size <= 1024)
		return AC_ENTRIES / 2;
	if (size <= PAGE_SIZE)
		return AC_ENTRIES / 4;
	return size <= PAGE_SIZE << SLAB_MAX_ORDER ? AC_ENTRIES / 8 : 2;
}

static void layout_array(struct kmem_cache *cachep)
{
	unsigned int limit = ac_limit(cachep->object_size);
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		cachep->cpu_cache[cpu].limit = limit;
		cachep->cpu_cache[cpu].batch = limit / 2;
	}
	cachep->keep_empty = max(1U, limit / 2 / cachep->num);
}

/* The strictest of what was asked for, a word, and a line if wanted. */
static unsigned int layout_align(struct kmem_cache *cachep, unsigned int align)
{
	unsigned int least = IS_ENABLED(CONFIG_KASAN) ? KASAN_GRANULE_SIZE :
							ARCH_SLAB_MINALIGN;
	unsigned int line = L1_CACHE_BYTES;

	if (cachep->flags & SLAB_HWCACHE_ALIGN) {
		while (cachep->object_size <= line / 2)
			line /= 2;
		align = max(align, line);
	}
	return max_t(unsigned int, align, least);
}

static void layout_slot(struct kmem_cache *cachep)
{
	unsigned int size = ALIGN(cachep->object_size, sizeof(void *));

	if (cache_debug(cachep)) {
		if (size == cachep->object_size)
			size += sizeof(void *);
		cachep->offset = size;
		cachep->red_left_pad = cachep->align;
		size += sizeof(struct slab_meta) + cachep->red_left_pad;
	} else if (cachep->ctor || (cachep->flags & SLAB_TYPESAFE_BY_RCU)) {
		cachep->offset = size;
		size += sizeof(void *);
	}
	cachep->size = ALIGN(size, cachep->align);
}

/* The order of a slab; MAX_ORDER if there is none. */
static unsigned int layout_order(struct kmem_cache *cachep)
{
	unsigned int first = get_order(max(cachep->size, cachep->align));
	unsigned int last = max_t(unsigned int, first, SLAB_MAX_ORDER);
	unsigned int order, best = MAX_ORDER;
	unsigned long best_waste = ULONG_MAX;

	for (order = first; order <= last && order < MAX_ORDER; order++) {
		unsigned long bytes = PAGE_SIZE << order;
		unsigned long waste = bytes % cachep->size;

		/* Per page of the largest order, to compare. */
		if (waste << (last - order) < best_waste) {
			best_waste = waste << (last - order);
			best = order;
		}
		if (waste * 8 <= bytes)
			return order;
	}
	return best;
}

int cache_layout(struct kmem_cache *cachep, unsigned int align)
{
	unsigned long bytes, left;

	cachep->align = layout_align(cachep, align);
	layout_slot(cachep);
	cachep->order = layout_order(cachep);
	if (cachep->order >= MAX_ORDER)
		return -E2BIG;

	bytes = slab_bytes(cachep);
	cachep->slab_mask = -bytes;
	cachep->num = bytes / cachep->size;
	left = bytes % cachep->size;
	cachep->colour_off = max_t(unsigned int, cachep->align, L1_CACHE_BYTES);
	cachep->colours = min(left / cachep->colour_off + 1,
			      (unsigned long)SLAB_MAX_COLOURS);
	layout_array(cachep);
	return 0;
}
