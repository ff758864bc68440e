#ifndef _ASM_X86_BUG_H
#define _ASM_X86_BUG_H

#include <linux/compiler.h>
#include <linux/stringify.h>

/*
 * BUG() and WARN() are one ud2 instruction [SDM2 UD]; what it means stands
 * in a table that the invalid-opcode handler searches. So the good path of a
 * check is a compare and a branch, and the report has all registers as they
 * were at the check.
 */
#define BUGFLAG_WARNING (1 << 0)	/* report and go on */
#define BUGFLAG_ONCE (1 << 1)		/* only the first time */
#define BUGFLAG_DONE (1 << 2)		/* it was reported */
#define BUGFLAG_TAINT(taint) ((taint) << 8)
#define BUG_GET_TAINT(bug) ((bug)->flags >> 8)

struct bug_entry {
	unsigned long bug_addr;
	const char *file;
	unsigned short line;
	unsigned short flags;
};

#define LEN_UD2 2

#define _BUG_FLAGS(flags)						\
	asm volatile("1: ud2\n"						\
		     ".pushsection __bug_table, \"aw\"\n"		\
		     ".balign 4\n"					\
		     ".long 1b, %c0\n"					\
		     ".word %c1, %c2\n"					\
		     ".popsection\n"					\
		     : : "i"(__FILE__), "i"(__LINE__), "i"(flags))

/* A broken invariant: says where and stops the kernel. */
#define HAVE_ARCH_BUG
#define BUG() do {							\
	_BUG_FLAGS(0);							\
	unreachable();							\
} while (0)

/* Says where, counts, and continues. */
#define __WARN_FLAGS(flags) _BUG_FLAGS(BUGFLAG_WARNING | (flags))

#endif
