// SPDX-License-Identifier: MIT
/*
 * arch/x86/kernel/time.c - the clocks of a PC
 *
 *	time_init()     the 8254 is a timer of the boot CPU
 *	  ...           (time stands at 0)
 *	an initcall     the TSC, as fast as tsc.c has found, is the clock,
 *	                and the timer of the boot CPU's APIC is measured by it;
 *	                a CPU without one: the 8254 ticks and is the clock
 *
 * The TSCs of all CPUs are taken to run together, as they do on every
 * machine since they have not depended on the CPU's frequency.
 *
 * Differs from Linux: no test of that, no other clock. (arch/x86/kernel/
 * time.c, tsc.c)
 */
#include <linux/timekeeping.h>

#include <asm/apic.h>
#include <asm/tsc.h>
#include <linux/clocksource.h>
#include <linux/init.h>
#include <linux/printk.h>
#include <linux/timer.h>
#include <quire/pit.h>

static u64 tsc_read(struct clocksource *cs)
{
	return rdtsc();
}

static struct clocksource tsc_clock = {
	.name = "tsc",
	.rating = 300,
	.read = tsc_read,
	.mask = CLOCKSOURCE_MASK(64),
	.flags = CLOCK_SOURCE_IS_CONTINUOUS | CLOCK_SOURCE_VALID_FOR_HRES,
};

void __init time_init(void)
{
	init_timers();
	pit_timer_init();
}

/* Before drivers ask for the time, but late: the TSC was measured since. */
static int __init clock_init(void)
{
	unsigned int khz = tsc_calibrate_end();

	if (!khz) {
		pit_clock_init();
		return 0;
	}
	pr_info("tsc: %u.%03u MHz\n", khz / 1000, khz % 1000);
	clocksource_register_khz(&tsc_clock, khz);
	setup_boot_APIC_clock();
	return 0;
}
fs_initcall(clock_init);
