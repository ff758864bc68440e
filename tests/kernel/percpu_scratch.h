/* SPDX-License-Identifier: MIT */
/* Shared by the suites of alloc_percpu(). */
#ifndef _TESTS_PERCPU_SCRATCH_H
#define _TESTS_PERCPU_SCRATCH_H

#include <linux/cpumask.h>
#include <linux/percpu.h>
#include <linux/string.h>

/* Any CPU's copy, as bytes. */
static inline u8 *copy_of(void __percpu *p, unsigned int cpu)
{
	return (u8 __force *)per_cpu_ptr((u8 __percpu *)p, cpu);
}

static inline u8 byte_for(unsigned int tag, unsigned int cpu)
{
	return tag * 37 + cpu * 11 + 1;
}

/* Every byte of each copy tells whose it is, and which CPU's. */
static inline void copies_fill(void __percpu *p, size_t size, unsigned int tag)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		memset(copy_of(p, cpu), byte_for(tag, cpu), size);
}

/* How many copies are not as they were filled. */
static inline unsigned int copies_wrong(void __percpu *p, size_t size,
					unsigned int tag)
{
	unsigned int cpu, wrong = 0;

	for_each_possible_cpu(cpu)
		wrong += memchr_inv(copy_of(p, cpu), byte_for(tag, cpu),
				    size) != NULL;
	return wrong;
}

/* How many copies are not all zeroes. */
static inline unsigned int copies_not_zero(void __percpu *p, size_t size)
{
	unsigned int cpu, wrong = 0;

	for_each_possible_cpu(cpu)
		wrong += memchr_inv(copy_of(p, cpu), 0, size) != NULL;
	return wrong;
}

#endif
