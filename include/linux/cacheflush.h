/* SPDX-License-Identifier: MIT */
/*
 * Cache maintenance for other aliases of a page. The caches of x86 are
 * physically tagged and kept coherent, so all of these do nothing here; code
 * for several machines calls them all the same.
 */
#ifndef _LINUX_CACHEFLUSH_H
#define _LINUX_CACHEFLUSH_H

struct page;

static inline void flush_dcache_page(struct page *page)
{
}

static inline void flush_cache_vmap(unsigned long start, unsigned long end)
{
}

static inline void flush_cache_vunmap(unsigned long start, unsigned long end)
{
}

static inline void flush_cache_all(void)
{
}

static inline void flush_icache_range(unsigned long start, unsigned long end)
{
}

static inline void flush_kernel_vmap_range(void *vaddr, int size)
{
}

static inline void invalidate_kernel_vmap_range(void *vaddr, int size)
{
}

#endif
