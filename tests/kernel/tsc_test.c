// SPDX-License-Identifier: MIT
/* The time stamp counter: is its rate known, and is it right? */
#include <kunit/test.h>
#include <asm/tsc.h>
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/smp.h>
#include <quire/pit.h>

#include "../../arch/x86/kernel/tsc_reference.h"

#define WAIT_MSECS 5 /* so short that a busy host may leave it alone */
#define TRIES 60     /* the 8254 runs over when it does not */

struct pair {
	u64 cycles;
	u32 count;
};

static u32 __init pit_up(void)
{
	return (u16)(0xffff - pit2_read());
}

/* Both counters; of several readings the one that took least. */
static struct pair __init take(u32 (*read)(void))
{
	struct pair best = { 0, 0 };
	u64 least = ~0ULL;
	unsigned int i;

	for (i = 0; i < 20; i++) {
		u64 before = rdtsc();
		u32 count = read();
		u64 took = rdtsc() - before;

		if (took < least) {
			least = took;
			best.cycles = before + took / 2;
			best.count = count;
		}
	}
	return best;
}

/* What the TSC does in a millisecond of another counter. */
static unsigned int __init measure(const struct tsc_reference *r)
{
	unsigned long flags;
	struct pair start, end;

	local_irq_save(flags);
	start = take(r->read);
	mdelay(WAIT_MSECS);
	end = take(r->read);
	local_irq_restore(flags);
	return div_u64(mul_u64_u32_div(end.cycles - start.cycles, r->hz,
				       (end.count - start.count) & r->mask),
		       1000);
}

/* Within a hundredth, once in some tries: a host may stop the machine. */
static bool __init agrees(const struct tsc_reference *r)
{
	unsigned int i, khz = 0;

	for (i = 0; i < TRIES; i++) {
		if (r->read == pit_up)
			pit2_start(0xffff);
		khz = measure(r);
		if (abs_diff(khz, tsc_khz) < tsc_khz / 100)
			return true;
	}
	pr_err("%u kHz by the %s, %u kHz are taken\n", khz, r->name, tsc_khz);
	return false;
}

/* Is the rate known exactly where there is a TSC? */
static void __init rate_is_known(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, tsc_khz != 0, boot_cpu_has(X86_FEATURE_TSC) != 0);
	if (tsc_khz)
		KUNIT_EXPECT_EQ(test, tsc_calibrate_now(), tsc_khz);
}

/* Is it the rate that the 8254 sees? */
static void __init timer_agrees(struct kunit *test)
{
	static const struct tsc_reference pit = { "8254", pit_up, PIT_TICK_RATE,
						  0xffff };

	if (!tsc_khz)
		kunit_skip(test, "no TSC");
	KUNIT_EXPECT_TRUE(test, agrees(&pit));
}

/* And the one that ACPI's timer and the HPET see, where they are? */
static void __init references_agree(struct kunit *test)
{
	struct tsc_reference references[TSC_REFERENCES_MAX];
	unsigned int i, nr = tsc_references_find(references);

	for (i = 0; tsc_khz && i < nr; i++)
		KUNIT_EXPECT_TRUE(test, agrees(&references[i]));
	tsc_references_end();
	if (!nr)
		kunit_skip(test, "neither is here");
}

/* Does it never go back? */
static void __init never_goes_back(struct kunit *test)
{
	u64 last, now;
	unsigned int i;

	if (!tsc_khz)
		kunit_skip(test, "no TSC");
	last = rdtsc();
	for (i = 0; i < 20000; i++, last = now) {
		now = rdtsc();
		KUNIT_ASSERT_GE(test, now, last);
	}
}

static void __init read_there(void *info)
{
	*(u64 *)info = rdtsc();
}

/* Nor from one CPU to another and back? */
static void __init never_goes_back_elsewhere(struct kunit *test)
{
	u64 here, there, back;
	unsigned int i;
	int cpu;

	if (!tsc_khz)
		kunit_skip(test, "no TSC");
	for_each_online_cpu(cpu) {
		for (i = 0; i < 200; i++) {
			here = rdtsc();
			smp_call_function_single(cpu, read_there, &there, 1);
			back = rdtsc();
			KUNIT_ASSERT_GE(test, there, here);
			KUNIT_ASSERT_GE(test, back, there);
		}
	}
}

static struct kunit_case tsc_cases[] __initdata = {
	KUNIT_CASE(rate_is_known),
	KUNIT_CASE(timer_agrees),
	KUNIT_CASE(references_agree),
	KUNIT_CASE(never_goes_back),
	KUNIT_CASE(never_goes_back_elsewhere),
	{}
};

static struct kunit_suite tsc_suite __initdata = {
	.name = "tsc",
	.test_cases = tsc_cases,
};
kunit_test_init_section_suite(tsc_suite);
