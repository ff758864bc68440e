/* SPDX-License-Identifier: MIT */
#ifndef _ASM_HOST_PERCPU_BASE_H
#define _ASM_HOST_PERCPU_BASE_H

/* Included by <asm/percpu.h> only. */

#include <asm/host.h>

#define __percpu_seg
#define __my_cpu_ptr(ptr) ((typeof(*(ptr)) __force *)			\
	((__force unsigned long)(ptr) + host_percpu_offset))

#endif
