/* SPDX-License-Identifier: MIT */
/* Between the files of arch/host/kernel. */
#ifndef _ARCH_HOST_KERNEL_HOST_CPU_H
#define _ARCH_HOST_KERNEL_HOST_CPU_H

struct pt_regs;

void host_trap(struct pt_regs *regs);
void host_start_secondary(void);

#endif
