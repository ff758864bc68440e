/* SPDX-License-Identifier: MIT */
/*
 * Spin locks whose holder has interrupts off from before to after: nothing can
 * preempt it, and it wakes nobody. So preemption need not be counted, and there
 * is no reason to give the CPU away when the lock is released. On one CPU
 * nothing is left of the lock.
 */
#ifndef _MM_IRQ_LOCK_H
#define _MM_IRQ_LOCK_H

#include <linux/irqflags.h>
#include <linux/kconfig.h>
#include <linux/spinlock.h>

/* The caller has interrupts off. */
static __always_inline void irq_lock(spinlock_t *lock)
{
	if (IS_ENABLED(CONFIG_DEBUG))
		spin_lock(lock);
	else
		do_raw_spin_lock(&lock->rlock);
	barrier();
}

static __always_inline void irq_unlock(spinlock_t *lock)
{
	barrier();
	if (IS_ENABLED(CONFIG_DEBUG))
		spin_unlock(lock);
	else
		do_raw_spin_unlock(&lock->rlock);
}

#define irq_lock_save(lock, flags) do {					\
	local_irq_save(flags);						\
	irq_lock(lock);							\
} while (0)

#define irq_unlock_restore(lock, flags) do {				\
	irq_unlock(lock);						\
	local_irq_restore(flags);					\
} while (0)

#endif
