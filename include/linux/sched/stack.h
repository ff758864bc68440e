/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_STACK_H
#define _LINUX_SCHED_STACK_H

/*
 * The stack of a new thread: its lowest address, or NULL if out of memory;
 * and the end of one that no CPU uses any more. May sleep.
 */
void *alloc_thread_stack(void);
void free_thread_stack(void *stack);

#endif
