// SPDX-License-Identifier: MIT
/*
 * bitmap.c - sets as arrays of bits
 *
 * Word by word; where the last word is only partly the map's, its other bits
 * are masked out of every answer.
 */
#include <linux/bitmap.h>
#include <linux/errno.h>
#include <linux/math.h>

void bitmap_copy_clear_tail(unsigned long *dst, const unsigned long *src,
			    unsigned int nbits)
{
	bitmap_copy(dst, src, nbits);
	if (nbits % BITS_PER_LONG)
		dst[nbits / BITS_PER_LONG] &= BITMAP_LAST_WORD_MASK(nbits);
}

/* Which bits of word k belong to a map of nbits. */
static unsigned long word_mask(unsigned int k, unsigned int nbits)
{
	return (k + 1) * BITS_PER_LONG <= nbits ? ~0UL :
						  BITMAP_LAST_WORD_MASK(nbits);
}

#define for_each_word(k, nbits) \
	for (unsigned int k = 0; k < BITS_TO_LONGS(nbits); k++)

bool bitmap_and(unsigned long *dst, const unsigned long *a,
		const unsigned long *b, unsigned int nbits)
{
	unsigned long any = 0;

	for_each_word(k, nbits)
		any |= dst[k] = a[k] & b[k] & word_mask(k, nbits);
	return any;
}

bool bitmap_andnot(unsigned long *dst, const unsigned long *a,
		   const unsigned long *b, unsigned int nbits)
{
	unsigned long any = 0;

	for_each_word(k, nbits)
		any |= dst[k] = a[k] & ~b[k] & word_mask(k, nbits);
	return any;
}

void bitmap_or(unsigned long *dst, const unsigned long *a,
	       const unsigned long *b, unsigned int nbits)
{
	for_each_word(k, nbits)
		dst[k] = a[k] | b[k];
}

void bitmap_xor(unsigned long *dst, const unsigned long *a,
		const unsigned long *b, unsigned int nbits)
{
	for_each_word(k, nbits)
		dst[k] = a[k] ^ b[k];
}

void bitmap_complement(unsigned long *dst, const unsigned long *src,
		       unsigned int nbits)
{
	for_each_word(k, nbits)
		dst[k] = ~src[k];
}

void bitmap_replace(unsigned long *dst, const unsigned long *old,
		    const unsigned long *new, const unsigned long *mask,
		    unsigned int nbits)
{
	for_each_word(k, nbits)
		dst[k] = (old[k] & ~mask[k]) | (new[k] & mask[k]);
}

bool bitmap_equal(const unsigned long *a, const unsigned long *b,
		  unsigned int nbits)
{
	for_each_word(k, nbits)
		if ((a[k] ^ b[k]) & word_mask(k, nbits))
			return false;
	return true;
}

bool bitmap_or_equal(const unsigned long *a, const unsigned long *b,
		     const unsigned long *c, unsigned int nbits)
{
	for_each_word(k, nbits)
		if (((a[k] | b[k]) ^ c[k]) & word_mask(k, nbits))
			return false;
	return true;
}

bool bitmap_intersects(const unsigned long *a, const unsigned long *b,
		       unsigned int nbits)
{
	for_each_word(k, nbits)
		if (a[k] & b[k] & word_mask(k, nbits))
			return true;
	return false;
}

bool bitmap_subset(const unsigned long *a, const unsigned long *of,
		   unsigned int nbits)
{
	for_each_word(k, nbits)
		if (a[k] & ~of[k] & word_mask(k, nbits))
			return false;
	return true;
}

unsigned int bitmap_weight(const unsigned long *map, unsigned int nbits)
{
	unsigned int weight = 0;

	for_each_word(k, nbits)
		weight += hweight_long(map[k] & word_mask(k, nbits));
	return weight;
}

/* The part of [start, end) in start's word, as a mask. */
static unsigned long range_mask(unsigned int start, unsigned int end)
{
	unsigned long mask = BITMAP_FIRST_WORD_MASK(start);

	if (BIT_WORD(start) == BIT_WORD(end))
		mask &= ~BITMAP_FIRST_WORD_MASK(end);
	return mask;
}

void bitmap_set(unsigned long *map, unsigned int start, unsigned int nbits)
{
	unsigned int end = start + nbits;

	for (; start < end;
	     start = round_down(start, BITS_PER_LONG) + BITS_PER_LONG)
		map[BIT_WORD(start)] |= range_mask(start, end);
}

void bitmap_clear(unsigned long *map, unsigned int start, unsigned int nbits)
{
	unsigned int end = start + nbits;

	for (; start < end;
	     start = round_down(start, BITS_PER_LONG) + BITS_PER_LONG)
		map[BIT_WORD(start)] &= ~range_mask(start, end);
}

/* The word whose lowest bit is bit pos of the map; zeroes behind nbits. */
static unsigned long word_at(const unsigned long *map, unsigned int pos,
			     unsigned int nbits)
{
	unsigned int k = BIT_WORD(pos), shift = pos % BITS_PER_LONG;
	unsigned long word = 0;

	if (pos >= nbits)
		return 0;
	word = (map[k] & word_mask(k, nbits)) >> shift;
	if (shift && (k + 1) * BITS_PER_LONG < nbits)
		word |= (map[k + 1] & word_mask(k + 1, nbits))
			<< (BITS_PER_LONG - shift);
	return word;
}

/* Each word is read before it is written: dst may be src. */
void bitmap_shift_right(unsigned long *dst, const unsigned long *src,
			unsigned int shift, unsigned int nbits)
{
	for_each_word(k, nbits)
		dst[k] = word_at(src, k * BITS_PER_LONG + shift, nbits);
}

void bitmap_shift_left(unsigned long *dst, const unsigned long *src,
		       unsigned int shift, unsigned int nbits)
{
	unsigned int bits = shift % BITS_PER_LONG;
	unsigned int words = shift / BITS_PER_LONG;
	unsigned int k = BITS_TO_LONGS(nbits);
	unsigned long low;

	while (k-- > 0) {
		if (k < words) {
			dst[k] = 0;
			continue;
		}
		low = bits && k > words ?
			      src[k - words - 1] >> (BITS_PER_LONG - bits) :
			      0;
		dst[k] = src[k - words] << bits | low;
	}
}

unsigned long bitmap_find_next_zero_area_off(
	unsigned long *map, unsigned long size, unsigned long start,
	unsigned int nr, unsigned long align_mask, unsigned long align_offset)
{
	unsigned long index, end, taken;

	for (;;) {
		index = find_next_zero_bit(map, size, start);
		index = __ALIGN_MASK(index + align_offset, align_mask) -
			align_offset;
		end = index + nr;
		if (end > size)
			return end;
		taken = find_next_bit(map, end, index);
		if (taken >= end)
			return index;
		start = taken + 1;
	}
}

int bitmap_find_free_region(unsigned long *map, unsigned int bits, int order)
{
	unsigned int size = 1u << order;
	unsigned long pos;

	pos = bitmap_find_next_zero_area(map, bits, 0, size, size - 1);
	if (pos + size > bits)
		return -ENOMEM;
	bitmap_set(map, pos, size);
	return pos;
}

int bitmap_allocate_region(unsigned long *map, unsigned int pos, int order)
{
	unsigned int size = 1u << order;

	if (find_next_bit(map, pos + size, pos) < pos + size)
		return -EBUSY;
	bitmap_set(map, pos, size);
	return 0;
}

void bitmap_release_region(unsigned long *map, unsigned int pos, int order)
{
	bitmap_clear(map, pos, 1u << order);
}

void bitmap_from_arr32(unsigned long *map, const u32 *buf, unsigned int nbits)
{
	bitmap_zero(map, nbits);
	for (unsigned int i = 0; i < BITS_TO_U32(nbits); i++)
		map[BIT_WORD(i * 32)] |= (unsigned long)buf[i]
					 << (i * 32 % BITS_PER_LONG);
	if (nbits % BITS_PER_LONG)
		map[BIT_WORD(nbits)] &= BITMAP_LAST_WORD_MASK(nbits);
}

void bitmap_to_arr32(u32 *buf, const unsigned long *map, unsigned int nbits)
{
	for (unsigned int i = 0; i < BITS_TO_U32(nbits); i++)
		buf[i] = map[BIT_WORD(i * 32)] >> (i * 32 % BITS_PER_LONG);
	if (nbits % 32)
		buf[nbits / 32] &= ~0u >> (-nbits & 31);
}
