/* SPDX-License-Identifier: MIT */
/* Between the files that bring the kernel up. */
#ifndef _KERNEL_START_H
#define _KERNEL_START_H

/* Early initcalls, then the levels 0 .. 7. Interrupts on. */
void do_pre_smp_initcalls(void);
void do_initcalls(void);

/*
 * The words of the command line for which early_param() has a handler; then,
 * later, all others: __setup(), module_param(), or a notice.
 */
void parse_early_param(const char *cmdline);
void parse_params(const char *cmdline);

#endif
