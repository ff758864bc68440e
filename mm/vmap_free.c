// SPDX-License-Identifier: MIT
/*
 * The free ranges of the vmalloc window, and the search for the lowest fit.
 *
 * They stand in a red-black tree by address. Each node knows the size of the
 * largest range in its subtree, so a subtree without a range that is large
 * enough is never entered, and the lowest fit is found by going left wherever
 * the left side has one:
 *
 *	             [size 2, max 9]           wanted: 5
 *	             /             \
 *	   [size 1, max 4]   [size 9, max 9]   left has at most 4: not there
 *	          \
 *	      [size 4, max 4]
 *
 * Lowest fit keeps the window dense, so few page tables are needed. Carving a
 * range off an edge of a free one, which is nearly always what happens,
 * changes that node alone:
 *
 *	whole   [##########]   the node goes
 *	left    [####......]   its start moves
 *	right   [......####]   its end moves
 *	middle  [..####....]   the node keeps the left part, a spare the right
 *
 * A range that becomes free is merged with those it touches, so free space is
 * never in more pieces than the areas between them force it to be:
 *
 *	[prev][ va ][next] -> [prev           ]    next and va are dropped
 *	[prev][ va ]       -> [prev     ]
 *	      [ va ][next] ->       [next     ]
 *	      [ va ]       ->       [ va ]
 *
 * V2  Two free ranges never touch: they are merged.
 * V3  subtree_max_size is the largest size in the node's subtree.
 *
 * Lock: the caller holds vmap_area_lock.
 *
 * Cost: O(log n) each. A search with a wish for a place looks at each range
 * below that place that is large enough; such wishes are rare.
 *
 * Differs from Linux: no alignment beyond a page, so each fit is exact.
 * Linux: mm/vmalloc.c.
 */
#include "vmap.h"

#include <linux/minmax.h>
#include <linux/rbtree_augmented.h>

static struct rb_root vmap_free = RB_ROOT;	/* [a] */
static unsigned long nr_free_ranges;		/* [a] */

RB_DECLARE_CALLBACKS_MAX(static, vmap_augment, struct vmap_area, rb_node,
			 unsigned long, subtree_max_size, vmap_size)

static unsigned long subtree_max(const struct rb_node *node)
{
	return node ? vmap_node(node)->subtree_max_size : 0;
}

/* The lowest range of at least size bytes in a subtree that has one. */
static struct vmap_area *free_first(struct rb_node *node, unsigned long size)
{
	for (;;) {
		if (subtree_max(node->rb_left) >= size)
			node = node->rb_left;
		else if (vmap_size(vmap_node(node)) >= size)
			return vmap_node(node);
		else
			node = node->rb_right;
	}
}

/* The next higher range of at least size bytes, or NULL. */
static struct vmap_area *free_next(struct vmap_area *va, unsigned long size)
{
	struct rb_node *node = &va->rb_node, *child;

	if (subtree_max(node->rb_right) >= size)
		return free_first(node->rb_right, size);
	while (rb_parent(node)) {
		child = node;
		node = rb_parent(child);
		if (child == node->rb_right)
			continue;
		if (vmap_size(vmap_node(node)) >= size)
			return vmap_node(node);
		if (subtree_max(node->rb_right) >= size)
			return free_first(node->rb_right, size);
	}
	return NULL;
}

/* The lowest free range that has size bytes within [start, end), or NULL. */
static struct vmap_area *free_find(unsigned long size, unsigned long start,
				   unsigned long end)
{
	struct vmap_area *va = NULL;

	if (subtree_max(vmap_free.rb_node) >= size)
		va = free_first(vmap_free.rb_node, size);
	for (; va && va->va_start < end; va = free_next(va, size)) {
		unsigned long low = max(va->va_start, start);
		unsigned long high = min(va->va_end, end);

		if (low < high && high - low >= size)
			return va;
	}
	return NULL;
}

static void free_link(struct vmap_area *va, struct rb_node *parent,
		      struct rb_node **link)
{
	va->subtree_max_size = vmap_size(va);
	rb_link_node(&va->rb_node, parent, link);
	if (parent)
		vmap_augment_propagate(parent, NULL);
	rb_insert_augmented(&va->rb_node, &vmap_free, &vmap_augment);
	nr_free_ranges++;
}

static void free_erase(struct vmap_area *va)
{
	rb_erase_augmented(&va->rb_node, &vmap_free, &vmap_augment);
	nr_free_ranges--;
	vmap_descriptor_free(va);
}

/*
 * Move the edges of a free range. Nothing else may change the tree between
 * the new size and its way up to the root, or V3 is lost on that way.
 */
static void free_resize(struct vmap_area *va, unsigned long start,
			unsigned long end)
{
	va->va_start = start;
	va->va_end = end;
	vmap_augment_propagate(&va->rb_node, NULL);
}

void vmap_free_insert(struct vmap_area *va)
{
	unsigned long start = va->va_start, end = va->va_end;
	struct rb_node **link = &vmap_free.rb_node, *parent = NULL;
	struct vmap_area *prev = NULL, *next = NULL;

	while (*link) {
		parent = *link;
		if (start < vmap_node(parent)->va_start) {
			next = vmap_node(parent);
			link = &parent->rb_left;
		} else {
			prev = vmap_node(parent);
			link = &parent->rb_right;
		}
	}
	if (prev && prev->va_end == start) {
		if (next && next->va_start == end) {
			end = next->va_end;
			free_erase(next);
		}
		free_resize(prev, prev->va_start, end);
		vmap_descriptor_free(va);
	} else if (next && next->va_start == end) {
		free_resize(next, start, next->va_end);
		vmap_descriptor_free(va);
	} else {
		free_link(va, parent, link);
	}
}

/* Cut [start, end) out of a free range that contains it. */
static void free_carve(struct vmap_area *from, unsigned long start,
		       unsigned long end, struct vmap_area **spare)
{
	unsigned long old_start = from->va_start, old_end = from->va_end;

	if (old_start == start && old_end == end) {
		free_erase(from);
		return;
	}
	if (old_start == start) {
		free_resize(from, end, old_end);
		return;
	}
	free_resize(from, old_start, start);
	if (old_end != end) {
		(*spare)->va_start = end;
		(*spare)->va_end = old_end;
		vmap_free_insert(*spare);
		*spare = NULL;
	}
}

bool vmap_free_take(struct vmap_area *va, unsigned long size,
		    struct vmap_area **spare)
{
	struct vmap_area *from = free_find(size, va->va_start, va->va_end);

	if (unlikely(!from))
		return false;
	va->va_start = max(va->va_start, from->va_start);
	va->va_end = va->va_start + size;
	free_carve(from, va->va_start, va->va_end, spare);
	return true;
}

unsigned long vm_free_range_count(void)
{
	return READ_ONCE(nr_free_ranges);
}

bool vmap_free_overlaps(unsigned long start, unsigned long end)
{
	return vmap_tree_overlaps(&vmap_free, start, end);
}

const char *vmap_free_check(unsigned long *bytes)
{
	unsigned long last_end = 0;
	struct rb_node *node;

	for (node = rb_first(&vmap_free); node; node = rb_next(node)) {
		struct vmap_area *va = vmap_node(node);
		unsigned long max_size = vmap_size(va);

		max_size = max(max_size, subtree_max(node->rb_left));
		max_size = max(max_size, subtree_max(node->rb_right));
		if (va->va_start >= va->va_end)
			return "a free range is empty";
		if (va->va_start < last_end)
			return "V1: free ranges overlap or are out of order";
		if (va->va_start == last_end)
			return "V2: free ranges touch";
		if (va->subtree_max_size != max_size)
			return "V3: subtree_max_size is wrong";
		last_end = va->va_end;
		*bytes += vmap_size(va);
	}
	if (vmap_tree_too_deep(&vmap_free))
		return "the tree of free ranges is out of balance";
	return NULL;
}
