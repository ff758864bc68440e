/* SPDX-License-Identifier: MIT */
/*
 * The way of an object in and out while the array of its CPU serves it.
 * Inlined into kmem_cache_alloc(), kmalloc() and their opposites: a call
 * more would cost as much as a third of the work. The slow halves are calls,
 * made last and with everything as arguments, so that no register has to be
 * saved for them.
 */
#ifndef _MM_SLAB_FAST_H
#define _MM_SLAB_FAST_H

#include "slab.h"

#include <linux/fault-inject.h>
#include <linux/kasan.h>
#include <linux/kernel.h>

#include "slab_debug.h"

/* --- slab.c: the slow halves; interrupts off, restored to irqflags --- */

/* The array was empty: its count has just been taken below 0. */
void *slab_alloc_slow(struct kmem_cache *cachep, gfp_t flags,
		      unsigned long irqflags);

/* The array is full. */
void slab_free_slow(struct kmem_cache *cachep, void *obj,
		    unsigned long irqflags);

/* With __GFP_ZERO. */
void *slab_alloc_zeroed(struct kmem_cache *cachep, gfp_t flags,
			size_t requested);

/*
 * An object as it is. requested is what kmalloc() was asked for, 0 if that is
 * the whole object; only builds with SLAB_KNOWS_REQUEST look at it.
 */
static __always_inline void *slab_alloc_fast(struct kmem_cache *cachep,
					     gfp_t flags, size_t requested)
{
	struct array_cache *ac;
	unsigned long irqflags;
	void *obj;

	might_sleep_if(gfpflags_allow_blocking(flags));
	if (should_failslab(cachep, flags))
		return NULL;
	local_irq_save(irqflags);
	ac = cpu_cache_get(cachep);
	if (unlikely(--ac->avail < 0)) {
		obj = slab_alloc_slow(cachep, flags, irqflags);
	} else {
		/* read again: keeping it would need a fourth register */
		obj = ac->entry[READ_ONCE(ac->avail)];
		local_irq_restore(irqflags);
	}
	if (cache_debug(cachep) && obj)
		slab_debug_alloc(cachep, obj, requested);
	if (IS_ENABLED(CONFIG_KASAN) && obj) {
		kasan_slab_alloc(cachep, obj);
		if (requested)
			kasan_kmalloc(cachep, obj, requested);
	}
	return obj;
}

/* Any request: after this test the flags are needed by the slow half only. */
static __always_inline void *slab_alloc(struct kmem_cache *cachep, gfp_t flags,
					size_t requested)
{
	if (unlikely(flags & __GFP_ZERO))
		return slab_alloc_zeroed(cachep, flags, requested);
	return slab_alloc_fast(cachep, flags, requested);
}

/* Puts an object that nobody may touch any more where the next comes from. */
static __always_inline void slab_free_object(struct kmem_cache *cachep,
					     void *obj)
{
	struct array_cache *ac;
	unsigned long irqflags;

	local_irq_save(irqflags);
	ac = cpu_cache_get(cachep);
	if (unlikely(ac->avail == ac->limit)) {
		slab_free_slow(cachep, obj, irqflags);
		return;
	}
	ac->entry[ac->avail] = obj;
	ac->avail++;
	local_irq_restore(irqflags);
}

/* Frees an object whose cache is known to be this. Any context. */
static __always_inline void slab_free_fast(struct kmem_cache *cachep, void *obj)
{
	if (kasan_slab_pre_free(cachep, obj))
		return;
	if (cache_debug(cachep) && !slab_debug_free(cachep, obj))
		return;
	if (!kasan_slab_free(cachep, obj))
		slab_free_object(cachep, obj);
}

#endif
