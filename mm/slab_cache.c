// SPDX-License-Identifier: MIT
/*
 * Making and ending caches, and the first of them.
 *
 * A struct kmem_cache is itself an object, so the cache of caches cannot come
 * from a cache: it is a variable, and every other is allocated from it.
 *
 *	cache_of_caches (static, "kmem_cache")
 *	     |  kmem_cache_alloc()
 *	     +--> kmalloc-8 ... kmalloc-8k, kmalloc-rcl-8 ..., dma-kmalloc-8 ...
 *	     +--> whatever kmem_cache_create() makes later
 *
 *	slab_caches: newest <-> ... <-> kmalloc-8 <-> kmem_cache
 *
 * Since the array caches are part of the struct, and slabs are made when the
 * first object is asked for, there is no stage in which a cache half works.
 *
 * Ending a cache empties its arrays and gives back its slabs. If objects are
 * still with users, they are named in a report, and the cache stays: their
 * users may still free them, and then the cache can be destroyed.
 *
 * Invariants:
 * C1 every cache is on slab_caches from its making to its end.
 * C2 a cache's layout never changes: fast paths read it without a lock.
 *
 * Lock: slab_mutex for the list. It is not held while memory is allocated,
 * since reclaim walks the list to shrink the caches.
 *
 * Differs from Linux: no merging, no aliases, no sysfs; wrong parameters are
 * reported in every build. Linux: mm/slab_common.c.
 */
#include "slab.h"

#include <asm/sections.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/panic.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/string.h>

#include "slab_debug.h"

/* What a creator may ask for. */
#define SLAB_PERMITTED	(SLAB_CONSISTENCY_CHECKS | SLAB_RED_ZONE |	\
			 SLAB_POISON | SLAB_KMALLOC |			\
			 SLAB_HWCACHE_ALIGN | SLAB_CACHE_DMA |		\
			 SLAB_CACHE_DMA32 | SLAB_STORE_USER |		\
			 SLAB_RECLAIM_ACCOUNT | SLAB_PANIC |		\
			 SLAB_TYPESAFE_BY_RCU | SLAB_MEM_SPREAD |	\
			 SLAB_TRACE | SLAB_NOLEAKTRACE |		\
			 SLAB_NO_MERGE | SLAB_FAILSLAB | SLAB_ACCOUNT |	\
			 SLAB_NO_USER_FLAGS)

LIST_HEAD(slab_caches);
DEFINE_MUTEX(slab_mutex);
DEFINE_PER_CPU(unsigned long, cpu_cache_offset);

static struct kmem_cache cache_of_caches;
static bool slab_up;

/* Which of the flags the cache really gets. */
static slab_flags_t cache_flags(const struct kmem_cache *cachep,
				slab_flags_t flags)
{
	if (!IS_ENABLED(CONFIG_DEBUG))
		return flags & ~(SLAB_DEBUG_FLAGS | SLAB_TRACE | SLAB_FAILSLAB);
	flags = slab_debug_flags(cachep->name, flags);
	/* reports name who allocated and who freed; and there are red zones */
	if (IS_ENABLED(CONFIG_KASAN))
		flags |= SLAB_STORE_USER;
	/* Contents that must survive being freed cannot be poisoned: S6. */
	if (cachep->ctor || (flags & SLAB_TYPESAFE_BY_RCU))
		flags &= ~SLAB_POISON;
	return flags;
}

static gfp_t cache_allocflags(slab_flags_t flags)
{
	gfp_t gfp = 0;

	if (flags & SLAB_CACHE_DMA)
		gfp |= GFP_DMA;
	if (flags & SLAB_RECLAIM_ACCOUNT)
		gfp |= __GFP_RECLAIMABLE;
	return gfp;
}

/* Fills a zeroed struct, whose name, object_size and ctor are set. */
static int cache_setup(struct kmem_cache *cachep, unsigned int align,
		       slab_flags_t flags)
{
	int err;

	spin_lock_init(&cachep->list_lock);
	INIT_LIST_HEAD(&cachep->partial);
	INIT_LIST_HEAD(&cachep->full);
	INIT_LIST_HEAD(&cachep->empty);
	cachep->flags = cache_flags(cachep, flags);
	cachep->allocflags = cache_allocflags(flags);
	err = cache_layout(cachep, align);
	if (err)
		return err;

	mutex_lock(&slab_mutex);
	list_add(&cachep->list, &slab_caches);
	mutex_unlock(&slab_mutex);
	return 0;
}

/* Why the parameters are wrong; NULL if they are not. */
static const char *cache_refuse(const char *name, unsigned int size,
				unsigned int align, slab_flags_t flags)
{
	if (!name)
		return "it has no name";
	if (in_interrupt())
		return "made in an interrupt";
	if (!size || size > KMALLOC_MAX_SIZE)
		return "no such object size";
	if (align && (!is_power_of_2(align) || align > KMALLOC_MAX_SIZE))
		return "the alignment is not a power of two";
	if (flags & ~SLAB_PERMITTED)
		return "unknown flags";
	return NULL;
}

static struct kmem_cache *
cache_create_failed(const char *name, slab_flags_t flags, const char *why)
{
	if (flags & SLAB_PANIC)
		panic("kmem_cache_create: no cache \"%s\": %s", name, why);
	pr_warn("kmem_cache_create: no cache \"%s\": %s\n", name, why);
	return NULL;
}

/* The caller's string may go; one in the image stays. NULL without memory. */
static const char *cache_name_keep(const char *name)
{
	if (is_kernel_rodata((unsigned long)name))
		return name;
	return kstrdup(name, GFP_KERNEL);
}

static void cache_free(struct kmem_cache *cachep)
{
	if (!is_kernel_rodata((unsigned long)cachep->name))
		kfree(cachep->name);
	kmem_cache_free(&cache_of_caches, cachep);
}

struct kmem_cache *
kmem_cache_create_usercopy(const char *name, unsigned int size,
			   unsigned int align, slab_flags_t flags,
			   unsigned int useroffset, unsigned int usersize,
			   void (*ctor)(void *))
{
	const char *why = cache_refuse(name, size, align, flags);
	struct kmem_cache *cachep;

	if (why) {
		WARN(!(flags & SLAB_PANIC), "kmem_cache_create: bad call\n");
		return cache_create_failed(name, flags, why);
	}
	if (WARN_ON(usersize > size || useroffset > size - usersize))
		usersize = useroffset = 0;

	cachep = kmem_cache_zalloc(&cache_of_caches, GFP_KERNEL);
	if (!cachep)
		return cache_create_failed(name, flags, "out of memory");
	cachep->name = cache_name_keep(name);
	cachep->object_size = size;
	cachep->ctor = ctor;
	cachep->useroffset = useroffset;
	cachep->usersize = usersize;
	if (!cachep->name)
		why = "out of memory";
	else if (cache_setup(cachep, align, flags))
		why = "no slab is so large";
	if (why) {
		cache_free(cachep);
		return cache_create_failed(name, flags, why);
	}
	return cachep;
}
EXPORT_SYMBOL(kmem_cache_create_usercopy);

struct kmem_cache *kmem_cache_create(const char *name, unsigned int size,
				     unsigned int align, slab_flags_t flags,
				     void (*ctor)(void *obj))
{
	return kmem_cache_create_usercopy(name, size, align, flags, 0, 0, ctor);
}
EXPORT_SYMBOL(kmem_cache_create);

void kmem_cache_destroy(struct kmem_cache *cachep)
{
	if (!cachep)
		return;
	might_sleep();
	cache_shrink(cachep);
	if (cachep->nr_slabs) {
		slab_report_leaks(cachep);
		return;
	}
	if (cachep->flags & SLAB_TYPESAFE_BY_RCU)
		rcu_barrier(); /* slab_free_rcu() still needs the cache */
	mutex_lock(&slab_mutex);
	list_del(&cachep->list);
	mutex_unlock(&slab_mutex);
	cache_free(cachep);
}
EXPORT_SYMBOL(kmem_cache_destroy);

unsigned int kmem_cache_size(struct kmem_cache *cachep)
{
	return cachep->object_size;
}
EXPORT_SYMBOL(kmem_cache_size);

const char *kmem_cache_name(struct kmem_cache *cachep)
{
	return cachep->name;
}
EXPORT_SYMBOL(kmem_cache_name);

bool slab_is_available(void)
{
	return slab_up;
}

static void __init cpu_cache_offsets(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		per_cpu(cpu_cache_offset, cpu) =
			offsetof(struct kmem_cache, cpu_cache) +
			cpu * sizeof(struct array_cache);
}

void __init kmem_cache_init(void)
{
	cpu_cache_offsets();
	cache_of_caches.name = "kmem_cache";
	cache_of_caches.object_size = offsetof(struct kmem_cache, cpu_cache) +
				      nr_cpu_ids * sizeof(struct array_cache);
	if (cache_setup(&cache_of_caches, 0,
			SLAB_HWCACHE_ALIGN | SLAB_PANIC | SLAB_NOLEAKTRACE))
		panic("kmem_cache_init: no slab for a struct kmem_cache");
	kmalloc_init();
	slab_up = true;
}
