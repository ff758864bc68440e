#ifndef _ASM_X86_STRING_H
#define _ASM_X86_STRING_H

/* Included by <linux/string.h> only: what arch/x86/lib does better. */

#include <linux/instrumented.h>
#include <linux/types.h>

#define __HAVE_ARCH_MEMCPY
#define __HAVE_ARCH_MEMMOVE
#define __HAVE_ARCH_MEMSET
#define __HAVE_ARCH_MEMSET16
#define __HAVE_ARCH_MEMSET32

void *memcpy(void *to, const void *from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *s, int c, size_t n);

/* Fill n values (not bytes) of 16 or 32 bits. */
static inline void *memset16(u16 *s, u16 v, size_t n)
{
	u16 *p = s;

	instrument_write(s, n * sizeof(*s));
	asm volatile("rep; stosw" : "+D"(p), "+c"(n) : "a"(v) : "memory");
	return s;
}

static inline void *memset32(u32 *s, u32 v, size_t n)
{
	u32 *p = s;

	instrument_write(s, n * sizeof(*s));
	asm volatile("rep; stosl" : "+D"(p), "+c"(n) : "a"(v) : "memory");
	return s;
}

#endif
