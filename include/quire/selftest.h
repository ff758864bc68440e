/* SPDX-License-Identifier: MIT */
#ifndef _QUIRE_SELFTEST_H
#define _QUIRE_SELFTEST_H

/*
 * Does what the words "test" and "bench=GLOB" of the command line ask for,
 * then powers off: 0x10 when all passed, 0x11 when something failed. Returns
 * when neither word is given. May sleep; once booted.
 */
void selftest_from_command_line(void);

/* The part of "test" that needs boot-only memory. Before that is freed. */
void selftest_before_initmem(void);

#endif
