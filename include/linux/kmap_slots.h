/* SPDX-License-Identifier: MIT */
/*
 * The slots of one CPU for kmap_atomic() and kmap_local_page(): how one is
 * opened and closed. mm/kmap_atomic.c tells the theory. For
 * <linux/highmem-internal.h> only, which Linux has these in.
 */
#ifndef _LINUX_KMAP_SLOTS_H
#define _LINUX_KMAP_SLOTS_H

#include <asm/highmem.h>
#include <linux/compiler.h>
#include <linux/kconfig.h>
#include <linux/percpu.h>
#include <linux/smp.h>

/*
 * The next slot of this CPU's stack, counted from CPU 0's first one as a number
 * that falls: CPU n begins with -n * KM_SLOTS_PER_CPU, and each slot it opens
 * takes one off. Slot numbers grow as addresses and entries fall, so both are
 * reached from it by an addition.
 */
DECLARE_PER_CPU(int, kmap_top);

/* kmap_top of a CPU with no slot of its stack open. */
static inline int kmap_top_empty(unsigned int cpu)
{
	return -(int)(cpu * KM_SLOTS_PER_CPU);
}

/*
 * Fixmap number of a stack slot, and of a typed one, of this CPU, where an open
 * slot holds the thread.
 */
static inline unsigned int kmap_stack_slot(int depth)
{
	return FIX_KMAP_BEGIN + raw_smp_processor_id() * KM_SLOTS_PER_CPU +
	       KM_TYPE_NR + depth;
}

static inline unsigned int kmap_typed_slot(enum km_type type)
{
	return FIX_KMAP_BEGIN + raw_smp_processor_id() * KM_SLOTS_PER_CPU +
	       type;
}

/* The same with every use checked, in debug builds: mm/kmap_atomic.c. */
void *kmap_slot_push_checked(unsigned long pfn, pgprot_t prot);
void kmap_slot_pop_checked(const void *vaddr);
void *kmap_typed_open_checked(unsigned long pfn, enum km_type type,
			      pgprot_t prot);
void kmap_typed_close_checked(const void *vaddr, enum km_type type);

/* CPU 0's first slot of the stack, from which kmap_top counts. */
#define KMAP_STACK_ORIGIN (FIX_KMAP_BEGIN + KM_TYPE_NR)

/* The entry and the address of the slot that is next when kmap_top is top. */
static inline pte_t *kmap_stack_pte(int top)
{
	return kmap_slot_pte(KMAP_STACK_ORIGIN) + top;
}

static inline unsigned long kmap_stack_addr(int top)
{
	return __fix_to_virt(KMAP_STACK_ORIGIN) + top * PAGE_SIZE;
}

/*
 * Open the next slot of the stack. An interrupt that comes in between opens
 * and closes slots of its own, and leaves kmap_top as it was. From the first
 * instruction on, which takes the slot, the thread stays on this CPU, and its
 * slots come back with it when it is switched out: mm/kmap_atomic.c.
 */
static inline void *kmap_slot_push(unsigned long pfn, pgprot_t prot)
{
	int top;

	if (IS_ENABLED(CONFIG_DEBUG))
		return kmap_slot_push_checked(pfn, prot);
	this_cpu_dec(kmap_top);
	barrier();
	top = this_cpu_read(kmap_top) + 1;
	set_pte(kmap_stack_pte(top), pfn_pte(pfn, prot));
	return (void *)kmap_stack_addr(top);
}

/* Close the slot opened last: its entry goes, and what the TLB knew of it. */
static inline void kmap_slot_pop(const void *vaddr)
{
	int top;

	if (IS_ENABLED(CONFIG_DEBUG)) {
		kmap_slot_pop_checked(vaddr);
		return;
	}
	top = this_cpu_read(kmap_top) + 1;
	pte_clear(kmap_stack_pte(top));
	__flush_tlb_one_kernel((unsigned long)vaddr);
	this_cpu_inc(kmap_top);
}

/* Open and close a named slot. Any context that owns the type. */
static inline void *kmap_typed_open(unsigned long pfn, enum km_type type,
				    pgprot_t prot)
{
	if (IS_ENABLED(CONFIG_DEBUG))
		return kmap_typed_open_checked(pfn, type, prot);
	set_pte(kmap_slot_pte(kmap_typed_slot(type)), pfn_pte(pfn, prot));
	return (void *)__fix_to_virt(kmap_typed_slot(type));
}

static inline void kmap_typed_close(const void *vaddr, enum km_type type)
{
	if (IS_ENABLED(CONFIG_DEBUG)) {
		kmap_typed_close_checked(vaddr, type);
		return;
	}
	pte_clear(kmap_slot_pte(kmap_typed_slot(type)));
	__flush_tlb_one_kernel((unsigned long)vaddr);
}

#endif
