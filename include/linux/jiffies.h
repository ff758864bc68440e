/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_JIFFIES_H
#define _LINUX_JIFFIES_H

#include <linux/limits.h>
#include <linux/math.h>
#include <linux/param.h>
#include <linux/time64.h>
#include <linux/typecheck.h>
#include <linux/types.h>

/*
 * Time in units of 1/HZ seconds. jiffies is always read from the clock, so
 * it goes on where no tick comes; a loop that waits for it ends. It starts
 * so that it wraps after five minutes: code must compare by time_after().
 *
 * Differs from Linux: jiffies is no variable.
 */
#define INITIAL_JIFFIES ((unsigned long)(unsigned int)(-300 * HZ))
#define MAX_JIFFY_OFFSET ((LONG_MAX >> 1) - 1)
#define TICK_NSEC (NSEC_PER_SEC / HZ)

#define jiffies ((unsigned long)get_jiffies_64())
u64 get_jiffies_64(void);

/* True if a is later than b; both less than half the range apart. */
#define time_after(a, b)						\
	(typecheck(unsigned long, a) && typecheck(unsigned long, b) &&	\
	 (long)((b) - (a)) < 0)
#define time_before(a, b) time_after(b, a)
#define time_after_eq(a, b)						\
	(typecheck(unsigned long, a) && typecheck(unsigned long, b) &&	\
	 (long)((a) - (b)) >= 0)
#define time_before_eq(a, b) time_after_eq(b, a)

#define time_in_range(a, b, c) (time_after_eq(a, b) && time_before_eq(a, c))
#define time_in_range_open(a, b, c) (time_after_eq(a, b) && time_before(a, c))

#define time_after64(a, b)						\
	(typecheck(u64, a) && typecheck(u64, b) && (s64)((b) - (a)) < 0)
#define time_before64(a, b) time_after64(b, a)
#define time_after_eq64(a, b)						\
	(typecheck(u64, a) && typecheck(u64, b) && (s64)((a) - (b)) >= 0)
#define time_before_eq64(a, b) time_after_eq64(b, a)

#define time_is_before_jiffies(a) time_after(jiffies, a)
#define time_is_after_jiffies(a) time_before(jiffies, a)
#define time_is_before_eq_jiffies(a) time_after_eq(jiffies, a)
#define time_is_after_eq_jiffies(a) time_before_eq(jiffies, a)

/*
 * Conversions. Into jiffies they round up, and what does not fit is
 * MAX_JIFFY_OFFSET; out of jiffies they are exact as long as the result fits.
 */
static inline unsigned long msecs_to_jiffies(const unsigned int m)
{
	if ((int)m < 0)
		return MAX_JIFFY_OFFSET;
	return m / (MSEC_PER_SEC / HZ) + (m % (MSEC_PER_SEC / HZ) != 0);
}

static inline unsigned long usecs_to_jiffies(const unsigned int u)
{
	if ((int)u < 0)
		return MAX_JIFFY_OFFSET;
	return u / (USEC_PER_SEC / HZ) + (u % (USEC_PER_SEC / HZ) != 0);
}

unsigned long nsecs_to_jiffies(u64 n); /* rounds down */
u64 nsecs_to_jiffies64(u64 n);         /* rounds down */

static inline unsigned int jiffies_to_msecs(const unsigned long j)
{
	return j * (MSEC_PER_SEC / HZ);
}

static inline unsigned int jiffies_to_usecs(const unsigned long j)
{
	return j * (USEC_PER_SEC / HZ);
}

static inline u64 jiffies64_to_nsecs(u64 j)
{
	return j * TICK_NSEC;
}

#define jiffies_to_nsecs(j) jiffies64_to_nsecs((unsigned long)(j))

static inline u64 jiffies64_to_msecs(u64 j)
{
	return j * (MSEC_PER_SEC / HZ);
}

static inline unsigned int jiffies_delta_to_msecs(long delta)
{
	return delta > 0 ? jiffies_to_msecs(delta) : 0;
}

#endif
