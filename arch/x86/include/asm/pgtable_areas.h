/* SPDX-License-Identifier: MIT */
/*
 * The kernel's gigabyte, from the direct map to the last page.
 *
 *	0xC0000000  PAGE_OFFSET    direct map of lowmem, up to high_memory
 *	            high_memory    8 MiB hole: an overrun of lowmem faults
 *	            VMALLOC_START  vmalloc, vmap, ioremap
 *	            VMALLOC_END    2 pages hole
 *	            PKMAP_BASE     permanent kmap: one page table, 4 MiB
 *	            FIXADDR_START  fixmap (its size is in <asm/fixmap.h>)
 *	0xFFFFF000  FIXADDR_TOP    the last page is never mapped
 *
 * With 896 MiB of lowmem or more VMALLOC_START lies 128 MiB below the top
 * (less the hole); with less RAM the vmalloc window grows downwards.
 *
 * A KASAN=1 kernel has the shadow of this gigabyte, a byte for each 8, between
 * the vmalloc window and pkmap, so that lowmem ends at 768 MiB:
 *
 *	0xF7800000  KASAN_SHADOW_START   128 MiB
 *	0xFF800000  KASAN_SHADOW_END     = PKMAP_BASE
 */
#ifndef _ASM_X86_PGTABLE_AREAS_H
#define _ASM_X86_PGTABLE_AREAS_H

#include <asm/page_types.h>
#include <asm/pgtable_types.h>

#define VMALLOC_OFFSET		_AC(0x00800000, UL)
#define VMALLOC_RESERVE_DEFAULT	_AC(0x08000000, UL)

#define FIXADDR_TOP		(KERNEL_SPACE_END - PAGE_SIZE)
/* All fixmap slots share the last page table. */
#define FIXMAP_PGTABLE_BASE	(FIXADDR_TOP & PMD_MASK)

#define LAST_PKMAP		PTRS_PER_PTE
#define LAST_PKMAP_MASK		(LAST_PKMAP - 1)
#define PKMAP_BASE		(FIXMAP_PGTABLE_BASE - PMD_SIZE)
#define PKMAP_NR(virt)		(((virt) - PKMAP_BASE) >> PAGE_SHIFT)
#define PKMAP_ADDR(nr) (PKMAP_BASE + ((unsigned long)(nr) << PAGE_SHIFT))

#ifdef CONFIG_KASAN_SHADOW_OFFSET
#define KASAN_SHADOW_SIZE	_AC(0x08000000, UL)
#else
#define KASAN_SHADOW_SIZE	_AC(0, UL)
#endif
#define KASAN_SHADOW_END	PKMAP_BASE
#define KASAN_SHADOW_START	(KASAN_SHADOW_END - KASAN_SHADOW_SIZE)

#define VMALLOC_END		(KASAN_SHADOW_START - 2 * PAGE_SIZE)

#ifndef __ASSEMBLY__

/* End of the direct map; a logical address is below it. Set at boot. */
extern void *high_memory;

/* Bytes kept for the windows: VMALLOC_RESERVE_DEFAULT or vmalloc=. */
extern unsigned long vmalloc_reserve;

#define VMALLOC_START \
	(((unsigned long)high_memory + VMALLOC_OFFSET) & ~(VMALLOC_OFFSET - 1))

/* Most RAM the direct map may hold: 896 MiB by default. */
#define MAXMEM_WITHOUT(reserve) \
	(KERNEL_SPACE_END - PAGE_OFFSET - KASAN_SHADOW_SIZE - (reserve))
#define MAXMEM_DEFAULT	MAXMEM_WITHOUT(VMALLOC_RESERVE_DEFAULT)
#define MAXMEM		MAXMEM_WITHOUT(vmalloc_reserve)

_Static_assert(MAXMEM_DEFAULT + KASAN_SHADOW_SIZE == 896UL << 20,
	       "lowmem and the shadow end at 896 MiB");
_Static_assert((KASAN_SHADOW_SIZE & ~PMD_MASK) == 0,
	       "the shadow has page tables of its own");
_Static_assert((PKMAP_BASE & ~PMD_MASK) == 0, "pkmap has one page table");
_Static_assert(PKMAP_BASE + PMD_SIZE <= FIXMAP_PGTABLE_BASE,
	       "pkmap and fixmap do not share a page table");
_Static_assert(PAGE_OFFSET + MAXMEM_DEFAULT + VMALLOC_OFFSET < VMALLOC_END,
	       "there is a vmalloc window above full lowmem");

#endif
#endif
