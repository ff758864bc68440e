/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/mm/extable.c - instructions that are allowed to fault
 *
 * Differs from Linux: the table is neither sorted nor relative; it is short.
 * (lib/extable.c, arch/x86/mm/extable.c)
 */
#include <asm/extable.h>

#include <asm/ptrace.h>

extern const struct exception_table_entry __start___ex_table[];
extern const struct exception_table_entry __stop___ex_table[];

bool fixup_exception(struct pt_regs *regs)
{
	const struct exception_table_entry *entry;

	for (entry = __start___ex_table; entry < __stop___ex_table; entry++) {
		if (entry->insn == regs->ip) {
			regs->ip = entry->fixup;
			return true;
		}
	}
	return false;
}
