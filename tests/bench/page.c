// SPDX-License-Identifier: MIT
/*
 * What pages cost: a pair (allocate, free at once) of each order, and 4096
 * single pages allocated one after the other and then freed in the same
 * order, in reverse, or at random.
 */
#include <linux/compiler.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <quire/bench.h>

#define BATCH		4096
#define ROUNDS		8

static struct page *pages[BATCH];
static unsigned short sequence[BATCH];

static bool no_highmem(struct bench *b)
{
	if (totalhigh_pages())
		return false;
	bench_skip(b, "no highmem");
	return true;
}

/*
 * In whatever state the free lists are: where no block of the order is free
 * a pair halves a larger one, down to the order, and merges it again.
 */
static void page_pair(struct bench *b)
{
	unsigned int order = b->arg;
	struct page *page;

	OPTIMIZER_HIDE_VAR(order);
	page = alloc_pages(GFP_KERNEL, order);
	if (!page) {
		bench_skip(b, "no block of this order");
		return;
	}
	__free_pages(page, order);
	bench_loop(b)
		__free_pages(alloc_pages(GFP_KERNEL, order), order);
}
BENCH_ARG(page_pair_o0, 20000, page_pair, 0);
BENCH_ARG(page_pair_o1, 20000, page_pair, 1);
BENCH_ARG(page_pair_o2, 20000, page_pair, 2);
BENCH_ARG(page_pair_o3, 20000, page_pair, 3);
BENCH_ARG(page_pair_o4, 5000, page_pair, 4);
BENCH_ARG(page_pair_o5, 5000, page_pair, 5);
BENCH_ARG(page_pair_o6, 5000, page_pair, 6);
BENCH_ARG(page_pair_o7, 5000, page_pair, 7);
BENCH_ARG(page_pair_o8, 5000, page_pair, 8);
BENCH_ARG(page_pair_o9, 5000, page_pair, 9);
BENCH_ARG(page_pair_o10, 5000, page_pair, 10);

BENCH(page_pair_o0_highuser, 20000)
{
	if (no_highmem(b))
		return;
	bench_loop(b)
		__free_page(alloc_page(GFP_HIGHUSER));
}

BENCH(get_free_page_pair, 20000)
{
	bench_loop(b)
		free_page(__get_free_page(GFP_KERNEL));
}

BENCH(page_zeroed, 5000)
{
	bench_loop(b)
		free_page(get_zeroed_page(GFP_KERNEL));
}

enum batch_kind { FIFO, LIFO, RANDOM };

/* A permutation by a fixed generator: the same on every run. */
static void shuffle(void)
{
	u32 seed = 12345;
	int i;

	for (i = BATCH - 1; i > 0; i--) {
		seed = seed * 1103515245 + 12345;
		swap(sequence[i], sequence[(seed >> 8) % (i + 1)]);
	}
}

static void make_sequence(enum batch_kind kind)
{
	int i;

	for (i = 0; i < BATCH; i++)
		sequence[i] = kind == LIFO ? BATCH - 1 - i : i;
	if (kind == RANDOM)
		shuffle();
}

/*
 * The pointers are put in the order of freeing before the clock starts, so
 * that the three kinds cost the same but for the allocator.
 */
static void reorder(void)
{
	static struct page *ordered[BATCH];
	int i;

	for (i = 0; i < BATCH; i++)
		ordered[i] = pages[sequence[i]];
	for (i = 0; i < BATCH; i++)
		pages[i] = ordered[i];
}

static void batch_round(struct bench *b, gfp_t gfp)
{
	int i;

	bench_for(b, "alloc", i, BATCH)
		pages[i] = alloc_page(gfp);
	reorder();
	bench_for(b, "free", i, BATCH)
		__free_page(pages[i]);
}

static void page_batch(struct bench *b, gfp_t gfp)
{
	unsigned long round;

	if (nr_free_pages() < 2 * BATCH) {
		bench_skip(b, "not enough memory");
		return;
	}
	make_sequence(b->arg);
	for (round = 0; round < b->iterations; round++)
		batch_round(b, gfp);
}

static void page_batch_kernel(struct bench *b)
{
	page_batch(b, GFP_KERNEL);
}
BENCH_ARG(page_batch_o0_fifo, ROUNDS, page_batch_kernel, FIFO);
BENCH_ARG(page_batch_o0_lifo, ROUNDS, page_batch_kernel, LIFO);
BENCH_ARG(page_batch_o0_rand, ROUNDS, page_batch_kernel, RANDOM);

static void page_batch_highuser(struct bench *b)
{
	if (!no_highmem(b))
		page_batch(b, GFP_HIGHUSER);
}
BENCH_ARG(page_batch_o0_highuser_fifo, ROUNDS, page_batch_highuser, FIFO);
BENCH_ARG(page_batch_o0_highuser_lifo, ROUNDS, page_batch_highuser, LIFO);
BENCH_ARG(page_batch_o0_highuser_rand, ROUNDS, page_batch_highuser, RANDOM);
