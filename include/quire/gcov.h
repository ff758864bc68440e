/* SPDX-License-Identifier: MIT */
/* Which lines ran: the counters of a kernel built with GCOV=1. */
#ifndef _QUIRE_GCOV_H
#define _QUIRE_GCOV_H

#include <linux/kconfig.h>

#ifdef CONFIG_GCOV
/*
 * Stops the other CPUs and sends all counters over the second serial port,
 * once: later calls do nothing. As the last deed before the machine stops;
 * any context, a crash included. Leaves interrupts off.
 */
void gcov_dump(void);
#else
static inline void gcov_dump(void)
{
}
#endif

#endif
