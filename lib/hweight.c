// SPDX-License-Identifier: MIT
/*
 * hweight.c - counting set bits
 *
 * Sums side by side: of each pair of bits, of each group of four, of each
 * byte; the multiplication then adds all bytes into the highest. Without a
 * table, and without POPCNT, which CPUs before 2008 lack.
 */
#include <linux/bitops.h>

unsigned int __sw_hweight32(u32 w)
{
	w -= w >> 1 & 0x55555555;
	w = (w & 0x33333333) + (w >> 2 & 0x33333333);
	w = (w + (w >> 4)) & 0x0f0f0f0f;
	return w * 0x01010101 >> 24;
}

unsigned int __sw_hweight64(u64 w)
{
	return __sw_hweight32(w) + __sw_hweight32(w >> 32);
}
