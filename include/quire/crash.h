/* SPDX-License-Identifier: MIT */
/* Breaking the kernel on purpose, to see what it says. */
#ifndef _QUIRE_CRASH_H
#define _QUIRE_CRASH_H

/*
 * how: "stack" (overflow), "null", "bug", "ud" (no such instruction), "div",
 * "nofail" (__GFP_NOFAIL with nothing left), "panic", "hang", or "warn", which
 * returns 0. -EINVAL for any other word.
 */
int crash(const char *how);

/* Does what "crash=" of the command line asks for. */
void crash_from_command_line(void);

#endif
