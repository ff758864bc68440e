/* SPDX-License-Identifier: MIT */
/* Stopping the machine. None of these returns. Any context. */
#ifndef _LINUX_REBOOT_H
#define _LINUX_REBOOT_H

#include <linux/compiler.h>

/*
 * Switches off with a status for the emulator (which ends with status << 1 |
 * 1 where isa-debug-exit listens), else by any way the machine has, else
 * halts with a message.
 */
void __noreturn machine_power_off_status(int status);

#define EXIT_PASSED 0x10	/* all tests passed, or an ordinary end */
#define EXIT_FAILED 0x11	/* a test failed */
#define EXIT_PANIC 0x12

void __noreturn machine_power_off(void);
void __noreturn machine_restart(char *command);
void __noreturn machine_halt(void);

#endif
