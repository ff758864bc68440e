/* SPDX-License-Identifier: MIT */
/*
 * What the files of the slab allocator share. mm/slab.c tells the theory.
 *
 * Lock keys: [b] written when the cache is made, [c] its CPU with interrupts
 * off, [s] cache->list_lock with interrupts off, [l] slab_mutex.
 */
#ifndef _MM_SLAB_H
#define _MM_SLAB_H

#include <linux/cache.h>
#include <linux/cpumask.h>
#include <linux/irqflags.h>
#include <linux/kconfig.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/threads.h>

#include "slab_meta.h"

/* A page that is (the first page of) a slab: a view of struct page. */
struct slab {
	unsigned long __page_flags;
	union {
		struct list_head slab_list; /* [s] partial, full or empty */
		struct rcu_head rcu_head;   /* on the way to the buddy */
	};
	struct kmem_cache *slab_cache;	/* on every page of the slab */
	void *freelist;			/* [s] first free object */
	unsigned short inuse;		/* [s] objects not on freelist */
	unsigned short colour;		/* bytes before the first slot */
	atomic_t __page_mapcount;
	atomic_t __page_refcount;
};

#define SLAB_MATCH(page_field, slab_field)				\
	_Static_assert(offsetof(struct page, page_field) ==		\
		       offsetof(struct slab, slab_field),		\
		       "struct slab is a view of struct page")
SLAB_MATCH(flags, __page_flags);
SLAB_MATCH(slab_list, slab_list);
SLAB_MATCH(slab_cache, slab_cache);
SLAB_MATCH(freelist, freelist);
SLAB_MATCH(inuse, inuse);
SLAB_MATCH(colour, colour);
SLAB_MATCH(_mapcount, __page_mapcount);
SLAB_MATCH(_refcount, __page_refcount);
_Static_assert(sizeof(struct slab) == sizeof(struct page), "no larger");

/* Most objects that the array of one CPU can hold. */
#define AC_ENTRIES	64

/*
 * One CPU's stack of objects that are free and at hand. Two CPUs' are not in
 * one line of the hardware's cache.
 */
struct array_cache {
	int avail;			/* [c] objects in entry[] */
	int limit;			/* [b] never more than this */
	unsigned int batch;		/* [b] moved at once */
	void *entry[AC_ENTRIES];	/* [c] the top was freed last */
} ____cacheline_aligned_in_smp;

struct kmem_cache {
	unsigned int object_size;	/* [b] bytes the user asked for */
	unsigned int size;		/* [b] bytes from slot to slot */
	unsigned int align;		/* [b] of objects, in bytes */
	unsigned int offset;		/* [b] of the free pointer */
	unsigned int red_left_pad;	/* [b] from slot to object */
	slab_flags_t flags;		/* [b] */
	unsigned int order;		/* [b] a slab has 2^order pages */
	unsigned int num;		/* [b] objects in a slab */
	unsigned long slab_mask;	/* [b] from an address to its slab */
	unsigned int colours;		/* [b] places for the first slot */
	unsigned int colour_off;	/* [b] bytes between two of them */
	gfp_t allocflags;		/* [b] added when growing */
	void (*ctor)(void *obj);	/* [b] */
	const char *name;		/* [b] */
	unsigned int useroffset;	/* [b] what user copies may touch */
	unsigned int usersize;		/* [b] */
	unsigned int keep_empty;	/* [b] empty slabs not given back */
	struct list_head list;		/* [l] slab_caches */

	spinlock_t list_lock;
	struct list_head partial;	/* [s] some objects free */
	struct list_head full;		/* [s] none */
	struct list_head empty;		/* [s] all */
	unsigned long nr_slabs;		/* [s] on the three lists */
	unsigned long nr_empty;		/* [s] on the last */
	unsigned int colour_next;	/* a hint: of the next slab */

	/* [c] last, as there is memory for those of nr_cpu_ids CPUs only */
	struct array_cache cpu_cache[NR_CPUS];
};

/* Most objects in a slab: those of 4 bytes in a page. */
#define SLAB_MAX_OBJECTS	(PAGE_SIZE / ARCH_SLAB_MINALIGN)

/* A slab's order stays at most this if the object fits. */
#define SLAB_MAX_ORDER		PAGE_ALLOC_COSTLY_ORDER

/* The flags that need slab_debug.c; never set in a release build. */
#define SLAB_DEBUG_FLAGS	(SLAB_CONSISTENCY_CHECKS | SLAB_RED_ZONE | \
				 SLAB_POISON | SLAB_STORE_USER)

extern struct list_head slab_caches;	/* [l] */
extern struct mutex slab_mutex;

/* Shared by kmalloc() and kfree(): the owner of a large block's first page. */
#define KMALLOC_LARGE_OWNER	((struct kmem_cache *)&kmalloc_large_mark)
extern const char kmalloc_large_mark;

static inline bool cache_debug(const struct kmem_cache *cachep)
{
	return IS_ENABLED(CONFIG_DEBUG) && (cachep->flags & SLAB_DEBUG_FLAGS);
}

/* [b] Bytes from a struct kmem_cache to the array of this CPU. */
DECLARE_PER_CPU(unsigned long, cpu_cache_offset);

/* Whether the bytes that kmalloc() is asked for are told to the cache. */
#define SLAB_KNOWS_REQUEST \
	(IS_ENABLED(CONFIG_DEBUG) || IS_ENABLED(CONFIG_KASAN))

/* The array of this CPU; interrupts or preemption off. */
static inline struct array_cache *cpu_cache_get(struct kmem_cache *cachep)
{
	if (!IS_ENABLED(CONFIG_SMP))
		return &cachep->cpu_cache[0];
	return (void *)cachep + __this_cpu_read(cpu_cache_offset);
}

/* Objects at hand on a CPU; of another one, as it was a moment ago. */
static inline unsigned int cpu_cache_avail(const struct kmem_cache *cachep,
					   unsigned int cpu)
{
	int avail = READ_ONCE(cachep->cpu_cache[cpu].avail);

	/* -1 for a moment in the fast path */
	return avail > 0 ? avail : 0;
}

static inline unsigned long slab_bytes(const struct kmem_cache *cachep)
{
	return PAGE_SIZE << cachep->order;
}

static inline struct page *slab_page(const struct slab *slab)
{
	return (struct page *)slab;
}

static inline void *slab_address(const struct slab *slab)
{
	return lowmem_page_address(slab_page(slab));
}

/* The descriptor of a lowmem_pointer(). */
static inline struct page *lowmem_page(const void *p)
{
	return pfn_to_page(((unsigned long)p - PAGE_OFFSET) >> PAGE_SHIFT);
}

/* Blocks of the buddy are naturally aligned, and so are slabs. */
static inline struct slab *virt_to_slab(const struct kmem_cache *cachep,
					const void *obj)
{
	unsigned long addr = (unsigned long)obj & cachep->slab_mask;

	return (struct slab *)lowmem_page((void *)addr);
}

/* True for addresses of the direct map: only these have a page to ask. */
static inline bool lowmem_pointer(const void *p)
{
	return ((unsigned long)p - PAGE_OFFSET) >> PAGE_SHIFT < max_low_pfn;
}

static inline void *slab_object(const struct kmem_cache *cachep,
				const struct slab *slab, unsigned int idx)
{
	return slab_address(slab) + slab->colour + cachep->red_left_pad +
	       idx * cachep->size;
}

static inline void **freepointer(const struct kmem_cache *cachep, void *obj)
{
	return obj + cachep->offset;
}

static inline void *get_freepointer(const struct kmem_cache *cachep, void *obj)
{
	return *freepointer(cachep, obj);
}

static inline void set_freepointer(const struct kmem_cache *cachep, void *obj,
				   void *next)
{
	*freepointer(cachep, obj) = next;
}

static inline struct slab_meta *slab_meta(const struct kmem_cache *cachep,
					  void *obj)
{
	return obj + cachep->offset;
}

/* --- slab_grow.c --- */

/*
 * Adds an empty slab. Called with interrupts off; restores irqflags while it
 * asks the page allocator. False if there is no memory.
 */
bool slab_grow(struct kmem_cache *cachep, gfp_t flags, unsigned long irqflags);

/* Frees an object that kasan_slab_free() kept. Any context. */
void slab_free_kept(struct kmem_cache *cachep, void *obj);

/* Moves a batch of objects from slabs to the array. Interrupts off. */
void ac_fill(struct kmem_cache *cachep, struct array_cache *ac);

/* Moves the n oldest objects from the array to slabs. Interrupts off. */
void ac_drain(struct kmem_cache *cachep, struct array_cache *ac,
	      unsigned int n);

/*
 * Drains the arrays of all CPUs, then gives empty slabs back. Returns pages.
 * May sleep: other CPUs are interrupted for it.
 */
unsigned long cache_shrink(struct kmem_cache *cachep);

/* --- slabinfo.c --- */

struct slabinfo {
	unsigned long active_objs;
	unsigned long num_objs;
	unsigned long active_slabs;
	unsigned long num_slabs;
	unsigned long shared_avail;
	unsigned int limit;
	unsigned int batchcount;
	unsigned int shared;
	unsigned int objects_per_slab;
	unsigned int cache_order;
};

/* The figures of one cache. Any context. */
void get_slabinfo(struct kmem_cache *cachep, struct slabinfo *info);

/* --- kmalloc.c --- */

/*
 * Flags that no slab and no large block can follow, as these have logical
 * addresses in lowmem: asked for, they are a mistake of the caller's.
 */
#define GFP_SLAB_BUG_MASK (__GFP_DMA32 | __GFP_HIGHMEM | ~__GFP_BITS_MASK)

/* Reports such flags; returns those that can be followed. Any context. */
gfp_t kmalloc_fix_flags(gfp_t flags);

/* Makes the caches of kmalloc(). Boot only. */
void kmalloc_init(void);

/* --- slab_layout.c --- */

/* Decides slot size, order and colours: 0 or -E2BIG. */
int cache_layout(struct kmem_cache *cachep, unsigned int align);

#endif
