/* SPDX-License-Identifier: MIT */
/*
 * Telling the search for leaks (mm/kmemleak.c) what it cannot know. Debug
 * builds only: elsewhere all of this is nothing.
 *
 * What kmalloc(), kmem_cache_alloc() and vmalloc() give is known without a
 * word. ptr is what they returned, not a pointer into the middle.
 */
#ifndef _LINUX_KMEMLEAK_H
#define _LINUX_KMEMLEAK_H

#include <linux/types.h>

#ifdef CONFIG_DEBUG
/*
 * Memory of another origin, pages for example, becomes an object: searched
 * for pointers and, with min_count 1, reported when nothing leads to it; with
 * 0 it is only searched, with -1 neither. ptr is aligned to a word.
 * kmemleak_free() comes before it goes away. Any context but NMI.
 */
void kmemleak_alloc(const void *ptr, size_t size, int min_count, gfp_t gfp);
void kmemleak_free(const void *ptr);

/*
 * Of an object's whole life; any context but NMI, for vmalloc() a thread's.
 *
 *	not_leak	wanted, though nothing leads to it: never reported
 *	ignore		the same, and what it holds leads nowhere
 *	no_scan		holds no pointers: leads nowhere, but may be a leak
 */
void kmemleak_not_leak(const void *ptr);
void kmemleak_ignore(const void *ptr);
void kmemleak_no_scan(const void *ptr);

/* Forgets a pointer that is not followed any more, so that it hides nothing. */
static inline void kmemleak_erase(void **ptr)
{
	*ptr = NULL;
}
#else
static inline void kmemleak_alloc(const void *ptr, size_t size, int min_count,
				  gfp_t gfp)
{
}

static inline void kmemleak_free(const void *ptr)
{
}

static inline void kmemleak_not_leak(const void *ptr)
{
}

static inline void kmemleak_ignore(const void *ptr)
{
}

static inline void kmemleak_no_scan(const void *ptr)
{
}

static inline void kmemleak_erase(void **ptr)
{
}
#endif

#endif
