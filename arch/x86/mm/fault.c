/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/mm/fault.c - page faults
 *
 * Until there are processes every page fault is either one that an exception
 * table entry expects, or a mistake. A mistake is told in words: what was
 * tried, where, and how far the page-table walk for that address gets.
 *
 * Differs from Linux: no user faults yet; kernel tables are never filled in
 * lazily. (arch/x86/mm/fault.c)
 */
#include "../kernel/traps.h"

#include <asm/extable.h>
#include <asm/page_types.h>
#include <asm/setup.h>
#include <asm/special_insns.h>
#include <linux/printk.h>

static const char *fault_action(unsigned long error)
{
	if (error & X86_PF_INSTR)
		return "instruction fetch";
	return error & X86_PF_WRITE ? "write" : "read";
}

static const char *fault_reason(unsigned long error)
{
	if (error & X86_PF_RSVD)
		return "reserved bit set in a page-table entry";
	return error & X86_PF_PROT ? "not permitted" : "not present";
}

void do_page_fault(struct pt_regs *regs)
{
	unsigned long address = read_cr2();
	unsigned long error = regs->orig_ax;

	if (fixup_exception(regs))
		return;
	pr_alert("BUG: %s, address: %08lx\n",
		 address < PAGE_SIZE ? "kernel NULL pointer dereference" :
				       "unable to handle page fault",
		 address);
	pr_alert("#PF: %s %s: %s (error code %#lx)\n",
		 error & X86_PF_USER ? "user" : "kernel", fault_action(error),
		 fault_reason(error), error);
	show_pte_walk(KERN_ALERT, address);
	die(regs, "page fault");
}
