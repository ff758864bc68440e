/* SPDX-License-Identifier: MIT */
/*
 * One macro for each kind of check, under the families of <kunit/expect.h>.
 * Every argument is evaluated exactly once, in its own type; the texts lt
 * and rt are made by the caller, so that macros in them stay as written.
 */
#ifndef _KUNIT_CHECK_H
#define _KUNIT_CHECK_H

#include <kunit/assert.h>
#include <linux/compiler.h>
#include <linux/err.h>
#include <linux/string.h>

#define _KUNIT_SAVE_LOC(test)                      \
	do {                                       \
		(test)->last_seen.file = __FILE__; \
		(test)->last_seen.line = __LINE__; \
		(test)->checks++;                  \
	} while (0)

/* The failure path: members set those of struct kunit_assert. */
#define _KUNIT_FAILED(test, type_, members, fmt, ...)                         \
	do {                                                                  \
		static const struct kunit_loc __loc = KUNIT_CURRENT_LOC;      \
		const struct kunit_assert __assert = { .type = type_,         \
						       _KUNIT_LIST members }; \
                                                                              \
		kunit_failed(test, &__loc, &__assert, fmt, ##__VA_ARGS__);    \
		if ((type_) == KUNIT_ASSERTION)                               \
			kunit_abort(test);                                    \
	} while (0)
#define _KUNIT_LIST(members...) members

/* The types, in names short enough for the tables of <kunit/expect.h>. */
#define _KUNIT_E KUNIT_EXPECTATION
#define _KUNIT_A KUNIT_ASSERTION

#define _KUNIT_FAIL(test, type, fmt, ...)                                   \
	do {                                                                \
		_KUNIT_SAVE_LOC(test);                                      \
		_KUNIT_FAILED(test, type, (.kind = KUNIT_ASSERT_FAIL), fmt, \
			      ##__VA_ARGS__);                               \
	} while (0)

#define _KUNIT_BOOL(test, type, cond, text, want, fmt, ...)                   \
	do {                                                                  \
		const bool __cond = !!(cond);                                 \
                                                                              \
		_KUNIT_SAVE_LOC(test);                                        \
		if (likely(__cond == (want)))                                 \
			break;                                                \
		_KUNIT_FAILED(test, type,                                     \
			      (.kind = KUNIT_ASSERT_UNARY, .left_text = text, \
			       .expected_true = want),                        \
			      fmt, ##__VA_ARGS__);                            \
	} while (0)

#define _KUNIT_INT(test, type, left, lt, op, right, rt, fmt, ...)          \
	do {                                                               \
		const typeof(left) __left = (left);                        \
		const typeof(right) __right = (right);                     \
                                                                           \
		_KUNIT_SAVE_LOC(test);                                     \
		if (likely(__left op __right))                             \
			break;                                             \
		_KUNIT_FAILED(test, type,                                  \
			      (.kind = KUNIT_ASSERT_INT, .operation = #op, \
			       .left_text = lt, .right_text = rt,          \
			       .left_int = (__force long long)__left,      \
			       .right_int = (__force long long)__right),   \
			      fmt, ##__VA_ARGS__);                         \
	} while (0)

#define _KUNIT_PTR(test, type, left, lt, op, right, rt, fmt, ...)          \
	do {                                                               \
		const typeof(left) __left = (left);                        \
		const typeof(right) __right = (right);                     \
                                                                           \
		_KUNIT_SAVE_LOC(test);                                     \
		if (likely(__left op __right))                             \
			break;                                             \
		_KUNIT_FAILED(test, type,                                  \
			      (.kind = KUNIT_ASSERT_PTR, .operation = #op, \
			       .left_text = lt, .right_text = rt,          \
			       .left_ptr = (const void *)__left,           \
			       .right_ptr = (const void *)__right),        \
			      fmt, ##__VA_ARGS__);                         \
	} while (0)

#define _KUNIT_STR(test, type, left, lt, op, right, rt, fmt, ...)              \
	do {                                                                   \
		const char *__left = (left);                                   \
		const char *__right = (right);                                 \
                                                                               \
		_KUNIT_SAVE_LOC(test);                                         \
		if (likely(__left && __right && strcmp(__left, __right) op 0)) \
			break;                                                 \
		_KUNIT_FAILED(test, type,                                      \
			      (.kind = KUNIT_ASSERT_STR, .operation = #op,     \
			       .left_text = lt, .right_text = rt,              \
			       .left_ptr = __left, .right_ptr = __right),      \
			      fmt, ##__VA_ARGS__);                             \
	} while (0)

#define _KUNIT_MEM(test, type, left, lt, op, right, rt, bytes, fmt, ...)   \
	do {                                                               \
		const void *__left = (left);                               \
		const void *__right = (right);                             \
		const size_t __size = (bytes);                             \
                                                                           \
		_KUNIT_SAVE_LOC(test);                                     \
		if (likely(__left && __right &&                            \
			   memcmp(__left, __right, __size) op 0))          \
			break;                                             \
		_KUNIT_FAILED(test, type,                                  \
			      (.kind = KUNIT_ASSERT_MEM, .operation = #op, \
			       .left_text = lt, .right_text = rt,          \
			       .left_ptr = __left, .right_ptr = __right,   \
			       .size = __size),                            \
			      fmt, ##__VA_ARGS__);                         \
	} while (0)

#define _KUNIT_NOT_ERR(test, type, ptr, text, fmt, ...)               \
	do {                                                          \
		const void *__ptr = (ptr);                            \
                                                                      \
		_KUNIT_SAVE_LOC(test);                                \
		if (likely(!IS_ERR_OR_NULL(__ptr)))                   \
			break;                                        \
		_KUNIT_FAILED(test, type,                             \
			      (.kind = KUNIT_ASSERT_NOT_ERR,          \
			       .left_text = text, .left_ptr = __ptr), \
			      fmt, ##__VA_ARGS__);                    \
	} while (0)

#endif
