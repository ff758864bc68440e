// SPDX-License-Identifier: MIT
/*
 * string_mem.c - areas of memory: copy, fill, compare, search
 *
 * The plain forms, a word at a time where both sides are aligned alike. A
 * machine that does it better defines functions of the same names, which
 * then replace these weak ones.
 *
 * barrier() in the loops keeps the compiler from recognising them as what
 * they are and calling the very function they make up.
 */
#include <linux/string.h>
#include <linux/align.h>

#define WORD sizeof(unsigned long)

static bool both_aligned(const void *a, const void *b)
{
	return IS_ALIGNED((unsigned long)a | (unsigned long)b, WORD);
}

__weak void *(memcpy)(void *dst, const void *src, size_t n)
{
	unsigned char *d = dst;
	const unsigned char *s = src;

	if (both_aligned(d, s)) {
		for (; n >= WORD; n -= WORD, d += WORD, s += WORD) {
			*(unsigned long *)d = *(const unsigned long *)s;
			barrier();
		}
	}
	for (; n; n--) {
		*d++ = *s++;
		barrier();
	}
	return dst;
}

static void copy_backward(unsigned char *d, const unsigned char *s, size_t n)
{
	if (both_aligned(d + n, s + n)) {
		for (; n >= WORD; n -= WORD) {
			*(unsigned long *)(d + n - WORD) =
				*(const unsigned long *)(s + n - WORD);
			barrier();
		}
	}
	while (n--) {
		d[n] = s[n];
		barrier();
	}
}

/* Overlapping areas are copied from the side that is overwritten last. */
__weak void *(memmove)(void *dst, const void *src, size_t n)
{
	if ((unsigned long)dst - (unsigned long)src >= n)
		return (memcpy)(dst, src, n);
	copy_backward(dst, src, n);
	return dst;
}

__weak void *(memset)(void *dst, int c, size_t n)
{
	unsigned char *d = dst;
	unsigned long word = (~0UL / 0xff) * (unsigned char)c;

	if (IS_ALIGNED((unsigned long)d, WORD)) {
		for (; n >= WORD; n -= WORD, d += WORD) {
			*(unsigned long *)d = word;
			barrier();
		}
	}
	for (; n; n--) {
		*d++ = c;
		barrier();
	}
	return dst;
}

__weak int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *p = a, *q = b;

	if (both_aligned(p, q)) {
		while (n >= WORD &&
		       *(const unsigned long *)p == *(const unsigned long *)q) {
			p += WORD;
			q += WORD;
			n -= WORD;
		}
	}
	for (; n; n--, p++, q++)
		if (*p != *q)
			return *p - *q;
	return 0;
}

int bcmp(const void *a, const void *b, size_t n)
{
	return memcmp(a, b, n);
}

void *memscan(void *s, int c, size_t n)
{
	unsigned char *p = s;

	while (n && *p != (unsigned char)c) {
		p++;
		n--;
	}
	return p;
}

void *memchr(const void *s, int c, size_t n)
{
	const unsigned char *p = s;

	for (; n; n--, p++)
		if (*p == (unsigned char)c)
			return (void *)p;
	return NULL;
}

void memzero_explicit(void *s, size_t n)
{
	memset(s, 0, n);
	barrier_data(s);
}

void memswap(void *a, void *b, size_t n)
{
	unsigned char *p = a, *q = b, byte;

	for (; n; n--, p++, q++) {
		byte = *p;
		*p = *q;
		*q = byte;
	}
}
