/* SPDX-License-Identifier: MIT */
/*
 * struct page: one descriptor for every frame of RAM, 32 bytes.
 *
 * A frame has one owner at a time, so words are shared between owners:
 *
 *	word   free (buddy)   slab            compound tail   anybody else
 *	0      flags          flags           flags           flags
 *	1,2    lru            slab_list       compound_head   lru
 *	3      -              slab_cache      -               mapping
 *	4      -              freelist        -               index
 *	5      order          inuse,colour    -               private
 *	6      _mapcount      _mapcount       _mapcount       _mapcount
 *	7      _refcount 0    1               0               users
 */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H

#include <linux/types.h>

struct address_space;
struct kmem_cache;

struct page {
	unsigned long flags;	/* PG_* below, zone in the top bits */
	union {
		struct list_head lru;		/* a list of its owner's */
		struct list_head buddy_list;	/* free: [z] zone->lock */
		struct list_head pcp_list;	/* on a per-CPU list */
		struct list_head slab_list;	/* [s] the cache's lock */
		unsigned long compound_head;	/* tail: head page | 1 */
	};
	union {
		struct address_space *mapping;
		struct kmem_cache *slab_cache;	/* every page of a slab */
	};
	union {
		unsigned long index;
		void *freelist;			/* slab: first free object */
	};
	union {
		unsigned long private;		/* free block: its order */
		struct {
			unsigned short inuse;	/* slab: objects given out */
			unsigned short colour;	/* slab: bytes in front */
		};
		unsigned long compound_order;	/* compound head */
	};
	atomic_t _mapcount;	/* page-table entries that map it, less 1 */
	atomic_t _refcount;	/* users; 0 = free */
};

_Static_assert(sizeof(struct page) == 32, "a page descriptor has 32 bytes");

#endif
