// SPDX-License-Identifier: MIT
/*
 * A CPU that does not answer: is it left out, and does it come when it can?
 * While the kernel boots, and only where maxcpus= keeps a CPU for it.
 */
#include "smp_test.h"

#include <asm/apic.h>
#include <linux/errno.h>
#include <linux/init.h>

#define NOBODYS_APICID 0xee

static int __init start_as(unsigned int cpu, u8 apicid)
{
	u8 own = x86_cpu_to_apicid[cpu];
	int err;

	x86_cpu_to_apicid[cpu] = apicid;
	err = native_cpu_up(cpu);
	x86_cpu_to_apicid[cpu] = own;
	return err;
}

/* What two tries led to; a CPU that came keeps its memory. */
static struct {
	unsigned int cpu;
	int as_nobody, as_itself;
	bool online_between;
} tries __initdata;

static int __init try_both(struct kunit_suite *suite)
{
	struct cpumask missing;

	if (!cpumask_andnot(&missing, cpu_present_mask, cpu_online_mask))
		return 0;
	tries.cpu = cpumask_first(&missing);
	tries.as_nobody = start_as(tries.cpu, NOBODYS_APICID);
	tries.online_between = cpu_online(tries.cpu);
	tries.as_itself = native_cpu_up(tries.cpu);
	return 0;
}

/* Is a CPU that is not there given up, and is the next try a new one? */
static void __init absent_cpu_is_left_out(struct kunit *test)
{
	if (!tries.cpu)
		kunit_skip(test, "all CPUs run already");
	KUNIT_EXPECT_EQ(test, tries.as_nobody, -ETIMEDOUT);
	KUNIT_EXPECT_FALSE(test, tries.online_between);
	KUNIT_EXPECT_EQ(test, tries.as_itself, 0);
	KUNIT_EXPECT_TRUE(test, cpu_online(tries.cpu));
}

static struct kunit_case smp_absent_cases[] __initdata = {
	KUNIT_CASE(absent_cpu_is_left_out),
	{}
};

static struct kunit_suite smp_absent_suite __initdata = {
	.name = "smp_absent",
	.suite_init = try_both,
	.test_cases = smp_absent_cases,
};
kunit_test_init_section_suite(smp_absent_suite);
