#ifndef _LINUX_CTYPE_H
#define _LINUX_CTYPE_H

#include <linux/types.h>

/*
 * Character classes of ASCII. Bytes above 127 belong to no class; each
 * function takes a character, sign-extended or not.
 */
static inline int isdigit(int c)
{
	return c >= '0' && c <= '9';
}

static inline int isupper(int c)
{
	return c >= 'A' && c <= 'Z';
}

static inline int islower(int c)
{
	return c >= 'a' && c <= 'z';
}

static inline int isalpha(int c)
{
	return islower(c | 0x20);
}

static inline int isalnum(int c)
{
	return isalpha(c) || isdigit(c);
}

static inline int isxdigit(int c)
{
	return isdigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static inline int isodigit(int c)
{
	return c >= '0' && c <= '7';
}

static inline int isspace(int c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline int iscntrl(int c)
{
	return (c >= 0 && c < 0x20) || c == 0x7f;
}

static inline int isgraph(int c)
{
	return c > 0x20 && c < 0x7f;
}

static inline int isprint(int c)
{
	return c >= 0x20 && c < 0x7f;
}

static inline int ispunct(int c)
{
	return isgraph(c) && !isalnum(c);
}

static inline int isascii(int c)
{
	return (c & ~0x7f) == 0;
}

static inline int toascii(int c)
{
	return c & 0x7f;
}

static inline int tolower(int c)
{
	return isupper(c) ? c | 0x20 : c;
}

static inline int toupper(int c)
{
	return islower(c) ? c & ~0x20 : c;
}

/* For letters only, without a test. */
static inline char _tolower(const char c)
{
	return c | 0x20;
}

#endif
