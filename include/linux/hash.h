/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_HASH_H
#define _LINUX_HASH_H

#include <asm-generic/bitsperlong.h>
#include <linux/compiler.h>
#include <linux/types.h>

/*
 * Multiplicative hashing: the word times 2^n divided by the golden ratio (in
 * a form with well-spread bits); the highest bits of the product are the
 * best mixed, so a hash of few bits takes those [Knuth3 6.4].
 */
#define GOLDEN_RATIO_32 0x61C88647
#define GOLDEN_RATIO_64 0x61C8864680B583EBull
#if BITS_PER_LONG == 64
# define GOLDEN_RATIO_PRIME GOLDEN_RATIO_64
# define hash_long(val, bits) hash_64(val, bits)
#else
# define GOLDEN_RATIO_PRIME GOLDEN_RATIO_32
# define hash_long(val, bits) hash_32(val, bits)
#endif

static inline u32 __hash_32(u32 val)
{
	return val * GOLDEN_RATIO_32;
}

/* The hash in 1 .. 32 bits. */
static inline u32 hash_32(u32 val, unsigned int bits)
{
	return __hash_32(val) >> (32 - bits);
}

static __always_inline u32 hash_64(u64 val, unsigned int bits)
{
	if (BITS_PER_LONG == 64)
		return val * GOLDEN_RATIO_64 >> (64 - bits);
	/* Two multiplications of 32 bits in place of three. */
	return hash_32((u32)val ^ __hash_32(val >> 32), bits);
}

static inline u32 hash_ptr(const void *ptr, unsigned int bits)
{
	return hash_long((unsigned long)ptr, bits);
}

static inline u32 hash32_ptr(const void *ptr)
{
	unsigned long val = (unsigned long)ptr;

	return (u32)val ^ (u32)((u64)val >> 32);
}

#endif
