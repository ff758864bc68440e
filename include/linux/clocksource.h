/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CLOCKSOURCE_H
#define _LINUX_CLOCKSOURCE_H

#include <linux/list.h>
#include <linux/math64.h>
#include <linux/types.h>

#define CLOCKSOURCE_MASK(bits) (~0ULL >> (64 - (bits)))

/* Counts on while no tick comes. */
#define CLOCK_SOURCE_IS_CONTINUOUS 0x01
#define CLOCK_SOURCE_VALID_FOR_HRES 0x20

/*
 * A counter that tells the time. The driver fills in name, rating (the
 * highest one is used), read, mask and flags, and registers it for ever.
 */
struct clocksource {
	/* The counter; any context. Counts up, and wraps after mask. */
	u64 (*read)(struct clocksource *cs);
	u64 mask;
	u32 mult; /* ns = count * mult >> shift */
	u32 shift;
	u64 max_idle_ns; /* it must be looked at within this time */
	int rating;
	unsigned long flags;
	const char *name;
	struct list_head list;
};

/*
 * mult and shift such that (x * mult) >> shift turns counts of from Hz into
 * counts of to Hz, as exactly as 32 bits allow.
 */
void clocks_calc_mult_shift(u32 *mult, u32 *shift, u32 from, u32 to,
			    u32 maxsec);

/*
 * Adds a clock; from now on it tells the time if no other is better. Not in
 * interrupts. Returns 0.
 */
int __clocksource_register_scale(struct clocksource *cs, u32 scale, u32 freq);

static inline int clocksource_register_hz(struct clocksource *cs, u32 hz)
{
	return __clocksource_register_scale(cs, 1, hz);
}

static inline int clocksource_register_khz(struct clocksource *cs, u32 khz)
{
	return __clocksource_register_scale(cs, 1000, khz);
}

static inline s64 clocksource_cyc2ns(u64 cycles, u32 mult, u32 shift)
{
	return mul_u64_u32_shr(cycles, mult, shift);
}

/* The one that tells the time now. */
const struct clocksource *timekeeping_clocksource(void);

#endif
