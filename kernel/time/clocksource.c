// SPDX-License-Identifier: MIT
/*
 * clocksource.c - the counters that could tell the time; the best one does
 *
 * Differs from Linux: a clock is not watched by another one, and never taken
 * away. (kernel/time/clocksource.c)
 */
#include <linux/clocksource.h>

#include <linux/printk.h>
#include <linux/tick.h>
#include <linux/time64.h>

#include "timekeeping_internal.h"

static LIST_HEAD(clocksources); /* written at boot only */

void clocks_calc_mult_shift(u32 *mult, u32 *shift, u32 from, u32 to, u32 maxsec)
{
	u64 m;
	u32 s;

	for (s = 32; s > 0; s--) {
		m = ((u64)to << s) + from / 2;
		do_div(m, from);
		if (!(m >> 32))
			break;
	}
	if (!s)
		m = to / from;
	*mult = m;
	*shift = s;
}

/* Half of what it takes to wrap; 0 where that takes for ever. */
static u64 max_idle(const struct clocksource *cs)
{
	if (cs->mask == CLOCKSOURCE_MASK(64))
		return 0;
	return clocksource_cyc2ns(cs->mask >> 1, cs->mult, cs->shift);
}

int __clocksource_register_scale(struct clocksource *cs, u32 scale, u32 freq)
{
	clocks_calc_mult_shift(&cs->mult, &cs->shift, freq,
			       NSEC_PER_SEC / scale, 0);
	cs->max_idle_ns = max_idle(cs);
	list_add_tail(&cs->list, &clocksources);
	pr_debug("clocksource: %s: mult %u shift %u\n", cs->name, cs->mult,
		 cs->shift);
	if (cs->rating <= timekeeping_clocksource()->rating)
		return 0;
	timekeeping_set_clock(cs);
	pr_info("clocksource: %s tells the time\n", cs->name);
	tick_clock_notify();
	return 0;
}
