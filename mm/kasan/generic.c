// SPDX-License-Identifier: MIT
/*
 * KASAN: a kernel that looks at each of its own accesses.
 *
 * The problem: a write one byte past an object, or through a pointer to one
 * that was freed, harms somebody else, later. Guard bytes that are looked at
 * when the object is freed tell that it happened; nothing tells who, and of a
 * read nothing remains at all.
 *
 * Shadow memory: each 8 bytes of the kernel's gigabyte have one byte, at
 * (address / 8) + a constant, that says which of them may be touched:
 *
 *	shadow   meaning                      memory
 *	00       all 8                        |.|.|.|.|.|.|.|.|
 *	01 - 07  the first so many            |.|.|.|x|x|x|x|x|   03
 *	80 - ff  none; the value says why     |x|x|x|x|x|x|x|x|   <kasan.h>
 *
 * The compiler (-fsanitize=kernel-address) puts a call before each access:
 *
 *	*p = 1;   ==>   __asan_store4_noabort(p);
 *			*p = 1;
 *
 * and red zones around each variable: on the stack by instructions that write
 * the shadow when a function begins and ends, of static ones by a constructor
 * that calls __asan_register_globals(). The allocators tell of the rest, see
 * mm/kasan/common.c.
 *
 * What comes in by assembly is asked for by hand: strings of memory (the
 * macros of <linux/string.h> lead here), atomic operations, bits, locks and
 * whole pages (<linux/instrumented.h>). Per-CPU variables and the CPU's own
 * walks through page tables are not looked at. Files that have to touch what is
 * poisoned are compiled without the calls: scripts/make/sanitize.mk lists them,
 * each with its reason.
 *
 * Addresses below PAGE_OFFSET have no shadow: there is nothing to be touched.
 *
 * Context: any. Lock: none: who frees memory that another CPU still uses makes
 * a race that is seen or not. Cost: about 20 instructions for each access.
 *
 * Differs from Linux: outline calls only. (mm/kasan/generic.c, shadow.c)
 */
#include "kasan.h"

#include <asm/kasan.h>
#include <linux/array_size.h>
#include <linux/instruction_pointer.h>
#include <linux/kasan-checks.h>
#include <linux/math.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/string.h>

#include "asan.h"

static u8 *shadow_of(unsigned long addr)
{
	return (u8 *)((addr >> KASAN_SHADOW_SCALE_SHIFT) + KASAN_SHADOW_OFFSET);
}

/* --- the floor --- */

void kasan_poison(const void *addr, size_t size, u8 value)
{
	size = (size + KASAN_GRANULE_MASK) >> KASAN_SHADOW_SCALE_SHIFT;
	memset(shadow_of((unsigned long)addr), value, size);
}

void kasan_unpoison(const void *addr, size_t size)
{
	u8 *shadow = shadow_of((unsigned long)addr);

	memset(shadow, 0, size >> KASAN_SHADOW_SCALE_SHIFT);
	if (size & KASAN_GRANULE_MASK)
		shadow[size >> KASAN_SHADOW_SCALE_SHIFT] = size &
							   KASAN_GRANULE_MASK;
}

/* Of one byte; a shadow byte with its highest bit is below all places. */
static __always_inline bool byte_is_bad(unsigned long addr)
{
	s8 shadow = *(s8 *)shadow_of(addr);

	return unlikely(shadow) && (s8)(addr & KASAN_GRANULE_MASK) >= shadow;
}

bool kasan_byte_accessible(const void *addr)
{
	return (unsigned long)addr >= PAGE_OFFSET &&
	       !byte_is_bad((unsigned long)addr);
}

/* --- ranges --- */

/* The first byte of whole granules that is not 0, or end. */
static unsigned long skip_clean(unsigned long addr, unsigned long end)
{
	const u8 *shadow = shadow_of(addr), *last = shadow_of(end - 1);
	const u8 *bad;

	if (shadow >= last)
		return addr;
	bad = memchr_inv(shadow, 0, last - shadow);
	return (addr & ~KASAN_GRANULE_MASK) +
	       ((bad ? bad : last) - shadow) * KASAN_GRANULE_SIZE;
}

unsigned long kasan_first_bad_byte(unsigned long addr, size_t size)
{
	unsigned long end = addr + size;
	unsigned long at;

	if (addr < PAGE_OFFSET || end - 1 < addr)
		return addr;
	at = skip_clean(addr, end);
	for (at = at < addr ? addr : at; at < end; at++)
		if (byte_is_bad(at))
			return at;
	return end;
}

bool kasan_check_range(unsigned long addr, size_t size, bool is_write,
		       unsigned long ip)
{
	return likely(!size ||
		      kasan_first_bad_byte(addr, size) == addr + size) ||
	       !kasan_report(addr, size, is_write, ip);
}

/* 1 to 8 bytes, in one granule or two: the last byte of each decides. */
static __always_inline bool check_few(unsigned long addr, size_t size,
				      bool is_write, unsigned long ip)
{
	unsigned long last = addr + size - 1;

	if (likely(addr >= PAGE_OFFSET && last >= addr)) {
		if (likely(!byte_is_bad(last) &&
			   (((addr ^ last) & ~KASAN_GRANULE_MASK) == 0 ||
			    !*shadow_of(addr))))
			return true;
	}
	return !kasan_report(addr, size, is_write, ip);
}

/* --- what is asked by hand: <linux/instrumented.h> --- */

static __always_inline bool check_any(const volatile void *p, unsigned int size,
				      bool is_write, unsigned long ip)
{
	unsigned long addr = (unsigned long)p;

	if (likely(size - 1 < KASAN_GRANULE_SIZE))
		return check_few(addr, size, is_write, ip);
	return kasan_check_range(addr, size, is_write, ip);
}

bool __kasan_check_read(const volatile void *p, unsigned int size)
{
	return check_any(p, size, false, _RET_IP_);
}

bool __kasan_check_write(const volatile void *p, unsigned int size)
{
	return check_any(p, size, true, _RET_IP_);
}

/* --- what the compiler calls --- */

#define DEFINE_ASAN_ACCESS(size)					\
void __asan_load##size##_noabort(unsigned long addr)			\
{									\
	check_few(addr, size, false, _RET_IP_);				\
}									\
									\
void __asan_store##size##_noabort(unsigned long addr)			\
{									\
	check_few(addr, size, true, _RET_IP_);				\
}

DEFINE_ASAN_ACCESS(1)
DEFINE_ASAN_ACCESS(2)
DEFINE_ASAN_ACCESS(4)
DEFINE_ASAN_ACCESS(8)

void __asan_load16_noabort(unsigned long addr)
{
	kasan_check_range(addr, 16, false, _RET_IP_);
}

void __asan_store16_noabort(unsigned long addr)
{
	kasan_check_range(addr, 16, true, _RET_IP_);
}

void __asan_loadN_noabort(unsigned long addr, size_t size)
{
	kasan_check_range(addr, size, false, _RET_IP_);
}

void __asan_storeN_noabort(unsigned long addr, size_t size)
{
	kasan_check_range(addr, size, true, _RET_IP_);
}

/* Before a call that does not return; longjmp() cleans up for itself. */
void __asan_handle_no_return(void)
{
}

/* A large variable whose block ends, or begins; a small one: two stores. */
void __asan_poison_stack_memory(const void *addr, size_t size)
{
	kasan_poison(addr, size, KASAN_USE_AFTER_SCOPE);
}

void __asan_unpoison_stack_memory(const void *addr, size_t size)
{
	kasan_unpoison(addr, size);
}

/* An array of variable length: 32 bytes before it, up to 63 behind it. */
void __asan_alloca_poison(const void *addr, size_t size)
{
	const void *end = addr + round_up(size, KASAN_GRANULE_SIZE);
	size_t to_zone = -size & (ASAN_ALLOCA_ZONE - 1);

	kasan_unpoison(addr, size);
	kasan_poison(addr - ASAN_ALLOCA_ZONE, ASAN_ALLOCA_ZONE,
		     KASAN_ALLOCA_LEFT);
	kasan_poison(end, addr + size + to_zone + ASAN_ALLOCA_ZONE - end,
		     KASAN_ALLOCA_RIGHT);
}

/* From the stack pointer up to where it was before such arrays. */
void __asan_allocas_unpoison(const void *top, const void *bottom)
{
	if (top && top < bottom) {
		top = (void *)((unsigned long)top & ~KASAN_GRANULE_MASK);
		kasan_unpoison(top, bottom - top);
	}
}

/* --- strings of memory --- */

void *__asan_memset(void *dst, int c, size_t n)
{
	if (!kasan_check_range((unsigned long)dst, n, true, _RET_IP_))
		return NULL;
	return memset(dst, c, n);
}

void *__asan_memcpy(void *dst, const void *src, size_t n)
{
	if (!kasan_check_range((unsigned long)src, n, false, _RET_IP_) ||
	    !kasan_check_range((unsigned long)dst, n, true, _RET_IP_))
		return NULL;
	return memcpy(dst, src, n);
}

void *__asan_memmove(void *dst, const void *src, size_t n)
{
	if (!kasan_check_range((unsigned long)src, n, false, _RET_IP_) ||
	    !kasan_check_range((unsigned long)dst, n, true, _RET_IP_))
		return NULL;
	return memmove(dst, src, n);
}

/* --- static variables --- */

/* What each file has told of, to name a variable in a report. */
#define MAX_FILES 768

static struct {
	struct kasan_global *globals;
	size_t nr;
} files[MAX_FILES];
static unsigned int nr_files;

void __asan_register_globals(struct kasan_global *globals, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		const struct kasan_global *global = &globals[i];
		size_t size = round_up(global->size, KASAN_GRANULE_SIZE);

		kasan_unpoison(global->beg, global->size);
		kasan_poison(global->beg + size,
			     global->size_with_redzone - size,
			     KASAN_GLOBAL_REDZONE);
	}
	if (nr_files == MAX_FILES)
		return;
	files[nr_files].globals = globals;
	files[nr_files++].nr = nr;
}

/* No file is ever unloaded. */
void __asan_unregister_globals(struct kasan_global *globals, size_t nr)
{
}

const struct kasan_global *kasan_find_global(unsigned long addr)
{
	unsigned int file;
	size_t i;

	for (file = 0; file < nr_files; file++) {
		for (i = 0; i < files[file].nr; i++) {
			const struct kasan_global *global =
				&files[file].globals[i];

			if (addr - (unsigned long)global->beg <
			    global->size_with_redzone)
				return global;
		}
	}
	return NULL;
}
