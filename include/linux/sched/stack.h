/* SPDX-License-Identifier: MIT */
/*
 * The memory of kernel stacks: where it comes from, and how much of each was
 * ever used. Debug builds alone know the latter.
 */
#ifndef _LINUX_SCHED_STACK_H
#define _LINUX_SCHED_STACK_H

#include <linux/types.h>

struct seq_file;
struct task_struct;

/*
 * The stack of a new thread: its lowest address, or NULL if out of memory;
 * and the end of one that no CPU uses any more. May sleep.
 */
void *alloc_thread_stack(void);
void free_thread_stack(void *stack);

/* Gives back the stacks that are kept for threads to come. May sleep. */
void drain_thread_stacks(void);

/* Stacks that threads have or had, and those of them kept for others. */
unsigned int nr_thread_stacks(void);
unsigned int nr_kept_thread_stacks(void);

/*
 * Makes unused memory one whose use can be told: the lowest word gets
 * STACK_END_MAGIC, all others a pattern in debug builds. Any context.
 */
void stack_prepare(void *stack, unsigned long size);

/* The same for the boot task's stack, below the caller. Once, at boot. */
void prepare_boot_stack(void);

/*
 * The most bytes of a stack that were ever in use at once; 0 where no build
 * with checks keeps the books. The stack must stay while this looks.
 */
unsigned long stack_most_used(const void *stack, unsigned long size);

/* At the end of a thread: says so if no other came so close to its end. */
void check_stack_usage(void);

/*
 * What the closest one so far left over, in bytes; for tests: replaced by
 * another value.
 */
unsigned long stack_least_left(void);
void set_stack_least_left(unsigned long bytes);

/* A table of all stacks and their use. May sleep. kernel/sched/stack_show.c. */
int stacks_show(struct seq_file *m, void *unused);

/* Reports, and mends, a last word of the stack that was written. */
void report_stack_end_corrupted(struct task_struct *p);

#endif
