#ifndef _LINUX_RWLOCK_H
#define _LINUX_RWLOCK_H

#include <linux/compiler.h>
#include <linux/irqflags.h>
#include <linux/kconfig.h>
#include <linux/preempt.h>
#include <linux/spinlock_types.h>

/*
 * Many readers or one writer, otherwise as a spin lock. <linux/spinlock.h>
 * includes this.
 */
void __read_lock_debug(struct lock_debug *lock);
void __read_unlock_debug(struct lock_debug *lock);
void __write_lock_debug(struct lock_debug *lock);
void __write_unlock_debug(struct lock_debug *lock);

#define rwlock_init(lock) \
	(*(lock) = (rwlock_t)__RW_LOCK_UNLOCKED(*(lock)))

static __always_inline void read_lock(rwlock_t *lock)
{
	preempt_disable();
	if (IS_ENABLED(CONFIG_DEBUG))
		__read_lock_debug((struct lock_debug *)lock);
}

static __always_inline void read_unlock(rwlock_t *lock)
{
	if (IS_ENABLED(CONFIG_DEBUG))
		__read_unlock_debug((struct lock_debug *)lock);
	preempt_enable();
}

static __always_inline void write_lock(rwlock_t *lock)
{
	preempt_disable();
	if (IS_ENABLED(CONFIG_DEBUG))
		__write_lock_debug((struct lock_debug *)lock);
}

static __always_inline void write_unlock(rwlock_t *lock)
{
	if (IS_ENABLED(CONFIG_DEBUG))
		__write_unlock_debug((struct lock_debug *)lock);
	preempt_enable();
}

#define read_lock_irqsave(lock, flags) do {				\
	local_irq_save(flags);						\
	read_lock(lock);						\
} while (0)
#define read_unlock_irqrestore(lock, flags) do {			\
	read_unlock(lock);						\
	local_irq_restore(flags);					\
} while (0)
#define write_lock_irqsave(lock, flags) do {				\
	local_irq_save(flags);						\
	write_lock(lock);						\
} while (0)
#define write_unlock_irqrestore(lock, flags) do {			\
	write_unlock(lock);						\
	local_irq_restore(flags);					\
} while (0)

#endif
