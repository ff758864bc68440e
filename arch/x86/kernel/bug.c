/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/bug.c - BUG() and WARN(), found by the address of their ud2
 *
 * Differs from Linux: the table is searched from front to back, which is fast
 * enough for a report. (lib/bug.c)
 */
#include <linux/bug.h>

#include "traps.h"

#include <asm/setup.h>
#include <linux/panic.h>
#include <linux/printk.h>

extern const struct bug_entry __start___bug_table[];
extern const struct bug_entry __stop___bug_table[];

const struct bug_entry *find_bug(unsigned long addr)
{
	const struct bug_entry *bug;

	for (bug = __start___bug_table; bug < __stop___bug_table; bug++) {
		if (bug->bug_addr == addr)
			return bug;
	}
	return NULL;
}

static void report_warning(struct pt_regs *regs, const struct bug_entry *bug)
{
	if (!(bug->flags & BUGFLAG_NO_CUT_HERE))
		printk(KERN_WARNING CUT_HERE);
	printk(KERN_WARNING "WARNING: at %s:%d %pS\n", bug->file, bug->line,
	       (void *)regs->ip);
	show_regs(regs);
	add_taint(BUG_GET_TAINT(bug), LOCKDEP_STILL_OK);
}

bool handle_bug(struct pt_regs *regs)
{
	const struct bug_entry *bug = find_bug(regs->ip);

	if (!bug)
		return false;
	if (bug->flags & BUGFLAG_WARNING) {
		report_warning(regs, bug);
		regs->ip += LEN_UD2;
		return true;
	}
	printk(KERN_CRIT CUT_HERE);
	printk(KERN_CRIT "kernel BUG at %s:%d!\n", bug->file, bug->line);
	return false;
}
