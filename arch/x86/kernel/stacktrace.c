/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/stacktrace.c - finding the callers
 *
 * With frame pointers each frame begins with the caller's EBP and the return
 * address, so the frames form a list that ends at the stack's top, where
 * boot/entry.asm pushed zeroes:
 *
 *	EBP -> | EBP of caller | return address |  ...
 *	              |
 *	              +--> | EBP of its caller | return address | ...
 *
 * Every frame lies above the one before it and inside of one stack, which is
 * checked, so a broken chain ends the trace and nothing worse.
 *
 * Differs from Linux: one unwinder each for debug and release builds.
 * (arch/x86/kernel/unwind_frame.c, unwind_guess.c)
 */
#include <linux/stacktrace.h>

#include "traps.h"

#include <asm/page_types.h>
#include <asm/sections.h>
#include <linux/kconfig.h>
#include <linux/kernel.h>
#include <linux/printk.h>

bool kernel_text_address(unsigned long addr)
{
	return core_kernel_text(addr) ||
	       (is_kernel_inittext(addr) && system_state < SYSTEM_RUNNING);
}

/* The end of the stack that sp is in; an overflown stack is the one above. */
static unsigned long stack_end(unsigned long *sp)
{
	if (in_range_of((void *)*sp, init_stack_guard, init_stack))
		*sp = (unsigned long)init_stack;
	if (in_range_of((void *)*sp, double_fault_stack, init_stack_guard))
		return (unsigned long)init_stack_guard;
	return (*sp & ~(THREAD_SIZE - 1)) + THREAD_SIZE;
}

/* Where a trace goes: the first skip addresses are left out. */
struct trace {
	unsigned long *store;
	unsigned int size, nr, skip;
};

static void trace_add(struct trace *trace, unsigned long addr)
{
	if (trace->skip)
		trace->skip--;
	else
		trace->store[trace->nr++] = addr;
}

static void follow_frames(struct trace *trace, unsigned long bp,
			  unsigned long sp)
{
	unsigned long end = stack_end(&sp);

	while (trace->nr < trace->size && bp >= sp && bp <= end - 8 &&
	       !(bp & 3)) {
		const unsigned long *frame = (const unsigned long *)bp;

		if (!kernel_text_address(frame[1]))
			break;
		trace_add(trace, frame[1]);
		sp = bp + 8;
		bp = frame[0];
	}
}

static void scan_stack(struct trace *trace, unsigned long sp)
{
	unsigned long end = stack_end(&sp);

	for (sp &= ~3UL; trace->nr < trace->size && sp < end; sp += 4) {
		unsigned long word = *(const unsigned long *)sp;

		if (kernel_text_address(word))
			trace_add(trace, word);
	}
}

static unsigned int trace_stack(struct trace *trace, unsigned long bp,
				unsigned long sp)
{
	/* a stack pointer outside of the direct map is not followed */
	if (sp < PAGE_OFFSET || sp >= -2 * THREAD_SIZE)
		return 0;
	if (IS_ENABLED(CONFIG_DEBUG))
		follow_frames(trace, bp, sp);
	else
		scan_stack(trace, sp);
	return trace->nr;
}

unsigned int stack_trace_from(unsigned long *store, unsigned int size,
			      unsigned long bp, unsigned long sp)
{
	struct trace trace = { .store = store, .size = size };

	return trace_stack(&trace, bp, sp);
}

noinline unsigned int stack_trace_save(unsigned long *store, unsigned int size,
				       unsigned int skipnr)
{
	unsigned long bp = (unsigned long)__builtin_frame_address(0);
	struct trace trace = { .store = store, .size = size, .skip = skipnr };

	return trace_stack(&trace, bp, bp);
}

void stack_trace_print(const unsigned long *entries, unsigned int nr_entries,
		       int spaces)
{
	unsigned int i;

	for (i = 0; i < nr_entries; i++)
		printk("%*c%pS\n", 1 + spaces, ' ', (void *)entries[i]);
}

int stack_trace_snprint(char *buf, size_t size, const unsigned long *entries,
			unsigned int nr_entries, int spaces)
{
	unsigned int i;
	int len = 0;

	for (i = 0; i < nr_entries; i++)
		len += scnprintf(buf + len, size - len, "%*c%pS\n", 1 + spaces,
				 ' ', (void *)entries[i]);
	return len;
}
