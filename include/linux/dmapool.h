/* SPDX-License-Identifier: MIT */
/*
 * Small pieces of coherent memory, such as a controller's descriptors.
 */
#ifndef _LINUX_DMAPOOL_H
#define _LINUX_DMAPOOL_H

#include <linux/device.h>
#include <linux/gfp_types.h>

struct dma_pool;

/*
 * A pool of blocks of size bytes, aligned to align (a power of two; 0: none),
 * none of which crosses a multiple of boundary (a power of two, 0: any). NULL
 * for wrong parameters or without memory. May sleep. name is copied.
 */
struct dma_pool *dma_pool_create(const char *name, struct device *dev,
				 size_t size, size_t align, size_t boundary);

/* Ends a pool; NULL is fine. Blocks in use are reported and leaked. */
void dma_pool_destroy(struct dma_pool *pool);

/*
 * A block, its bus address in *handle, or NULL. Sleeps only as mem_flags say.
 * Contents: undefined, or zeroes.
 */
void *dma_pool_alloc(struct dma_pool *pool, gfp_t mem_flags,
		     dma_addr_t *handle);
void *dma_pool_zalloc(struct dma_pool *pool, gfp_t mem_flags,
		      dma_addr_t *handle);

/* Give a block back. Any context. */
void dma_pool_free(struct dma_pool *pool, void *vaddr, dma_addr_t addr);

#endif
