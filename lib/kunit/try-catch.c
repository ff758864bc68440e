// SPDX-License-Identifier: MIT
/*
 * try-catch.c - leaving a test case from any depth
 *
 * The way back is a saved set of registers. What else a case may have left
 * half done, a printk() that faulted, is put right here; interrupts and
 * counts are the business of the case runner (leak.c).
 */
#include <kunit/try-catch.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <quire/capture.h>

void kunit_try_catch_run(struct kunit_try_catch *try_catch, void *context)
{
	unsigned int depth = printk_depth_get();
	struct __jmp_buf *outer = try_catch->back;
	jmp_buf back;

	try_catch->context = context;
	try_catch->try_result = 0;
	try_catch->back = back;
	if (!setjmp(back))
		try_catch->try(context);
	try_catch->back = outer;
	printk_depth_unwind(depth);

	if (try_catch->try_result)
		try_catch->catch (context);
}

void __noreturn kunit_try_catch_throw(struct kunit_try_catch *try_catch)
{
	BUG_ON(!try_catch->back);
	try_catch->try_result = -EFAULT;
	longjmp(try_catch->back, 1);
}
