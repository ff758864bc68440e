/* SPDX-License-Identifier: MIT */
#ifndef _ASM_HOST_SPECIAL_INSNS_H
#define _ASM_HOST_SPECIAL_INSNS_H

#include <asm/host.h>
#include <asm/processor-flags.h>
#include <linux/types.h>

/* Control registers as variables: arch/host/kernel/setup.c. */
extern unsigned long host_cr0, host_cr3, host_cr4;

#define read_cr0() host_cr0
#define write_cr0(x) ((void)(host_cr0 = (x)))
#define read_cr2() host_cr2
#define __read_cr3() host_cr3
#define __read_cr4() host_cr4

/* Also what is not global goes: that costs time only. */
static inline void write_cr3(unsigned long value)
{
	host_cr3 = value;
	host_load_cr3(value);
}

static inline void __write_cr4(unsigned long value)
{
	if ((host_cr4 ^ value) & X86_CR4_PGE)
		host_flush_tlb();
	host_cr4 = value;
}

static inline void native_invlpg(unsigned long addr)
{
	host_invlpg(addr);
}

static inline void wbinvd(void)
{
}

#endif
