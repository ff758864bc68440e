/* SPDX-License-Identifier: MIT */
#ifndef _ASM_HOST_MSR_H
#define _ASM_HOST_MSR_H

#include <linux/errno.h>
#include <linux/types.h>

/* There are none but the page attribute table, which changes nothing here. */
#define MSR_IA32_CR_PAT 0x00000277
#define wrmsrl(msr, value) ((void)(value))

static inline int rdmsrl_safe(u32 msr, u64 *value)
{
	*value = 0;
	return -EIO;
}

/* Nanoseconds of the clock that moves as the CPUs do: cpu.c. */
u64 rdtsc(void);

#endif
