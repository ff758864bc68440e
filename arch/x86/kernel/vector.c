/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/vector.c - from a vector to an interrupt line
 *
 * entry.asm comes here with interrupts off. Vectors that belong to no line,
 * and lines that are not really in service, are counted and survived.
 *
 * Differs from Linux: interrupts run on the stack of what they interrupt.
 * (arch/x86/kernel/irq.c)
 */
#include "traps.h"

#include <asm/desc.h>
#include <linux/irq.h>

unsigned long spurious_irq_count;

_Static_assert(NR_IRQS == NR_IRQS_LEGACY, "every line has a vector");

void do_irq(struct pt_regs *regs, unsigned long vector)
{
	unsigned int irq = vector - IRQ0_VECTOR;

	irq_enter();
	if (irq >= NR_IRQS_LEGACY || i8259_is_spurious(irq))
		spurious_irq_count++;
	else
		generic_handle_irq(irq);
	irq_exit();
}
