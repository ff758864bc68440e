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
 * checked, so a broken chain ends the trace and nothing worse. From the top
 * of a stack for interrupts (irqstack.c) it goes on in the stack that the
 * word there points into: from hardirq to softirq, from either to a thread,
 * so it changes stacks twice at most.
 *
 * Differs from Linux: one unwinder each for debug and release builds.
 * (arch/x86/kernel/unwind_frame.c, unwind_guess.c)
 */
#include <linux/stacktrace.h>

#include "traps.h"

#include <asm/irq_stack.h>
#include <asm/page_types.h>
#include <asm/sections.h>
#include <asm/stacktrace.h>
#include <asm/switch_to.h>
#include <linux/array_size.h>
#include <linux/kconfig.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

bool kernel_text_address(unsigned long addr)
{
	return core_kernel_text(addr) ||
	       (is_kernel_inittext(addr) && system_state < SYSTEM_RUNNING);
}

const char *stack_type_name(enum stack_type type)
{
	static const char *const names[] = {
		[STACK_TYPE_UNKNOWN] = "unknown",
		[STACK_TYPE_TASK] = "TASK",
		[STACK_TYPE_IRQ] = "IRQ",
		[STACK_TYPE_SOFTIRQ] = "SOFTIRQ",
		[STACK_TYPE_DOUBLEFAULT] = "#DF",
	};

	return names[type];
}

/* Fills info if sp lies in the stack of size bytes, or in its guard page. */
static bool in_stack(unsigned long sp, struct stack_info *info,
		     enum stack_type type, const void *begin,
		     unsigned long size)
{
	info->type = type;
	info->begin = (unsigned long)begin;
	info->end = info->begin + size;
	info->next_sp = 0;
	return begin && sp >= info->begin - PAGE_SIZE && sp < info->end;
}

/* The same for a stack of this CPU, with its top; K2 of irqstack.c. */
static bool in_irq_stack(unsigned long sp, struct stack_info *info,
			 enum stack_type type, const void *top)
{
	if (!top ||
	    !in_stack(sp, info, type, top - IRQ_STACK_SIZE, IRQ_STACK_SIZE))
		return false;
	info->next_sp = ((const unsigned long *)top)[-1];
	return true;
}

bool get_stack_info(unsigned long sp, const struct task_struct *task,
		    struct stack_info *info)
{
	const void *df = this_cpu_read(doublefault_stack_ptr);

	if (in_stack(sp, info, STACK_TYPE_TASK, task->stack, THREAD_SIZE))
		return true;
	if (task != current)
		return false;
	return in_irq_stack(sp, info, STACK_TYPE_IRQ,
			    this_cpu_read(hardirq_stack_ptr)) ||
	       in_irq_stack(sp, info, STACK_TYPE_SOFTIRQ,
			    this_cpu_read(softirq_stack_ptr)) ||
	       (df &&
		in_stack(sp, info, STACK_TYPE_DOUBLEFAULT,
			 df - DOUBLEFAULT_STACK_SIZE, DOUBLEFAULT_STACK_SIZE));
}

/* Where a trace goes: the first skip addresses are left out. */
struct trace {
	const struct task_struct *task;
	unsigned long *store;
	unsigned int size, nr, skip;
};

/*
 * The stack to look through from sp on. Of one that nobody knows, as after a
 * wild ESP, it is the rest of the page, if there is a page.
 */
static bool stack_from(const struct trace *trace, unsigned long *sp,
		       struct stack_info *info)
{
	unsigned long word;

	if (get_stack_info(*sp, trace->task, info)) {
		*sp = max(*sp, info->begin);
		return true;
	}
	*info = (struct stack_info){
		.begin = *sp,
		.end = (*sp & PAGE_MASK) + PAGE_SIZE,
	};
	return !get_kernel_nofault(word, (unsigned long *)(*sp & ~3UL));
}

/* Calls on from a stack for interrupts to the one before it, once or twice. */
static bool next_stack(const struct trace *trace, unsigned long *sp,
		       struct stack_info *info)
{
	enum stack_type type = info->type;

	*sp = info->next_sp;
	return *sp && get_stack_info(*sp, trace->task, info) &&
	       info->type != type;
}

static void trace_add(struct trace *trace, unsigned long addr)
{
	if (trace->skip)
		trace->skip--;
	else
		trace->store[trace->nr++] = addr;
}

/*
 * entry.asm calls with the saved registers on top of the stack, EBP being the
 * interrupted function's: where that one is stands in the registers alone.
 *
 *	EBP -> | EBP interrupted | into entry.asm | struct pt_regs |
 */
static void trace_interrupted(struct trace *trace, const unsigned long *frame)
{
	const struct pt_regs *regs = (const struct pt_regs *)(frame + 2);

	if (frame[1] >= (unsigned long)trap_common &&
	    frame[1] < (unsigned long)double_fault_entry &&
	    trace->nr < trace->size && kernel_text_address(regs->ip))
		trace_add(trace, regs->ip);
}

static void follow_frames(struct trace *trace, unsigned long bp,
			  unsigned long sp)
{
	struct stack_info info;

	if (!stack_from(trace, &sp, &info))
		return;
	while (trace->nr < trace->size && !(bp & 3)) {
		const unsigned long *frame = (const unsigned long *)bp;

		if ((bp < info.begin || bp >= info.end) &&
		    !next_stack(trace, &sp, &info))
			break;
		if (bp < sp || bp > info.end - 8 ||
		    !kernel_text_address(frame[1]))
			break;
		trace_add(trace, frame[1]);
		trace_interrupted(trace, frame);
		sp = bp + 8;
		bp = frame[0];
	}
}

static void scan_stack(struct trace *trace, unsigned long sp)
{
	struct stack_info info;

	if (!stack_from(trace, &sp, &info))
		return;
	do {
		for (sp &= ~3UL; trace->nr < trace->size && sp < info.end;
		     sp += 4) {
			unsigned long word = *(const unsigned long *)sp;

			if (kernel_text_address(word))
				trace_add(trace, word);
		}
	} while (next_stack(trace, &sp, &info));
}

static unsigned int trace_stack(struct trace *trace, unsigned long bp,
				unsigned long sp)
{
	if (sp < PAGE_OFFSET)
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
	struct trace trace = { .task = current, .store = store, .size = size };

	return trace_stack(&trace, bp, sp);
}

/* A thread that sleeps called the switch, whose frame is on top. */
unsigned int stack_trace_save_tsk(struct task_struct *task,
				  unsigned long *store, unsigned int size,
				  unsigned int skipnr)
{
	const struct inactive_task_frame *frame;
	struct trace trace = {
		.task = task, .store = store, .size = size, .skip = skipnr,
	};

	if (task == current)
		return stack_trace_save(store, size, skipnr + 1);
	if (!task->stack || READ_ONCE(task->on_cpu))
		return 0;
	frame = (const void *)task->thread.sp;
	if (size && frame->ret_addr)
		trace_add(&trace, frame->ret_addr);
	return trace_stack(&trace, frame->bp, (unsigned long)(frame + 1));
}

noinline unsigned int stack_trace_save(unsigned long *store, unsigned int size,
				       unsigned int skipnr)
{
	unsigned long bp = (unsigned long)__builtin_frame_address(0);
	struct trace trace = {
		.task = current, .store = store, .size = size, .skip = skipnr,
	};

	return trace_stack(&trace, bp, bp);
}

unsigned int filter_irq_stacks(const unsigned long *entries,
			       unsigned int nr_entries)
{
	for (unsigned int i = 0; i < nr_entries; i++)
		if (entries[i] >= (unsigned long)irq_common &&
		    entries[i] < (unsigned long)double_fault_entry)
			return i + 1;
	return nr_entries;
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
