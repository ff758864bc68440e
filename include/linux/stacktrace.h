/* SPDX-License-Identifier: MIT */
/*
 * Who called: return addresses, the innermost first. Debug builds follow the
 * frame pointers; release builds have none and take every word of the stack
 * that points into the kernel's text, so their traces may name callers that
 * have long returned.
 */
#ifndef _LINUX_STACKTRACE_H
#define _LINUX_STACKTRACE_H

#include <linux/types.h>

/*
 * Stores up to size return addresses, leaving out the innermost skipnr (0:
 * the first is in the caller of this function). Returns how many. Any
 * context.
 */
unsigned int stack_trace_save(unsigned long *store, unsigned int size,
			      unsigned int skipnr);

/*
 * How many of the entries lead from the innermost to the interrupt's entry,
 * that one included: what was interrupted may be anything, and says nothing
 * of who called. All of them if no interrupt is among them. Any context.
 */
unsigned int filter_irq_stacks(const unsigned long *entries,
			       unsigned int nr_entries);

struct task_struct;

/*
 * The same for another thread, which sleeps and is kept from waking and
 * ending meanwhile; what is found of one that runs is nothing, or garbage.
 */
unsigned int stack_trace_save_tsk(struct task_struct *task,
				  unsigned long *store, unsigned int size,
				  unsigned int skipnr);

/* Prints entries with symbols, one a line, each behind spaces blanks. */
void stack_trace_print(const unsigned long *trace, unsigned int nr_entries,
		       int spaces);

/* The same into buf of size bytes. Returns the length. */
int stack_trace_snprint(char *buf, size_t size, const unsigned long *entries,
			unsigned int nr_entries, int spaces);

#endif
