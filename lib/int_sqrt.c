// SPDX-License-Identifier: MIT
/*
 * int_sqrt.c - integer square root, a bit at a time
 *
 * From the highest bit down, a bit stays in the root if the square still
 * fits; the square itself is never formed, only its growth.
 */
#include <linux/math.h>
#include <linux/bitops.h>

unsigned long int_sqrt(unsigned long x)
{
	unsigned long root = 0, bit, sum;

	if (x <= 1)
		return x;
	for (bit = 1UL << (__fls(x) & ~1UL); bit; bit >>= 2) {
		sum = root + bit;
		root >>= 1;
		if (x >= sum) {
			x -= sum;
			root += bit;
		}
	}
	return root;
}
