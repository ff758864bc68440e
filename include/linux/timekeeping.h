/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TIMEKEEPING_H
#define _LINUX_TIMEKEEPING_H

#include <linux/ktime.h>
#include <linux/types.h>

/*
 * Time since boot. It never goes back, and is the same on all CPUs. Any
 * context; lock free. 0 until the first clock is there (kernel/time/).
 *
 * The machine is never suspended and nobody sets the clock, so Linux's
 * monotonic, raw and boot time are one.
 */
ktime_t ktime_get(void);

static inline u64 ktime_get_ns(void)
{
	return ktime_to_ns(ktime_get());
}

#define ktime_get_raw() ktime_get()
#define ktime_get_raw_ns() ktime_get_ns()
#define ktime_get_boottime() ktime_get()
#define ktime_get_boottime_ns() ktime_get_ns()
#define ktime_get_mono_fast_ns() ktime_get_ns()

static inline time64_t ktime_get_seconds(void)
{
	return div_u64(ktime_get_ns(), NSEC_PER_SEC);
}

static inline void ktime_get_ts64(struct timespec64 *ts)
{
	*ts = ktime_to_timespec64(ktime_get());
}

#define ktime_get_boottime_seconds() ktime_get_seconds()
#define ktime_get_boottime_ts64(ts) ktime_get_ts64(ts)

/* The clocks and the tick, at boot, before interrupts are on. */
void time_init(void);

#endif
