#ifndef _ASM_X86_TSC_H
#define _ASM_X86_TSC_H

#include <asm/cpufeature.h>
#include <asm/msr.h>

typedef u64 cycles_t;

/* Cycles since reset, 0 on a CPU that does not count them. */
static inline cycles_t get_cycles(void)
{
	return boot_cpu_has(X86_FEATURE_TSC) ? rdtsc() : 0;
}

/* As get_cycles(), not moved by the CPU across what stands before it. */
static inline cycles_t rdtsc_ordered(void)
{
	return get_cycles();
}

/* Cycles in a millisecond, rounded up; 0: no TSC, or not measured yet. */
extern unsigned int tsc_khz;

/*
 * How fast the TSC counts, found out while the kernel comes up: begin after
 * the ACPI tables are known, end when the clock is set up. end gives kHz, or
 * 0 on a CPU without a TSC.
 */
void tsc_calibrate_begin(void);
unsigned int tsc_calibrate_end(void);

/* tsc_khz, measured now, in 30 ms, if it was not yet. Only with a TSC. */
unsigned int tsc_calibrate_now(void);

#endif
