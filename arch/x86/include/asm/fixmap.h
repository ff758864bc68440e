/* SPDX-License-Identifier: MIT */
/*
 * Fixed mappings: virtual addresses known when the kernel is compiled.
 *
 * Slots are numbered from the top down: slot 0 lies just below FIXADDR_TOP.
 *
 *	FIXADDR_TOP ->  +--------------------------+ 0xFFFFF000
 *	                | slot 0                   |
 *	                | slot 1 ...               |
 *	FIXADDR_START-> +--------------------------+
 */
#ifndef _ASM_X86_FIXMAP_H
#define _ASM_X86_FIXMAP_H

#include <asm/kmap_types.h>
#include <asm/pgtable_areas.h>
#include <linux/threads.h>
#include <linux/types.h>

#define NR_FIX_BTMAPS		16	/* pages in one early_ioremap */
#define FIX_BTMAPS_SLOTS	4	/* early_ioremaps at a time */

enum fixed_addresses {
	FIX_HOLE, /* an off-by-one below FIXADDR_TOP faults */
	FIX_APIC_BASE,
	FIX_IO_APIC_BASE_0,
	FIX_IO_APIC_BASE_END = FIX_IO_APIC_BASE_0 + 7,
	FIX_EARLYCON_MEM_BASE, /* VGA text memory */
	FIX_BOOT_WINDOW,       /* one frame at a time, before paging_init */
	FIX_TEST,              /* for tests of set_fixmap */
	FIX_KMAP_BEGIN,        /* per CPU: typed slots, then the stack */
	FIX_KMAP_END = FIX_KMAP_BEGIN + (KM_TYPE_NR + KM_MAX_IDX) * NR_CPUS - 1,
	FIX_BTMAP_END, /* early_ioremap windows */
	FIX_BTMAP_BEGIN = FIX_BTMAP_END + NR_FIX_BTMAPS * FIX_BTMAPS_SLOTS - 1,
	__end_of_fixed_addresses
};

#define FIXADDR_SIZE	((unsigned long)__end_of_fixed_addresses << PAGE_SHIFT)
#define FIXADDR_START	(FIXADDR_TOP - FIXADDR_SIZE)

_Static_assert(FIXADDR_START >= FIXMAP_PGTABLE_BASE,
	       "all fixmap slots fit in the last page table");

/* Slot number -> address; in debug builds a wrong number is a bug. */
#define __fix_to_virt(x)	(FIXADDR_TOP - (((x) + 1UL) << PAGE_SHIFT))
#define __virt_to_fix(x)	((FIXADDR_TOP - 1 - (x)) >> PAGE_SHIFT)

static inline unsigned long fix_to_virt(const unsigned int idx)
{
	return __fix_to_virt(idx);
}

static inline unsigned int virt_to_fix(const unsigned long vaddr)
{
	return __virt_to_fix(vaddr);
}

/*
 * Map the frame at phys into a slot, or take it out (flags empty), and flush
 * the slot's TLB entry. Not for the kmap slots. Any context.
 */
void __set_fixmap(enum fixed_addresses idx, phys_addr_t phys, pgprot_t flags);

#define set_fixmap(idx, phys)		__set_fixmap(idx, phys, PAGE_KERNEL)
#define set_fixmap_nocache(idx, phys)	\
	__set_fixmap(idx, phys, PAGE_KERNEL_NOCACHE)
#define clear_fixmap(idx)		__set_fixmap(idx, 0, __pgprot(0))

/* The PTE of slot 0; slot n is n entries below it. Set up at boot. */
extern pte_t *fixmap_pte;

#endif
