/* SPDX-License-Identifier: MIT */
/*
 * kernel/cpu.c - which CPUs there are
 *
 * CPU 0 is the one that boots, and is there from the first instruction on. A
 * CPU is possible before it is present and present before it is online, so
 * each set holds the next. Only boot changes them.
 *
 * Differs from Linux: a CPU never leaves again. (kernel/cpu.c)
 */
#include <linux/cpumask.h>

#include <linux/array_size.h>

struct cpumask __cpu_possible_mask = { { 1 } };
struct cpumask __cpu_present_mask = { { 1 } };
struct cpumask __cpu_online_mask = { { 1 } };

#define SINGLE(n) { { 1UL << (n) } }
#define SINGLE_8(n)							\
	SINGLE(n), SINGLE((n) + 1), SINGLE((n) + 2), SINGLE((n) + 3),	\
	SINGLE((n) + 4), SINGLE((n) + 5), SINGLE((n) + 6), SINGLE((n) + 7)

const struct cpumask cpu_single_masks[] = {
	SINGLE_8(0),
	SINGLE_8(8),
	SINGLE_8(16),
	SINGLE_8(24),
};
_Static_assert(ARRAY_SIZE(cpu_single_masks) >= NR_CPUS, "one for each CPU");

static void mark(struct cpumask *mask, unsigned int cpu, bool in)
{
	if (in)
		cpumask_set_cpu(cpu, mask);
	else
		cpumask_clear_cpu(cpu, mask);
}

void set_cpu_possible(unsigned int cpu, bool possible)
{
	mark(&__cpu_possible_mask, cpu, possible);
	set_nr_cpu_ids(
		find_last_bit(cpumask_bits(&__cpu_possible_mask), NR_CPUS) + 1);
}

void set_cpu_present(unsigned int cpu, bool present)
{
	mark(&__cpu_present_mask, cpu, present);
}

void set_cpu_online(unsigned int cpu, bool online)
{
	mark(&__cpu_online_mask, cpu, online);
}
