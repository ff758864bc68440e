/* SPDX-License-Identifier: MIT */
/*
 * What a failed expectation or assertion has to say. The macros of
 * <kunit/expect.h> fill one of these in, only when a check has failed.
 */
#ifndef _KUNIT_ASSERT_H
#define _KUNIT_ASSERT_H

#include <linux/compiler.h>
#include <linux/types.h>

struct kunit;

enum kunit_assert_type {
	KUNIT_ASSERTION,   /* ends the case */
	KUNIT_EXPECTATION, /* the case goes on */
};

struct kunit_loc {
	const char *file;
	int line;
};

#define KUNIT_CURRENT_LOC                          \
	{                                          \
		.file = __FILE__, .line = __LINE__ \
	}

/* How the rest of a struct kunit_assert is to be read. */
enum kunit_assert_kind {
	KUNIT_ASSERT_FAIL,    /* KUNIT_FAIL: a message only */
	KUNIT_ASSERT_UNARY,   /* TRUE, FALSE */
	KUNIT_ASSERT_INT,     /* EQ, NE, LT, ...: two numbers */
	KUNIT_ASSERT_PTR,     /* PTR_EQ, NULL, ...: two pointers */
	KUNIT_ASSERT_STR,     /* STREQ, STRNEQ */
	KUNIT_ASSERT_MEM,     /* MEMEQ, MEMNEQ */
	KUNIT_ASSERT_NOT_ERR, /* NOT_ERR_OR_NULL */
};

/* Texts and values of a check that failed. */
struct kunit_assert {
	enum kunit_assert_type type;
	enum kunit_assert_kind kind;
	bool expected_true;    /* UNARY */
	const char *operation; /* "==", "<", ... */
	const char *left_text;
	const char *right_text;
	long long left_int; /* INT */
	long long right_int;
	const void *left_ptr; /* PTR, STR, MEM, NOT_ERR */
	const void *right_ptr;
	size_t size; /* MEM: bytes compared */
};

/*
 * Prints the failure and marks the case as failed. fmt (NULL: none) is the
 * message of the _MSG form.
 */
void kunit_failed(struct kunit *test, const struct kunit_loc *loc,
		  const struct kunit_assert *assert, const char *fmt, ...)
	__printf(4, 5) __cold;

/* Ends the running case. */
void __noreturn kunit_abort(struct kunit *test);

#endif
