/* SPDX-License-Identifier: MIT */
/*
 * What is said before assembly touches memory. A checker that has the compiler
 * mark each access sees none of those; so whoever writes such assembly says
 * here what it is going to do:
 *
 *	                          reads  writes  in one piece
 *	instrument_read             x
 *	instrument_write                    x
 *	instrument_read_write       x       x
 *	instrument_atomic_read      x               x
 *	instrument_atomic_write             x       x
 *	instrument_atomic_read_write x      x       x
 *
 * The access is made in any case. Any context. Nothing in a kernel without
 * checkers, nor in a file whose accesses are not to be checked.
 */
#ifndef _LINUX_INSTRUMENTED_H
#define _LINUX_INSTRUMENTED_H

#include <linux/compiler.h>
#include <linux/kasan-checks.h>
#include <linux/kcsan-checks.h>
#include <linux/types.h>

static __always_inline void instrument_read(const volatile void *p, size_t size)
{
	kasan_check_read(p, size);
	kcsan_check_read(p, size);
}

static __always_inline void instrument_write(const volatile void *p,
					     size_t size)
{
	kasan_check_write(p, size);
	kcsan_check_write(p, size);
}

static __always_inline void instrument_read_write(const volatile void *p,
						  size_t size)
{
	kasan_check_write(p, size);
	kcsan_check_read_write(p, size);
}

static __always_inline void instrument_atomic_read(const volatile void *p,
						   size_t size)
{
	kasan_check_read(p, size);
	kcsan_check_atomic_read(p, size);
}

static __always_inline void instrument_atomic_write(const volatile void *p,
						    size_t size)
{
	kasan_check_write(p, size);
	kcsan_check_atomic_write(p, size);
}

static __always_inline void instrument_atomic_read_write(const volatile void *p,
							 size_t size)
{
	kasan_check_write(p, size);
	kcsan_check_atomic_read_write(p, size);
}

#endif
