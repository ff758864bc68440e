/* SPDX-License-Identifier: MIT */
/*
 * A lock whose holder may sleep, and whose waiters do. It has an owner: the
 * thread that took it gives it back. Not for interrupts, and not held when a
 * thread ends or the memory around it is freed.
 */
#ifndef _LINUX_MUTEX_H
#define _LINUX_MUTEX_H

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/spinlock_types.h>

struct mutex {
	atomic_long_t owner;      /* the thread's address, and MUTEX_WAITERS */
	raw_spinlock_t wait_lock; /* the list, and that flag */
	struct list_head wait_list;
#ifdef CONFIG_DEBUG
	void *magic;            /* itself, once initialised */
	unsigned int recursion; /* locks by the owner that were reported */
	struct lockdep_map dep_map;
#endif
};

#ifdef CONFIG_DEBUG
# define __MUTEX_DEBUG_INIT(name) .magic = &(name), DEP_MAP_INIT(name),
#else
# define __MUTEX_DEBUG_INIT(name)
#endif

#define __MUTEX_INITIALIZER(name) {					\
	.owner = ATOMIC_LONG_INIT(0),					\
	.wait_lock = __RAW_SPIN_LOCK_UNLOCKED(name.wait_lock),		\
	.wait_list = LIST_HEAD_INIT((name).wait_list),			\
	__MUTEX_DEBUG_INIT(name)					\
}
#define DEFINE_MUTEX(name) struct mutex name = __MUTEX_INITIALIZER(name)

void __mutex_init(struct mutex *lock, const char *name,
		  struct lock_class_key *key);

#define mutex_init(lock) do {						\
	static struct lock_class_key __key;				\
									\
	__mutex_init(lock, #lock, &__key);				\
} while (0)

#ifdef CONFIG_DEBUG
/* No further use, until mutex_init(): reported if it is held. */
void mutex_destroy(struct mutex *lock);
#else
static inline void mutex_destroy(struct mutex *lock)
{
}
#endif

/*
 * Takes it, first come first served; may sleep. As there are no signals, the
 * _interruptible and _killable forms return 0 as well; a caller is ready for
 * -EINTR, which means: not taken.
 *
 * _nested: a second lock of one class, see lockdep.h.
 */
void __mutex_lock_class(struct mutex *lock, unsigned int subclass,
			struct lockdep_map *nest);
void mutex_lock(struct mutex *lock);
int __must_check mutex_lock_interruptible(struct mutex *lock);
int __must_check mutex_lock_killable(struct mutex *lock);

#define mutex_lock_nested(lock, subclass) \
	__mutex_lock_class(lock, subclass, NULL)
#define mutex_lock_nest_lock(lock, nest) \
	__mutex_lock_class(lock, 0, __dep_map_of(nest))
#define mutex_lock_interruptible_nested(lock, subclass) \
	((void)(subclass), mutex_lock_interruptible(lock))
#define mutex_lock_killable_nested(lock, subclass) \
	((void)(subclass), mutex_lock_killable(lock))
#define mutex_lock_io(lock) mutex_lock(lock)

/* 1 if it was free and now is the caller's. Does not sleep; no interrupts. */
int mutex_trylock(struct mutex *lock);

/* By the owner only. Does not sleep. */
void mutex_unlock(struct mutex *lock);

/* Lowers cnt; if that makes it 0, returns 1 with the lock held. May sleep. */
int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock);

/* Held by anyone? Any context. */
static inline bool mutex_is_locked(struct mutex *lock)
{
	return atomic_long_read(&lock->owner) != 0;
}

#endif
