/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_PERCPU_BASE_H
#define _ASM_X86_PERCPU_BASE_H

/* Included by <asm/percpu.h> only. */

/*
 * A kernel for several CPUs finds this CPU's instances through %fs, whose base
 * is the distance from the originals to the copies. __seg_fs tells the
 * compiler that an address counts from there.
 */
#ifdef CONFIG_SMP
#ifdef __CHECKER__
#  define __percpu_seg
#else
#  define __percpu_seg __seg_fs
#endif
#else
# define __percpu_seg
#endif

#define __my_cpu_ptr(ptr) \
	((typeof(*(ptr)) __percpu_seg __force *)(__force unsigned long)(ptr))

#endif
