#ifndef _LINUX_MATH_H
#define _LINUX_MATH_H

#include <linux/types.h>

#define __round_mask(x, y) ((typeof(x))((y) - 1))

/* To a multiple of y, a power of two. */
#define round_up(x, y) ((((x) - 1) | __round_mask(x, y)) + 1)
#define round_down(x, y) ((x) & ~__round_mask(x, y))

/* To a multiple of any y. */
#define roundup(x, y) ({						\
	typeof(y) __ru_y = (y);						\
	(((x) + (__ru_y - 1)) / __ru_y) * __ru_y;			\
})
#define rounddown(x, y) ({						\
	typeof(x) __rd_x = (x);						\
	__rd_x - (__rd_x % (y));					\
})

#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
#define __KERNEL_DIV_ROUND_UP(n, d) DIV_ROUND_UP(n, d)
#define DIV_ROUND_CLOSEST(x, divisor) ({				\
	typeof(x) __dc_x = (x);						\
	typeof(divisor) __dc_d = (divisor);				\
	(((typeof(x))-1) > 0 || ((typeof(divisor))-1) > 0 ||		\
	 ((__dc_x > 0) == (__dc_d > 0))) ?				\
		((__dc_x + (__dc_d / 2)) / __dc_d) :			\
		((__dc_x - (__dc_d / 2)) / __dc_d);			\
})

/* x * numer / denom without overflow of the product where x is large. */
#define mult_frac(x, numer, denom) ({					\
	typeof(x) __mf_x = (x);						\
	typeof(numer) __mf_n = (numer);					\
	typeof(denom) __mf_d = (denom);					\
	typeof(x) __mf_q = __mf_x / __mf_d;				\
	typeof(x) __mf_r = __mf_x % __mf_d;				\
	__mf_q * __mf_n + __mf_r * __mf_n / __mf_d;			\
})

/* Absolute value, in the signed type of x. */
#define abs(x) ({							\
	typeof(x) __abs_x = (x);					\
	__abs_x < 0 ? -__abs_x : __abs_x;				\
})

#define abs_diff(a, b) ({						\
	typeof(a) __ad_a = (a);						\
	typeof(b) __ad_b = (b);						\
	__ad_a > __ad_b ? __ad_a - __ad_b : __ad_b - __ad_a;		\
})

/* ep_ro * val / 2^32: val scaled into [0, ep_ro). */
static inline u32 reciprocal_scale(u32 val, u32 ep_ro)
{
	return (u32)(((u64)val * ep_ro) >> 32);
}

/* The integer part of the square root of x. */
unsigned long int_sqrt(unsigned long x);

#endif
