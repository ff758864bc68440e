// SPDX-License-Identifier: MIT
/*
 * early_ioremap: device memory and firmware tables before vmalloc works.
 *
 * The fixmap keeps FIX_BTMAPS_SLOTS windows of NR_FIX_BTMAPS pages each:
 *
 *	FIX_BTMAP_BEGIN   | slot 0, page 0   lowest address
 *	                  | slot 0, page 1
 *	                  | ...
 *	                  | slot 1, page 0
 *	FIX_BTMAP_END     | last slot, last page
 *
 * Fixmap numbers fall as addresses rise, so a window's pages are given out
 * from its highest number down. A mapping is meant to last for a few lines
 * of boot code: what is still open when a leak is looked for is one.
 *
 * Nothing is allocated, so it works from the first line of C on, long before
 * there is a page allocator: the fixmap's page table is part of the image.
 *
 * E1  slot_size[n] is 0, or the size that early_iounmap() must give.
 * E2  The entries of a slot are clear while its slot_size is 0.
 *
 * Lock: none; boot only, one CPU. Cost: one entry and one flush per page.
 *
 * Differs from Linux: the calls go on working after boot. Linux:
 * mm/early_ioremap.c.
 */
#include <linux/io.h>

#include <asm/fixmap.h>
#include <asm/tlbflush.h>
#include <linux/bug.h>
#include <linux/mm.h>

static unsigned long slot_size[FIX_BTMAPS_SLOTS];	/* bytes asked for */

static enum fixed_addresses slot_first(unsigned int slot)
{
	return FIX_BTMAP_BEGIN - slot * NR_FIX_BTMAPS;
}

static unsigned int slot_pages(phys_addr_t phys, unsigned long size)
{
	return PAGE_ALIGN(offset_in_page(phys) + size) >> PAGE_SHIFT;
}

unsigned int early_ioremap_in_use(void)
{
	unsigned int slot, used = 0;

	for (slot = 0; slot < FIX_BTMAPS_SLOTS; slot++)
		used += slot_size[slot] != 0;
	return used;
}

static int slot_find_free(void)
{
	int slot;

	for (slot = 0; slot < FIX_BTMAPS_SLOTS; slot++) {
		if (!slot_size[slot])
			return slot;
	}
	return -1;
}

/* Whether the range is one that a slot can hold. */
static bool slot_fits(phys_addr_t phys, unsigned long size)
{
	phys_addr_t last = phys + size - 1;

	return size && size <= NR_FIX_BTMAPS * PAGE_SIZE &&
	       (pteval_t)last == last &&
	       slot_pages(phys, size) <= NR_FIX_BTMAPS;
}

static void *early_map(phys_addr_t phys, unsigned long size, pgprot_t prot)
{
	phys_addr_t frame = phys - offset_in_page(phys);
	int slot = slot_find_free();
	unsigned int i;

	if (WARN(slot < 0, "early_ioremap: all %d slots are open\n",
		 FIX_BTMAPS_SLOTS))
		return NULL;
	if (WARN(!slot_fits(phys, size),
		 "early_ioremap: %lu bytes at %pa do not fit a slot\n", size,
		 &phys))
		return NULL;
	for (i = 0; i < slot_pages(phys, size); i++, frame += PAGE_SIZE)
		__set_fixmap(slot_first(slot) - i, frame, prot);
	slot_size[slot] = size;
	return (void *)(fix_to_virt(slot_first(slot)) + offset_in_page(phys));
}

static void early_unmap(void *addr, unsigned long size)
{
	unsigned int index = FIX_BTMAP_BEGIN - virt_to_fix((unsigned long)addr);
	unsigned int slot = index / NR_FIX_BTMAPS;
	unsigned int i;

	if (WARN(virt_to_fix((unsigned long)addr) > FIX_BTMAP_BEGIN ||
			 slot >= FIX_BTMAPS_SLOTS || index % NR_FIX_BTMAPS ||
			 !slot_size[slot],
		 "early_iounmap: %p is in no open slot\n", addr))
		return;
	WARN(slot_size[slot] != size,
	     "early_iounmap: slot %u has %lu bytes, not %lu\n", slot,
	     slot_size[slot], size);
	for (i = 0; i < NR_FIX_BTMAPS; i++)			/* E2 */
		clear_fixmap(slot_first(slot) - i);
	/* who used it may have moved from CPU to CPU meanwhile */
	flush_tlb_kernel_range(fix_to_virt(slot_first(slot)),
			       fix_to_virt(slot_first(slot)) +
				       NR_FIX_BTMAPS * PAGE_SIZE);
	slot_size[slot] = 0;
}

void __iomem *early_ioremap(phys_addr_t phys_addr, unsigned long size)
{
	return (void __iomem *)early_map(phys_addr, size,
					 PAGE_KERNEL_IO_NOCACHE);
}

void *early_memremap(phys_addr_t phys_addr, unsigned long size)
{
	return early_map(phys_addr, size, PAGE_KERNEL);
}

void early_iounmap(void __iomem *addr, unsigned long size)
{
	early_unmap((void __force *)addr, size);
}

void early_memunmap(void *addr, unsigned long size)
{
	early_unmap(addr, size);
}
