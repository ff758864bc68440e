/* SPDX-License-Identifier: MIT */
#ifndef _QUIRE_SERIAL_H
#define _QUIRE_SERIAL_H

/* Finds COM1, sets it to 115200 8N1 and registers it as a console. */
void serial_init(void);

/*
 * The next byte that came in, or -EAGAIN at once. Any context; with
 * interrupts off, as in a crash, the port itself is asked too.
 */
int serial_getc(void);

/* The next byte; the CPU halts until it comes. Interrupts on. */
int serial_wait(void);

#endif
