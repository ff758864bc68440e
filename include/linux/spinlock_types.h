#ifndef _LINUX_SPINLOCK_TYPES_H
#define _LINUX_SPINLOCK_TYPES_H

#include <linux/lockdep_types.h>
#include <linux/threads.h>
#include <linux/types.h>

/*
 * With one CPU a spin lock only has to keep interrupts or preemption away:
 * the lock itself has no state, and in release builds no size. With several
 * raw_lock is what they meet at. Debug builds keep who holds it, to tell of
 * recursion and unbalanced unlocks, and what the lock checker needs.
 */
#ifdef CONFIG_SMP
#include <asm/spinlock_types.h>
#endif

#define SPINLOCK_MAGIC 0xdead4ead

struct lock_debug {
	unsigned int magic;	/* SPINLOCK_MAGIC once initialised */
	int depth;		/* times held; of a rwlock, by its writer */
	int owner_cpu;		/* the CPU that holds it, -1: none */
	unsigned long owner_ip;	/* who took it last */
};

struct rwlock_debug {
	struct lock_debug lock;
	int conflicts;		/* locks granted to its holder, and reported */
	u8 readers[NR_CPUS];	/* times each CPU reads */
};

/* The books come first: spinlock_debug.c finds them at the lock's address. */
typedef struct raw_spinlock {
#ifdef CONFIG_DEBUG
	struct lock_debug debug;
	struct lockdep_map dep_map;
#endif
#ifdef CONFIG_SMP
	arch_spinlock_t raw_lock;
#endif
} raw_spinlock_t;

typedef struct spinlock {
	union {
		struct raw_spinlock rlock;
#ifdef CONFIG_DEBUG
		struct {
			struct lock_debug debug;
			struct lockdep_map dep_map; /* rlock's */
		};
#endif
	};
} spinlock_t;

typedef struct {
#ifdef CONFIG_DEBUG
	struct rwlock_debug debug;
	struct lockdep_map dep_map;
#endif
#ifdef CONFIG_SMP
	arch_rwlock_t raw_lock;
#endif
} rwlock_t;

#ifdef CONFIG_DEBUG
# define __LOCK_DEBUG { .magic = SPINLOCK_MAGIC, .owner_cpu = -1 }
# define __SPIN_DEBUG_INIT(lockname) \
	.debug = __LOCK_DEBUG, .dep_map = { .name = #lockname }
# define __RW_DEBUG_INIT(lockname) \
	.debug = { .lock = __LOCK_DEBUG }, .dep_map = { .name = #lockname }
#else
# define __SPIN_DEBUG_INIT(name)
# define __RW_DEBUG_INIT(name)
#endif
#define __RAW_SPIN_LOCK_UNLOCKED(name) { __SPIN_DEBUG_INIT(name) }
#define __RW_LOCK_UNLOCKED(name) { __RW_DEBUG_INIT(name) }
#define __SPIN_LOCK_UNLOCKED(name) \
	{ .rlock = __RAW_SPIN_LOCK_UNLOCKED(name) }

#define DEFINE_RAW_SPINLOCK(name) \
	raw_spinlock_t name = __RAW_SPIN_LOCK_UNLOCKED(name)
#define DEFINE_SPINLOCK(name) spinlock_t name = __SPIN_LOCK_UNLOCKED(name)
#define DEFINE_RWLOCK(name) rwlock_t name = __RW_LOCK_UNLOCKED(name)

#endif
