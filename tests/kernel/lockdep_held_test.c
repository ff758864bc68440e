// SPDX-License-Identifier: MIT
/* The lock checker: does it know who holds what, and tell of misuse? */
#include "lockdep_scratch.h"

/* Is a lock held from take to give, and by whom it is shared? */
static void knows_what_is_held(struct kunit *test)
{
	struct lockdep_map *a = &fake[A].dep_map;

	KUNIT_EXPECT_EQ(test, lock_is_held(a), LOCK_STATE_NOT_HELD);
	take(A);
	KUNIT_EXPECT_EQ(test, lock_is_held(a), LOCK_STATE_HELD);
	KUNIT_EXPECT_EQ(test, lock_is_held_type(a, 0), LOCK_STATE_HELD);
	KUNIT_EXPECT_EQ(test, lock_is_held_type(a, 1), LOCK_STATE_NOT_HELD);
	lock_downgrade(a, _THIS_IP_);
	KUNIT_EXPECT_EQ(test, lock_is_held_type(a, 0), LOCK_STATE_NOT_HELD);
	KUNIT_EXPECT_EQ(test, lock_is_held_type(a, 1), LOCK_STATE_HELD);
	give(A);
	KUNIT_EXPECT_EQ(test, lock_is_held(a), LOCK_STATE_NOT_HELD);
	KUNIT_EXPECT_EQ(test, lockdep_depth_current(), 0);
}

/* Do the assertions tell, and only when they should? */
static void assertions_tell(struct kunit *test)
{
	struct fake_lock *a = &fake[A];

	take(A);
	capture_begin();
	lockdep_assert_held(a);
	lockdep_assert_held_write(a);
	EXPECT_SILENT(test);
	capture_begin();
	lockdep_assert_not_held(a);
	EXPECT_TOLD(test, "WARNING");
	give(A);
	capture_begin();
	lockdep_assert_held(a);
	EXPECT_TOLD(test, "WARNING", "assertions_tell");
	take_read(A, 1);
	capture_begin();
	lockdep_assert_held_write(a);
	EXPECT_TOLD(test, "WARNING");
	give(A);
}

/* Is giving back what is not held told? */
static void unlock_without_lock(struct kunit *test)
{
	capture_begin();
	give(A);
	EXPECT_TOLD(test, "bad unlock balance detected", "fake_a",
		    "no locks held by");
	KUNIT_EXPECT_EQ(test, lockdep_depth_current(), 0);
}

/* Is freeing memory with a held lock in it told, by kfree() and by name? */
static void freed_while_held(struct kunit *test)
{
	struct fake_lock *a = &fake[A];

	take(A);
	capture_begin();
	debug_check_no_locks_freed(a + 1, sizeof(*a));
	debug_check_no_locks_freed((char *)a - 64, 64);
	EXPECT_SILENT(test);
	capture_begin();
	debug_check_no_locks_freed(a, sizeof(*a));
	EXPECT_TOLD(test, "held lock freed!", "fake_a", "freed_while_held");
	give(A);
	capture_begin();
	debug_check_no_locks_freed(a, sizeof(*a));
	EXPECT_SILENT(test);
}

/* Is a thread told that ends with a lock held? */
static void exit_while_held(struct kunit *test)
{
	capture_begin();
	debug_check_no_locks_held();
	EXPECT_SILENT(test);
	take(A);
	capture_begin();
	debug_check_no_locks_held();
	EXPECT_TOLD(test, "lock held at exit!", "fake_a", "exit_while_held");
	give(A);
}

/* Does sleeping where it is forbidden name the locks that forbid it? */
static void sleep_while_held(struct kunit *test)
{
	take(A);
	preempt_disable();
	capture_begin();
	might_sleep();
	EXPECT_TOLD(test, "sleeping function called from invalid context",
		    "1 lock held by", "fake_a", "sleep_while_held");
	preempt_enable();
	give(A);
}

/* Are more locks than the stack holds told once, and survived? */
static void too_many_held(struct kunit *test)
{
	unsigned int i;

	capture_begin();
	for (i = 0; i < MAX_LOCK_DEPTH + 3; i++)
		take_read(A, 2);
	KUNIT_EXPECT_EQ(test, lockdep_depth_current(), MAX_LOCK_DEPTH);
	for (i = 0; i < MAX_LOCK_DEPTH + 3; i++)
		give(A);
	capture_end();
	KUNIT_EXPECT_EQ(test, lockdep_depth_current(), 0);
	capture_begin();
	give(A);
	EXPECT_TOLD(test, "bad unlock balance");
}

/* Does it look away between off and on? */
static void off_and_on(struct kunit *test)
{
	pair(A, B);
	lockdep_off();
	capture_begin();
	pair(B, A);
	KUNIT_EXPECT_EQ(test, lock_is_held(&fake[A].dep_map),
			LOCK_STATE_UNKNOWN);
	EXPECT_SILENT(test);
	lockdep_on();
	capture_begin();
	pair(B, A);
	EXPECT_TOLD(test, "circular");
}

/* Are locks forgotten whose code was left by a jump? */
static void dropped_after_a_jump(struct kunit *test)
{
	take(A);
	take(B);
	take(C);
	lockdep_drop(1);
	KUNIT_EXPECT_EQ(test, lockdep_depth_current(), 1);
	KUNIT_EXPECT_EQ(test, lock_is_held(&fake[A].dep_map), 1);
	KUNIT_EXPECT_EQ(test, lock_is_held(&fake[C].dep_map), 0);
	give(A);
	capture_begin();
	pair(A, B);
	EXPECT_SILENT(test);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(knows_what_is_held),
	KUNIT_CASE(assertions_tell),
	KUNIT_CASE(unlock_without_lock),
	KUNIT_CASE(freed_while_held),
	KUNIT_CASE(exit_while_held),
	KUNIT_CASE(sleep_while_held),
	KUNIT_CASE(too_many_held),
	KUNIT_CASE(off_and_on),
	KUNIT_CASE(dropped_after_a_jump),
	{}
};

static struct kunit_suite suite = {
	.name = "lockdep_held",
	.init = fakes_init,
	.exit = fakes_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
