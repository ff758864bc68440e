/* SPDX-License-Identifier: MIT */
#ifndef _QUIRE_PIT_H
#define _QUIRE_PIT_H

#include <linux/types.h>

/*
 * Counter 0 of the 8254, which counts down PIT_TICK_RATE times a second and
 * drives interrupt line PIT_IRQ. Whoever requested the line owns the counter
 * and calls these; interrupts off, or no other user.
 */
#define PIT_TICK_RATE 1193182UL
#define PIT_IRQ 0

/* One interrupt when count has run down to 0; 0 stands for 65536. */
void pit_start_oneshot(u16 count);

/* An interrupt each count, 2 at least; 0 stands for 65536. */
void pit_start_periodic(u16 count);

/* What is left of the count. */
u16 pit_read(void);

#endif
