/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/mm/tlb.c - forgetting stale translations
 *
 * INVLPG drops one page, a load of CR3 everything but global entries, and a
 * change of CR4.PGE everything [SDM3 4.10.4.1]. A range is dropped page by
 * page up to a ceiling, above which refilling the TLB costs less.
 *
 * Every CPU may have used a mapping of the kernel's, so a range is dropped on
 * all that are online, and the call returns when all have done so: the
 * shootdown. The order that makes it sound:
 *
 *	caller                          another CPU
 *	clears the entry                may still use the old translation
 *	asks, waits        -------->    interrupt: drops it
 *	has all answers   <---------
 *	gives the frame away            walks the tables: no entry, a fault
 *
 * Idle CPUs are asked too: an interrupt there runs on a stack of vmalloc().
 *
 * Differs from Linux: kernel mappings only. (arch/x86/mm/tlb.c)
 */
#include <asm/tlbflush.h>

#include <asm/hw_irq.h>
#include <asm/page_types.h>
#include <asm/processor.h>
#include <linux/init.h>
#include <linux/kconfig.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/smp.h>

#define SINGLE_PAGE_FLUSH_CEILING 33

struct flush_range {
	unsigned long start, end;
};

static DEFINE_PER_CPU(struct tlb_flush_stats, tlb_stats);

struct tlb_flush_stats tlb_flush_stats(void)
{
	struct tlb_flush_stats sum = { 0 };
	int cpu;

	for_each_possible_cpu(cpu) {
		const struct tlb_flush_stats *stats = &per_cpu(tlb_stats, cpu);

		sum.one += READ_ONCE(stats->one);
		sum.range += READ_ONCE(stats->range);
		sum.all += READ_ONCE(stats->all);
		sum.remote += READ_ONCE(stats->remote);
	}
	return sum;
}

/* Global entries go when CR4.PGE changes, the others with CR3. */
static void flush_all_here(void)
{
	unsigned long cr4 = cr4_or_zero();

	if (cr4 & X86_CR4_PGE) {
		__write_cr4(cr4 & ~X86_CR4_PGE);
		__write_cr4(cr4);
	} else {
		write_cr3(__read_cr3());
	}
}

static void flush_range_here(unsigned long start, unsigned long end)
{
	unsigned long addr;

	if ((end - start) >> PAGE_SHIFT > SINGLE_PAGE_FLUSH_CEILING) {
		flush_all_here();
		return;
	}
	for (addr = start; addr < end; addr += PAGE_SIZE)
		__flush_tlb_one_kernel(addr);
}

static void flush_range_for_other(void *info)
{
	const struct flush_range *range = info;

	this_cpu_inc(tlb_stats.remote);
	flush_range_here(range->start, range->end);
}

static void flush_all_for_other(void *unused)
{
	this_cpu_inc(tlb_stats.remote);
	flush_all_here();
}

void flush_tlb_one_kernel(unsigned long addr)
{
	this_cpu_inc(tlb_stats.one);
	__flush_tlb_one_kernel(addr);
}

/* The caller must not move between its own flush and the others'. */
static void shoot_down(unsigned long start, unsigned long end)
{
	struct flush_range range = { start, end };

	preempt_disable();
	flush_range_here(start, end);
	smp_call_function_many(cpu_online_mask, flush_range_for_other, &range,
			       true);
	preempt_enable();
}

void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	this_cpu_inc(tlb_stats.range);
	if (IS_ENABLED(CONFIG_SMP))
		shoot_down(start, end);
	else
		flush_range_here(start, end);
}

void flush_tlb_all(void)
{
	this_cpu_inc(tlb_stats.all);
	preempt_disable();
	flush_all_here();
	smp_call_function_many(cpu_online_mask, flush_all_for_other, NULL,
			       true);
	preempt_enable();
}

static unsigned long shootdowns(int cpu)
{
	return per_cpu(tlb_stats, cpu).remote;
}

static int __init shootdown_init(void)
{
	if (IS_ENABLED(CONFIG_SMP))
		add_interrupt_row("TLB", "TLB shootdowns", shootdowns);
	return 0;
}
early_initcall(shootdown_init);
