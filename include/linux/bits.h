#ifndef _LINUX_BITS_H
#define _LINUX_BITS_H

#include <asm-generic/bitsperlong.h>
#include <linux/build_bug.h>
#include <linux/const.h>

#define BITS_PER_BYTE 8

#define BIT(nr) (UL(1) << (nr))
#define BIT_ULL(nr) (ULL(1) << (nr))
#define BIT_MASK(nr) (UL(1) << ((nr) % BITS_PER_LONG))
#define BIT_WORD(nr) ((nr) / BITS_PER_LONG)
#define BIT_ULL_MASK(nr) (ULL(1) << ((nr) % BITS_PER_LONG_LONG))
#define BIT_ULL_WORD(nr) ((nr) / BITS_PER_LONG_LONG)

/* Zero; a constant pair in the wrong order does not compile. */
#define GENMASK_INPUT_CHECK(h, l)					\
	(BUILD_BUG_ON_ZERO(__builtin_choose_expr(			\
		__is_constexpr((l) > (h)), (l) > (h), 0)))

/* Bits l up to and including h. */
#define __GENMASK(h, l) \
	(((~UL(0)) << (l)) & (~UL(0) >> (BITS_PER_LONG - 1 - (h))))
#define GENMASK(h, l) (GENMASK_INPUT_CHECK(h, l) + __GENMASK(h, l))
#define __GENMASK_ULL(h, l) \
	(((~ULL(0)) << (l)) & (~ULL(0) >> (BITS_PER_LONG_LONG - 1 - (h))))
#define GENMASK_ULL(h, l) (GENMASK_INPUT_CHECK(h, l) + __GENMASK_ULL(h, l))

#endif
