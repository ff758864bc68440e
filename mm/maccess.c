// SPDX-License-Identifier: MIT
/*
 * Looking at kernel addresses that may not be mapped.
 *
 * A debugger command, a stack trace or a test wants to read an address without
 * knowing whether anything is there. The copy is one instruction that is named
 * in the exception table:
 *
 *	copy  --> page fault --> the table knows the address of the copy
 *	  ^                          |
 *	  +--- bytes left <----------+ go on behind it, not into a dump
 *
 * So the answer to a missing page is -EFAULT instead of a report. What was
 * copied before the fault stays copied. The same holds for a write to a page
 * that may only be read, so a test can ask for rights as well.
 *
 *	read of a hole, write to read-only text   -EFAULT
 *	everything else                           0
 *
 * A checker of accesses is told of the caller's own side. The other one may be
 * read whatever is there; if it was written to, then memory is there, and the
 * checker is asked afterwards whose.
 *
 * N1  A fault inside the copy never reaches a caller in another way than by
 *     the value returned.
 *
 * Lock: none; any context. Cost: one string iteration per byte.
 *
 * Differs from Linux: any address may be asked for, since there are no
 * programs yet whose addresses would have to be kept out.
 * Linux: mm/maccess.c.
 */
#include <linux/uaccess.h>

#include <asm/uaccess.h>
#include <linux/errno.h>
#include <linux/instrumented.h>

long copy_from_kernel_nofault(void *dst, const void *src, size_t size)
{
	instrument_write(dst, size);
	return __copy_nofault(dst, src, size) ? -EFAULT : 0;
}

long copy_to_kernel_nofault(void *dst, const void *src, size_t size)
{
	instrument_read(src, size);
	if (__copy_nofault(dst, src, size))
		return -EFAULT;
	instrument_write(dst, size);
	return 0;
}

long strncpy_from_kernel_nofault(char *dst, const void *unsafe_addr, long count)
{
	const char *src = unsafe_addr;
	long len;

	if (count > 0)
		instrument_write(dst, count);
	for (len = 0; len < count; len++) {
		if (__copy_nofault(dst + len, src + len, 1)) {
			dst[len] = '\0';
			return -EFAULT;
		}
		if (!dst[len])
			return len + 1;
	}
	if (count > 0)
		dst[count - 1] = '\0';
	return count > 0 ? count : 0;
}
