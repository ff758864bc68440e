// SPDX-License-Identifier: MIT
/* Per-CPU data: is each CPU's instance its own, and changed in one step? */
#include "smp_test.h"

#include <asm/sections.h>
#include <linux/percpu.h>

#define ROUNDS 5000

static DEFINE_PER_CPU(int, born_42) = 42;
static DEFINE_PER_CPU(unsigned int, count);
static DEFINE_PER_CPU(u8, small);
static DEFINE_PER_CPU(u16, middle);
static DEFINE_PER_CPU(void *, pointer);
static DEFINE_PER_CPU_ALIGNED(char, aligned[64]);

/* Have all CPUs an instance of their own, as far apart as all others? */
static void instances_are_apart(struct kunit *test)
{
	int cpu, other;

	for_each_possible_cpu(cpu) {
		KUNIT_EXPECT_EQ(test,
				(unsigned long)per_cpu_ptr(&count, cpu) -
					(unsigned long)per_cpu_ptr(&small, cpu),
				(unsigned long)&count - (unsigned long)&small);
		for_each_possible_cpu(other)
			KUNIT_EXPECT_EQ(test, cpu == other,
					per_cpu_ptr(&count, cpu) ==
						per_cpu_ptr(&count, other));
		KUNIT_EXPECT_EQ(test,
				(unsigned long)per_cpu_ptr(&aligned, cpu) % 64,
				0);
	}
}

/* Does every instance begin with the value that its definition gives? */
static void instances_begin_alike(struct kunit *test)
{
	int cpu;

	for_each_possible_cpu(cpu)
		KUNIT_EXPECT_EQ(test, per_cpu(born_42, cpu), 42);
}

static void write_number(void *unused)
{
	this_cpu_write(count, smp_processor_id() + 100);
	this_cpu_write(small, smp_processor_id() + 1);
	this_cpu_write(middle, smp_processor_id() + 1000);
	this_cpu_write(pointer, this_cpu_ptr(&count));
}

/* Does what a CPU writes by this_cpu_ stand where per_cpu() finds it? */
static void both_ways_meet(struct kunit *test)
{
	int cpu;

	on_each_cpu(write_number, NULL, 1);
	for_each_online_cpu(cpu) {
		KUNIT_EXPECT_EQ(test, per_cpu(count, cpu), cpu + 100);
		KUNIT_EXPECT_EQ(test, per_cpu(small, cpu), cpu + 1);
		KUNIT_EXPECT_EQ(test, per_cpu(middle, cpu), cpu + 1000);
		KUNIT_EXPECT_PTR_EQ(test, per_cpu(pointer, cpu),
				    (void *)per_cpu_ptr(&count, cpu));
	}
}

static void count_up(void *unused)
{
	unsigned int i;

	for (i = 0; i < ROUNDS; i++) {
		this_cpu_inc(count);
		this_cpu_add(count, 3);
		this_cpu_dec(count);
		this_cpu_inc(small);
	}
}

/* Do all CPUs count at once, and each only on its own? */
static void counts_do_not_mix(struct kunit *test)
{
	int cpu;

	for_each_possible_cpu(cpu)
		per_cpu(count, cpu) = per_cpu(small, cpu) = 0;
	on_each_cpu(count_up, NULL, 1);
	for_each_possible_cpu(cpu) {
		bool ran = cpu_online(cpu);

		KUNIT_EXPECT_EQ(test, per_cpu(count, cpu),
				ran ? 3 * ROUNDS : 0);
		KUNIT_EXPECT_EQ(test, per_cpu(small, cpu),
				ran ? ROUNDS % 256 : 0);
	}
}

/* Do the forms that give a value give the right one? */
static void operations_with_values(struct kunit *test)
{
	preempt_disable();
	this_cpu_write(count, 10);
	KUNIT_EXPECT_EQ(test, this_cpu_add_return(count, 5), 15U);
	KUNIT_EXPECT_EQ(test, this_cpu_inc_return(count), 16U);
	KUNIT_EXPECT_EQ(test, this_cpu_dec_return(count), 15U);
	KUNIT_EXPECT_EQ(test, this_cpu_xchg(count, 20), 15U);
	KUNIT_EXPECT_EQ(test, this_cpu_cmpxchg(count, 19, 1), 20U);
	KUNIT_EXPECT_EQ(test, this_cpu_cmpxchg(count, 20, 21), 20U);
	this_cpu_or(count, 0x100);
	this_cpu_and(count, 0xff00);
	KUNIT_EXPECT_EQ(test, this_cpu_read(count), 0x100U);
	preempt_enable();
}

static noinline void one_step(void)
{
	this_cpu_inc(count);
}

/* Is an increment one instruction through %fs, and without a lock? */
static void increment_is_one_instruction(struct kunit *test)
{
	const u8 *code = (const u8 *)one_step;
	bool through_fs = false;
	unsigned int i;

	for (i = 0; i < 16 && code[i] != 0xc3; i++) {
		through_fs |= code[i] == 0x64;
		KUNIT_EXPECT_NE(test, code[i], 0xf0);
	}
	KUNIT_EXPECT_EQ(test, through_fs, IS_ENABLED(CONFIG_SMP));
}

static struct kunit_case percpu_cases[] = {
	KUNIT_CASE(instances_are_apart),
	KUNIT_CASE(instances_begin_alike),
	KUNIT_CASE(both_ways_meet),
	KUNIT_CASE(counts_do_not_mix),
	KUNIT_CASE(operations_with_values),
	KUNIT_CASE(increment_is_one_instruction),
	{}
};

static struct kunit_suite percpu_suite = {
	.name = "percpu",
	.test_cases = percpu_cases,
};
kunit_test_suite(percpu_suite);
