#ifndef _ASM_X86_SPINLOCK_TYPES_H
#define _ASM_X86_SPINLOCK_TYPES_H

#include <linux/types.h>

/*
 * A queue ticket: who comes draws next, and goes in when serving reaches what
 * was drawn. Free when both are equal; all zeroes is free.
 */
typedef struct arch_spinlock {
	union {
		u32 both;		/* next in the upper half */
		struct {
			u16 serving, next;
		};
	};
} arch_spinlock_t;

#define __ARCH_SPIN_LOCK_UNLOCKED { { 0 } }

/*
 * Readers are counted from bit 9 up. Bit 8: a writer waits, so new readers
 * queue up; the low byte is not 0 while a writer is inside. queue is held by
 * whoever waits at the head.
 */
typedef struct arch_rwlock {
	u32 count;
	arch_spinlock_t queue;
} arch_rwlock_t;

#define __ARCH_RW_LOCK_UNLOCKED { 0, __ARCH_SPIN_LOCK_UNLOCKED }

#endif
