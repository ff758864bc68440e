/* SPDX-License-Identifier: MIT */
/*
 * The guard word between a function's arrays and its return address. The
 * compiler reads it, on a kernel for several CPUs through %fs, and the switch
 * between threads replaces it by the next thread's (switch.asm).
 *
 * Included by <linux/stackprotector.h> only.
 */
#ifndef _ASM_X86_STACKPROTECTOR_H
#define _ASM_X86_STACKPROTECTOR_H

#include <linux/build_bug.h>
#include <linux/percpu.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/stddef.h>

static_assert(offsetof(struct task_struct, stack_canary) == 12,
	      "switch.asm has this as TASK_STACK_CANARY");

DECLARE_PER_CPU(unsigned long, __stack_chk_guard);

/*
 * The boot task's: by a function that never returns, as those that have begun
 * with the old guard would take the new one for damage. Once.
 */
static __always_inline void boot_init_stack_canary(void)
{
	init_task.stack_canary = get_random_canary();
	this_cpu_write(__stack_chk_guard, init_task.stack_canary);
}

/* What a CPU begins with is its idle thread's. */
static inline void cpu_init_stack_canary(int cpu, struct task_struct *idle)
{
	per_cpu(__stack_chk_guard, cpu) = idle->stack_canary;
}

#endif
