// SPDX-License-Identifier: MIT
/*
 * The page tables under the vmalloc window.
 *
 *	swapper_pg_dir             page table               frames
 *	+--------+
 *	| ...    |      4 MiB      +--------+    4 KiB
 *	| window |---------------->| entry  |-------------> anywhere in RAM,
 *	| window |--> (none yet)   | entry  |-------------> or a device
 *	| ...    |                 | guard  |  clear
 *	+--------+                 +--------+
 *
 * A page table is made when the first area that needs it is, and stays: areas
 * come and go at the bottom of the window, so the same few are used again and
 * again. Making them may fail, so that is done first; filling cannot fail.
 *
 * A directory entry is looked up once per 4 MiB, and the entries below it are
 * written in one run.
 *
 * P1  An entry is written only where there was none: two areas never share
 *     an address.
 * P2  Page tables are counted in NR_PAGETABLE and marked PG_table.
 *
 * Lock: kernel_table_lock while a directory entry is filled. The entries of a
 * range belong to whoever holds the range.
 *
 * Cost: about six instructions per page mapped, two per page unmapped.
 *
 * Differs from Linux: no huge mappings in the window; one loop per page table
 * instead of one function per level. Linux: mm/vmalloc.c, mm/memory.c.
 */
#include "vmap.h"

#include <asm/pgalloc.h>
#include <asm/tlbflush.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/kconfig.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/spinlock.h>
#include <linux/vmstat.h>

static DEFINE_SPINLOCK(kernel_table_lock);

/* Hang a page table into the directory, unless somebody was faster. */
static bool kernel_table_install(pmd_t *pmd, pte_t *table)
{
	bool mine;

	spin_lock(&kernel_table_lock);
	mine = pmd_none(*pmd);
	if (mine)
		pmd_populate_kernel(pmd, table);
	spin_unlock(&kernel_table_lock);
	return mine;
}

pte_t *kernel_pte_alloc(unsigned long addr)
{
	pmd_t *pmd = pmd_off_k(addr);
	struct page *page;
	pte_t *table;

	if (!pmd_none(*pmd))
		return pmd_page_vaddr(*pmd);
	table = (pte_t *)get_zeroed_page(GFP_KERNEL | __GFP_NOWARN);
	if (!table)
		return NULL;
	if (!kernel_table_install(pmd, table)) {
		free_page((unsigned long)table);
		return pmd_page_vaddr(*pmd);
	}
	page = virt_to_page(table);				/* P2 */
	__SetPageTable(page);
	inc_zone_page_state(page, NR_PAGETABLE);
	return table;
}

int vmap_tables_alloc(unsigned long start, unsigned long end)
{
	for (start &= PMD_MASK; start < end; start += PMD_SIZE) {
		if (unlikely(pmd_none(*pmd_off_k(start))) &&
		    !kernel_pte_alloc(start))
			return -ENOMEM;
	}
	return 0;
}

static void vmap_pte_set(pte_t *ptep, pte_t pte)
{
	if (IS_ENABLED(CONFIG_DEBUG))
		BUG_ON(!pte_none(*ptep));			/* P1 */
	set_pte(ptep, pte);
}

/* The entry behind ptep, of a page table that exists. */
static __always_inline pte_t *vmap_pte_next(pte_t *ptep, pmd_t **pmd)
{
	ptep++;
	return likely(!PAGE_ALIGNED(ptep)) ? ptep : pmd_page_vaddr(*++*pmd);
}

void vmap_fill_pages(unsigned long addr, unsigned long nr_pages, pgprot_t prot,
		     struct page **pages)
{
	pmd_t *pmd = pmd_off_k(addr);
	pte_t *ptep = pte_offset_kernel(pmd, addr);

	if (!nr_pages)
		return;
	for (;;) {
		vmap_pte_set(ptep, mk_pte(*pages++, prot));
		if (!--nr_pages)
			break;
		ptep = vmap_pte_next(ptep, &pmd);
	}
}

void vmap_fill_frames(unsigned long addr, unsigned long nr_pages, pgprot_t prot,
		      unsigned long pfn)
{
	pmd_t *pmd = pmd_off_k(addr);
	pte_t *ptep = pte_offset_kernel(pmd, addr);

	if (!nr_pages)
		return;
	for (;;) {
		vmap_pte_set(ptep, pfn_pte(pfn++, prot));
		if (!--nr_pages)
			break;
		ptep = vmap_pte_next(ptep, &pmd);
	}
}

int map_kernel_range(unsigned long start, unsigned long size, pgprot_t prot,
		     struct page **pages)
{
	int err = vmap_tables_alloc(start, start + size);

	if (!err)
		vmap_fill_pages(start, size >> PAGE_SHIFT, prot, pages);
	return err;
}

int ioremap_page_range(unsigned long addr, unsigned long end,
		       phys_addr_t phys_addr, pgprot_t prot)
{
	int err = vmap_tables_alloc(addr, end);

	if (!err)
		vmap_fill_frames(addr, (end - addr) >> PAGE_SHIFT, prot,
				 phys_addr >> PAGE_SHIFT);
	return err;
}

/* Clear the entries of [start, last], which are in one page table, if any. */
static __always_inline void table_clear(unsigned long start, unsigned long last)
{
	unsigned long nr = (last - start) / PAGE_SIZE + 1;
	pmd_t *pmd = pmd_off_k(start);
	pte_t *ptep = pte_offset_kernel(pmd, start);

	if (unlikely(pmd_none(*pmd)))
		return;
	do {
		pte_clear(ptep++);
	} while (--nr);
}

void vunmap_range_noflush(unsigned long start, unsigned long end)
{
	unsigned long last;

	for (; start < end; start = last + 1) {
		last = min(end - 1, start | ~PMD_MASK);
		table_clear(start, last);
	}
}

void unmap_kernel_range(unsigned long addr, unsigned long size)
{
	vunmap_range_noflush(addr, addr + size);
	flush_tlb_kernel_range(addr, addr + size);
}

/* The entry of an address of the window; a clear one where there is none. */
static pte_t vmap_lookup(unsigned long addr)
{
	pmd_t *pmd = pmd_off_k(addr);

	if (pmd_none(*pmd))
		return __pte(0);
	return *pte_offset_kernel(pmd, addr);
}

bool vmap_range_empty(unsigned long start, unsigned long end)
{
	for (; start < end; start += PAGE_SIZE) {
		if (pte_present(vmap_lookup(start)))
			return false;
	}
	return true;
}

struct page *vmalloc_to_page(const void *addr)
{
	pte_t pte;

	if (!is_vmalloc_addr(addr))
		return NULL;
	pte = vmap_lookup((unsigned long)addr);
	if (!pte_present(pte) || !pfn_valid(pte_pfn(pte)))
		return NULL;
	return pte_page(pte);
}

unsigned long vmalloc_to_pfn(const void *addr)
{
	if (!is_vmalloc_addr(addr))
		return 0;
	return pte_pfn(vmap_lookup((unsigned long)addr));
}
