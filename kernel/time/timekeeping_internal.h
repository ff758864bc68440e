/* SPDX-License-Identifier: MIT */
/* Between the files of kernel/time/. */
#ifndef _KERNEL_TIME_TIMEKEEPING_INTERNAL_H
#define _KERNEL_TIME_TIMEKEEPING_INTERNAL_H

#include <linux/ktime.h>

struct clocksource;

/* Time is told by cs from now on. */
void timekeeping_set_clock(struct clocksource *cs);

/* The clock must be looked at within so many ns; 0: it never wraps. */
u64 timekeeping_max_idle(void);

/* Looks at the clock, so that its counter may wrap. */
void timekeeping_accumulate(void);

/* The moment at which jiffies becomes j. */
ktime_t jiffies_to_ktime(unsigned long j);

#endif
