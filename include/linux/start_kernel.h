/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_START_KERNEL_H
#define _LINUX_START_KERNEL_H

#include <linux/compiler.h>

/* The machine-independent kernel begins here; see kernel/main.c. */
void __noreturn start_kernel(void);

#endif
