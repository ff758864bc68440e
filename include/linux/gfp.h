/* SPDX-License-Identifier: MIT */
/*
 * Asking for frames and giving them back.
 *
 * Context: with __GFP_DIRECT_RECLAIM (GFP_KERNEL and its kin) a call may sleep
 * and must not be made from an interrupt, under a spinlock or inside
 * kmap_atomic; without it (GFP_ATOMIC, GFP_NOWAIT) any context will do.
 * Freeing works in any context.
 */
#ifndef _LINUX_GFP_H
#define _LINUX_GFP_H

#include <linux/gfp_types.h>
#include <linux/kernel.h>
#include <linux/mmzone.h>

/*
 * A block of 2^order frames, naturally aligned, or NULL. Contents undefined
 * unless __GFP_ZERO. The block's first page holds one reference.
 */
struct page *alloc_pages(gfp_t gfp, unsigned int order);

#define alloc_page(gfp)		alloc_pages(gfp, 0)
#define __alloc_pages(gfp, order, nid, nodemask)	alloc_pages(gfp, order)
#define alloc_pages_node(nid, gfp, order)	alloc_pages(gfp, order)

/* The same as logical addresses: never highmem. 0 when there is no memory. */
unsigned long __get_free_pages(gfp_t gfp, unsigned int order);
unsigned long get_zeroed_page(gfp_t gfp);

#define __get_free_page(gfp)	__get_free_pages(gfp, 0)
#define __get_dma_pages(gfp, order) __get_free_pages((gfp) | GFP_DMA, order)

/*
 * Drop a reference; the last one gives the block back. The order must be the
 * one it was allocated with. free_pages() of address 0 does nothing.
 */
void __free_pages(struct page *page, unsigned int order);
void free_pages(unsigned long addr, unsigned int order);

/*
 * Give back a page nobody will touch soon, with its last reference: it is
 * reused after all others. Any context.
 */
void free_unref_page_cold(struct page *page);

#define __free_page(page)	__free_pages(page, 0)
#define free_page(addr)		free_pages(addr, 0)

/* Exactly size bytes, page-wise: the unused tail of the block goes back. */
void *alloc_pages_exact(size_t size, gfp_t gfp);
void free_pages_exact(void *virt, size_t size);

/*
 * Fill the NULL entries of page_array with single pages; the number of
 * entries that are filled afterwards, counted from the start.
 */
unsigned long alloc_pages_bulk_array(gfp_t gfp, unsigned long nr_pages,
				     struct page **page_array);

/* Give back nr single pages, each with one reference. */
void free_pages_bulk_array(unsigned long nr_pages, struct page **page_array);

/*
 * Return every CPU's lists to the buddy: of one zone, or of all (NULL).
 * Interrupts on: the other CPUs are interrupted and waited for.
 */
void drain_all_pages(struct zone *zone);

/* Pages of a zone on all CPUs' lists; of others', as of a moment ago. */
unsigned long pcp_count(const struct zone *zone);

/*
 * What is kept free in lowmem for who cannot wait, in KiB: what the sysctl
 * vm.min_free_kbytes sets. 0, or -EINVAL for more than a quarter of lowmem.
 */
int set_min_free_kbytes(int kbytes);

/* The zone that the flags ask for first. */
enum zone_type gfp_zone(gfp_t flags);

/* The bits that choose the first list: zone and mobility. */
#define GFP_ROOMS		32

static inline unsigned int gfp_room_of(const gfp_t flags)
{
	return (__force unsigned int)flags & (GFP_ROOMS - 1);
}

static inline bool gfpflags_allow_blocking(const gfp_t flags)
{
	return flags & __GFP_DIRECT_RECLAIM;
}

/* Report a request that may sleep from a context that must not. */
#define might_alloc(gfp)	might_sleep_if((gfp) & __GFP_DIRECT_RECLAIM)

static inline int gfp_migratetype(const gfp_t flags)
{
	/* __GFP_MOVABLE is bit 3, __GFP_RECLAIMABLE bit 4. */
	return (__force unsigned int)flags >> 3 & 3;
}

#endif
