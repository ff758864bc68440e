/* SPDX-License-Identifier: MIT */
/*
 * Device memory: mapping it, and (in <asm/io.h>) reading and writing it.
 *
 * Any physical address and size will do: whole pages around them are mapped,
 * and the address returned points at the byte asked for. NULL, with a message
 * that says why, where the range is empty, wraps, cannot be reached by the
 * page tables, or contains RAM that the kernel uses. May sleep; not from
 * interrupts.
 */
#ifndef _LINUX_IO_H
#define _LINUX_IO_H

#include <asm/io.h>
#include <asm/pgtable.h>
#include <linux/compiler.h>
#include <linux/types.h>

/* Uncached: each access reaches the device, in order. */
void __iomem *ioremap(phys_addr_t phys_addr, unsigned long size);
void __iomem *ioremap_uc(phys_addr_t phys_addr, unsigned long size);
#define ioremap_nocache ioremap
/* Write-combining where the CPU has a PAT, else uncached: frame buffers. */
void __iomem *ioremap_wc(phys_addr_t phys_addr, unsigned long size);
void __iomem *ioremap_wt(phys_addr_t phys_addr, unsigned long size);
/* Cached: memory that is not RAM of the kernel's, such as firmware tables. */
void __iomem *ioremap_cache(phys_addr_t phys_addr, unsigned long size);
void __iomem *ioremap_prot(phys_addr_t phys_addr, unsigned long size,
			   unsigned long prot_val);

/* Unmap what one of the above returned. NULL is fine. */
void iounmap(volatile void __iomem *addr);

/* memremap(): memory without side effects; lowmem has its address already. */
enum {
	MEMREMAP_WB = 1 << 0,
	MEMREMAP_WT = 1 << 1,
	MEMREMAP_WC = 1 << 2,
};
void *memremap(phys_addr_t offset, size_t size, unsigned long flags);
void memunmap(void *addr);

/*
 * Before vmalloc works: up to FIX_BTMAPS_SLOTS mappings at a time, each of
 * NR_FIX_BTMAPS pages, in the fixmap. Unmap with the same size. NULL, with a
 * report, where no slot is free or the range is too large.
 */
void __iomem *early_ioremap(phys_addr_t phys_addr, unsigned long size);
void *early_memremap(phys_addr_t phys_addr, unsigned long size);
void early_iounmap(void __iomem *addr, unsigned long size);
void early_memunmap(void *addr, unsigned long size);
/* Slots of early_ioremap() that are open: 0 when all is well. */
unsigned int early_ioremap_in_use(void);

#endif
