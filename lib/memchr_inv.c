// SPDX-License-Identifier: MIT
/*
 * memchr_inv.c - is an area of memory all one value?
 *
 * A file of its own, because the checks of free memory ask it, which nobody
 * else may read: a checker of each access does not look at this one.
 *
 * Whole words first: debug builds look through pages of poison with it.
 */
#include <linux/string.h>
#include <linux/align.h>

#define WORD sizeof(unsigned long)

void *memchr_inv(const void *s, int c, size_t n)
{
	const unsigned char *p = s;
	unsigned long word = (~0UL / 0xff) * (unsigned char)c;

	for (; n && !IS_ALIGNED((unsigned long)p, WORD); n--, p++)
		if (*p != (unsigned char)c)
			return (void *)p;
	while (n >= WORD && *(const unsigned long *)p == word) {
		p += WORD;
		n -= WORD;
	}
	for (; n; n--, p++)
		if (*p != (unsigned char)c)
			return (void *)p;
	return NULL;
}
