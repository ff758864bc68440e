/* SPDX-License-Identifier: MIT */
/* Sequence counts and what they know of their locks: see seqlock.h. */
#ifndef _LINUX_SEQLOCK_TYPES_H
#define _LINUX_SEQLOCK_TYPES_H

#include <linux/compiler.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/spinlock.h>

typedef struct seqcount {
	unsigned int sequence;
#ifdef CONFIG_DEBUG
	struct lockdep_map dep_map;
#endif
} seqcount_t;

#define SEQCNT_ZERO(name) { .sequence = 0, DEP_MAP_INIT(name) }

static inline void __seqcount_init(seqcount_t *s, const char *name,
				   struct lock_class_key *key)
{
	s->sequence = 0;
	lockdep_init_map(&s->dep_map, name, key, 0);
}

#define seqcount_init(s) do {						\
	static struct lock_class_key __key;				\
									\
	__seqcount_init(s, #s, &__key);					\
} while (0)

/*
 * Counts with a lock. held() asserts what the writer must hold; with a lock
 * that leaves preemption on, the writer turns it off.
 */
#define __SEQCOUNT_LOCKNAME(kind, type, preemptible)			\
typedef struct seqcount_##kind {					\
	seqcount_t seqcount;						\
	__SEQ_LOCK(type *lock;)						\
} seqcount_##kind##_t;							\
									\
static __always_inline seqcount_t *					\
__seqcount_##kind##_count(seqcount_##kind##_t *s)			\
{									\
	return &s->seqcount;						\
}									\
									\
static __always_inline bool						\
__seqcount_##kind##_begin(seqcount_##kind##_t *s)			\
{									\
	__SEQ_LOCK(lockdep_assert_held(s->lock);)			\
	return preemptible;						\
}

#ifdef CONFIG_DEBUG
# define __SEQ_LOCK(expr) expr
#else
# define __SEQ_LOCK(expr)
#endif

__SEQCOUNT_LOCKNAME(raw_spinlock, raw_spinlock_t, false)
__SEQCOUNT_LOCKNAME(spinlock, spinlock_t, false)
__SEQCOUNT_LOCKNAME(rwlock, rwlock_t, false)
__SEQCOUNT_LOCKNAME(mutex, struct mutex, true)

static __always_inline seqcount_t *__seqcount_plain_count(seqcount_t *s)
{
	return s;
}

static __always_inline bool __seqcount_plain_begin(seqcount_t *s)
{
	lockdep_assert_preemption_disabled();
	return false;
}

#define __seq_by_kind(s, what)						\
	_Generic(*(s),							\
		seqcount_t: __seqcount_plain_##what,			\
		seqcount_raw_spinlock_t: __seqcount_raw_spinlock_##what,\
		seqcount_spinlock_t: __seqcount_spinlock_##what,	\
		seqcount_rwlock_t: __seqcount_rwlock_##what,		\
		seqcount_mutex_t: __seqcount_mutex_##what)(s)
#define seqprop_count(s) __seq_by_kind(s, count)

#define __SEQCNT_LOCK_ZERO(name, l) {					\
	.seqcount = SEQCNT_ZERO((name).seqcount),			\
	__SEQ_LOCK(.lock = (l))						\
}
#define SEQCNT_RAW_SPINLOCK_ZERO(name, lock) __SEQCNT_LOCK_ZERO(name, lock)
#define SEQCNT_SPINLOCK_ZERO(name, lock) __SEQCNT_LOCK_ZERO(name, lock)
#define SEQCNT_RWLOCK_ZERO(name, lock) __SEQCNT_LOCK_ZERO(name, lock)
#define SEQCNT_MUTEX_ZERO(name, lock) __SEQCNT_LOCK_ZERO(name, lock)

#define __seqcount_lock_init(s, l) do {					\
	seqcount_init(&(s)->seqcount);					\
	__SEQ_LOCK((s)->lock = (l);)					\
	(void)(l);							\
} while (0)
#define seqcount_raw_spinlock_init(s, lock) __seqcount_lock_init(s, lock)
#define seqcount_spinlock_init(s, lock) __seqcount_lock_init(s, lock)
#define seqcount_rwlock_init(s, lock) __seqcount_lock_init(s, lock)
#define seqcount_mutex_init(s, lock) __seqcount_lock_init(s, lock)

typedef struct {
	seqcount_t seqcount;
	spinlock_t lock;
} seqlock_t;

#define __SEQLOCK_UNLOCKED(lockname) {					\
	.seqcount = SEQCNT_ZERO((lockname).seqcount),			\
	.lock = __SPIN_LOCK_UNLOCKED((lockname).lock),			\
}
#define DEFINE_SEQLOCK(sl) seqlock_t sl = __SEQLOCK_UNLOCKED(sl)

#endif
