// SPDX-License-Identifier: MIT
/*
 * Looking at addresses that may lead nowhere.
 *
 * Problem: a debugger's command, a report about a bad pointer or a test wants
 * to read an address without knowing whether it is mapped. Asking the page
 * tables first would be slow and, with more than one CPU, could be out of
 * date when the access happens.
 *
 * So the access is just made. The instruction is listed in the exception
 * table (<asm/extable.h>): when it faults, the handler goes on at a place of
 * its own, which reports how many bytes were left.
 *
 *	rep movsb ----------------------> all copied, 0
 *	    \-- page fault -> fixup ----> bytes left, -EFAULT
 *
 * A fault in the middle leaves the bytes before it copied.
 *
 * Lock: none. Cost: one string step per byte, an exception for each failure.
 *
 * Differs from Linux (mm/maccess.c): user addresses are not refused first;
 * there is no user memory yet, so they fault.
 */
#include <linux/uaccess.h>

#include <asm/uaccess.h>
#include <linux/errno.h>

long copy_from_kernel_nofault(void *dst, const void *src, size_t size)
{
	return __copy_nofault(dst, src, size) ? -EFAULT : 0;
}

long copy_to_kernel_nofault(void *dst, const void *src, size_t size)
{
	return __copy_nofault(dst, src, size) ? -EFAULT : 0;
}

long strncpy_from_kernel_nofault(char *dst, const void *unsafe_addr,
				 long count)
{
	const char *src = unsafe_addr;
	long i;

	if (count <= 0)
		return 0;
	for (i = 0; i < count; i++) {
		if (__copy_nofault(&dst[i], &src[i], 1)) {
			dst[i] = '\0';
			return -EFAULT;
		}
		if (!dst[i])
			return i + 1;
	}
	dst[count - 1] = '\0';
	return count;
}
