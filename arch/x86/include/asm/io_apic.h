/* SPDX-License-Identifier: MIT */
/* I/O APICs: the controllers between devices' lines and local APICs. */
#ifndef _ASM_X86_IO_APIC_H
#define _ASM_X86_IO_APIC_H

#include <linux/types.h>

/*
 * A redirection entry, two 32-bit registers [IOAPIC 3.2.4]: how a line
 * arrives (low) and at which CPU (high: the APIC id in the upper byte).
 */
#define IOAPIC_RTE_VECTOR 0xff
#define IOAPIC_RTE_ACTIVE_LOW (1 << 13)
#define IOAPIC_RTE_LEVEL (1 << 15)
#define IOAPIC_RTE_MASKED (1 << 16)

/* The lines of devices come by I/O APICs, not by the 8259s. */
extern bool io_apic_on;

/*
 * Takes over all lines from the 8259s, if there is an I/O APIC, no "noapic",
 * and the timer's interrupts come through. Boot only, interrupts off, after
 * init_8259() and setup_local_APIC().
 */
void init_IO_APIC(void);

/* The redirection entry of a line, as the controller has it. For tests. */
u64 io_apic_read_rte(unsigned int irq);

/* The line that a vector stands for, or -1. */
int vector_to_irq(unsigned int vector);

#endif
