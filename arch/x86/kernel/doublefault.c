/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/doublefault.c - the task that a double fault switches to
 *
 * There is one such task on each CPU: two CPUs may well fail at once, and a
 * task cannot be entered twice. All have the kernel's page directory and find
 * their CPU's data through %fs, so that all that a report needs is there; the
 * stack is their own.
 *
 * The CPU saved the registers of the interrupted task in its TSS. They are put
 * into a struct pt_regs so that the usual dump serves here too.
 *
 * (arch/x86/kernel/doublefault_32.c)
 */
#include "traps.h"

#include <asm/setup.h>
#include <asm/stacktrace.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>

DEFINE_PER_CPU(void *, doublefault_stack_ptr);

static void regs_from_tss(struct pt_regs *regs, const struct x86_hw_tss *tss)
{
	regs->bx = tss->bx;
	regs->cx = tss->cx;
	regs->dx = tss->dx;
	regs->si = tss->si;
	regs->di = tss->di;
	regs->bp = tss->bp;
	regs->ax = tss->ax;
	regs->ds = tss->ds;
	regs->es = tss->es;
	regs->fs = tss->fs;
	regs->gs = tss->gs;
	regs->trapnr = X86_TRAP_DF;
	regs->orig_ax = 0;
	regs->ip = tss->ip;
	regs->cs = tss->cs;
	regs->flags = tss->flags;
	regs->sp = tss->sp;
	regs->ss = tss->ss;
}

/* Does an address lie in the guard page of the stack that was in use? */
static bool say_overflow(unsigned long address)
{
	struct stack_info info;

	if (!get_stack_info(address, current, &info) || address >= info.begin)
		return false;
	pr_emerg(
		"BUG: %s stack guard page was hit at %08lx (stack is %08lx..%08lx)\n",
		stack_type_name(info.type), address, info.begin, info.end);
	pr_emerg("kernel stack overflow on CPU %d in %s/%d\n",
		 raw_smp_processor_id(), current->comm, current->pid);
	return true;
}

void __noreturn do_double_fault(void)
{
	struct pt_regs regs;
	unsigned long cr2 = read_cr2();

	regs_from_tss(&regs, this_cpu_ptr(&cpu_tss));
	pr_emerg("double fault on CPU %d\n", raw_smp_processor_id());
	if (!say_overflow(cr2))
		say_overflow(regs.sp);
	show_pte_walk(KERN_EMERG, cr2);
	show_saved_regs(&regs, regs.sp);
	panic("double fault at %pS", (void *)regs.ip);
}
