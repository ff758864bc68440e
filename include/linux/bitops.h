#ifndef _LINUX_BITOPS_H
#define _LINUX_BITOPS_H

#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/types.h>

#define BITS_PER_TYPE(type) (sizeof(type) * BITS_PER_BYTE)
#define __BITS_TO(nr, unit) (((nr) + (unit) - 1) / (unit))
#define BITS_TO_LONGS(nr) __BITS_TO(nr, BITS_PER_TYPE(long))
#define BITS_TO_U64(nr) __BITS_TO(nr, BITS_PER_TYPE(u64))
#define BITS_TO_U32(nr) __BITS_TO(nr, BITS_PER_TYPE(u32))
#define BITS_TO_BYTES(nr) __BITS_TO(nr, BITS_PER_TYPE(char))

/*
 * The machine's part: set_bit() and its family, test_bit(), __ffs(), ffz(),
 * __fls(), ffs(), fls(), fls64(). <asm-generic/bitops.h> has them in plain C
 * for a machine that needs nothing better.
 */
#include <asm/bitops.h>

/* Number of set bits. The const forms fold at compile time. */
unsigned int __sw_hweight32(u32 w);
unsigned int __sw_hweight64(u64 w);

#define __const_hweight8(w) ((unsigned int)				\
	(!!((w) & (1ULL << 0)) + !!((w) & (1ULL << 1)) +		\
	 !!((w) & (1ULL << 2)) + !!((w) & (1ULL << 3)) +		\
	 !!((w) & (1ULL << 4)) + !!((w) & (1ULL << 5)) +		\
	 !!((w) & (1ULL << 6)) + !!((w) & (1ULL << 7))))
#define __const_hweight16(w) \
	(__const_hweight8(w) + __const_hweight8((w) >> 8))
#define __const_hweight32(w) \
	(__const_hweight16(w) + __const_hweight16((w) >> 16))
#define __const_hweight64(w) \
	(__const_hweight32(w) + __const_hweight32((w) >> 32))

#define HWEIGHT8(w) (BUILD_BUG_ON_ZERO(!__builtin_constant_p(w)) + \
		     __const_hweight8(w))
#define hweight8(w) __sw_hweight32((u8)(w))
#define hweight16(w) __sw_hweight32((u16)(w))
#define hweight32(w) (__builtin_constant_p(w) ? \
		__const_hweight32((u32)(w)) : __sw_hweight32(w))
#define hweight64(w) (__builtin_constant_p(w) ? \
		__const_hweight64((u64)(w)) : __sw_hweight64(w))

static __always_inline unsigned long hweight_long(unsigned long w)
{
	return sizeof(w) == 4 ? __sw_hweight32(w) : __sw_hweight64(w);
}

/* Rotations; any shift, taken modulo the width. */
static inline u64 rol64(u64 word, unsigned int shift)
{
	return (word << (shift & 63)) | (word >> ((-shift) & 63));
}

static inline u64 ror64(u64 word, unsigned int shift)
{
	return (word >> (shift & 63)) | (word << ((-shift) & 63));
}

static inline u32 rol32(u32 word, unsigned int shift)
{
	return (word << (shift & 31)) | (word >> ((-shift) & 31));
}

static inline u32 ror32(u32 word, unsigned int shift)
{
	return (word >> (shift & 31)) | (word << ((-shift) & 31));
}

static inline u16 rol16(u16 word, unsigned int shift)
{
	return (word << (shift & 15)) | (word >> ((-shift) & 15));
}

static inline u16 ror16(u16 word, unsigned int shift)
{
	return (word >> (shift & 15)) | (word << ((-shift) & 15));
}

static inline u8 rol8(u8 word, unsigned int shift)
{
	return (word << (shift & 7)) | (word >> ((-shift) & 7));
}

static inline u8 ror8(u8 word, unsigned int shift)
{
	return (word >> (shift & 7)) | (word << ((-shift) & 7));
}

/* value's bit index is its sign: copy it into all higher bits. */
static __always_inline s32 sign_extend32(u32 value, int index)
{
	u8 shift = 31 - index;

	return (s32)(value << shift) >> shift;
}

static __always_inline s64 sign_extend64(u64 value, int index)
{
	u8 shift = 63 - index;

	return (s64)(value << shift) >> shift;
}

static __always_inline unsigned int fls_long(unsigned long l)
{
	return sizeof(l) == 4 ? fls(l) : fls64(l);
}

/* The order of the smallest power of two that holds count; -1 for 0. */
static inline int get_count_order(unsigned int count)
{
	return count == 0 ? -1 : fls(--count);
}

static inline int get_count_order_long(unsigned long l)
{
	return l == 0 ? -1 : (int)fls_long(--l);
}

static inline unsigned int __ffs64(u64 word)
{
	return (u32)word ? __ffs((u32)word) : __ffs((u32)(word >> 32)) + 32;
}

/* Position of the n-th (from 0) set bit; BITS_PER_LONG if there is none. */
static inline unsigned int fns(unsigned long word, unsigned int n)
{
	while (word && n--)
		word &= word - 1;
	return word ? __ffs(word) : BITS_PER_LONG;
}

static __always_inline void assign_bit(long nr, volatile unsigned long *addr,
				       bool value)
{
	if (value)
		set_bit(nr, addr);
	else
		clear_bit(nr, addr);
}

static __always_inline void __assign_bit(long nr, volatile unsigned long *addr,
					 bool value)
{
	if (value)
		__set_bit(nr, addr);
	else
		__clear_bit(nr, addr);
}

#include <linux/find.h>

#endif
