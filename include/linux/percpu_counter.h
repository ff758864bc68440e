/* SPDX-License-Identifier: MIT */
/*
 * A number that all CPUs change often, and that is read seldom.
 * lib/percpu_counter.c tells how.
 */
#ifndef _LINUX_PERCPU_COUNTER_H
#define _LINUX_PERCPU_COUNTER_H

#include <linux/percpu.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct percpu_counter {
	raw_spinlock_t lock;
	s64 count;		/* what CPUs have handed over */
	s32 __percpu *counters;	/* what each has not yet */
};

/* A CPU hands over once it has so much. */
extern int percpu_counter_batch;

/*
 * Makes a counter, of value amount: 0 or -ENOMEM. With flags that may sleep
 * the caller must be allowed to. It must not be copied. Destroying: nobody
 * uses it any more; also of one that is all zero, or could not be made.
 */
int percpu_counter_init(struct percpu_counter *fbc, s64 amount, gfp_t gfp);
void percpu_counter_destroy(struct percpu_counter *fbc);

/*
 * Adds amount, which is handed over once the CPU has batch or more.
 * Any context but NMI.
 */
void percpu_counter_add_batch(struct percpu_counter *fbc, s64 amount,
			      s32 batch);

/* Sets it; what is added meanwhile may be lost. Any context but NMI. */
void percpu_counter_set(struct percpu_counter *fbc, s64 amount);

/*
 * Its value: _read() is what was handed over, so up to a batch for each CPU
 * from the truth; _sum() asks all CPUs' parts, and is right if nobody changes
 * it meanwhile. Any context but NMI.
 */
s64 percpu_counter_read(struct percpu_counter *fbc);
s64 percpu_counter_sum(struct percpu_counter *fbc);

/* The caller's CPU hands over what it has. Any context but NMI. */
void percpu_counter_sync(struct percpu_counter *fbc);

/* -1, 0, 1: less than rhs, the same, more. Sums up only if it is close. */
int __percpu_counter_compare(struct percpu_counter *fbc, s64 rhs, s32 batch);

static inline int percpu_counter_compare(struct percpu_counter *fbc, s64 rhs)
{
	return __percpu_counter_compare(fbc, rhs, percpu_counter_batch);
}

static inline void percpu_counter_add(struct percpu_counter *fbc, s64 amount)
{
	percpu_counter_add_batch(fbc, amount, percpu_counter_batch);
}

static inline void percpu_counter_sub(struct percpu_counter *fbc, s64 amount)
{
	percpu_counter_add(fbc, -amount);
}

static inline void percpu_counter_inc(struct percpu_counter *fbc)
{
	percpu_counter_add(fbc, 1);
}

static inline void percpu_counter_dec(struct percpu_counter *fbc)
{
	percpu_counter_add(fbc, -1);
}

/* For what cannot be negative, though parts of it may be so for a moment. */
static inline s64 percpu_counter_read_positive(struct percpu_counter *fbc)
{
	s64 count = percpu_counter_read(fbc);

	return count < 0 ? 0 : count;
}

static inline s64 percpu_counter_sum_positive(struct percpu_counter *fbc)
{
	s64 count = percpu_counter_sum(fbc);

	return count < 0 ? 0 : count;
}

static inline bool percpu_counter_initialized(struct percpu_counter *fbc)
{
	return fbc->counters != NULL;
}

#endif
