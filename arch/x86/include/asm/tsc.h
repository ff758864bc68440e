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

/*
 * How fast the TSC counts, found out while the kernel comes up: begin as
 * early, end as late as may be. end gives kHz, or 0 on a CPU without one.
 */
void tsc_calibrate_begin(void);
unsigned long tsc_calibrate_end(void);

#endif
