/* SPDX-License-Identifier: MIT */
/*
 * For code under test: which case is running, and how to fail it.
 */
#ifndef _KUNIT_TEST_BUG_H
#define _KUNIT_TEST_BUG_H

#include <linux/compiler.h>

struct kunit;

/* The case that runs on this CPU, or NULL. Any context. */
struct kunit *kunit_get_current_test(void);

/* Fails the running case, if there is one, with a message and goes on. */
#define kunit_fail_current_test(fmt, ...) \
	__kunit_fail_current_test(__FILE__, __LINE__, fmt, ##__VA_ARGS__)

void __kunit_fail_current_test(const char *file, int line, const char *fmt, ...)
	__printf(3, 4);

/*
 * Called when the kernel cannot go on where it is (a fault without a fixup,
 * BUG()), after the dump was printed: if a case is running, fails it, naming
 * what, and jumps to its end. Otherwise returns.
 */
void kunit_die(const char *what);

#endif
