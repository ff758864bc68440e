/* SPDX-License-Identifier: MIT */
/*
 * kernel/locking/qrwlock.c - waiting for a reader-writer lock
 *
 *	count:  | readers ............ | W | inside |
 *	         31                  9   8   7     0
 *
 * A reader adds itself first and looks then: without a writer it is in. Else
 * it takes itself off again and queues up behind the writers that came before
 * it, so that neither side starves the other. Whoever is at the head of the
 * queue waits for count alone:
 *
 *	reader   until no writer is inside
 *	writer   sets W, which stops new readers, until those inside have left
 *
 * A reader in an interrupt may have interrupted a reader of the same lock,
 * which a writer in the queue waits for. It must not queue up behind that
 * writer, and goes in as soon as no writer is inside.
 *
 * Differs from Linux: the same idea, with the ticket lock as its queue.
 * (kernel/locking/qrwlock.c)
 */
#include <linux/spinlock.h>

#include <linux/atomic.h>
#include <linux/preempt.h>

static void wait_for_writer(arch_rwlock_t *lock)
{
	while (READ_ONCE(lock->count) & __RW_WRITER)
		cpu_relax();
	barrier();
}

void queued_read_lock_slowpath(arch_rwlock_t *lock)
{
	if (in_interrupt()) {
		wait_for_writer(lock);
		return;
	}
	arch_read_unlock(lock);
	arch_spin_lock(&lock->queue);
	__rw_add(lock, __RW_READER);
	wait_for_writer(lock);
	arch_spin_unlock(&lock->queue);
}

void queued_write_lock_slowpath(arch_rwlock_t *lock)
{
	arch_spin_lock(&lock->queue);
	if (!arch_write_trylock(lock)) {
		__rw_add(lock, __RW_WRITER_WAITS);
		while (cmpxchg(&lock->count, (u32)__RW_WRITER_WAITS,
			       (u32)__RW_WRITER) != __RW_WRITER_WAITS)
			cpu_relax();
	}
	arch_spin_unlock(&lock->queue);
}
