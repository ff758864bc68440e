// SPDX-License-Identifier: MIT
/*
 * Slab caches: many small objects of one size out of few pages.
 *
 * The problem: the page allocator's unit is 4096 bytes, the kernel's is an
 * object of 8 or 200. And what is allocated thousands of times a second must
 * cost tens of instructions.
 *
 * Terms: a *cache* serves objects of one size; a *slab* is a block of pages
 * cut into objects; an *array cache* is one CPU's stack of free objects.
 *
 *	kmem_cache_alloc()                      kmem_cache_free()
 *	       ^ pop                                  | push
 *	       |          array cache of this CPU     v
 *	       |   [ o o o o o o o ...... o ] <- top, freed last: cache-hot
 *	       |     |                  ^
 *	       |     | drain a batch,   | fill a batch
 *	       |     v the oldest       |
 *	    cache  full --> partial --> empty     lists of slabs  [s]
 *	                                  |  ^
 *	                     beyond keep  v  |  grow
 *	                              page allocator
 *
 *	a slab and its struct page (same 32 bytes, seen as struct slab):
 *
 *	  freelist --------------+
 *	  inuse                  v
 *	  |colour|used|used|free-+-|used|free-+-|used|slack|
 *	                         |            ^  |
 *	                         +------------+  +--> NULL
 *
 * Bookkeeping: the list of a slab's free objects runs through these objects
 * themselves, and the rest is kept in the struct page that the frame has in
 * any case. So a slab of 64-byte objects holds 64 of them, nothing is lost,
 * and a power of two is aligned to itself. An object whose contents outlive
 * its freeing (a constructor, SLAB_TYPESAFE_BY_RCU, poison) has the link
 * behind it instead. The alternative, an array of indices in or off the slab,
 * costs memory, and a division to get from the object to its index.
 *
 * Order: the smallest whose waste is at most an eighth (slab_layout.c), so
 * that nearly all slabs are single pages: these can be had when memory is in
 * pieces. Slabs are naturally aligned, so an object's slab is found by a mask.
 *
 * Colours: what is left over in a slab is used to start the objects of
 * successive slabs at different offsets, so that the first objects of all
 * slabs do not fight for the same lines of the CPU's cache.
 *
 * Invariants:
 * S1 an object is in one place: with a user, in one array cache, or on the
 *    freelist of its slab.
 * S2 slab->inuse = num - length of slab->freelist: objects in an array cache
 *    count as in use.
 * S3 a slab is on full iff inuse == num, on empty iff inuse == 0, else on
 *    partial; nr_slabs counts all three, nr_empty the last.
 * S4 avail <= limit <= AC_ENTRIES; entry[0..avail) are objects of the cache.
 * S5 every page of a slab has PG_slab and slab_cache, no other page has both.
 * S6 ctor has run on every object; a free object is as ctor or the last user
 *    left it if there is a ctor or SLAB_TYPESAFE_BY_RCU.
 *
 * Locks: the array cache is its CPU's own, with interrupts off; the lists and
 * slabs have list_lock. Interrupts come back on while a slab is being made.
 * An object that is freed on another CPU than it was allocated on goes to that
 * CPU's array, and with a later batch to its slab: no CPU touches the array of
 * another. Who wants all arrays empty interrupts the other CPUs (slab_grow.c).
 *
 * Cost: a pair on the fast path is a pop, a push and twice interrupts off and
 * on, about 30 instructions; a batch adds about 10 for each object filled and
 * 15 for each drained.
 *
 * Differs from Linux: 6.1's default (SLUB) has per-CPU slabs with a cmpxchg of
 * two words; here its older way (SLAB) was kept, because arrays of pointers
 * are easier to watch, never touch a cold object and are faster. Caches of the
 * same size are not merged: each shows under its own name. Slabs of several
 * pages are not compound pages. There is one node. Linux: mm/slab.c, mm/slub.c.
 */
#include "slab.h"

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "slab_fast.h"

/*
 * The array is empty, its count -1. Interrupts are off, and were as in
 * irqflags before; growing lets them in, so that the array may change and the
 * caller go on on another CPU.
 */
static noinline void *ac_refill(struct kmem_cache *cachep, gfp_t flags,
				unsigned long irqflags)
{
	struct array_cache *ac = cpu_cache_get(cachep);

	ac->avail = 0;
	for (;;) {
		if (!ac->avail)
			ac_fill(cachep, ac);
		if (ac->avail)
			break;
		if (!slab_grow(cachep, flags, irqflags))
			return NULL;
		/* another CPU's, or filled by an interrupt's frees */
		ac = cpu_cache_get(cachep);
	}
	return ac->entry[--ac->avail];
}

noinline void *slab_alloc_slow(struct kmem_cache *cachep, gfp_t flags,
			       unsigned long irqflags)
{
	void *obj = ac_refill(cachep, flags, irqflags);

	local_irq_restore(irqflags);
	return obj;
}

/* All of the object, or in debug builds what kmalloc() was asked for. */
noinline void *slab_alloc_zeroed(struct kmem_cache *cachep, gfp_t flags,
				 size_t requested)
{
	void *obj = slab_alloc_fast(cachep, flags, requested);

	if (!IS_ENABLED(CONFIG_DEBUG) || !requested)
		requested = cachep->object_size;
	return likely(obj) ? memset(obj, 0, requested) : NULL;
}

void *kmem_cache_alloc(struct kmem_cache *cachep, gfp_t flags)
{
	return slab_alloc(cachep, flags, 0);
}
EXPORT_SYMBOL(kmem_cache_alloc);

/* kmalloc() of a size known when compiling. */
void *kmalloc_trace(struct kmem_cache *cachep, gfp_t flags, size_t size)
{
	return slab_alloc(cachep, flags, SLAB_KNOWS_REQUEST ? size : 0);
}
EXPORT_SYMBOL(kmalloc_trace);

noinline void slab_free_slow(struct kmem_cache *cachep, void *obj,
			     unsigned long irqflags)
{
	struct array_cache *ac = cpu_cache_get(cachep);

	ac_drain(cachep, ac, ac->batch);
	ac->entry[ac->avail++] = obj;
	local_irq_restore(irqflags);
}

void kmem_cache_free(struct kmem_cache *cachep, void *obj)
{
	if (IS_ENABLED(CONFIG_DEBUG)) {
		cachep = slab_debug_owner(cachep, obj);
		if (!cachep)
			return;
	}
	slab_free_fast(cachep, obj);
}
EXPORT_SYMBOL(kmem_cache_free);

void slab_free_kept(struct kmem_cache *cachep, void *obj)
{
	slab_free_object(cachep, obj);
}

int kmem_cache_alloc_bulk(struct kmem_cache *cachep, gfp_t flags, size_t nr,
			  void **p)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		p[i] = slab_alloc(cachep, flags, 0);
		if (!p[i]) {
			kmem_cache_free_bulk(cachep, i, p);
			return 0;
		}
	}
	return nr;
}
EXPORT_SYMBOL(kmem_cache_alloc_bulk);

void kmem_cache_free_bulk(struct kmem_cache *cachep, size_t nr, void **p)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		if (cachep)
			kmem_cache_free(cachep, p[i]);
		else
			kfree(p[i]);
	}
}
EXPORT_SYMBOL(kmem_cache_free_bulk);
