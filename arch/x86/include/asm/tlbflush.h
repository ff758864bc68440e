/* SPDX-License-Identifier: MIT */
/*
 * Forgetting stale translations [SDM3 4.10.4].
 *
 * After a present entry is cleared or changed, the old translation may live on
 * in the TLB until it is flushed. An entry that was not present needs no flush.
 * The first two may be called from any context. The others interrupt other
 * CPUs and wait for them: for threads, interrupts on; locks may be held that
 * no interrupt handler takes.
 */
#ifndef _ASM_X86_TLBFLUSH_H
#define _ASM_X86_TLBFLUSH_H

#include <asm/special_insns.h>

/* One page, this CPU, not counted in the statistics. */
static inline void __flush_tlb_one_kernel(unsigned long addr)
{
	native_invlpg(addr);
}

/* The same, counted: for what no other CPU can have used. */
void flush_tlb_one_kernel(unsigned long addr);

/* A range of kernel addresses on every CPU; page by page or all at once. */
void flush_tlb_kernel_range(unsigned long start, unsigned long end);

/* Everything, global entries included, on every CPU. */
void flush_tlb_all(void);

/*
 * How often the calls above ran, on all CPUs together, and how often a CPU did
 * so for another: tests count flushes with it.
 */
struct tlb_flush_stats {
	unsigned long one;
	unsigned long range;
	unsigned long all;
	unsigned long remote;
};
struct tlb_flush_stats tlb_flush_stats(void);

#endif
