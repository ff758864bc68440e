/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/irqinit.c - which controller brings interrupts
 *
 *	CPU has no local APIC, "nolapic"    8259s at the CPU's pin
 *	no I/O APIC, "noapic"               8259s at LINT0 of the boot CPU
 *	else                                I/O APICs; the 8259s are masked
 *
 * (arch/x86/kernel/irqinit.c)
 */
#include <asm/apic.h>
#include <asm/io_apic.h>
#include <asm/irq_stack.h>
#include <asm/setup.h>
#include <linux/init.h>
#include <linux/panic.h>

#include "traps.h"

void __init init_IRQ(void)
{
	if (irq_init_percpu_irqstack(0))
		panic("no memory for the interrupt stacks");
	init_8259();
	setup_local_APIC();
	lapic_timer_begin();
	init_IO_APIC();
}
