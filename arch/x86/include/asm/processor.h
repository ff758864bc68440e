#ifndef _ASM_X86_PROCESSOR_H
#define _ASM_X86_PROCESSOR_H

#include <asm/cpufeature.h>
#include <asm/irqflags.h>
#include <asm/processor-flags.h>
#include <asm/ptrace.h>
#include <asm/special_insns.h>
#include <asm/vdso/processor.h>
#include <linux/compiler.h>
#include <linux/types.h>

#define halt() native_halt()

/* CR4 for a dump: 0 on a CPU that has none. */
unsigned long cr4_or_zero(void);

/* Stop for good, interrupts off. */
void __noreturn stop_this_cpu(void);

/* CPUID leaf op, subleaf in *ecx; all four registers are replaced. */
static inline void native_cpuid(u32 *eax, u32 *ebx, u32 *ecx, u32 *edx)
{
	asm volatile("cpuid" : "+a"(*eax), "=b"(*ebx), "+c"(*ecx),
		     "=d"(*edx) : : "memory");
}

static inline void cpuid(u32 op, u32 *eax, u32 *ebx, u32 *ecx, u32 *edx)
{
	*eax = op;
	*ecx = 0;
	native_cpuid(eax, ebx, ecx, edx);
}

static inline u32 cpuid_eax(u32 op)
{
	u32 eax, ebx, ecx, edx;

	cpuid(op, &eax, &ebx, &ecx, &edx);
	return eax;
}

static inline void prefetch(const void *x)
{
	__builtin_prefetch(x);
}

#define current_stack_pointer ({					\
	unsigned long __sp;						\
	asm volatile("movl %%esp, %0" : "=r"(__sp));			\
	__sp;								\
})

/*
 * Task state segment [SDM3 7.2.1]. The kernel has one per CPU, for the ring 0
 * stack, and one for the double-fault task.
 */
struct x86_hw_tss {
	u16 back_link, __blh;
	u32 sp0;
	u16 ss0, __ss0h;
	u32 sp1;
	u16 ss1, __ss1h;
	u32 sp2;
	u16 ss2, __ss2h;
	u32 __cr3;
	u32 ip;
	u32 flags;
	u32 ax, cx, dx, bx;
	u32 sp, bp, si, di;
	u16 es, __esh;
	u16 cs, __csh;
	u16 ss, __ssh;
	u16 ds, __dsh;
	u16 fs, __fsh;
	u16 gs, __gsh;
	u16 ldt, __ldth;
	u16 trace;
	u16 io_bitmap_base;
} __packed;

#endif
