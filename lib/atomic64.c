// SPDX-License-Identifier: MIT
/*
 * atomic64.c - 64-bit counters that change in one piece
 *
 * A 32-bit CPU reads and writes eight bytes in two halves, and another CPU,
 * or an interrupt, may come between them. What it does in one piece is a
 * compare-and-exchange of eight bytes, so every change is a loop: read what
 * is there, compute, exchange if it is still there.
 *
 * Even reading is one: exchange 0 for 0 if it is 0; the answer is the value.
 *
 * Lock: none. Cost: one cmpxchg8b and few more while nobody interferes.
 *
 * Differs from Linux: one C loop for all, where each has its assembly.
 * (arch/x86/lib/atomic64_cx8_32.S)
 */
#include <linux/atomic.h>

s64 atomic64_read(const atomic64_t *v)
{
	return atomic64_cmpxchg((atomic64_t *)v, 0, 0);
}

/* Where a loop begins: read in two halves, a wrong one costs one round more. */
static s64 first_guess(const atomic64_t *v)
{
	return data_race(v->counter);
}

s64 atomic64_xchg(atomic64_t *v, s64 new)
{
	s64 old = first_guess(v);

	while (!atomic64_try_cmpxchg(v, &old, new))
		;
	return old;
}

#define ATOMIC64_FETCH(name, expr)					\
s64 atomic64_fetch_##name(s64 i, atomic64_t *v)				\
{									\
	s64 old = first_guess(v);					\
									\
	while (!atomic64_try_cmpxchg(v, &old, expr))			\
		;							\
	return old;							\
}

ATOMIC64_FETCH(add, old + i)
ATOMIC64_FETCH(and, old & i)
ATOMIC64_FETCH(or, old | i)
ATOMIC64_FETCH(xor, old ^ i)

s64 atomic64_fetch_add_unless(atomic64_t *v, s64 a, s64 u)
{
	s64 old = atomic64_read(v);

	do {
		if (old == u)
			break;
	} while (!atomic64_try_cmpxchg(v, &old, old + a));
	return old;
}

s64 atomic64_dec_if_positive(atomic64_t *v)
{
	s64 old = atomic64_read(v);

	do {
		if (old <= 0)
			break;
	} while (!atomic64_try_cmpxchg(v, &old, old - 1));
	return old - 1;
}
