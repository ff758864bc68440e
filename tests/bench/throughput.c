// SPDX-License-Identifier: MIT
/*
 * What the allocators cost when all CPUs use them at once, and how much of that
 * is waiting for the locks that they share.
 *
 * A pair that a CPU's own list serves takes no shared lock (page_pair_N_cpus).
 * Here each CPU takes and gives back more than its lists hold, so that they are
 * refilled and drained all the time, under zone->lock and the list_lock of the
 * cache. NAME is the time of all until the last is done, per pair; NAME.wait is
 * how much of that the mean CPU spent waiting for locks, NAME.work the rest.
 */
#include "on_cpus.h"

#include <asm/tsc.h>
#include <linux/gfp.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#define BATCH	512
#define ROUNDS	20
#define CPUS	8

static void *held[CPUS][BATCH];
static struct kmem_cache *cache;

static int page_batches(void *cpu)
{
	void **page = held[(unsigned long)cpu];
	unsigned int i, round;

	for (round = 0; round < ROUNDS; round++) {
		for (i = 0; i < BATCH; i++)
			page[i] = alloc_page(GFP_KERNEL);
		for (i = 0; i < BATCH; i++)
			if (page[i])
				__free_page(page[i]);
	}
	one_more_done();
	return 0;
}

static int slab_batches(void *cpu)
{
	void **object = held[(unsigned long)cpu];
	unsigned int i, round;

	for (round = 0; round < ROUNDS; round++) {
		for (i = 0; i < BATCH; i++)
			object[i] = kmem_cache_alloc(cache, GFP_KERNEL);
		for (i = 0; i < BATCH; i++)
			if (object[i])
				kmem_cache_free(cache, object[i]);
	}
	one_more_done();
	return 0;
}

static u64 waited(void)
{
	unsigned int cpu;
	u64 cycles = 0;

	for_each_online_cpu(cpu)
		cycles += spin_wait_cycles(cpu);
	return cycles;
}

/* A thread on each of nr CPUs; both parts are per pair. */
static void on_cpus(struct bench *b, unsigned int nr, int (*fn)(void *))
{
	unsigned long pairs = (unsigned long)nr * ROUNDS * BATCH;
	u64 all, wait;

	if (!has_cpus(b, nr))
		return;
	wait = waited();
	all = get_cycles();
	run_on_cpus(b, nr, fn);
	all = get_cycles() - all;
	/* of the time of nr CPUs, which is nr times as long */
	wait = min(div_u64(waited() - wait, nr), all);
	bench_add(b, "work", all - wait, pairs);
	bench_add(b, "wait", wait, pairs);
}

static void page_throughput(struct bench *b)
{
	on_cpus(b, b->arg, page_batches);
}
BENCH_ARG(page_throughput_1, 1, page_throughput, 1);
BENCH_ARG(page_throughput_2, 1, page_throughput, 2);
BENCH_ARG(page_throughput_4, 1, page_throughput, 4);
BENCH_ARG(page_throughput_8, 1, page_throughput, 8);

static void slab_throughput(struct bench *b)
{
	cache = kmem_cache_create("throughput", 64, 0, 0, NULL);
	if (!cache) {
		bench_skip(b, "no memory for a cache");
		return;
	}
	on_cpus(b, b->arg, slab_batches);
	kmem_cache_destroy(cache);
}
BENCH_ARG(slab_throughput_1, 1, slab_throughput, 1);
BENCH_ARG(slab_throughput_2, 1, slab_throughput, 2);
BENCH_ARG(slab_throughput_4, 1, slab_throughput, 4);
BENCH_ARG(slab_throughput_8, 1, slab_throughput, 8);
