#ifndef _LINUX_IRQFLAGS_H
#define _LINUX_IRQFLAGS_H

#include <asm/irqflags.h>
#include <linux/compiler.h>
#include <linux/typecheck.h>
#include <linux/types.h>

/* What follows from a machine's own four. */
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

/* One sti where they were enabled costs less than a popf always. */
static inline void arch_local_irq_restore(unsigned long flags)
{
	if (likely(!arch_irqs_disabled_flags(flags)))
		arch_local_irq_enable();
}

/* Interrupts of this CPU. The save forms nest; flags is unsigned long. */
#define local_irq_disable() arch_local_irq_disable()
#define local_irq_enable() arch_local_irq_enable()
#define raw_local_irq_disable() arch_local_irq_disable()
#define raw_local_irq_enable() arch_local_irq_enable()

#define local_irq_save(flags) do {					\
	typecheck(unsigned long, flags);				\
	(flags) = arch_local_irq_save();				\
} while (0)
#define local_irq_restore(flags) do {					\
	typecheck(unsigned long, flags);				\
	arch_local_irq_restore(flags);					\
} while (0)
#define raw_local_irq_save(flags) local_irq_save(flags)
#define raw_local_irq_restore(flags) local_irq_restore(flags)
#define local_save_flags(flags) ((flags) = arch_local_save_flags())

/* Enables interrupts and stops until one comes, with no gap between. */
#define safe_halt() arch_safe_halt()

#define irqs_disabled() arch_irqs_disabled()
#define irqs_disabled_flags(flags) arch_irqs_disabled_flags(flags)

#endif
