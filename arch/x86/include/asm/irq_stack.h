/* SPDX-License-Identifier: MIT */
/*
 * The stacks on which a CPU serves interrupts and softirqs, so that a
 * thread's own stack need not have room for them.
 */
#ifndef _ASM_X86_IRQ_STACK_H
#define _ASM_X86_IRQ_STACK_H

#include <asm/thread_info.h>
#include <linux/percpu.h>
#include <linux/types.h>

#define IRQ_STACK_SIZE THREAD_SIZE

/* One past the last byte of each; NULL as long as a CPU has none. */
DECLARE_PER_CPU(void *, hardirq_stack_ptr);
DECLARE_PER_CPU(void *, softirq_stack_ptr);

/*
 * Gives a CPU its two stacks, and the one of <asm/stacktrace.h> for its double
 * fault, before its first interrupt. Another CPU calls it, or the boot CPU for
 * itself. May sleep. Returns 0 or -ENOMEM.
 */
int irq_init_percpu_irqstack(unsigned int cpu);

/*
 * Calls fn(arg) on this CPU's hardirq stack, or where it is if that is there
 * already. Interrupts off.
 */
void run_on_hardirq_stack(void (*fn)(unsigned long arg), unsigned long arg);

/*
 * Calls fn(arg) with the stack pointer at top. The word below top keeps the
 * old stack pointer, which is how a trace goes on.
 */
void call_on_stack(void (*fn)(unsigned long arg), unsigned long arg, void *top);

#endif
