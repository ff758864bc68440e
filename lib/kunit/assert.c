// SPDX-License-Identifier: MIT
/*
 * assert.c - what a failed check prints
 *
 *	    # CASE: EXPECTATION FAILED at FILE:LINE
 *	    Expected a + 1 == b, but
 *	        a + 1 == 2 (0x2)
 *	        b == 3 (0x3)
 *
 * A side that is a literal is not repeated with its value.
 */
#include "internal.h"

#include <kunit/assert.h>
#include <kunit/test-bug.h>
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/stdarg.h>
#include <linux/string.h>

#define VALUE          KUNIT_SUBSUBTEST_INDENT
#define BYTES_PER_LINE 16
#define BYTES_SHOWN    256

static bool is_number(const char *text, long long value)
{
	long long parsed;

	return !kstrtoll(text, 10, &parsed) && parsed == value;
}

/* Is text the string literal of value? */
static bool is_quoted(const char *text, const char *value)
{
	size_t len = strlen(value);

	return text[0] == '"' && strlen(text) == len + 2 &&
	       !strncmp(text + 1, value, len);
}

static void print_expected(const struct kunit_assert *a)
{
	printk_raw(KERN_ERR KUNIT_SUBTEST_INDENT "Expected %s %s %s, but\n",
		   a->left_text, a->operation, a->right_text);
}

static void print_int(const char *text, long long value)
{
	if (!is_number(text, value))
		printk_raw(KERN_ERR VALUE "%s == %lld (0x%llx)\n", text, value,
			   value);
}

static void print_ptr(const char *text, const void *value)
{
	if (strcmp(text, "NULL"))
		printk_raw(KERN_ERR VALUE "%s == %px\n", text, value);
}

/*
 * Goes on with text of several lines. All but the first are marked as
 * diagnostics, as they may look like results themselves.
 */
static void print_lines(const char *text)
{
	const char *end;

	while ((end = strchr(text, '\n'))) {
		printk_raw(KERN_CONT "%.*s\n", (int)(end - text), text);
		printk_raw(KERN_ERR KUNIT_SUBTEST_INDENT "# ");
		text = end + 1;
	}
	printk_raw(KERN_CONT "%s", text);
}

static void print_str(const char *text, const char *value)
{
	if (!value) {
		printk_raw(KERN_ERR VALUE "%s == (null)\n", text);
	} else if (!is_quoted(text, value)) {
		printk_raw(KERN_ERR VALUE "%s == \"", text);
		print_lines(value);
		printk_raw(KERN_CONT "\"\n");
	}
}

/* Bytes of one side, those that differ from the other in <>. */
static void print_bytes(const char *text, const u8 *bytes, const u8 *other,
			size_t size)
{
	size_t i;

	if (!bytes) {
		printk_raw(KERN_ERR VALUE "%s == (null)\n", text);
		return;
	}
	printk_raw(KERN_ERR VALUE "%s ==\n", text);
	for (i = 0; i < min_t(size_t, size, BYTES_SHOWN); i++) {
		bool differs = other && bytes[i] != other[i];

		if (i % BYTES_PER_LINE == 0)
			printk_raw(KERN_ERR VALUE);
		printk_raw(KERN_CONT "%c%02x%c", differs ? '<' : ' ', bytes[i],
			   differs ? '>' : ' ');
		if (i % BYTES_PER_LINE == BYTES_PER_LINE - 1)
			printk_raw(KERN_CONT "\n");
	}
	if (i % BYTES_PER_LINE)
		printk_raw(KERN_CONT "\n");
}

static void print_not_err(const struct kunit_assert *a)
{
	if (!a->left_ptr)
		printk_raw(KERN_ERR KUNIT_SUBTEST_INDENT
			   "Expected %s is not null, but is\n",
			   a->left_text);
	else
		printk_raw(KERN_ERR KUNIT_SUBTEST_INDENT
			   "Expected %s is not error, but is: %ld\n",
			   a->left_text, PTR_ERR(a->left_ptr));
}

static void print_assert(const struct kunit_assert *a)
{
	switch (a->kind) {
	case KUNIT_ASSERT_FAIL:
		break;
	case KUNIT_ASSERT_UNARY:
		printk_raw(KERN_ERR KUNIT_SUBTEST_INDENT
			   "Expected %s to be %s, but is %s\n",
			   a->left_text, a->expected_true ? "true" : "false",
			   a->expected_true ? "false" : "true");
		break;
	case KUNIT_ASSERT_INT:
		print_expected(a);
		print_int(a->left_text, a->left_int);
		print_int(a->right_text, a->right_int);
		break;
	case KUNIT_ASSERT_PTR:
		print_expected(a);
		print_ptr(a->left_text, a->left_ptr);
		print_ptr(a->right_text, a->right_ptr);
		break;
	case KUNIT_ASSERT_STR:
		print_expected(a);
		print_str(a->left_text, a->left_ptr);
		print_str(a->right_text, a->right_ptr);
		break;
	case KUNIT_ASSERT_MEM:
		print_expected(a);
		print_bytes(a->left_text, a->left_ptr, a->right_ptr, a->size);
		print_bytes(a->right_text, a->right_ptr, a->left_ptr, a->size);
		break;
	case KUNIT_ASSERT_NOT_ERR:
		print_not_err(a);
		break;
	}
}

static void print_message(const char *fmt, va_list args)
{
	char text[512];

	vscnprintf(text, sizeof(text), fmt, args);
	printk_raw(KERN_ERR KUNIT_SUBTEST_INDENT);
	print_lines(text);
	printk_raw(KERN_CONT "\n");
}

void kunit_failed(struct kunit *test, const struct kunit_loc *loc,
		  const struct kunit_assert *assert, const char *fmt, ...)
{
	va_list args;

	kunit_set_failure(test);
	kunit_err(test, "%s FAILED at %s:%d\n",
		  assert->type == KUNIT_ASSERTION ? "ASSERTION" : "EXPECTATION",
		  loc->file, loc->line);
	print_assert(assert);
	if (fmt) {
		va_start(args, fmt);
		print_message(fmt, args);
		va_end(args);
	}
}

void (*kunit_giving_up)(struct kunit *test);

void __noreturn kunit_abort(struct kunit *test)
{
	if (kunit_giving_up)
		kunit_giving_up(test);
	kunit_try_catch_throw(&test->try_catch);
}

void __kunit_fail_current_test(const char *file, int line, const char *fmt, ...)
{
	struct kunit *test = kunit_get_current_test();
	va_list args;

	if (!test)
		return;
	kunit_set_failure(test);
	kunit_err(test, "%s:%d:\n", file, line);
	va_start(args, fmt);
	print_message(fmt, args);
	va_end(args);
}
