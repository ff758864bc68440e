/* SPDX-License-Identifier: MIT */
/*
 * Overruns of arrays on the stack: kernel/stackprotector.c. Builds with
 * STACKPROTECTOR=1, which checked ones are; elsewhere nothing.
 */
#ifndef _LINUX_STACKPROTECTOR_H
#define _LINUX_STACKPROTECTOR_H

struct task_struct;

#ifdef CONFIG_STACKPROTECTOR
/* The compiler's call where a function returns over a changed guard. */
void __stack_chk_fail(void) __attribute__((__noreturn__));

#include <asm/stackprotector.h>

/* A new thread's own. */
static inline void task_init_stack_canary(struct task_struct *p)
{
	p->stack_canary = get_random_canary();
}
#else
static inline void boot_init_stack_canary(void)
{
}

static inline void cpu_init_stack_canary(int cpu, struct task_struct *idle)
{
}

static inline void task_init_stack_canary(struct task_struct *p)
{
}
#endif

#endif
