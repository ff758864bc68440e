/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/tsc.c - how fast the time stamp counter counts
 *
 * Both it and a counter of known rate are read when the kernel begins and
 * again when its clock is set up, so that measuring takes no time:
 *
 *	setup_arch                       clock_init
 *	|--- cycles of the TSC -------------|      rate = cycles * hz / counts
 *	|--- counts of the reference -------|
 *
 * The reference is the HPET or ACPI's timer. The 24 bits of the latter last
 * for 4.7 s, so that alone it is asked twice. The 8254, whose 16 bits last for
 * 55 ms only, checks them while it can, and stands in where neither is. If it
 * has run over by then, or if someone wants a delay right away, it is started
 * again and waited for, three times: as an emulator or a hypervisor may stop
 * the CPU while the counter runs, a measurement can only come out too long,
 * and the shortest is taken.
 *
 * Under -icount all of them follow the count of instructions: the result is
 * the same in each run.
 *
 * (arch/x86/kernel/tsc.c)
 */
#include <asm/tsc.h>

#include "tsc_reference.h"

#include <asm/processor.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/printk.h>
#include <quire/pit.h>

#define TRIES 3
#define TRY_COUNTS (10 * PIT_TICK_RATE / 1000)
#define PIT_COUNTS 0xffff
/* Shorter than 5 ms tells too little. */
#define MIN_MSECS 5
/* Two references that differ by more than 1/64 are not both right. */
#define AGREE_SHIFT 6

/* The TSC and another counter, read at the same time. */
struct sample {
	u64 cycles;
	u32 count;
};

unsigned int tsc_khz;

static struct tsc_reference references[TSC_REFERENCES_MAX] __initdata;
static struct sample started[TSC_REFERENCES_MAX] __initdata;
static unsigned int nr_references __initdata;
static struct sample pit_started;

static u32 pit_passed(void)
{
	return (u16)(PIT_COUNTS - pit2_read());
}

/* The two as close together as can be. Interrupts off. */
static struct sample take(u32 (*read)(void))
{
	u64 before, took, least = ~0ULL;
	struct sample best = { 0, 0 };
	unsigned int i;
	u32 count;

	for (i = 0; i < TRIES; i++) {
		before = rdtsc();
		count = read();
		took = rdtsc() - before;
		if (took < least) {
			least = took;
			best.cycles = before + took / 2;
			best.count = count;
		}
	}
	return best;
}

/* Rounded up, so that delays are never too short. 0: it was too little. */
static unsigned int rate(const struct sample *start, const struct sample *end,
			 u32 hz, u32 mask)
{
	u32 counts = (end->count - start->count) & mask;

	if (counts < hz / 1000 * MIN_MSECS)
		return 0;
	return div_u64(mul_u64_u32_div(end->cycles - start->cycles, hz, counts),
		       1000) +
	       1;
}

/* The 8254 from its start to now, or to the shortest time; 0: it ran over. */
static unsigned int pit_rate(void)
{
	unsigned int khz = 0;

	while (!khz && !pit2_done()) {
		struct sample end = take(pit_passed);

		khz = rate(&pit_started, &end, PIT_TICK_RATE, PIT_COUNTS);
	}
	return pit2_done() ? 0 : khz;
}

static unsigned int pit_rate_waiting(void)
{
	unsigned int i, least = ~0U;

	for (i = 0; i < TRIES; i++) {
		u64 start = rdtsc(), cycles;

		pit2_start(TRY_COUNTS);
		while (!pit2_done())
			cpu_relax();
		cycles = rdtsc() - start;
		least = min_t(u64, least,
			      div_u64(mul_u64_u32_div(cycles, PIT_TICK_RATE,
						      TRY_COUNTS),
				      1000) +
				      1);
	}
	return least;
}

void __init tsc_calibrate_begin(void)
{
	unsigned int i;

	if (!boot_cpu_has(X86_FEATURE_TSC))
		return;
	pit2_start(PIT_COUNTS);
	pit_started = take(pit_passed);
	nr_references = tsc_references_find(references);
	for (i = 0; i < nr_references; i++)
		started[i] = take(references[i].read);
}

static bool __init differ(unsigned int a, unsigned int b)
{
	return abs_diff(a, b) > max(a, b) >> AGREE_SHIFT;
}

/*
 * Two rates that should be the same: the first, or if they are not, the lower
 * one, as a counter that has run over makes the TSC look too fast.
 */
static unsigned int __init choose(unsigned int khz, unsigned int other,
				  const char *name)
{
	if (!khz || !other)
		return khz ? khz : other;
	if (!differ(khz, other))
		return khz;
	pr_warn("tsc: %u kHz, but %u kHz by the %s\n", khz, other, name);
	return min(khz, other);
}

/* For a few milliseconds, in which no counter runs over. */
static unsigned int __init rate_waiting(const struct tsc_reference *r)
{
	struct sample start = take(r->read), end;
	unsigned int khz;

	do {
		end = take(r->read);
		khz = rate(&start, &end, r->hz, r->mask);
	} while (!khz);
	return khz;
}

/* By the references, the first of which is the best; 0 if there is none. */
static unsigned int __init reference_rate(unsigned int pit_khz)
{
	unsigned int i, khz = 0;
	bool sure = pit_khz; /* one of them has not run over */

	for (i = 0; i < nr_references; i++) {
		const struct tsc_reference *r = &references[i];
		struct sample end = take(r->read);
		unsigned int this = rate(&started[i], &end, r->hz, r->mask);
		bool wide = r->mask == 0xffffffff;

		/* one that may have run over proves nothing against another */
		if (wide || !sure || this < khz)
			khz = choose(khz, this, r->name);
		sure |= wide;
	}
	if (khz && !sure)
		khz = choose(khz, rate_waiting(&references[0]), "same");
	return khz;
}

unsigned int __init tsc_calibrate_end(void)
{
	unsigned long flags;
	unsigned int pit_khz, khz;

	if (!boot_cpu_has(X86_FEATURE_TSC))
		return 0;
	local_irq_save(flags);
	pit_khz = tsc_khz ? 0 : pit_rate();
	khz = choose(reference_rate(pit_khz), pit_khz, "8254");
	if (khz)
		tsc_khz = khz;
	local_irq_restore(flags);
	tsc_references_end();
	return tsc_calibrate_now();
}

unsigned int tsc_calibrate_now(void)
{
	unsigned long flags;

	if (tsc_khz)
		return tsc_khz;
	local_irq_save(flags);
	tsc_khz = pit_rate_waiting();
	local_irq_restore(flags);
	return tsc_khz;
}
