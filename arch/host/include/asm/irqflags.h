/* SPDX-License-Identifier: MIT */
#ifndef _ASM_HOST_IRQFLAGS_H
#define _ASM_HOST_IRQFLAGS_H

#include <asm/host.h>
#include <asm/processor-flags.h>
#include <linux/compiler.h>
#include <linux/types.h>

static inline unsigned long arch_local_save_flags(void)
{
	return READ_ONCE(host_flags);
}

static inline void arch_local_irq_disable(void)
{
	WRITE_ONCE(host_flags, 0);
	barrier();
}

static inline void arch_local_irq_enable(void)
{
	barrier();
	WRITE_ONCE(host_flags, X86_EFLAGS_IF);
	host_interrupts_on();
}

static inline bool arch_irqs_disabled_flags(unsigned long flags)
{
	return !(flags & X86_EFLAGS_IF);
}

static inline void native_halt(void)
{
	host_halt();
}

static inline void arch_safe_halt(void)
{
	WRITE_ONCE(host_flags, X86_EFLAGS_IF);
	host_halt();
}

#endif
