/* SPDX-License-Identifier: MIT */
/*
 * What each of the 256 vectors is for. A vector's upper four bits are its
 * priority at a local APIC [SDM3 10.8.3].
 *
 *	  0 ..  31  exceptions
 *	 32 ..  47  the 16 lines of the 8259s, by either controller
 *	 48 .. 223  other lines of I/O APICs, given out as they are requested
 *	224 .. 255  system vectors: what CPUs send to each other and themselves
 */
#ifndef _ASM_X86_IRQ_VECTORS_H
#define _ASM_X86_IRQ_VECTORS_H

#define NMI_VECTOR 2

#define NR_EXCEPTIONS 32
#define NR_IRQS_LEGACY 16
#define ISA_IRQ_VECTOR(irq) (NR_EXCEPTIONS + (irq))
#define FIRST_DEVICE_VECTOR ISA_IRQ_VECTOR(NR_IRQS_LEGACY)
#define FIRST_SYSTEM_VECTOR 0xe0
#define NR_VECTORS 256

/* Lines that have a number: 0 .. 15 of the ISA bus, then I/O APICs' GSIs. */
#define NR_IRQS 256

#define LOCAL_TIMER_VECTOR 0xec
#define TIMER_CHECK_VECTOR 0xe0 /* for io_apic.c, at boot */
#define TEST_VECTOR 0xe1 /* for tests */
#define REBOOT_VECTOR 0xf8 /* stop this CPU */
#define INVALIDATE_TLB_VECTOR 0xf9
#define CALL_FUNCTION_SINGLE_VECTOR 0xfb
#define CALL_FUNCTION_VECTOR 0xfc
#define RESCHEDULE_VECTOR 0xfd
#define ERROR_APIC_VECTOR 0xfe
#define SPURIOUS_APIC_VECTOR 0xff

#endif
