/* SPDX-License-Identifier: MIT */
/*
 * DMA: lending memory to a device, on a machine without an IOMMU.
 *
 * A bus address is the physical address, and the caches of x86 see what a
 * device does, so lending a buffer is a question of reach alone: does all of
 * it lie at or below the device's mask? Where it does not, the call fails;
 * bounce buffers and scatterlists are not here yet.
 *
 *	streaming   dma_map_single(), dma_map_page(): a buffer that exists,
 *	            lent for one transfer. Any context.
 *	coherent    dma_alloc_coherent(): memory that both use for long. May
 *	            sleep as gfp says.
 */
#ifndef _LINUX_DMA_MAPPING_H
#define _LINUX_DMA_MAPPING_H

#include <linux/compiler.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/gfp_types.h>
#include <linux/kconfig.h>
#include <linux/mm.h>

enum dma_data_direction {
	DMA_BIDIRECTIONAL = 0,
	DMA_TO_DEVICE = 1,
	DMA_FROM_DEVICE = 2,
	DMA_NONE = 3,
};

/* What a mapping that failed returns; no buffer ever ends there. */
#define DMA_MAPPING_ERROR	(~(dma_addr_t)0)
#define DMA_BIT_MASK(n)		((n) == 64 ? ~0ULL : (1ULL << (n)) - 1)

static inline int dma_mapping_error(struct device *dev, dma_addr_t dma_addr)
{
	return unlikely(dma_addr == DMA_MAPPING_ERROR) ? -ENOMEM : 0;
}

/* The mask of a device that has told none: 32 bits. */
static inline u64 dma_get_mask(struct device *dev)
{
	if (dev && dev->dma_mask && *dev->dma_mask)
		return *dev->dma_mask;
	return DMA_BIT_MASK(32);
}

/*
 * Say how far a device reaches. 0, or -EIO where that is less than ZONE_DMA,
 * from which memory could not be given. Any context.
 */
int dma_set_mask(struct device *dev, u64 mask);
int dma_set_coherent_mask(struct device *dev, u64 mask);
int dma_set_mask_and_coherent(struct device *dev, u64 mask);

/* Debug builds: report a buffer that is no lowmem, or a wrong direction. */
bool dma_single_bad(struct device *dev, const void *ptr, size_t size,
		    enum dma_data_direction dir);
dma_addr_t dma_unreachable(struct device *dev, phys_addr_t phys, size_t size);

/* Lend size bytes at a physical address; the error value if out of reach. */
static inline dma_addr_t dma_map_phys(struct device *dev, phys_addr_t phys,
				      size_t size)
{
	if (unlikely(phys + size - 1 > dma_get_mask(dev)))
		return dma_unreachable(dev, phys, size);
	return phys;
}

/* Lend size bytes of lowmem. The device's until it is unmapped. */
static inline dma_addr_t dma_map_single(struct device *dev, void *ptr,
					size_t size,
					enum dma_data_direction dir)
{
	if (IS_ENABLED(CONFIG_DEBUG) && dma_single_bad(dev, ptr, size, dir))
		return DMA_MAPPING_ERROR;
	return dma_map_phys(dev, virt_to_phys(ptr), size);
}

/* Lend part of a page, highmem too. */
static inline dma_addr_t dma_map_page(struct device *dev, struct page *page,
				      size_t offset, size_t size,
				      enum dma_data_direction dir)
{
	return dma_map_phys(dev, page_to_phys(page) + offset, size);
}

/* Take it back. Caches are coherent, so no work remains to be done. */
static inline void dma_unmap_single(struct device *dev, dma_addr_t addr,
				    size_t size, enum dma_data_direction dir)
{
	barrier();
}

static inline void dma_unmap_page(struct device *dev, dma_addr_t addr,
				  size_t size, enum dma_data_direction dir)
{
	barrier();
}

/* Let the CPU, or the device, look at a mapped buffer in between. */
static inline void dma_sync_single_for_cpu(struct device *dev, dma_addr_t addr,
					   size_t size,
					   enum dma_data_direction dir)
{
	barrier();
}

static inline void dma_sync_single_for_device(struct device *dev,
					      dma_addr_t addr, size_t size,
					      enum dma_data_direction dir)
{
	barrier();
}

/*
 * size bytes in a row within the coherent mask, zeroed, page-aligned; the
 * device's address in *handle. NULL without memory. Free with the same size.
 */
void *dma_alloc_coherent(struct device *dev, size_t size, dma_addr_t *handle,
			 gfp_t gfp);
void dma_free_coherent(struct device *dev, size_t size, void *cpu_addr,
		       dma_addr_t handle);

#endif
