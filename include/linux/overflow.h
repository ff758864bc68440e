/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_OVERFLOW_H
#define _LINUX_OVERFLOW_H

#include <linux/compiler.h>
#include <linux/const.h>
#include <linux/limits.h>
#include <linux/types.h>

#define is_signed_type(type) (((type)(-1)) < (type)1)
#define is_unsigned_type(type) (!is_signed_type(type))
#define __type_half_max(type) \
	((type)1 << (8 * sizeof(type) - 1 - is_signed_type(type)))
#define type_max(T) \
	((T)((__type_half_max(T) - 1) + __type_half_max(T)))
#define type_min(T) ((T)((T)-type_max(T) - (T)1))

static inline bool __must_check __must_check_overflow(bool overflow)
{
	return unlikely(overflow);
}

/*
 * *d = a op b, wrapped to the type of *d; true if it did not fit. Any
 * integer types on the three places.
 */
#define check_add_overflow(a, b, d) \
	__must_check_overflow(__builtin_add_overflow(a, b, d))
#define check_sub_overflow(a, b, d) \
	__must_check_overflow(__builtin_sub_overflow(a, b, d))
#define check_mul_overflow(a, b, d) \
	__must_check_overflow(__builtin_mul_overflow(a, b, d))

/*
 * *d = a << s; true if bits were lost, the sign changed, or s is negative or
 * too large (*d is 0 then).
 */
#define check_shl_overflow(a, s, d) __must_check_overflow(({		\
	typeof(a) __so_a = (a);						\
	typeof(s) __so_s = (s);						\
	typeof(d) __so_d = (d);						\
	u64 __so_wide = __so_a;						\
	bool __so_ok = __so_s >= 0 && __so_s < 8 * sizeof(*(d));	\
	unsigned int __so_n = __so_ok ? __so_s : 0;			\
									\
	*__so_d = __so_ok ? __so_wide << __so_n : 0;			\
	!__so_ok || __so_a < 0 || *__so_d < 0 ||			\
		(u64)(*__so_d >> __so_n) != __so_wide;			\
}))

/* Sizes that stick at SIZE_MAX, which no allocator serves. */
static inline size_t __must_check size_mul(size_t factor1, size_t factor2)
{
	size_t bytes;

	return check_mul_overflow(factor1, factor2, &bytes) ? SIZE_MAX : bytes;
}

static inline size_t __must_check size_add(size_t addend1, size_t addend2)
{
	size_t bytes;

	return check_add_overflow(addend1, addend2, &bytes) ? SIZE_MAX : bytes;
}

static inline size_t __must_check size_sub(size_t minuend, size_t subtrahend)
{
	size_t bytes;

	if (minuend == SIZE_MAX || subtrahend == SIZE_MAX ||
	    check_sub_overflow(minuend, subtrahend, &bytes))
		return SIZE_MAX;
	return bytes;
}

#define array_size(a, b) size_mul(a, b)
#define array3_size(a, b, c) size_mul(size_mul(a, b), c)

/* A struct p with count elements in its last, flexible member. */
#define flex_array_size(p, member, count) \
	size_mul(count, sizeof(*(p)->member) + __must_be_array((p)->member))
#define struct_size(p, member, count) \
	size_add(sizeof(*(p)), flex_array_size(p, member, count))
#define struct_size_t(type, member, count) \
	struct_size((type *)NULL, member, count)

#define overflows_type(n, T) ({						\
	typeof(T) __ot;							\
	__builtin_add_overflow(n, 0, &__ot);				\
})

#endif
