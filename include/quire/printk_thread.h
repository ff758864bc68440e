/* SPDX-License-Identifier: MIT */
#ifndef _QUIRE_PRINTK_THREAD_H
#define _QUIRE_PRINTK_THREAD_H

/*
 * Between the two printk() writes to the consoles itself, after what was
 * still pending; else a thread does. Nests; any context. Boot begins with
 * printing direct, and ends that before the console.
 */
void printk_direct_begin(void);
void printk_direct_end(void);

/* Printing is direct for good, and all that is pending written. Any context. */
void printk_direct_forever(void);

/* For tests: how often the thread has written something. */
unsigned long printk_thread_writes(void);

#endif
