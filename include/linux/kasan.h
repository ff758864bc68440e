/* SPDX-License-Identifier: MIT */
/*
 * Where memory changes hands, for a checker that knows each byte's state.
 *
 * A byte is poisoned while nobody may touch it. The allocators call the hooks
 * below at each change; the checker (docs/kasan.md) reports who touches a
 * poisoned byte. Without CONFIG_KASAN all of them are nothing.
 *
 *	page    free: poisoned           allocated: not
 *	slab    new: poisoned but for what a constructor sees
 *	object  free: poisoned           allocated: the bytes asked for are not
 *	vmalloc range: poisoned          area with pages: its bytes are not
 */
#ifndef _LINUX_KASAN_H
#define _LINUX_KASAN_H

#include <linux/compiler.h>
#include <linux/kconfig.h>
#include <linux/types.h>

struct kmem_cache;
struct page;
struct slab;

/* The bytes that one byte of the checker's speaks of. */
#define KASAN_GRANULE_SIZE 8UL

/* Its value where no area of the vmalloc window is. */
#define KASAN_VMALLOC_NO_AREA 0xFA

#ifdef CONFIG_KASAN

/*
 * The floor that the hooks stand on: the state of size bytes. addr is a
 * multiple of 8. Poisoning rounds size up to one; unpoisoning leaves the rest
 * of the last 8 bytes poisoned. Any context, no lock.
 */
void kasan_poison(const void *addr, size_t size, u8 value);
void kasan_unpoison(const void *addr, size_t size);

/* A block of 2^order pages was taken, or goes back. Any context. */
void kasan_unpoison_pages(struct page *page, unsigned int order, bool init);
void kasan_poison_pages(struct page *page, unsigned int order, bool init);

/* A new slab, all of it; then one object for its constructor, and back. */
void kasan_poison_slab(struct kmem_cache *cachep, struct slab *slab);
void kasan_unpoison_object_data(struct kmem_cache *cachep, void *object);
void kasan_poison_object_data(struct kmem_cache *cachep, void *object);

/*
 * An object goes out: all of it, or of kmalloc() size bytes. krealloc() and
 * ksize() change that size in place.
 */
void kasan_slab_alloc(struct kmem_cache *cachep, void *object);
void kasan_kmalloc(struct kmem_cache *cachep, void *object, size_t size);
void kasan_kmalloc_large(const void *p, size_t size);
void kasan_krealloc(const void *object, size_t size);
void kasan_unpoison_range(const void *addr, size_t size);

/* True, with a report, if object may not be freed: nothing is done then. */
bool kasan_slab_pre_free(struct kmem_cache *cachep, void *object);
bool kasan_kfree_large(const void *p);

/*
 * An object comes back. True if it was kept (quarantine): the allocator gets
 * it later, by slab_free_kept() of mm/slab.h.
 */
bool kasan_slab_free(struct kmem_cache *cachep, void *object);

/*
 * addr is in an object that is handed on for later, to call_rcu() or a work
 * queue: reports of it tell from where, the last two times. Any context.
 */
void kasan_record_aux_stack(void *addr);

/* Whether the byte at p may be touched: else a report, and false. */
bool kasan_check_byte(const void *p);

/* An element of a reserve, which its user has freed; size from slab, page. */
void kasan_mempool_poison_object(void *object);
void kasan_mempool_unpoison_object(void *object, size_t size);

/* What is kept of one cache, or of all (NULL), goes back. May sleep. */
void kasan_cache_shrink(struct kmem_cache *cachep);

/*
 * The vmalloc window. A range is made an area's: 0 or -ENOMEM; its pages are
 * there; they go; the range is free again. All but unpoison and poison may
 * sleep.
 */
int kasan_populate_vmalloc(unsigned long addr, unsigned long size, gfp_t gfp);
void kasan_unpoison_vmalloc(const void *start, unsigned long size);
void kasan_poison_vmalloc(const void *start, unsigned long size);
void kasan_release_vmalloc(unsigned long start, unsigned long end);

/*
 * The frames below watermark, and those of the stack for interrupts that this
 * runs on if it is another, are left by a jump. Any context.
 */
void kasan_unpoison_task_stack_below(const void *watermark);

/* Freed objects of a cache, or of all (NULL), that are kept. Any context. */
unsigned long kasan_kept_objects(const struct kmem_cache *cachep);

/* Boot: from here on, what is found is reported. */
void kasan_start(void);

#else

static inline void kasan_poison(const void *addr, size_t size, u8 value)
{
}
static inline void kasan_unpoison(const void *addr, size_t size)
{
}
static inline void kasan_unpoison_pages(struct page *page, unsigned int order,
					bool init)
{
}
static inline void kasan_poison_pages(struct page *page, unsigned int order,
				      bool init)
{
}
static inline void kasan_poison_slab(struct kmem_cache *cachep,
				     struct slab *slab)
{
}
static inline void kasan_unpoison_object_data(struct kmem_cache *cachep,
					      void *object)
{
}
static inline void kasan_poison_object_data(struct kmem_cache *cachep,
					    void *object)
{
}
static inline void kasan_slab_alloc(struct kmem_cache *cachep, void *object)
{
}
static inline void kasan_kmalloc(struct kmem_cache *cachep, void *object,
				 size_t size)
{
}
static inline void kasan_kmalloc_large(const void *p, size_t size)
{
}
static inline void kasan_krealloc(const void *object, size_t size)
{
}
static inline void kasan_unpoison_range(const void *addr, size_t size)
{
}

static __always_inline bool kasan_slab_pre_free(struct kmem_cache *cachep,
						void *object)
{
	return false;
}

static __always_inline bool kasan_kfree_large(const void *p)
{
	return false;
}

static __always_inline bool kasan_slab_free(struct kmem_cache *cachep,
					    void *object)
{
	return false;
}

static inline void kasan_record_aux_stack(void *addr)
{
}

static __always_inline bool kasan_check_byte(const void *p)
{
	return true;
}

static inline void kasan_mempool_poison_object(void *object)
{
}
static inline void kasan_mempool_unpoison_object(void *object, size_t size)
{
}
static inline void kasan_cache_shrink(struct kmem_cache *cachep)
{
}

static inline int kasan_populate_vmalloc(unsigned long addr, unsigned long size,
					 gfp_t gfp)
{
	return 0;
}

static inline void kasan_unpoison_vmalloc(const void *start, unsigned long size)
{
}
static inline void kasan_poison_vmalloc(const void *start, unsigned long size)
{
}
static inline void kasan_release_vmalloc(unsigned long start, unsigned long end)
{
}

static inline unsigned long kasan_kept_objects(const struct kmem_cache *cachep)
{
	return 0;
}

static inline void kasan_unpoison_task_stack_below(const void *watermark)
{
}

#endif
#endif
