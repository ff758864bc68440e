// SPDX-License-Identifier: MIT
/*
 * Fuzz target "pools": mempool and dmapool.
 *
 * Bytes: the shape of two pools (size, alignment, boundary of the dmapool; how
 * many elements the mempool keeps), then steps:
 *
 *	0-2	a block of the dmapool, zeroed or not
 *	3-4	give one back
 *	5	misuse: give one back twice, or an address that is no block
 *	6-9	an element of the mempool; its allocator may fail, as the bytes
 *		say
 *	10-13	give one back
 *	14	change how many it keeps
 *	15	look at everything
 *
 * The model: who has which block, and the value of its bytes; how many
 * elements the mempool must have in reserve.
 *
 * After every step: no two blocks overlap; each is aligned, crosses no
 * boundary, has the bus address of its address, and its bytes; the reserve is
 * touched only where the allocator fails, refilled first, and NULL comes only
 * when it is empty; elements of the allocator = out + in reserve.
 */
#include "fuzz.h"

#include <asm/page.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/kernel.h>
#include <linux/mempool.h>
#include <linux/slab.h>
#include <linux/string.h>

#define BLOCKS		48
#define ELEMENT_SIZE	40

struct block {
	u8 *p;
	dma_addr_t dma;
	u8 value;
};

static struct device device = { .init_name = "fuzz",
				.coherent_dma_mask = DMA_BIT_MASK(32) };
static struct dma_pool *pool;
static size_t size, align, boundary;
static struct block blocks[BLOCKS];
static unsigned int nr_blocks;

static mempool_t *elements;
static u8 *out[BLOCKS];
static unsigned int nr_out;
static int made, keep, reserve;	/* by the allocator; wanted; there */
static bool fail;

/* --- dmapool --- */

static void make_pool(struct fuzz_input *in)
{
	size = 1 + fuzz_u16(in) % 6000;
	align = 1UL << fuzz_below(in, 13);
	boundary = fuzz_u8(in) % 2 ? 1UL << fuzz_below(in, 16) : 0;
	pool = dma_pool_create("fuzz", &device, size, align, boundary);
	fuzz_check(pool || (boundary &&
			    boundary < ALIGN(max_t(size_t, size, 8), align)),
		   "size %zu align %zu boundary %zu", size, align, boundary);
}

static void block_check(const struct block *b)
{
	fuzz_check(!memchr_inv(b->p, b->value, size), "%p, %zu bytes", b->p,
		   size);
}

static void step_block(struct fuzz_input *in)
{
	u8 how = fuzz_u8(in);
	unsigned int i;
	struct block b;

	if (!pool || nr_blocks == BLOCKS)
		return;
	b.value = how;
	b.p = how & 1 ? dma_pool_zalloc(pool, GFP_KERNEL, &b.dma) :
			dma_pool_alloc(pool, GFP_KERNEL, &b.dma);
	fuzz_check(b.p, "no memory");
	fuzz_check(b.dma == virt_to_phys(b.p), "%p, bus %#x", b.p, b.dma);
	fuzz_check(!(b.dma % align), "%#x, to %zu", b.dma, align);
	fuzz_check(!boundary ||
			   b.dma / boundary == (b.dma + size - 1) / boundary,
		   "%#x, %zu bytes, across %zu", b.dma, size, boundary);
	fuzz_check(!(how & 1) || !memchr_inv(b.p, 0, size), "%p", b.p);
	for (i = 0; i < nr_blocks; i++)
		fuzz_check(b.p + size <= blocks[i].p ||
				   blocks[i].p + size <= b.p,
			   "%p and %p", b.p, blocks[i].p);
	memset(b.p, b.value, size);
	blocks[nr_blocks++] = b;
}

static struct block block_take(unsigned int i)
{
	struct block b = blocks[i];

	block_check(&b);
	blocks[i] = blocks[--nr_blocks];
	return b;
}

static void step_block_free(struct fuzz_input *in)
{
	struct block b;

	if (!nr_blocks)
		return;
	b = block_take(fuzz_below(in, nr_blocks));
	dma_pool_free(pool, b.p, b.dma);
}

static bool is_block(const u8 *p)
{
	unsigned int i;

	for (i = 0; i < nr_blocks; i++)
		if (blocks[i].p == p)
			return true;
	return false;
}

static void step_block_misuse(struct fuzz_input *in)
{
	int beside, row = ALIGN(max_t(size_t, size, 8), align);
	struct block b;

	if (!nr_blocks)
		return;
	b = blocks[fuzz_below(in, nr_blocks)];
	beside = fuzz_u8(in) - 128;
	beside = beside & 1 ? beside * 37 : beside / 2 * row;
	if (!beside) {
		step_block_free(in);
	} else {
		b.p += beside;
		b.dma += beside;
	}
	if (is_block(b.p))
		return;
	fuzz_misuse_begin();
	dma_pool_free(pool, b.p, b.dma);
	fuzz_misuse_end("dma_pool_free of no block in use");
}

/* --- mempool --- */

static void *element_alloc(gfp_t gfp, void *unused)
{
	void *p = fail ? NULL : kmalloc(ELEMENT_SIZE, gfp);

	made += p != NULL;
	return p;
}

static void element_free(void *p, void *unused)
{
	made--;
	kfree(p);
}

static void make_elements(struct fuzz_input *in)
{
	keep = 1 + fuzz_below(in, 12);
	made = 0;
	fail = false;
	elements = mempool_create(keep, element_alloc, element_free, NULL);
	fuzz_check(elements, "no memory");
	reserve = keep;
}

static void step_element(struct fuzz_input *in)
{
	bool want;
	u8 *p;

	fail = fuzz_u8(in) % 2;
	if (nr_out == BLOCKS)
		return;
	want = !fail || reserve;
	p = mempool_alloc(elements, GFP_NOWAIT);
	fuzz_check(!p == !want, "%p, %d in reserve", p, reserve);
	reserve -= fail && p;
	if (!p)
		return;
	memset(p, nr_out, ELEMENT_SIZE);
	out[nr_out++] = p;
}

static void step_element_free(struct fuzz_input *in)
{
	u8 *p;

	if (!nr_out)
		return;
	p = out[--nr_out];
	fuzz_check(!memchr_inv(p, nr_out, ELEMENT_SIZE), "%p", p);
	mempool_free(p, elements);
	reserve += reserve < keep;
}

static void step_resize(struct fuzz_input *in)
{
	int want = 1 + fuzz_below(in, 20);

	fail = fuzz_u8(in) % 2;
	fuzz_check(!mempool_resize(elements, want), "to %d", want);
	keep = want;
	reserve = fail ? min(reserve, keep) : keep;
}

static void step_look(struct fuzz_input *in)
{
	unsigned int i;

	for (i = 0; i < nr_blocks; i++)
		block_check(&blocks[i]);
	for (i = 0; i < nr_out; i++)
		fuzz_check(!memchr_inv(out[i], i, ELEMENT_SIZE), "%p", out[i]);
}

/* --- the whole --- */

static void step(struct fuzz_input *in)
{
	static void (*const steps[])(struct fuzz_input *) = {
		[0 ... 2] = step_block, [3 ... 4] = step_block_free,
		[5] = step_block_misuse, [6 ... 9] = step_element,
		[10 ... 13] = step_element_free, [14] = step_resize,
		[15] = step_look,
	};

	steps[fuzz_below(in, ARRAY_SIZE(steps))](in);
	fuzz_check(elements->curr_nr == reserve && elements->min_nr == keep,
		   "%d of %d in reserve, not %d of %d", elements->curr_nr,
		   elements->min_nr, reserve, keep);
	fuzz_check(made == (int)nr_out + reserve, "%d made, %u out, %d here",
		   made, nr_out, reserve);
}

static void run(struct fuzz_input *in)
{
	make_pool(in);
	make_elements(in);
	while (fuzz_left(in))
		step(in);
	step_look(in);
	while (nr_blocks)
		step_block_free(in);
	while (nr_out)
		step_element_free(in);
	dma_pool_destroy(pool);
	mempool_destroy(elements);
	fuzz_check(!made, "%d", made);
}

const struct fuzz_target fuzz_pools = { .name = "pools", .run = run };
