/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_STACKDEPOT_H
#define _LINUX_STACKDEPOT_H

#include <linux/types.h>

/*
 * Stack traces kept once each, and named by small numbers: 0 is "none", the
 * others fit in STACK_DEPOT_BITS bits, so that two fit in a word per page.
 */
typedef u32 depot_stack_handle_t;

#define STACK_DEPOT_BITS 14
#define STACK_DEPOT_DEPTH 16	/* the most entries of a trace */
#define STACK_DEPOT_UNIT 32	/* bytes: handles count these */
#define STACK_DEPOT_MAX_BYTES ((1UL << STACK_DEPOT_BITS) * STACK_DEPOT_UNIT)

/*
 * Gives the depot its memory, once and for good; aligned to a unit, and at
 * most STACK_DEPOT_MAX_BYTES of it are used. Before, nothing is kept.
 */
void stack_depot_init_pool(void *pool, size_t bytes);

/*
 * The handle of a trace; the same for the same trace. 0 if the depot is full
 * or has no pool yet. gfp_flags is for Linux's sake: no memory is allocated.
 * Any context.
 */
depot_stack_handle_t stack_depot_save(unsigned long *entries,
				      unsigned int nr_entries, gfp_t gfp_flags);

/* *entries points to the trace in the depot; how many; 0 for no handle. */
unsigned int stack_depot_fetch(depot_stack_handle_t handle,
			       unsigned long **entries);

/* One line per entry, with symbols. */
void stack_depot_print(depot_stack_handle_t handle);

/* One depot of several: the functions above work on a common one. */
#define STACK_DEPOT_BUCKET_BITS 11

struct stack_depot {
	char *pool;
	unsigned int pool_units;	/* of STACK_DEPOT_UNIT bytes */
	unsigned int next_unit;		/* the first free */
	unsigned int traces;		/* how many are kept */
	unsigned int lost;		/* saves that found it full */
	u16 buckets[1 << STACK_DEPOT_BUCKET_BITS];
};

void depot_init(struct stack_depot *depot, void *pool, size_t bytes);
depot_stack_handle_t depot_save(struct stack_depot *depot,
				const unsigned long *entries,
				unsigned int nr_entries);
unsigned int depot_fetch(const struct stack_depot *depot,
			 depot_stack_handle_t handle, unsigned long **entries);

#endif
