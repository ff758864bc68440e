/* SPDX-License-Identifier: MIT */
#ifndef _QUIRE_PIT_H
#define _QUIRE_PIT_H

#include <linux/irqreturn.h>
#include <linux/types.h>

/*
 * Counter 0 of the 8254, which counts down PIT_TICK_RATE times a second and
 * drives interrupt line PIT_IRQ. These are for its owner: the driver in
 * drivers/clocksource/pit_timer.c, or who borrowed it. Interrupts off, or no
 * other user.
 */
#define PIT_TICK_RATE 1193182UL
#define PIT_IRQ 0

/* One interrupt when count has run down to 0; 0 stands for 65536. */
void pit_start_oneshot(u16 count);

/* An interrupt each count, 2 at least; 0 stands for 65536. */
void pit_start_periodic(u16 count);

/* What is left of the count. */
u16 pit_read(void);

/*
 * Counter 2, which drives the speaker and has no interrupt: runs down once
 * from count; what is left; has it reached 0? Any context, interrupts off.
 */
void pit2_start(u16 count);
u16 pit2_read(void);
bool pit2_done(void);

/*
 * Between these the counter belongs to the caller, and its interrupts go to
 * handler(PIT_IRQ, dev); timers that would need it wait. Returns 0, or
 * -EBUSY where it tells the time and cannot be lent. May sleep.
 */
int pit_borrow(irqreturn_t (*handler)(int irq, void *dev), const char *name,
	       void *dev);
void pit_return(void *dev);

/* At boot: the counter as a device for timers; as a clock if there is none. */
void pit_timer_init(void);
void pit_clock_init(void);

#endif
