/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_SWITCH_TO_H
#define _ASM_X86_SWITCH_TO_H

#include <asm/current.h>

/* What __switch_to_asm() pushed on the stack of a thread that sleeps. */
struct inactive_task_frame {
	unsigned long si, di, bx, bp;
	unsigned long ret_addr;
};

/*
 * Leaves the stack of prev for that of next, which then returns from its own
 * call of this, with the thread that ran before it as the result. Interrupts
 * off. arch/x86/kernel/switch.asm.
 */
struct task_struct *__switch_to_asm(struct task_struct *prev,
				    struct task_struct *next);

#define switch_to(prev, next, last) do {				\
	this_cpu_write(current_task, next);				\
	(last) = __switch_to_asm(prev, next);				\
} while (0)

/*
 * Makes the stack of a new thread look as if it had been switched out: its
 * first switch calls schedule_tail(), then fn(arg), which must not return.
 */
void copy_thread(struct task_struct *p, int (*fn)(void *), void *arg);

#endif
