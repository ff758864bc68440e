#ifndef _LINUX_CPUMASK_H
#define _LINUX_CPUMASK_H

#include <linux/bitmap.h>
#include <linux/threads.h>
#include <linux/types.h>

/*
 * Sets of CPUs, one word: every operation is a few instructions. Bits from
 * nr_cpu_ids up are never set; cpumask_next() and the like give nr_cpu_ids or
 * more for "none".
 *
 *	possible  has per-CPU data; fixed early in boot
 *	present   the firmware says that it is there
 *	online    runs, takes interrupts, and must be told of TLB changes
 */
typedef struct cpumask {
	DECLARE_BITMAP(bits, NR_CPUS);
} cpumask_t;

_Static_assert(sizeof(struct cpumask) == sizeof(long), "one word");

#define cpumask_bits(mask) ((mask)->bits)
#define cpumask_pr_args(mask) NR_CPUS, cpumask_bits(mask)

extern struct cpumask __cpu_possible_mask;
extern struct cpumask __cpu_present_mask;
extern struct cpumask __cpu_online_mask;
#define cpu_possible_mask ((const struct cpumask *)&__cpu_possible_mask)
#define cpu_present_mask ((const struct cpumask *)&__cpu_present_mask)
#define cpu_online_mask ((const struct cpumask *)&__cpu_online_mask)

/* One above the highest possible CPU. */
#ifdef CONFIG_SMP
extern unsigned int nr_cpu_ids;
# define set_nr_cpu_ids(nr) (nr_cpu_ids = (nr))
#else
# define nr_cpu_ids 1U
# define set_nr_cpu_ids(nr) ((void)(nr))
#endif

static inline void cpumask_set_cpu(unsigned int cpu, struct cpumask *mask)
{
	set_bit(cpu, mask->bits);
}

static inline void __cpumask_set_cpu(unsigned int cpu, struct cpumask *mask)
{
	__set_bit(cpu, mask->bits);
}

static inline void cpumask_clear_cpu(int cpu, struct cpumask *mask)
{
	clear_bit(cpu, mask->bits);
}

static inline void __cpumask_clear_cpu(int cpu, struct cpumask *mask)
{
	__clear_bit(cpu, mask->bits);
}

static inline bool cpumask_test_cpu(int cpu, const struct cpumask *mask)
{
	return test_bit(cpu, mask->bits);
}

static inline bool cpumask_test_and_set_cpu(int cpu, struct cpumask *mask)
{
	return test_and_set_bit(cpu, mask->bits);
}

static inline bool cpumask_test_and_clear_cpu(int cpu, struct cpumask *mask)
{
	return test_and_clear_bit(cpu, mask->bits);
}

static inline void cpumask_clear(struct cpumask *mask)
{
	mask->bits[0] = 0;
}

static inline void cpumask_setall(struct cpumask *mask)
{
	mask->bits[0] = ~0UL >> (BITS_PER_LONG - nr_cpu_ids);
}

static inline void cpumask_copy(struct cpumask *dst, const struct cpumask *src)
{
	dst->bits[0] = src->bits[0];
}

/* True if the outcome has a CPU in it. */
static inline bool cpumask_and(struct cpumask *dst, const struct cpumask *a,
			       const struct cpumask *b)
{
	dst->bits[0] = a->bits[0] & b->bits[0];
	return dst->bits[0];
}

static inline bool cpumask_andnot(struct cpumask *dst, const struct cpumask *a,
				  const struct cpumask *b)
{
	dst->bits[0] = a->bits[0] & ~b->bits[0];
	return dst->bits[0];
}

static inline void cpumask_or(struct cpumask *dst, const struct cpumask *a,
			      const struct cpumask *b)
{
	dst->bits[0] = a->bits[0] | b->bits[0];
}

static inline bool cpumask_equal(const struct cpumask *a,
				 const struct cpumask *b)
{
	return a->bits[0] == b->bits[0];
}

static inline bool cpumask_subset(const struct cpumask *a,
				  const struct cpumask *b)
{
	return !(a->bits[0] & ~b->bits[0]);
}

static inline bool cpumask_intersects(const struct cpumask *a,
				      const struct cpumask *b)
{
	return a->bits[0] & b->bits[0];
}

static inline bool cpumask_empty(const struct cpumask *mask)
{
	return !mask->bits[0];
}

static inline bool cpumask_full(const struct cpumask *mask)
{
	return mask->bits[0] == ~0UL >> (BITS_PER_LONG - nr_cpu_ids);
}

static inline unsigned int cpumask_weight(const struct cpumask *mask)
{
	return hweight_long(mask->bits[0]);
}

static inline unsigned int __cpumask_lowest(unsigned long bits)
{
	return bits ? __ffs(bits) : NR_CPUS;
}

/* The bits from n + 1 up; n is -1 at least. */
static inline unsigned long __cpumask_above(int n)
{
	return n < BITS_PER_LONG - 1 ? ~0UL << (n + 1) : 0;
}

static inline unsigned int cpumask_first(const struct cpumask *mask)
{
	return __cpumask_lowest(mask->bits[0]);
}

static inline unsigned int cpumask_last(const struct cpumask *mask)
{
	return mask->bits[0] ? __fls(mask->bits[0]) : NR_CPUS;
}

static inline unsigned int cpumask_next(int n, const struct cpumask *mask)
{
	return __cpumask_lowest(mask->bits[0] & __cpumask_above(n));
}

static inline unsigned int cpumask_next_and(int n, const struct cpumask *a,
					    const struct cpumask *b)
{
	return __cpumask_lowest(a->bits[0] & b->bits[0] & __cpumask_above(n));
}

#define cpumask_first_and(a, b) cpumask_next_and(-1, (a), (b))
#define cpumask_any(mask) cpumask_first(mask)
#define cpumask_any_and(a, b) cpumask_first_and((a), (b))

/* The set of one CPU. */
extern const struct cpumask cpu_single_masks[];
#define cpumask_of(cpu) (&cpu_single_masks[cpu])

#define for_each_cpu(cpu, mask)						\
	for ((cpu) = cpumask_next(-1, (mask));				\
	     (unsigned int)(cpu) < NR_CPUS;				\
	     (cpu) = cpumask_next((cpu), (mask)))
#define for_each_cpu_and(cpu, a, b)					\
	for ((cpu) = cpumask_next_and(-1, (a), (b));			\
	     (unsigned int)(cpu) < NR_CPUS;				\
	     (cpu) = cpumask_next_and((cpu), (a), (b)))

#ifdef CONFIG_SMP
# define for_each_possible_cpu(cpu) for_each_cpu((cpu), cpu_possible_mask)
# define for_each_present_cpu(cpu) for_each_cpu((cpu), cpu_present_mask)
# define for_each_online_cpu(cpu) for_each_cpu((cpu), cpu_online_mask)
# define num_possible_cpus() cpumask_weight(cpu_possible_mask)
# define num_present_cpus() cpumask_weight(cpu_present_mask)
# define num_online_cpus() cpumask_weight(cpu_online_mask)
# define cpu_possible(cpu) cpumask_test_cpu((cpu), cpu_possible_mask)
# define cpu_present(cpu) cpumask_test_cpu((cpu), cpu_present_mask)
# define cpu_online(cpu) cpumask_test_cpu((cpu), cpu_online_mask)
#else
# define for_each_possible_cpu(cpu) for ((cpu) = 0; (cpu) < 1; (cpu)++)
# define for_each_present_cpu(cpu) for_each_possible_cpu(cpu)
# define for_each_online_cpu(cpu) for_each_possible_cpu(cpu)
# define num_possible_cpus() 1U
# define num_present_cpus() 1U
# define num_online_cpus() 1U
# define cpu_possible(cpu) ((cpu) == 0)
# define cpu_present(cpu) ((cpu) == 0)
# define cpu_online(cpu) ((cpu) == 0)
#endif

/*
 * Written by the machine's start-up code only; the caller keeps cpu below
 * NR_CPUS. set_cpu_possible() brings nr_cpu_ids with it.
 */
void set_cpu_possible(unsigned int cpu, bool possible);
void set_cpu_present(unsigned int cpu, bool present);
void set_cpu_online(unsigned int cpu, bool online);

/* As variables: few bits, so they are never allocated apart. */
typedef struct cpumask cpumask_var_t[1];

static inline bool alloc_cpumask_var(cpumask_var_t *mask, gfp_t flags)
{
	return true;
}

static inline bool zalloc_cpumask_var(cpumask_var_t *mask, gfp_t flags)
{
	cpumask_clear(*mask);
	return true;
}

static inline void free_cpumask_var(struct cpumask *mask)
{
}

#endif
