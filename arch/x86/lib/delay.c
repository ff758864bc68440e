/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/lib/delay.c - waiting without sleeping
 *
 *	CPU with a TSC:  count cycles; tsc_khz of them are a millisecond
 *	without:         let counter 2 of the 8254 run down, and watch it
 *
 * Differs from Linux: no loop that was calibrated for CPUs without a TSC.
 * (arch/x86/lib/delay.c)
 */
#include <linux/delay.h>

#include <asm/processor.h>
#include <asm/tsc.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <quire/pit.h>

static void counter2_wait(unsigned long usecs)
{
	/* one more, as the first tick may be cut short */
	pit2_start(usecs * (PIT_TICK_RATE / 1000 + 1) / 1000 + 1);
	while (!pit2_done())
		cpu_relax();
}

static void wait_cycles(u64 cycles)
{
	cycles_t start = get_cycles();

	while (get_cycles() - start < cycles)
		cpu_relax();
}

/* At most a millisecond. */
static void wait_counter2(unsigned long usecs)
{
	unsigned long flags;

	local_irq_save(flags);
	counter2_wait(usecs);
	local_irq_restore(flags);
}

void ndelay(unsigned long nsecs)
{
	if (!boot_cpu_has(X86_FEATURE_TSC)) {
		udelay(DIV_ROUND_UP(nsecs, 1000));
		return;
	}
	wait_cycles(div_u64((u64)nsecs * tsc_calibrate_now(), 1000000) + 1);
}

void udelay(unsigned long usecs)
{
	if (boot_cpu_has(X86_FEATURE_TSC)) {
		wait_cycles(div_u64((u64)usecs * tsc_calibrate_now(), 1000) +
			    1);
		return;
	}
	for (; usecs > 1000; usecs -= 1000)
		wait_counter2(1000);
	wait_counter2(usecs);
}

void mdelay(unsigned long msecs)
{
	while (msecs--)
		udelay(1000);
}
