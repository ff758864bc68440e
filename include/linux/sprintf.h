#ifndef _LINUX_SPRINTF_H
#define _LINUX_SPRINTF_H

#include <linux/compiler_types.h>
#include <linux/stdarg.h>
#include <linux/types.h>

/* What "%pV" takes the address of: a format and its arguments. */
struct va_format {
	const char *fmt;
	va_list *va;
};

/*
 * Formatted text into a buffer; docs and forms at the head of lib/vsprintf.c.
 * Any context, no locks, no memory.
 *
 * vsnprintf and snprintf return the length of the whole text, without the
 * NUL, even where it did not fit: cut off if the result is >= size. At most
 * size bytes are written, the last of them NUL; with size 0, none, and buf
 * may be NULL.
 */
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
	__printf(3, 0);
int snprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);
/* The same, but return the length that is in buf. */
int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
	__printf(3, 0);
int scnprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);
/* Only for text whose length is known to fit. */
int vsprintf(char *buf, const char *fmt, va_list args) __printf(2, 0);
int sprintf(char *buf, const char *fmt, ...) __printf(2, 3);

/*
 * The text in memory from kmalloc(), to be freed by kfree(); NULL if memory
 * is out. May sleep if gfp allows. (mm/util.c)
 */
char *kasprintf(gfp_t gfp, const char *fmt, ...) __printf(2, 3);
char *kvasprintf(gfp_t gfp, const char *fmt, va_list args) __printf(2, 0);

/* Read text back: %d %i %u %x %o %c %s %n %[] %%, widths, *; see lib/sscanf.c.
 * Return the number of conversions stored.
 */
int vsscanf(const char *buf, const char *fmt, va_list args) __scanf(2, 0);
int sscanf(const char *buf, const char *fmt, ...) __scanf(2, 3);

#endif
