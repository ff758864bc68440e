#ifndef _LINUX_CPUMASK_H
#define _LINUX_CPUMASK_H

#include <linux/bitmap.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <linux/threads.h>

/* Sets of CPUs. */
typedef struct cpumask {
	DECLARE_BITMAP(bits, NR_CPUS);
} cpumask_t;

#define cpumask_bits(mask) ((mask)->bits)

static inline void cpumask_set_cpu(unsigned int cpu, struct cpumask *mask)
{
	set_bit(cpu, mask->bits);
}

static inline void cpumask_clear_cpu(int cpu, struct cpumask *mask)
{
	clear_bit(cpu, mask->bits);
}

static inline bool cpumask_test_cpu(int cpu, const struct cpumask *mask)
{
	return test_bit(cpu, mask->bits);
}

static inline void cpumask_clear(struct cpumask *mask)
{
	bitmap_zero(mask->bits, NR_CPUS);
}

static inline void cpumask_setall(struct cpumask *mask)
{
	bitmap_fill(mask->bits, NR_CPUS);
}

static inline bool cpumask_empty(const struct cpumask *mask)
{
	return bitmap_empty(mask->bits, NR_CPUS);
}

static inline unsigned int cpumask_weight(const struct cpumask *mask)
{
	return bitmap_weight(mask->bits, NR_CPUS);
}

static inline unsigned int cpumask_next(int n, const struct cpumask *mask)
{
	return find_next_bit(mask->bits, NR_CPUS, n + 1);
}

#define for_each_cpu(cpu, mask)						\
	for ((cpu) = cpumask_next(-1, (mask));				\
	     (cpu) < NR_CPUS;						\
	     (cpu) = cpumask_next((cpu), (mask)))

#endif
