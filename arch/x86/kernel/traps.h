/* SPDX-License-Identifier: MIT */
/* Shared by the files that handle exceptions. */
#ifndef _ARCH_X86_KERNEL_TRAPS_H
#define _ARCH_X86_KERNEL_TRAPS_H

#include <asm/irq_vectors.h>
#include <asm/processor.h>
#include <asm/ptrace.h>
#include <asm/trapnr.h>
#include <linux/compiler.h>
#include <linux/percpu-defs.h>
#include <linux/types.h>

/* Where each vector's gate leads. */
extern const unsigned long vector_stubs[NR_VECTORS];
void double_fault_entry(void);
void trap_common(void);
void irq_common(void);
DECLARE_PER_CPU(struct x86_hw_tss, cpu_tss);

/* Called by entry.asm. */
void do_trap(struct pt_regs *regs, unsigned long vector);
void do_irq(struct pt_regs *regs, unsigned long vector);
void __noreturn do_double_fault(void);

/* The 8259s: their vectors, all masked, the chip of all lines. Boot only. */
void init_8259(void);

/* Is a line that shows as 7 or 15 none at all? Acknowledges what must be. */
bool i8259_is_spurious(unsigned int irq);

void do_page_fault(struct pt_regs *regs);
void do_nmi(struct pt_regs *regs);

#ifdef CONFIG_SMP
/* Stops this CPU for good if another one wants that. */
void nmi_stop(void);
#else
static inline void nmi_stop(void)
{
}
#endif

/*
 * Says what happened and gives up: offers the fault to fault_hook, then
 * panics with the registers. text follows "Quire: ".
 */
void __noreturn die(struct pt_regs *regs, const char *text);

/* The name of an exception, "page fault". */
const char *trap_name(unsigned long vector);

/* If regs is at a ud2 of the bug table, handle it; true to go on behind. */
bool handle_bug(struct pt_regs *regs);

/* As show_regs(), for a stack pointer that is told. */
void show_saved_regs(struct pt_regs *regs, unsigned long sp);

/* The code bytes around an address, the one at it in brackets. */
void show_code(unsigned long ip);

/* As stack_trace_save(), from the registers of another place. */
unsigned int stack_trace_from(unsigned long *store, unsigned int size,
			      unsigned long bp, unsigned long sp);

/* Callers found from a frame on, at a printk level. */
void show_trace(const char *level, unsigned long ip, unsigned long bp,
		unsigned long sp);

#endif
