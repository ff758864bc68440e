/* SPDX-License-Identifier: MIT */
#ifndef _ASM_HOST_VDSO_PROCESSOR_H
#define _ASM_HOST_VDSO_PROCESSOR_H

/*
 * In a loop that waits for another CPU or a device. Lets the other CPUs run
 * and time go on: arch/host/kernel/cpu.c.
 */
void cpu_relax(void);

#endif
