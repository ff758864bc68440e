/* SPDX-License-Identifier: MIT */
/*
 * Small objects: caches of one type, and kmalloc() for general sizes.
 *
 * What comes back is a logical address: physically contiguous lowmem.
 *
 * Context, unless said otherwise: allocating with __GFP_DIRECT_RECLAIM
 * (GFP_KERNEL) may sleep; with GFP_ATOMIC or GFP_NOWAIT it may be done
 * anywhere, interrupt handlers included. Freeing may be done anywhere.
 * Creating, shrinking and destroying a cache may sleep. No locks are needed.
 */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H

#include <linux/compiler.h>
#include <linux/gfp_types.h>
#include <linux/types.h>

/* Flags of a cache, with Linux's values. Checks: debug builds only. */
#define SLAB_CONSISTENCY_CHECKS	((__force slab_flags_t)0x00000100u)
#define SLAB_RED_ZONE		((__force slab_flags_t)0x00000400u)
#define SLAB_POISON		((__force slab_flags_t)0x00000800u)
#define SLAB_KMALLOC		((__force slab_flags_t)0x00001000u)
#define SLAB_HWCACHE_ALIGN	((__force slab_flags_t)0x00002000u)
#define SLAB_CACHE_DMA		((__force slab_flags_t)0x00004000u)
#define SLAB_CACHE_DMA32	((__force slab_flags_t)0x00008000u)
#define SLAB_STORE_USER		((__force slab_flags_t)0x00010000u)
#define SLAB_RECLAIM_ACCOUNT	((__force slab_flags_t)0x00020000u)
#define SLAB_TEMPORARY		SLAB_RECLAIM_ACCOUNT
#define SLAB_PANIC		((__force slab_flags_t)0x00040000u)
/*
 * Freed memory stays an object of this cache for a grace period, so that a
 * reader of RCU may look at it; it may be handed out again: the reader checks.
 */
#define SLAB_TYPESAFE_BY_RCU	((__force slab_flags_t)0x00080000u)
#define SLAB_MEM_SPREAD		((__force slab_flags_t)0x00100000u)
#define SLAB_TRACE		((__force slab_flags_t)0x00200000u)
#define SLAB_DEBUG_OBJECTS	((__force slab_flags_t)0)
#define SLAB_NOLEAKTRACE	((__force slab_flags_t)0x00800000u)
#define SLAB_NO_MERGE		((__force slab_flags_t)0x01000000u)
#define SLAB_FAILSLAB		((__force slab_flags_t)0x02000000u)
#define SLAB_ACCOUNT		((__force slab_flags_t)0x04000000u)
#define SLAB_NO_USER_FLAGS	((__force slab_flags_t)0x10000000u)

/* What an allocation of size 0 returns: may be freed, not touched. */
#define ZERO_SIZE_PTR		((void *)16)
#define ZERO_OR_NULL_PTR(x) \
	((unsigned long)(x) <= (unsigned long)ZERO_SIZE_PTR)

/*
 * kmalloc(): caches of 8, 16, 32, 64, 96, 128, 192, 256 .. 8192 bytes, above
 * that blocks of the buddy of up to 4 MiB.
 */
#define KMALLOC_SHIFT_LOW	3
#define KMALLOC_SHIFT_HIGH	13
#define KMALLOC_SHIFT_MAX	22
#define KMALLOC_MIN_SIZE	(1UL << KMALLOC_SHIFT_LOW)
#define KMALLOC_MAX_CACHE_SIZE	(1UL << KMALLOC_SHIFT_HIGH)
#define KMALLOC_MAX_SIZE	(1UL << KMALLOC_SHIFT_MAX)
#define KMALLOC_MAX_ORDER	(KMALLOC_SHIFT_MAX - 12)

/* Bytes; every pointer from kmalloc() and every cache is this aligned. */
#define ARCH_KMALLOC_MINALIGN	8
#define ARCH_SLAB_MINALIGN	4

struct kmem_cache;

/*
 * A new cache of objects of size bytes (1 .. KMALLOC_MAX_SIZE), aligned
 * to align bytes (0: natural for a word; a power of two). ctor, if any, runs
 * once per object when its slab is made; users return objects in that state.
 * NULL, with a report, if the parameters are wrong; NULL if out of memory
 * (with SLAB_PANIC: panic in both). name is kept by reference.
 */
struct kmem_cache *kmem_cache_create(const char *name, unsigned int size,
				     unsigned int align, slab_flags_t flags,
				     void (*ctor)(void *obj));

/* The same; user copies may touch usersize bytes at useroffset. */
struct kmem_cache *
kmem_cache_create_usercopy(const char *name, unsigned int size,
			   unsigned int align, slab_flags_t flags,
			   unsigned int useroffset, unsigned int usersize,
			   void (*ctor)(void *));

/* A cache named after a struct, with its size and alignment. */
#define KMEM_CACHE(__struct, __flags)					\
	kmem_cache_create(#__struct, sizeof(struct __struct),		\
			  __alignof__(struct __struct), (__flags), NULL)
#define KMEM_CACHE_USERCOPY(__struct, __flags, __field)			\
	kmem_cache_create_usercopy(#__struct, sizeof(struct __struct),	\
			__alignof__(struct __struct), (__flags),	\
			__builtin_offsetof(struct __struct, __field),	\
			sizeof(((struct __struct *)0)->__field), NULL)

/*
 * Ends a cache; NULL is fine. If objects are still in use, they are reported
 * and the cache stays, so that they can be freed and it destroyed later.
 */
void kmem_cache_destroy(struct kmem_cache *cachep);

/* Gives all slabs without objects back. 0 if none is left, else 1. */
int kmem_cache_shrink(struct kmem_cache *cachep);

/* Does that for all caches. Returns the pages given back. */
unsigned long slab_shrink_all(void);

/* Objects of all caches that are with users. Any context. */
unsigned long slab_active_objects(void);

/* Pages of all caches' slabs. Any context. */
unsigned long slab_nr_pages(void);

/* True once kmalloc() and kmem_cache_create() work. */
bool slab_is_available(void);

/* An object or NULL. Contents: what ctor or the last user left. */
void *kmem_cache_alloc(struct kmem_cache *cachep, gfp_t flags);
void kmem_cache_free(struct kmem_cache *cachep, void *obj);

/*
 * nr objects at once, all or none: returns nr or 0. Interrupts must be on.
 * Freeing: cachep may be NULL for objects of kmalloc().
 */
int kmem_cache_alloc_bulk(struct kmem_cache *cachep, gfp_t flags, size_t nr,
			  void **p);
void kmem_cache_free_bulk(struct kmem_cache *cachep, size_t nr, void **p);

/* Bytes of an object, as asked for at creation. */
unsigned int kmem_cache_size(struct kmem_cache *cachep);
const char *kmem_cache_name(struct kmem_cache *cachep);

static inline void *kmem_cache_zalloc(struct kmem_cache *cachep, gfp_t flags)
{
	return kmem_cache_alloc(cachep, flags | __GFP_ZERO);
}

static inline void *kmem_cache_alloc_node(struct kmem_cache *cachep,
					  gfp_t flags, int node)
{
	return kmem_cache_alloc(cachep, flags);
}

/* kmalloc() keeps one set of caches for each kind of memory. */
enum kmalloc_cache_type {
	KMALLOC_NORMAL,
	KMALLOC_RECLAIM,	/* __GFP_RECLAIMABLE */
	KMALLOC_DMA,		/* GFP_DMA: below 16 MiB */
	NR_KMALLOC_TYPES
};

/* [type][kmalloc_index(size)]; the entry 0 is empty. */
extern struct kmem_cache
	*kmalloc_caches[NR_KMALLOC_TYPES][KMALLOC_SHIFT_HIGH + 1];

static __always_inline enum kmalloc_cache_type kmalloc_type(gfp_t flags)
{
	if (likely(!(flags & (__GFP_DMA | __GFP_RECLAIMABLE))))
		return KMALLOC_NORMAL;
	return flags & __GFP_DMA ? KMALLOC_DMA : KMALLOC_RECLAIM;
}

/* For constant sizes: the index of the smallest class that holds size. */
static __always_inline unsigned int kmalloc_index(size_t size)
{
	unsigned int shift = KMALLOC_SHIFT_LOW;

	if (!size)
		return 0;
	if (size > 64 && size <= 96)
		return 1;
	if (size > 128 && size <= 192)
		return 2;
	if (size > KMALLOC_MIN_SIZE)
		shift = 32 - __builtin_clz((unsigned int)size - 1);
	return shift;
}

/* The ways in, by what is known of the size when compiling. */
void *__kmalloc(size_t size, gfp_t flags) __alloc_size(1);
void *kmalloc_trace(struct kmem_cache *cachep, gfp_t flags, size_t size)
	__alloc_size(3);
void *kmalloc_large(size_t size, gfp_t flags) __alloc_size(1);
void *__kmalloc_track_caller(size_t size, gfp_t flags, unsigned long caller)
	__alloc_size(1);

/*
 * size bytes, aligned to 8, or to size if that is a power of two. NULL if
 * out of memory or (with a warning) above KMALLOC_MAX_SIZE; ZERO_SIZE_PTR
 * for 0 bytes.
 */
static __always_inline __alloc_size(1) void *kmalloc(size_t size, gfp_t flags)
{
	if (__builtin_constant_p(size) && size) {
		if (size > KMALLOC_MAX_CACHE_SIZE)
			return kmalloc_large(size, flags);
		return kmalloc_trace(kmalloc_caches[kmalloc_type(flags)]
						   [kmalloc_index(size)],
				     flags, size);
	}
	return __kmalloc(size, flags);
}

static __always_inline __alloc_size(1) void *kzalloc(size_t size, gfp_t flags)
{
	return kmalloc(size, flags | __GFP_ZERO);
}

/* Arrays of n members: NULL if n * size does not fit a size_t. */
static inline __alloc_size(1, 2) void *kmalloc_array(size_t n, size_t size,
						     gfp_t flags)
{
	size_t bytes;

	if (unlikely(__builtin_mul_overflow(n, size, &bytes)))
		return NULL;
	return kmalloc(bytes, flags);
}

static inline __alloc_size(1, 2) void *kcalloc(size_t n, size_t size,
					       gfp_t flags)
{
	return kmalloc_array(n, size, flags | __GFP_ZERO);
}

/*
 * Changes the size of an object, in place where its class allows, keeping
 * the contents. p NULL: kmalloc(). new_size 0: frees, gives ZERO_SIZE_PTR.
 * NULL if out of memory: p is untouched.
 */
void *krealloc(const void *p, size_t new_size, gfp_t flags)
	__must_check __alloc_size(2);
void *krealloc_array(void *p, size_t new_n, size_t new_size, gfp_t flags)
	__must_check __alloc_size(2, 3);

/* Frees what kmalloc() or kmem_cache_alloc() gave; NULL is fine. */
void kfree(const void *p);

/* Overwrites with zeros before freeing. */
void kfree_sensitive(const void *p);
#define kzfree(p)	kfree_sensitive(p)

/* Bytes the object really has; the caller may then use them all. */
size_t ksize(const void *p);

/* Bytes that ksize() would tell for kmalloc(size). */
size_t kmalloc_size_roundup(size_t size);

/* Nodes: there is one. */
#define __kmalloc_node(size, flags, node)	__kmalloc(size, flags)
#define kmalloc_node(size, flags, node)		kmalloc(size, flags)
#define kzalloc_node(size, flags, node)		kzalloc(size, flags)
#define kmalloc_array_node(n, size, flags, node) kmalloc_array(n, size, flags)
#define kcalloc_node(n, size, flags, node)	kcalloc(n, size, flags)
#define kmalloc_node_trace(s, flags, node, size) kmalloc_trace(s, flags, size)

/* For wrappers: debug builds blame the wrapper's caller. */
#define kmalloc_track_caller(size, flags) \
	__kmalloc_track_caller(size, flags, \
			       (unsigned long)__builtin_return_address(0))
#define kmalloc_node_track_caller(size, flags, node) \
	kmalloc_track_caller(size, flags)

/*
 * kmalloc() first, vmalloc() where that is too fragmented or too large.
 * Process context with GFP_KERNEL flags only; kvfree() frees either.
 */
void *kvmalloc_node(size_t size, gfp_t flags, int node) __alloc_size(1);
void *kvrealloc(const void *p, size_t oldsize, size_t newsize, gfp_t flags)
	__alloc_size(3);
void kvfree(const void *p);
void kvfree_sensitive(const void *p, size_t len);

#define kvmalloc(size, flags)	kvmalloc_node(size, flags, -1)
#define kvzalloc(size, flags)	kvmalloc(size, (flags) | __GFP_ZERO)

static inline __alloc_size(1, 2) void *kvmalloc_array(size_t n, size_t size,
						      gfp_t flags)
{
	size_t bytes;

	if (unlikely(__builtin_mul_overflow(n, size, &bytes)))
		return NULL;
	return kvmalloc(bytes, flags);
}

#define kvcalloc(n, size, flags) kvmalloc_array(n, size, (flags) | __GFP_ZERO)

/* Is p inside a slab? Prints what it points at, for debugging. Any context. */
bool kmem_valid_obj(void *p);
void kmem_dump_obj(void *p);

/* The text of /proc/slabinfo. Any context. */
struct seq_file;
int slabinfo_show(struct seq_file *m, void *unused);

/* Sets up the first caches; the page allocator must work. Boot only. */
void kmem_cache_init(void);

#endif
