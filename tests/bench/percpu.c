// SPDX-License-Identifier: MIT
/* What per-CPU memory costs: to have, and to count in. */
#include <linux/percpu.h>
#include <linux/percpu_counter.h>
#include <quire/bench.h>

static void alloc_free(struct bench *b)
{
	bench_loop(b)
		free_percpu(__alloc_percpu(b->arg, 4));
}
BENCH_ARG(percpu_alloc_free, 20000, alloc_free, 4);
BENCH_ARG(percpu_alloc_free_256, 20000, alloc_free, 256);

/* One addition to memory that was allocated. */
BENCH(percpu_inc, 100000)
{
	unsigned int __percpu *p = alloc_percpu(unsigned int);

	if (!p) {
		bench_skip(b, "no memory");
		return;
	}
	bench_loop(b)
		this_cpu_inc(*p);
	free_percpu(p);
}

BENCH(percpu_counter_add, 100000)
{
	struct percpu_counter counter;

	if (percpu_counter_init(&counter, 0, GFP_KERNEL)) {
		bench_skip(b, "no memory");
		return;
	}
	bench_loop(b)
		percpu_counter_add(&counter, 1);
	percpu_counter_destroy(&counter);
}
