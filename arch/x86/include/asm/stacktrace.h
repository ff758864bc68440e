/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_STACKTRACE_H
#define _ASM_X86_STACKTRACE_H

#include <asm/page_types.h>
#include <linux/percpu.h>
#include <linux/types.h>

struct task_struct;

enum stack_type {
	STACK_TYPE_UNKNOWN,
	STACK_TYPE_TASK,
	STACK_TYPE_IRQ,
	STACK_TYPE_SOFTIRQ,
	STACK_TYPE_DOUBLEFAULT,
};

/* A stack: [begin, end), and where the one goes on that called onto it. */
struct stack_info {
	enum stack_type type;
	unsigned long begin, end;
	unsigned long next_sp; /* 0 where it is the first */
};

/*
 * The stack that an address lies in: the thread's or, if that is the one that
 * asks, one of this CPU's. The guard page below a stack counts as the stack.
 * Returns false for an address in none of them. Any context.
 */
bool get_stack_info(unsigned long sp, const struct task_struct *task,
		    struct stack_info *info);

/* "TASK", "IRQ", "SOFTIRQ", "#DF". */
const char *stack_type_name(enum stack_type type);

#define DOUBLEFAULT_STACK_SIZE (2 * PAGE_SIZE)

/* One past the last byte of the stack for a CPU's double fault. */
DECLARE_PER_CPU(void *, doublefault_stack_ptr);

#endif
