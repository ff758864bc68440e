// SPDX-License-Identifier: MIT
/* The lock checker and interrupts: are unsafe locks told before they hang? */
#include <linux/interrupt.h>
#include "lockdep_scratch.h"

/* Takes and gives a lock as a hardirq handler does. */
static void in_hardirq_take(unsigned int i)
{
	unsigned long flags;

	local_irq_save(flags);
	__irq_enter();
	take(i);
	give(i);
	__irq_exit();
	local_irq_restore(flags);
}

/* The same as a softirq: interrupts are on. */
static void in_softirq_take(unsigned int i)
{
	preempt_count_add(SOFTIRQ_OFFSET);
	take(i);
	give(i);
	preempt_count_sub(SOFTIRQ_OFFSET);
}

static void irqs_off_take(unsigned int i)
{
	unsigned long flags;

	local_irq_save(flags);
	take(i);
	give(i);
	local_irq_restore(flags);
}

/* Is a lock of a handler that others take with interrupts on told? */
static void handler_then_enabled(struct kunit *test)
{
	capture_begin();
	in_hardirq_take(A);
	irqs_off_take(A);
	EXPECT_SILENT(test);
	capture_begin();
	take(A);
	EXPECT_TOLD(test, "inconsistent lock state", "HARDIRQ",
		    "(fake_a){?...}", "in_hardirq_take", "<Interrupt>");
	give(A);
}

/* And the other way round: first taken with them on, then by a handler? */
static void enabled_then_handler(struct kunit *test)
{
	take(A);
	give(A);
	capture_begin();
	in_hardirq_take(A);
	EXPECT_TOLD(test, "inconsistent lock state", "{HARDIRQ-ON-W}",
		    "enabled_then_handler");
}

/* The same for a softirq, against softirqs enabled? */
static void softirq_then_enabled(struct kunit *test)
{
	capture_begin();
	in_softirq_take(A);
	local_bh_disable();
	take(A);
	give(A);
	local_bh_enable();
	irqs_off_take(A);
	EXPECT_SILENT(test);
	capture_begin();
	take(A);
	EXPECT_TOLD(test, "inconsistent lock state", "SOFTIRQ");
	give(A);
}

/*
 * Is a harmless-looking lock inside a handler's lock told?
 *	B with interrupts on; A in a handler; A -> B with interrupts off
 */
static void unsafe_inside_safe(struct kunit *test)
{
	unsigned long flags;

	take(B);
	give(B);
	in_hardirq_take(A);
	capture_begin();
	local_irq_save(flags);
	pair(A, B);
	local_irq_restore(flags);
	EXPECT_TOLD(test, "HARDIRQ-safe -> HARDIRQ-unsafe lock order detected",
		    "irq-safe lock: fake_a", "irq-unsafe lock: fake_b",
		    "in_hardirq_take", "unsafe_inside_safe",
		    "local_irq_disable();", "*** DEADLOCK ***");
}

/* Also if the order was seen first, and the handler's use comes last? */
static void order_then_handler(struct kunit *test)
{
	pair(A, B);
	capture_begin();
	in_hardirq_take(A);
	EXPECT_TOLD(test, "inconsistent lock state");
	irqs_off_take(C);
	capture_begin();
	irqs_off_take(D);
	EXPECT_SILENT(test);
}

/* ... and over a lock in between? A -> B -> C with interrupts off */
static void handler_use_is_followed(struct kunit *test)
{
	unsigned long flags;

	local_irq_save(flags);
	pair(A, B);
	pair(B, C);
	local_irq_restore(flags);
	take(C);
	give(C);
	capture_begin();
	in_hardirq_take(A);
	EXPECT_TOLD(test, "HARDIRQ-safe -> HARDIRQ-unsafe", "-> #1 (fake_b",
		    "-> #2 (fake_c");
}

/* ... and if the use with interrupts on comes last? */
static void enabled_use_is_followed(struct kunit *test)
{
	unsigned long flags;

	local_irq_save(flags);
	pair(A, B);
	pair(B, C);
	local_irq_restore(flags);
	in_hardirq_take(A);
	capture_begin();
	take(C);
	EXPECT_TOLD(test, "HARDIRQ-safe -> HARDIRQ-unsafe", "fake_a", "fake_c");
	give(C);
}

/* A softirq's lock around one taken with softirqs on? */
static void unsafe_inside_softirq_safe(struct kunit *test)
{
	take(B);
	give(B);
	in_softirq_take(A);
	local_bh_disable();
	capture_begin();
	pair(A, B);
	EXPECT_TOLD(test, "SOFTIRQ-safe -> SOFTIRQ-unsafe");
	local_bh_enable();
}

/* Is a lock told that is kept while interrupts come on? */
static void enabled_while_held(struct kunit *test)
{
	in_hardirq_take(A);
	local_irq_disable();
	take(A);
	local_irq_enable();
	capture_begin();
	give(A);
	EXPECT_TOLD(test, "inconsistent lock state");
}

/* May a handler read what threads read with interrupts on? */
static void readers_in_handlers(struct kunit *test)
{
	unsigned long flags;

	capture_begin();
	take_read(A, 2);
	give(A);
	local_irq_save(flags);
	__irq_enter();
	take_read(A, 2);
	give(A);
	__irq_exit();
	local_irq_restore(flags);
	EXPECT_SILENT(test);
	capture_begin();
	take(A);
	EXPECT_TOLD(test, "inconsistent lock state");
	give(A);
}

/* Is a try in a handler harmless? */
static void a_try_in_a_handler(struct kunit *test)
{
	unsigned long flags;

	capture_begin();
	take(A);
	give(A);
	local_irq_save(flags);
	__irq_enter();
	try(A);
	give(A);
	__irq_exit();
	local_irq_restore(flags);
	EXPECT_SILENT(test);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(handler_then_enabled),
	KUNIT_CASE(enabled_then_handler),
	KUNIT_CASE(softirq_then_enabled),
	KUNIT_CASE(unsafe_inside_safe),
	KUNIT_CASE(order_then_handler),
	KUNIT_CASE(handler_use_is_followed),
	KUNIT_CASE(enabled_use_is_followed),
	KUNIT_CASE(unsafe_inside_softirq_safe),
	KUNIT_CASE(enabled_while_held),
	KUNIT_CASE(readers_in_handlers),
	KUNIT_CASE(a_try_in_a_handler),
	{}
};

static struct kunit_suite suite = {
	.name = "lockdep_irq",
	.init = fakes_init,
	.exit = fakes_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
