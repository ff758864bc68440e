/* SPDX-License-Identifier: MIT */
/*
 * Guaranteed allocation: an allocator with a reserve of elements behind it,
 * for those who must make progress when memory is out (to write pages back,
 * say). The reserve is touched only when the allocator fails.
 */
#ifndef _LINUX_MEMPOOL_H
#define _LINUX_MEMPOOL_H

#include <linux/gfp_types.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>

struct kmem_cache;

typedef void *mempool_alloc_t(gfp_t gfp_mask, void *pool_data);
typedef void mempool_free_t(void *element, void *pool_data);

typedef struct mempool_s {
	spinlock_t lock;
	int min_nr;		/* [l] elements that the reserve holds */
	int curr_nr;		/* [l] elements in it now */
	void **elements;	/* [l] */

	void *pool_data;
	mempool_alloc_t *alloc;
	mempool_free_t *free;
	wait_queue_head_t wait;	/* for an element that returns */
} mempool_t;

static inline bool mempool_initialized(mempool_t *pool)
{
	return pool->elements != NULL;
}

/*
 * A pool whose reserve of min_nr (>= 1) elements is filled at once; NULL if
 * that fails. May sleep.
 */
mempool_t *mempool_create(int min_nr, mempool_alloc_t *alloc_fn,
			  mempool_free_t *free_fn, void *pool_data);

/* The same in memory of the caller's: 0 or -ENOMEM; undone by exit. */
int mempool_init(mempool_t *pool, int min_nr, mempool_alloc_t *alloc_fn,
		 mempool_free_t *free_fn, void *pool_data);

/*
 * Frees the reserve, and for destroy the pool; NULL is fine there. Elements
 * still out must not be freed to the pool afterwards.
 */
void mempool_exit(mempool_t *pool);
void mempool_destroy(mempool_t *pool);

/*
 * Changes the size of the reserve (>= 1): 0 or -ENOMEM, then the old size
 * stays. Growing fills it as far as memory allows now; frees do the rest.
 * May sleep. Not at the same time as another resize or destroy.
 */
int mempool_resize(mempool_t *pool, int new_min_nr);

/*
 * An element: from the allocator, else from the reserve. __GFP_ZERO is not
 * allowed, as the reserve is not clean. With __GFP_DIRECT_RECLAIM this is
 * meant to sleep until an element returns; as nothing can sleep yet, an empty
 * reserve is then reported and gives NULL. Without: NULL.
 */
void *mempool_alloc(mempool_t *pool, gfp_t gfp_mask) __malloc;

/* Refills the reserve first. NULL is fine. Any context. */
void mempool_free(void *element, mempool_t *pool);

/* Elements from a cache: pool_data is the kmem_cache. */
void *mempool_alloc_slab(gfp_t gfp_mask, void *pool_data);
void mempool_free_slab(void *element, void *pool_data);

#define mempool_init_slab_pool(pool, min_nr, kc)			\
	mempool_init(pool, min_nr, mempool_alloc_slab,			\
		     mempool_free_slab, (void *)(kc))
#define mempool_create_slab_pool(min_nr, kc)				\
	mempool_create(min_nr, mempool_alloc_slab, mempool_free_slab,	\
		       (void *)(kc))

/* Elements from kmalloc(): pool_data is the size in bytes. */
void *mempool_kmalloc(gfp_t gfp_mask, void *pool_data);
void mempool_kfree(void *element, void *pool_data);

#define mempool_init_kmalloc_pool(pool, min_nr, size)			\
	mempool_init(pool, min_nr, mempool_kmalloc, mempool_kfree,	\
		     (void *)(unsigned long)(size))
#define mempool_create_kmalloc_pool(min_nr, size)			\
	mempool_create(min_nr, mempool_kmalloc, mempool_kfree,		\
		       (void *)(unsigned long)(size))

/* Blocks of pages: pool_data is the order, an element a struct page. */
void *mempool_alloc_pages(gfp_t gfp_mask, void *pool_data);
void mempool_free_pages(void *element, void *pool_data);

#define mempool_init_page_pool(pool, min_nr, order)			\
	mempool_init(pool, min_nr, mempool_alloc_pages,			\
		     mempool_free_pages, (void *)(unsigned long)(order))
#define mempool_create_page_pool(min_nr, order)				\
	mempool_create(min_nr, mempool_alloc_pages,			\
		       mempool_free_pages, (void *)(unsigned long)(order))

#endif
