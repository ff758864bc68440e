#ifndef _LINUX_RWLOCK_H
#define _LINUX_RWLOCK_H

#include <linux/bottom_half.h>
#include <linux/compiler.h>
#include <linux/irqflags.h>
#include <linux/kconfig.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/spinlock_types.h>

/*
 * Many readers or one writer, otherwise as a spin lock: a writer that waits
 * keeps new readers out, except in interrupts, where a reader may have been
 * interrupted itself. <linux/spinlock.h> includes this.
 */
#ifdef CONFIG_SMP
#include <asm/spinlock.h>
# define do_raw_read_lock(lock) arch_read_lock(&(lock)->raw_lock)
# define do_raw_read_trylock(lock) arch_read_trylock(&(lock)->raw_lock)
# define do_raw_read_unlock(lock) arch_read_unlock(&(lock)->raw_lock)
# define do_raw_write_lock(lock) arch_write_lock(&(lock)->raw_lock)
# define do_raw_write_trylock(lock) arch_write_trylock(&(lock)->raw_lock)
# define do_raw_write_unlock(lock) arch_write_unlock(&(lock)->raw_lock)
#else
# define do_raw_read_lock(lock) ((void)(lock))
# define do_raw_read_trylock(lock) ((void)(lock), true)
# define do_raw_read_unlock(lock) ((void)(lock))
# define do_raw_write_lock(lock) ((void)(lock))
# define do_raw_write_trylock(lock) ((void)(lock), true)
# define do_raw_write_unlock(lock) ((void)(lock))
#endif

/* Debug builds: as the do_raw_ forms, with books. */
void __read_lock_debug(rwlock_t *lock);
bool __read_trylock_debug(rwlock_t *lock);
void __read_unlock_debug(rwlock_t *lock);
void __write_lock_debug(rwlock_t *lock);
bool __write_trylock_debug(rwlock_t *lock);
void __write_unlock_debug(rwlock_t *lock);

static __always_inline void __rwlock_init(rwlock_t *lock, const char *name,
					  struct lock_class_key *key)
{
	*lock = (rwlock_t)__RW_LOCK_UNLOCKED(*lock);
	lockdep_init_map(&lock->dep_map, name, key, 0);
}

#define rwlock_init(lock) do {						\
	static struct lock_class_key __key;				\
									\
	__rwlock_init(lock, #lock, &__key);				\
} while (0)

static __always_inline void read_lock(rwlock_t *lock)
{
	preempt_disable();
	if (IS_ENABLED(CONFIG_DEBUG))
		__read_lock_debug(lock);
	else
		do_raw_read_lock(lock);
}

/* Non-zero if the caller may read now. */
static __always_inline int read_trylock(rwlock_t *lock)
{
	preempt_disable();
	if (IS_ENABLED(CONFIG_DEBUG) ? __read_trylock_debug(lock) :
				       do_raw_read_trylock(lock))
		return 1;
	preempt_enable();
	return 0;
}

static __always_inline void read_unlock(rwlock_t *lock)
{
	if (IS_ENABLED(CONFIG_DEBUG))
		__read_unlock_debug(lock);
	else
		do_raw_read_unlock(lock);
	preempt_enable();
}

static __always_inline void write_lock(rwlock_t *lock)
{
	preempt_disable();
	if (IS_ENABLED(CONFIG_DEBUG))
		__write_lock_debug(lock);
	else
		do_raw_write_lock(lock);
}

static __always_inline int write_trylock(rwlock_t *lock)
{
	preempt_disable();
	if (IS_ENABLED(CONFIG_DEBUG) ? __write_trylock_debug(lock) :
				       do_raw_write_trylock(lock))
		return 1;
	preempt_enable();
	return 0;
}

static __always_inline void write_unlock(rwlock_t *lock)
{
	if (IS_ENABLED(CONFIG_DEBUG))
		__write_unlock_debug(lock);
	else
		do_raw_write_unlock(lock);
	preempt_enable();
}

#define __DEFINE_RW_FORMS(side)						\
static __always_inline void side##_lock_irq(rwlock_t *lock)		\
{									\
	local_irq_disable();						\
	side##_lock(lock);						\
}									\
									\
static __always_inline void side##_unlock_irq(rwlock_t *lock)		\
{									\
	side##_unlock(lock);						\
	local_irq_enable();						\
}									\
									\
static __always_inline void side##_lock_bh(rwlock_t *lock)		\
{									\
	local_bh_disable();						\
	side##_lock(lock);						\
}									\
									\
static __always_inline void side##_unlock_bh(rwlock_t *lock)		\
{									\
	side##_unlock(lock);						\
	local_bh_enable();						\
}

__DEFINE_RW_FORMS(read)
__DEFINE_RW_FORMS(write)

#define read_lock_irqsave(lock, flags) do {				\
	local_irq_save(flags);						\
	read_lock(lock);						\
} while (0)
#define read_unlock_irqrestore(lock, flags) do {			\
	read_unlock(lock);						\
	local_irq_restore(flags);					\
	preempt_check_resched();					\
} while (0)
#define write_lock_irqsave(lock, flags) do {				\
	local_irq_save(flags);						\
	write_lock(lock);						\
} while (0)
#define write_unlock_irqrestore(lock, flags) do {			\
	write_unlock(lock);						\
	local_irq_restore(flags);					\
	preempt_check_resched();					\
} while (0)

#endif
