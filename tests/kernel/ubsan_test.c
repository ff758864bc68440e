// SPDX-License-Identifier: MIT
/*
 * UBSAN: is each kind of undefined behaviour told, with its place and values?
 * In a kernel without the checker (UBSAN=1 has it) all cases are skipped.
 */
#include <kunit/test.h>
#include <asm/setjmp.h>
#include <asm/setup.h>
#include <linux/kconfig.h>
#include <linux/limits.h>
#include <linux/panic.h>
#include <linux/string.h>
#include <quire/capture.h>

static jmp_buf escape;

static void leave(struct pt_regs *regs, const char *what)
{
	longjmp(escape, 1);
}

/* What is printed while fn runs, which may end in a fault of the CPU's. */
static const char *report_of(void (*fn)(void))
{
	fault_hook_t outer = fault_hook;

	capture_begin();
	fault_hook = leave;
	if (!setjmp(escape))
		fn();
	fault_hook = outer;
	return capture_end();
}

/* fn must be reported with its kind, this file, and a line of words. */
static void expect_report(struct kunit *test, void (*fn)(void),
			  const char *kind, const char *words)
{
	unsigned long before = report_count();
	const char *text = report_of(fn);
	char place[80];

	snprintf(place, sizeof(place), "UBSAN: %s in tests/kernel/ubsan_test.c",
		 kind);
	KUNIT_EXPECT_TRUE_MSG(test, strstr(text, place) != NULL,
			      "\"%s\" is missing in:\n%s", place, text);
	KUNIT_EXPECT_TRUE_MSG(test, strstr(text, words) != NULL,
			      "\"%s\" is missing in:\n%s", words, text);
	KUNIT_EXPECT_TRUE(test, strstr(text, "Call Trace:") != NULL);
	KUNIT_EXPECT_GT(test, report_count(), before);
}

static int ubsan_init(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_UBSAN))
		kunit_skip(test, "needs a kernel built with UBSAN=1");
	return 0;
}

/* Values that the compiler must not know. */
static volatile int minus_one = -1, zero, seven = 7, forty = 40, big = 1 << 30;
static volatile unsigned int result;
static volatile unsigned long long wide = 5;

static void shift_too_far(void)
{
	result = 1u << forty;
}

static void shift_wide_too_far(void)
{
	result = wide << (forty + forty);
}

static void shift_backwards(void)
{
	result = 1u << minus_one;
}

static void shift_by_a_wide_number(void)
{
	result = 1u << (wide << 33);
}

/* Is a shift by more bits than there are reported, or by fewer than none? */
static void shift(struct kunit *test)
{
	expect_report(test, shift_too_far, "shift-out-of-bounds",
		      "shift exponent 40 is too large for 32-bit type");
	expect_report(test, shift_wide_too_far, "shift-out-of-bounds",
		      "shift exponent 80 is too large for 64-bit type");
	expect_report(test, shift_backwards, "shift-out-of-bounds",
		      "shift exponent -1 is negative");
	expect_report(test, shift_by_a_wide_number, "shift-out-of-bounds",
		      "shift exponent 42949672960 is too large");
}

static unsigned char row[4], behind[16];
static unsigned char table[3][5];

static void read_behind(void)
{
	result = row[seven];
}

static void read_before(void)
{
	result = row[minus_one];
}

static void read_next_row(void)
{
	result = table[0][seven];
}

/* Is an index outside its array reported, even if the byte is there? */
static void bounds(struct kunit *test)
{
	behind[0] = table[0][0];
	expect_report(test, read_behind, "array-index-out-of-bounds",
		      "index 7 is out of range for type 'unsigned char [4]'");
	expect_report(test, read_before, "array-index-out-of-bounds",
		      "index -1 is out of range for type 'unsigned char [4]'");
	expect_report(test, read_next_row, "array-index-out-of-bounds",
		      "index 7 is out of range for type 'unsigned char [5]'");
}

static noinline int divide(int a, int b)
{
	return a / b;
}

static void divide_by_zero(void)
{
	result = divide(1, zero);
}

/* Is a division by zero reported before the CPU faults? */
static void division(struct kunit *test)
{
	expect_report(test, divide_by_zero, "division-overflow",
		      "division by zero");
}

static void load_bool(void)
{
	volatile bool flag;

	*(volatile char *)&flag = seven;
	result = flag;
}

/* Is a bool that is neither 0 nor 1 reported where it is read? */
static void invalid_load(struct kunit *test)
{
	expect_report(test, load_bool, "invalid-load",
		      "load of value 7 is not a valid value for type '_Bool'");
}

static void make_array(void)
{
	unsigned char array[zero];

	array[0] = 0;
	result = array[zero];
}

/* Is an array of no length reported? */
static void vla(struct kunit *test)
{
	expect_report(test, make_array, "vla-bound-not-positive",
		      "variable length array bound value 0 <= 0");
}

struct pair {
	int first, second;
};

static void follow_null(void)
{
	struct pair *pair = NULL;

	OPTIMIZER_HIDE_VAR(pair);
	result = pair->second;
}

/* Is a NULL pointer reported with the type it was to lead to? */
static void null_pointer(struct kunit *test)
{
	expect_report(test, follow_null, "null-ptr-deref",
		      "member access within null pointer of type 'struct pair'");
}

static void read_beyond(void)
{
	const struct pair *pair = (const struct pair *)row;

	result = pair->second;
}

/* Is an object reported that is larger than the memory that it lies in? */
static void object_size(struct kunit *test)
{
	expect_report(test, read_beyond, "object-size-mismatch",
		      "with insufficient space for an object of type");
}

static void wrap_pointer(void)
{
	const char *p = (char *)(ULONG_MAX - 4);

	OPTIMIZER_HIDE_VAR(p);
	p += big;
	OPTIMIZER_HIDE_VAR(p);
}

/* Is a pointer whose sum wraps reported? To the compiler none ever does. */
static void pointer_overflow(struct kunit *test)
{
	expect_report(test, wrap_pointer, "pointer-overflow",
		      "pointer fffffffb with its offset wrapped around to");
}

static void count_zeros(void)
{
	result = __builtin_ctz(zero);
}

/* Is a question that the CPU has no answer to reported? */
static void builtin(struct kunit *test)
{
	expect_report(test, count_zeros, "invalid-builtin-use",
		      "passing zero to ctz()");
}

static noinline __attribute__((nonnull)) void wants_a_pointer(const void *p)
{
	OPTIMIZER_HIDE_VAR(p);
}

static noinline __attribute__((returns_nonnull)) const void *promise(void)
{
	const void *p = NULL;

	OPTIMIZER_HIDE_VAR(p);
	return p;
}

static void give_null(void)
{
	const void *p = NULL;

	OPTIMIZER_HIDE_VAR(p);
	wants_a_pointer(p);
}

static void get_null(void)
{
	const void *p = promise();

	OPTIMIZER_HIDE_VAR(p);
}

/* Is a NULL that was promised not to come reported, both ways? */
static void nonnull(struct kunit *test)
{
	expect_report(test, give_null, "null-argument",
		      "null pointer passed as argument 1");
	expect_report(test, get_null, "null-return",
		      "null pointer returned from a function");
}

static void shift_in_a_loop(void)
{
	for (int i = 0; i < 3; i++)
		result = 1u << (forty + i);
}

/* Outside of a capture, is each place reported once however often it fails? */
static void once(struct kunit *test)
{
	unsigned long before;

	report_of(shift_in_a_loop);
	before = report_count();
	shift_in_a_loop();
	KUNIT_EXPECT_EQ(test, report_count(), before);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(shift),
	KUNIT_CASE(bounds),
	KUNIT_CASE(division),
	KUNIT_CASE(invalid_load),
	KUNIT_CASE(vla),
	KUNIT_CASE(null_pointer),
	KUNIT_CASE(object_size),
	KUNIT_CASE(pointer_overflow),
	KUNIT_CASE(builtin),
	KUNIT_CASE(nonnull),
	KUNIT_CASE(once),
	{}
};

static struct kunit_suite suite = {
	.name = "ubsan",
	.init = ubsan_init,
	.test_cases = cases,
};
kunit_test_suite(suite);
