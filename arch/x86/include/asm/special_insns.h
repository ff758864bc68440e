#ifndef _ASM_X86_SPECIAL_INSNS_H
#define _ASM_X86_SPECIAL_INSNS_H

#include <asm/processor-flags.h>
#include <linux/types.h>

/* Control registers [SDM3 2.5]. CR4 exists only with CPUID features of it. */

#define __build_cr(reg)							\
static inline unsigned long native_read_##reg(void)			\
{									\
	unsigned long value;						\
									\
	asm volatile("movl %%" #reg ", %0" : "=r"(value) : : "memory");	\
	return value;							\
}									\
static inline void native_write_##reg(unsigned long value)		\
{									\
	asm volatile("movl %0, %%" #reg : : "r"(value) : "memory");	\
}

__build_cr(cr0)
__build_cr(cr2)
__build_cr(cr3)
__build_cr(cr4)

#define read_cr0() native_read_cr0()
#define write_cr0(x) native_write_cr0(x)
#define read_cr2() native_read_cr2()
#define __read_cr3() native_read_cr3()
#define write_cr3(x) native_write_cr3(x)
#define __read_cr4() native_read_cr4()
#define __write_cr4(x) native_write_cr4(x)

/* Drop what the TLB holds of one page [SDM2 INVLPG]. */
static inline void native_invlpg(unsigned long addr)
{
	asm volatile("invlpg (%0)" : : "r"(addr) : "memory");
}

/* Write back and drop all caches. Needed when memory types change. */
static inline void wbinvd(void)
{
	asm volatile("wbinvd" : : : "memory");
}

#endif
