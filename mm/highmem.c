// SPDX-License-Identifier: MIT
/*
 * Highmem pages and their addresses.
 *
 * The problem. A 32-bit kernel with the upper quarter of the address space
 * can keep at most 896 MiB of RAM mapped at fixed addresses. Frames above
 * that have a struct page but no address of their own.
 *
 *	frame              page_address()
 *	lowmem             PAGE_OFFSET + physical address, always
 *	highmem, kmapped   its address in the kmap window (mm/kmap.c)
 *	highmem            NULL
 *
 * A slot of kmap_atomic() or kmap_local_page() (mm/kmap_atomic.c) is private
 * to one short piece of code, so page_address() does not tell of it, and one
 * frame may stand in several slots and in the kmap window at once.
 *
 * This file answers the questions that concern all of the windows: from a
 * page to its address, and from an address in any of them to its page.
 *
 * H1  page_address() is NULL, or an address that shows the page's frame.
 * H2  kmap_to_page(a) is the page for every address inside a page that one
 *     of the kmap calls returned, as long as it is mapped.
 *
 * Lock: none here. Cost: a lowmem address is one shift and one addition.
 *
 * Differs from Linux: kmap_to_page() of a slot reads the slot's page-table
 * entry, and an address outside of all windows gives NULL and a report.
 * Linux: mm/highmem.c.
 */
#include <linux/highmem.h>

#include <linux/bug.h>
#include <linux/mmzone.h>

#include "kmap.h"

void *page_address(const struct page *page)
{
	if (!PageHighMem(page))
		return lowmem_page_address(page);
	return kmap_lookup(page);
}

struct page *kmap_to_page(void *vaddr)
{
	unsigned long addr = (unsigned long)vaddr;
	unsigned int level;
	pte_t *ptep;

	if (!is_kmap_addr(vaddr)) {
		if (WARN(!virt_addr_valid(addr),
			 "kmap_to_page: %p is in no window\n", vaddr))
			return NULL;
		return virt_to_page(addr);
	}
	ptep = lookup_address(addr, &level);
	if (!ptep || !pte_present(*ptep))
		return NULL;
	return pte_page(*ptep);
}

unsigned long nr_free_highpages(void)
{
	struct zone *zone;
	unsigned long nr_pages = 0;

	for_each_populated_zone(zone) {
		if (is_highmem(zone))
			nr_pages += zone_page_state(zone, NR_FREE_PAGES);
	}
	return nr_pages;
}

bool page_part_bad(size_t offset, size_t len)
{
	return WARN(offset > PAGE_SIZE || len > PAGE_SIZE - offset,
		    "bytes %zu to %zu are not inside one page\n", offset,
		    offset + len);
}
