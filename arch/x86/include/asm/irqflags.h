#ifndef _ASM_X86_IRQFLAGS_H
#define _ASM_X86_IRQFLAGS_H

#include <asm/processor-flags.h>
#include <linux/types.h>

/* EFLAGS, of which only the interrupt flag matters to the functions below. */
static inline unsigned long arch_local_save_flags(void)
{
	unsigned long flags;

	asm volatile("pushfl; popl %0" : "=rm"(flags) : : "memory");
	return flags;
}

static inline void arch_local_irq_disable(void)
{
	asm volatile("cli" : : : "memory");
}

static inline void arch_local_irq_enable(void)
{
	asm volatile("sti" : : : "memory");
}

static inline bool arch_irqs_disabled_flags(unsigned long flags)
{
	return !(flags & X86_EFLAGS_IF);
}

/* Stop until the next interrupt. */
static inline void native_halt(void)
{
	asm volatile("hlt" : : : "memory");
}

/* Wait for an interrupt with interrupts enabled: no gap between the two. */
static inline void arch_safe_halt(void)
{
	asm volatile("sti; hlt" : : : "memory");
}

#endif
