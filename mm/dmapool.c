// SPDX-License-Identifier: MIT
/*
 * DMA pools: small blocks of coherent memory.
 *
 * A controller wants many descriptors of, say, 32 bytes, each aligned and
 * none crossing a page. A pool takes coherent memory in pieces ("slices" of
 * the boundary's size, at least a page) and cuts each into blocks:
 *
 *	pool->free --> block --> block --> block --> NULL
 *	               |   in a free block: next, and its bus address
 *
 *	slice          [block|block|block|...|block|rest]
 *	               each boundary's stretch begins a new row of blocks, so
 *	               that none crosses it
 *
 * Blocks are given out last in, first out, which keeps them in the cache. The
 * memory stays with the pool until it is destroyed.
 *
 * L1  A free block begins with its dma_block; nr_used counts the others.
 * L2  In debug builds the rest of a free block is DMA_POOL_FREED bytes.
 *
 * Lock: pool->lock, with interrupts off: blocks may be taken and given back
 * in interrupt handlers. A slice is allocated outside of it.
 *
 * Cost: a list pop or push each.
 *
 * Differs from Linux: the poison is checked when a block is given out again,
 * and says at which byte it was written to. Linux: mm/dmapool.c.
 */
#include <linux/dmapool.h>

#include <linux/bug.h>
#include <linux/dma-mapping.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "irq_lock.h"

#define DMA_POOL_FREED 0xa7

/* In each free block. */
struct dma_block {
	struct dma_block *next;
	dma_addr_t dma;
};

/* One piece of coherent memory. */
struct dma_slice {
	struct list_head list;		/* [l] pool->slices */
	void *vaddr;
	dma_addr_t dma;
};

struct dma_pool {
	spinlock_t lock;		/* [l] */
	struct dma_block *free;		/* [l] */
	unsigned int nr_used;		/* [l] blocks given out */
	struct list_head slices;	/* [l] */
	size_t size;			/* bytes from block to block */
	size_t allocation;		/* bytes of a slice */
	size_t boundary;		/* bytes no block may cross */
	struct device *dev;
	char name[32];
};

struct dma_pool *dma_pool_create(const char *name, struct device *dev,
				 size_t size, size_t align, size_t boundary)
{
	struct dma_pool *pool;
	size_t allocation;

	align = align ? align : 1;
	if (!size || size > KMALLOC_MAX_SIZE || !is_power_of_2(align))
		return NULL;
	size = ALIGN(max(size, sizeof(struct dma_block)), align);
	allocation = max_t(size_t, size, PAGE_SIZE);
	if (boundary && (!is_power_of_2(boundary) || boundary < size))
		return NULL;
	if (align > PAGE_SIZE)
		return NULL;
	pool = kmalloc(sizeof(*pool), GFP_KERNEL);
	if (!pool)
		return NULL;
	spin_lock_init(&pool->lock);
	INIT_LIST_HEAD(&pool->slices);
	pool->free = NULL;
	pool->nr_used = 0;
	pool->size = size;
	pool->allocation = allocation;
	pool->boundary = boundary ? min(boundary, allocation) : allocation;
	pool->dev = dev;
	strscpy(pool->name, name, sizeof(pool->name));
	return pool;
}

static void block_poison(struct dma_pool *pool, struct dma_block *block)
{
	if (IS_ENABLED(CONFIG_DEBUG))
		memset(block + 1, DMA_POOL_FREED, pool->size - sizeof(*block));
}

/* L2, when a block is given out: who wrote to it while it was free? */
static void block_check(struct dma_pool *pool, struct dma_block *block)
{
	const void *end = (char *)block + pool->size;
	const void *bad;

	if (!IS_ENABLED(CONFIG_DEBUG))
		return;
	bad = memchr_inv(block + 1, DMA_POOL_FREED,
			 pool->size - sizeof(*block));
	WARN(bad, "dma_pool %s: free block %p was written to at %p of %p\n",
	     pool->name, block, bad, end);
}

/* Cut a new slice into blocks, and put them on the free list. */
static void slice_cut(struct dma_pool *pool, struct dma_slice *slice)
{
	size_t offset = 0, row_end = pool->boundary;
	struct dma_block *block;

	while (offset + pool->size <= pool->allocation) {
		if (offset + pool->size > row_end) {
			offset = row_end;
			row_end += pool->boundary;
			continue;
		}
		block = slice->vaddr + offset;
		block->dma = slice->dma + offset;
		block->next = pool->free;
		pool->free = block;
		block_poison(pool, block);
		offset += pool->size;
	}
}

static bool pool_grow(struct dma_pool *pool, gfp_t gfp)
{
	struct dma_slice *slice = kmalloc(sizeof(*slice), gfp & ~__GFP_ZERO);
	unsigned long flags;

	if (!slice)
		return false;
	slice->vaddr = dma_alloc_coherent(pool->dev, pool->allocation,
					  &slice->dma, gfp);
	if (!slice->vaddr) {
		kfree(slice);
		return false;
	}
	irq_lock_save(&pool->lock, flags);
	list_add(&slice->list, &pool->slices);
	slice_cut(pool, slice);
	irq_unlock_restore(&pool->lock, flags);
	return true;
}

void *dma_pool_alloc(struct dma_pool *pool, gfp_t mem_flags, dma_addr_t *handle)
{
	struct dma_block *block;
	unsigned long flags;

	might_sleep_if(gfpflags_allow_blocking(mem_flags));
	for (;;) {
		irq_lock_save(&pool->lock, flags);
		block = pool->free;
		if (likely(block)) {
			pool->free = block->next;
			pool->nr_used++;
		}
		irq_unlock_restore(&pool->lock, flags);
		if (likely(block))
			break;
		if (!pool_grow(pool, mem_flags))
			return NULL;
	}
	block_check(pool, block);
	*handle = block->dma;
	if (mem_flags & __GFP_ZERO)
		memset(block, 0, pool->size);
	return block;
}

void *dma_pool_zalloc(struct dma_pool *pool, gfp_t mem_flags,
		      dma_addr_t *handle)
{
	return dma_pool_alloc(pool, mem_flags | __GFP_ZERO, handle);
}

/* Whether the block is of this pool, at that bus address, and not free. */
static bool block_is_used(struct dma_pool *pool, const void *vaddr,
			  dma_addr_t dma)
{
	struct dma_slice *slice;
	struct dma_block *block;
	bool inside = false;

	list_for_each_entry(slice, &pool->slices, list) {
		size_t offset = (char *)vaddr - (char *)slice->vaddr;
		size_t in_row = offset % pool->boundary;

		/* a row's end may be too short for a block */
		if (offset < pool->allocation && dma == slice->dma + offset)
			inside = in_row % pool->size == 0 &&
				 in_row + pool->size <= pool->boundary;
	}
	for (block = pool->free; block; block = block->next) {
		if (block == vaddr)
			return false;
	}
	return inside;
}

void dma_pool_free(struct dma_pool *pool, void *vaddr, dma_addr_t addr)
{
	struct dma_block *block = vaddr;
	unsigned long flags;
	bool wrong;

	irq_lock_save(&pool->lock, flags);
	wrong = IS_ENABLED(CONFIG_DEBUG) && !block_is_used(pool, vaddr, addr);
	if (likely(!wrong)) {
		block->dma = addr;
		block->next = pool->free;
		pool->free = block;
		pool->nr_used--;
		block_poison(pool, block);
	}
	irq_unlock_restore(&pool->lock, flags);
	WARN(wrong, "dma_pool_free %s: %p at %x is no block in use\n",
	     pool->name, vaddr, addr);
}

void dma_pool_destroy(struct dma_pool *pool)
{
	struct dma_slice *slice, *next;

	if (!pool)
		return;
	if (WARN(pool->nr_used, "dma_pool_destroy %s: %u blocks are in use\n",
		 pool->name, pool->nr_used))
		return;
	list_for_each_entry_safe(slice, next, &pool->slices, list) {
		dma_free_coherent(pool->dev, pool->allocation, slice->vaddr,
				  slice->dma);
		kfree(slice);
	}
	kfree(pool);
}
