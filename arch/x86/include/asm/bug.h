#ifndef _ASM_X86_BUG_H
#define _ASM_X86_BUG_H

/* Included by <linux/bug.h> only, which has the BUGFLAG_ values. */

#include <linux/compiler.h>
#include <linux/types.h>

/*
 * BUG() and WARN() are one ud2 instruction [SDM2 UD]; what it means stands in
 * a table that the invalid-opcode handler searches. So the good path of a
 * check is a compare and a branch, and the report has all registers as they
 * were at the check.
 */
struct bug_entry {
	unsigned long bug_addr;
	const char *file;
	unsigned short line;
	unsigned short flags;
};

#define LEN_UD2 2

#define _BUG_FLAGS(flags)						\
	asm volatile("1: ud2\n"						\
		     ".pushsection __bug_table, \"a\"\n"		\
		     ".balign 4\n"					\
		     ".long 1b, %c0\n"					\
		     ".word %c1, %c2\n"					\
		     ".popsection\n"					\
		     : : "i"(__FILE__), "i"(__LINE__), "i"(flags))

/* A broken invariant: says where and stops the kernel. */
#define BUG() do {							\
	_BUG_FLAGS(0);							\
	unreachable();							\
} while (0)

/* Says where, counts, and continues. */
#define __WARN_FLAGS(flags) _BUG_FLAGS(flags)

struct pt_regs;

/* The table's entry for a ud2 at addr, or NULL. Any context. */
const struct bug_entry *find_bug(unsigned long addr);

#endif
