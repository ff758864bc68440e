/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/doublefault.c - the task that a double fault switches to
 *
 * The CPU saved the registers of the interrupted task in its TSS. They are put
 * into a struct pt_regs so that the usual dump serves here too.
 *
 * (arch/x86/kernel/doublefault_32.c)
 */
#include "traps.h"

#include <asm/page_types.h>
#include <asm/sections.h>
#include <asm/setup.h>
#include <linux/panic.h>
#include <linux/printk.h>

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

void __noreturn do_double_fault(void)
{
	struct pt_regs regs;
	unsigned long cr2 = read_cr2();

	regs_from_tss(&regs, this_cpu_ptr(&cpu_tss));
	pr_emerg("double fault\n");
	if (in_range_of((void *)cr2, init_stack_guard, init_stack) ||
	    in_range_of((void *)regs.sp, init_stack_guard, init_stack))
		pr_emerg(
			"BUG: kernel stack overflow: ESP %08lx, stack %p .. %p\n",
			regs.sp, init_stack, init_stack + THREAD_SIZE);
	show_pte_walk(KERN_EMERG, cr2);
	show_saved_regs(&regs, regs.sp);
	panic("double fault at %pS", (void *)regs.ip);
}
