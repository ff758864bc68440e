/* SPDX-License-Identifier: MIT */
/*
 * The checks of a case: KUNIT_EXPECT_x lets the case go on after a failure,
 * KUNIT_ASSERT_x ends it. The _MSG forms add a message to the failure.
 */
#ifndef _KUNIT_EXPECT_H
#define _KUNIT_EXPECT_H

#include <kunit/check.h>

/* Always passes. */
#define KUNIT_SUCCEED(test) _KUNIT_SAVE_LOC(test)

/* Always fails; the case goes on. */
#define KUNIT_FAIL(test, fmt, ...) \
	_KUNIT_FAIL(test, _KUNIT_E, fmt, ##__VA_ARGS__)

/* Truth of an expression. */
#define KUNIT_EXPECT_TRUE(test, cond) \
	_KUNIT_BOOL(test, _KUNIT_E, cond, #cond, true, NULL)
#define KUNIT_EXPECT_TRUE_MSG(test, cond, fmt, ...) \
	_KUNIT_BOOL(test, _KUNIT_E, cond, #cond, true, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_FALSE(test, cond) \
	_KUNIT_BOOL(test, _KUNIT_E, cond, #cond, false, NULL)
#define KUNIT_EXPECT_FALSE_MSG(test, cond, fmt, ...) \
	_KUNIT_BOOL(test, _KUNIT_E, cond, #cond, false, fmt, ##__VA_ARGS__)

/* Numbers, compared in their own types. */
#define KUNIT_EXPECT_EQ(test, left, right) \
	_KUNIT_INT(test, _KUNIT_E, left, #left, ==, right, #right, NULL)
#define KUNIT_EXPECT_EQ_MSG(test, left, right, fmt, ...)                \
	_KUNIT_INT(test, _KUNIT_E, left, #left, ==, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_EXPECT_NE(test, left, right) \
	_KUNIT_INT(test, _KUNIT_E, left, #left, !=, right, #right, NULL)
#define KUNIT_EXPECT_NE_MSG(test, left, right, fmt, ...)                \
	_KUNIT_INT(test, _KUNIT_E, left, #left, !=, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_EXPECT_LT(test, left, right) \
	_KUNIT_INT(test, _KUNIT_E, left, #left, <, right, #right, NULL)
#define KUNIT_EXPECT_LT_MSG(test, left, right, fmt, ...)               \
	_KUNIT_INT(test, _KUNIT_E, left, #left, <, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_EXPECT_LE(test, left, right) \
	_KUNIT_INT(test, _KUNIT_E, left, #left, <=, right, #right, NULL)
#define KUNIT_EXPECT_LE_MSG(test, left, right, fmt, ...)                \
	_KUNIT_INT(test, _KUNIT_E, left, #left, <=, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_EXPECT_GT(test, left, right) \
	_KUNIT_INT(test, _KUNIT_E, left, #left, >, right, #right, NULL)
#define KUNIT_EXPECT_GT_MSG(test, left, right, fmt, ...)               \
	_KUNIT_INT(test, _KUNIT_E, left, #left, >, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_EXPECT_GE(test, left, right) \
	_KUNIT_INT(test, _KUNIT_E, left, #left, >=, right, #right, NULL)
#define KUNIT_EXPECT_GE_MSG(test, left, right, fmt, ...)                \
	_KUNIT_INT(test, _KUNIT_E, left, #left, >=, right, #right, fmt, \
		   ##__VA_ARGS__)

/* Pointers. */
#define KUNIT_EXPECT_PTR_EQ(test, left, right) \
	_KUNIT_PTR(test, _KUNIT_E, left, #left, ==, right, #right, NULL)
#define KUNIT_EXPECT_PTR_EQ_MSG(test, left, right, fmt, ...)            \
	_KUNIT_PTR(test, _KUNIT_E, left, #left, ==, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_EXPECT_PTR_NE(test, left, right) \
	_KUNIT_PTR(test, _KUNIT_E, left, #left, !=, right, #right, NULL)
#define KUNIT_EXPECT_PTR_NE_MSG(test, left, right, fmt, ...)            \
	_KUNIT_PTR(test, _KUNIT_E, left, #left, !=, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_EXPECT_NULL(test, ptr) \
	_KUNIT_PTR(test, _KUNIT_E, ptr, #ptr, ==, (void *)NULL, "NULL", NULL)
#define KUNIT_EXPECT_NULL_MSG(test, ptr, fmt, ...)                           \
	_KUNIT_PTR(test, _KUNIT_E, ptr, #ptr, ==, (void *)NULL, "NULL", fmt, \
		   ##__VA_ARGS__)
#define KUNIT_EXPECT_NOT_NULL(test, ptr) \
	_KUNIT_PTR(test, _KUNIT_E, ptr, #ptr, !=, (void *)NULL, "NULL", NULL)
#define KUNIT_EXPECT_NOT_NULL_MSG(test, ptr, fmt, ...)                       \
	_KUNIT_PTR(test, _KUNIT_E, ptr, #ptr, !=, (void *)NULL, "NULL", fmt, \
		   ##__VA_ARGS__)
#define KUNIT_EXPECT_NOT_ERR_OR_NULL(test, ptr) \
	_KUNIT_NOT_ERR(test, _KUNIT_E, ptr, #ptr, NULL)
#define KUNIT_EXPECT_NOT_ERR_OR_NULL_MSG(test, ptr, fmt, ...) \
	_KUNIT_NOT_ERR(test, _KUNIT_E, ptr, #ptr, fmt, ##__VA_ARGS__)

/* Strings and bytes. */
#define KUNIT_EXPECT_STREQ(test, left, right) \
	_KUNIT_STR(test, _KUNIT_E, left, #left, ==, right, #right, NULL)
#define KUNIT_EXPECT_STREQ_MSG(test, left, right, fmt, ...)             \
	_KUNIT_STR(test, _KUNIT_E, left, #left, ==, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_EXPECT_STRNEQ(test, left, right) \
	_KUNIT_STR(test, _KUNIT_E, left, #left, !=, right, #right, NULL)
#define KUNIT_EXPECT_STRNEQ_MSG(test, left, right, fmt, ...)            \
	_KUNIT_STR(test, _KUNIT_E, left, #left, !=, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_EXPECT_MEMEQ(test, left, right, size) \
	_KUNIT_MEM(test, _KUNIT_E, left, #left, ==, right, #right, size, NULL)
#define KUNIT_EXPECT_MEMEQ_MSG(test, left, right, size, fmt, ...)             \
	_KUNIT_MEM(test, _KUNIT_E, left, #left, ==, right, #right, size, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_EXPECT_MEMNEQ(test, left, right, size) \
	_KUNIT_MEM(test, _KUNIT_E, left, #left, !=, right, #right, size, NULL)
#define KUNIT_EXPECT_MEMNEQ_MSG(test, left, right, size, fmt, ...)            \
	_KUNIT_MEM(test, _KUNIT_E, left, #left, !=, right, #right, size, fmt, \
		   ##__VA_ARGS__)

/* Always fails and ends the case. */
#define KUNIT_FAIL_AND_ABORT(test, fmt, ...) \
	_KUNIT_FAIL(test, _KUNIT_A, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_FAILURE(test, fmt, ...) \
	_KUNIT_FAIL(test, _KUNIT_A, fmt, ##__VA_ARGS__)

/* Truth of an expression. */
#define KUNIT_ASSERT_TRUE(test, cond) \
	_KUNIT_BOOL(test, _KUNIT_A, cond, #cond, true, NULL)
#define KUNIT_ASSERT_TRUE_MSG(test, cond, fmt, ...) \
	_KUNIT_BOOL(test, _KUNIT_A, cond, #cond, true, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_FALSE(test, cond) \
	_KUNIT_BOOL(test, _KUNIT_A, cond, #cond, false, NULL)
#define KUNIT_ASSERT_FALSE_MSG(test, cond, fmt, ...) \
	_KUNIT_BOOL(test, _KUNIT_A, cond, #cond, false, fmt, ##__VA_ARGS__)

/* Numbers, compared in their own types. */
#define KUNIT_ASSERT_EQ(test, left, right) \
	_KUNIT_INT(test, _KUNIT_A, left, #left, ==, right, #right, NULL)
#define KUNIT_ASSERT_EQ_MSG(test, left, right, fmt, ...)                \
	_KUNIT_INT(test, _KUNIT_A, left, #left, ==, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_ASSERT_NE(test, left, right) \
	_KUNIT_INT(test, _KUNIT_A, left, #left, !=, right, #right, NULL)
#define KUNIT_ASSERT_NE_MSG(test, left, right, fmt, ...)                \
	_KUNIT_INT(test, _KUNIT_A, left, #left, !=, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_ASSERT_LT(test, left, right) \
	_KUNIT_INT(test, _KUNIT_A, left, #left, <, right, #right, NULL)
#define KUNIT_ASSERT_LT_MSG(test, left, right, fmt, ...)               \
	_KUNIT_INT(test, _KUNIT_A, left, #left, <, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_ASSERT_LE(test, left, right) \
	_KUNIT_INT(test, _KUNIT_A, left, #left, <=, right, #right, NULL)
#define KUNIT_ASSERT_LE_MSG(test, left, right, fmt, ...)                \
	_KUNIT_INT(test, _KUNIT_A, left, #left, <=, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_ASSERT_GT(test, left, right) \
	_KUNIT_INT(test, _KUNIT_A, left, #left, >, right, #right, NULL)
#define KUNIT_ASSERT_GT_MSG(test, left, right, fmt, ...)               \
	_KUNIT_INT(test, _KUNIT_A, left, #left, >, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_ASSERT_GE(test, left, right) \
	_KUNIT_INT(test, _KUNIT_A, left, #left, >=, right, #right, NULL)
#define KUNIT_ASSERT_GE_MSG(test, left, right, fmt, ...)                \
	_KUNIT_INT(test, _KUNIT_A, left, #left, >=, right, #right, fmt, \
		   ##__VA_ARGS__)

/* Pointers. */
#define KUNIT_ASSERT_PTR_EQ(test, left, right) \
	_KUNIT_PTR(test, _KUNIT_A, left, #left, ==, right, #right, NULL)
#define KUNIT_ASSERT_PTR_EQ_MSG(test, left, right, fmt, ...)            \
	_KUNIT_PTR(test, _KUNIT_A, left, #left, ==, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_ASSERT_PTR_NE(test, left, right) \
	_KUNIT_PTR(test, _KUNIT_A, left, #left, !=, right, #right, NULL)
#define KUNIT_ASSERT_PTR_NE_MSG(test, left, right, fmt, ...)            \
	_KUNIT_PTR(test, _KUNIT_A, left, #left, !=, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_ASSERT_NULL(test, ptr) \
	_KUNIT_PTR(test, _KUNIT_A, ptr, #ptr, ==, (void *)NULL, "NULL", NULL)
#define KUNIT_ASSERT_NULL_MSG(test, ptr, fmt, ...)                           \
	_KUNIT_PTR(test, _KUNIT_A, ptr, #ptr, ==, (void *)NULL, "NULL", fmt, \
		   ##__VA_ARGS__)
#define KUNIT_ASSERT_NOT_NULL(test, ptr) \
	_KUNIT_PTR(test, _KUNIT_A, ptr, #ptr, !=, (void *)NULL, "NULL", NULL)
#define KUNIT_ASSERT_NOT_NULL_MSG(test, ptr, fmt, ...)                       \
	_KUNIT_PTR(test, _KUNIT_A, ptr, #ptr, !=, (void *)NULL, "NULL", fmt, \
		   ##__VA_ARGS__)
#define KUNIT_ASSERT_NOT_ERR_OR_NULL(test, ptr) \
	_KUNIT_NOT_ERR(test, _KUNIT_A, ptr, #ptr, NULL)
#define KUNIT_ASSERT_NOT_ERR_OR_NULL_MSG(test, ptr, fmt, ...) \
	_KUNIT_NOT_ERR(test, _KUNIT_A, ptr, #ptr, fmt, ##__VA_ARGS__)

/* Strings and bytes. */
#define KUNIT_ASSERT_STREQ(test, left, right) \
	_KUNIT_STR(test, _KUNIT_A, left, #left, ==, right, #right, NULL)
#define KUNIT_ASSERT_STREQ_MSG(test, left, right, fmt, ...)             \
	_KUNIT_STR(test, _KUNIT_A, left, #left, ==, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_ASSERT_STRNEQ(test, left, right) \
	_KUNIT_STR(test, _KUNIT_A, left, #left, !=, right, #right, NULL)
#define KUNIT_ASSERT_STRNEQ_MSG(test, left, right, fmt, ...)            \
	_KUNIT_STR(test, _KUNIT_A, left, #left, !=, right, #right, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_ASSERT_MEMEQ(test, left, right, size) \
	_KUNIT_MEM(test, _KUNIT_A, left, #left, ==, right, #right, size, NULL)
#define KUNIT_ASSERT_MEMEQ_MSG(test, left, right, size, fmt, ...)             \
	_KUNIT_MEM(test, _KUNIT_A, left, #left, ==, right, #right, size, fmt, \
		   ##__VA_ARGS__)
#define KUNIT_ASSERT_MEMNEQ(test, left, right, size) \
	_KUNIT_MEM(test, _KUNIT_A, left, #left, !=, right, #right, size, NULL)
#define KUNIT_ASSERT_MEMNEQ_MSG(test, left, right, size, fmt, ...)            \
	_KUNIT_MEM(test, _KUNIT_A, left, #left, !=, right, #right, size, fmt, \
		   ##__VA_ARGS__)

#endif
