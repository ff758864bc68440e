/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_TASK_STACK_H
#define _LINUX_SCHED_TASK_STACK_H

#include <asm/page_types.h>
#include <linux/magic.h>
#include <linux/sched.h>

/* The last word that a thread's stack may grow to. */
static inline unsigned long *end_of_stack(const struct task_struct *task)
{
	return task->stack;
}

/* Was it written to? Then the stack was full, or something wild was here. */
static inline bool task_stack_end_corrupted(const struct task_struct *task)
{
	return *end_of_stack(task) != STACK_END_MAGIC;
}

/* Does an address lie in the stack of the thread that asks? */
static inline int object_is_on_stack(const void *obj)
{
	void *stack = task_stack_page(current);

	return obj >= stack && obj < stack + THREAD_SIZE;
}

#endif
