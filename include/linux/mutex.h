#ifndef _LINUX_MUTEX_H
#define _LINUX_MUTEX_H

#include <linux/compiler.h>
#include <linux/instruction_pointer.h>
#include <linux/kernel.h>

/*
 * A lock whose holder may sleep; not for interrupts. There is one context
 * to hold it so far, so a mutex that is found locked would never be
 * unlocked: that is reported as a deadlock, and the caller goes on.
 */
struct mutex {
	int depth;		/* 0 free, 1 held, more: a reported deadlock */
	unsigned long owner_ip;	/* who took it */
};

#define __MUTEX_INITIALIZER(name) { .depth = 0 }
#define DEFINE_MUTEX(name) struct mutex name = __MUTEX_INITIALIZER(name)
#define mutex_init(m) (*(m) = (struct mutex)__MUTEX_INITIALIZER(*(m)))
#define mutex_destroy(m) do { (void)(m); } while (0)

/* kernel/spinlock.c: reports a deadlock, and an unlock of a free mutex. */
void __mutex_report(struct mutex *lock, const char *what, unsigned long ip);

/* May sleep. */
static inline void mutex_lock(struct mutex *lock)
{
	might_sleep();
	if (unlikely(lock->depth++))
		__mutex_report(lock, "deadlock", _THIS_IP_);
	lock->owner_ip = _THIS_IP_;
	__acquire(lock);
}

static inline int __must_check mutex_lock_interruptible(struct mutex *lock)
{
	mutex_lock(lock);
	return 0;
}

#define mutex_lock_killable(lock) mutex_lock_interruptible(lock)
#define mutex_lock_nested(lock, subclass) mutex_lock(lock)

/* 1 if it was free and now is the caller's. */
static inline int mutex_trylock(struct mutex *lock)
{
	if (lock->depth)
		return 0;
	lock->depth = 1;
	lock->owner_ip = _THIS_IP_;
	return 1;
}

static inline void mutex_unlock(struct mutex *lock)
{
	__release(lock);
	if (unlikely(!lock->depth)) {
		__mutex_report(lock, "already unlocked", _THIS_IP_);
		return;
	}
	lock->depth--;
}

static inline bool mutex_is_locked(struct mutex *lock)
{
	return lock->depth != 0;
}

#endif
