/* SPDX-License-Identifier: MIT */
/*
 * kmap, kmap_atomic and kmap_local: reaching a frame that has no address.
 *
 *	call               lives     may be held across   cost, highmem page
 *	kmap               long      sleeping             a hash look-up
 *	kmap_atomic        short     nothing that sleeps  one PTE, one INVLPG
 *	kmap_local_page    short     sleeping (its own    one PTE, one INVLPG
 *	                             CPU's slots move)
 *
 * A lowmem page needs no window: all three return its logical address, after
 * one comparison made inline.
 */
#ifndef _LINUX_HIGHMEM_INTERNAL_H
#define _LINUX_HIGHMEM_INTERNAL_H

#include <asm/highmem.h>
#include <linux/compiler.h>
#include <linux/kconfig.h>
#include <linux/kernel.h>
#include <linux/kmap_slots.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

/*
 * Boot word kmap_force, debug builds: lowmem pages take the window too, so
 * that code which forgets an unmap, or keeps the address, is found on a
 * machine without highmem. As Linux's CONFIG_DEBUG_KMAP_LOCAL_FORCE_MAP.
 */
extern bool kmap_force;

/* The zone is in the top bits: one test of the sign tells highmem. */
_Static_assert(ZONE_HIGHMEM == 2 && ZONES_WIDTH == 2,
	       "just zones beyond the direct map have the top bit set");

static inline bool page_beyond_direct_map(const struct page *page)
{
	return (long)page->flags < 0;
}

static inline bool kmap_needs_slot(const struct page *page)
{
	return page_beyond_direct_map(page) ||
	       (IS_ENABLED(CONFIG_DEBUG) && kmap_force);
}

/* The parts of kmap and kunmap that concern highmem pages only. */
void *kmap_high(struct page *page);
void kunmap_high(struct page *page);

/*
 * Map a page until kunmap(). Two kmaps of one page share a mapping. May
 * sleep, and does until another thread unmaps a page when every entry of the
 * window is held; not from interrupts. Never fails.
 */
static inline void *kmap(struct page *page)
{
	might_sleep();
	if (!page_beyond_direct_map(page))
		return lowmem_page_address(page);
	return kmap_high(page);
}

/* Give back one kmap() of the page: by page, not by address. As kmap(). */
static inline void kunmap(struct page *page)
{
	might_sleep();
	if (page_beyond_direct_map(page))
		kunmap_high(page);
}

/*
 * Unmap the entries of the kmap window that nobody holds, with one TLB flush
 * for all. Not from interrupts.
 */
void kmap_flush_unused(void);

/* Entries of the kmap window that somebody holds. Any context. */
unsigned int kmap_in_use(void);

/* Slots this CPU has open, typed and stacked. Any context. */
unsigned int kmap_atomic_depth(void);

/*
 * For the scheduler, interrupts off: before the thread that runs is switched
 * out, and when one is back. Its slots go with it.
 */
void __kmap_local_sched_out(void);
void __kmap_local_sched_in(void);

/* Are slots of this CPU open, which without interrupts are the thread's? */
static inline bool kmap_slots_open(void)
{
	return this_cpu_read(kmap_top) != kmap_top_empty(smp_processor_id());
}

static inline void kmap_local_sched_out(void)
{
	if (unlikely(kmap_slots_open()))
		__kmap_local_sched_out();
}

static inline void kmap_local_sched_in(void)
{
	if (unlikely(current->kmap_ctrl.depth))
		__kmap_local_sched_in();
}

/* Whether the address lies in the kmap window or in a slot. Any context. */
static inline bool is_kmap_addr(const void *x)
{
	unsigned long addr = (unsigned long)x;

	return (addr >= PKMAP_ADDR(0) && addr < PKMAP_ADDR(LAST_PKMAP)) ||
	       (addr >= KMAP_SLOTS_START && addr < KMAP_SLOTS_END);
}

/* The page behind an address from any kmap call, lowmem included. */
struct page *kmap_to_page(void *vaddr);

/*
 * Map a page in this CPU's stack of slots. Mappings are closed in reverse
 * order by kunmap_local(). Any context; never fails or sleeps.
 */
static inline void *kmap_local_page(struct page *page)
{
	if (!kmap_needs_slot(page))
		return lowmem_page_address(page);
	return kmap_slot_push(page_to_pfn(page), kmap_prot);
}

/* As kmap_local_page(), with a protection that holds for highmem only. */
static inline void *kmap_local_page_prot(struct page *page, pgprot_t prot)
{
	if (!kmap_needs_slot(page))
		return lowmem_page_address(page);
	return kmap_slot_push(page_to_pfn(page), prot);
}

/* As kmap_local_page() for a frame that may have no struct page. */
static inline void *kmap_local_pfn(unsigned long pfn)
{
	return kmap_slot_push(pfn, kmap_prot);
}

/* Close the mapping opened last. Any address inside the page will do. */
static inline void kunmap_local(const void *vaddr)
{
	if ((unsigned long)vaddr >= KMAP_WINDOWS_START)
		kmap_slot_pop(vaddr);
}

/* Until kunmap_atomic(): no preemption, and no fault that sleeps. */
static inline void kmap_atomic_begin(void)
{
	preempt_disable();
	pagefault_disable();
}

static inline void kmap_atomic_end(void)
{
	pagefault_enable();
	preempt_enable();
}

/*
 * kmap_atomic(page) takes the next slot of the stack, and kmap_atomic(page,
 * type) the slot of that name: both generations of Linux code compile. Until
 * the kunmap_atomic() nothing may sleep. Any context; never fails.
 */
static inline void *kmap_atomic_stack(struct page *page)
{
	kmap_atomic_begin();
	return kmap_local_page(page);
}

static inline void *kmap_atomic_typed_prot(struct page *page, enum km_type type,
					   pgprot_t prot)
{
	kmap_atomic_begin();
	if (!kmap_needs_slot(page))
		return lowmem_page_address(page);
	return kmap_typed_open(page_to_pfn(page), type, prot);
}

static inline void *kmap_atomic_typed(struct page *page, enum km_type type)
{
	return kmap_atomic_typed_prot(page, type, kmap_prot);
}

static inline void *kmap_atomic_prot_stack(struct page *page, pgprot_t prot)
{
	kmap_atomic_begin();
	return kmap_local_page_prot(page, prot);
}

static inline void *kmap_atomic_pfn_stack(unsigned long pfn)
{
	kmap_atomic_begin();
	return kmap_slot_push(pfn, kmap_prot);
}

static inline void *kmap_atomic_pfn_typed(unsigned long pfn, enum km_type type)
{
	kmap_atomic_begin();
	return kmap_typed_open(pfn, type, kmap_prot);
}

static inline void kunmap_atomic_stack(const void *vaddr)
{
	kunmap_local(vaddr);
	kmap_atomic_end();
}

static inline void kunmap_atomic_typed(const void *vaddr, enum km_type type)
{
	if ((unsigned long)vaddr >= KMAP_WINDOWS_START)
		kmap_typed_close(vaddr, type);
	kmap_atomic_end();
}

/* With one argument more the wanted function stands one place further. */
#define __kmap_form(a, b, form, ...) form
#define __kmap_form3(a, b, c, form, ...) form

#define kmap_atomic(...)						\
	__kmap_form(__VA_ARGS__, kmap_atomic_typed,			\
		    kmap_atomic_stack, )(__VA_ARGS__)
#define kunmap_atomic(...)						\
	__kmap_form(__VA_ARGS__, kunmap_atomic_typed,			\
		    kunmap_atomic_stack, )(__VA_ARGS__)
#define kmap_atomic_pfn(...)						\
	__kmap_form(__VA_ARGS__, kmap_atomic_pfn_typed,			\
		    kmap_atomic_pfn_stack, )(__VA_ARGS__)
#define kmap_atomic_prot(...)						\
	__kmap_form3(__VA_ARGS__, kmap_atomic_typed_prot,		\
		     kmap_atomic_prot_stack, )(__VA_ARGS__)

#endif
