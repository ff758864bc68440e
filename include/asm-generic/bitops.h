#ifndef _ASM_GENERIC_BITOPS_H
#define _ASM_GENERIC_BITOPS_H

#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/types.h>

/*
 * The bit operations in plain C, for a machine (the build host) that brings
 * none of its own: the compiler's atomics, and its scans for the rest.
 */
#define __GEN_BIT_OP(name, op, invert)					\
static __always_inline void name(long nr, volatile unsigned long *addr)	\
{									\
	unsigned long mask = BIT_MASK(nr);				\
									\
	__atomic_fetch_##op(&addr[BIT_WORD(nr)], invert mask,		\
			    __ATOMIC_SEQ_CST);				\
}									\
static __always_inline bool test_and_##name(long nr,			\
					    volatile unsigned long *addr) \
{									\
	unsigned long mask = BIT_MASK(nr);				\
									\
	return __atomic_fetch_##op(&addr[BIT_WORD(nr)], invert mask,	\
				   __ATOMIC_SEQ_CST) & mask;		\
}									\
static __always_inline void __##name(long nr,				\
				     volatile unsigned long *addr)	\
{									\
	name(nr, addr);							\
}									\
static __always_inline bool __test_and_##name(long nr,			\
					volatile unsigned long *addr)	\
{									\
	return test_and_##name(nr, addr);				\
}

__GEN_BIT_OP(set_bit, or,)
__GEN_BIT_OP(clear_bit, and, ~)
__GEN_BIT_OP(change_bit, xor,)

static __always_inline bool test_bit(long nr,
				     const volatile unsigned long *addr)
{
	return addr[BIT_WORD(nr)] & BIT_MASK(nr);
}

#define clear_bit_unlock(nr, addr) clear_bit(nr, addr)
#define __clear_bit_unlock(nr, addr) __clear_bit(nr, addr)
#define test_and_set_bit_lock(nr, addr) test_and_set_bit(nr, addr)

static __always_inline unsigned long __ffs(unsigned long word)
{
	return __builtin_ctzl(word);
}

static __always_inline unsigned long ffz(unsigned long word)
{
	return __builtin_ctzl(~word);
}

static __always_inline unsigned long __fls(unsigned long word)
{
	return BITS_PER_LONG - 1 - __builtin_clzl(word);
}

static __always_inline int ffs(int x)
{
	return x ? __builtin_ctz(x) + 1 : 0;
}

static __always_inline int fls(unsigned int x)
{
	return x ? 32 - __builtin_clz(x) : 0;
}

static __always_inline int fls64(u64 x)
{
	return x ? 64 - __builtin_clzll(x) : 0;
}

#endif
