/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BOTTOM_HALF_H
#define _LINUX_BOTTOM_HALF_H

#include <linux/preempt.h>

/*
 * Between the two no softirq runs on this CPU; nests. Not in a hardirq.
 * local_bh_enable() wants interrupts on, and runs what was raised meanwhile.
 */
static __always_inline void local_bh_disable(void)
{
	__preempt_count_add(SOFTIRQ_DISABLE_OFFSET);
}

void local_bh_enable(void);

#endif
