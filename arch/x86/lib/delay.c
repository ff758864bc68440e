/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/lib/delay.c - waiting without sleeping
 *
 *	CPU with a TSC:  count cycles; how many make a millisecond is measured
 *	                 once, against counter 2 of the 8254
 *	without:         let counter 2 run down, and watch it
 *
 * Counter 2 drives the speaker, so nobody else needs it: its gate and its
 * output are bits of port 0x61, it has no interrupt, and in mode 0 its output
 * rises when the count is done [8254].
 *
 * An emulator or a hypervisor may stop the CPU while the counter runs, so a
 * measurement can only come out too long: the shortest of three is taken.
 *
 * The start of the kernel is such a wait already: when nobody needed a delay
 * before the initcalls, the counter that was started at its beginning is
 * looked at, and no time is lost with measuring.
 *
 * Differs from Linux: no loop that was calibrated for CPUs without a TSC.
 * (arch/x86/lib/delay.c, arch/x86/kernel/tsc.c)
 */
#include <linux/delay.h>

#include <asm/io.h>
#include <asm/processor.h>
#include <asm/tsc.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <quire/pit.h>

#define PIT_COUNTER2 0x42
#define PIT_CONTROL 0x43
#define CONTROL_COUNTER2_MODE0 0xB0
#define CONTROL_COUNTER2_LATCH 0x80

#define PORT_61 0x61
#define GATE2 0x01
#define SPEAKER 0x02
#define OUT2 0x20

#define TRIES 3
#define TRY_MSECS 10

/* A boot shorter than this, or than the counter, measures nothing. */
#define BOOT_COUNTS_MIN (5 * PIT_TICK_RATE / 1000)
#define BOOT_COUNTS 0xffff

static unsigned long cycles_per_msec; /* 0: not measured yet */
static cycles_t boot_cycles;          /* when the counter was started */

/* Interrupts off: a handler may want to wait too. */
static void counter2_start(unsigned long count)
{
	outb((inb(PORT_61) & ~SPEAKER) | GATE2, PORT_61);
	outb(CONTROL_COUNTER2_MODE0, PIT_CONTROL);
	outb(count & 0xff, PIT_COUNTER2);
	outb(count >> 8, PIT_COUNTER2);
}

static void counter2_wait(unsigned long usecs)
{
	/* one more, as the first tick may be cut short */
	counter2_start(usecs * (PIT_TICK_RATE / 1000 + 1) / 1000 + 1);
	while (!(inb(PORT_61) & OUT2))
		cpu_relax();
}

static unsigned long measure(void)
{
	unsigned long flags;
	cycles_t start, cycles;

	local_irq_save(flags);
	start = get_cycles();
	counter2_wait(TRY_MSECS * 1000);
	cycles = get_cycles() - start;
	local_irq_restore(flags);
	return div_u64(cycles, TRY_MSECS) + 1;
}

static void calibrate(void)
{
	unsigned long least = measure();
	unsigned int i;

	for (i = 1; i < TRIES; i++)
		least = min(least, measure());
	cycles_per_msec = least;
}

/* How far the counter came; both clocks as close together as can be. */
static u32 __init counter2_passed(cycles_t *cycles)
{
	cycles_t start, took, least = ~0ULL;
	u32 passed = 0;
	unsigned int i;

	for (i = 0; i < TRIES; i++) {
		u32 count;

		start = get_cycles();
		outb(CONTROL_COUNTER2_LATCH, PIT_CONTROL);
		took = get_cycles() - start;
		count = inb(PIT_COUNTER2);
		count |= inb(PIT_COUNTER2) << 8;
		if (took < least) {
			least = took;
			*cycles = start;
			passed = BOOT_COUNTS - count;
		}
	}
	return passed;
}

void __init tsc_calibrate_begin(void)
{
	if (!boot_cpu_has(X86_FEATURE_TSC))
		return;
	counter2_start(BOOT_COUNTS);
	boot_cycles = get_cycles();
}

unsigned long __init tsc_calibrate_end(void)
{
	unsigned long flags;
	cycles_t now = 0;
	u32 passed;

	if (!boot_cpu_has(X86_FEATURE_TSC))
		return 0;
	local_irq_save(flags);
	passed = counter2_passed(&now);
	if (!cycles_per_msec && passed >= BOOT_COUNTS_MIN &&
	    !(inb(PORT_61) & OUT2))
		cycles_per_msec = mul_u64_u32_div(now - boot_cycles,
						  PIT_TICK_RATE, passed) /
					  1000 +
				  1;
	local_irq_restore(flags);
	if (!cycles_per_msec)
		calibrate();
	return cycles_per_msec;
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
	if (!cycles_per_msec)
		calibrate();
	wait_cycles(div_u64((u64)nsecs * cycles_per_msec, 1000000) + 1);
}

void udelay(unsigned long usecs)
{
	if (boot_cpu_has(X86_FEATURE_TSC)) {
		if (!cycles_per_msec)
			calibrate();
		wait_cycles(div_u64((u64)usecs * cycles_per_msec, 1000) + 1);
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
