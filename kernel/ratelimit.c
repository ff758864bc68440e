// SPDX-License-Identifier: MIT
/*
 * ratelimit.c - how often a call site may speak
 *
 * Time is the CPU's cycle counter in units of 2^20, about a millisecond at
 * 1 GHz. A CPU that does not count gives one burst per call site.
 *
 * Differs from Linux (lib/ratelimit.c): the unit, for want of a timer tick.
 */
#include <linux/ratelimit.h>
#include <asm/tsc.h>
#include <linux/irqflags.h>
#include <linux/printk.h>

#define CYCLES_SHIFT 20

/* Starts the next interval, and says what the last one swallowed. */
static void new_interval(struct ratelimit_state *rs, unsigned long now,
			 const char *func)
{
	int missed = rs->missed;

	rs->started = true;
	rs->begin = now;
	rs->printed = 0;
	if (rs->flags & RATELIMIT_MSG_ON_RELEASE)
		return;
	rs->missed = 0;
	if (missed)
		pr_warn("%s: %d callbacks suppressed\n", func, missed);
}

int ___ratelimit(struct ratelimit_state *rs, const char *func)
{
	unsigned long flags, now = get_cycles() >> CYCLES_SHIFT;
	int speak;

	if (!rs->interval)
		return 1;

	local_irq_save(flags);
	if (!rs->started || now - rs->begin > (unsigned long)rs->interval)
		new_interval(rs, now, func);
	speak = rs->printed < rs->burst;
	if (speak)
		rs->printed++;
	else
		rs->missed++;
	local_irq_restore(flags);
	return speak;
}
