/* SPDX-License-Identifier: MIT */
/* Counters whose rate is known, by which the TSC's is found out. */
#ifndef _ARCH_X86_KERNEL_TSC_REFERENCE_H
#define _ARCH_X86_KERNEL_TSC_REFERENCE_H

#include <linux/types.h>

struct tsc_reference {
	const char *name;
	u32 (*read)(void);
	u32 hz;
	u32 mask; /* it counts up to this and then from 0 */
};

#define TSC_REFERENCES_MAX 2

/*
 * The HPET and ACPI's timer, as far as the machine has them, the better first.
 * Returns how many. Boot only, after find_apics(); registers stay mapped until
 * tsc_references_end().
 */
unsigned int tsc_references_find(struct tsc_reference *references);
void tsc_references_end(void);

#endif
