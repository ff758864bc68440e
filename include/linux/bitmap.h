/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BITMAP_H
#define _LINUX_BITMAP_H

#include <linux/align.h>
#include <linux/bitops.h>
#include <linux/find.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>

/*
 * Arrays of nbits bits in longs, bit 0 the lowest of word 0. Bits of the
 * last word above nbits are ignored by everything that reads, and may be
 * changed by what writes whole maps. No locks, not atomic.
 */
#define BITMAP_FIRST_WORD_MASK(start) (~0UL << ((start) & (BITS_PER_LONG - 1)))
#define BITMAP_LAST_WORD_MASK(nbits) (~0UL >> (-(nbits) & (BITS_PER_LONG - 1)))

static inline unsigned int bitmap_size(unsigned long nbits)
{
	return BITS_TO_LONGS(nbits) * sizeof(unsigned long);
}

static inline void bitmap_zero(unsigned long *dst, unsigned int nbits)
{
	memset(dst, 0, bitmap_size(nbits));
}

static inline void bitmap_fill(unsigned long *dst, unsigned int nbits)
{
	memset(dst, 0xff, bitmap_size(nbits));
}

static inline void bitmap_copy(unsigned long *dst, const unsigned long *src,
			       unsigned int nbits)
{
	memcpy(dst, src, bitmap_size(nbits));
}

/* The same, with 0 in the last word's bits above nbits. */
void bitmap_copy_clear_tail(unsigned long *dst, const unsigned long *src,
			    unsigned int nbits);

/* dst = a op b; and, andnot: is any bit set? */
bool bitmap_and(unsigned long *dst, const unsigned long *a,
		const unsigned long *b, unsigned int nbits);
bool bitmap_andnot(unsigned long *dst, const unsigned long *a,
		   const unsigned long *b, unsigned int nbits);
void bitmap_or(unsigned long *dst, const unsigned long *a,
	       const unsigned long *b, unsigned int nbits);
void bitmap_xor(unsigned long *dst, const unsigned long *a,
		const unsigned long *b, unsigned int nbits);
void bitmap_complement(unsigned long *dst, const unsigned long *src,
		       unsigned int nbits);
/* new where mask is set, old elsewhere. */
void bitmap_replace(unsigned long *dst, const unsigned long *old,
		    const unsigned long *new, const unsigned long *mask,
		    unsigned int nbits);

bool bitmap_equal(const unsigned long *a, const unsigned long *b,
		  unsigned int nbits);
/* Is a or b together c? */
bool bitmap_or_equal(const unsigned long *a, const unsigned long *b,
		     const unsigned long *c, unsigned int nbits);
bool bitmap_intersects(const unsigned long *a, const unsigned long *b,
		       unsigned int nbits);
bool bitmap_subset(const unsigned long *a, const unsigned long *of,
		   unsigned int nbits);
unsigned int bitmap_weight(const unsigned long *map, unsigned int nbits);

static inline bool bitmap_empty(const unsigned long *map, unsigned int nbits)
{
	return find_first_bit(map, nbits) == nbits;
}

static inline bool bitmap_full(const unsigned long *map, unsigned int nbits)
{
	return find_first_zero_bit(map, nbits) == nbits;
}

/* nbits bits from start. */
void bitmap_set(unsigned long *map, unsigned int start, unsigned int nbits);
void bitmap_clear(unsigned long *map, unsigned int start, unsigned int nbits);

/* Towards bit 0, or away from it; zeroes come in. */
void bitmap_shift_right(unsigned long *dst, const unsigned long *src,
			unsigned int shift, unsigned int nbits);
void bitmap_shift_left(unsigned long *dst, const unsigned long *src,
		       unsigned int shift, unsigned int nbits);

/*
 * The first run of nr clear bits in size bits from start, whose first bit
 * plus align_offset is a multiple of align_mask + 1. Above size if none.
 */
unsigned long bitmap_find_next_zero_area_off(
	unsigned long *map, unsigned long size, unsigned long start,
	unsigned int nr, unsigned long align_mask, unsigned long align_offset);

static inline unsigned long bitmap_find_next_zero_area(unsigned long *map,
						       unsigned long size,
						       unsigned long start,
						       unsigned int nr,
						       unsigned long align_mask)
{
	return bitmap_find_next_zero_area_off(map, size, start, nr, align_mask,
					      0);
}

/* Regions of 2^order bits, aligned to their size: position or -ENOMEM. */
int bitmap_find_free_region(unsigned long *map, unsigned int bits, int order);
/* Take the one at pos: 0, or -EBUSY. */
int bitmap_allocate_region(unsigned long *map, unsigned int pos, int order);
void bitmap_release_region(unsigned long *map, unsigned int pos, int order);

/* "0,3-5" or "all" or "0-31:2/8" (2 of each 8) to bits; 0, -ERANGE where a
 * number is too large, -EINVAL for anything else.
 */
int bitmap_parselist(const char *buf, unsigned long *map, int nbits);

void bitmap_from_arr32(unsigned long *map, const u32 *buf, unsigned int nbits);
void bitmap_to_arr32(u32 *buf, const unsigned long *map, unsigned int nbits);

static inline unsigned long bitmap_get_value8(const unsigned long *map,
					      unsigned long start)
{
	return map[BIT_WORD(start)] >> (start % BITS_PER_LONG) & 0xff;
}

static inline void bitmap_set_value8(unsigned long *map, unsigned long value,
				     unsigned long start)
{
	unsigned long shift = start % BITS_PER_LONG;

	map[BIT_WORD(start)] &= ~(0xffUL << shift);
	map[BIT_WORD(start)] |= value << shift;
}

#define BITMAP_FROM_U64(n) \
	((unsigned long)((n) & ULONG_MAX)), ((unsigned long)((u64)(n) >> 32))

#endif
