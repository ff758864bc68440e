#ifndef _LINUX_SPINLOCK_TYPES_H
#define _LINUX_SPINLOCK_TYPES_H

#include <linux/types.h>

/*
 * With one CPU a spin lock only has to keep interrupts or preemption away:
 * the lock itself has no state, and in release builds no size. Debug builds
 * keep who holds it, to tell of recursion and unbalanced unlocks.
 */
#define SPINLOCK_MAGIC 0xdead4ead

struct lock_debug {
	unsigned int magic;	/* SPINLOCK_MAGIC once initialised */
	int depth;		/* times held; a rwlock's writer is -1 */
	unsigned long owner_ip;	/* who took it last */
};

typedef struct raw_spinlock {
#ifdef CONFIG_DEBUG
	struct lock_debug debug;
#endif
} raw_spinlock_t;

typedef struct spinlock {
	struct raw_spinlock rlock;
} spinlock_t;

typedef struct {
#ifdef CONFIG_DEBUG
	struct lock_debug debug;
#endif
} rwlock_t;

#ifdef CONFIG_DEBUG
# define __LOCK_DEBUG_INIT .debug = { .magic = SPINLOCK_MAGIC }
#else
# define __LOCK_DEBUG_INIT
#endif
#define __RAW_SPIN_LOCK_UNLOCKED(name) { __LOCK_DEBUG_INIT }
#define __RW_LOCK_UNLOCKED(name) { __LOCK_DEBUG_INIT }
#define __SPIN_LOCK_UNLOCKED(name) \
	{ .rlock = __RAW_SPIN_LOCK_UNLOCKED(name) }

#define DEFINE_RAW_SPINLOCK(name) \
	raw_spinlock_t name = __RAW_SPIN_LOCK_UNLOCKED(name)
#define DEFINE_SPINLOCK(name) spinlock_t name = __SPIN_LOCK_UNLOCKED(name)
#define DEFINE_RWLOCK(name) rwlock_t name = __RW_LOCK_UNLOCKED(name)

#endif
