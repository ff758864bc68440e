/* SPDX-License-Identifier: MIT */
/*
 * What the compiler calls in a file with -fsanitize=kernel-address, GCC's
 * names and meanings. Any context.
 */
#ifndef _MM_KASAN_ASAN_H
#define _MM_KASAN_ASAN_H

#include <linux/types.h>

#include "kasan.h"

/* Bytes before an array of variable length, and a unit of those behind. */
#define ASAN_ALLOCA_ZONE 32

/* Before each access of that many bytes. */
void __asan_load1_noabort(unsigned long addr);
void __asan_load2_noabort(unsigned long addr);
void __asan_load4_noabort(unsigned long addr);
void __asan_load8_noabort(unsigned long addr);
void __asan_load16_noabort(unsigned long addr);
void __asan_loadN_noabort(unsigned long addr, size_t size);
void __asan_store1_noabort(unsigned long addr);
void __asan_store2_noabort(unsigned long addr);
void __asan_store4_noabort(unsigned long addr);
void __asan_store8_noabort(unsigned long addr);
void __asan_store16_noabort(unsigned long addr);
void __asan_storeN_noabort(unsigned long addr, size_t size);

/* Of stack frames, where it is not done by instructions of their own. */
void __asan_handle_no_return(void);
void __asan_poison_stack_memory(const void *addr, size_t size);
void __asan_unpoison_stack_memory(const void *addr, size_t size);
void __asan_alloca_poison(const void *addr, size_t size);
void __asan_allocas_unpoison(const void *top, const void *bottom);

/* The static variables of a file. */
void __asan_register_globals(struct kasan_global *globals, size_t nr);
void __asan_unregister_globals(struct kasan_global *globals, size_t nr);

#endif
