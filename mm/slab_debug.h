/* SPDX-License-Identifier: MIT */
/*
 * The checks that debug builds add to slabs. mm/slab_debug.c tells how. In a
 * release build cache_debug() is false when compiling, and none is called.
 */
#ifndef _MM_SLAB_DEBUG_H
#define _MM_SLAB_DEBUG_H

#include "slab.h"

/* --- slab_debug.c: only for caches with cache_debug() --- */

/* Takes the value of slab_debug=, by reference, for caches made from now on. */
void slab_debug_configure(const char *word);

/* Which checks a new cache gets by default (slab_debug=). */
slab_flags_t slab_debug_flags(const char *name, slab_flags_t flags);

/* The cache to free obj to: reports if not cachep; NULL if to none. */
struct kmem_cache *slab_debug_owner(struct kmem_cache *cachep, void *obj);

/* A new slot: zones, poison, state. */
void slab_debug_init_object(struct kmem_cache *cachep, void *obj);

/* Before an object goes out: checks and repairs it. */
void slab_debug_alloc(struct kmem_cache *cachep, void *obj, size_t requested);

/* Before an object comes back: false if it must not be freed. */
bool slab_debug_free(struct kmem_cache *cachep, void *obj);

/* Whether obj is where an object of the cache can be; no report. */
bool slab_object_valid(struct kmem_cache *cachep, const void *obj);

/* The object whose slot p is in: the nearest, for p in colour or slack. */
void *slab_slot_object(struct kmem_cache *cachep, const void *p);

/* Checks a slab's freelist; a broken one is reported and rebuilt. [s] */
void slab_debug_freelist(struct kmem_cache *cachep, struct slab *slab);

/* Notes where a free object is now. [s] */
void slab_debug_moved(struct kmem_cache *cachep, void *obj,
		      enum slab_object_state state);

/* Checks the free objects of a slab that is about to go. [s] */
void slab_debug_release(struct kmem_cache *cachep, struct slab *slab);

/* Changes the size in use in place; zeroes what is new if asked. */
void slab_debug_resize(struct kmem_cache *cachep, void *obj, size_t size,
		       bool zero);

/*
 * Checks every object of a cache, while no other CPU uses it. Returns how many
 * were not as they should.
 */
long validate_slab_cache(struct kmem_cache *cachep);

/* --- slab_report.c --- */

/* Where bytes were found that should have been others. */
struct slab_fault {
	const char *what;	/* "right red zone overwritten" */
	const u8 *start, *end;	/* first and one past the last wrong byte */
	u8 expected;
};

/* The report about one object; fault may lack addresses. Any context. */
void slab_report(struct kmem_cache *cachep, struct slab *slab, void *obj,
		 const struct slab_fault *fault);

/* "Allocated", "Freed": by whom, on which CPU, from where. Any context. */
void slab_print_track(const char *what, const struct slab_track *track);

/* One line on how the allocator went on. */
__attribute__((format(printf, 2, 3)))
void slab_fixed(struct kmem_cache *cachep, const char *fmt, ...);

/* About a pointer that belongs to no slab, or not to this cache. */
__attribute__((format(printf, 2, 3)))
void slab_report_pointer(const void *p, const char *fmt, ...);

/* About the objects that are left in a cache. */
void slab_report_leaks(struct kmem_cache *cachep);

#endif
