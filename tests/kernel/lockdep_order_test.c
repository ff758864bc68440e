// SPDX-License-Identifier: MIT
/* The lock checker: is an order that could deadlock told, and only such? */
#include "lockdep_scratch.h"

/*
 * Are A, B and B, A told without a deadlock, with both chains?
 *	A -> B, then B -> A
 */
static void two_orders_are_told(struct kunit *test)
{
	pair(A, B);
	capture_begin();
	pair(B, A);
	EXPECT_TOLD(test, "possible circular locking dependency detected",
		    "trying to acquire lock", "already holding lock",
		    "-> #1 (fake_b", "-> #0 (fake_a", "two_orders_are_told",
		    "lock(fake_b);", "lock(fake_a);", "*** DEADLOCK ***",
		    "1 lock held by", "stack backtrace");
}

/* Is a circle of three told, with each link? A -> B -> C, then C -> A */
static void three_orders_are_told(struct kunit *test)
{
	pair(A, B);
	pair(B, C);
	capture_begin();
	pair(C, A);
	EXPECT_TOLD(test, "circular locking", "-> #2 (fake_c", "-> #1 (fake_b",
		    "-> #0 (fake_a");
}

/* Is the same order any number of times silent, and learnt once? */
static void one_order_is_silent(struct kunit *test)
{
	unsigned int edges, chains;

	capture_begin();
	pair(A, B);
	edges = lockdep_nr_edges();
	chains = lockdep_nr_chains();
	pair(A, B);
	pair(A, B);
	KUNIT_EXPECT_EQ(test, lockdep_nr_edges(), edges);
	KUNIT_EXPECT_EQ(test, lockdep_nr_chains(), chains);
	EXPECT_SILENT(test);
}

/* Is the same mistake told once, and another one after it as well? */
static void told_once_and_goes_on(struct kunit *test)
{
	pair(A, B);
	capture_begin();
	pair(B, A);
	EXPECT_TOLD(test, "circular");
	capture_begin();
	pair(B, A);
	EXPECT_SILENT(test);
	pair(C, D);
	capture_begin();
	pair(D, C);
	EXPECT_TOLD(test, "-> #1 (fake_d");
}

/* Does a lock that was only tried wait for nobody, but others for it? */
static void a_try_waits_for_nobody(struct kunit *test)
{
	pair(A, B);
	capture_begin();
	take(B);
	try(A);
	give(A);
	give(B);
	EXPECT_SILENT(test);
	try(C);
	take(D);
	give(D);
	give(C);
	capture_begin();
	pair(D, C);
	EXPECT_TOLD(test, "circular");
}

/* Do the locks below a tried one count, too? A, try B, C: A -> C */
static void a_try_hides_nothing(struct kunit *test)
{
	take(A);
	try(B);
	take(C);
	give(C);
	give(B);
	give(A);
	capture_begin();
	pair(C, A);
	EXPECT_TOLD(test, "circular");
}

/* May locks be given back in any order? A, try B, -A, C: B -> C only */
static void out_of_order_release(struct kunit *test)
{
	take(A);
	try(B);
	give(A);
	KUNIT_EXPECT_EQ(test, lock_is_held(&fake[A].dep_map), 0);
	KUNIT_EXPECT_EQ(test, lock_is_held(&fake[B].dep_map), 1);
	take(C);
	give(B);
	give(C);
	capture_begin();
	pair(C, A);
	EXPECT_SILENT(test);
	capture_begin();
	pair(C, B);
	EXPECT_TOLD(test, "circular");
}

/* Is a lock of a class that is held already told, unless it is nested? */
static void recursion_is_told(struct kunit *test)
{
	capture_begin();
	take(A);
	take_nested(A, SINGLE_DEPTH_NESTING);
	give(A);
	give(A);
	EXPECT_SILENT(test);
	capture_begin();
	pair(A, A);
	EXPECT_TOLD(test, "possible recursive locking detected",
		    "missing lock nesting notation");
}

/* Is a wrong order of two subclasses told? A, A/1, then A/1, A */
static void nesting_has_an_order(struct kunit *test)
{
	take(A);
	take_nested(A, 1);
	give(A);
	give(A);
	capture_begin();
	take_nested(A, 1);
	take(A);
	give(A);
	give(A);
	EXPECT_TOLD(test, "circular", "fake_a/1");
}

/* May a held lock go on as the first of a pair? A, A/1, -A, A/1 is A, A/1 */
static void a_subclass_changes(struct kunit *test)
{
	struct lockdep_map one = fake[A].dep_map;

	capture_begin();
	take(A);
	lock_acquire(&one, 1, 0, 0, 1, NULL, _THIS_IP_);
	give(A);
	lock_set_subclass(&one, 0, _THIS_IP_);
	take_nested(A, 1);
	give(A);
	lock_release(&one, _THIS_IP_);
	EXPECT_SILENT(test);
}

/* Does a lock around them allow any number of one class? */
static void nest_lock_allows_many(struct kunit *test)
{
	struct lockdep_map *outer = &fake[A].dep_map;
	unsigned int i;

	capture_begin();
	take(A);
	for (i = 0; i < 3; i++)
		lock_acquire(&fake[B].dep_map, 0, 0, 0, 1, outer, _THIS_IP_);
	for (i = 0; i < 3; i++)
		give(B);
	give(A);
	EXPECT_SILENT(test);
}

/* May readers recur where the lock allows it, and only there? */
static void readers_may_recur(struct kunit *test)
{
	capture_begin();
	take_read(A, 2);
	take_read(A, 2);
	give(A);
	give(A);
	EXPECT_SILENT(test);
	capture_begin();
	take_read(B, 1);
	take_read(B, 1);
	give(B);
	give(B);
	EXPECT_TOLD(test, "recursive locking");
	take_read(C, 2);
	capture_begin();
	take(C);
	give(C);
	EXPECT_TOLD(test, "recursive locking");
	give(C);
}

/*
 * Do readers that never wait for readers close no circle?
 *	read A -> read B, read B -> read A: fine
 */
static void readers_close_no_circle(struct kunit *test)
{
	capture_begin();
	take_read(A, 2);
	take_read(B, 2);
	give(B);
	give(A);
	take_read(B, 2);
	take_read(A, 2);
	give(A);
	give(B);
	EXPECT_SILENT(test);
}

/*
 * Do readers that wait for a writer close one?
 *	write A -> read B, write B -> read A
 */
static void writers_close_a_circle(struct kunit *test)
{
	take(A);
	take_read(B, 2);
	give(B);
	give(A);
	capture_begin();
	take(B);
	take_read(A, 2);
	give(A);
	give(B);
	EXPECT_TOLD(test, "circular");
}

/*
 * Are the ways of one pair of locks told apart? The first time A is only
 * read, which is harmless; the second time it is written.
 */
static void edges_gather_kinds(struct kunit *test)
{
	take_read(A, 2);
	take(B);
	give(B);
	give(A);
	capture_begin();
	take(B);
	take_read(A, 2);
	give(A);
	give(B);
	EXPECT_SILENT(test);
	capture_begin();
	pair(A, B);
	EXPECT_TOLD(test, "circular");
}

/* Is a lock of a thread no outer lock of an interrupt's? */
static void interrupts_begin_a_chain(struct kunit *test)
{
	unsigned long flags;

	local_irq_save(flags);
	take(A);
	__irq_enter();
	take(B);
	give(B);
	__irq_exit();
	give(A);
	capture_begin();
	pair(B, A);
	EXPECT_SILENT(test);
	local_irq_restore(flags);
}

/* Is might_lock() as good as the lock? */
static void might_lock_counts(struct kunit *test)
{
	take(A);
	might_lock(&fake[B]);
	give(A);
	KUNIT_EXPECT_EQ(test, lockdep_depth_current(), 0);
	capture_begin();
	pair(B, A);
	EXPECT_TOLD(test, "circular");
}

static struct kunit_case cases[] = {
	KUNIT_CASE(two_orders_are_told),
	KUNIT_CASE(three_orders_are_told),
	KUNIT_CASE(one_order_is_silent),
	KUNIT_CASE(told_once_and_goes_on),
	KUNIT_CASE(a_try_waits_for_nobody),
	KUNIT_CASE(a_try_hides_nothing),
	KUNIT_CASE(out_of_order_release),
	KUNIT_CASE(recursion_is_told),
	KUNIT_CASE(nesting_has_an_order),
	KUNIT_CASE(a_subclass_changes),
	KUNIT_CASE(nest_lock_allows_many),
	KUNIT_CASE(readers_may_recur),
	KUNIT_CASE(readers_close_no_circle),
	KUNIT_CASE(writers_close_a_circle),
	KUNIT_CASE(edges_gather_kinds),
	KUNIT_CASE(interrupts_begin_a_chain),
	KUNIT_CASE(might_lock_counts),
	{}
};

static struct kunit_suite suite = {
	.name = "lockdep_order",
	.init = fakes_init,
	.exit = fakes_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
