/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_PREEMPT_H
#define _ASM_X86_PREEMPT_H

#include <linux/compiler.h>
#include <linux/percpu.h>
#include <linux/types.h>

/*
 * Included by <linux/preempt.h> only, which tells what the count holds.
 *
 * Bit 31 is 0 while a reschedule of this CPU is wanted, so that the whole
 * word is 0 exactly when preemption is allowed and wanted: the decrement of
 * preempt_enable() finds that out by itself.
 */
#define PREEMPT_NEED_RESCHED 0x80000000U
#define PREEMPT_ENABLED ((int)PREEMPT_NEED_RESCHED)

DECLARE_PER_CPU(int, __preempt_count);

static __always_inline int preempt_count(void)
{
	return raw_cpu_read(__preempt_count) & ~PREEMPT_NEED_RESCHED;
}

/* The count alone: whether a reschedule is wanted stays as it is. */
static __always_inline void preempt_count_set(int count)
{
	raw_cpu_add(__preempt_count, count - preempt_count());
}

static __always_inline void __preempt_count_add(int val)
{
	raw_cpu_add(__preempt_count, val);
	barrier();
}

static __always_inline void __preempt_count_sub(int val)
{
	barrier();
	raw_cpu_add(__preempt_count, -val);
}

/* True if preemption is allowed now and was asked for. */
static __always_inline bool __preempt_count_dec_and_test(void)
{
	return raw_cpu_dec_and_test(__preempt_count);
}

static __always_inline bool should_resched(int preempt_offset)
{
	return raw_cpu_read(__preempt_count) == preempt_offset;
}

/* This CPU's. Any context. */
static __always_inline void set_preempt_need_resched(void)
{
	this_cpu_and(__preempt_count, ~PREEMPT_NEED_RESCHED);
}

static __always_inline void clear_preempt_need_resched(void)
{
	this_cpu_or(__preempt_count, PREEMPT_NEED_RESCHED);
}

static __always_inline bool test_preempt_need_resched(void)
{
	return !(raw_cpu_read(__preempt_count) & PREEMPT_NEED_RESCHED);
}

/* Calls preempt_schedule(), keeping all registers: callers stay small. */
void preempt_schedule_thunk(void);

static __always_inline void __preempt_schedule(void)
{
	asm volatile("call preempt_schedule_thunk" : : : "memory", "cc");
}

#endif
