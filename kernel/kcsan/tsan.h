/* SPDX-License-Identifier: MIT */
/*
 * What the compiler calls in a file with -fsanitize=thread, GCC's names and
 * meanings: before each access, of an address that is a multiple of the size,
 * or else of a range. Any context.
 */
#ifndef _KERNEL_KCSAN_TSAN_H
#define _KERNEL_KCSAN_TSAN_H

#include <linux/types.h>

#define DECLARE_TSAN_ACCESS(size)					\
void __tsan_read##size(unsigned long addr);				\
void __tsan_write##size(unsigned long addr);				\
void __tsan_volatile_read##size(unsigned long addr);			\
void __tsan_volatile_write##size(unsigned long addr)

DECLARE_TSAN_ACCESS(1);
DECLARE_TSAN_ACCESS(2);
DECLARE_TSAN_ACCESS(4);
DECLARE_TSAN_ACCESS(8);
DECLARE_TSAN_ACCESS(16);

void __tsan_read_range(unsigned long addr, size_t size);
void __tsan_write_range(unsigned long addr, size_t size);

/* Copies and fills, by the macros of <linux/string.h>. */
void *__tsan_memcpy(void *dst, const void *src, size_t n);
void *__tsan_memset(void *dst, int c, size_t n);
void *__tsan_memmove(void *dst, const void *src, size_t n);

/* A constructor of each file: nothing to do. */
void __tsan_init(void);

#endif
