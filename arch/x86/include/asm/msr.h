#ifndef _ASM_X86_MSR_H
#define _ASM_X86_MSR_H

#include <asm/asm.h>
#include <linux/errno.h>
#include <linux/types.h>

/* Model specific registers [SDM4 2.1]. */
#define MSR_IA32_TSC 0x00000010
#define MSR_IA32_APICBASE 0x0000001B
#define MSR_MTRRcap 0x000000FE
#define MSR_IA32_CR_PAT 0x00000277
#define MSR_MTRRdefType 0x000002FF
#define MSR_EFER 0xC0000080

/* Read a register that the CPU is known to have. */
static inline u64 native_read_msr(u32 msr)
{
	u64 value;

	asm volatile("rdmsr" : "=A"(value) : "c"(msr));
	return value;
}

static inline void native_write_msr(u32 msr, u64 value)
{
	asm volatile("wrmsr" : : "c"(msr), "A"(value) : "memory");
}

#define rdmsrl(msr, value) ((value) = native_read_msr(msr))
#define wrmsrl(msr, value) native_write_msr(msr, value)

/* As rdmsrl() and wrmsrl(); -EIO where the CPU refuses the register. */
static inline int rdmsrl_safe(u32 msr, u64 *value)
{
	int err = 0;
	u64 read = 0;

	asm volatile("1: rdmsr\n"
		     "2:\n"
		     _ASM_EXTABLE_ERR(1b, 2b, %0, -5)
		     : "+r"(err), "+A"(read) : "c"(msr));
	*value = read;
	return err;
}

static inline int wrmsrl_safe(u32 msr, u64 value)
{
	int err = 0;

	asm volatile("1: wrmsr\n"
		     "2:\n"
		     _ASM_EXTABLE_ERR(1b, 2b, %0, -5)
		     : "+r"(err) : "c"(msr), "A"(value) : "memory");
	return err;
}

/* Time stamp counter. Only where boot_cpu_has(X86_FEATURE_TSC). */
static inline u64 rdtsc(void)
{
	u64 value;

	asm volatile("rdtsc" : "=A"(value));
	return value;
}

#endif
