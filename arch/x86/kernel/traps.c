/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/traps.c - what exceptions mean
 *
 *	stub -> do_trap --> page fault      -> do_page_fault
 *	                +-> ud2 of a BUG or WARN -> handle_bug
 *	                +-> the exception table  -> go on at the fixup
 *	                +-> NMI              -> do_nmi
 *	                +-> debug, breakpoint    -> say it and go on
 *	                +-> all else             -> die -> fault_hook, panic
 *
 * Differs from Linux: there is no user mode yet, so nothing becomes a signal.
 * (arch/x86/kernel/traps.c)
 */
#include "traps.h"

#include <asm/desc.h>
#include <asm/extable.h>
#include <asm/setup.h>
#include <linux/array_size.h>
#include <linux/irqflags.h>
#include <linux/panic.h>
#include <linux/printk.h>

fault_hook_t fault_hook;

static const char *const trap_names[] = {
	"divide error",
	"debug",
	"NMI",
	"breakpoint",
	"overflow",
	"bound range exceeded",
	"invalid opcode",
	"no coprocessor",
	"double fault",
	"coprocessor segment overrun",
	"invalid TSS",
	"segment not present",
	"stack segment fault",
	"general protection fault",
	"page fault",
	"spurious",
	"coprocessor error",
	"alignment check",
	"machine check",
	"SIMD exception",
	"virtualization exception",
	"control protection exception",
};

const char *trap_name(unsigned long vector)
{
	return vector < ARRAY_SIZE(trap_names) ? trap_names[vector] :
						 "reserved exception";
}

void __noreturn die(struct pt_regs *regs, const char *text)
{
	fault_hook_t hook = fault_hook;

	bust_spinlocks(1);
	pr_alert("%s: error code %#lx\n", text, regs->orig_ax);
	show_regs(regs);
	if (hook) {
		/* a fault inside of the hook must not come here again */
		fault_hook = NULL;
		/* the gate disabled interrupts, the hook may not return here */
		if (regs->flags & X86_EFLAGS_IF)
			local_irq_enable();
		bust_spinlocks(0);
		hook(regs, text);
	}
	panic("%s at %pS", text, (void *)regs->ip);
}

static void say_and_go_on(struct pt_regs *regs, unsigned long vector)
{
	pr_alert("%s at %pS, going on\n", trap_name(vector), (void *)regs->ip);
}

void do_trap(struct pt_regs *regs, unsigned long vector)
{
	switch (vector) {
	case X86_TRAP_PF:
		do_page_fault(regs);
		return;
	case X86_TRAP_NMI:
		do_nmi(regs);
		return;
	case X86_TRAP_DB:
	case X86_TRAP_BP:
		say_and_go_on(regs, vector);
		return;
	case X86_TRAP_UD:
		if (handle_bug(regs))
			return;
		break;
	}
	if (fixup_exception(regs))
		return;
	die(regs, trap_name(vector));
}
