// SPDX-License-Identifier: MIT
/*
 * The allocators' hooks: what may be touched when.
 *
 * An allocator says what happens, in its own terms (<linux/kasan.h>). Here that
 * becomes poisoned and unpoisoned bytes, and nothing more: how these are kept
 * is generic.c's, or another machine's.
 *
 *	event                  object's bytes     around it
 *	slab is made           SLAB_REDZONE       SLAB_REDZONE
 *	kmem_cache_alloc()     free to use
 *	kmalloc(60) of 64      60 free to use     4 SLAB_REDZONE
 *	kfree()                SLAB_FREE          and into the quarantine
 *	slab goes, page goes   PAGE_FREE          PAGE_FREE
 *
 *	slot |left zone|user's 60 bytes     |4|right zone, meta|left zone|...
 *	      fc fc fc  00 00 00 00 00 00 00 04 fc fc fc fc fc  fc fc
 *
 * The zones between objects are those that the checks of slabs have in any
 * case (mm/slab_debug.c), and the traces of who allocated and who freed stand
 * there, in struct slab_meta.
 *
 * A slab of SLAB_TYPESAFE_BY_RCU may be read after it is freed: its objects
 * are never poisoned again. Highmem has no address of its own; what is read
 * through a window is not checked.
 *
 * Invariants:
 *  N1  a byte that an allocator has given to nobody is poisoned;
 *  N2  an object in the quarantine is on no list of the slab allocator's.
 *
 * Context: any. Lock: none; whoever calls owns the memory.
 *
 * Differs from Linux: alloc_meta and free_meta are the slab checks' own
 * records. (mm/kasan/common.c)
 */
#include "kasan.h"

#include <linux/align.h>
#include <linux/array_size.h>
#include <linux/instruction_pointer.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/stackdepot.h>
#include <linux/stacktrace.h>
#include <linux/string.h>

#define TRACE_DEPTH 12

/* --- pages --- */

void kasan_unpoison_pages(struct page *page, unsigned int order, bool init)
{
	if (!PageHighMem(page))
		kasan_unpoison(page_address(page), PAGE_SIZE << order);
}

void kasan_poison_pages(struct page *page, unsigned int order, bool init)
{
	if (!PageHighMem(page))
		kasan_poison(page_address(page), PAGE_SIZE << order,
			     KASAN_PAGE_FREE);
}

/* --- slabs --- */

void kasan_poison_slab(struct kmem_cache *cachep, struct slab *slab)
{
	kasan_poison(slab_address(slab), slab_bytes(cachep),
		     KASAN_SLAB_REDZONE);
}

void kasan_unpoison_object_data(struct kmem_cache *cachep, void *object)
{
	kasan_unpoison(object, cachep->object_size);
}

void kasan_poison_object_data(struct kmem_cache *cachep, void *object)
{
	kasan_poison(object, cachep->object_size, KASAN_SLAB_REDZONE);
}

/* --- objects going out --- */

void kasan_slab_alloc(struct kmem_cache *cachep, void *object)
{
	kasan_unpoison(object, cachep->object_size);
	if (cache_debug(cachep))
		memset(slab_meta(cachep, object)->aux, 0,
		       sizeof(slab_meta(cachep, object)->aux));
}

/* From the end of what is in use to the end of what there is. */
static void poison_rest(const void *object, size_t used, size_t room, u8 value)
{
	const void *rest = PTR_ALIGN(object + used, KASAN_GRANULE_SIZE);
	const void *end = object + room;

	kasan_unpoison(object, used);
	if (rest < end)
		kasan_poison(rest, end - rest, value);
}

void kasan_kmalloc(struct kmem_cache *cachep, void *object, size_t size)
{
	poison_rest(object, size, cachep->object_size, KASAN_SLAB_REDZONE);
}

void kasan_kmalloc_large(const void *p, size_t size)
{
	size_t room = PAGE_SIZE << lowmem_page(p)->private;

	poison_rest(p, size, room, KASAN_PAGE_REDZONE);
}

void kasan_krealloc(const void *object, size_t size)
{
	struct page *page = lowmem_page(object);

	if (PageSlab(page))
		kasan_kmalloc(page->slab_cache, (void *)object, size);
	else
		kasan_kmalloc_large(object, size);
}

void kasan_unpoison_range(const void *addr, size_t size)
{
	kasan_unpoison(addr, size);
}

/* --- objects coming back --- */

bool kasan_slab_pre_free(struct kmem_cache *cachep, void *object)
{
	if (slab_object_valid(cachep, object) &&
	    (cachep->flags & SLAB_TYPESAFE_BY_RCU ||
	     kasan_byte_accessible(object)))
		return false;
	kasan_report_invalid_free(object, _RET_IP_);
	return true;
}

bool kasan_kfree_large(const void *p)
{
	if (!offset_in_page(p) && kasan_byte_accessible(p))
		return false;
	kasan_report_invalid_free((void *)p, _RET_IP_);
	return true;
}

bool kasan_slab_free(struct kmem_cache *cachep, void *object)
{
	if (cachep->flags & SLAB_TYPESAFE_BY_RCU)
		return false;
	kasan_poison(object, cachep->object_size, KASAN_SLAB_FREE);
	return kasan_quarantine_put(cachep, object);
}

/* --- objects handed on --- */

void kasan_record_aux_stack(void *addr)
{
	unsigned long entries[TRACE_DEPTH];
	struct kmem_cache *cachep;
	struct slab_meta *meta;
	unsigned int nr;

	if (!lowmem_pointer(addr) || !PageSlab(lowmem_page(addr)))
		return;
	cachep = lowmem_page(addr)->slab_cache;
	if (!cache_debug(cachep))
		return;
	nr = stack_trace_save(entries, ARRAY_SIZE(entries), 1);
	meta = slab_meta(cachep, slab_slot_object(cachep, addr));
	meta->aux[1] = meta->aux[0];
	meta->aux[0] = stack_depot_save(entries, nr, GFP_NOWAIT);
}

bool kasan_check_byte(const void *p)
{
	return kasan_byte_accessible(p) ||
	       !kasan_report((unsigned long)p, 1, false, _RET_IP_);
}

void kasan_cache_shrink(struct kmem_cache *cachep)
{
	kasan_quarantine_remove(cachep);
}

/* --- a reserve's elements --- */

void kasan_mempool_poison_object(void *object)
{
	struct page *page = lowmem_page(object);

	if (PageSlab(page))
		kasan_poison(object, page->slab_cache->object_size,
			     KASAN_SLAB_FREE);
	else
		kasan_poison(object, PAGE_SIZE << page->private,
			     KASAN_PAGE_FREE);
}

void kasan_mempool_unpoison_object(void *object, size_t size)
{
	kasan_krealloc(object, size);
}
