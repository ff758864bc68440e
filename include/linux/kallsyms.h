/* SPDX-License-Identifier: MIT */
/* Names of functions, from a table that scripts/kallsyms.py makes. */
#ifndef _LINUX_KALLSYMS_H
#define _LINUX_KALLSYMS_H

#include <linux/types.h>

#define KSYM_NAME_LEN 128
#define KSYM_SYMBOL_LEN (KSYM_NAME_LEN + 48)

/*
 * The name of the function that addr is in, with its size and addr's offset
 * into it (both may be NULL); NULL outside of the text. The name stays valid;
 * namebuf is not used. Any context, as all of these.
 */
const char *kallsyms_lookup(unsigned long addr, unsigned long *symbolsize,
			    unsigned long *offset, char **modname,
			    char *namebuf);

/* The address of a function by its exact name, 0 if there is none. */
unsigned long kallsyms_lookup_name(const char *name);

/* Not 0 if addr is in a function. */
int kallsyms_lookup_size_offset(unsigned long addr, unsigned long *symbolsize,
				unsigned long *offset);

/*
 * Writes "name+0x12/0x34", or the address in hex where there is no name, to
 * buffer of KSYM_SYMBOL_LEN bytes. Returns the length. The second leaves the
 * offset out; the third is for return addresses, which may lie behind the
 * end of their function.
 */
int sprint_symbol(char *buffer, unsigned long address);
int sprint_symbol_no_offset(char *buffer, unsigned long address);
int sprint_backtrace(char *buffer, unsigned long address);

#endif
