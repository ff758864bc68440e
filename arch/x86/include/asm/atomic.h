#ifndef _ASM_X86_ATOMIC_H
#define _ASM_X86_ATOMIC_H

/* Included by <linux/atomic.h> only, which adds what follows from these. */

#include <asm/barrier.h>
#include <asm/cmpxchg.h>
#include <asm/rmwcc.h>
#include <linux/compiler.h>
#include <linux/instrumented.h>
#include <linux/types.h>

static __always_inline int atomic_read(const atomic_t *v)
{
	return READ_ONCE(v->counter);
}

static __always_inline void atomic_set(atomic_t *v, int i)
{
	WRITE_ONCE(v->counter, i);
}

#define __ATOMIC_OP(name, insn)						\
static __always_inline void name(int i, atomic_t *v)			\
{									\
	instrument_atomic_read_write(v, sizeof(*v));			\
	asm volatile(LOCK_PREFIX insn " %1, %0"				\
		     : "+m"(v->counter) : "ir"(i) : "memory", "cc");	\
}

__ATOMIC_OP(atomic_add, "addl")
__ATOMIC_OP(atomic_sub, "subl")
__ATOMIC_OP(atomic_and, "andl")
__ATOMIC_OP(atomic_or, "orl")
__ATOMIC_OP(atomic_xor, "xorl")

static __always_inline void atomic_inc(atomic_t *v)
{
	instrument_atomic_read_write(v, sizeof(*v));
	asm volatile(LOCK_PREFIX "incl %0" : "+m"(v->counter)
		     : : "memory", "cc");
}

static __always_inline void atomic_dec(atomic_t *v)
{
	instrument_atomic_read_write(v, sizeof(*v));
	asm volatile(LOCK_PREFIX "decl %0" : "+m"(v->counter)
		     : : "memory", "cc");
}

static __always_inline bool atomic_dec_and_test(atomic_t *v)
{
	bool zero;

	instrument_atomic_read_write(v, sizeof(*v));
	asm volatile(LOCK_PREFIX "decl %0"
		     : "+m"(v->counter), "=@ccz"(zero) : : "memory");
	return zero;
}

static __always_inline bool atomic_inc_and_test(atomic_t *v)
{
	bool zero;

	instrument_atomic_read_write(v, sizeof(*v));
	asm volatile(LOCK_PREFIX "incl %0"
		     : "+m"(v->counter), "=@ccz"(zero) : : "memory");
	return zero;
}

static __always_inline bool atomic_sub_and_test(int i, atomic_t *v)
{
	bool zero;

	instrument_atomic_read_write(v, sizeof(*v));
	asm volatile(LOCK_PREFIX "subl %2, %0"
		     : "+m"(v->counter), "=@ccz"(zero)
		     : "ir"(i) : "memory");
	return zero;
}

static __always_inline bool atomic_add_negative(int i, atomic_t *v)
{
	bool negative;

	instrument_atomic_read_write(v, sizeof(*v));
	asm volatile(LOCK_PREFIX "addl %2, %0"
		     : "+m"(v->counter), "=@ccs"(negative)
		     : "ir"(i) : "memory");
	return negative;
}

/* The value before. xadd came with the 486. */
static __always_inline int atomic_fetch_add(int i, atomic_t *v)
{
	instrument_atomic_read_write(v, sizeof(*v));
	asm volatile(LOCK_PREFIX "xaddl %0, %1"
		     : "+r"(i), "+m"(v->counter) : : "memory", "cc");
	return i;
}

static __always_inline int atomic_add_return(int i, atomic_t *v)
{
	return i + atomic_fetch_add(i, v);
}

static __always_inline int atomic_sub_return(int i, atomic_t *v)
{
	return atomic_add_return(-i, v);
}

static __always_inline int atomic_cmpxchg(atomic_t *v, int old, int new)
{
	return cmpxchg(&v->counter, old, new);
}

static __always_inline int atomic_xchg(atomic_t *v, int new)
{
	return xchg(&v->counter, new);
}

#endif
