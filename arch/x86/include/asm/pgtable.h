/* SPDX-License-Identifier: MIT */
/*
 * Reading and writing page tables: the contract between mm and the MMU.
 *
 *	CR3 -> pgd[1024] --+--> 4 MiB page            (PSE)
 *	       10 bits     +--> pte[1024] --> 4 KiB page
 *	                        10 bits       12 bits of offset
 *
 * The middle level (pmd) is folded into the directory: pmd_offset() returns
 * the directory entry itself, so code written for three levels works here.
 */
#ifndef _ASM_X86_PGTABLE_H
#define _ASM_X86_PGTABLE_H

#include <asm/page.h>
#include <asm/pgtable_areas.h>
#include <asm/pgtable_types.h>

/* The kernel's page directory; its upper quarter is every directory's. */
extern pgd_t swapper_pg_dir[PTRS_PER_PGD];

#define pgd_index(addr)	(((addr) >> PGDIR_SHIFT) & (PTRS_PER_PGD - 1))
#define pte_index(addr)	(((addr) >> PAGE_SHIFT) & (PTRS_PER_PTE - 1))

static inline pgd_t *pgd_offset_k(unsigned long addr)
{
	return swapper_pg_dir + pgd_index(addr);
}

static inline pmd_t *pmd_offset(pgd_t *pgd, unsigned long addr)
{
	return (pmd_t *)pgd;
}

static inline pmd_t *pmd_off_k(unsigned long addr)
{
	return pmd_offset(pgd_offset_k(addr), addr);
}

static inline bool pmd_none(pmd_t pmd)
{
	return !pmd_val(pmd);
}

static inline bool pmd_present(pmd_t pmd)
{
	return pmd_val(pmd) & _PAGE_PRESENT;
}

/* Maps 4 MiB itself: there is no page table below it. */
static inline bool pmd_large(pmd_t pmd)
{
	return (pmd_val(pmd) & (_PAGE_PSE | _PAGE_PRESENT)) ==
	       (_PAGE_PSE | _PAGE_PRESENT);
}

/* The page table below a directory entry. Page tables live in lowmem. */
static inline pte_t *pmd_page_vaddr(pmd_t pmd)
{
	return __va(pmd_val(pmd) & PAGE_MASK);
}

static inline pte_t *pte_offset_kernel(pmd_t *pmd, unsigned long addr)
{
	return pmd_page_vaddr(*pmd) + pte_index(addr);
}

static inline bool pte_none(pte_t pte)
{
	return !pte_val(pte);
}

static inline bool pte_present(pte_t pte)
{
	return pte_val(pte) & _PAGE_PRESENT;
}

static inline bool pte_write(pte_t pte)
{
	return pte_val(pte) & _PAGE_RW;
}

static inline bool pte_dirty(pte_t pte)
{
	return pte_val(pte) & _PAGE_DIRTY;
}

static inline bool pte_young(pte_t pte)
{
	return pte_val(pte) & _PAGE_ACCESSED;
}

static inline bool pte_global(pte_t pte)
{
	return pte_val(pte) & _PAGE_GLOBAL;
}

static inline unsigned long pte_pfn(pte_t pte)
{
	return pte_val(pte) >> PAGE_SHIFT;
}

static inline unsigned long pte_flags(pte_t pte)
{
	return pte_val(pte) & PTE_FLAGS_MASK;
}

static inline pte_t pfn_pte(unsigned long pfn, pgprot_t prot)
{
	return __pte((pfn << PAGE_SHIFT) | pgprot_val(prot));
}

#define mk_pte(page, prot)	pfn_pte(page_to_pfn(page), prot)
#define pte_page(pte)		pfn_to_page(pte_pfn(pte))

/* One aligned store: a walk by the CPU sees the old entry or the new one. */
static inline void set_pte(pte_t *ptep, pte_t pte)
{
	*(volatile pteval_t *)&ptep->pte = pte_val(pte);
}

static inline void pte_clear(pte_t *ptep)
{
	set_pte(ptep, __pte(0));
}

static inline void set_pmd(pmd_t *pmdp, pmd_t pmd)
{
	*(volatile pgdval_t *)&pmdp->pgd.pgd = pmd_val(pmd);
}

#define pgprot_noncached(prot) \
	__pgprot((pgprot_val(prot) & ~_PAGE_CACHE_MASK) | _PAGE_CACHE_UC)

/* Write-combining where the CPU has a PAT, else uncached. */
pgprot_t pgprot_writecombine(pgprot_t prot);

/* Sizes of lookup_address() answers. */
enum pg_level { PG_LEVEL_NONE, PG_LEVEL_4K, PG_LEVEL_4M };

/*
 * The entry that maps a kernel address (a pte_t, or the directory entry of a
 * 4 MiB page), or NULL when the walk ends early. Any context.
 */
pte_t *lookup_address(unsigned long address, unsigned int *level);

#endif
