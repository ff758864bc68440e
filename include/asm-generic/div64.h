#ifndef _ASM_GENERIC_DIV64_H
#define _ASM_GENERIC_DIV64_H

#include <linux/compiler.h>
#include <linux/types.h>

/* lib/div64.c: *n /= base; the remainder. */
u32 __div64_32(u64 *n, u32 base);

/*
 * n /= base, the value is the remainder. n is a u64 variable, base 32 bits.
 * What fits in 32 bits is divided in line.
 */
#define do_div(n, base) ({						\
	u32 __base = (base);						\
	u32 __rem;							\
	(void)(((typeof((n)) *)0) == ((u64 *)0));			\
	if (likely(((n) >> 32) == 0)) {					\
		__rem = (u32)(n) % __base;				\
		(n) = (u32)(n) / __base;				\
	} else {							\
		__rem = __div64_32(&(n), __base);			\
	}								\
	__rem;								\
})

#endif
