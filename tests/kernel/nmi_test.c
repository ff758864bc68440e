// SPDX-License-Identifier: MIT
/* NMIs from CPU to CPU: does a CPU that has interrupts off say where it is? */
#include "smp_test.h"

#include <asm/apic.h>
#include <linux/nmi.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <quire/capture.h>

static atomic_t inside, gate;

static noinline void spin_with_irqs_off(void *unused)
{
	atomic_inc(&inside);
	spin_until(&gate, 1);
	atomic_dec(&inside);
}

static void need_nmi(struct kunit *test)
{
	if (!apic_is_on())
		kunit_skip(test, "an APIC is needed to send NMIs");
}

/* Do all CPUs print, each its own number, once? */
static void all_cpus_print(struct kunit *test)
{
	char words[40];
	const char *text, *at;
	int cpu;

	need_nmi(test);
	capture_begin();
	KUNIT_EXPECT_TRUE(test, trigger_all_cpu_backtrace());
	text = capture_end();
	for_each_online_cpu(cpu) {
		snprintf(words, sizeof(words), "NMI backtrace for cpu %d%s",
			 cpu, cpu == raw_smp_processor_id() ? ":" : "\n");
		at = strstr(text, words);
		KUNIT_EXPECT_NOT_NULL_MSG(test, at, "no %s", words);
		if (at)
			KUNIT_EXPECT_NULL(test, strstr(at + 1, words));
	}
}

/* Is the function named that a CPU with interrupts off is in? */
static void busy_cpu_is_named(struct kunit *test)
{
	unsigned long before;
	const char *text;
	int cpu;

	need_cpus(test, 2);
	atomic_set(&gate, 0);
	atomic_set(&inside, 0);
	preempt_disable();
	cpu = other_cpu();
	smp_call_function_single(cpu, spin_with_irqs_off, NULL, 0);
	KUNIT_EXPECT_TRUE(test, spin_until(&inside, 1));
	before = nmi_count_cpu(cpu);
	capture_begin();
	trigger_single_cpu_backtrace(cpu);
	text = capture_end();
	atomic_set(&gate, 1);
	KUNIT_EXPECT_TRUE(test, spin_until(&inside, 0));
	preempt_enable();
	KUNIT_EXPECT_EQ(test, nmi_count_cpu(cpu), before + 1);
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, "spin_"), "%s", text);
}

/* Is an NMI that nobody here has sent told, and survived? */
static void stray_nmi_is_told(struct kunit *test)
{
	const char *text;

	need_nmi(test);
	preempt_disable();
	capture_begin();
	apic_send_IPI_self(NMI_VECTOR);
	text = capture_end();
	preempt_enable();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "NMI at"));
}

/* Does a wait that is short enough not count as a hang, and a long one? */
static void hang_watch_counts_time(struct kunit *test)
{
	struct hang_watch watch = { 0 };
	unsigned int old = watchdog_thresh;
	unsigned long rounds;
	u64 start;
	bool early = false, late = false;

	for (rounds = 0; rounds < 20000; rounds++)
		early |= hang_watch_expired(&watch);
	KUNIT_EXPECT_FALSE(test, early);
	watchdog_thresh = 1;
	start = ktime_get_ns() - NSEC_PER_SEC + 50 * NSEC_PER_MSEC;
	watch.since = start;
	for (rounds = 0; rounds < 1UL << 30 && !late; rounds++)
		late = hang_watch_expired(&watch);
	watchdog_thresh = old;
	KUNIT_EXPECT_TRUE(test, late);
	KUNIT_EXPECT_GE(test, ktime_get_ns() - start, (u64)NSEC_PER_SEC);
}

static struct kunit_case nmi_cases[] = {
	KUNIT_CASE(all_cpus_print),
	KUNIT_CASE(busy_cpu_is_named),
	KUNIT_CASE(stray_nmi_is_told),
	KUNIT_CASE_SLOW(hang_watch_counts_time),
	{}
};

static struct kunit_suite nmi_suite = {
	.name = "nmi",
	.test_cases = nmi_cases,
};
kunit_test_suite(nmi_suite);
