/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_STACKTRACE_H
#define _ASM_X86_STACKTRACE_H

#include <linux/types.h>

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
 * The stack of this CPU, or of the thread it runs, that an address lies in;
 * the guard page below a stack counts as the stack. Returns false for an
 * address in none of them. Any context.
 */
bool get_stack_info(unsigned long sp, struct stack_info *info);

/* "IRQ", "SOFTIRQ", ...: NULL for a thread's stack. */
const char *stack_type_name(enum stack_type type);

#endif
