/* SPDX-License-Identifier: MIT */
/* System vectors: interrupts that belong to a CPU, not to a device's line. */
#ifndef _ASM_X86_HW_IRQ_H
#define _ASM_X86_HW_IRQ_H

#include <asm/irq_vectors.h>
#include <asm/ptrace.h>
#include <linux/init.h>
#include <linux/types.h>

/* Called with interrupts off, in_hardirq(), the local APIC acknowledged. */
typedef void (*system_vector_t)(struct pt_regs *regs);

/*
 * Gives a system vector its handler. tag and text make its row of the text
 * of /proc/interrupts: "LOC", "Local timer interrupts". Boot only, before
 * anything can send the vector.
 */
void set_system_vector(unsigned int vector, system_vector_t handler,
		       const char *tag, const char *text);

/* How often a system vector came to a CPU since boot. */
unsigned long system_vector_count(unsigned int vector, int cpu);

/*
 * An additional row: count(cpu) on each CPU. For what has no vector of its
 * own, as NMIs. Boot only; at most 8.
 */
void add_interrupt_row(const char *tag, const char *text,
		       unsigned long (*count)(int cpu));

#endif
