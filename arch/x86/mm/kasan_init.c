/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/mm/kasan_init.c - memory for the shadow, in a KASAN=1 kernel
 *
 * The compiler's code writes to the shadow of its stack frame from the first
 * C function on, long before there is memory to give. So at first all 32
 * directory entries of the shadow lead to one page table, and each of its
 * entries to one page that anybody may scribble on; nothing is reported yet:
 *
 *	directory      early table     frames
 *	+--------+     +--------+
 *	| shadow |---->| entry  |-----> kasan_early_shadow_page
 *	| shadow |---->| entry  |-----> the same
 *	| ...    |---->| ...    |-----> the same
 *	+--------+     +--------+
 *
 * When memblock has memory and the direct map stands, each part of the shadow
 * gets what it needs:
 *
 *	shadow of          is
 *	lowmem             an eighth of it: 4 MiB pages where the CPU has them
 *	                   and 32 MiB of lowmem are behind one, else 4 KiB pages
 *	the hole, and      one page for all, read-only, that says "no area
 *	 the vmalloc       here"; a page of its own as soon as an area lies
 *	 window            there (mm/kasan/vmalloc_shadow.c)
 *	the shadow,        the early page, zeroed and from then on read-only:
 *	 pkmap, fixmap     all may be accessed
 *
 * Invariants:
 *  H1  every page of the shadow is present, from kasan_early_init() on;
 *  H2  a page that stands for several is read-only once the checks are on.
 *
 * Lock: none, boot only. Compiled without checks of accesses, as these need
 * what is made here.
 *
 * Differs from Linux: it has none of this for 32-bit x86. The 64-bit kernel's
 * shadow of the vmalloc window is not mapped where there is no area, so that a
 * wild pointer faults in the checks themselves. (arch/x86/mm/kasan_init_64.c)
 */
#include <asm/kasan.h>

#include <asm/cpufeature.h>
#include <asm/pgalloc.h>
#include <asm/processor.h>
#include <asm/sections.h>
#include <asm/tlbflush.h>
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/pfn.h>
#include <linux/printk.h>
#include <linux/string.h>

static u8 kasan_early_shadow_page[PAGE_SIZE] __aligned(PAGE_SIZE);
static pte_t kasan_early_shadow_pte[PTRS_PER_PTE] __aligned(PAGE_SIZE);
u8 kasan_no_area_page[PAGE_SIZE] __aligned(PAGE_SIZE);

/* Nothing here may call a checked function. */
static void __init fill_early_table(pgprot_t prot)
{
	unsigned long pfn = PFN_DOWN(__pa_nodebug(kasan_early_shadow_page));
	unsigned int i;

	for (i = 0; i < PTRS_PER_PTE; i++)
		set_pte(&kasan_early_shadow_pte[i], pfn_pte(pfn, prot));
}

void __init kasan_early_init(void)
{
	unsigned long table = __pa_nodebug(kasan_early_shadow_pte);
	unsigned long at;

	fill_early_table(__pgprot(_PAGE_PRESENT | _PAGE_RW));
	for (at = KASAN_SHADOW_START; at < KASAN_SHADOW_END; at += PMD_SIZE)
		set_pmd(pmd_off_k(at), __pmd(table | _KERNPG_TABLE));
}

static unsigned long __init shadow_of(unsigned long addr)
{
	return (addr >> KASAN_SHADOW_SCALE_SHIFT) + KASAN_SHADOW_OFFSET;
}

static void *__init alloc_shadow(unsigned long size)
{
	void *p = memblock_alloc(size, size);

	if (!p)
		panic("KASAN: no memory for the shadow of lowmem");
	return p;
}

/* Shadow of lowmem alone: one large page. False if there is none to be had. */
static bool __init map_large(unsigned long at)
{
	void *p;

	if (!boot_cpu_has(X86_FEATURE_PSE))
		return false;
	p = memblock_alloc(PMD_SIZE, PMD_SIZE);
	if (!p)
		return false;
	set_pmd(pmd_off_k(at),
		__pmd(__pa_nodebug(p) | _PAGE_PSE | pgprot_val(PAGE_KERNEL)));
	return true;
}

/*
 * A table for 4 MiB of shadow: pages of their own up to end, behind it the
 * page that says that no area is there. The page that end lies in is both.
 */
static void __init map_small(unsigned long at, unsigned long end)
{
	pte_t *table = alloc_shadow(PAGE_SIZE);
	unsigned long page;
	unsigned int i;

	for (i = 0; i < PTRS_PER_PTE; i++) {
		page = at + i * PAGE_SIZE;
		if (page < end)
			set_pte(&table[i],
				pfn_pte(virt_to_pfn(alloc_shadow(PAGE_SIZE)),
					PAGE_KERNEL));
		else
			set_pte(&table[i],
				pfn_pte(virt_to_pfn(kasan_no_area_page),
					PAGE_KERNEL_RO));
	}
	set_pmd(pmd_off_k(at), __pmd(__pa_nodebug(table) | _KERNPG_TABLE));
}

static void __init map_shadow(void)
{
	unsigned long lowmem_end = shadow_of((unsigned long)high_memory);
	unsigned long windows_end = shadow_of(VMALLOC_END);
	unsigned long at;

	for (at = KASAN_SHADOW_START; at < windows_end; at += PMD_SIZE) {
		if (at + PMD_SIZE > lowmem_end || !map_large(at))
			map_small(at, lowmem_end);
	}
	flush_tlb_all();
	/* of its last page, what belongs to the hole above */
	memset((void *)lowmem_end, KASAN_VMALLOC_NO_AREA,
	       -lowmem_end & ~PAGE_MASK);
}

/* Each file with static variables has one, which the compiler made. */
static void __init call_constructors(void)
{
	void (*const *fn)(void);

	for (fn = __start_ctors; fn < __stop_ctors; fn++)
		(*fn)();
}

void __init kasan_init(void)
{
	memset(kasan_no_area_page, KASAN_VMALLOC_NO_AREA, PAGE_SIZE);
	map_shadow();
	memset(kasan_early_shadow_page, 0, PAGE_SIZE);
	fill_early_table(PAGE_KERNEL_RO);
	flush_tlb_all();
	call_constructors();
	kasan_start();
	pr_info("KASAN: shadow %08lx - %08lx, %lu KiB of it for lowmem\n",
		KASAN_SHADOW_START, KASAN_SHADOW_END,
		(shadow_of((unsigned long)high_memory) - KASAN_SHADOW_START) >>
			10);
}
