/* SPDX-License-Identifier: MIT */
/*
 * What a page-table entry looks like [SDM3 4.3, Table 4-4 .. 4-6].
 *
 *	31            12 11 9  8   7   6  5   4   3  2  1  0
 *	+---------------+----+---+---+---+---+---+---+--+--+-+
 *	| frame number  | sw | G |PS | D | A |PCD|PWT|US|RW|P|
 *	+---------------+----+---+---+---+---+---+---+--+--+-+
 *	                          PAT in a 4 KiB entry, PS in a directory entry
 */
#ifndef _ASM_X86_PGTABLE_TYPES_H
#define _ASM_X86_PGTABLE_TYPES_H

#include <asm/page_types.h>
#include <linux/types.h>

#define _PAGE_PRESENT	_AC(0x001, UL)
#define _PAGE_RW	_AC(0x002, UL)
#define _PAGE_USER	_AC(0x004, UL)
#define _PAGE_PWT	_AC(0x008, UL)
#define _PAGE_PCD	_AC(0x010, UL)
#define _PAGE_ACCESSED	_AC(0x020, UL)
#define _PAGE_DIRTY	_AC(0x040, UL)
#define _PAGE_PSE	_AC(0x080, UL)	/* directory entry: maps 4 MiB */
#define _PAGE_PAT	_AC(0x080, UL)	/* 4 KiB entry: third PAT bit */
#define _PAGE_GLOBAL	_AC(0x100, UL)	/* survives a CR3 load, with PGE */
#define _PAGE_SPECIAL	_AC(0x200, UL)	/* software: no struct page behind */

#define _PAGE_CACHE_MASK	(_PAGE_PWT | _PAGE_PCD | _PAGE_PAT)

/* Cache modes as programmed into the PAT: see arch/x86/mm/pat.c. */
#define _PAGE_CACHE_WB		_AC(0, UL)
#define _PAGE_CACHE_WC		_PAGE_PWT
#define _PAGE_CACHE_UC_MINUS	_PAGE_PCD
#define _PAGE_CACHE_UC		(_PAGE_PCD | _PAGE_PWT)

#define PTRS_PER_PTE	1024
#define PTRS_PER_PGD	1024
#define PGDIR_SHIFT	22
#define PMD_SHIFT	22
#define PGDIR_SIZE	(_AC(1, UL) << PGDIR_SHIFT)
#define PGDIR_MASK	(~(PGDIR_SIZE - 1))
#define PMD_SIZE	(_AC(1, UL) << PMD_SHIFT)
#define PMD_MASK	(~(PMD_SIZE - 1))

/* The first directory entry of the kernel's part. */
#define KERNEL_PGD_BOUNDARY	(PAGE_OFFSET >> PGDIR_SHIFT)

#ifndef __ASSEMBLY__

typedef unsigned long pteval_t;
typedef unsigned long pgdval_t;
typedef unsigned long pgprotval_t;

typedef struct {
	pteval_t pte;
} pte_t;
typedef struct {
	pgdval_t pgd;
} pgd_t;
typedef struct {
	pgd_t pgd;
} pmd_t; /* folded: two levels only */
typedef struct {
	pgprotval_t pgprot;
} pgprot_t;
typedef struct page *pgtable_t;

#define pte_val(x)	((x).pte)
#define pgd_val(x)	((x).pgd)
#define pmd_val(x)	((x).pgd.pgd)
#define pgprot_val(x)	((x).pgprot)
#define __pte(x)	((pte_t) { (x) })
#define __pgd(x)	((pgd_t) { (x) })
#define __pmd(x)	((pmd_t) { { (x) } })
#define __pgprot(x)	((pgprot_t) { (x) })

#define PTE_PFN_MASK	PAGE_MASK
#define PTE_FLAGS_MASK	(~PTE_PFN_MASK)

/* _PAGE_GLOBAL where the CPU has it, else 0; set once at boot. */
extern pteval_t __default_kernel_global;

#define __PAGE_KERNEL_BASE	(_PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED | \
				 _PAGE_DIRTY)

#define PAGE_KERNEL		__pgprot(__PAGE_KERNEL_BASE | \
					 __default_kernel_global)
#define PAGE_KERNEL_RO		__pgprot((__PAGE_KERNEL_BASE & ~_PAGE_RW & \
					  ~_PAGE_DIRTY) | \
					 __default_kernel_global)
#define PAGE_KERNEL_ROX		PAGE_KERNEL_RO
#define PAGE_KERNEL_EXEC	PAGE_KERNEL
#define PAGE_KERNEL_NOCACHE	__pgprot(pgprot_val(PAGE_KERNEL) | \
					 _PAGE_CACHE_UC)
#define PAGE_KERNEL_IO		PAGE_KERNEL
#define PAGE_KERNEL_IO_NOCACHE	PAGE_KERNEL_NOCACHE

/* Adds what the machine knows to meminfo: how the direct map is made. */
struct seq_file;
void arch_report_meminfo(struct seq_file *m);

#endif
#endif
