#ifndef _ASM_X86_EXTABLE_H
#define _ASM_X86_EXTABLE_H

#include <linux/types.h>

struct pt_regs;

/* One instruction that may fault, and where to go on if it does. */
struct exception_table_entry {
	unsigned long insn;
	unsigned long fixup;
};

/*
 * If the instruction at regs->ip is in the table, sets regs->ip to its fixup
 * and returns true: the caller just returns from the exception. Any context.
 */
bool fixup_exception(struct pt_regs *regs);

#endif
