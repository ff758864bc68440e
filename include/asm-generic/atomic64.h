/* SPDX-License-Identifier: MIT */
/*
 * 64-bit counters on a 32-bit machine, from one operation: cmpxchg64(). Each
 * reads or changes all eight bytes at once; any context. Included by
 * <linux/atomic.h> only.
 */
#ifndef _ASM_GENERIC_ATOMIC64_H
#define _ASM_GENERIC_ATOMIC64_H

#include <asm/cmpxchg.h>
#include <linux/compiler.h>
#include <linux/types.h>

/* If v is old make it new; what it was. */
static inline s64 atomic64_cmpxchg(atomic64_t *v, s64 old, s64 new)
{
	return cmpxchg64(&v->counter, old, new);
}

/* On failure *old is what was found. */
static inline bool atomic64_try_cmpxchg(atomic64_t *v, s64 *old, s64 new)
{
	s64 was = atomic64_cmpxchg(v, *old, new);
	bool done = was == *old;

	*old = was;
	return done;
}

/* lib/atomic64.c */
s64 atomic64_read(const atomic64_t *v);
s64 atomic64_xchg(atomic64_t *v, s64 new);
s64 atomic64_fetch_add(s64 i, atomic64_t *v);
s64 atomic64_fetch_and(s64 i, atomic64_t *v);
s64 atomic64_fetch_or(s64 i, atomic64_t *v);
s64 atomic64_fetch_xor(s64 i, atomic64_t *v);
/* Add a unless it is u; what it was. */
s64 atomic64_fetch_add_unless(atomic64_t *v, s64 a, s64 u);
/* Decrement unless that would go below 0; what it was, minus 1. */
s64 atomic64_dec_if_positive(atomic64_t *v);

#define atomic64_set(v, i) ((void)atomic64_xchg(v, i))
#define atomic64_add(i, v) ((void)atomic64_fetch_add(i, v))
#define atomic64_sub(i, v) ((void)atomic64_fetch_sub(i, v))
#define atomic64_inc(v) atomic64_add(1, v)
#define atomic64_dec(v) atomic64_sub(1, v)
#define atomic64_and(i, v) ((void)atomic64_fetch_and(i, v))
#define atomic64_or(i, v) ((void)atomic64_fetch_or(i, v))
#define atomic64_xor(i, v) ((void)atomic64_fetch_xor(i, v))
#define atomic64_andnot(i, v) ((void)atomic64_fetch_andnot(i, v))

#define atomic64_fetch_sub(i, v) atomic64_fetch_add(-(s64)(i), v)
#define atomic64_fetch_inc(v) atomic64_fetch_add(1, v)
#define atomic64_fetch_dec(v) atomic64_fetch_add(-1, v)
#define atomic64_fetch_andnot(i, v) atomic64_fetch_and(~(s64)(i), v)

static inline s64 atomic64_add_return(s64 i, atomic64_t *v)
{
	return atomic64_fetch_add(i, v) + i;
}

#define atomic64_sub_return(i, v) atomic64_add_return(-(s64)(i), v)
#define atomic64_inc_return(v) atomic64_add_return(1, v)
#define atomic64_dec_return(v) atomic64_add_return(-1, v)
#define atomic64_sub_and_test(i, v) (atomic64_sub_return(i, v) == 0)
#define atomic64_inc_and_test(v) (atomic64_inc_return(v) == 0)
#define atomic64_dec_and_test(v) (atomic64_dec_return(v) == 0)
#define atomic64_add_negative(i, v) (atomic64_add_return(i, v) < 0)
#define atomic64_add_unless(v, a, u) \
	(atomic64_fetch_add_unless(v, a, u) != (s64)(u))
#define atomic64_inc_not_zero(v) atomic64_add_unless(v, 1, 0)

#endif
