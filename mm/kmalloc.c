// SPDX-License-Identifier: MIT
/*
 * kmalloc(): memory by size instead of by type.
 *
 * A size is rounded up to a class, and each class is a slab cache:
 *
 *	size   1..8  9..16  ..32  ..64  ..96 ..128 ..192 ..256 ... ..8192
 *	index     3      4     5     6     1     7     2     8         13
 *
 * The index is the logarithm of the class but for the two classes in between,
 * which keep the loss below a third where most sizes are. A size that is a
 * constant finds its index, and so the address of the cache's pointer, when
 * compiling; another takes it from a table up to 192 and from its highest bit
 * above. Each index has a cache for each kind of memory:
 *
 *	kmalloc-N       NORMAL    lowmem
 *	kmalloc-rcl-N   RECLAIM   users who promise to give back under pressure
 *	dma-kmalloc-N   DMA       below 16 MiB
 *
 * Above 8192 bytes the page allocator's blocks are used as they are: rounding
 * up to 2^order pages costs memory, but there are few such objects. The first
 * page of the block says so:
 *
 *	page + 0                page + 1 ... page + 2^order - 1
 *	slab_cache: the mark    (nothing)
 *	private:    order
 *
 * kfree() is given only an address. The frame behind it tells the rest: a
 * slab's page names its cache, a large block's first page has the mark, and
 * anything else was never allocated here: that is reported in both builds, as
 * the question costs nothing beyond what is needed to find the cache.
 *
 * Invariants:
 * K1 every class is at least as large as every size that is mapped to it.
 * K2 an object of a class that is a power of two is aligned to its size.
 * K3 a large block's mark stands on its first page only, and is taken off
 *    before the block goes back.
 *
 * Lock: none of its own.
 *
 * Cost: a constant size: the cache's; another: 12 instructions more; kfree():
 * 8 more than kmem_cache_free().
 *
 * Differs from Linux: large blocks are not compound pages, since making one
 * writes to every page; so get_page() works on their first page only. With
 * __GFP_ZERO all of the class is zeroed, as in Linux; debug builds zero just
 * what was asked for, and guard the rest. Linux: mm/slab_common.c.
 */
#include "slab_fast.h"

#include <linux/bitops.h>
#include <linux/cache.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/string.h>
#include <linux/vmstat.h>
#include <quire/leak_scan.h>

struct kmem_cache
	*kmalloc_caches[NR_KMALLOC_TYPES][KMALLOC_SHIFT_HIGH + 1] __read_mostly;

/* Only its address is used. */
const char kmalloc_large_mark;

/* (size - 1) / 8 to index, for sizes up to 192. */
static const u8 size_index[24] = {
	3,			/* 8 */
	4,			/* 16 */
	5, 5,			/* 32 */
	6, 6, 6, 6,		/* 64 */
	1, 1, 1, 1,		/* 96 */
	7, 7, 7, 7,		/* 128 */
	2, 2, 2, 2, 2, 2, 2, 2,	/* 192 */
};

static const struct {
	unsigned int size;
	const char *name[NR_KMALLOC_TYPES];
} kmalloc_info[KMALLOC_SHIFT_HIGH + 1] = {
#define CLASS(_size, _short)						\
	{								\
		.size = _size,						\
		.name = {						\
			[KMALLOC_NORMAL] = "kmalloc-" #_short,		\
			[KMALLOC_RECLAIM] = "kmalloc-rcl-" #_short,	\
			[KMALLOC_DMA] = "dma-kmalloc-" #_short,		\
		},							\
	}
	[1] = CLASS(96, 96),
	[2] = CLASS(192, 192),
	[3] = CLASS(8, 8),
	[4] = CLASS(16, 16),
	[5] = CLASS(32, 32),
	[6] = CLASS(64, 64),
	[7] = CLASS(128, 128),
	[8] = CLASS(256, 256),
	[9] = CLASS(512, 512),
	[10] = CLASS(1024, 1k),
	[11] = CLASS(2048, 2k),
	[12] = CLASS(4096, 4k),
	[13] = CLASS(8192, 8k),
#undef CLASS
};

static struct kmem_cache *__init kmalloc_cache(enum kmalloc_cache_type type,
					       unsigned int index)
{
	static const slab_flags_t flags[NR_KMALLOC_TYPES] = {
		[KMALLOC_RECLAIM] = SLAB_RECLAIM_ACCOUNT,
		[KMALLOC_DMA] = SLAB_CACHE_DMA,
	};
	unsigned int size = kmalloc_info[index].size;
	unsigned int align = ARCH_KMALLOC_MINALIGN;

	/* K2 */
	if (!(size & (size - 1)))
		align = size;
	return kmem_cache_create_usercopy(kmalloc_info[index].name[type], size,
					  align,
					  flags[type] | SLAB_KMALLOC |
						  SLAB_PANIC,
					  0, size, NULL);
}

void __init kmalloc_init(void)
{
	unsigned int type, index;

	for (index = 1; index <= KMALLOC_SHIFT_HIGH; index++) {
		for (type = 0; type < NR_KMALLOC_TYPES; type++)
			kmalloc_caches[type][index] =
				kmalloc_cache(type, index);
	}
}

/* The index for 1 <= size <= KMALLOC_MAX_CACHE_SIZE: K1. */
static __always_inline unsigned int size_to_index(size_t size)
{
	if (size - 1 < 192)
		return size_index[(size - 1) / 8];
	return fls(size - 1);
}

/* What the fast path leaves out: no size, large sizes, kinds of memory. */
static noinline void *kmalloc_odd(size_t size, gfp_t flags)
{
	if (size > KMALLOC_MAX_CACHE_SIZE)
		return kmalloc_large(size, flags);
	if (!size)
		return ZERO_SIZE_PTR;
	return kmalloc_trace(
		kmalloc_caches[kmalloc_type(flags)][size_to_index(size)], flags,
		size);
}

void *__kmalloc(size_t size, gfp_t flags)
{
	/* Size 0 is beyond all classes, too. */
	if (unlikely(size - 1 >= KMALLOC_MAX_CACHE_SIZE ||
		     kmalloc_type(flags) != KMALLOC_NORMAL))
		return kmalloc_odd(size, flags);
	return slab_alloc(kmalloc_caches[KMALLOC_NORMAL][size_to_index(size)],
			  flags, size);
}
EXPORT_SYMBOL(__kmalloc);

/* The whole stack is recorded in debug builds: caller is on it. */
void *__kmalloc_track_caller(size_t size, gfp_t flags, unsigned long caller)
{
	return __kmalloc(size, flags);
}
EXPORT_SYMBOL(__kmalloc_track_caller);

/* --- above the largest class: blocks of pages --- */

static void large_account(struct page *page, unsigned int order, bool more)
{
	long pages = 1L << order;

	mod_page_zone_state(page, NR_SLAB_UNRECLAIMABLE_B,
			    more ? pages : -pages);
}

gfp_t kmalloc_fix_flags(gfp_t flags)
{
	gfp_t fixed = flags & ~GFP_SLAB_BUG_MASK;

	pr_warn("Unexpected gfp: %#x (%pGg). Fixing up to gfp: %#x (%pGg)\n",
		(__force u32)flags, &flags, (__force u32)fixed, &fixed);
	dump_stack();
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
	return fixed;
}

void *kmalloc_large(size_t size, gfp_t flags)
{
	unsigned int order = get_order(size);
	struct page *page;
	void *addr;

	if (unlikely(size > KMALLOC_MAX_SIZE)) {
		WARN(!(flags & __GFP_NOWARN),
		     "kmalloc: %zu bytes is more than can be contiguous\n",
		     size);
		return NULL;
	}
	if (unlikely(flags & GFP_SLAB_BUG_MASK))
		flags = kmalloc_fix_flags(flags);
	flags &= ~(__GFP_MOVABLE | __GFP_COMP);
	page = alloc_pages(flags, order);
	if (!page)
		return NULL;
	page->private = order;
	if (IS_ENABLED(CONFIG_DEBUG))
		page->index = leak_new_mark();
	/* once it has an owner, kmemleak wants a word that leads to it */
	addr = lowmem_page_address(page);
	OPTIMIZER_HIDE_VAR(addr);
	barrier(); /* who finds the owner may look at the rest */
	page->slab_cache = KMALLOC_LARGE_OWNER;
	large_account(page, order, true);
	kasan_kmalloc_large(addr, size);
	return addr;
}
EXPORT_SYMBOL(kmalloc_large);

static inline bool page_is_large(const struct page *page)
{
	return page->slab_cache == KMALLOC_LARGE_OWNER;
}

/* Anything that is not in a slab. */
static noinline void kfree_large(struct page *page, void *p)
{
	unsigned int order = page->private;

	if (!page_is_large(page)) {
		slab_report_pointer(p, "kfree of an address that kmalloc() "
				       "did not give: no slab is here");
		return;
	}
	if (kasan_kfree_large(p))
		return;
	if (offset_in_page(p)) {
		slab_report_pointer(p,
				    "kfree into the middle of a block of "
				    "%lu bytes",
				    PAGE_SIZE << order);
		return;
	}
	page->slab_cache = NULL;
	barrier_data(p); /* for kmemleak: there until the owner is gone */
	page->private = 0;
	if (IS_ENABLED(CONFIG_DEBUG))
		page->index = 0;
	large_account(page, order, false);
	__free_pages(page, order);
}

/* What kfree() does with an address outside the direct map. */
static noinline void kfree_odd(const void *p)
{
	if (!ZERO_OR_NULL_PTR(p))
		slab_report_pointer(p, "kfree of an address that is not "
				       "lowmem");
}

void kfree(const void *p)
{
	struct page *page;

	if (unlikely(!lowmem_pointer(p))) {
		kfree_odd(p);
		return;
	}
	page = lowmem_page(p);
	if (unlikely(!PageSlab(page))) {
		kfree_large(page, (void *)p);
		return;
	}
	slab_free_fast(page->slab_cache, (void *)p);
}
EXPORT_SYMBOL(kfree);

/* --- sizes of what exists --- */

/* The bytes behind p, 0 if it is not an object; changes nothing. */
static size_t object_room(const void *p)
{
	struct page *page;

	if (ZERO_OR_NULL_PTR(p))
		return 0;
	if (lowmem_pointer(p)) {
		page = lowmem_page(p);
		if (PageSlab(page))
			return page->slab_cache->object_size;
		if (page_is_large(page))
			return PAGE_SIZE << page->private;
	}
	slab_report_pointer(p, "ksize of an address that kmalloc() did not "
			       "give");
	return 0;
}

/* Tells the checks of debug builds how much of an object is in use. */
static void object_resize(const void *p, size_t size, bool zero)
{
	struct page *page = lowmem_page(p);

	if (PageSlab(page) && cache_debug(page->slab_cache))
		slab_debug_resize(page->slab_cache, (void *)p, size, zero);
}

size_t ksize(const void *p)
{
	size_t room = object_room(p);

	if (!room || !kasan_check_byte(p))
		return 0;
	if (IS_ENABLED(CONFIG_DEBUG))
		object_resize(p, room, false);
	kasan_unpoison_range(p, room);
	return room;
}
EXPORT_SYMBOL(ksize);

size_t kmalloc_size_roundup(size_t size)
{
	if (!size)
		return 0;
	if (size <= KMALLOC_MAX_CACHE_SIZE)
		return kmalloc_info[size_to_index(size)].size;
	if (size <= KMALLOC_MAX_SIZE)
		return PAGE_SIZE << get_order(size);
	return size;
}
EXPORT_SYMBOL(kmalloc_size_roundup);

/* --- changing size --- */

void *krealloc(const void *p, size_t new_size, gfp_t flags)
{
	size_t room;
	void *new;

	if (!new_size) {
		kfree(p);
		return ZERO_SIZE_PTR;
	}
	room = object_room(p);
	if (room && !kasan_check_byte(p))
		return NULL;
	if (new_size <= room) {
		if (IS_ENABLED(CONFIG_DEBUG))
			object_resize(p, new_size, flags & __GFP_ZERO);
		kasan_krealloc(p, new_size);
		return (void *)p;
	}
	new = kmalloc_track_caller(new_size, flags);
	if (new && room) {
		if (IS_ENABLED(CONFIG_DEBUG))
			object_resize(p, room, flags & __GFP_ZERO);
		memcpy(new, p, room);
		kfree(p);
	}
	return new;
}
EXPORT_SYMBOL(krealloc);

void *krealloc_array(void *p, size_t new_n, size_t new_size, gfp_t flags)
{
	size_t bytes;

	if (__builtin_mul_overflow(new_n, new_size, &bytes))
		return NULL;
	return krealloc(p, bytes, flags);
}
EXPORT_SYMBOL(krealloc_array);

void kfree_sensitive(const void *p)
{
	size_t room = ksize(p);

	if (room)
		memzero_explicit((void *)p, room);
	kfree(p);
}
EXPORT_SYMBOL(kfree_sensitive);
