/* SPDX-License-Identifier: MIT */
#ifndef _ASM_HOST_IRQFLAGS_H
#define _ASM_HOST_IRQFLAGS_H

#include <asm/host.h>
#include <linux/compiler.h>
#include <linux/types.h>

#define X86_EFLAGS_CF (1UL << 0)
#define X86_EFLAGS_TF (1UL << 8)
#define X86_EFLAGS_IF (1UL << 9)
#define X86_EFLAGS_DF (1UL << 10)
#define X86_EFLAGS_AC (1UL << 18)
#define X86_EFLAGS_ID (1UL << 21)

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

static inline bool arch_irqs_disabled(void)
{
	return arch_irqs_disabled_flags(arch_local_save_flags());
}

static inline unsigned long arch_local_irq_save(void)
{
	unsigned long flags = arch_local_save_flags();

	arch_local_irq_disable();
	return flags;
}

static inline void arch_local_irq_restore(unsigned long flags)
{
	if (!arch_irqs_disabled_flags(flags))
		arch_local_irq_enable();
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
