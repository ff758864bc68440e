#ifndef _ASM_X86_PERCPU_H
#define _ASM_X86_PERCPU_H

/* Included by <linux/percpu-defs.h> only. */

/*
 * One add to memory: an interrupt comes before or after it, never in between.
 * Only for sizes the CPU adds at once; a u64 is left to the compiler, whose
 * two halves an interrupt could split, so counters of that size are not
 * changed from interrupts.
 */
#define __cpu_add(lval, val) do {					\
	switch (sizeof(lval)) {						\
	case 1:								\
		asm volatile("addb %b1, %0" : "+m"(lval)		\
			     : "qi"((u8)(unsigned long)(val)) : "cc");	\
		break;							\
	case 2:								\
		asm volatile("addw %w1, %0" : "+m"(lval)		\
			     : "ri"((u16)(unsigned long)(val)) : "cc");	\
		break;							\
	case 4:								\
		asm volatile("addl %1, %0" : "+m"(lval)			\
			     : "ri"((u32)(unsigned long)(val)) : "cc");	\
		break;							\
	default:							\
		(lval) += (val);					\
	}								\
} while (0)

#endif
