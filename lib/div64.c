// SPDX-License-Identifier: MIT
/*
 * div64.c - 64-bit division with a 32-bit divider
 *
 * GCC turns the operators / and % on 64-bit numbers into calls of functions
 * (__udivdi3 and its family) that libgcc has and a kernel does not link.
 * They stand at the end; do_div() and div64_u64() use the same two steps.
 *
 * By 32 bits: long division in base 2^32. The remainder of the high digit
 * goes before the low one, and is less than the base, so the quotient of both
 * fits in 32 bits: what the machine's divider asks for.
 *
 *	 high                    high % base    low
 *	[ 32 ] / base           [ 32 ]         [ 32 ]  / base
 *
 * By 64 bits: shift divisor and dividend right until the divisor fits in 32
 * bits, divide, and correct the quotient, which is at most 1 too large
 * [Knuth2 4.3.1].
 *
 * Cost: one division and 5 instructions where everything fits in 32 bits,
 * else two divisions and about 15.
 */
#include <asm/div64.h>

#include <linux/math64.h>
#include <linux/bitops.h>

u32 __div64_32(u64 *n, u32 base)
{
	u32 high = *n >> 32;
	u32 low = *n;
	u32 rem;

	low = div_wide(high % base, low, base, &rem);
	*n = (u64)(high / base) << 32 | low;
	return rem;
}

u64 div64_u64_rem(u64 dividend, u64 divisor, u64 *remainder)
{
	u64 quotient;
	u32 rem32;
	int shift;

	if (!(divisor >> 32)) {
		quotient = div_u64_rem(dividend, divisor, &rem32);
		*remainder = rem32;
		return quotient;
	}
	shift = fls(divisor >> 32);
	quotient = div_u64(dividend >> shift, divisor >> shift);
	/* Cutting bits off the divisor may leave the quotient 1 too large. */
	if (quotient)
		quotient--;
	*remainder = dividend - quotient * divisor;
	if (*remainder >= divisor) {
		quotient++;
		*remainder -= divisor;
	}
	return quotient;
}

u64 div64_u64(u64 dividend, u64 divisor)
{
	u64 remainder;

	return div64_u64_rem(dividend, divisor, &remainder);
}

static u64 magnitude(s64 n)
{
	return n < 0 ? -(u64)n : (u64)n;
}

s64 div64_s64(s64 dividend, s64 divisor)
{
	u64 quotient = div64_u64(magnitude(dividend), magnitude(divisor));

	return (dividend < 0) != (divisor < 0) ? -quotient : quotient;
}

s64 div_s64_rem(s64 dividend, s32 divisor, s32 *remainder)
{
	u32 rem;
	u64 quotient =
		div_u64_rem(magnitude(dividend), magnitude(divisor), &rem);

	*remainder = dividend < 0 ? -rem : rem;
	return (dividend < 0) != (divisor < 0) ? -quotient : quotient;
}

u64 mul_u64_u32_div(u64 a, u32 b, u32 c)
{
	u64 low = mul_u32_u32((u32)a, b);
	u64 high = mul_u32_u32(a >> 32, b) + (low >> 32);
	u32 rem;

	high = div_u64_rem(high, c, &rem);
	return (high << 32) + div_u64((u64)rem << 32 | (u32)low, c);
}

/* 128 / 64 bits, one bit at a time: rarely used, and plain. */
u64 mul_u64_u64_div_u64(u64 a, u64 b, u64 c)
{
	u64 mid1 = mul_u32_u32(a, b >> 32);
	u64 mid2 = mul_u32_u32(a >> 32, b);
	u64 low = mul_u32_u32(a, b);
	u64 sum = (low >> 32) + (u32)mid1 + (u32)mid2;
	u64 high = mul_u32_u32(a >> 32, b >> 32) + (mid1 >> 32) + (mid2 >> 32) +
		   (sum >> 32);
	u64 quotient = 0;
	bool carry;

	low = sum << 32 | (u32)low;
	for (int i = 63; i >= 0; i--) {
		carry = high >> 63;
		high = high << 1 | (low >> i & 1);
		quotient <<= 1;
		if (carry || high >= c) {
			high -= c;
			quotient |= 1;
		}
	}
	return quotient;
}

/* What the compiler calls for / and % of 64-bit numbers. */
u64 __udivdi3(u64 dividend, u64 divisor);
u64 __umoddi3(u64 dividend, u64 divisor);
s64 __divdi3(s64 dividend, s64 divisor);
s64 __moddi3(s64 dividend, s64 divisor);
u64 __udivmoddi4(u64 dividend, u64 divisor, u64 *remainder);
s64 __divmoddi4(s64 dividend, s64 divisor, s64 *remainder);

u64 __udivdi3(u64 dividend, u64 divisor)
{
	return div64_u64(dividend, divisor);
}

u64 __umoddi3(u64 dividend, u64 divisor)
{
	u64 remainder;

	div64_u64_rem(dividend, divisor, &remainder);
	return remainder;
}

s64 __divdi3(s64 dividend, s64 divisor)
{
	return div64_s64(dividend, divisor);
}

s64 __moddi3(s64 dividend, s64 divisor)
{
	u64 remainder = __umoddi3(magnitude(dividend), magnitude(divisor));

	return dividend < 0 ? -remainder : remainder;
}

u64 __udivmoddi4(u64 dividend, u64 divisor, u64 *remainder)
{
	u64 rem, quotient = div64_u64_rem(dividend, divisor, &rem);

	if (remainder)
		*remainder = rem;
	return quotient;
}

s64 __divmoddi4(s64 dividend, s64 divisor, s64 *remainder)
{
	s64 quotient = div64_s64(dividend, divisor);

	*remainder = dividend - quotient * divisor;
	return quotient;
}
