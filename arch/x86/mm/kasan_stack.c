/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/mm/kasan_stack.c - frames that are left without returning
 *
 * A function poisons the red zones of its frame when it begins and unpoisons
 * them when it returns. One that is left by longjmp() does the first only, and
 * who uses the stack there next would be accused.
 *
 *	task's stack                      task's       interrupt's stack
 *	|..........|to|left|left|now|     |..|to|left| |left|left|now|
 *	            ^watermark ---->|         ^------>| |<-- all of -->|
 *
 * (mm/kasan/common.c)
 */
#include <linux/kasan.h>

#include <asm/processor.h>
#include <asm/stacktrace.h>
#include <linux/align.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>

void kasan_unpoison_task_stack_below(const void *watermark)
{
	void *base = task_stack_page(current);
	struct stack_info info;

	if (get_stack_info(current_stack_pointer, current, &info) &&
	    info.type != STACK_TYPE_TASK)
		kasan_unpoison((void *)info.begin, info.end - info.begin);
	kasan_unpoison(base, (unsigned long)watermark - (unsigned long)base);
}
