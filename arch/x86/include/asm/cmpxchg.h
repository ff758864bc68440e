#ifndef _ASM_X86_CMPXCHG_H
#define _ASM_X86_CMPXCHG_H

#include <asm/rmwcc.h>
#include <linux/compiler.h>
#include <linux/instrumented.h>
#include <linux/types.h>

/* Exchange *ptr (1, 2 or 4 bytes) for new; the old value. Always locked. */
#define xchg(ptr, new) ({						\
	typeof(ptr) __at = (ptr);					\
	typeof(*(ptr)) __new = (new);					\
									\
	instrument_atomic_read_write(__at, sizeof(*__at));		\
	asm volatile("xchg %0, %1"					\
		     : "+q"(__new), "+m"(*__at) : : "memory");		\
	__new;								\
})

#define __cmpxchg(ptr, old, new, prefix) ({				\
	typeof(ptr) __at = (ptr);					\
	typeof(*(ptr)) __seen = (old);					\
	typeof(*(ptr)) __new = (new);					\
									\
	instrument_atomic_read_write(__at, sizeof(*__at));		\
	asm volatile(prefix "cmpxchg %2, %1"				\
		     : "+a"(__seen), "+m"(*__at)			\
		     : "q"(__new) : "memory", "cc");			\
	__seen;								\
})

/* If *ptr is old make it new; what it was. 486 and later. */
#define cmpxchg(ptr, old, new) __cmpxchg(ptr, old, new, LOCK_PREFIX)
/* Atomic only against interrupts of this CPU. */
#define cmpxchg_local(ptr, old, new) __cmpxchg(ptr, old, new, "")
#define sync_cmpxchg(ptr, old, new) __cmpxchg(ptr, old, new, "lock; ")

/* As cmpxchg(); true if it was changed, else *oldp becomes what it was. */
#define try_cmpxchg(ptr, oldp, new) ({					\
	typeof(*(ptr)) __expected = *(oldp);				\
	typeof(*(ptr)) __found = cmpxchg(ptr, __expected, new);		\
									\
	if (__found != __expected)					\
		*(oldp) = __found;					\
	likely(__found == __expected);					\
})

/* As cmpxchg(), for 8 bytes: arch/x86/lib/cmpxchg64.c. */
u64 __cmpxchg64(u64 *ptr, u64 old, u64 new);
#define cmpxchg64(ptr, old, new) ({					\
	typeof(ptr) __at = (ptr);					\
									\
	instrument_atomic_read_write(__at, sizeof(*__at));		\
	(typeof(*(ptr)))__cmpxchg64((u64 *)__at, old, new);		\
})

#endif
