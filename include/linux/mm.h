/* SPDX-License-Identifier: MIT */
/*
 * Pages as the rest of the kernel sees them: references, addresses, sizes.
 */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <asm/page.h>
#include <asm/pgtable.h>
#include <linux/gfp.h>
#include <linux/mm_types.h>
#include <linux/mmzone.h>
#include <linux/page-flags.h>
#include <linux/page_ref.h>

#define PAGE_ALIGN(addr)	(((addr) + PAGE_SIZE - 1) & PAGE_MASK)
#define PAGE_ALIGNED(addr)	(!((unsigned long)(addr) & ~PAGE_MASK))
#define offset_in_page(p)	((unsigned long)(p) & ~PAGE_MASK)

#define page_to_phys(page)	((phys_addr_t)page_to_pfn(page) << PAGE_SHIFT)
#define phys_to_page(phys) pfn_to_page((unsigned long)((phys) >> PAGE_SHIFT))
#define virt_to_page(addr) \
	pfn_to_page(__pa(addr) >> PAGE_SHIFT)
#define virt_to_head_page(addr)	compound_head(virt_to_page(addr))

extern unsigned long max_mapnr;		/* [b] end of mem_map, in frames */

/* True for a frame of RAM: holes have a descriptor, but no zone. */
static inline bool pfn_valid(unsigned long pfn)
{
	return pfn < max_mapnr && page_zonenum(pfn_to_page(pfn)) != ZONE_NONE;
}

static inline bool PageHighMem(const struct page *page)
{
	return is_highmem_idx(page_zonenum(page));
}

/* Logical address of a lowmem page. */
static inline void *lowmem_page_address(const struct page *page)
{
	return __va(page_to_pfn(page) << PAGE_SHIFT);
}

/*
 * Where the page is mapped: the logical address of lowmem, the kmap address
 * of a highmem page that has one, else NULL. Any context.
 */
void *page_address(const struct page *page);

#define page_to_virt(page)	lowmem_page_address(page)

static inline unsigned int compound_order(struct page *page)
{
	return PageHead(page) ? page->compound_order : 0;
}

static inline unsigned long compound_nr(struct page *page)
{
	return 1UL << compound_order(page);
}

static inline unsigned long page_size(struct page *page)
{
	return PAGE_SIZE << compound_order(page);
}

/* Take another reference; the page must have one already. Any context. */
static inline void get_page(struct page *page)
{
	page_ref_inc(compound_head(page));
}

/* Drop a reference; the last one frees the page. Any context. */
void put_page(struct page *page);

/* Turn one allocated block into 2^order single pages, one reference each. */
void split_page(struct page *page, unsigned int order);

/*
 * Boot, in this order, once the direct map stands: descriptors for all frames
 * and zones up to max_zone_pfn[zone] (exclusive); then all free memory from
 * memblock to the buddy. After mem_init() alloc_pages() works.
 */
void free_area_init(const unsigned long *max_zone_pfn);
void mem_init(void);

/*
 * Give boot-only memory, start .. end - 1 in logical addresses, to the buddy.
 * It is filled with poison first if that is 0 .. 255. Returns the number of
 * pages, and says so if there is a name.
 */
unsigned long free_reserved_area(void *start, void *end, int poison,
				 const char *name);

/* Give one frame that was reserved to the buddy. */
void free_reserved_page(struct page *page);

unsigned long nr_free_pages(void);
unsigned long totalram_pages(void);
unsigned long totalhigh_pages(void);

struct sysinfo;
void si_meminfo(struct sysinfo *val);

/* Print everything about a page at KERN_WARNING, with a reason. */
void dump_page(struct page *page, const char *reason);

/* Print who allocated and who freed a page last; debug builds know. */
void page_owner_print(const struct page *page);

/* Print the state of memory, as an allocation failure does. */
void show_mem(unsigned int filter, void *nodemask);

#endif
