// SPDX-License-Identifier: MIT
/*
 * mutex.c - one thread at a time, the others sleep
 *
 *	owner:  | address of the thread's task_struct | W |
 *
 *	free            0
 *	held            task
 *	held, waited    task | W     wait_list: first, second, ...
 *	given back      W            the first has been woken
 *
 * One compare-and-exchange takes a free lock, and one gives it back: 0 to
 * task, and task to 0. W, "somebody waits", spoils both comparisons, so that
 * then both sides go the slow way, under wait_lock.
 *
 * A waiter stands in the list until it has the lock, and only the first one
 * may take it. So threads get it in the order in which they came, whatever
 * their priorities, and nobody starves.
 *
 *	waiter                          owner
 *	W set                           owner = W
 *	state = sleeping                wakes the first
 *	is it free? no: schedule()
 *
 * Each side writes first and then looks at what the other writes, so whichever
 * comes first, one of them sees it: no wake-up is lost.
 *
 * Invariants:
 *  M1  owner's thread is 0 or the one that has it; only a waiter at the head
 *      or someone who finds 0 without W writes its own.
 *  M2  W is set exactly while wait_list has an entry; both change with
 *      wait_lock held.
 *  M3  The lock's memory stays until mutex_unlock() has returned.
 *
 * Lock: wait_lock, with interrupts on. Cost: a pair some 20 instructions when
 * nobody waits; two switches of threads when somebody does.
 *
 * Differs from Linux: no spinning while the owner runs on another CPU, and no
 * handing over: order alone is fair. Locking twice is survived in debug
 * builds. (kernel/locking/mutex.c)
 */
#include <linux/mutex.h>

#include "mutex.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>

struct mutex_waiter {
	struct list_head list;
	struct task_struct *task;
};

void __mutex_init(struct mutex *lock, const char *name,
		  struct lock_class_key *key)
{
	*lock = (struct mutex)__MUTEX_INITIALIZER(*lock);
	raw_spin_lock_init(&lock->wait_lock);
	INIT_LIST_HEAD(&lock->wait_list);
	lockdep_init_map(&lock->dep_map, name, key, 0);
}

/* ------------------------------------------------------------------ taking */

/* M1: nobody has it and nobody waits. */
static __always_inline bool mutex_take_free(struct mutex *lock)
{
	long me = (long)current;

	return atomic_long_cmpxchg(&lock->owner, 0, me) == 0;
}

/* M1: for the first in line, with wait_lock held. */
static bool mutex_take_first(struct mutex *lock)
{
	long me = (long)current | MUTEX_WAITERS;

	return atomic_long_cmpxchg(&lock->owner, MUTEX_WAITERS, me) ==
	       MUTEX_WAITERS;
}

static bool is_first(const struct mutex *lock,
		     const struct mutex_waiter *waiter)
{
	return lock->wait_list.next == &waiter->list;
}

static void join_line(struct mutex *lock, struct mutex_waiter *waiter)
{
	waiter->task = current;
	list_add_tail(&waiter->list, &lock->wait_list);
	atomic_long_or(MUTEX_WAITERS, &lock->owner); /* M2 */
}

static void leave_line(struct mutex *lock, struct mutex_waiter *waiter)
{
	list_del(&waiter->list);
	if (list_empty(&lock->wait_list))
		atomic_long_andnot(MUTEX_WAITERS, &lock->owner); /* M2 */
}

static void wake_first(struct mutex *lock)
{
	struct mutex_waiter *first =
		list_first_entry_or_null(&lock->wait_list, struct mutex_waiter,
					 list);

	if (first)
		wake_up_process(first->task);
}

/* Sleeps until the lock is this thread's: 0, or it is interrupted: -EINTR. */
static noinline int mutex_wait(struct mutex *lock, unsigned int state)
{
	struct mutex_waiter waiter;
	int err = 0;

	raw_spin_lock(&lock->wait_lock);
	join_line(lock, &waiter);
	for (;;) {
		set_current_state(state);
		if (is_first(lock, &waiter) && mutex_take_first(lock))
			break;
		if (signal_pending_state(state, current)) {
			err = -EINTR;
			break;
		}
		raw_spin_unlock(&lock->wait_lock);
		schedule();
		raw_spin_lock(&lock->wait_lock);
	}
	__set_current_state(TASK_RUNNING);
	leave_line(lock, &waiter);
	/* The wake-up of an interrupted waiter belongs to the next. */
	if (err && !mutex_owner(lock))
		wake_first(lock);
	raw_spin_unlock(&lock->wait_lock);
	return err;
}

/* With W set, by the owner: it is free, and the first is told. */
static noinline void mutex_give_waited(struct mutex *lock)
{
	raw_spin_lock(&lock->wait_lock);
	/* wait_lock keeps W as it is; nobody else writes a held lock. */
	atomic_long_xchg(&lock->owner,
			 list_empty(&lock->wait_list) ? 0 : MUTEX_WAITERS);
	wake_first(lock);
	raw_spin_unlock(&lock->wait_lock);
}

/* -------------------------------------------------------------- interface */

static __always_inline int
mutex_lock_common(struct mutex *lock, unsigned int state, unsigned int subclass,
		  struct lockdep_map *nest, unsigned long ip)
{
	might_sleep();
	if (!mutex_may_lock(lock, ip))
		return 0;
	mutex_acquire_nest(&lock->dep_map, subclass, 0, nest, ip);
	if (unlikely(!mutex_take_free(lock)) && mutex_wait(lock, state)) {
		mutex_release(&lock->dep_map, ip);
		return -EINTR;
	}
	__acquire(lock);
	return 0;
}

void mutex_lock(struct mutex *lock)
{
	mutex_lock_common(lock, TASK_UNINTERRUPTIBLE, 0, NULL, _RET_IP_);
}

void __mutex_lock_class(struct mutex *lock, unsigned int subclass,
			struct lockdep_map *nest)
{
	mutex_lock_common(lock, TASK_UNINTERRUPTIBLE, subclass, nest, _RET_IP_);
}

int mutex_lock_interruptible(struct mutex *lock)
{
	return mutex_lock_common(lock, TASK_INTERRUPTIBLE, 0, NULL, _RET_IP_);
}

int mutex_lock_killable(struct mutex *lock)
{
	return mutex_lock_common(lock, TASK_KILLABLE, 0, NULL, _RET_IP_);
}

int mutex_trylock(struct mutex *lock)
{
	WARN_ON_ONCE(IS_ENABLED(CONFIG_DEBUG) && in_interrupt());
	if (!mutex_may_try(lock, _RET_IP_) || !mutex_take_free(lock))
		return 0;
	mutex_acquire(&lock->dep_map, 0, 1, _RET_IP_);
	__acquire(lock);
	return 1;
}

void mutex_unlock(struct mutex *lock)
{
	long me = (long)current;

	__release(lock);
	if (!mutex_may_unlock(lock, _RET_IP_))
		return;
	mutex_release(&lock->dep_map, _RET_IP_);
	if (unlikely(atomic_long_cmpxchg(&lock->owner, me, 0) != me))
		mutex_give_waited(lock);
}

int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock)
{
	if (atomic_add_unless(cnt, -1, 1))
		return 0;
	mutex_lock(lock);
	if (atomic_dec_and_test(cnt))
		return 1;
	mutex_unlock(lock);
	return 0;
}
