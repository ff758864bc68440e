// SPDX-License-Identifier: MIT
/*
 * tsan.c - what the compiler calls before each access
 *
 *	x = p->len;		==>	__tsan_read4(&p->len);
 *	WRITE_ONCE(flag, 1);	==>	__tsan_volatile_write4(&flag);
 *
 * The compiler's own run-time library for -fsanitize=thread would keep a
 * history of each word and of each lock. Only its calls are used here.
 *
 * A volatile access is a marked one: READ_ONCE() and WRITE_ONCE() are that.
 * Only up to a machine word: a wider one is made in parts, between which
 * another CPU may come, so it is plain, and GCC calls it a range.
 *
 * Differs from Linux: which takes a volatile access of 8 bytes as marked on
 * machines of 32 bits as well. (kernel/kcsan/core.c)
 */
#include "tsan.h"

#include <linux/instruction_pointer.h>
#include <linux/string.h>

#include "kcsan.h"

#define DEFINE_TSAN_ACCESS(size, marked)				\
void __tsan_read##size(unsigned long addr)				\
{									\
	kcsan_check(addr, size, 0, _RET_IP_);\
}									\
									\
void __tsan_write##size(unsigned long addr)				\
{									\
	kcsan_check(addr, size, KCSAN_ACCESS_WRITE, _RET_IP_);\
}									\
									\
void __tsan_volatile_read##size(unsigned long addr)			\
{									\
	kcsan_check(addr, size, marked, _RET_IP_);\
}									\
									\
void __tsan_volatile_write##size(unsigned long addr)			\
{									\
	kcsan_check(addr, size, (marked) | KCSAN_ACCESS_WRITE, _RET_IP_);\
}

DEFINE_TSAN_ACCESS(1, KCSAN_ACCESS_ATOMIC)
DEFINE_TSAN_ACCESS(2, KCSAN_ACCESS_ATOMIC)
DEFINE_TSAN_ACCESS(4, KCSAN_ACCESS_ATOMIC)
DEFINE_TSAN_ACCESS(8, 0)
DEFINE_TSAN_ACCESS(16, 0)

void __tsan_read_range(unsigned long addr, size_t size)
{
	kcsan_check(addr, size, 0, _RET_IP_);
}

void __tsan_write_range(unsigned long addr, size_t size)
{
	kcsan_check(addr, size, KCSAN_ACCESS_WRITE, _RET_IP_);
}

void __kcsan_check_access(const volatile void *ptr, size_t size, int type)
{
	kcsan_check((unsigned long)ptr, size, type, _RET_IP_);
}

/* --- strings of memory --- */

static void check_copy(void *dst, const void *src, size_t n, unsigned long ip)
{
	kcsan_check((unsigned long)src, n, 0, ip);
	kcsan_check((unsigned long)dst, n, KCSAN_ACCESS_WRITE, ip);
}

void *__tsan_memcpy(void *dst, const void *src, size_t n)
{
	check_copy(dst, src, n, _RET_IP_);
	return memcpy(dst, src, n);
}

void *__tsan_memmove(void *dst, const void *src, size_t n)
{
	check_copy(dst, src, n, _RET_IP_);
	return memmove(dst, src, n);
}

void *__tsan_memset(void *dst, int c, size_t n)
{
	kcsan_check((unsigned long)dst, n, KCSAN_ACCESS_WRITE, _RET_IP_);
	return memset(dst, c, n);
}

void __tsan_init(void)
{
}
