/* SPDX-License-Identifier: MIT */
/* The divider of the CPU: 64 by 32 bits, where the result fits [SDM2 DIV]. */
#ifndef _ASM_X86_DIV64_H
#define _ASM_X86_DIV64_H

#include <asm-generic/div64.h>

/*
 * high:low / base. high < base, or the quotient does not fit in 32 bits,
 * which is a divide error; so is a base of 0.
 */
static inline u32 div_wide(u32 high, u32 low, u32 base, u32 *rem)
{
	u32 quotient;

	asm("divl %4"
	    : "=a"(quotient), "=d"(*rem)
	    : "a"(low), "d"(high), "rm"(base)
	    : "cc");
	return quotient;
}

#endif
