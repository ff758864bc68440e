// SPDX-License-Identifier: MIT
/*
 * stack.c - the memory of kernel stacks
 *
 * A stack is THREAD_SIZE bytes, aligned to as many.
 *
 * (kernel/fork.c)
 */
#include <linux/sched/stack.h>

#include <asm/page_types.h>
#include <linux/gfp.h>

void *alloc_thread_stack(void)
{
	return (void *)__get_free_pages(GFP_KERNEL, THREAD_SIZE_ORDER);
}

void free_thread_stack(void *stack)
{
	free_pages((unsigned long)stack, THREAD_SIZE_ORDER);
}
