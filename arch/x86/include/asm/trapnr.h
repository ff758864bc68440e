#ifndef _ASM_X86_TRAPNR_H
#define _ASM_X86_TRAPNR_H

/* Exception vectors [SDM3 6.3.1, Table 6-1]. */
#define X86_TRAP_DE 0		/* divide error */
#define X86_TRAP_DB 1		/* debug */
#define X86_TRAP_NMI 2
#define X86_TRAP_BP 3		/* breakpoint */
#define X86_TRAP_OF 4
#define X86_TRAP_BR 5
#define X86_TRAP_UD 6		/* invalid opcode */
#define X86_TRAP_NM 7
#define X86_TRAP_DF 8		/* double fault */
#define X86_TRAP_OLD_MF 9
#define X86_TRAP_TS 10
#define X86_TRAP_NP 11
#define X86_TRAP_SS 12
#define X86_TRAP_GP 13		/* general protection */
#define X86_TRAP_PF 14		/* page fault */
#define X86_TRAP_SPURIOUS 15
#define X86_TRAP_MF 16
#define X86_TRAP_AC 17
#define X86_TRAP_MC 18		/* machine check */
#define X86_TRAP_XF 19

/* Page fault error code [SDM3 4.7]. */
#define X86_PF_PROT (1UL << 0)	/* a present entry forbade it */
#define X86_PF_WRITE (1UL << 1)
#define X86_PF_USER (1UL << 2)
#define X86_PF_RSVD (1UL << 3)	/* a reserved bit was set */
#define X86_PF_INSTR (1UL << 4)	/* instruction fetch, with NX */

#endif
