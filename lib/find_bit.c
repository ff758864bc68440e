// SPDX-License-Identifier: MIT
/*
 * find_bit.c - searching bitmaps
 *
 * All searches are one: make a word in which the wanted bits are set (the
 * map's, its complement, two maps' conjunction), cut off what lies before
 * the offset, and go on to the first word that is not 0.
 */
#include <linux/find.h>
#include <linux/bitops.h>
#include <linux/minmax.h>

enum combine {
	PLAIN,
	ZERO,
	AND,
	ANDNOT,
};

static __always_inline unsigned long wanted_bits(const unsigned long *a,
						 const unsigned long *b,
						 unsigned long index,
						 enum combine how)
{
	switch (how) {
	case ZERO:
		return ~a[index];
	case AND:
		return a[index] & b[index];
	case ANDNOT:
		return a[index] & ~b[index];
	default:
		return a[index];
	}
}

static __always_inline unsigned long
find_next(const unsigned long *a, const unsigned long *b, unsigned long size,
	  unsigned long offset, enum combine how)
{
	unsigned long index = BIT_WORD(offset);
	unsigned long word;

	if (offset >= size)
		return size;
	word = wanted_bits(a, b, index, how) & (~0UL << offset % BITS_PER_LONG);
	while (!word) {
		if (++index * BITS_PER_LONG >= size)
			return size;
		word = wanted_bits(a, b, index, how);
	}
	return min(index * BITS_PER_LONG + __ffs(word), size);
}

unsigned long find_next_bit(const unsigned long *addr, unsigned long size,
			    unsigned long offset)
{
	return find_next(addr, NULL, size, offset, PLAIN);
}

unsigned long find_next_zero_bit(const unsigned long *addr, unsigned long size,
				 unsigned long offset)
{
	return find_next(addr, NULL, size, offset, ZERO);
}

unsigned long find_next_and_bit(const unsigned long *addr1,
				const unsigned long *addr2, unsigned long size,
				unsigned long offset)
{
	return find_next(addr1, addr2, size, offset, AND);
}

unsigned long find_next_andnot_bit(const unsigned long *addr1,
				   const unsigned long *addr2,
				   unsigned long size, unsigned long offset)
{
	return find_next(addr1, addr2, size, offset, ANDNOT);
}

unsigned long find_last_bit(const unsigned long *addr, unsigned long size)
{
	unsigned long index = BITS_TO_LONGS(size);
	unsigned long mask = ~0UL >> (-size % BITS_PER_LONG);

	while (index-- > 0) {
		if (addr[index] & mask)
			return index * BITS_PER_LONG +
			       __fls(addr[index] & mask);
		mask = ~0UL;
	}
	return size;
}

unsigned long find_nth_bit(const unsigned long *addr, unsigned long size,
			   unsigned long n)
{
	unsigned long bit;

	for_each_set_bit(bit, addr, size)
		if (n-- == 0)
			return bit;
	return size;
}
