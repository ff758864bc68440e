// SPDX-License-Identifier: MIT
/*
 * kmemleak_object.c - what is an object, and which one does a word lead to?
 *
 * The search for leaks keeps no list of objects: the allocators know theirs,
 * and each has a word to spare for the mark and one for a list.
 *
 *	from             found by                    mark          link
 *	a slab           page, cache, division       slab_meta     its free
 *	                                                           pointer
 *	kmalloc(), large a block's first page, of    page->index   page->lru
 *	                 which there are 11 at most
 *	vmalloc()        the tree of busy areas      vmap_area     vm.next
 *	kmemleak_alloc() a list                      the record    the record
 *
 * A word leads to an object if it is the address of any of its bytes, or, of
 * vmalloc()'s, of the guard page behind: the top of a stack counts.
 *
 * What is free is no object: an object of a slab is one only while its state
 * is that of D1 in slab_debug.c, so not in a CPU's array nor on its slab. A
 * cache without the checks of debug builds (slab_debug=-) has no states; its
 * slabs are then searched as a whole, and nothing in them is ever reported.
 *
 * L1 mark is leak_new_mark() when an object begins to exist.
 * L2 link is nobody else's while it exists.
 *
 * Lock: none here; the CPUs are held, or the object is the caller's own. The
 * records have a lock of their own.
 *
 * Cost: a store for each allocation (L1); of a search, one step per record
 * for a word that leads nowhere else, so there should be few.
 *
 * Differs from Linux: there each allocation makes a struct kmemleak_object in
 * a tree, which costs more than the allocation does. (mm/kmemleak.c)
 */
#include "kmemleak.h"

#include <linux/instruction_pointer.h>
#include <linux/kernel.h>
#include <linux/mmzone.h>
#include <linux/page_ext.h>
#include <linux/spinlock.h>
#include <linux/stacktrace.h>
#include <linux/vmalloc.h>

#include "slab.h"
#include "vmap.h"

#define TRACE_DEPTH	STACK_DEPOT_DEPTH

/* Memory that a caller of kmemleak_alloc() told of. */
struct leak_record {
	struct list_head list;		/* [r] */
	unsigned long start;
	size_t size;
	unsigned long mark, link;
	depot_stack_handle_t trace;
};

static DEFINE_RAW_SPINLOCK(records_lock);
static LIST_HEAD(records);		/* [r] records_lock */

/* ------------------------------------------------------------------ slabs */

/* Do the states of a cache's objects say which exist? */
static bool cache_known(const struct kmem_cache *cachep)
{
	return cache_debug(cachep) && !(cachep->flags & SLAB_NOLEAKTRACE);
}

static bool slab_object_fill(struct kmem_cache *cachep, void *p,
			     struct leak_object *obj)
{
	struct slab_meta *meta = slab_meta(cachep, p);

	if (meta->state != OBJECT_ACTIVE)
		return false;
	*obj = (struct leak_object){
		.start = (unsigned long)p,
		.size = min(meta->requested, cachep->object_size),
		.mark = &meta->leak_mark,
		.link = (unsigned long *)&meta->free,
		.owner = cachep->name,
		.trace = meta->alloc.trace,
	};
	return true;
}

/* A slab in the making may have its flag, but no cache yet. */
static bool find_in_slab(unsigned long addr, struct page *page,
			 struct leak_object *obj)
{
	struct kmem_cache *cachep = page->slab_cache;
	unsigned long first, index;
	struct slab *slab;

	if (!cachep || !cache_known(cachep))
		return false;
	slab = virt_to_slab(cachep, (void *)addr);
	first = (unsigned long)slab_object(cachep, slab, 0);
	if (addr < first)
		return false;
	index = (addr - first) / cachep->size;
	first += index * cachep->size;
	return index < cachep->num && addr - first < cachep->object_size &&
	       slab_object_fill(cachep, (void *)first, obj);
}

static void for_each_in_slab(struct kmem_cache *cachep, struct slab *slab,
			     leak_object_fn fn, void *arg)
{
	struct leak_object obj;
	unsigned int idx;

	for (idx = 0; idx < cachep->num; idx++)
		if (slab_object_fill(cachep, slab_object(cachep, slab, idx),
				     &obj))
			fn(&obj, arg);
}

static void for_each_slab_object(leak_object_fn fn, void *arg)
{
	struct kmem_cache *cachep;
	struct slab *slab;

	list_for_each_entry(cachep, &slab_caches, list) {
		if (!cache_known(cachep))
			continue;
		list_for_each_entry(slab, &cachep->partial, slab_list)
			for_each_in_slab(cachep, slab, fn, arg);
		list_for_each_entry(slab, &cachep->full, slab_list)
			for_each_in_slab(cachep, slab, fn, arg);
	}
}

static void scan_slab(const struct kmem_cache *cachep, const struct slab *slab)
{
	unsigned long begin = (unsigned long)slab_address(slab);

	leak_scan_range(begin, begin + slab_bytes(cachep));
}

static void scan_caches(void)
{
	struct kmem_cache *cachep;
	struct slab *slab;

	list_for_each_entry(cachep, &slab_caches, list) {
		/* all but the arrays of objects at hand */
		leak_scan_range((unsigned long)cachep,
				(unsigned long)cachep->cpu_cache);
		if (cache_debug(cachep) || cachep->flags & SLAB_NOLEAKTRACE)
			continue;
		list_for_each_entry(slab, &cachep->partial, slab_list)
			scan_slab(cachep, slab);
		list_for_each_entry(slab, &cachep->full, slab_list)
			scan_slab(cachep, slab);
	}
}

/* ----------------------------------------------------- kmalloc(), large */

static bool page_is_large(const struct page *page)
{
	return page->slab_cache == KMALLOC_LARGE_OWNER;
}

static depot_stack_handle_t page_trace(const struct page *page)
{
	const struct page_ext *ext = page_ext_get(page);

	return ext ? ext->alloc : 0;
}

static void large_fill(struct page *page, struct leak_object *obj)
{
	*obj = (struct leak_object){
		.start = (unsigned long)lowmem_page_address(page),
		.size = PAGE_SIZE << page->private,
		.mark = &page->index,
		.link = (unsigned long *)&page->lru.next,
		.owner = "kmalloc",
		.trace = page_trace(page),
	};
}

/* Blocks are aligned to their size, so the first page is one of a few. */
static bool find_large(unsigned long addr, struct leak_object *obj)
{
	unsigned long pfn = page_to_pfn(lowmem_page((void *)addr));
	unsigned int order;

	for (order = 0; order < MAX_ORDER; order++) {
		struct page *page = pfn_to_page(pfn & ~((1UL << order) - 1));

		if (page_is_large(page) && page->private >= order) {
			large_fill(page, obj);
			return true;
		}
	}
	return false;
}

static void for_each_large(leak_object_fn fn, void *arg)
{
	struct page *page = pfn_to_page(0), *end = page + max_low_pfn;
	struct leak_object obj;

	for (; page < end; page++) {
		if (!page_is_large(page))
			continue;
		large_fill(page, &obj);
		fn(&obj, arg);
	}
}

/* -------------------------------------------------------------- vmalloc() */

/* Not an area of the other kinds, nor one that is still being made. */
static bool area_fill(struct vmap_area *va, struct leak_object *obj)
{
	if (!READ_ONCE(va->vm.addr) || !(va->vm.flags & VM_ALLOC) ||
	    !va->vm.nr_pages)
		return false;
	*obj = (struct leak_object){
		.start = va->va_start,
		.size = (size_t)va->vm.nr_pages << PAGE_SHIFT,
		.mark = &va->leak_mark,
		.link = (unsigned long *)&va->vm.next,
		.owner = "vmalloc",
		.trace = page_trace(va->vm.pages[0]),
	};
	return true;
}

static bool find_area(unsigned long addr, struct leak_object *obj)
{
	struct vmap_area *va;

	if (addr < VMALLOC_START || addr >= VMALLOC_END)
		return false;
	va = vmap_area_find_locked(addr);
	return va && area_fill(va, obj);
}

struct each {
	leak_object_fn fn;
	void *arg;
};

static void each_area(const struct vmap_area *va, void *arg)
{
	const struct each *each = arg;
	struct leak_object obj;

	if (area_fill((struct vmap_area *)va, &obj))
		each->fn(&obj, each->arg);
}

static void scan_page_array(const struct vmap_area *va, void *unused)
{
	leak_scan_word((const unsigned long *)&va->vm.pages);
}

/* ------------------------------------------------------------- and others */

static void record_fill(struct leak_record *record, struct leak_object *obj)
{
	*obj = (struct leak_object){
		.start = record->start,
		.size = record->size,
		.mark = &record->mark,
		.link = &record->link,
		.owner = "kmemleak_alloc",
		.trace = record->trace,
	};
}

static bool find_record(unsigned long addr, struct leak_object *obj)
{
	struct leak_record *record;

	list_for_each_entry(record, &records, list) {
		if (addr - record->start < record->size) {
			record_fill(record, obj);
			return true;
		}
	}
	return false;
}

static void for_each_record(leak_object_fn fn, void *arg)
{
	struct leak_record *record;
	struct leak_object obj;

	list_for_each_entry(record, &records, list) {
		record_fill(record, &obj);
		fn(&obj, arg);
	}
}

static depot_stack_handle_t trace_of_caller(void)
{
	unsigned long entries[TRACE_DEPTH];
	unsigned int nr = stack_trace_save(entries, TRACE_DEPTH, 2);

	return stack_depot_save(entries, nr, GFP_NOWAIT);
}

void kmemleak_alloc(const void *ptr, size_t size, int min_count, gfp_t gfp)
{
	struct leak_record *record;
	unsigned long flags;

	record = kzalloc(sizeof(*record), gfp & ~__GFP_ZERO);
	if (!record)
		return;
	record->start = (unsigned long)ptr;
	record->size = size;
	record->mark = leak_new_mark();
	record->trace = trace_of_caller();
	if (min_count <= 0)
		record->mark |= min_count ? LEAK_BLACK : LEAK_GREY;
	/* it knows the address, but that is no use of the memory */
	kmemleak_ignore(record);
	raw_spin_lock_irqsave(&records_lock, flags);
	list_add(&record->list, &records);
	raw_spin_unlock_irqrestore(&records_lock, flags);
}

void kmemleak_free(const void *ptr)
{
	struct leak_record *record, *found = NULL;
	unsigned long flags;

	raw_spin_lock_irqsave(&records_lock, flags);
	list_for_each_entry(record, &records, list) {
		if (record->start == (unsigned long)ptr)
			found = record;
	}
	if (found)
		list_del(&found->list);
	raw_spin_unlock_irqrestore(&records_lock, flags);
	kfree(found);
}

/* ------------------------------------------------------------------- all */

bool leak_object_find(unsigned long addr, struct leak_object *obj)
{
	struct page *page;

	if (!lowmem_pointer((void *)addr))
		return find_area(addr, obj);
	page = lowmem_page((void *)addr);
	if (PageSlab(page))
		return find_in_slab(addr, page, obj);
	return find_large(addr, obj) || find_record(addr, obj);
}

void leak_object_for_each(leak_object_fn fn, void *arg)
{
	struct each each = { .fn = fn, .arg = arg };

	for_each_slab_object(fn, arg);
	for_each_large(fn, arg);
	vmap_area_for_each_locked(each_area, &each);
	for_each_record(fn, arg);
}

void leak_scan_allocators(void)
{
	scan_caches();
	vmap_area_for_each_locked(scan_page_array, NULL);
}
