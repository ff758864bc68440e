// SPDX-License-Identifier: MIT
/*
 * KASAN: is a lock looked at when it is taken, and when it is given back? Both
 * are assembly. Only in a kernel for several CPUs is a lock more than a word
 * to the scheduler. Without KASAN=1 the case is skipped.
 */
#include <kunit/test.h>
#include <linux/rwlock.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "kasan_freed.h"

/*
 * Is a lock in freed memory reported by each of them? Locks without books, or
 * these would be what is reported.
 */
static void locks(struct kunit *test)
{
	arch_spinlock_t *lock = freed_object(test);
	arch_rwlock_t *rwlock = (arch_rwlock_t *)(lock + 1);

	(memset)(lock, 0, FREED_SIZE);
	EXPECT_FREED(test, arch_spin_lock(lock));
	EXPECT_FREED(test, arch_spin_unlock(lock));
	EXPECT_FREED(test, arch_read_lock(rwlock));
	EXPECT_FREED(test, arch_read_unlock(rwlock));
	EXPECT_FREED(test, arch_write_lock(rwlock));
	EXPECT_FREED(test, arch_write_unlock(rwlock));
	restore(lock);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(locks),
	{}
};

static struct kunit_suite suite = {
	.name = "kasan_locks",
	.init = needs_kasan,
	.test_cases = cases,
};
kunit_test_suite(suite);
