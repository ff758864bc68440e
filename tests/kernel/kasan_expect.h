/* SPDX-License-Identifier: MIT */
/* A report of KASAN's that a test provokes, and what it must say. */
#ifndef _TESTS_KERNEL_KASAN_EXPECT_H
#define _TESTS_KERNEL_KASAN_EXPECT_H

#include <kunit/test.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/kconfig.h>
#include <linux/string.h>
#include <quire/capture.h>

/*
 * An access that the compiler can neither leave out nor see through. What is
 * written is what was there, for the sake of other checks; the function that
 * reads it, rather than its macro, is not looked at.
 */
#define REWRITE(type, p) do {						\
	volatile type *__place = (volatile type *)(p);			\
	type __was;							\
									\
	(memcpy)(&__was, (const void *)__place, sizeof(__was));		\
	*__place = __was;						\
} while (0)
#define TOUCH(p, index) REWRITE(char, (char *)(p) + (index))
#define LOOK(p, index) ((void)((volatile char *)(p))[index])

/* A number that is not known before the kernel runs. */
#define HIDDEN(value) ({						\
	size_t __hidden = (value);					\
									\
	OPTIMIZER_HIDE_VAR(__hidden);					\
	__hidden;							\
})

/* Runs expression; what is printed must be a report of this kind. */
#define EXPECT_KASAN(test, kind, expression) ({				\
	const char *__text;						\
									\
	capture_begin();						\
	expression;							\
	__text = capture_end();						\
	KUNIT_EXPECT_TRUE_MSG(test,					\
		strstr(__text, "BUG: KASAN: " kind " in ") != NULL,	\
		"no report of %s by %s:\n%s", kind, #expression, __text); \
	__text;								\
})

/* The same, and the words must be in it. */
#define EXPECT_KASAN_WORDS(test, kind, expression, words) do {		\
	const char *__report = EXPECT_KASAN(test, kind, expression);	\
									\
	KUNIT_EXPECT_TRUE_MSG(test, strstr(__report, words) != NULL,	\
			      "\"%s\" is missing in:\n%s", words, __report); \
} while (0)

/* For a suite's init. */
static inline int needs_kasan(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_KASAN))
		kunit_skip(test, "needs a kernel built with KASAN=1");
	return 0;
}

#endif
