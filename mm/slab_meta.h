/* SPDX-License-Identifier: MIT */
/* What the checks of slabs know of an object. Debug builds only. */
#ifndef _MM_SLAB_META_H
#define _MM_SLAB_META_H

#include <linux/types.h>

/* Who allocated an object last, or freed it. */
struct slab_track {
	u16 trace;			/* stack depot handle, 0: unknown */
	u16 pid;			/* also if it was interrupted */
	u16 cpu;
};

/*
 * What a debug cache keeps behind each object, at cache->offset:
 *
 *	slot                                              next slot
 *	| left zone | object ..... | right zone | meta | padding |
 *	             ^ the pointer that the user has
 */
struct slab_meta {
	void *free;			/* next free object of the slab */
	u32 state;			/* enum slab_object_state */
	u32 requested;			/* bytes that kmalloc() was asked for */
	struct slab_track alloc;
	struct slab_track freed;
	unsigned long leak_mark;	/* for kmemleak.c */
#ifdef CONFIG_KASAN
	u16 aux[2];			/* stack depot: who handed it on */
#endif
};

/* Unlikely values, so that an overwritten state is seen as such. */
enum slab_object_state {
	OBJECT_ON_SLAB	= 0x5f8ee51a,	/* on the freelist of its slab */
	OBJECT_CACHED	= 0x5f8eecac,	/* in an array_cache */
	OBJECT_ACTIVE	= 0x5fac71fe,	/* with a user */
};

#endif
