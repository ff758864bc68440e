/* SPDX-License-Identifier: MIT */
/*
 * How often the kernel has reported something wrong. Every WARN(), bad page
 * or slab report goes through add_taint(), which counts it here.
 */
#ifndef _QUIRE_REPORT_H
#define _QUIRE_REPORT_H

/* Reports since boot, expected ones included. */
unsigned long report_count(void);

/* Reports since boot that no capture took as expected. */
unsigned long report_unexpected_count(void);

/* Declares n of the reports made so far as expected. */
void report_expect(unsigned long n);

#endif
