/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_CURRENT_H
#define _ASM_X86_CURRENT_H

#include <linux/compiler.h>
#include <linux/percpu.h>

struct task_struct;

/* The thread that runs on this CPU; changed by the switch only. */
DECLARE_PER_CPU(struct task_struct *, current_task);

/* Any context. In an interrupt: the thread that was interrupted. */
static __always_inline struct task_struct *get_current(void)
{
	return this_cpu_read_stable(current_task);
}

#define current get_current()

#endif
