// SPDX-License-Identifier: MIT
/*
 * kmap_atomic and kmap_local: a CPU's own slots for short mappings.
 *
 * Each CPU owns a row of fixmap slots, so that mapping a page is one store
 * into a page table that always exists: it cannot fail, and takes no lock.
 *
 *	FIX_KMAP_BEGIN   | KM_BOUNCE_READ    typed slots: kmap_atomic(page,
 *	                 | ...               type). Each has a name, and code
 *	                 | KM_SOFTIRQ1       of each context its own names
 *	 + KM_TYPE_NR    | depth 0           a stack: kmap_atomic(page) and
 *	                 | depth 1           kmap_local_page(page) take the
 *	                 | ...               next one. Closing in reverse order
 *	 + KM_MAX_IDX    | next CPU ...      keeps it a stack
 *
 * Closing a slot clears its entry and flushes that one page from the TLB, so
 * an address that is kept too long faults instead of showing another page,
 * and opening a slot needs no flush.
 *
 * The open and close used by all are inline in <linux/highmem-internal.h>. In
 * debug builds they come here, where each use is checked. The boot word
 * kmap_force makes lowmem pages take slots too in such builds, so that misuse
 * shows on machines without highmem.
 *
 *	misuse                                 report, and what then happens
 *	closed in the wrong order              that slot is closed; the stack
 *	                                       shrinks when its top is closed
 *	closed twice, or never opened          nothing
 *	address in another slot than the type  the slot of the address is closed
 *	typed slot opened twice                the new page takes it over
 *	more than KM_MAX_IDX at once           NULL is returned
 *	a typed address closed without a type  its slot is closed
 *
 * A thread with a slot open by kmap_local_page() may be preempted, and may
 * sleep. The next thread on its CPU wants the same slots. So whatever is open
 * when a thread is switched out goes with it, and is put back before it runs:
 *
 *	CPU 1's stack   |p17|p4 |   |   |     A runs, two slots open
 *	switch to B     |   |   |   |   |     A->kmap_ctrl: p17 p4; A waits here
 *	                |p80|   |   |   |     B opens a slot
 *	switch to A     |p17|p4 |   |   |     B->kmap_ctrl: p80
 *
 * The addresses are those of one CPU, so a thread that has some saved runs
 * again on that CPU only. Opening a slot begins with one instruction on
 * kmap_top: before it the thread has no slot, and may move; after it, it stays.
 * Nothing has to be forbidden and allowed again around each use.
 *
 * A1  The first depth slots of the stack may be mapped, no others are.
 * A2  The TLB of this CPU knows no slot whose entry is clear, outside of
 *     kunmap: a switch out flushes every slot it saves, mapped or not.
 * A3  The open slots of a CPU are those of the thread that runs there, and of
 *     interrupts above it.
 *
 * Lock: none; the slots belong to the CPU, and to the thread that runs on it.
 * Preemption is off between kmap_atomic() and kunmap_atomic(), typed or not.
 *
 * Cost: about a dozen instructions each way, one of them an INVLPG.
 *
 * Differs from Linux: both forms of kmap_atomic() exist at once, each with
 * slots of its own; Linux had the typed form up to 2.6.36 and the stack since.
 * A thread is held to its CPU by having slots saved, not by migrate_disable()
 * in each use. Linux: mm/highmem.c, arch/x86/mm/highmem_32.c, iomap_32.c.
 */
#include <linux/highmem.h>

#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/printk.h>
#include <linux/sched.h>

#include "internal.h"
#include "kmap.h"

DEFINE_PER_CPU(int, kmap_top);

bool kmap_force;

static int __init kmap_force_setup(char *unused)
{
	if (!IS_ENABLED(CONFIG_DEBUG))
		pr_notice("kmap_force: works in debug builds only\n");
	kmap_force = true;
	return 1;
}
__setup("kmap_force", kmap_force_setup);

static bool kmap_slot_mapped(unsigned int slot)
{
	return pte_present(*kmap_slot_pte(slot));
}

static unsigned long kmap_slot_pfn(unsigned int slot)
{
	return pte_pfn(*kmap_slot_pte(slot));
}

static void kmap_slot_clear(unsigned int slot)
{
	pte_clear(kmap_slot_pte(slot));
	__flush_tlb_one_kernel(__fix_to_virt(slot));
}

/* Slots open on the stack. */
static int kmap_depth(void)
{
	return kmap_top_empty(raw_smp_processor_id()) - this_cpu_read(kmap_top);
}

static void kmap_set_depth(int depth)
{
	this_cpu_write(kmap_top,
		       kmap_top_empty(raw_smp_processor_id()) - depth);
}

/*
 * The thread that runs is about to leave this CPU, with slots open: they go
 * with it. A slot may be none yet, or no more, in the middle of an opening or a
 * closing: it goes as it is, and what the TLB knows of it does not stay (A2).
 */
void __kmap_local_sched_out(void)
{
	struct kmap_ctrl *ctrl = &current->kmap_ctrl;
	int i;

	ctrl->depth = kmap_depth();
	for (i = 0; i < ctrl->depth; i++) {
		ctrl->pteval[i] = *kmap_slot_pte(kmap_stack_slot(i));
		kmap_slot_clear(kmap_stack_slot(i));
	}
	kmap_set_depth(0);
}

/* The thread is back, on the same CPU. */
void __kmap_local_sched_in(void)
{
	struct kmap_ctrl *ctrl = &current->kmap_ctrl;
	int i;

	mm_assert(!kmap_depth(), "A3");
	for (i = 0; i < ctrl->depth; i++)
		set_pte(kmap_slot_pte(kmap_stack_slot(i)), ctrl->pteval[i]);
	kmap_set_depth(ctrl->depth);
	ctrl->depth = 0;
}

/* What kind of slot of this CPU an address lies in. */
enum kmap_slot_kind { KMAP_SLOT_NONE, KMAP_SLOT_TYPED, KMAP_SLOT_STACK };

static enum kmap_slot_kind kmap_slot_kind(const void *vaddr)
{
	unsigned int slot = __virt_to_fix((unsigned long)vaddr);

	if (slot >= kmap_typed_slot(0) && slot < kmap_stack_slot(0))
		return KMAP_SLOT_TYPED;
	if (slot >= kmap_stack_slot(0) && slot < kmap_stack_slot(KM_MAX_IDX))
		return KMAP_SLOT_STACK;
	return KMAP_SLOT_NONE;
}

/* Boot: each CPU's stack begins in its own slots. */
void __init kmap_slots_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		per_cpu(kmap_top, cpu) = kmap_top_empty(cpu);
}

unsigned int kmap_atomic_depth(void)
{
	unsigned int slot, open;

	preempt_disable();
	open = kmap_depth();
	for (slot = kmap_typed_slot(0); slot < kmap_stack_slot(0); slot++)
		open += kmap_slot_mapped(slot);
	preempt_enable();
	return open;
}

static void *slot_push(unsigned long pfn, pgprot_t prot)
{
	int depth = kmap_depth();
	unsigned int slot = kmap_stack_slot(depth);
	unsigned long flags;

	if (WARN(depth >= KM_MAX_IDX,
		 "kmap: all %d slots are open, none is left for pfn %lu\n",
		 KM_MAX_IDX, pfn))
		return NULL;
	if (WARN(kmap_slot_mapped(slot),		/* A1 */
		 "kmap: slot %d above the stack maps pfn %lu\n", depth,
		 kmap_slot_pfn(slot)))
		kmap_slot_clear(slot);
	/* an interrupt's kmap_stack_shrink() must not find a slot half open */
	local_irq_save(flags);
	kmap_set_depth(depth + 1);
	set_pte(kmap_slot_pte(slot), pfn_pte(pfn, prot));
	local_irq_restore(flags);
	return (void *)__fix_to_virt(slot);
}

/*
 * The thread stays on this CPU until kmap_top tells that it has a slot. Not by
 * interrupts off: reports are printed in between.
 */
void *kmap_slot_push_checked(unsigned long pfn, pgprot_t prot)
{
	void *vaddr;

	preempt_disable();
	vaddr = slot_push(pfn, prot);
	preempt_enable();
	return vaddr;
}

/* Closed slots at the top of the stack leave it. */
static void kmap_stack_shrink(void)
{
	int depth = kmap_depth();

	while (depth > 0 && !kmap_slot_mapped(kmap_stack_slot(depth - 1)))
		depth--;
	kmap_set_depth(depth);
}

static void slot_close(unsigned int slot)
{
	unsigned long flags;

	local_irq_save(flags);
	kmap_slot_clear(slot);
	kmap_stack_shrink();
	local_irq_restore(flags);
}

static void slot_pop(const void *vaddr)
{
	unsigned int slot = __virt_to_fix((unsigned long)vaddr);
	enum kmap_slot_kind kind = kmap_slot_kind(vaddr);
	int top = kmap_depth() - 1;

	if (WARN(kind == KMAP_SLOT_NONE,
		 "kunmap: %p is in no slot of this CPU\n", vaddr))
		return;
	if (WARN(!kmap_slot_mapped(slot),
		 "kunmap: %p is not mapped; closed twice?\n", vaddr))
		return;
	if (kind == KMAP_SLOT_TYPED)
		WARN(1, "kunmap: %p was opened with type %u, close it so\n",
		     vaddr, slot - kmap_typed_slot(0));
	else
		WARN(slot != kmap_stack_slot(top),
		     "kunmap: %p is not the slot opened last, %p is\n", vaddr,
		     (void *)__fix_to_virt(kmap_stack_slot(top)));
	slot_close(slot);
}

void kmap_slot_pop_checked(const void *vaddr)
{
	preempt_disable();
	slot_pop(vaddr);
	preempt_enable();
}

void *kmap_typed_open_checked(unsigned long pfn, enum km_type type,
			      pgprot_t prot)
{
	unsigned int slot = kmap_typed_slot(type);

	if (WARN((unsigned int)type >= KM_TYPE_NR,
		 "kmap_atomic: there is no slot type %u\n", type))
		return NULL;
	if (WARN(kmap_slot_mapped(slot),
		 "kmap_atomic: slot type %u is open, it maps pfn %lu\n", type,
		 kmap_slot_pfn(slot)))
		kmap_slot_clear(slot);
	set_pte(kmap_slot_pte(slot), pfn_pte(pfn, prot));
	return (void *)__fix_to_virt(slot);
}

void kmap_typed_close_checked(const void *vaddr, enum km_type type)
{
	unsigned int slot = __virt_to_fix((unsigned long)vaddr);

	if (WARN(kmap_slot_kind(vaddr) == KMAP_SLOT_NONE,
		 "kunmap_atomic: %p is in no slot of this CPU\n", vaddr))
		return;
	if (WARN(!kmap_slot_mapped(slot),
		 "kunmap_atomic: %p is not mapped; closed twice?\n", vaddr))
		return;
	WARN(slot != kmap_typed_slot(type),
	     "kunmap_atomic: %p is not in the slot of type %u\n", vaddr, type);
	slot_close(slot);
}
