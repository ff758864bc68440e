// SPDX-License-Identifier: MIT
/*
 * Slabs: from the page allocator, between the lists of a cache, and back;
 * their objects: to and from the array caches, a batch at a time.
 *
 *	            slab_grow()
 *	                | a block of 2^order pages, carved into num objects
 *	                v
 *	   +--------> empty ---- slab_take() ----+
 *	   |            | more than keep_empty    |
 *	   |            v                         v      last one taken
 *	   |      page allocator               partial ---------------> full
 *	   |                                    |   ^                     |
 *	   +------------------------------------+   +---------------------+
 *	       slab_put() of the last in use          slab_put() of the first
 *
 * slab_choose() prefers partial slabs to empty ones, and among them the one
 * that was touched last: objects gather in few slabs, and the others have a
 * chance to become empty.
 *
 * Carving links the free objects in the order of their addresses:
 *
 *	base      + colour                                        + slab_bytes
 *	|  colour  | obj 0 | obj 1 | obj 2 | ......... | obj num-1 |  slack  |
 *	              |       ^ |     ^ |                   ^ |
 *	  freelist ---+       +-+     +-+                   +-+--> NULL
 *	              +-------^
 *
 * Empty slabs are worth keeping only to survive a swing of about one batch;
 * keep_empty says how many. The rest is given back at once, and what is kept
 * is given back when the page allocator is short: it calls the shrinker that
 * is registered here, which also empties the array caches. An array is its
 * CPU's own, so each CPU is interrupted, and empties its arrays itself.
 *
 * Invariants: S2, S3, S5 and S6 of slab.c are made here.
 *
 * Locks: cache->list_lock for everything but the growing itself. Pages go
 * back with that lock held; zone->lock comes after it in the order. slab_mutex
 * keeps the list of caches as it is while all CPUs walk it.
 *
 * Cost: growing is one page plus 4 instructions per object; taking 7 and
 * putting 14 per object; a slab that changes its list, about 10.
 *
 * Differs from Linux: no full list exists in a release SLUB; it does here in
 * both builds, for destroying a cache and slabinfo. No per-node lists.
 * Linux: mm/slab.c (cache_grow_begin, slabs_destroy).
 */
#include "slab.h"

#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/rcupdate.h>
#include <linux/shrinker.h>
#include <linux/string.h>
#include <linux/vmstat.h>

#include "irq_lock.h"
#include "slab_debug.h"

/* Flags that mean something to kmalloc()'s caller but not for a slab. */
#define GFP_SLAB_STRIP	(__GFP_ZERO | __GFP_MOVABLE | __GFP_DMA | \
			 __GFP_RECLAIMABLE | __GFP_COLD | __GFP_COMP)

static void slab_account(struct kmem_cache *cachep, struct slab *slab,
			 long pages)
{
	mod_page_zone_state(slab_page(slab),
			    cachep->flags & SLAB_RECLAIM_ACCOUNT ?
				    NR_SLAB_RECLAIMABLE_B :
				    NR_SLAB_UNRECLAIMABLE_B,
			    pages);
}

/* S5: takes the pages as a slab, or lets them go. */
static void slab_own_pages(struct kmem_cache *cachep, struct slab *slab,
			   bool own)
{
	struct page *page = slab_page(slab);
	struct page *end = page + (1UL << cachep->order);

	slab_account(cachep, slab, own ? end - page : page - end);
	for (; page < end; page++) {
		if (own)
			__SetPageSlab(page);
		else
			__ClearPageSlab(page);
		page->slab_cache = own ? cachep : NULL;
	}
}

/* S6: what objects need beside the links of the freelist. */
static void slab_construct(struct kmem_cache *cachep, struct slab *slab)
{
	unsigned int idx;

	for (idx = 0; idx < cachep->num; idx++) {
		void *obj = slab_object(cachep, slab, idx);

		if (cache_debug(cachep))
			slab_debug_init_object(cachep, obj);
		if (!cachep->ctor)
			continue;
		kasan_unpoison_object_data(cachep, obj);
		cachep->ctor(obj);
		kasan_poison_object_data(cachep, obj);
	}
}

/* Cuts the slab into objects, all on its freelist. */
static void slab_carve(struct kmem_cache *cachep, struct slab *slab)
{
	void *obj = slab_object(cachep, slab, 0);
	void *last = slab_object(cachep, slab, cachep->num - 1);
	unsigned int offset = cachep->offset, size = cachep->size;

	if (cache_debug(cachep) || cachep->ctor)
		slab_construct(cachep, slab);
	slab->freelist = obj;
	slab->inuse = 0;
	for (; obj < last; obj += size)
		*(void **)(obj + offset) = obj + size;
	set_freepointer(cachep, last, NULL);
}

/* Bytes before the first slot, another for each slab of one CPU's making. */
static unsigned int next_colour(struct kmem_cache *cachep)
{
	unsigned int colour = READ_ONCE(cachep->colour_next);

	WRITE_ONCE(cachep->colour_next,
		   colour + 1 < cachep->colours ? colour + 1 : 0);
	return colour * cachep->colour_off;
}

bool slab_grow(struct kmem_cache *cachep, gfp_t flags, unsigned long irqflags)
{
	struct page *page;
	struct slab *slab;

	WARN_ON_ONCE(cachep->ctor && (flags & __GFP_ZERO));
	local_irq_restore(irqflags);
	if (unlikely(flags & GFP_SLAB_BUG_MASK))
		flags = kmalloc_fix_flags(flags);
	page = alloc_pages((flags & ~GFP_SLAB_STRIP) | cachep->allocflags,
			   cachep->order);
	if (!page) {
		local_irq_disable();
		return false;
	}
	slab = (struct slab *)page;
	slab_own_pages(cachep, slab, true);
	slab->colour = next_colour(cachep);
	kasan_poison_slab(cachep, slab);
	slab_carve(cachep, slab);
	local_irq_disable();

	irq_lock(&cachep->list_lock);
	list_add(&slab->slab_list, &cachep->empty);
	cachep->nr_slabs++;
	cachep->nr_empty++;
	irq_unlock(&cachep->list_lock);
	return true;
}

/* The slab to take from next, or NULL. [s] */
static inline struct slab *slab_choose(struct kmem_cache *cachep)
{
	struct slab *slab;

	slab = list_first_entry_or_null(&cachep->partial, struct slab,
					slab_list);
	if (slab)
		return slab;
	return list_first_entry_or_null(&cachep->empty, struct slab, slab_list);
}

/* S3: the list that a slab belongs on after objects were taken. [s] */
static void slab_taken(struct kmem_cache *cachep, struct slab *slab,
		       unsigned int before)
{
	if (!before)
		cachep->nr_empty--;
	if (slab->inuse == cachep->num)
		list_move(&slab->slab_list, &cachep->full);
	else if (!before)
		list_move(&slab->slab_list, &cachep->partial);
}

/* Takes up to want objects into entry[]. Returns how many. [s] */
static unsigned int slab_take(struct kmem_cache *cachep, struct slab *slab,
			      void **entry, unsigned int want)
{
	unsigned int offset = cachep->offset;
	unsigned int before, got;
	void *obj;

	lockdep_assert_held(&cachep->list_lock);
	if (cache_debug(cachep))
		slab_debug_freelist(cachep, slab);
	before = slab->inuse;
	obj = slab->freelist;
	for (got = 0; got < want && obj; got++) {
		if (cache_debug(cachep))
			slab_debug_moved(cachep, obj, OBJECT_CACHED);
		entry[got] = obj;
		obj = *(void **)(obj + offset);
	}
	slab->freelist = obj;
	slab->inuse = before + got;
	slab_taken(cachep, slab, before);
	return got;
}

void ac_fill(struct kmem_cache *cachep, struct array_cache *ac)
{
	unsigned int want = ac->batch;
	struct slab *slab;

	irq_lock(&cachep->list_lock);
	while (want && (slab = slab_choose(cachep))) {
		unsigned int got;

		got = slab_take(cachep, slab, &ac->entry[ac->avail], want);
		ac->avail += got;
		want -= got;
	}
	irq_unlock(&cachep->list_lock);
}

static void slab_free_pages(struct kmem_cache *cachep, struct slab *slab)
{
	struct page *page = slab_page(slab);

	slab_own_pages(cachep, slab, false);
	page->index = 0;
	page->private = 0;
	__free_pages(page, cachep->order);
}

static void slab_free_rcu(struct rcu_head *head)
{
	struct slab *slab = container_of(head, struct slab, rcu_head);

	slab_free_pages(slab->slab_cache, slab);
}

/*
 * Gives an empty slab, on no list, back to the page allocator: at once, or
 * when no reader can still look at an object of it. [s]
 */
static void slab_release(struct kmem_cache *cachep, struct slab *slab)
{
	if (cache_debug(cachep))
		slab_debug_release(cachep, slab);
	cachep->nr_slabs--;
	if (cachep->flags & SLAB_TYPESAFE_BY_RCU)
		call_rcu(&slab->rcu_head, slab_free_rcu);
	else
		slab_free_pages(cachep, slab);
}

/* The last object in use has come back. [s] */
static noinline void slab_emptied(struct kmem_cache *cachep, struct slab *slab)
{
	if (cachep->nr_empty < cachep->keep_empty) {
		list_move(&slab->slab_list, &cachep->empty);
		cachep->nr_empty++;
		return;
	}
	list_del(&slab->slab_list);
	slab_release(cachep, slab);
}

/* Puts an object back onto its slab, which may go to the buddy. [s] */
static __always_inline void slab_put(struct kmem_cache *cachep, void *obj)
{
	struct slab *slab = virt_to_slab(cachep, obj);
	unsigned int left = slab->inuse - 1;

	lockdep_assert_held(&cachep->list_lock);
	if (cache_debug(cachep))
		slab_debug_moved(cachep, obj, OBJECT_ON_SLAB);
	set_freepointer(cachep, obj, slab->freelist);
	slab->freelist = obj;
	slab->inuse = left;
	if (unlikely(left + 1 == cachep->num))
		list_move(&slab->slab_list, &cachep->partial);
	if (unlikely(!left))
		slab_emptied(cachep, slab);
}

void ac_drain(struct kmem_cache *cachep, struct array_cache *ac, unsigned int n)
{
	unsigned int i;

	irq_lock(&cachep->list_lock);
	for (i = 0; i < n; i++)
		slab_put(cachep, ac->entry[i]);
	irq_unlock(&cachep->list_lock);

	ac->avail -= n;
	memmove(ac->entry, ac->entry + n, ac->avail * sizeof(ac->entry[0]));
}

/* Gives all empty slabs back. [s] */
static void cache_release_empty(struct kmem_cache *cachep)
{
	struct slab *slab, *next;

	list_for_each_entry_safe(slab, next, &cachep->empty, slab_list) {
		list_del(&slab->slab_list);
		cachep->nr_empty--;
		slab_release(cachep, slab);
	}
}

/* Empties this CPU's array of a cache. Interrupts off. */
static void cache_drain_cpu(void *info)
{
	struct kmem_cache *cachep = info;
	struct array_cache *ac = cpu_cache_get(cachep);

	if (ac->avail)
		ac_drain(cachep, ac, ac->avail);
}

/* The same for all caches; the caller of on_each_cpu() has slab_mutex. */
static void slab_drain_cpu(void *unused)
{
	struct kmem_cache *cachep;

	list_for_each_entry(cachep, &slab_caches, list)
		cache_drain_cpu(cachep);
}

static void cache_shrink_slabs(struct kmem_cache *cachep)
{
	unsigned long irqflags;

	irq_lock_save(&cachep->list_lock, irqflags);
	cache_release_empty(cachep);
	irq_unlock_restore(&cachep->list_lock, irqflags);
}

/* Pages in slabs; of a cache in use, as of a moment ago. */
static unsigned long cache_pages(const struct kmem_cache *cachep)
{
	return READ_ONCE(cachep->nr_slabs) << cachep->order;
}

/* How much less now is than before; others may have taken more meanwhile. */
static unsigned long pages_less(unsigned long before, unsigned long now)
{
	return now < before ? before - now : 0;
}

unsigned long cache_shrink(struct kmem_cache *cachep)
{
	unsigned long before = cache_pages(cachep);

	kasan_cache_shrink(cachep);
	on_each_cpu(cache_drain_cpu, cachep, 1);
	cache_shrink_slabs(cachep);
	return pages_less(before, cache_pages(cachep));
}

int kmem_cache_shrink(struct kmem_cache *cachep)
{
	might_sleep();
	cache_shrink(cachep);
	return cachep->nr_slabs != 0;
}
EXPORT_SYMBOL(kmem_cache_shrink);

/* Pages in the slabs of all caches. [l] */
static unsigned long slab_pages(void)
{
	struct kmem_cache *cachep;
	unsigned long pages = 0;

	list_for_each_entry(cachep, &slab_caches, list)
		pages += cache_pages(cachep);
	return pages;
}

unsigned long slab_shrink_all(void)
{
	struct kmem_cache *cachep;
	unsigned long before, now;

	mutex_lock(&slab_mutex);
	before = slab_pages();
	kasan_cache_shrink(NULL);
	on_each_cpu(slab_drain_cpu, NULL, 1);
	list_for_each_entry(cachep, &slab_caches, list)
		cache_shrink_slabs(cachep);
	now = slab_pages();
	mutex_unlock(&slab_mutex);
	return pages_less(before, now);
}

/* --- the hook by which the page allocator asks for memory --- */

/* Pages that a cache could give back, if its objects at hand lie well. */
static unsigned long cache_count_empty(const struct kmem_cache *cachep)
{
	unsigned long slabs = READ_ONCE(cachep->nr_empty);
	unsigned int cpu, at_hand = 0;

	if (cachep->flags & SLAB_TYPESAFE_BY_RCU)
		return 0;
	for_each_possible_cpu(cpu)
		at_hand += cpu_cache_avail(cachep, cpu);
	slabs += DIV_ROUND_UP(at_hand, cachep->num);
	return slabs << cachep->order;
}

static unsigned long slab_count_empty(struct shrinker *shrinker,
				      struct shrink_control *sc)
{
	struct kmem_cache *cachep;
	unsigned long pages = 0;

	mutex_lock(&slab_mutex);
	list_for_each_entry(cachep, &slab_caches, list)
		pages += cache_count_empty(cachep);
	mutex_unlock(&slab_mutex);
	return pages;
}

static unsigned long slab_scan_empty(struct shrinker *shrinker,
				     struct shrink_control *sc)
{
	unsigned long pages = slab_shrink_all();

	return pages ? pages : SHRINK_STOP;
}

static struct shrinker slab_shrinker = {
	.count_objects = slab_count_empty,
	.scan_objects = slab_scan_empty,
	.seeks = DEFAULT_SEEKS,
};

static int __init slab_shrinker_init(void)
{
	return register_shrinker(&slab_shrinker, "slab");
}
core_initcall(slab_shrinker_init);
