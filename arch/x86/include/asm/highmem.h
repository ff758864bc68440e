/* SPDX-License-Identifier: MIT */
/*
 * Where the highmem windows lie and how one slot of them is written.
 *
 *	PKMAP_BASE     one page table, LAST_PKMAP entries: <asm/pgtable_areas.h>
 *	FIX_KMAP_BEGIN per CPU KM_TYPE_NR typed slots, then a stack of
 *	               KM_MAX_IDX slots: <asm/fixmap.h>
 */
#ifndef _ASM_X86_HIGHMEM_H
#define _ASM_X86_HIGHMEM_H

#include <asm/fixmap.h>
#include <asm/kmap_types.h>
#include <asm/pgtable.h>
#include <asm/tlbflush.h>
#include <linux/threads.h>

/* How window pages are mapped when the caller names no protection. */
#define kmap_prot PAGE_KERNEL

/* Slots of the fixmap that one CPU owns. */
#define KM_SLOTS_PER_CPU (KM_TYPE_NR + KM_MAX_IDX)

/* Bounds of all CPUs' slots; slot numbers grow as addresses fall. */
#define KMAP_SLOTS_START __fix_to_virt(FIX_KMAP_END)
#define KMAP_SLOTS_END (__fix_to_virt(FIX_KMAP_BEGIN) + PAGE_SIZE)

/* The page-table entry behind a fixmap slot. */
static inline pte_t *kmap_slot_pte(unsigned int fix)
{
	return fixmap_pte - fix;
}

/* Every window lies above the direct map, and the direct map below this. */
#define KMAP_WINDOWS_START PKMAP_BASE

_Static_assert(KM_SLOTS_PER_CPU * NR_CPUS == FIX_KMAP_END - FIX_KMAP_BEGIN + 1,
	       "the fixmap has room for each CPU's slots");

#endif
