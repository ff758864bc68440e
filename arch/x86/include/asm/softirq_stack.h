/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_SOFTIRQ_STACK_H
#define _ASM_X86_SOFTIRQ_STACK_H

/*
 * Calls __do_softirq() of kernel/softirq.c on this CPU's softirq stack.
 * Interrupts off, and not in_interrupt(): so the stack is not in use.
 */
void do_softirq_own_stack(void);

#endif
