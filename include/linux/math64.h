#ifndef _LINUX_MATH64_H
#define _LINUX_MATH64_H

#include <asm-generic/bitsperlong.h>
#include <asm/div64.h>
#include <linux/types.h>

/*
 * 64-bit division on a machine that divides 64 by 32 bits. Division by 0 is
 * the processor's divide error, as for ints. The plain operators work too
 * (lib/div64.c has what the compiler calls for them) but always pay for a
 * 64-bit divisor.
 */
static inline u64 div_u64_rem(u64 dividend, u32 divisor, u32 *remainder)
{
	*remainder = do_div(dividend, divisor);
	return dividend;
}

static inline u64 div_u64(u64 dividend, u32 divisor)
{
	do_div(dividend, divisor);
	return dividend;
}

/* Rounds towards 0; the remainder has the dividend's sign. */
s64 div_s64_rem(s64 dividend, s32 divisor, s32 *remainder);

static inline s64 div_s64(s64 dividend, s32 divisor)
{
	s32 remainder;

	return div_s64_rem(dividend, divisor, &remainder);
}

u64 div64_u64_rem(u64 dividend, u64 divisor, u64 *remainder);
u64 div64_u64(u64 dividend, u64 divisor);
s64 div64_s64(s64 dividend, s64 divisor);

/* (a * b) / c with a 96-bit product; the result must fit in 64 bits. */
u64 mul_u64_u32_div(u64 a, u32 b, u32 c);
u64 mul_u64_u64_div_u64(u64 a, u64 b, u64 c);

static inline u64 mul_u32_u32(u32 a, u32 b)
{
	return (u64)a * b;
}

/* (a * mul) >> shift without loss in between; shift is 0 .. 32. */
static inline u64 mul_u64_u32_shr(u64 a, u32 mul, unsigned int shift)
{
	u64 ret = mul_u32_u32((u32)a, mul) >> shift;

	if (a >> 32)
		ret += mul_u32_u32(a >> 32, mul) << (32 - shift);
	return ret;
}

#if BITS_PER_LONG == 64
# define div64_ul(x, y) div64_u64((x), (y))
# define div64_long(x, y) div64_s64((x), (y))
#else
# define div64_ul(x, y) div_u64((x), (y))
# define div64_long(x, y) div_s64((x), (y))
#endif

#define DIV64_U64_ROUND_UP(ll, d) ({					\
	u64 __du_d = (d);						\
	div64_u64((ll) + __du_d - 1, __du_d);				\
})
#define DIV64_U64_ROUND_CLOSEST(dividend, divisor) ({			\
	u64 __dc_d = (divisor);						\
	div64_u64((dividend) + __dc_d / 2, __dc_d);			\
})
#define DIV_U64_ROUND_CLOSEST(dividend, divisor) ({			\
	u32 __dc_d = (divisor);						\
	div_u64((u64)(dividend) + __dc_d / 2, __dc_d);			\
})
#define DIV_ROUND_UP_ULL(ll, d) ({					\
	unsigned long long __du_n = (ll) + (d) - 1;			\
	do_div(__du_n, d);						\
	__du_n;								\
})
#define DIV_ROUND_DOWN_ULL(ll, d) ({					\
	unsigned long long __dd_n = (ll);				\
	do_div(__dd_n, d);						\
	__dd_n;								\
})

/* x to a multiple of y, both 64 bits wide. */
static inline u64 roundup_u64(u64 x, u32 y)
{
	return DIV_ROUND_UP_ULL(x, y) * y;
}

#endif
