#ifndef _ASM_X86_SPINLOCK_H
#define _ASM_X86_SPINLOCK_H

#include <asm/barrier.h>
#include <asm/cmpxchg.h>
#include <asm/processor.h>
#include <asm/spinlock_types.h>
#include <linux/compiler.h>
#include <linux/instrumented.h>

/*
 * The locks of a kernel for several CPUs, without books. Included by
 * <linux/spinlock.h> only; the caller has preemption off. CPUs get a lock in
 * the order in which they came.
 *
 * x86 keeps stores behind earlier loads and stores [SDM3 8.2.2], so a plain
 * store gives a lock back; taking it is a locked instruction, which nothing
 * passes.
 */
#define __TICKET_NEXT 0x10000

/* kernel/locking/ticket.c: until it is the ticket's turn. */
void ticket_spin_wait(arch_spinlock_t *lock, u16 ticket);

/* How many cycles a CPU has waited for spin locks since boot. */
u64 spin_wait_cycles(int cpu);

/* NR_CPUS tickets never fill 16 bits. */
static __always_inline void arch_spin_lock(arch_spinlock_t *lock)
{
	arch_spinlock_t drawn = { { __TICKET_NEXT } };

	instrument_atomic_read_write(lock, sizeof(*lock));
	asm volatile("lock; xaddl %0, %1"
		     : "+r"(drawn.both), "+m"(lock->both)
		     :
		     : "memory", "cc");
	if (unlikely(drawn.serving != drawn.next))
		ticket_spin_wait(lock, drawn.next);
}

static __always_inline bool arch_spin_trylock(arch_spinlock_t *lock)
{
	u32 old = READ_ONCE(lock->both);

	if ((u16)old != old >> 16)
		return false;
	return cmpxchg(&lock->both, old, old + __TICKET_NEXT) == old;
}

/* Only the holder changes serving: no locked instruction. */
static __always_inline void arch_spin_unlock(arch_spinlock_t *lock)
{
	instrument_atomic_read_write(lock, sizeof(*lock));
	asm volatile("addw $1, %0" : "+m"(lock->serving) : : "memory", "cc");
}

static __always_inline bool arch_spin_is_locked(arch_spinlock_t *lock)
{
	u32 now = READ_ONCE(lock->both);

	return (u16)now != now >> 16;
}

/* Does somebody wait for it? */
static __always_inline bool arch_spin_is_contended(arch_spinlock_t *lock)
{
	u32 now = READ_ONCE(lock->both);

	return (u16)((now >> 16) - now) > 1;
}

#define __RW_READER 0x200
#define __RW_WRITER_WAITS 0x100
#define __RW_WRITER 0xff
#define __RW_WRITERS (__RW_WRITER | __RW_WRITER_WAITS)

/* kernel/locking/qrwlock.c: when it is not free at once. */
void queued_read_lock_slowpath(arch_rwlock_t *lock);
void queued_write_lock_slowpath(arch_rwlock_t *lock);

/* A signed value is added; what was there before. */
static __always_inline u32 __rw_add(arch_rwlock_t *lock, int value)
{
	u32 old = value;

	instrument_atomic_read_write(lock, sizeof(*lock));
	asm volatile("lock; xaddl %0, %1"
		     : "+r"(old), "+m"(lock->count)
		     :
		     : "memory", "cc");
	return old;
}

static __always_inline void arch_read_lock(arch_rwlock_t *lock)
{
	if (unlikely(__rw_add(lock, __RW_READER) & __RW_WRITERS))
		queued_read_lock_slowpath(lock);
}

static __always_inline void arch_read_unlock(arch_rwlock_t *lock)
{
	instrument_atomic_read_write(lock, sizeof(*lock));
	asm volatile("lock; subl %1, %0"
		     : "+m"(lock->count)
		     : "i"(__RW_READER)
		     : "memory", "cc");
}

static __always_inline bool arch_read_trylock(arch_rwlock_t *lock)
{
	u32 old = READ_ONCE(lock->count);

	if (old & __RW_WRITERS)
		return false;
	if (!(__rw_add(lock, __RW_READER) & __RW_WRITERS))
		return true;
	arch_read_unlock(lock);
	return false;
}

static __always_inline bool arch_write_trylock(arch_rwlock_t *lock)
{
	return cmpxchg(&lock->count, 0u, (u32)__RW_WRITER) == 0;
}

static __always_inline void arch_write_lock(arch_rwlock_t *lock)
{
	if (unlikely(!arch_write_trylock(lock)))
		queued_write_lock_slowpath(lock);
}

/* The low byte is the writer's alone. */
static __always_inline void arch_write_unlock(arch_rwlock_t *lock)
{
	instrument_atomic_write(lock, sizeof(*lock));
	asm volatile("movb $0, %0"
		     : "+m"(*(u8 *)&lock->count) : : "memory");
}

#endif
