/* SPDX-License-Identifier: MIT */
/*
 * Working on pages that may have no kernel address: each helper maps the page
 * in an atomic slot, does its work and unmaps it. None of them sleeps, so all
 * may be called from any context.
 */
#ifndef _LINUX_HIGHMEM_H
#define _LINUX_HIGHMEM_H

#include <linux/bug.h>
#include <linux/cacheflush.h>
#include <linux/highmem-internal.h>
#include <linux/string.h>

struct vm_area_struct;

/* Free frames in ZONE_HIGHMEM. Any context. */
unsigned long nr_free_highpages(void);

/* In debug builds, report a part that does not lie inside one page. */
bool page_part_bad(size_t offset, size_t len);

static inline bool page_part_wrong(size_t offset, size_t len)
{
	return IS_ENABLED(CONFIG_DEBUG) && page_part_bad(offset, len);
}

/* Fill a page with zeroes. */
static inline void clear_highpage(struct page *page)
{
	void *kaddr = kmap_atomic(page);

	clear_page(kaddr);
	kunmap_atomic(kaddr);
}

/* Copy a whole page. */
static inline void copy_highpage(struct page *to, struct page *from)
{
	void *vfrom = kmap_atomic(from);
	void *vto = kmap_atomic(to);

	copy_page(vto, vfrom);
	kunmap_atomic(vto);
	kunmap_atomic(vfrom);
}

/* As above for a page of a program; vaddr matters to aliasing caches only. */
static inline void clear_user_highpage(struct page *page, unsigned long vaddr)
{
	clear_highpage(page);
}

static inline void copy_user_highpage(struct page *to, struct page *from,
				      unsigned long vaddr,
				      struct vm_area_struct *vma)
{
	copy_highpage(to, from);
}

/*
 * A zeroed page for a program, movable and highmem first. May sleep; NULL
 * when there is no memory.
 */
static inline struct page *
alloc_zeroed_user_highpage_movable(struct vm_area_struct *vma,
				   unsigned long vaddr)
{
	return alloc_page(GFP_HIGHUSER_MOVABLE | __GFP_ZERO);
}

/* Zero two parts of a page, [start1, end1) and [start2, end2) in bytes. */
static inline void zero_user_segments(struct page *page, unsigned int start1,
				      unsigned int end1, unsigned int start2,
				      unsigned int end2)
{
	char *kaddr;

	if (page_part_wrong(0, end1) || page_part_wrong(0, end2))
		return;
	kaddr = kmap_atomic(page);
	if (end1 > start1)
		memset(kaddr + start1, 0, end1 - start1);
	if (end2 > start2)
		memset(kaddr + start2, 0, end2 - start2);
	kunmap_atomic(kaddr);
	flush_dcache_page(page);
}

static inline void zero_user_segment(struct page *page, unsigned int start,
				     unsigned int end)
{
	zero_user_segments(page, start, end, 0, 0);
}

static inline void zero_user(struct page *page, unsigned int start,
			     unsigned int size)
{
	zero_user_segments(page, start, start + size, 0, 0);
}

/* Copy len bytes from one page to another; memmove_page may overlap. */
static inline void memcpy_page(struct page *dst_page, size_t dst_off,
			       struct page *src_page, size_t src_off,
			       size_t len)
{
	char *dst, *src;

	if (page_part_wrong(dst_off, len) || page_part_wrong(src_off, len))
		return;
	dst = kmap_local_page(dst_page);
	src = kmap_local_page(src_page);
	memcpy(dst + dst_off, src + src_off, len);
	kunmap_local(src);
	kunmap_local(dst);
}

static inline void memmove_page(struct page *dst_page, size_t dst_off,
				struct page *src_page, size_t src_off,
				size_t len)
{
	char *dst, *src;

	if (page_part_wrong(dst_off, len) || page_part_wrong(src_off, len))
		return;
	dst = kmap_local_page(dst_page);
	/* One page has one address here, or overlap would not be seen. */
	src = dst_page == src_page ? dst : kmap_local_page(src_page);
	memmove(dst + dst_off, src + src_off, len);
	if (src != dst)
		kunmap_local(src);
	kunmap_local(dst);
}

static inline void memset_page(struct page *page, size_t offset, int val,
			       size_t len)
{
	char *addr;

	if (page_part_wrong(offset, len))
		return;
	addr = kmap_local_page(page);
	memset(addr + offset, val, len);
	kunmap_local(addr);
}

static inline void memcpy_from_page(char *to, struct page *page, size_t offset,
				    size_t len)
{
	char *from;

	if (page_part_wrong(offset, len))
		return;
	from = kmap_local_page(page);
	memcpy(to, from + offset, len);
	kunmap_local(from);
}

static inline void memcpy_to_page(struct page *page, size_t offset,
				  const char *from, size_t len)
{
	char *to;

	if (page_part_wrong(offset, len))
		return;
	to = kmap_local_page(page);
	memcpy(to + offset, from, len);
	flush_dcache_page(page);
	kunmap_local(to);
}

static inline void memzero_page(struct page *page, size_t offset, size_t len)
{
	memset_page(page, offset, 0, len);
	flush_dcache_page(page);
}

#endif
