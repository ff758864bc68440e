/* SPDX-License-Identifier: MIT */
/* Registers of a local APIC, as offsets into its page [SDM3 10.4.1]. */
#ifndef _ASM_X86_APICDEF_H
#define _ASM_X86_APICDEF_H

#define APIC_ID 0x20
#define APIC_LVR 0x30 /* version */
#define GET_APIC_VERSION(x) ((x) & 0xff)
#define GET_APIC_MAXLVT(x) (((x) >> 16) & 0xff)
#define APIC_TASKPRI 0x80
#define APIC_EOI 0xb0
#define APIC_LDR 0xd0
#define APIC_DFR 0xe0
#define APIC_SPIV 0xf0 /* spurious vector, and the main switch */
#define APIC_SPIV_APIC_ENABLED (1 << 8)
#define APIC_ISR 0x100 /* in service: eight words, 16 bytes apart */
#define APIC_ISR_NR 8
#define APIC_IRR 0x200 /* arrived */
#define APIC_ESR 0x280 /* errors */
#define APIC_ICR 0x300 /* writing it sends */
#define APIC_ICR2 0x310
#define SET_APIC_DEST_FIELD(x) ((x) << 24)

/* Local vector table: where the APIC's own interrupts go. */
#define APIC_LVTT 0x320    /* timer */
#define APIC_LVTTHMR 0x330 /* thermal */
#define APIC_LVTPC 0x340   /* performance counters */
#define APIC_LVT0 0x350    /* pin LINT0 */
#define APIC_LVT1 0x360    /* pin LINT1 */
#define APIC_LVTERR 0x370
#define APIC_LVT_TIMER_ONESHOT (0 << 17)
#define APIC_LVT_TIMER_PERIODIC (1 << 17)
#define APIC_LVT_TIMER_TSCDEADLINE (2 << 17)
#define APIC_LVT_MASKED (1 << 16)

#define APIC_TMICT 0x380 /* initial count */
#define APIC_TMCCT 0x390 /* current count */
#define APIC_TDCR 0x3e0  /* divider */
#define APIC_TDR_DIV_1 0xb
#define APIC_TDR_DIV_16 0x3

/* Fields of the interrupt command, and of I/O APIC entries [SDM3 10.6.1]. */
#define APIC_DM_FIXED 0x000
#define APIC_DM_NMI 0x400
#define APIC_DM_INIT 0x500
#define APIC_DM_STARTUP 0x600
#define APIC_DM_EXTINT 0x700
#define APIC_DEST_PHYSICAL 0x000
#define APIC_ICR_BUSY (1 << 12)
#define APIC_INT_ASSERT (1 << 14)
#define APIC_INT_LEVELTRIG (1 << 15)
#define APIC_DEST_SELF 0x40000
#define APIC_DEST_ALLBUT 0xc0000

/* IA32_APIC_BASE [SDM3 10.4.4]. */
#define MSR_APICBASE_X2APIC (1 << 10)
#define MSR_APICBASE_ENABLE (1 << 11)
#define MSR_APICBASE_BASE 0xffffff000ULL

#endif
