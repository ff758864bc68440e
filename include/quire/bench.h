/* SPDX-License-Identifier: MIT */
/*
 * Benches: small loops whose cost is counted in guest instructions.
 *
 * Under QEMU's -icount shift=0 the TSC advances by one per instruction, so
 * a figure is exact and repeats. One bench:
 *
 *	BENCH(page_pair_o0, 100000)
 *	{
 *		... prepare; this is not counted ...
 *		bench_loop(b)
 *			__free_page(alloc_page(GFP_KERNEL));
 *		... clean up ...
 *	}
 *
 * One function for several benches, told apart by an argument:
 *
 *	static void page_pair(struct bench *b)
 *	{
 *		unsigned int order = b->arg;
 *		...
 *	}
 *	BENCH_ARG(page_pair_o1, 50000, page_pair, 1);
 *	BENCH_ARG(page_pair_o2, 50000, page_pair, 2);
 *
 * A bench in parts prints NAME.alloc, NAME.free and their sum as NAME; a
 * part that is timed several times is the mean of all:
 *
 *	bench_for(b, "alloc", i, 4096)
 *		page[i] = alloc_page(GFP_KERNEL);
 *	bench_for(b, "free", i, 4096)
 *		__free_page(page[i]);
 *
 * The output is one line each: "# bench: NAME INSNS_PER_OP ITERATIONS". Each
 * bench runs twice, the second run counts. The two or three instructions of
 * the loop itself are part of the figure. docs/benches.md tells more.
 */
#ifndef _QUIRE_BENCH_H
#define _QUIRE_BENCH_H

#include <linux/types.h>

#define BENCH_PARTS 6

/* The part whose cost is taken off the sum instead of being added to it. */
#define BENCH_SUBTRACT "-"

struct bench_part {
	const char *name; /* NULL: the whole bench */
	u64 cycles;
	unsigned long ops;
};

/* One run of a bench. */
struct bench {
	const char *name;
	unsigned long iterations; /* operations to do */
	unsigned long arg;        /* from BENCH_ARG */
	const char *skip;         /* not NULL: why there is no result */
	struct bench_part part[BENCH_PARTS];
	unsigned int nr_parts;
	struct bench_part *running; /* between start and stop */
	u64 started;                /* TSC at the start of running */
};

/* What the section .bench points to. */
struct bench_entry {
	const char *name;
	void (*run)(struct bench *b);
	unsigned long iterations;
	unsigned long arg;
};

/* Not reordered: benches run in the order of their source file. */
#define BENCH_ARG(_name, _iterations, _run, _arg)                  \
	static const struct bench_entry __bench_entry_##_name = {  \
		.name = #_name,                                    \
		.run = _run,                                       \
		.iterations = _iterations,                         \
		.arg = _arg,                                       \
	};                                                         \
	static const struct bench_entry *const __bench_ptr_##_name \
		__attribute__((__used__, __no_reorder__,           \
			       __section__(".bench"))) =           \
			&__bench_entry_##_name

#define BENCH(_name, _iterations)                        \
	static void bench_##_name(struct bench *b);      \
	BENCH_ARG(_name, _iterations, bench_##_name, 0); \
	static void bench_##_name(struct bench *b)

/* Repeats the statement b->iterations times and counts its instructions. */
#define bench_loop(b)                                                          \
	for (unsigned long bench_left = bench_start(b, NULL, (b)->iterations); \
	     bench_left || bench_stop(b); bench_left--)

/* The same with a counter i from 0 to n - 1 and the name of a part. */
#define bench_for(b, part, i, n) \
	for (i = 0, bench_start(b, part, n); i < (n) || bench_stop(b); i++)

/*
 * Starts counting ops operations of a part (NULL: the whole bench); a name
 * seen before adds to that part. Returns ops.
 */
unsigned long bench_start(struct bench *b, const char *part, unsigned long ops);

/* Ends counting. Always false, so that it can stand in a loop's condition. */
bool bench_stop(struct bench *b);

/* Adds a measurement that was taken in another way. */
void bench_add(struct bench *b, const char *part, u64 cycles,
	       unsigned long ops);

/* Says why the bench has no result here ("no highmem"). */
void bench_skip(struct bench *b, const char *why);

/* The mean of the sum over all parts, or of one part, rounded. */
unsigned long bench_mean(const struct bench *b);
unsigned long bench_part_mean(const struct bench_part *part);

/*
 * Runs one entry twice and prints its lines. Returns 0, or 1 if the bench
 * skipped itself or did not end its loop.
 */
int bench_run(const struct bench_entry *entry);

/*
 * Runs all benches whose name matches one of the globs, which are separated by
 * commas. Returns how many, or -ENODEV on a CPU without a cycle counter.
 */
int bench_run_glob(const char *globs);

/* The bench= word of the command line, or NULL. */
extern const char *bench_glob_arg;

/* The TSC at the kernel's first instructions; 0 where there is none. */
extern u64 boot_tsc;

/* Remembers the TSC at the end of the initcalls, for boot_per_page. */
void bench_boot_done(void);

#endif
