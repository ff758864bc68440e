#ifndef _ASM_X86_BITOPS_H
#define _ASM_X86_BITOPS_H

/* Included by <linux/bitops.h> only. */

#include <asm/rmwcc.h>
#include <linux/compiler.h>
#include <linux/instrumented.h>
#include <linux/types.h>

/*
 * Bits of an array of longs, counted from bit 0 of word 0. set_bit() and
 * friends are atomic against other CPUs; with __ in front they are not, and
 * need a lock or a single user. The test_and_ forms return the old bit.
 *
 * The bit number goes to the register forms of bts/btr/btc through a word
 * index computed here: their memory forms with a register index are slow.
 */
#define __BITOP_ADDR(nr, addr) \
	(*((volatile unsigned long *)(addr) + ((nr) >> 5)))
#define __BITOP_SAY(how, nr, addr) \
	how(&__BITOP_ADDR(nr, addr), sizeof(long))

#define __BITOP(name, prefix, insn)					\
static __always_inline void name(long nr, volatile unsigned long *addr)	\
{									\
	__BITOP_SAY(instrument_atomic_read_write, nr, addr);		\
	asm volatile(prefix insn " %1, %0"				\
		     : "+m"(__BITOP_ADDR(nr, addr))			\
		     : "ri"(1UL << (nr & 31)) : "memory", "cc");	\
}

#define __BITOP_CLEAR(name, prefix)					\
static __always_inline void name(long nr, volatile unsigned long *addr)	\
{									\
	__BITOP_SAY(instrument_atomic_read_write, nr, addr);		\
	asm volatile(prefix "andl %1, %0"				\
		     : "+m"(__BITOP_ADDR(nr, addr))			\
		     : "ri"(~(1UL << (nr & 31))) : "memory", "cc");	\
}

#define __BITOP_TEST(name, prefix, insn, how)				\
static __always_inline bool name(long nr, volatile unsigned long *addr)	\
{									\
	bool old;							\
									\
	__BITOP_SAY(how, nr, addr);					\
	asm volatile(prefix insn " %2, %0"				\
		     : "+m"(__BITOP_ADDR(nr, addr)), "=@ccc"(old)	\
		     : "Ir"(nr & 31) : "memory");			\
	return old;							\
}

__BITOP(set_bit, LOCK_PREFIX, "orl")
__BITOP(change_bit, LOCK_PREFIX, "xorl")
__BITOP_CLEAR(clear_bit, LOCK_PREFIX)
__BITOP_TEST(test_and_set_bit, LOCK_PREFIX, "btsl",
	     instrument_atomic_read_write)
__BITOP_TEST(test_and_clear_bit, LOCK_PREFIX, "btrl",
	     instrument_atomic_read_write)
__BITOP_TEST(test_and_change_bit, LOCK_PREFIX, "btcl",
	     instrument_atomic_read_write)

static __always_inline void __set_bit(long nr, volatile unsigned long *addr)
{
	__BITOP_SAY(instrument_read_write, nr, addr);
	__BITOP_ADDR(nr, addr) |= 1UL << (nr & 31);
}

static __always_inline void __clear_bit(long nr, volatile unsigned long *addr)
{
	__BITOP_SAY(instrument_read_write, nr, addr);
	__BITOP_ADDR(nr, addr) &= ~(1UL << (nr & 31));
}

static __always_inline void __change_bit(long nr, volatile unsigned long *addr)
{
	__BITOP_SAY(instrument_read_write, nr, addr);
	__BITOP_ADDR(nr, addr) ^= 1UL << (nr & 31);
}

__BITOP_TEST(__test_and_set_bit, "", "btsl", instrument_read_write)
__BITOP_TEST(__test_and_clear_bit, "", "btrl", instrument_read_write)
__BITOP_TEST(__test_and_change_bit, "", "btcl", instrument_read_write)

static __always_inline bool test_bit(long nr,
				     const volatile unsigned long *addr)
{
	return addr[nr >> 5] >> (nr & 31) & 1;
}

/* As the plain forms, with the order a lock needs. */
#define clear_bit_unlock(nr, addr) clear_bit(nr, addr)
#define __clear_bit_unlock(nr, addr) __clear_bit(nr, addr)
#define test_and_set_bit_lock(nr, addr) test_and_set_bit(nr, addr)

/* Index of the lowest set bit. Undefined for 0. */
static __always_inline __attribute_const__ unsigned long
__ffs(unsigned long word)
{
	return __builtin_ctzl(word);
}

/* Index of the lowest clear bit. Undefined for ~0. */
static __always_inline __attribute_const__ unsigned long ffz(unsigned long word)
{
	return __builtin_ctzl(~word);
}

/* Index of the highest set bit. Undefined for 0. */
static __always_inline __attribute_const__ unsigned long
__fls(unsigned long word)
{
	return 31 - __builtin_clzl(word);
}

/* 1 + index of the lowest set bit, 0 for 0. */
static __always_inline __attribute_const__ int ffs(int x)
{
	return __builtin_ffs(x);
}

/* 1 + index of the highest set bit, 0 for 0. */
static __always_inline __attribute_const__ int fls(unsigned int x)
{
	return x ? 32 - __builtin_clz(x) : 0;
}

static __always_inline __attribute_const__ int fls64(u64 x)
{
	u32 high = x >> 32;

	return high ? 32 + fls(high) : fls((u32)x);
}

#endif
