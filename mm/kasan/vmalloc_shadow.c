// SPDX-License-Identifier: MIT
/*
 * The shadow of the vmalloc window: made for an area, gone with it.
 *
 * The problem: the window is hundreds of megabytes of addresses, nearly all
 * of them unused. An eighth of that in memory would be most of what there is.
 *
 * So where no area is, all shadow is one page, read-only, whose bytes say just
 * that. An area that is made replaces the entries of its part by pages of its
 * own, each of which serves 32 KiB of addresses, and so several small areas:
 *
 *	window   ....|area 1  |g|area 2 |g|.........................|area 3|g|
 *	shadow   fa fa 00 00 00 fd 00 00 fd fa fa | fa fa fa ... fa | 00 00 fd
 *	page     |<------ its own ------------->|<-- the common -->|<- own ..
 *
 *	bytes            say
 *	00 - 07          pages are there, and these bytes were asked for
 *	VMALLOC_INVALID  of an area: its guard page, its pages' rest, unmapped
 *	VMALLOC_NO_AREA  of no area
 *
 * When a range becomes free its bytes say so again, and a page that says
 * nothing else any more is given back. What other CPUs know of the old entry
 * is flushed first, both times.
 *
 * Invariants:
 *  W1  a page of shadow is of its own iff it may hold a byte that is not
 *      VMALLOC_NO_AREA;
 *  W2  the common page is never written to;
 *  W3  pages of shadow count as page tables, which the window needs as well.
 *
 * Lock: shadow_mutex, for the entries and W1. The bytes of a range belong to
 * whoever holds the range.
 *
 * Context: making and releasing may sleep, as other CPUs are asked to flush.
 *
 * Cost: a page and an interrupt of each other CPU for 32 KiB of areas.
 *
 * Differs from Linux: there is a common page instead of nothing, so that an
 * access to where no area is gets a report, not a fault in the checks; what is
 * given back is known by its bytes. (mm/kasan/shadow.c)
 */
#include "kasan.h"

#include <asm/kasan.h>
#include <asm/pgtable.h>
#include <asm/tlbflush.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/vmstat.h>

static DEFINE_MUTEX(shadow_mutex);

static unsigned long shadow_addr(unsigned long addr)
{
	return (addr >> KASAN_SHADOW_SCALE_SHIFT) + KASAN_SHADOW_OFFSET;
}

static pte_t *shadow_entry(unsigned long shadow)
{
	return pte_offset_kernel(pmd_off_k(shadow), shadow);
}

/* What is read-only is the common page. */
static bool shadow_is_own(unsigned long shadow)
{
	return pte_write(*shadow_entry(shadow));
}

/* W3 */
static void shadow_replace(unsigned long shadow, pte_t entry, struct page *page,
			   long pages)
{
	shadow &= PAGE_MASK;
	set_pte(shadow_entry(shadow), entry);
	flush_tlb_kernel_range(shadow, shadow + PAGE_SIZE);
	mod_page_zone_state(page, NR_PAGETABLE, pages);
}

/* Of memory from addr on, whose shadow is in one page. */
static void shadow_fill(unsigned long addr, unsigned long size, u8 value)
{
	memset((void *)shadow_addr(addr), value, size / KASAN_GRANULE_SIZE);
}

/* The end of the part of [addr, end) whose shadow is in one page. */
static unsigned long part_end(unsigned long addr, unsigned long end)
{
	const unsigned long reach = PAGE_SIZE * KASAN_GRANULE_SIZE;

	return min(end, (addr | (reach - 1)) + 1);
}

/* A page full of "no area here". Not under the mutex: reclaim may take it. */
static struct page *shadow_page(gfp_t gfp)
{
	struct page *page = alloc_page(gfp);

	if (page)
		memset(page_address(page), KASAN_VMALLOC_NO_AREA, PAGE_SIZE);
	return page;
}

/* Makes a part an area's: 0 or -ENOMEM. */
static int part_populate(unsigned long addr, unsigned long size, gfp_t gfp)
{
	struct page *page = NULL;
	bool own;

	if (!shadow_is_own(shadow_addr(addr)))
		page = shadow_page(gfp);
	mutex_lock(&shadow_mutex);
	own = shadow_is_own(shadow_addr(addr));
	if (!own && page) {
		shadow_replace(shadow_addr(addr), mk_pte(page, PAGE_KERNEL),
			       page, 1);
		page = NULL;
		own = true;
	}
	if (own)
		shadow_fill(addr, size, KASAN_VMALLOC_INVALID);
	mutex_unlock(&shadow_mutex);
	if (page)
		__free_page(page);
	return own ? 0 : -ENOMEM;
}

/* A part is free again, and with it perhaps its page, which is returned. */
static struct page *part_release(unsigned long addr, unsigned long size)
{
	unsigned long shadow = shadow_addr(addr) & PAGE_MASK;
	struct page *page = NULL;

	mutex_lock(&shadow_mutex);
	shadow_fill(addr, size, KASAN_VMALLOC_NO_AREA);
	if (!memchr_inv((void *)shadow, KASAN_VMALLOC_NO_AREA, PAGE_SIZE)) {
		page = pte_page(*shadow_entry(shadow));
		shadow_replace(shadow,
			       mk_pte(virt_to_page(kasan_no_area_page),
				      PAGE_KERNEL_RO),
			       page, -1);
	}
	mutex_unlock(&shadow_mutex);
	return page;
}

int kasan_populate_vmalloc(unsigned long addr, unsigned long size, gfp_t gfp)
{
	unsigned long end = addr + size, next;

	for (; addr < end; addr = next) {
		next = part_end(addr, end);
		if (part_populate(addr, next - addr, gfp))
			return -ENOMEM;
	}
	return 0;
}

void kasan_release_vmalloc(unsigned long start, unsigned long end)
{
	unsigned long next;

	for (; start < end; start = next) {
		struct page *page;

		next = part_end(start, end);
		if (!shadow_is_own(shadow_addr(start)))
			continue;
		page = part_release(start, next - start);
		if (page)
			__free_page(page);
	}
}

void kasan_unpoison_vmalloc(const void *start, unsigned long size)
{
	const void *end = start + round_up(size, KASAN_GRANULE_SIZE);

	kasan_unpoison(start, size);
	if (offset_in_page(end))
		kasan_poison(end, PAGE_SIZE - offset_in_page(end),
			     KASAN_VMALLOC_INVALID);
}

void kasan_poison_vmalloc(const void *start, unsigned long size)
{
	kasan_poison(start, size, KASAN_VMALLOC_INVALID);
}
