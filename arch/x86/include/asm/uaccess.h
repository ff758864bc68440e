#ifndef _ASM_X86_UACCESS_H
#define _ASM_X86_UACCESS_H

#include <linux/linkage.h>
#include <linux/types.h>

/*
 * Copies bytes until done or until an access faults; how many were not
 * copied. Either address may be bad. Any context.
 */
size_t __copy_nofault(void *to, const void *from, size_t size);

#endif
