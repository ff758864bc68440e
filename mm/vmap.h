/* SPDX-License-Identifier: MIT */
/*
 * Between the files of vmalloc: ranges (vmap_area.c, vmap_free.c,
 * vmap_lazy.c), page tables (vmap_pages.c), areas and their frames (vmalloc.c),
 * the text (vmallocinfo.c).
 */
#ifndef _MM_VMAP_H
#define _MM_VMAP_H

#include <asm/pgtable.h>
#include <linux/rbtree.h>
#include <linux/types.h>
#include <linux/vmalloc.h>

/* An area this small keeps its page pointers in its own descriptor. */
#define VMAP_FEW_PAGES 4

/*
 * A range of the window, guard page included. It is in one of three places:
 * free (a tree with subtree_max_size), busy (a tree, vm tells the use), or
 * lazy (a queue: unmapped, but a TLB may know it still).
 *
 * Lock key: [a] vmap_area_lock, [q] its queue's lock, [o] whoever took the area
 * out of the tree.
 */
struct vmap_area {
	unsigned long va_start;			/* [a] */
	unsigned long va_end;			/* [a] first byte behind */
	struct rb_node rb_node;			/* [a] free or busy tree */
	union {
		unsigned long subtree_max_size;	/* [a] free: bytes */
		struct vmap_area *next_lazy;	/* [q] lazy */
		unsigned long leak_mark;	/* busy: for kmemleak.c */
	};
	struct vm_struct vm;			/* [a] busy, else [o] */
	struct page *few_pages[VMAP_FEW_PAGES];
};

static inline struct vmap_area *vmap_node(const struct rb_node *node)
{
	return rb_entry(node, struct vmap_area, rb_node);
}

static inline unsigned long vmap_size(const struct vmap_area *va)
{
	return va->va_end - va->va_start;
}

void vmap_descriptor_free(struct vmap_area *va);

/*
 * Free ranges, under vmap_area_lock. take: va comes with the bounds that are
 * wished for, and leaves with the lowest range of size bytes within them; false
 * where there is none. *spare is used, and set to NULL, where a free range is
 * cut in two. insert: give a range back, its descriptor included.
 */
bool vmap_free_take(struct vmap_area *va, unsigned long size,
		    struct vmap_area **spare);
void vmap_free_insert(struct vmap_area *va);

/* For checks: is any of [start, end) free, or in the tree; balance; V2, V3. */
bool vmap_free_overlaps(unsigned long start, unsigned long end);
bool vmap_tree_overlaps(const struct rb_root *root, unsigned long start,
			unsigned long end);
bool vmap_busy_overlaps(unsigned long start, unsigned long end);
bool vmap_tree_too_deep(const struct rb_root *root);
const char *vmap_free_check(unsigned long *bytes);

/*
 * Take the lowest range of size bytes within [start, end) out of the free
 * ones and make it busy; NULL without room or memory. May sleep.
 */
struct vmap_area *vmap_area_alloc(unsigned long size, unsigned long start,
				  unsigned long end, gfp_t gfp);

/* The busy area that contains, or begins at, an address; or NULL. */
struct vmap_area *vmap_area_find(unsigned long addr);
struct vmap_area *vmap_area_find_start(unsigned long addr);

/* As vmap_area_find_start(), and take the area out of the busy ones. */
struct vmap_area *vmap_area_unlink(unsigned long addr);

/*
 * The end of an unlinked area: its entries are clear, the flush can wait. The
 * other call is for one that never had anything mapped: it is free at once.
 */
void vmap_area_defer(struct vmap_area *va);
void vmap_area_release(struct vmap_area *va);

/*
 * Flush once, and make all lazy ranges of all CPUs free. False if there were
 * none; any that were lazy before are free then all the same. May sleep.
 */
bool vmap_area_purge(void);

/* Bytes in lazy ranges; whether one of them contains an address. */
unsigned long vmap_lazy_bytes(void);
bool vmap_addr_is_lazy(unsigned long addr);

/*
 * Keep the busy areas as they are; the forms in _locked are for the time in
 * between. In debug builds, for kmemleak.c and kasan.
 */
void vmap_areas_lock(void);
bool vmap_areas_trylock(void);
void vmap_areas_unlock(void);
struct vmap_area *vmap_area_find_locked(unsigned long addr);
void vmap_area_for_each_locked(void (*fn)(const struct vmap_area *va,
					  void *arg),
			       void *arg);

/*
 * Call fn for each busy area, lowest first, under the lock; not for one that
 * has a range, but whose vm is not filled in yet.
 */
void vmap_area_for_each(void (*fn)(const struct vmap_area *va, void *arg),
			void *arg);

/* The same for each lazy range, CPU by CPU, the last freed first. */
void vmap_lazy_for_each(void (*fn)(const struct vmap_area *va, void *arg),
			void *arg);

/*
 * Check V1 .. V4 over all ranges; NULL, or what is wrong. For tests, while no
 * range is on its way. The other one: of the lazy ranges, [a] held.
 */
const char *vmap_area_check(void);
const char *vmap_lazy_check(unsigned long *bytes);

/* vfree() of an address that is not NULL, at once. May sleep. */
void vfree_now(const void *addr);

/* Boot: the whole window becomes free; the queues are empty. */
void vmap_area_init(void);
void vmap_lazy_init(void);

/*
 * The page table that maps a kernel address: existing, or a new one, which
 * then stays. NULL without memory. May sleep.
 */
pte_t *kernel_pte_alloc(unsigned long addr);

/* Page tables for all of [start, end); 0 or -ENOMEM. May sleep. */
int vmap_tables_alloc(unsigned long start, unsigned long end);

/* Whether no entry in [start, end) is present. */
bool vmap_range_empty(unsigned long start, unsigned long end);

/* Fill nr_pages entries, whose tables exist, with pages or with frames. */
void vmap_fill_pages(unsigned long addr, unsigned long nr_pages, pgprot_t prot,
		     struct page **pages);
void vmap_fill_frames(unsigned long addr, unsigned long nr_pages, pgprot_t prot,
		      unsigned long pfn);

#endif
