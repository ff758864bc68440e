/* SPDX-License-Identifier: MIT */
/* Hanging page tables into the directory. */
#ifndef _ASM_X86_PGALLOC_H
#define _ASM_X86_PGALLOC_H

#include <asm/pgtable.h>

/* Rights of a directory entry: all; each page's entry restricts them. */
#define _KERNPG_TABLE \
	(_PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED | _PAGE_DIRTY)

/*
 * Let the page table at a logical address map the 4 MiB of a kernel directory
 * entry. The entry was clear, so nothing needs a flush. Any context.
 */
static inline void pmd_populate_kernel(pmd_t *pmd, pte_t *table)
{
	set_pmd(pmd, __pmd(__pa(table) | _KERNPG_TABLE));
}

#endif
