/* SPDX-License-Identifier: MIT */
/* Between the files of arch/host/kernel. */
#ifndef _ARCH_HOST_KERNEL_HOST_CPU_H
#define _ARCH_HOST_KERNEL_HOST_CPU_H

#include <linux/types.h>

struct pt_regs;

/* CPU cpu begins with fn() on its stack, interrupts off, at its next turn. */
void host_start_cpu(unsigned int cpu, void *stack_top, void (*fn)(void));

/* This CPU's timer interrupt, in so many nanoseconds; U64_MAX: never. */
void host_set_timer(u64 nsecs);

void host_trap(struct pt_regs *regs);
void __sanitizer_cov_trace_pc(void);
void host_start_secondary(void);

#endif
