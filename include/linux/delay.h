/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DELAY_H
#define _LINUX_DELAY_H

#include <linux/types.h>

/*
 * Wait at least so long, without sleeping. Any context; the first use finds
 * out how fast the CPU counts, which takes some 30 ms unless boot did.
 */
void ndelay(unsigned long nsecs);
void udelay(unsigned long usecs);
void mdelay(unsigned long msecs);

/*
 * Sleep at least so long, to the next jiffy (10 ms) and one more. May sleep.
 * As nothing interrupts a sleep here, the second form returns 0.
 */
void msleep(unsigned int msecs);
unsigned long msleep_interruptible(unsigned int msecs);

static inline void ssleep(unsigned int seconds)
{
	msleep(seconds * 1000);
}

/* At least min, and if may be at most max, microseconds. May sleep. */
void usleep_range(unsigned long min, unsigned long max);

/* Whichever of these suits. May sleep. */
static inline void fsleep(unsigned long usecs)
{
	if (usecs <= 10)
		udelay(usecs);
	else if (usecs <= 20000)
		usleep_range(usecs, 2 * usecs);
	else
		msleep((usecs + 999) / 1000);
}

#endif
