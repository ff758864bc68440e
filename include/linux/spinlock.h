#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H

#include <linux/bottom_half.h>
#include <linux/compiler.h>
#include <linux/irqflags.h>
#include <linux/kconfig.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/spinlock_types.h>
#include <linux/typecheck.h>

/*
 * Spin locks, for data that any context on any CPU may touch. The holder must
 * not sleep. CPUs that wait get it in the order in which they came. Data that
 * an interrupt handler touches too needs the _irqsave forms everywhere else.
 *
 * The lock order of the whole kernel stands in docs/locking.md.
 */

#ifdef CONFIG_SMP
#include <asm/spinlock.h>
# define do_raw_spin_lock(lock) arch_spin_lock(&(lock)->raw_lock)
# define do_raw_spin_trylock(lock) arch_spin_trylock(&(lock)->raw_lock)
# define do_raw_spin_unlock(lock) arch_spin_unlock(&(lock)->raw_lock)
# define do_raw_spin_is_locked(lock) arch_spin_is_locked(&(lock)->raw_lock)
# define raw_spin_is_contended(lock) arch_spin_is_contended(&(lock)->raw_lock)
#else
# define do_raw_spin_lock(lock) ((void)(lock))
# define do_raw_spin_trylock(lock) ((void)(lock), true)
# define do_raw_spin_unlock(lock) ((void)(lock))
# define do_raw_spin_is_locked(lock) ((void)(lock), false)
# define raw_spin_is_contended(lock) ((void)(lock), 0)
#endif

/*
 * Debug builds only: kernel/locking/spinlock_debug.c takes and gives the lock,
 * keeps the books and tells the lock checker, and reports by the place that
 * calls these, which is where the inline functions below stand. subclass and
 * nest are the checker's: see lock_acquire().
 */
void __spin_lock_debug(raw_spinlock_t *lock, unsigned int subclass,
		       struct lockdep_map *nest);
void __spin_unlock_debug(raw_spinlock_t *lock);
bool __spin_trylock_debug(raw_spinlock_t *lock);

/* The books of a lock; not to be touched in release builds. */
#define __lock_debug(lock) ((struct lock_debug *)(lock))

/* How many spin and rw locks this CPU holds; 0 in release builds. */
#ifdef CONFIG_DEBUG
unsigned int spinlocks_held(void);
#else
# define spinlocks_held() 0U
#endif

/* The lock alone, without the preemption count. */
static __always_inline void __raw_spin_acquire(raw_spinlock_t *lock)
{
	if (IS_ENABLED(CONFIG_DEBUG))
		__spin_lock_debug(lock, 0, NULL);
	else
		do_raw_spin_lock(lock);
	__acquire(lock);
}

static __always_inline bool __raw_spin_try(raw_spinlock_t *lock)
{
	return IS_ENABLED(CONFIG_DEBUG) ? __spin_trylock_debug(lock) :
					  do_raw_spin_trylock(lock);
}

static __always_inline void __raw_spin_release(raw_spinlock_t *lock)
{
	__release(lock);
	if (IS_ENABLED(CONFIG_DEBUG))
		__spin_unlock_debug(lock);
	else
		do_raw_spin_unlock(lock);
}

static __always_inline void raw_spin_lock(raw_spinlock_t *lock)
{
	preempt_disable();
	__raw_spin_acquire(lock);
}

static __always_inline void __raw_spin_lock_nested(raw_spinlock_t *lock,
						   unsigned int subclass,
						   struct lockdep_map *nest)
{
	preempt_disable();
	if (IS_ENABLED(CONFIG_DEBUG))
		__spin_lock_debug(lock, subclass, nest);
	else
		do_raw_spin_lock(lock);
	__acquire(lock);
}

/*
 * For a second lock of one class: subclass (below MAX_LOCKDEP_SUBCLASSES) is
 * its place in the order; or any number of them, under one outer lock.
 */
#define raw_spin_lock_nested(lock, subclass) \
	__raw_spin_lock_nested(lock, subclass, NULL)
#define raw_spin_lock_nest_lock(lock, nest) \
	__raw_spin_lock_nested(lock, 0, __dep_map_of(nest))

static __always_inline void raw_spin_unlock(raw_spinlock_t *lock)
{
	__raw_spin_release(lock);
	preempt_enable();
}

/* Non-zero if it was free and now is the caller's. */
static __always_inline int raw_spin_trylock(raw_spinlock_t *lock)
{
	preempt_disable();
	if (__raw_spin_try(lock))
		return 1;
	preempt_enable();
	return 0;
}

static __always_inline void __raw_spin_lock_init(raw_spinlock_t *lock,
						 const char *name,
						 struct lock_class_key *key)
{
	*lock = (raw_spinlock_t)__RAW_SPIN_LOCK_UNLOCKED(*lock);
	lockdep_init_map(&lock->dep_map, name, key, 0);
}

/* All locks that one place prepares are one class to the lock checker. */
#define raw_spin_lock_init(lock) do {					\
	static struct lock_class_key __key;				\
									\
	__raw_spin_lock_init(lock, #lock, &__key);			\
} while (0)

/* A release build for one CPU does not know, and says 0 as Linux does. */
static __always_inline int raw_spin_is_locked(raw_spinlock_t *lock)
{
	return IS_ENABLED(CONFIG_DEBUG) ? __lock_debug(lock)->depth > 0 :
					  do_raw_spin_is_locked(lock);
}

static __always_inline void raw_spin_lock_irq(raw_spinlock_t *lock)
{
	local_irq_disable();
	preempt_disable();
	__raw_spin_acquire(lock);
}

static __always_inline void raw_spin_unlock_irq(raw_spinlock_t *lock)
{
	__raw_spin_release(lock);
	local_irq_enable();
	preempt_enable();
}

/* For data that softirqs touch too. */
static __always_inline void raw_spin_lock_bh(raw_spinlock_t *lock)
{
	local_bh_disable();
	raw_spin_lock(lock);
}

static __always_inline void raw_spin_unlock_bh(raw_spinlock_t *lock)
{
	raw_spin_unlock(lock);
	local_bh_enable();
}

static __always_inline unsigned long
__raw_spin_lock_irqsave(raw_spinlock_t *lock)
{
	unsigned long flags;

	local_irq_save(flags);
	preempt_disable();
	__raw_spin_acquire(lock);
	return flags;
}

#define raw_spin_lock_irqsave(lock, flags) do {				\
	typecheck(unsigned long, flags);				\
	(flags) = __raw_spin_lock_irqsave(lock);			\
} while (0)

static __always_inline void raw_spin_unlock_irqrestore(raw_spinlock_t *lock,
						       unsigned long flags)
{
	__raw_spin_release(lock);
	local_irq_restore(flags);
	preempt_enable();
}

static __always_inline int raw_spin_trylock_irq(raw_spinlock_t *lock)
{
	local_irq_disable();
	preempt_disable();
	if (__raw_spin_try(lock))
		return 1;
	local_irq_enable();
	preempt_enable();
	return 0;
}

#define raw_spin_trylock_bh(lock) ({					\
	local_bh_disable();						\
	raw_spin_trylock(lock) ? 1 : ({ local_bh_enable(); 0; });	\
})

static __always_inline int __raw_spin_trylock_irqsave(raw_spinlock_t *lock,
						      unsigned long *flags)
{
	local_irq_save(*flags);
	preempt_disable();
	if (__raw_spin_try(lock))
		return 1;
	local_irq_restore(*flags);
	preempt_enable();
	return 0;
}

#define raw_spin_trylock_irqsave(lock, flags) ({			\
	typecheck(unsigned long, flags);				\
	__raw_spin_trylock_irqsave(lock, &(flags));			\
})

/* spinlock_t: the same here. */
#define spin_lock_init(lock) do {					\
	static struct lock_class_key __key;				\
									\
	__raw_spin_lock_init(&(lock)->rlock, #lock, &__key);		\
} while (0)
#define spin_lock(lock) raw_spin_lock(&(lock)->rlock)
#define spin_lock_bh(lock) raw_spin_lock_bh(&(lock)->rlock)
#define spin_lock_nested(lock, subclass) \
	raw_spin_lock_nested(&(lock)->rlock, subclass)
#define spin_lock_nest_lock(lock, nest) \
	raw_spin_lock_nest_lock(&(lock)->rlock, nest)
#define spin_lock_irq(lock) raw_spin_lock_irq(&(lock)->rlock)
#define spin_lock_irqsave(lock, flags) \
	raw_spin_lock_irqsave(&(lock)->rlock, flags)
#define spin_unlock(lock) raw_spin_unlock(&(lock)->rlock)
#define spin_unlock_bh(lock) raw_spin_unlock_bh(&(lock)->rlock)
#define spin_unlock_irq(lock) raw_spin_unlock_irq(&(lock)->rlock)
#define spin_unlock_irqrestore(lock, flags) \
	raw_spin_unlock_irqrestore(&(lock)->rlock, flags)
#define spin_trylock(lock) raw_spin_trylock(&(lock)->rlock)
#define spin_trylock_irqsave(lock, flags) \
	raw_spin_trylock_irqsave(&(lock)->rlock, flags)
#define spin_trylock_irq(lock) raw_spin_trylock_irq(&(lock)->rlock)
#define spin_trylock_bh(lock) raw_spin_trylock_bh(&(lock)->rlock)
#define spin_is_locked(lock) raw_spin_is_locked(&(lock)->rlock)
#define spin_is_contended(lock) raw_spin_is_contended(&(lock)->rlock)
#define assert_spin_locked(lock) \
	lockdep_assert(!IS_ENABLED(CONFIG_DEBUG) || spin_is_locked(lock))

#include <linux/rwlock.h>

#endif
