// SPDX-License-Identifier: MIT
/*
 * stack.c - the memory of kernel stacks, and how much of it is used
 *
 *	+-----------------+  end: where a thread begins
 *	| frames          |
 *	|                 |
 *	| pattern         |  never written: what stack_most_used() counts
 *	| pattern         |
 *	| STACK_END_MAGIC |  task->stack
 *	+-----------------+
 *	  guard page: not mapped
 *
 * Stacks are vmalloc()ed, so that below each lies the guard page of the area
 * before it. A thread that runs over the end of its stack is stopped at the
 * first byte by a double fault, instead of changing what happens to lie
 * there; and a stack of two pages needs no two frames in a row. The frames are
 * lowmem: the few that stay for ever would split highmem's large blocks.
 *
 * A few stacks of threads that ended are kept for those that begin: mapping
 * costs more than all else that the beginning of a thread does.
 *
 * T1  A stack that is kept belongs to no thread, and is in use by no CPU.
 * T2  Every stack has STACK_END_MAGIC at its end while it belongs to a
 *     thread; schedule() looks at it in debug builds.
 *
 * Lock: kept_lock, for the kept ones. Cost: a pattern of THREAD_SIZE bytes in
 * debug builds, a search for its end when the use is asked for.
 *
 * Differs from Linux: the kept stacks are everybody's, not a CPU's; the
 * pattern is not 0, which is a common value of variables; a written end is
 * mended and survived. (kernel/fork.c, kernel/exit.c)
 */
#include <linux/sched/stack.h>

#include <linux/array_size.h>
#include <linux/atomic.h>
#include <linux/init.h>
#include <linux/kconfig.h>
#include <linux/kmemleak.h>
#include <linux/minmax.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched/task_stack.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#define NR_KEPT 4
#define PATTERN 0x57acc0deUL
/* Left alone below the caller of prepare_boot_stack(): it is in use. */
#define BOOT_MARGIN 512

static DEFINE_RAW_SPINLOCK(kept_lock);
static void *kept[NR_KEPT]; /* T1 */
static unsigned int nr_kept;

static atomic_t nr_stacks;
static unsigned long least_left = THREAD_SIZE;

/* ------------------------------------------------------------ the memory */

static void *take_kept(void)
{
	unsigned long flags;
	void *stack = NULL;

	raw_spin_lock_irqsave(&kept_lock, flags);
	if (nr_kept) {
		stack = kept[--nr_kept];
		kmemleak_erase(&kept[nr_kept]);
	}
	raw_spin_unlock_irqrestore(&kept_lock, flags);
	return stack;
}

static bool keep(void *stack)
{
	unsigned long flags;
	bool room;

	raw_spin_lock_irqsave(&kept_lock, flags);
	room = nr_kept < ARRAY_SIZE(kept);
	if (room)
		kept[nr_kept++] = stack;
	raw_spin_unlock_irqrestore(&kept_lock, flags);
	return room;
}

void *alloc_thread_stack(void)
{
	void *stack = take_kept();

	if (!stack) {
		stack = vmalloc_32(THREAD_SIZE);
		if (!stack)
			return NULL;
		atomic_inc(&nr_stacks);
		/* the part in use is searched, old frames are not */
		kmemleak_no_scan(stack);
	}
	stack_prepare(stack, THREAD_SIZE);
	return stack;
}

static void release_stack(void *stack)
{
	atomic_dec(&nr_stacks);
	vfree(stack);
}

void free_thread_stack(void *stack)
{
	if (!keep(stack))
		release_stack(stack);
}

void drain_thread_stacks(void)
{
	void *stack;

	while ((stack = take_kept()))
		release_stack(stack);
}

unsigned int nr_thread_stacks(void)
{
	return atomic_read(&nr_stacks);
}

unsigned int nr_kept_thread_stacks(void)
{
	return READ_ONCE(nr_kept);
}

/* ------------------------------------------------ how much of it is used */

/* Fills [begin, end), which holds nothing of value. */
static void fill(unsigned long *begin, unsigned long *end)
{
	*begin = STACK_END_MAGIC; /* T2 */
	if (!IS_ENABLED(CONFIG_DEBUG))
		return;
	while (++begin < end)
		*begin = PATTERN;
}

void stack_prepare(void *stack, unsigned long size)
{
	fill(stack, stack + size);
}

void __init prepare_boot_stack(void)
{
	fill(end_of_stack(&init_task),
	     __builtin_frame_address(0) - BOOT_MARGIN);
}

/* Of its own stack the words change that the race detector's calls reach. */
__no_kcsan unsigned long stack_most_used(const void *stack, unsigned long size)
{
	const unsigned long *word = stack, *end = stack + size;

	if (!IS_ENABLED(CONFIG_DEBUG))
		return 0;
	for (word++; word < end && *word == PATTERN; word++)
		;
	return (end - word) * sizeof(*word);
}

unsigned long stack_least_left(void)
{
	return READ_ONCE(least_left);
}

void set_stack_least_left(unsigned long bytes)
{
	WRITE_ONCE(least_left, bytes);
}

void check_stack_usage(void)
{
	unsigned long left, least;

	if (!IS_ENABLED(CONFIG_DEBUG))
		return;
	left = THREAD_SIZE - stack_most_used(current->stack, THREAD_SIZE);
	do {
		least = READ_ONCE(least_left);
		if (left >= least)
			return;
	} while (cmpxchg(&least_left, least, left) != least);
	pr_info("%s (%d) used greatest stack depth: %lu bytes left\n",
		current->comm, current->pid, left);
}

void report_stack_end_corrupted(struct task_struct *p)
{
	unsigned long word = *end_of_stack(p);

	*end_of_stack(p) = STACK_END_MAGIC;
	pr_err("BUG: corrupted stack end detected inside scheduler\n");
	pr_err("%s/%d: stack %p .. %p, its last word is %08lx\n", p->comm,
	       p->pid, p->stack, p->stack + THREAD_SIZE, word);
	dump_stack_lvl(KERN_ERR);
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}
