#ifndef _LINUX_LOG2_H
#define _LINUX_LOG2_H

#include <asm-generic/bitsperlong.h>
#include <linux/compiler.h>
#include <linux/types.h>

/*
 * The compiler's builtins fold for constants and become one BSR otherwise,
 * so that the same inline serves array sizes and run time.
 */
static __always_inline __attribute_const__ int __ilog2_u32(u32 n)
{
	return 31 - __builtin_clz(n);
}

static __always_inline __attribute_const__ int __ilog2_u64(u64 n)
{
	return 63 - __builtin_clzll(n);
}

static __always_inline __attribute_const__ bool is_power_of_2(unsigned long n)
{
	return n != 0 && (n & (n - 1)) == 0;
}

/* The power of two at or above n; n is 1 .. ULONG_MAX / 2 + 1. */
static __always_inline __attribute_const__ unsigned long
__roundup_pow_of_two(unsigned long n)
{
	return n == 1 ? 1 : 1UL << (BITS_PER_LONG - __builtin_clzl(n - 1));
}

/* The power of two at or below n, which is not 0. */
static __always_inline __attribute_const__ unsigned long
__rounddown_pow_of_two(unsigned long n)
{
	return 1UL << (BITS_PER_LONG - 1 - __builtin_clzl(n));
}

/* Position of the highest set bit; -1 for a constant below 1. */
#define const_ilog2(n)							\
	((n) < 1 ? -1 : 63 - __builtin_clzll((n) < 1 ? 1 : (u64)(n)))

#define ilog2(n)							\
	(__builtin_constant_p(n) ? const_ilog2(n) :			\
	 sizeof(n) <= 4 ? __ilog2_u32((u32)(n)) : __ilog2_u64((u64)(n)))

#define roundup_pow_of_two(n)						\
	(__builtin_constant_p(n) ?					\
		((n) == 1 ? 1UL :					\
		 1UL << (const_ilog2((unsigned long)(n) - 1) + 1)) :	\
		__roundup_pow_of_two(n))

#define rounddown_pow_of_two(n)						\
	(__builtin_constant_p(n) ? 1UL << const_ilog2((unsigned long)(n)) : \
		__rounddown_pow_of_two(n))

/* The order o for which 2^o >= n: 0, 0, 1, 2, 2, 3, 3, 3, 3, 4, ... */
static __always_inline __attribute_const__ int __order_base_2(unsigned long n)
{
	return n > 1 ? BITS_PER_LONG - __builtin_clzl(n - 1) : 0;
}
#define order_base_2(n) __order_base_2(n)

/* How many bits hold n: 1 for 0 and 1, 2 for 2 and 3, 3 for 4 .. 7. */
static __always_inline __attribute_const__ int __bits_per(unsigned long n)
{
	return n < 2 ? 1 : BITS_PER_LONG - __builtin_clzl(n);
}
#define bits_per(n) __bits_per(n)

#endif
