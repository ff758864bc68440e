// SPDX-License-Identifier: MIT
/*
 * mutex_debug.c - wrong use of mutexes, told and survived
 *
 *	magic      the mutex's own address from its initialiser on: shows
 *	           memory that was only zeroed, moved, or is no mutex
 *	owner      a second lock by the owner would wait for itself for ever;
 *	           an unlock by another would let two in
 *	recursion  locks by the owner that were reported and taken back by as
 *	           many unlocks
 *
 * Release builds have none of this file.
 *
 * Differs from Linux: (kernel/locking/mutex-debug.c) the mistakes are
 * survived; waiters carry no marks.
 */
#include <linux/mutex.h>

#include "mutex.h"

#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>

static void report(struct mutex *lock, const char *what, unsigned long ip)
{
	struct task_struct *owner = mutex_owner(lock);

	pr_err("BUG: mutex %s, lock %px, at %pS\n", what, lock, (void *)ip);
	if (owner)
		pr_err(" owner: %s/%d\n", owner->comm, owner->pid);
	dump_stack_lvl(KERN_ERR);
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}

static void check_magic(struct mutex *lock, unsigned long ip)
{
	if (likely(lock->magic == lock))
		return;
	atomic_long_set(&lock->owner, 0);
	report(lock, "bad magic", ip);
	__mutex_init(lock, "bad magic", &__lockdep_no_validate__);
}

bool mutex_may_lock(struct mutex *lock, unsigned long ip)
{
	check_magic(lock, ip);
	if (likely(mutex_owner(lock) != current))
		return true;
	report(lock, "deadlock: locked by its owner", ip);
	lock->recursion++;
	return false;
}

bool mutex_may_try(struct mutex *lock, unsigned long ip)
{
	check_magic(lock, ip);
	return true;
}

bool mutex_may_unlock(struct mutex *lock, unsigned long ip)
{
	struct task_struct *owner;

	check_magic(lock, ip);
	owner = mutex_owner(lock);
	if (unlikely(owner != current)) {
		report(lock,
		       owner ? "unlocked by another thread" :
			       "already unlocked",
		       ip);
		return false;
	}
	if (likely(!lock->recursion))
		return true;
	lock->recursion--;
	return false;
}

void mutex_destroy(struct mutex *lock)
{
	if (mutex_is_locked(lock))
		report(lock, "destroyed while held", _RET_IP_);
	lock->magic = NULL;
}
