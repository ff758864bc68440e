#ifndef _LINUX_ATOMIC_H
#define _LINUX_ATOMIC_H

#include <linux/compiler.h>
#include <linux/types.h>

/*
 * The machine's part: atomic_read, _set, _add, _sub, _and, _or, _xor, _inc,
 * _dec, _dec_and_test, _inc_and_test, _sub_and_test, _add_negative,
 * _fetch_add, _add_return, _sub_return, _cmpxchg, _xchg; cmpxchg() and
 * xchg(). Below stands what follows from these, for every machine.
 */
#include <asm/atomic.h>

#define atomic_inc_return(v) atomic_add_return(1, (v))
#define atomic_dec_return(v) atomic_sub_return(1, (v))
#define atomic_fetch_sub(i, v) atomic_fetch_add(-(i), (v))
#define atomic_fetch_inc(v) atomic_fetch_add(1, (v))
#define atomic_fetch_dec(v) atomic_fetch_add(-1, (v))
#define atomic_andnot(i, v) atomic_and(~(i), (v))

/* On failure *old is what was found. */
static __always_inline bool atomic_try_cmpxchg(atomic_t *v, int *old, int new)
{
	int was = atomic_cmpxchg(v, *old, new);
	bool done = was == *old;

	*old = was;
	return done;
}

#define __ATOMIC_FETCH(name, expr)					\
static inline int atomic_fetch_##name(int i, atomic_t *v)		\
{									\
	int old = atomic_read(v);					\
									\
	while (!atomic_try_cmpxchg(v, &old, expr))			\
		;							\
	return old;							\
}
__ATOMIC_FETCH(and, old & i)
__ATOMIC_FETCH(or, old | i)
__ATOMIC_FETCH(xor, old ^ i)
__ATOMIC_FETCH(andnot, old & ~i)

/* Add a unless the value is u; return the value before. */
static inline int atomic_fetch_add_unless(atomic_t *v, int a, int u)
{
	int old = atomic_read(v);

	do {
		if (unlikely(old == u))
			break;
	} while (!atomic_try_cmpxchg(v, &old, old + a));
	return old;
}

/* True if it was added. */
static inline bool atomic_add_unless(atomic_t *v, int a, int u)
{
	return atomic_fetch_add_unless(v, a, u) != u;
}

static inline bool atomic_inc_not_zero(atomic_t *v)
{
	return atomic_add_unless(v, 1, 0);
}

/* Decrement unless that would go below 0; return the value minus 1. */
static inline int atomic_dec_if_positive(atomic_t *v)
{
	int old = atomic_read(v);

	do {
		if (unlikely(old <= 0))
			break;
	} while (!atomic_try_cmpxchg(v, &old, old - 1));
	return old - 1;
}

#include <asm-generic/atomic64.h>

/* atomic_long_t is the type of the long's width (see <linux/types.h>). */
#if __SIZEOF_LONG__ == 8
# define __ATOMIC_LONG(op) atomic64_##op
#else
# define __ATOMIC_LONG(op) atomic_##op
#endif

#define atomic_long_read(v) ((long)__ATOMIC_LONG(read)(v))
#define atomic_long_set(v, i) __ATOMIC_LONG(set)(v, i)
#define atomic_long_add(i, v) __ATOMIC_LONG(add)(i, v)
#define atomic_long_sub(i, v) __ATOMIC_LONG(sub)(i, v)
#define atomic_long_inc(v) __ATOMIC_LONG(inc)(v)
#define atomic_long_dec(v) __ATOMIC_LONG(dec)(v)
#define atomic_long_and(i, v) __ATOMIC_LONG(and)(i, v)
#define atomic_long_or(i, v) __ATOMIC_LONG(or)(i, v)
#define atomic_long_xor(i, v) __ATOMIC_LONG(xor)(i, v)
#define atomic_long_andnot(i, v) __ATOMIC_LONG(andnot)(i, v)
#define atomic_long_add_return(i, v) ((long)__ATOMIC_LONG(add_return)(i, v))
#define atomic_long_sub_return(i, v) ((long)__ATOMIC_LONG(sub_return)(i, v))
#define atomic_long_inc_return(v) ((long)__ATOMIC_LONG(inc_return)(v))
#define atomic_long_dec_return(v) ((long)__ATOMIC_LONG(dec_return)(v))
#define atomic_long_fetch_add(i, v) ((long)__ATOMIC_LONG(fetch_add)(i, v))
#define atomic_long_fetch_sub(i, v) ((long)__ATOMIC_LONG(fetch_sub)(i, v))
#define atomic_long_fetch_inc(v) ((long)__ATOMIC_LONG(fetch_inc)(v))
#define atomic_long_fetch_dec(v) ((long)__ATOMIC_LONG(fetch_dec)(v))
#define atomic_long_fetch_and(i, v) ((long)__ATOMIC_LONG(fetch_and)(i, v))
#define atomic_long_fetch_or(i, v) ((long)__ATOMIC_LONG(fetch_or)(i, v))
#define atomic_long_fetch_xor(i, v) ((long)__ATOMIC_LONG(fetch_xor)(i, v))
#define atomic_long_fetch_andnot(i, v) ((long)__ATOMIC_LONG(fetch_andnot)(i, v))
#define atomic_long_dec_and_test(v) __ATOMIC_LONG(dec_and_test)(v)
#define atomic_long_inc_and_test(v) __ATOMIC_LONG(inc_and_test)(v)
#define atomic_long_sub_and_test(i, v) __ATOMIC_LONG(sub_and_test)(i, v)
#define atomic_long_add_negative(i, v) __ATOMIC_LONG(add_negative)(i, v)
#define atomic_long_cmpxchg(v, o, n) ((long)__ATOMIC_LONG(cmpxchg)(v, o, n))
#define atomic_long_xchg(v, n) ((long)__ATOMIC_LONG(xchg)(v, n))
#define atomic_long_fetch_add_unless(v, a, u) \
	((long)__ATOMIC_LONG(fetch_add_unless)(v, a, u))
#define atomic_long_add_unless(v, a, u) __ATOMIC_LONG(add_unless)(v, a, u)
#define atomic_long_inc_not_zero(v) __ATOMIC_LONG(inc_not_zero)(v)
#define atomic_long_dec_if_positive(v) ((long)__ATOMIC_LONG(dec_if_positive)(v))

/* On failure *old is what was found. */
static __always_inline bool atomic_long_try_cmpxchg(atomic_long_t *v, long *old,
						    long new)
{
	long was = atomic_long_cmpxchg(v, *old, new);
	bool done = was == *old;

	*old = was;
	return done;
}

#include <linux/atomic/atomic-order.h>

#endif
