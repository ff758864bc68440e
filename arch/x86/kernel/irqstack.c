/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/irqstack.c - stacks for interrupts and softirqs
 *
 *	thread's stack         softirq stack        hardirq stack
 *	+--------------+       +--------------+     +--------------+
 *	| ...          |   +-> | link         | +-> | link         |
 *	| local_bh_    |   |   | __do_softirq | |   | handler      |
 *	|   enable     |   |   | an interrupt | |   | ...          |
 *	| call_on_stack| --+   | call_on_stack| +   |              |
 *	+--------------+       +--------------+     +--------------+
 *	  guard page             guard page           guard page
 *
 * An interrupt may come when a thread has used most of its stack. Each CPU
 * has two more, so a thread's needs room for one frame of registers and the
 * call onto another stack, whatever the handlers do:
 *
 *  K1  handlers run with interrupts off and softirqs never in softirqs, so
 *      each stack has one user at a time and is entered at its top. A handler
 *      that enables interrupts, which is reported, may be interrupted: those
 *      go on on the same stack.
 *  K2  the word at the top is the stack pointer from before: a trace goes on
 *      there.
 *  K3  what a softirq calls runs on this CPU until it is done, and so may
 *      not sleep: the next one would overwrite its stack.
 *
 * Cost: about ten instructions for each switch.
 *
 * Differs from Linux: K2 in both directions by one word; guard pages, as they
 * are vmalloc()ed. (arch/x86/kernel/irq_32.c)
 */
#include <asm/irq_stack.h>

#include <asm/processor.h>
#include <asm/softirq_stack.h>
#include <asm/stacktrace.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/kmemleak.h>
#include <linux/sched/stack.h>
#include <linux/vmalloc.h>

DEFINE_PER_CPU(void *, hardirq_stack_ptr);
DEFINE_PER_CPU(void *, softirq_stack_ptr);

/*
 * fn in EAX, its argument in EDX, the top in ECX. A debugger takes it for a
 * signal's frame: only there it lets a caller's stack lie anywhere.
 */
asm(".pushsection .text\n"
    ".globl call_on_stack\n"
    ".type call_on_stack, @function\n"
    "call_on_stack:\n"
    ".cfi_startproc\n"
    ".cfi_signal_frame\n"
    "	pushl %ebp\n"
    ".cfi_def_cfa_offset 8\n"
    ".cfi_offset %ebp, -8\n"
    "	movl %esp, %ebp\n"
    ".cfi_def_cfa_register %ebp\n"
    "	movl %esp, -4(%ecx)\n"
    "	leal -4(%ecx), %esp\n"
    "	xchgl %eax, %edx\n"
    "	call *%edx\n"
    "	movl %ebp, %esp\n"
    "	popl %ebp\n"
    ".cfi_def_cfa %esp, 4\n"
    "	ret\n"
    ".cfi_endproc\n"
    ".size call_on_stack, . - call_on_stack\n"
    ".popsection\n");

static void run_on(void *top, void (*fn)(unsigned long arg), unsigned long arg)
{
	unsigned long used = (unsigned long)top - current_stack_pointer;

	if (!top || used <= IRQ_STACK_SIZE)
		fn(arg); /* K1 */
	else
		call_on_stack(fn, arg, top);
}

void run_on_hardirq_stack(void (*fn)(unsigned long arg), unsigned long arg)
{
	run_on(this_cpu_read(hardirq_stack_ptr), fn, arg);
}

static void softirqs(unsigned long unused)
{
	__do_softirq();
}

void do_softirq_own_stack(void)
{
	run_on(this_cpu_read(softirq_stack_ptr), softirqs, 0);
}

/* Its upper end, or NULL. */
static void *new_stack(unsigned long size)
{
	void *stack = vmalloc_32(size);

	if (!stack)
		return NULL;
	kmemleak_no_scan(stack); /* but for what is in use */
	stack_prepare(stack, size);
	return stack + size;
}

static void free_stack(void *top, unsigned long size)
{
	if (top)
		vfree(top - size);
}

/* The boot CPU has used its static one from the first lines of C on. */
static void *double_fault_stack_of(unsigned int cpu)
{
	void *top = per_cpu(doublefault_stack_ptr, cpu);

	if (!top)
		return new_stack(DOUBLEFAULT_STACK_SIZE);
	stack_prepare(top - DOUBLEFAULT_STACK_SIZE, DOUBLEFAULT_STACK_SIZE);
	return top;
}

int irq_init_percpu_irqstack(unsigned int cpu)
{
	void *hardirq, *softirq, *double_fault;

	if (per_cpu(hardirq_stack_ptr, cpu))
		return 0;
	hardirq = new_stack(IRQ_STACK_SIZE);
	softirq = new_stack(IRQ_STACK_SIZE);
	double_fault = double_fault_stack_of(cpu);
	if (!hardirq || !softirq || !double_fault) {
		free_stack(hardirq, IRQ_STACK_SIZE);
		free_stack(softirq, IRQ_STACK_SIZE);
		if (cpu)
			free_stack(double_fault, DOUBLEFAULT_STACK_SIZE);
		return -ENOMEM;
	}
	per_cpu(doublefault_stack_ptr, cpu) = double_fault;
	per_cpu(softirq_stack_ptr, cpu) = softirq;
	per_cpu(hardirq_stack_ptr, cpu) = hardirq;
	return 0;
}
