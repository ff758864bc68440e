// SPDX-License-Identifier: MIT
/*
 * DMA memory: what a device can reach.
 *
 *	0        16 MiB                    896 MiB                 4 GiB
 *	|  DMA    |         NORMAL          |       HIGHMEM         |
 *	|<------->| 24-bit mask: ISA devices
 *	|<-------------------------------------------------------->| 32-bit
 *
 * A device drives a fixed number of address lines; its mask is the highest
 * address they can say. Memory for it must end at or below the mask. For a
 * mask that covers all of lowmem any lowmem will do. Below that the choice is
 * a try: memory from ZONE_NORMAL, and if it lies too high, from ZONE_DMA,
 * which every device that is accepted here reaches.
 *
 * D1  A bus address handed out is the physical address of the buffer.
 * D2  The last byte of a buffer handed out is not above the mask.
 *
 * Lock: none. Cost: streaming, two comparisons; coherent, that of its pages
 * and of zeroing them.
 *
 * Differs from Linux: one implementation, for machines where a bus address is
 * a physical one; nothing bounces, so what is out of reach is refused; no
 * scatterlists yet; a mask smaller than ZONE_DMA is refused, like Linux's
 * direct mapping does. Linux: kernel/dma/mapping.c, direct.c.
 */
#include <linux/dma-mapping.h>

#include <linux/bug.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/pfn.h>
#include <linux/printk.h>
#include <linux/string.h>

/* ZONE_DMA ends at 16 MiB: 24 address lines. */
#define DMA_ZONE_MASK DMA_BIT_MASK(24)

int dma_set_mask(struct device *dev, u64 mask)
{
	if (!dev->dma_mask || mask < DMA_ZONE_MASK)
		return -EIO;
	*dev->dma_mask = mask;
	return 0;
}

int dma_set_coherent_mask(struct device *dev, u64 mask)
{
	if (mask < DMA_ZONE_MASK)
		return -EIO;
	dev->coherent_dma_mask = mask;
	return 0;
}

int dma_set_mask_and_coherent(struct device *dev, u64 mask)
{
	int err = dma_set_mask(dev, mask);

	return err ? err : dma_set_coherent_mask(dev, mask);
}

bool dma_single_bad(struct device *dev, const void *ptr, size_t size,
		    enum dma_data_direction dir)
{
	if (WARN((unsigned int)dir >= DMA_NONE,
		 "%s: dma_map_single: %d is no direction\n", dev_name(dev),
		 dir))
		return true;
	return WARN(!virt_addr_valid(ptr),
		    "%s: dma_map_single: %p (%zu bytes) is not lowmem\n",
		    dev_name(dev), ptr, size);
}

dma_addr_t dma_unreachable(struct device *dev, phys_addr_t phys, size_t size)
{
	pr_warn_once("%s: %zu bytes at %pa are beyond the DMA mask %llx\n",
		     dev_name(dev), size, &phys, dma_get_mask(dev));
	return DMA_MAPPING_ERROR;
}

static u64 coherent_mask(struct device *dev)
{
	if (dev && dev->coherent_dma_mask)
		return dev->coherent_dma_mask;
	return DMA_BIT_MASK(32);
}

/* Zeroed lowmem from the zone that gfp says, if it ends within the mask. */
static void *coherent_try(size_t size, gfp_t gfp, u64 mask)
{
	void *addr = alloc_pages_exact(size, gfp | __GFP_ZERO);

	if (addr && virt_to_phys(addr) + size - 1 > mask) {	/* D2 */
		free_pages_exact(addr, size);
		return NULL;
	}
	return addr;
}

void *dma_alloc_coherent(struct device *dev, size_t size, dma_addr_t *handle,
			 gfp_t gfp)
{
	u64 mask = coherent_mask(dev);
	void *addr = NULL;

	if (!size || size > PAGE_SIZE << (MAX_ORDER - 1))
		return NULL;
	gfp &= ~(GFP_ZONEMASK | __GFP_COMP);
	if (mask > DMA_ZONE_MASK)
		addr = coherent_try(size, gfp, mask);
	/* A mask that all lowmem lies within gains nothing by a second try. */
	if (!addr && (mask <= DMA_ZONE_MASK || mask < PFN_PHYS(max_low_pfn)))
		addr = coherent_try(size, gfp | GFP_DMA, mask);
	if (addr)
		*handle = virt_to_phys(addr);			/* D1 */
	return addr;
}

void dma_free_coherent(struct device *dev, size_t size, void *cpu_addr,
		       dma_addr_t handle)
{
	if (!cpu_addr)
		return;
	WARN(handle != virt_to_phys(cpu_addr),
	     "%s: dma_free_coherent: %p is not at bus address %x\n",
	     dev_name(dev), cpu_addr, handle);
	free_pages_exact(cpu_addr, size);
}
