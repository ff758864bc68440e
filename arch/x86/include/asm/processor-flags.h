#ifndef _ASM_X86_PROCESSOR_FLAGS_H
#define _ASM_X86_PROCESSOR_FLAGS_H

/* EFLAGS [SDM3 2.3]. */
#define X86_EFLAGS_CF (1UL << 0)
#define X86_EFLAGS_TF (1UL << 8)
#define X86_EFLAGS_IF (1UL << 9)
#define X86_EFLAGS_DF (1UL << 10)
#define X86_EFLAGS_AC (1UL << 18)
#define X86_EFLAGS_ID (1UL << 21)

/* Control register bits [SDM3 2.5]. */
#define X86_CR0_PE 0x00000001UL		/* protected mode */
#define X86_CR0_MP 0x00000002UL		/* monitor coprocessor */
#define X86_CR0_EM 0x00000004UL		/* no coprocessor */
#define X86_CR0_TS 0x00000008UL		/* task switched */
#define X86_CR0_NE 0x00000020UL		/* native coprocessor errors */
#define X86_CR0_WP 0x00010000UL		/* the kernel obeys read-only too */
#define X86_CR0_NW 0x20000000UL
#define X86_CR0_CD 0x40000000UL		/* caches off */
#define X86_CR0_PG 0x80000000UL		/* paging */

#define X86_CR4_PSE 0x00000010UL	/* 4 MiB pages */
#define X86_CR4_PAE 0x00000020UL
#define X86_CR4_MCE 0x00000040UL	/* report machine checks */
#define X86_CR4_PGE 0x00000080UL	/* global pages */

#endif
