/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/mm/tlb.c - forgetting stale translations
 *
 * INVLPG drops one page, a load of CR3 everything but global entries, and a
 * change of CR4.PGE everything [SDM3 4.10.4.1]. A range is dropped page by
 * page up to a ceiling, above which refilling the TLB costs less.
 *
 * Differs from Linux: one CPU, so no interrupts to others. (arch/x86/mm/tlb.c)
 */
#include <asm/tlbflush.h>

#include <asm/page_types.h>
#include <asm/processor.h>

#define SINGLE_PAGE_FLUSH_CEILING 33

struct tlb_flush_stats tlb_flush_stats;

static void native_flush_all(void)
{
	unsigned long cr4 = cr4_or_zero();

	if (cr4 & X86_CR4_PGE) {
		__write_cr4(cr4 & ~X86_CR4_PGE);
		__write_cr4(cr4);
	} else {
		write_cr3(__read_cr3());
	}
}

void flush_tlb_one_kernel(unsigned long addr)
{
	tlb_flush_stats.one++;
	__flush_tlb_one_kernel(addr);
}

void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	unsigned long addr;

	tlb_flush_stats.range++;
	if ((end - start) >> PAGE_SHIFT > SINGLE_PAGE_FLUSH_CEILING) {
		native_flush_all();
		return;
	}
	for (addr = start; addr < end; addr += PAGE_SIZE)
		__flush_tlb_one_kernel(addr);
}

void flush_tlb_all(void)
{
	tlb_flush_stats.all++;
	native_flush_all();
}
