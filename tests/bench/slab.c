// SPDX-License-Identifier: MIT
/*
 * What objects cost: caches, kmalloc(), pools. A pair is an allocation and a
 * free at once; a batch allocates BATCH objects, then frees them in the same
 * order (fifo), in reverse (lifo) or in a random one (rand).
 */
#include <linux/compiler.h>
#include <linux/kernel.h>
#include <linux/mempool.h>
#include <linux/slab.h>
#include <quire/bench.h>

#define BATCH	4096
#define LIVE	1024

static void *objects[BATCH];
static unsigned short order[BATCH];

/* Equal in every run: a figure must repeat. */
static u32 random_state;

static inline u32 bench_random(void)
{
	random_state = random_state * 1664525 + 1013904223;
	return random_state >> 8;
}

/* A value that the compiler does not know when compiling. */
static inline size_t opaque(size_t value)
{
	OPTIMIZER_HIDE_VAR(value);
	return value;
}

BENCH(kmem_pair_64, 100000)
{
	struct kmem_cache *cachep = kmem_cache_create("bench", 64, 0, 0, NULL);

	bench_loop(b)
		kmem_cache_free(cachep, kmem_cache_alloc(cachep, GFP_KERNEL));
	kmem_cache_destroy(cachep);
}

enum { FIFO, LIFO, RAND };

static void set_order(unsigned long kind)
{
	unsigned int i, other;

	random_state = 1;
	for (i = 0; i < BATCH; i++)
		order[i] = kind == LIFO ? BATCH - 1 - i : i;
	for (i = BATCH - 1; kind == RAND && i > 0; i--) {
		other = bench_random() % (i + 1);
		swap(order[i], order[other]);
	}
}

static void kmem_batch(struct bench *b)
{
	struct kmem_cache *cachep = kmem_cache_create("bench", 64, 0, 0, NULL);
	unsigned long i, round;

	set_order(b->arg);
	for (round = 0; round < b->iterations / BATCH; round++) {
		bench_for(b, "alloc", i, BATCH)
			objects[i] = kmem_cache_alloc(cachep, GFP_KERNEL);
		bench_for(b, "free", i, BATCH)
			kmem_cache_free(cachep, objects[order[i]]);
	}
	kmem_cache_destroy(cachep);
}

BENCH_ARG(kmem_batch_64_fifo, 10 * BATCH, kmem_batch, FIFO);
BENCH_ARG(kmem_batch_64_lifo, 10 * BATCH, kmem_batch, LIFO);
BENCH_ARG(kmem_batch_64_rand, 10 * BATCH, kmem_batch, RAND);

/*
 * For blocks of pages: the state in which one of this size (a power of two)
 * is free as it is, so that the figure has no halving and merging in it. As
 * fix_state() of page.c. Returns how many are held in objects[].
 */
static int fix_state(size_t size)
{
	int n;

	for (n = 0; n < BATCH; n++) {
		objects[n] = kmalloc(size, GFP_KERNEL);
		if (!objects[n])
			break;
		if (n && objects[n] == objects[n - 1] + size &&
		    !((unsigned long)objects[n - 1] & size)) {
			kfree(objects[n]);
			break;
		}
	}
	return n;
}

static void kmalloc_pair(struct bench *b)
{
	size_t size = opaque(b->arg);
	int held = 0;

	if (size > KMALLOC_MAX_CACHE_SIZE)
		held = fix_state(size);
	bench_loop(b)
		kfree(kmalloc(size, GFP_KERNEL));
	while (held--)
		kfree(objects[held]);
}

#define KMALLOC_PAIR(size) \
	BENCH_ARG(kmalloc_pair_##size, 50000, kmalloc_pair, size)
KMALLOC_PAIR(8);
KMALLOC_PAIR(16);
KMALLOC_PAIR(32);
KMALLOC_PAIR(64);
KMALLOC_PAIR(96);
KMALLOC_PAIR(128);
KMALLOC_PAIR(192);
KMALLOC_PAIR(256);
KMALLOC_PAIR(512);
KMALLOC_PAIR(1024);
KMALLOC_PAIR(2048);
KMALLOC_PAIR(4096);
KMALLOC_PAIR(8192);
KMALLOC_PAIR(131072);

BENCH(kmalloc_const_64, 100000)
{
	bench_loop(b)
		kfree(kmalloc(64, GFP_KERNEL));
}

BENCH(kzalloc_256, 50000)
{
	size_t size = opaque(256);

	bench_loop(b)
		kfree(kzalloc(size, GFP_KERNEL));
}

BENCH(kzalloc_const_256, 50000)
{
	bench_loop(b)
		kfree(kzalloc(256, GFP_KERNEL));
}

/* The slot and the size of the next step of kmalloc_mixed. */
static inline unsigned int next_slot(size_t *size)
{
	*size = 8 + bench_random() % (4096 - 8 + 1);
	return bench_random() % LIVE;
}

/* One slot of LIVE is replaced per step; what choosing costs is taken off. */
BENCH(kmalloc_mixed, 50000)
{
	unsigned long i;
	unsigned int slot;
	size_t size;

	random_state = 1;
	for (i = 0; i < LIVE; i++) {
		next_slot(&size);
		objects[i] = kmalloc(size, GFP_KERNEL);
	}
	bench_for(b, NULL, i, b->iterations) {
		slot = next_slot(&size);
		kfree(objects[slot]);
		objects[slot] = kmalloc(size, GFP_KERNEL);
	}
	bench_for(b, BENCH_SUBTRACT, i, b->iterations) {
		slot = next_slot(&size);
		OPTIMIZER_HIDE_VAR(slot);
		OPTIMIZER_HIDE_VAR(size);
	}
	for (i = 0; i < LIVE; i++)
		kfree(objects[i]);
}

BENCH(mempool_pair, 50000)
{
	mempool_t *pool = mempool_create_kmalloc_pool(4, 128);

	bench_loop(b)
		mempool_free(mempool_alloc(pool, GFP_KERNEL), pool);
	mempool_destroy(pool);
}
