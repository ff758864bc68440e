/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KTIME_H
#define _LINUX_KTIME_H

#include <linux/math64.h>
#include <linux/time64.h>
#include <linux/types.h>

/*
 * A moment or a span of time, in nanoseconds. Nothing here reads a clock
 * (<linux/timekeeping.h> does), any context may call all of it.
 */
typedef s64 ktime_t;

#define KTIME_MAX ((s64)~((u64)1 << 63))
#define KTIME_MIN (-KTIME_MAX - 1)
#define KTIME_SEC_MAX (KTIME_MAX / NSEC_PER_SEC)

static inline ktime_t ktime_set(s64 secs, unsigned long nsecs)
{
	if (secs >= KTIME_SEC_MAX)
		return KTIME_MAX;
	return secs * NSEC_PER_SEC + (s64)nsecs;
}

#define ktime_add(lhs, rhs) ((lhs) + (rhs))
#define ktime_sub(lhs, rhs) ((lhs) - (rhs))
#define ktime_add_ns(kt, nsval) ((kt) + (nsval))
#define ktime_sub_ns(kt, nsval) ((kt) - (nsval))

/* KTIME_MAX where the sum would be beyond it. */
static inline ktime_t ktime_add_safe(ktime_t lhs, ktime_t rhs)
{
	ktime_t sum = (ktime_t)((u64)lhs + (u64)rhs);

	return sum < 0 || sum < lhs || sum < rhs ? KTIME_MAX : sum;
}

static inline ktime_t ns_to_ktime(u64 ns)
{
	return ns;
}

static inline ktime_t us_to_ktime(u64 us)
{
	return us * NSEC_PER_USEC;
}

static inline ktime_t ms_to_ktime(u64 ms)
{
	return ms * NSEC_PER_MSEC;
}

static inline s64 ktime_to_ns(ktime_t kt)
{
	return kt;
}

/* Rounds towards 0. */
static inline s64 ktime_divns(ktime_t kt, s64 div)
{
	return div64_s64(kt, div);
}

static inline s64 ktime_to_us(ktime_t kt)
{
	return div_s64(kt, NSEC_PER_USEC);
}

static inline s64 ktime_to_ms(ktime_t kt)
{
	return div_s64(kt, NSEC_PER_MSEC);
}

static inline s64 ktime_us_delta(ktime_t later, ktime_t earlier)
{
	return ktime_to_us(ktime_sub(later, earlier));
}

static inline s64 ktime_ms_delta(ktime_t later, ktime_t earlier)
{
	return ktime_to_ms(ktime_sub(later, earlier));
}

static inline ktime_t ktime_add_us(ktime_t kt, u64 us)
{
	return ktime_add_ns(kt, us * NSEC_PER_USEC);
}

static inline ktime_t ktime_sub_us(ktime_t kt, u64 us)
{
	return ktime_sub_ns(kt, us * NSEC_PER_USEC);
}

static inline ktime_t ktime_add_ms(ktime_t kt, u64 ms)
{
	return ktime_add_ns(kt, ms * NSEC_PER_MSEC);
}

static inline ktime_t ktime_sub_ms(ktime_t kt, u64 ms)
{
	return ktime_sub_ns(kt, ms * NSEC_PER_MSEC);
}

/* Below, at or above 0 as a is before, at or after b. */
static inline int ktime_compare(ktime_t a, ktime_t b)
{
	return (a > b) - (a < b);
}

static inline bool ktime_after(ktime_t a, ktime_t b)
{
	return a > b;
}

static inline bool ktime_before(ktime_t a, ktime_t b)
{
	return a < b;
}

static inline ktime_t timespec64_to_ktime(struct timespec64 ts)
{
	return ktime_set(ts.tv_sec, ts.tv_nsec);
}

static inline struct timespec64 ns_to_timespec64(s64 ns)
{
	struct timespec64 ts;
	s32 rest;

	ts.tv_sec = div_s64_rem(ns, NSEC_PER_SEC, &rest);
	if (rest < 0) {
		ts.tv_sec--;
		rest += NSEC_PER_SEC;
	}
	ts.tv_nsec = rest;
	return ts;
}

#define ktime_to_timespec64(kt) ns_to_timespec64(kt)

#endif
