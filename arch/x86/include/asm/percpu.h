#ifndef _ASM_X86_PERCPU_H
#define _ASM_X86_PERCPU_H

/* Included by <linux/percpu-defs.h> only. */

#include <asm/percpu_base.h>

#define __my_cpu_var(var) (*__my_cpu_ptr(&(var)))

/*
 * One instruction on memory: an interrupt, and with it a move to another CPU,
 * comes before or after it, never in between. Only for sizes the CPU adds at
 * once; a u64 is left to the compiler, whose two halves an interrupt could
 * split, so counters of that size are not changed from interrupts.
 */
#define __low_bits(val, mask) ((unsigned long)(val) & (mask))
#define __cpu_op(insn, lval, val) do {					\
	switch (sizeof(lval)) {						\
	case 1:								\
		asm volatile(insn "b %b1, %0" : "+m"(lval)		\
			     : "qi"((u8)__low_bits(val, 0xff)) : "cc");	\
		break;							\
	case 2:								\
		asm volatile(insn "w %w1, %0" : "+m"(lval)		\
			     : "ri"((u16)__low_bits(val, 0xffff)) : "cc");\
		break;							\
	default:							\
		asm volatile(insn "l %1, %0" : "+m"(lval)		\
			     : "ri"((u32)(unsigned long)(val)) : "cc");	\
	}								\
} while (0)

#define __cpu_add(lval, val) do {					\
	if (sizeof(lval) == 8)						\
		(lval) += (val);					\
	else								\
		__cpu_op("add", lval, val);				\
} while (0)

/* One locked by nothing but being one instruction; what it was before. */
#define __cpu_xadd(var, val) ({						\
	typeof(var) __xadd = (val);					\
									\
	asm volatile("xadd %0, %1"					\
		     : "+q"(__xadd), "+m"(__my_cpu_var(var)) : : "cc");	\
	__xadd;								\
})

#define __cpu_cmpxchg(var, old, new) ({					\
	typeof(var) __seen = (old);					\
	typeof(var) __new = (new);					\
									\
	asm volatile("cmpxchg %2, %1"					\
		     : "+a"(__seen), "+m"(__my_cpu_var(var))		\
		     : "q"(__new) : "memory", "cc");			\
	__seen;								\
})

/*
 * Of a value that is the same wherever its reader runs, such as the task that
 * reads it: the compiler may read once and keep it.
 */
#define this_cpu_read_stable(var) ({					\
	typeof(var) __stable;						\
									\
	asm("movl %1, %0" : "=r"(__stable) : "m"(__my_cpu_var(var)));	\
	__stable;							\
})

#define __cpu_dec_and_test(lval) ({					\
	bool __zero;							\
									\
	asm volatile("decl %0" : "+m"(lval), "=@ccz"(__zero)		\
		     : : "memory");					\
	__zero;								\
})

#endif
