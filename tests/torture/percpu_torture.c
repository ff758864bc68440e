// SPDX-License-Identifier: MIT
/*
 * Per-CPU memory that is allocated, counted in and freed on all CPUs at once:
 * does each allocation stay whose it is, and does every count add up?
 */
#include <quire/torture.h>

#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/percpu_counter.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "../../mm/percpu.h"

#define HELD 24

/* One for each thread to have, and some that go from one to another. */
struct area {
	void __percpu *p;
	size_t size;
	u8 tag;
};

struct holder {
	struct area area[HELD];
	s64 added;		/* to the counter */
};

static struct percpu_counter counter;
static void __percpu *shared[16];
static atomic_t added;		/* by all, small numbers */

static size_t random_size(struct torture_thread *self)
{
	if (torture_below(self, 50) == 0)
		return 1 + torture_below(self, PCPU_UNIT_SIZE);
	return 1 + torture_below(self, torture_below(self, 8) ? 128 : 3000);
}

static u8 *copy_of(const struct area *area, unsigned int cpu)
{
	return (u8 __force *)per_cpu_ptr((u8 __percpu *)area->p, cpu);
}

static void take(struct torture_thread *self, struct area *area)
{
	gfp_t gfp = torture_below(self, 3) ? GFP_KERNEL : GFP_NOWAIT;
	unsigned int cpu;

	area->size = random_size(self);
	area->tag = torture_random(self);
	area->p = __alloc_percpu_gfp(area->size, 1 << torture_below(self, 7),
				     gfp | __GFP_NOWARN);
	if (!area->p)
		return;
	for_each_possible_cpu(cpu) {
		TORTURE_CHECK(self,
			      !memchr_inv(copy_of(area, cpu), 0, area->size));
		memset(copy_of(area, cpu), area->tag + cpu, area->size);
	}
}

static void give(struct torture_thread *self, struct area *area)
{
	unsigned int cpu;

	if (!area->p)
		return;
	for_each_possible_cpu(cpu)
		TORTURE_CHECK(self,
			      !memchr_inv(copy_of(area, cpu),
					  (u8)(area->tag + cpu), area->size));
	free_percpu(area->p);
	area->p = NULL;
}

/* A small one, that whoever comes next frees. */
static void swap_shared(void *data)
{
	struct torture_thread *self = data;
	void __percpu **slot = &shared[torture_below(self, ARRAY_SIZE(shared))];
	void __percpu *p = __alloc_percpu_gfp(12, 4, GFP_ATOMIC | __GFP_NOWARN);

	free_percpu(xchg(slot, p));
}

static void by_interrupt(struct torture_thread *self)
{
	unsigned int cpu = torture_below(self, nr_cpu_ids);

	if (cpu_online(cpu))
		smp_call_function_single(cpu, swap_shared, self, 1);
}

static void percpu_step(struct torture_thread *self)
{
	struct holder *holder = self->data;
	struct area *area = &holder->area[torture_below(self, HELD)];
	s64 amount = (s64)torture_below(self, 200) - 90;

	percpu_counter_add(&counter, amount);
	holder->added += amount;
	switch (torture_below(self, 64)) {
	case 0:
		percpu_shrink();
		break;
	case 1 ... 4:
		by_interrupt(self);
		break;
	case 5 ... 10:
		swap_shared(self);
		break;
	default:
		if (area->p)
			give(self, area);
		else
			take(self, area);
	}
}

static void percpu_end(struct torture_thread *self)
{
	struct holder *holder = self->data;
	unsigned int i;

	for (i = 0; i < HELD; i++)
		give(self, &holder->area[i]);
	for (i = 0; i < ARRAY_SIZE(shared); i++)
		free_percpu(xchg(&shared[i], NULL));
	atomic_add((int)holder->added, &added);
}

/* Do all areas keep their bytes, and the chunks their books? */
static void percpu_across_cpus(struct kunit *test)
{
	struct torture torture = {
		.step = percpu_step,
		.end = percpu_end,
		.steps = 1500,
		.per_cpu = 2,
		.unbound = true,
		.size = sizeof(struct holder),
	};

	atomic_set(&added, 0);
	KUNIT_ASSERT_EQ(test, percpu_counter_init(&counter, 0, GFP_KERNEL), 0);
	torture_run(test, &torture);
	KUNIT_EXPECT_EQ(test, percpu_counter_sum(&counter),
			(s64)atomic_read(&added));
	percpu_counter_destroy(&counter);
	KUNIT_EXPECT_NULL(test, pcpu_check());
}

static struct kunit_case cases[] = {
	KUNIT_CASE_SLOW(percpu_across_cpus),
	{}
};

static struct kunit_suite torture_percpu = {
	.name = "torture_percpu",
	.test_cases = cases,
};
kunit_test_suite(torture_percpu);
