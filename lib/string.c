// SPDX-License-Identifier: MIT
/*
 * string.c - strings: length, copy, compare, search
 *
 * C's functions and Linux's bounded ones; lib/string_words.c has those that
 * take strings apart into words. Nothing here is called in a loop over
 * memory, so the plainest form of each is the one that stands here.
 */
#include <linux/string.h>
#include <linux/ctype.h>
#include <linux/minmax.h>

/* clang-format off: it takes the bracketed name for a cast */
size_t(strlen)(const char *s)
/* clang-format on */
{
	const char *end = s;

	while (*end) {
		end++;
		barrier();	/* or the compiler makes a call of strlen */
	}
	return end - s;
}

size_t strnlen(const char *s, size_t n)
{
	const char *end = s;

	while (n-- && *end)
		end++;
	return end - s;
}

char *stpcpy(char *dst, const char *src)
{
	while ((*dst = *src++) != '\0')
		dst++;
	return dst;
}

char *strcpy(char *dst, const char *src)
{
	char *d = dst;

	while ((*d++ = *src++) != '\0')
		;
	return dst;
}

char *strncpy(char *dst, const char *src, size_t n)
{
	size_t i;

	for (i = 0; i < n && src[i]; i++)
		dst[i] = src[i];
	memset(dst + i, 0, n - i);
	return dst;
}

ssize_t strscpy(char *dst, const char *src, size_t size)
{
	size_t len;

	if (size == 0 || (ssize_t)size < 0)
		return -E2BIG;
	len = strnlen(src, size);
	if (len == size) {
		memcpy(dst, src, size - 1);
		dst[size - 1] = '\0';
		return -E2BIG;
	}
	memcpy(dst, src, len + 1);
	return len;
}

ssize_t strscpy_pad(char *dst, const char *src, size_t size)
{
	ssize_t len = strscpy(dst, src, size);

	if (len >= 0)
		memset(dst + len, 0, size - len);
	return len;
}

size_t strlcpy(char *dst, const char *src, size_t size)
{
	size_t len = strlen(src), copy;

	if (size) {
		copy = min(len, size - 1);
		memcpy(dst, src, copy);
		dst[copy] = '\0';
	}
	return len;
}

size_t strlcat(char *dst, const char *src, size_t size)
{
	size_t used = strnlen(dst, size);

	return used + strlcpy(dst + used, src, size - used);
}

char *strcat(char *dst, const char *src)
{
	strcpy(dst + strlen(dst), src);
	return dst;
}

char *strncat(char *dst, const char *src, size_t n)
{
	char *d = dst + strlen(dst);

	while (n-- && *src)
		*d++ = *src++;
	*d = '\0';
	return dst;
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++) {
		if (*a != *b)
			return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
		if (!*a)
			break;
	}
	return 0;
}

int strcmp(const char *a, const char *b)
{
	return strncmp(a, b, ~(size_t)0);
}

int strncasecmp(const char *a, const char *b, size_t n)
{
	int x, y;

	for (; n; n--, a++, b++) {
		x = tolower((unsigned char)*a);
		y = tolower((unsigned char)*b);
		if (x != y)
			return x - y;
		if (!x)
			break;
	}
	return 0;
}

int strcasecmp(const char *a, const char *b)
{
	return strncasecmp(a, b, ~(size_t)0);
}

char *strnchrnul(const char *s, size_t n, int c)
{
	for (; n && *s && *s != (char)c; n--)
		s++;
	return (char *)s;
}

char *strchrnul(const char *s, int c)
{
	return strnchrnul(s, ~(size_t)0, c);
}

char *strnchr(const char *s, size_t n, int c)
{
	for (; n; n--, s++) {
		if (*s == (char)c)
			return (char *)s;
		if (!*s)
			break;
	}
	return NULL;
}

char *strchr(const char *s, int c)
{
	return strnchr(s, ~(size_t)0, c);
}

char *strrchr(const char *s, int c)
{
	const char *last = NULL;

	do {
		if (*s == (char)c)
			last = s;
	} while (*s++);
	return (char *)last;
}

char *strnstr(const char *s, const char *find, size_t n)
{
	size_t len = strlen(find);

	for (; n >= len; s++, n--) {
		if (!memcmp(s, find, len))
			return (char *)s;
		if (!*s)
			break;
	}
	return NULL;
}

char *strstr(const char *s, const char *find)
{
	return strnstr(s, find, strlen(s));
}
