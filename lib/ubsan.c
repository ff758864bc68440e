// SPDX-License-Identifier: MIT
/*
 * ubsan.c - reports of undefined behaviour, in a UBSAN=1 kernel
 *
 * C leaves open what a shift by 40, an index past the end or a bool of 7 do,
 * and a compiler that proves such a thing impossible drops the code that would
 * have coped with it. With -fsanitize= it adds a test before each operation
 * instead, and a call from where the test fails:
 *
 *	x << n  ==>  if (n >= 32)
 *			__ubsan_handle_shift_out_of_bounds(&place, x, n);
 *		     x << n
 *
 * Here are the functions that are called. Each place is reported once, or else
 * a loop would bury the console: the highest bit of its column, which no
 * source file needs, says that it was. While a test captures what is printed
 * every time counts, as the test may be run again.
 *
 * A report may come out of printk() itself. One inside another is dropped: a
 * flag for each CPU, with interrupts off so that it is this report's.
 *
 * Signed overflow is not looked for, as it is defined here (-fwrapv), nor are
 * odd addresses, which this machine reads.
 *
 * Context: any. Lock: none. Cost: two instructions at each place that is
 * checked, and its record.
 *
 * Differs from Linux: arguments that must not be NULL, and a pointer whose
 * sum wraps, are reported as well. (lib/ubsan.c)
 */
#include "ubsan.h"

#include <linux/bitops.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <quire/capture.h>

#define COLUMN_REPORTED (1u << 31)
#define VALUE_TEXT 24 /* a 64-bit number in decimal, its sign and its end */

static DEFINE_PER_CPU(bool, in_ubsan);

/* --- beginning and end of a report --- */

static bool was_reported(struct source_location *location)
{
	u32 column = location->column;

	location->column = column | COLUMN_REPORTED;
	return column & COLUMN_REPORTED && !capture_depth();
}

/* False if nothing is to be said; else interrupts are off. */
static bool report_begin(struct source_location *location, const char *what,
			 unsigned long *flags)
{
	local_irq_save(*flags);
	if (__this_cpu_read(in_ubsan) || was_reported(location)) {
		local_irq_restore(*flags);
		return false;
	}
	__this_cpu_write(in_ubsan, true);
	pr_err("========================================"
	       "========================================\n");
	pr_err("UBSAN: %s in %s:%u:%u\n", what, location->file, location->line,
	       location->column & ~COLUMN_REPORTED);
	return true;
}

static void report_end(unsigned long flags)
{
	dump_stack_lvl(KERN_ERR);
	pr_err("========================================"
	       "========================================\n");
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
	__this_cpu_write(in_ubsan, false);
	local_irq_restore(flags);
}

/* --- values --- */

static bool type_is_int(const struct type_descriptor *type)
{
	return type->kind == TYPE_KIND_INT;
}

static bool type_is_signed(const struct type_descriptor *type)
{
	return type->info & 1;
}

static unsigned int type_bits(const struct type_descriptor *type)
{
	return 1u << (type->info >> 1);
}

/* The value of an integer, which stands in the word or is where it points. */
static s64 int_value(const struct type_descriptor *type, unsigned long word)
{
	unsigned int unused = 64 - type_bits(type);
	u64 value = word;

	if (type_bits(type) > BITS_PER_LONG)
		value = *(const u64 *)word;
	if (!type_is_signed(type))
		return value << unused >> unused;
	return (s64)(value << unused) >> unused;
}

static bool value_is_negative(const struct type_descriptor *type,
			      unsigned long word)
{
	return type_is_signed(type) && int_value(type, word) < 0;
}

static const char *value_text(char text[VALUE_TEXT],
			      const struct type_descriptor *type,
			      unsigned long word)
{
	if (!type_is_int(type))
		return "(not an integer)";
	snprintf(text, VALUE_TEXT, type_is_signed(type) ? "%lld" : "%llu",
		 int_value(type, word));
	return text;
}

/* --- what the compiler calls --- */

void __ubsan_handle_shift_out_of_bounds(struct shift_data *data,
					unsigned long lhs, unsigned long rhs)
{
	char left[VALUE_TEXT], right[VALUE_TEXT];
	const struct type_descriptor *type = data->lhs_type;
	unsigned long flags;

	value_text(left, type, lhs);
	value_text(right, data->rhs_type, rhs);
	if (!report_begin(&data->location, "shift-out-of-bounds", &flags))
		return;
	if (value_is_negative(data->rhs_type, rhs))
		pr_err("shift exponent %s is negative\n", right);
	else if (int_value(data->rhs_type, rhs) >= type_bits(type))
		pr_err("shift exponent %s is too large for %u-bit type %s\n",
		       right, type_bits(type), type->name);
	else if (value_is_negative(type, lhs))
		pr_err("left shift of negative value %s\n", left);
	else
		pr_err("left shift of %s by %s places cannot be represented in type %s\n",
		       left, right, type->name);
	report_end(flags);
}

void __ubsan_handle_out_of_bounds(struct bounds_data *data, unsigned long index)
{
	char text[VALUE_TEXT];
	unsigned long flags;

	if (!report_begin(&data->location, "array-index-out-of-bounds", &flags))
		return;
	pr_err("index %s is out of range for type %s\n",
	       value_text(text, data->index_type, index),
	       data->array_type->name);
	report_end(flags);
}

void __ubsan_handle_divrem_overflow(struct value_data *data, unsigned long lhs,
				    unsigned long rhs)
{
	unsigned long flags;

	if (!report_begin(&data->location, "division-overflow", &flags))
		return;
	/* the other one, INT_MIN / -1, is an overflow like any for GCC */
	pr_err("division by zero\n");
	report_end(flags);
}

void __ubsan_handle_load_invalid_value(struct value_data *data,
				       unsigned long value)
{
	char text[VALUE_TEXT];
	unsigned long flags;

	if (!report_begin(&data->location, "invalid-load", &flags))
		return;
	pr_err("load of value %s is not a valid value for type %s\n",
	       value_text(text, data->type, value), data->type->name);
	report_end(flags);
}

void __ubsan_handle_vla_bound_not_positive(struct value_data *data,
					   unsigned long bound)
{
	char text[VALUE_TEXT];
	unsigned long flags;

	if (!report_begin(&data->location, "vla-bound-not-positive", &flags))
		return;
	pr_err("variable length array bound value %s <= 0\n",
	       value_text(text, data->type, bound));
	report_end(flags);
}

static const char *const access_kinds[] = {
	"load of", "store to", "reference binding to", "member access within",
	"member call on", "constructor call on", "downcast of", "downcast of",
	"upcast of", "cast to virtual base of",
};

/* GCC does not say whether it asked for an object or for its alignment. */
void __ubsan_handle_type_mismatch_v1(struct type_mismatch_data *data,
				     unsigned long ptr)
{
	const char *access = "access of", *type = data->type->name;
	unsigned long flags;

	if (data->access < ARRAY_SIZE(access_kinds))
		access = access_kinds[data->access];
	if (!report_begin(&data->location,
			  ptr ? "object-size-mismatch" : "null-ptr-deref",
			  &flags))
		return;
	if (!ptr)
		pr_err("%s null pointer of type %s\n", access, type);
	else
		pr_err("%s address %p with insufficient space for an object of type %s\n",
		       access, (void *)ptr, type);
	report_end(flags);
}

void __ubsan_handle_pointer_overflow(struct place_data *data,
				     unsigned long base, unsigned long result)
{
	unsigned long flags;

	if (!report_begin(&data->location, "pointer-overflow", &flags))
		return;
	if (!base)
		pr_err("offset %#lx was added to a null pointer\n", result);
	else if (!result)
		pr_err("pointer %p with its offset became a null pointer\n",
		       (void *)base);
	else
		pr_err("pointer %p with its offset wrapped around to %p\n",
		       (void *)base, (void *)result);
	report_end(flags);
}

/* What would run next is whatever the linker put there. */
void __ubsan_handle_builtin_unreachable(struct place_data *data)
{
	unsigned long flags;

	if (report_begin(&data->location, "unreachable", &flags)) {
		pr_err("calling __builtin_unreachable()\n");
		report_end(flags);
	}
	panic("UBSAN: can't return from __builtin_unreachable()");
}

void __ubsan_handle_invalid_builtin(struct builtin_data *data)
{
	unsigned long flags;

	if (!report_begin(&data->location, "invalid-builtin-use", &flags))
		return;
	pr_err("passing zero to %s, which is not a valid argument\n",
	       data->kind ? "clz()" : "ctz()");
	report_end(flags);
}

void __ubsan_handle_nonnull_arg(struct nonnull_data *data)
{
	unsigned long flags;

	if (!report_begin(&data->location, "null-argument", &flags))
		return;
	pr_err("null pointer passed as argument %d, which is declared to never be null\n",
	       data->argument);
	report_end(flags);
}

void __ubsan_handle_nonnull_return_v1(struct nonnull_data *data,
				      struct source_location *location)
{
	unsigned long flags;

	if (!report_begin(location, "null-return", &flags))
		return;
	pr_err("null pointer returned from a function declared to never return null\n");
	report_end(flags);
}
