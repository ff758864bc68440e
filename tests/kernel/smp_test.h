/* SPDX-License-Identifier: MIT */
/* For suites that need several CPUs. */
#ifndef _TESTS_SMP_TEST_H
#define _TESTS_SMP_TEST_H

#include <asm/processor.h>
#include <kunit/test.h>
#include <linux/atomic.h>
#include <linux/smp.h>

static inline void need_cpus(struct kunit *test, unsigned int nr)
{
	if (num_online_cpus() < nr)
		kunit_skip(test, "%u CPUs are needed", nr);
}

/* A CPU other than this one; preemption or interrupts are off, or bound. */
static inline unsigned int other_cpu(void)
{
	return cpumask_first(cpu_online_mask) == raw_smp_processor_id() ?
		       cpumask_next(raw_smp_processor_id(), cpu_online_mask) :
		       cpumask_first(cpu_online_mask);
}

/* Until *v is n, for a long time at most; false: it never was. */
static inline bool spin_until(const atomic_t *v, int n)
{
	unsigned long rounds;

	for (rounds = 0; rounds < 1UL << 30; rounds++) {
		if (atomic_read(v) == n)
			return true;
		cpu_relax();
	}
	return false;
}

#endif
