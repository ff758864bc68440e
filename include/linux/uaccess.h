#ifndef _LINUX_UACCESS_H
#define _LINUX_UACCESS_H

#include <linux/compiler.h>
#include <linux/kconfig.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/types.h>

/*
 * Copies to and from kernel addresses that may not be mapped: 0, or -EFAULT
 * with the bytes before the fault copied; no report. Any context.
 * mm/maccess.c.
 */
long copy_from_kernel_nofault(void *dst, const void *src, size_t size);
long copy_to_kernel_nofault(void *dst, const void *src, size_t size);
/* A string of at most count bytes with its NUL; its size, or -EFAULT. */
long strncpy_from_kernel_nofault(char *dst, const void *unsafe_addr,
				 long count);

/* Read one value; 0 or -EFAULT. */
#define get_kernel_nofault(val, ptr) ({					\
	const typeof(val) *__gk_ptr = (ptr);				\
									\
	copy_from_kernel_nofault(&(val), __gk_ptr, sizeof(val));	\
})

/*
 * Between these a fault on a user address is not served by sleeping but
 * fails at once; the count is the thread's. Only debug builds count so far:
 * no fault sleeps yet.
 */
static __always_inline void pagefault_disable(void)
{
	if (IS_ENABLED(CONFIG_DEBUG))
		current->pagefault_disabled++;
	barrier();
}

static __always_inline void pagefault_enable(void)
{
	barrier();
	if (IS_ENABLED(CONFIG_DEBUG))
		current->pagefault_disabled--;
}

static __always_inline bool pagefault_disabled(void)
{
	return current->pagefault_disabled != 0;
}

#define faulthandler_disabled() (pagefault_disabled() || in_atomic())

#endif
