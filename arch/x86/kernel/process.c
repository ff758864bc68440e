/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/process.c - the machine's part of a thread
 *
 * What a thread is while it does not run is its stack: the registers that a
 * function must preserve lie on top of it, and the task keeps only the stack
 * pointer (switch.asm draws the frame).
 *
 * Differs from Linux: no user registers, no FPU. (arch/x86/kernel/process.c)
 */
#include <asm/page_types.h>
#include <asm/switch_to.h>
#include <linux/build_bug.h>
#include <linux/sched.h>
#include <linux/stddef.h>

static_assert(offsetof(struct task_struct, thread.sp) == 4,
	      "switch.asm has this as TASK_THREAD_SP");

/* The first one of a thread. */
struct fork_frame {
	struct inactive_task_frame frame;
	unsigned long end[2]; /* zeroes: no caller */
};

void ret_from_fork(void);

void copy_thread(struct task_struct *p, int (*fn)(void *), void *arg)
{
	struct fork_frame *frame = p->stack + THREAD_SIZE;

	frame--;
	*frame = (struct fork_frame){
		.frame.bx = (unsigned long)fn,
		.frame.di = (unsigned long)arg,
		.frame.ret_addr = (unsigned long)ret_from_fork,
	};
	p->thread.sp = (unsigned long)frame;
}
