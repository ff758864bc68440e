// SPDX-License-Identifier: MIT
/*
 * jiffies.c - the conversions that need a division
 *
 * (kernel/time/time.c)
 */
#include <linux/jiffies.h>

#include <linux/math64.h>

u64 nsecs_to_jiffies64(u64 n)
{
	return div_u64(n, TICK_NSEC);
}

unsigned long nsecs_to_jiffies(u64 n)
{
	return nsecs_to_jiffies64(n);
}
