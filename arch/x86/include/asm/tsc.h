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

#endif
