/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_HARDIRQ_H
#define _LINUX_HARDIRQ_H

#include <linux/preempt.h>

/*
 * The entry code of an interrupt calls these around all of its work, with
 * interrupts off. In between in_hardirq() is true.
 */
void irq_enter(void);
void irq_exit(void);

#endif
