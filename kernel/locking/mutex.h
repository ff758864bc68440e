/* SPDX-License-Identifier: MIT */
/*
 * Between mutex.c and mutex_debug.c, which only a checked kernel has: without
 * it every use is taken for right.
 */
#ifndef _KERNEL_LOCKING_MUTEX_H
#define _KERNEL_LOCKING_MUTEX_H

#include <linux/atomic.h>
#include <linux/mutex.h>

#define MUTEX_WAITERS 1L /* the lowest bit of owner */

/* Who has it, or NULL; only if that is the caller it stays true. */
static inline struct task_struct *mutex_owner(const struct mutex *lock)
{
	return (void *)(atomic_long_read(&lock->owner) & ~MUTEX_WAITERS);
}

#ifdef CONFIG_DEBUG
/* False: it was reported, and the call is over. */
bool mutex_may_lock(struct mutex *lock, unsigned long ip);
bool mutex_may_try(struct mutex *lock, unsigned long ip);
bool mutex_may_unlock(struct mutex *lock, unsigned long ip);
#else
# define mutex_may_lock(lock, ip) true
# define mutex_may_try(lock, ip) true
# define mutex_may_unlock(lock, ip) true
#endif

#endif
