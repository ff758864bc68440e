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
 * Differs from Linux: no loop that was calibrated for CPUs without a TSC.
 * (arch/x86/lib/delay.c, arch/x86/kernel/tsc.c)
 */
#include <linux/delay.h>

#include <asm/io.h>
#include <asm/processor.h>
#include <asm/tsc.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <quire/pit.h>

#define PIT_COUNTER2 0x42
#define PIT_CONTROL 0x43
#define CONTROL_COUNTER2_MODE0 0xB0

#define PORT_61 0x61
#define GATE2 0x01
#define SPEAKER 0x02
#define OUT2 0x20

#define TRIES 3
#define TRY_MSECS 10

static unsigned long cycles_per_msec; /* 0: not measured yet */

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
