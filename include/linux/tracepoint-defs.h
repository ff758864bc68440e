/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TRACEPOINT_DEFS_H
#define _LINUX_TRACEPOINT_DEFS_H

#include <linux/compiler_types.h>

/* Flags and their names; a table ends with a NULL name. */
struct trace_print_flags {
	unsigned long mask;
	const char *name;
};

/* A number inside a word of flags; a table ends with a NULL name. */
struct trace_print_field {
	const char *name;
	unsigned int shift;
	unsigned long mask;	/* after the shift */
};

/*
 * The tables behind %pGp, %pGg and %pGv. Their owners are rooms above lib:
 * without them the addresses are NULL, and numbers are printed.
 */
extern const struct trace_print_flags pageflag_names[] __weak;
extern const struct trace_print_field pageflag_fields[] __weak;
extern const struct trace_print_flags gfpflag_names[] __weak;
extern const struct trace_print_flags vmaflag_names[] __weak;

#endif
