// SPDX-License-Identifier: MIT
/* Calls to other CPUs: do they arrive, and are they waited for? */
#include "smp_test.h"

#include <asm/hw_irq.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/string.h>
#include <quire/capture.h>

#define ROUNDS 200

static struct cpumask ran;
static atomic_t runs, wrong;

static void note(void *info)
{
	cpumask_set_cpu(smp_processor_id(), &ran);
	atomic_inc(&runs);
	if (!irqs_disabled() || info != &ran)
		atomic_inc(&wrong);
}

static int reset(struct kunit *test)
{
	cpumask_clear(&ran);
	atomic_set(&runs, 0);
	atomic_set(&wrong, 0);
	return 0;
}

/* Does each CPU run what it is asked to, before the caller goes on? */
static void single_runs_there(struct kunit *test)
{
	int cpu;

	for_each_online_cpu(cpu) {
		cpumask_clear(&ran);
		KUNIT_EXPECT_EQ(test,
				smp_call_function_single(cpu, note, &ran, 1),
				0);
		KUNIT_EXPECT_TRUE(test, cpumask_equal(&ran, cpumask_of(cpu)));
	}
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), num_online_cpus());
	KUNIT_EXPECT_EQ(test, atomic_read(&wrong), 0);
}

/* Is a CPU that does not run refused? */
static void single_refuses_absent(struct kunit *test)
{
	int cpu = cpumask_last(cpu_possible_mask) + 1;

	if (!IS_ENABLED(CONFIG_SMP))
		kunit_skip(test, "there is one CPU to ask");
	KUNIT_EXPECT_EQ(test, smp_call_function_single(cpu, note, &ran, 1),
			-ENXIO);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
}

/* Do all others run it, and the caller not? */
static void many_leaves_out_self(struct kunit *test)
{
	struct cpumask others;

	preempt_disable();
	cpumask_andnot(&others, cpu_online_mask,
		       cpumask_of(smp_processor_id()));
	smp_call_function_many(cpu_online_mask, note, &ran, true);
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&ran, &others));
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), num_online_cpus() - 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&wrong), 0);
}

static bool is_odd(int cpu, void *info)
{
	return cpu & 1;
}

/* Do the forms with a set and with a condition choose right? */
static void chosen_ones_run(struct kunit *test)
{
	int cpu;

	on_each_cpu(note, &ran, 1);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&ran, cpu_online_mask));
	for_each_online_cpu(cpu) {
		cpumask_clear(&ran);
		on_each_cpu_mask(cpumask_of(cpu), note, &ran, true);
		KUNIT_EXPECT_TRUE(test, cpumask_equal(&ran, cpumask_of(cpu)));
	}
	cpumask_clear(&ran);
	on_each_cpu_cond(is_odd, note, &ran, true);
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, cpumask_test_cpu(cpu, &ran), cpu & 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&wrong), 0);
}

/* Are calls that nobody waits for all made? */
static void unwaited_calls_are_made(struct kunit *test)
{
	unsigned int round;

	need_cpus(test, 2);
	for (round = 0; round < ROUNDS; round++)
		smp_call_function(note, &ran, 0);
	KUNIT_EXPECT_TRUE(test,
			  spin_until(&runs, ROUNDS * (num_online_cpus() - 1)));
	KUNIT_EXPECT_EQ(test, atomic_read(&wrong), 0);
}

static atomic_t gate;

static void wait_at_gate(void *unused)
{
	spin_until(&gate, 1);
	atomic_inc(&runs);
}

/* Is a request that is still under way not taken for another one? */
static void busy_request_is_refused(struct kunit *test)
{
	static call_single_data_t first, second;
	int cpu;

	need_cpus(test, 2);
	atomic_set(&gate, 0);
	INIT_CSD(&first, wait_at_gate, NULL);
	INIT_CSD(&second, note, &ran);
	preempt_disable();
	cpu = other_cpu();
	KUNIT_EXPECT_EQ(test, smp_call_function_single_async(cpu, &first), 0);
	KUNIT_EXPECT_EQ(test, smp_call_function_single_async(cpu, &second), 0);
	/* behind the first, which is at the gate */
	KUNIT_EXPECT_EQ(test, smp_call_function_single_async(cpu, &second),
			-EBUSY);
	atomic_set(&gate, 1);
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, spin_until(&runs, 2));
}

static atomic_t answers;

static void answer(void *unused)
{
	atomic_inc(&answers);
}

/* Are many requests in a row each done when the call returns? */
static void answer_is_waited_for(struct kunit *test)
{
	unsigned int round, late = 0;

	need_cpus(test, 2);
	atomic_set(&answers, 0);
	preempt_disable();
	for (round = 1; round <= ROUNDS; round++) {
		smp_call_function_many(cpu_online_mask, answer, NULL, true);
		late += atomic_read(&answers) !=
			round * (num_online_cpus() - 1);
	}
	preempt_enable();
	KUNIT_EXPECT_EQ(test, late, 0);
}

/* Is waiting for others with interrupts off reported, as a deadlock's half? */
static void waiting_with_irqs_off_is_told(struct kunit *test)
{
	unsigned long flags;
	const char *text;

	need_cpus(test, 2);
	capture_begin();
	local_irq_save(flags);
	smp_call_function(note, &ran, 1);
	local_irq_restore(flags);
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "waiting for other CPUs"));
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), num_online_cpus() - 1);
}

/* Does an order to reschedule arrive? */
static void reschedule_arrives(struct kunit *test)
{
	unsigned long before, rounds = 0;
	int cpu;

	need_cpus(test, 2);
	preempt_disable();
	cpu = other_cpu();
	before = system_vector_count(RESCHEDULE_VECTOR, cpu);
	smp_send_reschedule(cpu);
	while (system_vector_count(RESCHEDULE_VECTOR, cpu) == before &&
	       rounds++ < 1UL << 30)
		cpu_relax();
	preempt_enable();
	KUNIT_EXPECT_GT(test, system_vector_count(RESCHEDULE_VECTOR, cpu),
			before);
}

static struct kunit_case ipi_cases[] = {
	KUNIT_CASE(single_runs_there),
	KUNIT_CASE(single_refuses_absent),
	KUNIT_CASE(many_leaves_out_self),
	KUNIT_CASE(chosen_ones_run),
	KUNIT_CASE(unwaited_calls_are_made),
	KUNIT_CASE(busy_request_is_refused),
	KUNIT_CASE(answer_is_waited_for),
	KUNIT_CASE(waiting_with_irqs_off_is_told),
	KUNIT_CASE(reschedule_arrives),
	{}
};

static struct kunit_suite ipi_suite = {
	.name = "ipi",
	.init = reset,
	.test_cases = ipi_cases,
};
kunit_test_suite(ipi_suite);
