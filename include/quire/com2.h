/* SPDX-License-Identifier: MIT */
/* The second serial port, for what no person reads. */
#ifndef _QUIRE_COM2_H
#define _QUIRE_COM2_H

#include <linux/types.h>

/* Sets COM2 to 115200 8N1. False if nothing answers there. */
bool com2_init(void);

/* Sends the bytes by polling, as they are. Any context; one caller. */
void com2_write(const void *data, unsigned int size);

#endif
