#ifndef _ASM_X86_ASM_H
#define _ASM_X86_ASM_H

#include <linux/stringify.h>

/*
 * An instruction that may fault says where to go on. One entry of the
 * exception table: the instruction, the place to resume at, and how.
 */
#define _ASM_EXTABLE(from, to)						\
	".pushsection __ex_table, \"a\"\n"				\
	".balign 4\n"							\
	".long " #from ", " #to "\n"					\
	".popsection\n"

/* As above; on a fault err (a register operand) becomes code first. */
#define _ASM_EXTABLE_ERR(from, to, err, code)				\
	".pushsection .fixup, \"ax\"\n"					\
	"91: movl $" #code ", " #err "\n"				\
	"jmp " #to "\n"							\
	".popsection\n"							\
	_ASM_EXTABLE(from, 91b)

#endif
