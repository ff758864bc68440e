/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/mm/init.c - the direct map
 *
 * Every frame of RAM below 896 MiB (MAXMEM) is mapped once, at PAGE_OFFSET
 * plus its physical address, for as long as the kernel runs. Memory is looked
 * at in chunks of 4 MiB, what one directory entry covers:
 *
 *	chunk is                          directory entry
 *	all RAM, no image in it   (PSE)   one 4 MiB page, global
 *	partly RAM, or the image,         a page table: RAM pages RW, text and
 *	or the CPU has no PSE             rodata R, all else not present
 *	no RAM                            0
 *
 *	physical 0       4M      8M             RAM end        896M
 *	         +-------+-------+------ - - ----+---+- - - - - -+
 *	         |0|~|img| large | large ...     |tbl|  absent   |
 *	         +-------+-------+------ - - ----+---+- - - - - -+
 *	          | '-- holes (video memory, ROM) are not mapped
 *	          '-- frame 0 is never mapped: it is where NULL + PAGE_OFFSET is
 *
 * The tables are frames from memblock, the highest first, which the boot
 * tables do not reach; each is written through a fixmap slot and then put
 * into the directory. Old and new entries name the same frames, so the code
 * that runs meanwhile does not notice.
 *
 * Invariants:
 *  D1  an address is mapped here exactly if its frame is RAM, not frame 0
 *      and not the guard page of the boot stack;
 *  D2  text and rodata are never writable, from here to the end;
 *  D3  nothing below PAGE_OFFSET is mapped.
 *
 * Lock: none, boot only. Cost: a few instructions per 4 MiB with PSE, about
 * ten per page without.
 *
 * Differs from Linux: final rights are given at once and not changed later;
 * holes are not mapped. Two-level paging has no NX bit, so data cannot be
 * kept from being executed. (arch/x86/mm/init.c, init_32.c)
 */
#include <asm/setup.h>

#include <asm/pat.h>

#include <asm/cpufeature.h>
#include <asm/fixmap.h>
#include <asm/pgalloc.h>
#include <asm/processor.h>
#include <asm/sections.h>
#include <asm/tlbflush.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/pfn.h>
#include <linux/poison.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#define CHUNK_PAGES PTRS_PER_PTE
/* Chunks that the boot page tables map, see boot/entry.asm. */
#define BOOT_CHUNKS 4

pteval_t __default_kernel_global;
void *high_memory;

/* What the direct map is made of, for the message and for tests. */
unsigned long direct_pages_4m, direct_pages_4k;

static bool __init overlaps_image(unsigned long pfn, unsigned long end)
{
	return pfn < PFN_UP(__pa_nodebug(_end)) &&
	       end > PFN_DOWN(__pa_nodebug(_text));
}

static bool __init chunk_is_large(unsigned long pfn)
{
	unsigned long end = pfn + CHUNK_PAGES;

	return boot_cpu_has(X86_FEATURE_PSE) && pfn && end <= max_low_pfn &&
	       !overlaps_image(pfn, end) &&
	       memblock_is_region_memory(PFN_PHYS(pfn), PMD_SIZE);
}

/* Invariants D1 and D2 for one frame of RAM. */
static pte_t __init direct_pte(unsigned long pfn)
{
	char *addr = __va(pfn << PAGE_SHIFT);

	if (!pfn || addr == init_stack_guard)
		return __pte(0);
	direct_pages_4k++;
	if (in_range_of(addr, _text, __end_rodata))
		return pfn_pte(pfn, PAGE_KERNEL_RO);
	return pfn_pte(pfn, PAGE_KERNEL);
}

/* RAM frames pfn .. end - 1 of one chunk into its table. */
static void __init fill_ptes(pte_t *table, unsigned long pfn, unsigned long end)
{
	for (; pfn < end; pfn++)
		set_pte(&table[pfn % PTRS_PER_PTE], direct_pte(pfn));
}

static phys_addr_t __init alloc_table(void)
{
	phys_addr_t phys = memblock_phys_alloc_range(PAGE_SIZE, PAGE_SIZE,
						     PAGE_SIZE,
						     PFN_PHYS(max_low_pfn));

	if (!phys)
		panic("no memory for the page tables of %lu KiB of lowmem",
		      max_low_pfn << (PAGE_SHIFT - 10));
	return phys;
}

static pmd_t __init chunk_table(unsigned long first)
{
	unsigned long limit = min(first + CHUNK_PAGES, max_low_pfn);
	pte_t *table = (pte_t *)fix_to_virt(FIX_BOOT_WINDOW);
	struct memblock_region *region;
	phys_addr_t phys = alloc_table();

	set_fixmap(FIX_BOOT_WINDOW, phys);
	memset(table, 0, PAGE_SIZE);
	for_each_mem_region(region) {
		unsigned long pfn = PFN_UP(region->base);
		unsigned long end = PFN_DOWN(region->base + region->size);

		fill_ptes(table, max(pfn, first), min(end, limit));
	}
	clear_fixmap(FIX_BOOT_WINDOW);
	return __pmd((unsigned long)phys | _KERNPG_TABLE);
}

static bool __init chunk_has_ram(unsigned long first)
{
	unsigned long limit = min(first + CHUNK_PAGES, max_low_pfn);
	struct memblock_region *region;

	for_each_mem_region(region) {
		if (max(PFN_UP(region->base), first) <
		    min(PFN_DOWN(region->base + region->size), limit))
			return true;
	}
	return false;
}

static pmd_t __init chunk_entry(unsigned long pfn)
{
	if (chunk_is_large(pfn)) {
		direct_pages_4m++;
		return __pmd(pfn << PAGE_SHIFT | _PAGE_PSE |
			     pgprot_val(PAGE_KERNEL));
	}
	return chunk_has_ram(pfn) ? chunk_table(pfn) : __pmd(0);
}

static void __init map_lowmem(void)
{
	unsigned long chunks = DIV_ROUND_UP(max_low_pfn, CHUNK_PAGES);
	unsigned long i;

	for (i = 0; i < max(chunks, (unsigned long)BOOT_CHUNKS); i++)
		set_pmd(pmd_off_k(PAGE_OFFSET + (i << PMD_SHIFT)),
			chunk_entry(i * CHUNK_PAGES));
}

static void __init enable_global_pages(void)
{
	if (boot_cpu_has(X86_FEATURE_PGE))
		__write_cr4(__read_cr4() | X86_CR4_PGE);
}

static void __init say_layout(void)
{
	pr_info("Direct map: %lu KiB in %lu pages of 4 MiB and %lu of 4 KiB\n",
		max_low_pfn << (PAGE_SHIFT - 10), direct_pages_4m,
		direct_pages_4k);
	pr_info("  fixmap  %08lx - %08lx\n", FIXADDR_START, FIXADDR_TOP);
	pr_info("  pkmap   %08lx - %08lx\n", PKMAP_BASE, PKMAP_BASE + PMD_SIZE);
	pr_info("  vmalloc %08lx - %08lx\n", VMALLOC_START, VMALLOC_END);
	pr_info("  lowmem  %08lx - %08lx\n", PAGE_OFFSET,
		(unsigned long)high_memory);
	pr_info("  image: text %08lx - %08lx, rodata to %08lx\n",
		(unsigned long)_text, (unsigned long)_etext,
		(unsigned long)__end_rodata);
	pr_info("         init to %08lx, data to %08lx\n",
		(unsigned long)__init_end, (unsigned long)_end);
}

void __init paging_init(void)
{
	if (boot_cpu_has(X86_FEATURE_PGE))
		__default_kernel_global = _PAGE_GLOBAL;
	pat_init();
	map_lowmem();
	flush_tlb_all();
	enable_global_pages();
	high_memory = __va(max_low_pfn << PAGE_SHIFT);
	memblock_set_current_limit(PFN_PHYS(max_low_pfn));
	memblock_allow_resize();
	say_layout();
}

/* Everything between the two borders, and the code from before paging. */
void free_initmem(void)
{
	free_reserved_area(__init_begin, __init_end, POISON_FREE_INITMEM,
			   "unused kernel image (initmem)");
	free_reserved_area(__va(__boot_start), __va(__boot_end),
			   POISON_FREE_INITMEM, "unused entry code");
}

void arch_report_meminfo(struct seq_file *m)
{
	seq_printf(m, "DirectMap4k:    %8lu kB\n", direct_pages_4k << 2);
	seq_printf(m, "DirectMap4M:    %8lu kB\n", direct_pages_4m << 12);
}
