/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_VDSO_PROCESSOR_H
#define _ASM_X86_VDSO_PROCESSOR_H

#include <linux/compiler.h>

/* In a loop that waits for another CPU or a device. */
static __always_inline void cpu_relax(void)
{
	asm volatile("rep; nop" : : : "memory");
}

#endif
