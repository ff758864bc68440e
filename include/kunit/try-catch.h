/* SPDX-License-Identifier: MIT */
/*
 * Running a function that may be left from any depth: kunit_try_catch_run()
 * calls try(context); kunit_try_catch_throw() inside of it jumps back, and
 * catch(context) is called. Assertions, kunit_skip() and faults leave a test
 * case in this way.
 */
#ifndef _KUNIT_TRY_CATCH_H
#define _KUNIT_TRY_CATCH_H

#include <asm/setjmp.h>
#include <linux/compiler.h>
#include <linux/types.h>

typedef void (*kunit_try_catch_func_t)(void *);

struct kunit;

struct kunit_try_catch {
	struct kunit *test;
	int try_result; /* 0, or -EFAULT after a throw */
	kunit_try_catch_func_t try;
	kunit_try_catch_func_t catch;
	void *context;
	struct __jmp_buf *back; /* where a throw goes; NULL: idle */
};

static inline void kunit_try_catch_init(struct kunit_try_catch *try_catch,
					struct kunit *test,
					kunit_try_catch_func_t try,
					kunit_try_catch_func_t catch)
{
	try_catch->test = test;
	try_catch->try = try;
	try_catch->catch = catch;
	try_catch->back = NULL;
}

/* Calls try(context), and catch(context) if it was left by a throw. */
void kunit_try_catch_run(struct kunit_try_catch *try_catch, void *context);

/* Leaves the running try function. BUG if there is none. */
void __noreturn kunit_try_catch_throw(struct kunit_try_catch *try_catch);

static inline int kunit_try_catch_get_result(struct kunit_try_catch *try_catch)
{
	return try_catch->try_result;
}

#endif
