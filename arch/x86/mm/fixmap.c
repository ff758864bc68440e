/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/mm/fixmap.c - mappings at addresses known when compiling
 *
 * Their one page table is static and hangs in the directory from the first
 * instruction with paging on (boot/entry.asm), so they need no allocator.
 * (arch/x86/mm/pgtable.c __native_set_fixmap())
 */
#include <asm/fixmap.h>

#include <asm/pgtable.h>
#include <asm/tlbflush.h>
#include <linux/bug.h>

extern pte_t fixmap_page_table[PTRS_PER_PTE];

pte_t *fixmap_pte = &fixmap_page_table[PTRS_PER_PTE - 2];

_Static_assert(FIXADDR_TOP == FIXMAP_PGTABLE_BASE + PMD_SIZE - PAGE_SIZE,
	       "slot 0 is the last but one entry of the table");

void __set_fixmap(enum fixed_addresses idx, phys_addr_t phys, pgprot_t flags)
{
	unsigned long address = fix_to_virt(idx);

	if (WARN_ON(idx >= __end_of_fixed_addresses || phys >> 32))
		return;
	if (pgprot_val(flags))
		set_pte(fixmap_pte - idx, pfn_pte(phys >> PAGE_SHIFT, flags));
	else
		pte_clear(fixmap_pte - idx);
	flush_tlb_one_kernel(address);
}
