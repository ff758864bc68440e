/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/dumpstack.c - registers, code bytes and callers in print
 *
 * Differs from Linux: one line a group, and the page-table walk comes before
 * it. (arch/x86/kernel/dumpstack.c, process_32.c)
 */
#include "traps.h"

#include <asm/pgtable.h>
#include <asm/processor.h>
#include <asm/setup.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/stacktrace.h>

#define CODE_BEFORE 16
#define CODE_BYTES 32
#define TRACE_DEPTH 32

static bool readable(unsigned long address)
{
	unsigned int level;

	return lookup_address(address, &level);
}

void show_code(unsigned long ip)
{
	unsigned long at, begin = ip - CODE_BEFORE;

	printk(KERN_ALERT "Code:");
	for (at = begin; at != begin + CODE_BYTES; at++) {
		if (!readable(at))
			pr_cont(" ??");
		else if (at == ip)
			pr_cont(" <%02x>", *(u8 *)at);
		else
			pr_cont(" %02x", *(u8 *)at);
	}
	pr_cont("\n");
}

void show_trace(const char *level, unsigned long ip, unsigned long bp,
		unsigned long sp)
{
	unsigned long entries[TRACE_DEPTH];
	unsigned int i, nr;

	printk("%sCall Trace:\n", level);
	if (ip)
		printk("%s %pS\n", level, (void *)ip);
	nr = stack_trace_from(entries, TRACE_DEPTH, bp, sp);
	for (i = 0; i < nr; i++)
		printk("%s %s%pB\n", level,
		       IS_ENABLED(CONFIG_DEBUG) ? "" : "? ",
		       (void *)entries[i]);
}

void show_saved_regs(struct pt_regs *regs, unsigned long sp)
{
	printk(KERN_ALERT "EIP: %04lx:%08lx %pS EFLAGS: %08lx\n",
	       regs->cs & 0xffff, regs->ip, (void *)regs->ip, regs->flags);
	printk(KERN_ALERT "EAX: %08lx EBX: %08lx ECX: %08lx EDX: %08lx\n",
	       regs->ax, regs->bx, regs->cx, regs->dx);
	printk(KERN_ALERT "ESI: %08lx EDI: %08lx EBP: %08lx ESP: %08lx\n",
	       regs->si, regs->di, regs->bp, sp);
	printk(KERN_ALERT "DS: %04lx ES: %04lx FS: %04lx GS: %04lx\n",
	       regs->ds & 0xffff, regs->es & 0xffff, regs->fs & 0xffff,
	       regs->gs & 0xffff);
	printk(KERN_ALERT "CR0: %08lx CR2: %08lx CR3: %08lx CR4: %08lx\n",
	       read_cr0(), read_cr2(), __read_cr3(), cr4_or_zero());
	show_code(regs->ip);
	show_trace(KERN_ALERT, regs->ip, regs->bp, sp);
}

void show_regs(struct pt_regs *regs)
{
	show_saved_regs(regs, kernel_stack_pointer(regs));
}

void dump_stack_lvl(const char *log_lvl)
{
	unsigned long entries[TRACE_DEPTH];
	unsigned int i, nr = stack_trace_save(entries, TRACE_DEPTH, 1);

	printk("%sCall Trace:\n", log_lvl);
	for (i = 0; i < nr; i++)
		printk("%s %pB\n", log_lvl, (void *)entries[i]);
}

void dump_stack(void)
{
	dump_stack_lvl(KERN_DEFAULT);
}
