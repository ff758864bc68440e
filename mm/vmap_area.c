// SPDX-License-Identifier: MIT
/*
 * The ranges of the vmalloc window: which are free, which are taken.
 *
 *	VMALLOC_START                                            VMALLOC_END
 *	|[area |g][area    |g]......free......[area |g]~~lazy~~~|...free...|
 *	                                            g: guard page of the area
 *
 * Every byte of the window belongs to one range. A range is free, busy or
 * lazy, and moves like this:
 *
 *	        vmap_area_alloc           vmap_area_unlink, _defer
 *	  free ------------------> busy ---------------------------> lazy
 *	   ^                         |                                |
 *	   |     vmap_area_release   |       vmap_area_purge          |
 *	   +-------------------------+   (one flush for all of them)  |
 *	   +----------------------------------------------------------+
 *
 * Free ranges are kept by mm/vmap_free.c, which finds the lowest that fits.
 * Busy ranges stand in a red-black tree by address. Lazy ranges are queued by
 * CPU: see mm/vmap_lazy.c.
 *
 * V1  Free, busy and lazy ranges do not overlap and fill the window.
 * V2, V3  of the free ranges: see mm/vmap_free.c.
 * V4, V5  of the lazy ranges: see mm/vmap_lazy.c.
 *
 * Lock: vmap_area_lock for the trees. It is taken in process context only, so
 * interrupts stay on.
 *
 * Cost: O(log n) for each move.
 *
 * Differs from Linux: one descriptor for the range and its vm_struct, one lock
 * for both trees, no per-CPU blocks for vm_map_ram(). Linux: mm/vmalloc.c.
 */
#include "vmap.h"

#include <linux/bug.h>
#include <linux/fault-inject.h>
#include <linux/gfp.h>
#include <linux/kasan.h>
#include <linux/kconfig.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

/* What of a caller's gfp flags is meant for descriptors as well. */
#define VMAP_GFP_INNER \
	(__GFP_RECLAIM | __GFP_IO | __GFP_FS | __GFP_HIGH | __GFP_ATOMIC | \
	 __GFP_MEMALLOC | __GFP_NOMEMALLOC | __GFP_NORETRY | \
	 __GFP_RETRY_MAYFAIL)

static DEFINE_SPINLOCK(vmap_area_lock);		/* [a] */

static struct kmem_cache *vmap_area_cache;
static struct rb_root vmap_busy = RB_ROOT;	/* [a] */
static unsigned long vmap_nr_busy;		/* [a] */
static struct vmap_area *vmap_busy_last;	/* [a] sought or made last */
static struct rb_node *vmap_busy_top;		/* [a] the highest, or NULL */

void vmap_descriptor_free(struct vmap_area *va)
{
	kmem_cache_free(vmap_area_cache, va);
}

bool vmap_tree_overlaps(const struct rb_root *root, unsigned long start,
			unsigned long end)
{
	struct rb_node *node = root->rb_node;

	while (node) {
		struct vmap_area *va = vmap_node(node);

		if (end <= va->va_start)
			node = node->rb_left;
		else if (start >= va->va_end)
			node = node->rb_right;
		else
			return true;
	}
	return false;
}

/* ---- busy ranges ------------------------------------------------------- */

/* Where va belongs: the link to it, and whose link that is. */
static struct rb_node **busy_place(struct vmap_area *va,
				   struct rb_node **parent)
{
	struct rb_node **link = &vmap_busy.rb_node;

	while (*link) {
		*parent = *link;
		if (va->va_start < vmap_node(*parent)->va_start)
			link = &(*parent)->rb_left;
		else
			link = &(*parent)->rb_right;
	}
	return link;
}

/* Freed ranges stay lazy, so most new ones are above all: no search then. */
static void busy_insert(struct vmap_area *va)
{
	struct rb_node *top = vmap_busy_top;

	if (likely(top && va->va_start > vmap_node(top)->va_start)) {
		rb_link_node(&va->rb_node, top, &top->rb_right);
		vmap_busy_top = &va->rb_node;
	} else {
		struct rb_node *parent = NULL;
		struct rb_node **link = busy_place(va, &parent);

		rb_link_node(&va->rb_node, parent, link);
		if (!top)
			vmap_busy_top = &va->rb_node;
	}
	rb_insert_color(&va->rb_node, &vmap_busy);
	vmap_nr_busy++;
	vmap_busy_last = va;
}

static bool va_contains(const struct vmap_area *va, unsigned long addr)
{
	return addr >= va->va_start && addr < va->va_end;
}

/* An area is often asked about several times in a row, so look there first. */
static struct vmap_area *busy_find(unsigned long addr)
{
	struct rb_node *node = vmap_busy.rb_node;

	if (vmap_busy_last && va_contains(vmap_busy_last, addr))
		return vmap_busy_last;
	while (node) {
		struct vmap_area *va = vmap_node(node);

		if (va_contains(va, addr)) {
			vmap_busy_last = va;
			return va;
		}
		node = addr < va->va_start ? node->rb_left : node->rb_right;
	}
	return NULL;
}

/* Under the highest node there is at most one red leaf, on its left side. */
static void busy_erase(struct vmap_area *va)
{
	if (vmap_busy_top == &va->rb_node)
		vmap_busy_top = va->rb_node.rb_left ?: rb_parent(&va->rb_node);
	rb_erase(&va->rb_node, &vmap_busy);
	vmap_nr_busy--;
	if (vmap_busy_last == va)
		vmap_busy_last = NULL;
}

void vmap_areas_lock(void)
{
	spin_lock(&vmap_area_lock);
}

bool vmap_areas_trylock(void)
{
	return spin_trylock(&vmap_area_lock);
}

void vmap_areas_unlock(void)
{
	spin_unlock(&vmap_area_lock);
}

struct vmap_area *vmap_area_find_locked(unsigned long addr)
{
	return busy_find(addr);
}

struct vmap_area *vmap_area_find(unsigned long addr)
{
	struct vmap_area *va;

	spin_lock(&vmap_area_lock);
	va = busy_find(addr);
	spin_unlock(&vmap_area_lock);
	return va;
}

struct vmap_area *vmap_area_find_start(unsigned long addr)
{
	struct vmap_area *va = vmap_area_find(addr);

	return va && va->va_start == addr ? va : NULL;
}

struct vmap_area *vmap_area_unlink(unsigned long addr)
{
	struct vmap_area *va;

	spin_lock(&vmap_area_lock);
	va = busy_find(addr);
	if (va && va->va_start == addr)
		busy_erase(va);
	else
		va = NULL;
	spin_unlock(&vmap_area_lock);
	return va;
}

unsigned long vm_area_count(void)
{
	return READ_ONCE(vmap_nr_busy);
}

void vmap_area_for_each_locked(void (*fn)(const struct vmap_area *va,
					  void *arg),
			       void *arg)
{
	struct rb_node *node;

	for (node = rb_first(&vmap_busy); node; node = rb_next(node))
		if (READ_ONCE(vmap_node(node)->vm.addr))
			fn(vmap_node(node), arg);
}

void vmap_area_for_each(void (*fn)(const struct vmap_area *va, void *arg),
			void *arg)
{
	spin_lock(&vmap_area_lock);
	vmap_area_for_each_locked(fn, arg);
	spin_unlock(&vmap_area_lock);
}

/* ---- from free to busy ------------------------------------------------- */

/* Give va a range within its bounds, and make it busy; false without room. */
static bool vmap_area_take(struct vmap_area *va, unsigned long size,
			   struct vmap_area **spare)
{
	bool done;

	spin_lock(&vmap_area_lock);
	done = vmap_free_take(va, size, spare);
	if (likely(done))
		busy_insert(va);
	spin_unlock(&vmap_area_lock);
	return done;
}

struct vmap_area *vmap_area_alloc(unsigned long size, unsigned long start,
				  unsigned long end, gfp_t gfp)
{
	struct vmap_area *va, *spare = NULL;
	bool done;

	if (should_fail_vmap(size, gfp))
		return NULL;
	gfp = (gfp & VMAP_GFP_INNER) | __GFP_NOWARN;
	va = kmem_cache_alloc(vmap_area_cache, gfp);
	if (unlikely(!va))
		return NULL;
	/* Only a wish for a place can cut a free range in two. */
	if (start > VMALLOC_START) {
		spare = kmem_cache_alloc(vmap_area_cache, gfp);
		if (!spare)
			goto fail;
	}
	va->va_start = start;
	va->va_end = end;
	va->vm.addr = NULL;
	done = vmap_area_take(va, size, &spare);
	if (unlikely(!done)) {
		/* even if it finds nothing: another one's may just be done */
		vmap_area_purge();
		done = vmap_area_take(va, size, &spare);
	}
	if (spare)
		vmap_descriptor_free(spare);
	if (unlikely(!done))
		goto fail;
	if (kasan_populate_vmalloc(va->va_start, size, gfp)) {
		vmap_area_unlink(va->va_start);
		vmap_area_release(va);
		return NULL;
	}
	return va;
fail:
	vmap_descriptor_free(va);
	return NULL;
}

/* ---- free again -------------------------------------------------------- */

void vmap_area_release(struct vmap_area *va)
{
	kasan_release_vmalloc(va->va_start, va->va_end);
	spin_lock(&vmap_area_lock);
	vmap_free_insert(va);
	spin_unlock(&vmap_area_lock);
}

/* ---- checks ------------------------------------------------------------ */

bool vmap_busy_overlaps(unsigned long start, unsigned long end)
{
	return vmap_tree_overlaps(&vmap_busy, start, end);
}

bool vmap_tree_too_deep(const struct rb_root *root)
{
	unsigned int depth, deepest = 0, count = 0;
	struct rb_node *node, *up;

	for (node = rb_first(root); node; node = rb_next(node), count++) {
		depth = 0;
		for (up = node; up; up = rb_parent(up))
			depth++;
		deepest = max(deepest, depth);
	}
	/* A red path is at most twice as long as a black one. */
	return count && deepest > 2 * (ilog2(count + 1) + 1);
}

static const char *busy_check(unsigned long *bytes)
{
	unsigned long last_end = VMALLOC_START, count = 0;
	struct rb_node *node;

	for (node = rb_first(&vmap_busy); node; node = rb_next(node)) {
		struct vmap_area *va = vmap_node(node);

		if (va->va_start < last_end)
			return "V1: busy ranges overlap or are out of order";
		if (vmap_free_overlaps(va->va_start, va->va_end))
			return "V1: a busy range is free too";
		last_end = va->va_end;
		*bytes += vmap_size(va);
		count++;
	}
	if (vmap_busy_top != rb_last(&vmap_busy))
		return "the highest busy range is another";
	if (vmap_tree_too_deep(&vmap_busy))
		return "the tree of busy ranges is out of balance";
	return count == vmap_nr_busy ? NULL : "the count of areas is wrong";
}

const char *vmap_area_check(void)
{
	unsigned long bytes = 0;
	const char *wrong;

	spin_lock(&vmap_area_lock);
	wrong = vmap_free_check(&bytes);
	if (!wrong)
		wrong = busy_check(&bytes);
	if (!wrong)
		wrong = vmap_lazy_check(&bytes);
	if (!wrong && bytes != VMALLOC_END - VMALLOC_START)
		wrong = "V1: the ranges do not fill the window";
	spin_unlock(&vmap_area_lock);
	return wrong;
}

/* ---- the start --------------------------------------------------------- */

void __init vmap_area_init(void)
{
	struct vmap_area *va;

	vmap_area_cache = KMEM_CACHE(vmap_area, SLAB_PANIC | SLAB_NOLEAKTRACE);
	va = kmem_cache_alloc(vmap_area_cache, GFP_NOWAIT);
	BUG_ON(!va);
	va->va_start = VMALLOC_START;
	va->va_end = VMALLOC_END;
	vmap_area_release(va);
	vmap_lazy_init();
}
