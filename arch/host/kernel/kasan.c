/* SPDX-License-Identifier: MIT */
/*
 * arch/host/kernel/kasan.c - KASAN's floor, on the shadow of AddressSanitizer
 *
 * mm/kasan/common.c says which bytes may be touched. Here that goes into the
 * shadow which the C library's sanitizer keeps for the whole process, so that
 * the checks which the compiler put into the kernel stop at them: the process
 * ends with AddressSanitizer's report. What the hooks themselves find is told
 * by printk(), and fails the case it happens in.
 */
#include <linux/kasan.h>

#include "../../../mm/kasan/kasan.h"

#include <linux/kasan-checks.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>

/* The runtime's. */
void __asan_poison_memory_region(const volatile void *addr, size_t size);
void __asan_unpoison_memory_region(const volatile void *addr, size_t size);
int __asan_address_is_poisoned(const volatile void *addr);
void __asan_loadN(unsigned long addr, size_t size);
void __asan_storeN(unsigned long addr, size_t size);

void kasan_poison(const void *addr, size_t size, u8 value)
{
	__asan_poison_memory_region(addr, round_up(size, KASAN_GRANULE_SIZE));
}

/* The runtime poisons no part of 8 bytes which all may be touched. */
void kasan_unpoison(const void *addr, size_t size)
{
	size_t whole = round_down(size, KASAN_GRANULE_SIZE);

	if (size != whole)
		__asan_poison_memory_region(addr + whole, KASAN_GRANULE_SIZE);
	__asan_unpoison_memory_region(addr, size);
}

/* The compiler's checks know no thread. */
void kasan_disable_current(void)
{
}

void kasan_enable_current(void)
{
}

bool kasan_byte_accessible(const void *addr)
{
	return (unsigned long)addr >= PAGE_OFFSET &&
	       !__asan_address_is_poisoned(addr);
}

/* The process ends if they may not be touched. */
bool __kasan_check_read(const volatile void *p, unsigned int size)
{
	__asan_loadN((unsigned long)p, size);
	return true;
}

bool __kasan_check_write(const volatile void *p, unsigned int size)
{
	__asan_storeN((unsigned long)p, size);
	return true;
}

bool kasan_report(unsigned long addr, size_t size, bool is_write,
		  unsigned long ip)
{
	pr_err("BUG: KASAN: bad access at %08lx in %pS\n", addr, (void *)ip);
	add_taint(TAINT_BAD_PAGE, LOCKDEP_STILL_OK);
	return true;
}

void kasan_report_invalid_free(void *object, unsigned long ip)
{
	pr_err("BUG: KASAN: invalid-free of %p in %pS\n", object, (void *)ip);
	add_taint(TAINT_BAD_PAGE, LOCKDEP_STILL_OK);
}

/* A freed object may be handed out at once, as in a kernel without KASAN. */
bool kasan_quarantine_put(struct kmem_cache *cachep, void *object)
{
	return false;
}

void kasan_quarantine_remove(struct kmem_cache *cachep)
{
}

unsigned long kasan_kept_objects(const struct kmem_cache *cachep)
{
	return 0;
}

int kasan_populate_vmalloc(unsigned long addr, unsigned long size, gfp_t gfp)
{
	return 0;
}

void kasan_unpoison_vmalloc(const void *start, unsigned long size)
{
	kasan_unpoison(start, size);
}

void kasan_poison_vmalloc(const void *start, unsigned long size)
{
	kasan_poison(start, size, KASAN_VMALLOC_INVALID);
}

/* Who touches it faults; who maps it anew need not know. */
void kasan_release_vmalloc(unsigned long start, unsigned long end)
{
	kasan_unpoison((void *)start, end - start);
}

void kasan_unpoison_task_stack(struct task_struct *task)
{
	kasan_unpoison(task_stack_page(task), THREAD_SIZE);
}
