// SPDX-License-Identifier: MIT
/* What DMA memory costs: lending a buffer, coherent memory, pools. */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/slab.h>
#include <quire/bench.h>

static u64 bench_mask = DMA_BIT_MASK(32);

static struct device bench_dev = {
	.init_name = "bench-dev",
	.dma_mask = &bench_mask,
	.coherent_dma_mask = DMA_BIT_MASK(32),
};

BENCH(dma_map_single_pair, 100000)
{
	void *buf = kmalloc(512, GFP_KERNEL);

	bench_loop(b) {
		dma_addr_t addr =
			dma_map_single(&bench_dev, buf, 512, DMA_TO_DEVICE);

		dma_mapping_error(&bench_dev, addr);
		dma_unmap_single(&bench_dev, addr, 512, DMA_TO_DEVICE);
	}
	kfree(buf);
}

BENCH(dma_alloc_coherent_4096, 10000)
{
	dma_addr_t handle;

	bench_loop(b) {
		void *addr = dma_alloc_coherent(&bench_dev, 4096, &handle,
						GFP_KERNEL);

		dma_free_coherent(&bench_dev, 4096, addr, handle);
	}
}

BENCH(dma_pool_pair, 100000)
{
	struct dma_pool *pool = dma_pool_create("bench", &bench_dev, 64, 64, 0);
	dma_addr_t handle;

	bench_loop(b) {
		void *addr = dma_pool_alloc(pool, GFP_KERNEL, &handle);

		dma_pool_free(pool, addr, handle);
	}
	dma_pool_destroy(pool);
}
