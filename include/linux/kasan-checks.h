/* SPDX-License-Identifier: MIT */
/*
 * Asking KASAN about a range by hand, where the compiler does not: before
 * assembly. True if all of [p, p + size) may be touched; else there is a
 * report, and false. Any context.
 *
 * The forms with __ ask in every file, the others in those only whose own
 * accesses are checked (scripts/make/sanitize.mk). Without KASAN all of them
 * are nothing.
 */
#ifndef _LINUX_KASAN_CHECKS_H
#define _LINUX_KASAN_CHECKS_H

#include <linux/compiler.h>
#include <linux/types.h>

#ifdef CONFIG_KASAN
bool __kasan_check_read(const volatile void *p, unsigned int size);
bool __kasan_check_write(const volatile void *p, unsigned int size);
#else
static __always_inline bool __kasan_check_read(const volatile void *p,
					       unsigned int size)
{
	return true;
}

static __always_inline bool __kasan_check_write(const volatile void *p,
						unsigned int size)
{
	return true;
}
#endif

#ifdef __SANITIZE_ADDRESS__
#define kasan_check_read __kasan_check_read
#define kasan_check_write __kasan_check_write
#else
static __always_inline bool kasan_check_read(const volatile void *p,
					     unsigned int size)
{
	return true;
}

static __always_inline bool kasan_check_write(const volatile void *p,
					      unsigned int size)
{
	return true;
}
#endif

#endif
