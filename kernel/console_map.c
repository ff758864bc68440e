// SPDX-License-Identifier: MIT
/*
 * console_map.c - pictures: the address space, and all frames of RAM
 */
#include "console.h"

#include <asm/fixmap.h>
#include <asm/pgtable.h>
#include <asm/sections.h>
#include <linux/errno.h>
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>

/* -------------------------------------------------------- address space */

static void border(unsigned long address, const char *name)
{
	console_printf("0x%08lx +-- %s\n", address, name);
}

__attribute__((format(printf, 1, 2))) static void inside(const char *fmt, ...)
{
	char text[96];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	console_printf("           |   %s\n", text);
}

static void part(const char *name, struct section_range range)
{
	inside("kernel's %s %08lx .. %08lx (%lu KiB)", name, range.begin,
	       range.end - 1, (range.end - range.begin + 1023) / 1024);
}

static int cmd_layout(int count, char **args)
{
	unsigned long low = (unsigned long)high_memory;

	border(0, "user space");
	inside("3 GiB, one per process; no process yet");
	border(PAGE_OFFSET, "PAGE_OFFSET: direct map");
	inside("%lu MiB of RAM: physical 0 .. 0x%lx", (low - PAGE_OFFSET) >> 20,
	       low - PAGE_OFFSET);
	part("text", kernel_text_range());
	part("read-only data", kernel_rodata_range());
	part("data", kernel_data_range());
	part("bss", kernel_bss_range());
	border(low, "high_memory: hole");
	border(VMALLOC_START, "VMALLOC_START: vmalloc, vmap, ioremap");
	inside("%lu MiB; %lu areas, %lu pages behind them",
	       (VMALLOC_END - VMALLOC_START) >> 20, vm_area_count(),
	       vmalloc_nr_pages());
	border(VMALLOC_END, "VMALLOC_END: hole");
	if (IS_ENABLED(CONFIG_KASAN))
		border(KASAN_SHADOW_START, "KASAN_SHADOW_START: shadow");
	border(PKMAP_BASE, "PKMAP_BASE: permanent kmap");
	inside("%u windows of one page; %lu in use", LAST_PKMAP,
	       (unsigned long)kmap_in_use());
	border(PKMAP_ADDR(LAST_PKMAP), "hole");
	border(FIXADDR_START, "FIXADDR_START: fixed mappings");
	inside("%lu pages; %d atomic kmaps in use", FIXADDR_SIZE >> PAGE_SHIFT,
	       (int)kmap_atomic_depth());
	border(FIXADDR_TOP, "FIXADDR_TOP: the last page, never mapped");
	return 0;
}
CONSOLE_COMMAND(layout, "", "the address space, with the numbers of now",
		cmd_layout);

/* ---------------------------------------------------- physical memory */

#define MAP_COLUMNS 64
#define MAP_ROWS    32

enum frame_use {
	USE_NONE,
	USE_FREE,
	USE_RESERVED,
	USE_SLAB,
	USE_TABLE,
	USE_LOW,
	USE_HIGH,
	NR_USES
};

static const char use_letters[NR_USES + 1] = " .rstuh";

static enum frame_use use_of(const struct page *page)
{
	if (PageReserved(page))
		return USE_RESERVED;
	if (PageSlab(compound_head((struct page *)page)))
		return USE_SLAB;
	if (PageTable(page))
		return USE_TABLE;
	if (!page_ref_count(compound_head((struct page *)page)))
		return USE_FREE;
	return PageHighMem(page) ? USE_HIGH : USE_LOW;
}

/* Counts the uses of frames [pfn, end), whole free blocks at a time. */
static void count_uses(unsigned long pfn, unsigned long end,
		       unsigned long *uses)
{
	unsigned long n;
	int order;

	for (; pfn < end; pfn += n) {
		n = 1;
		if (!pfn_valid(pfn)) {
			uses[USE_NONE]++;
			continue;
		}
		order = free_block_order(pfn_to_page(pfn));
		if (order >= 0)
			n = min(1UL << order, end - pfn);
		uses[order >= 0 ? USE_FREE : use_of(pfn_to_page(pfn))] += n;
	}
}

/* The most frequent use other than free; '.' only where all is free. */
static char letter_of(const unsigned long *uses)
{
	enum frame_use use, most = USE_FREE;

	for (use = USE_RESERVED; use < NR_USES; use++)
		if (uses[use] && (most == USE_FREE || uses[use] > uses[most]))
			most = use;
	if (most == USE_FREE && !uses[USE_FREE])
		most = USE_NONE;
	if (most >= USE_SLAB && uses[USE_FREE] > uses[most])
		return use_letters[most];
	return most >= USE_SLAB ? use_letters[most] - 'a' + 'A' :
				  use_letters[most];
}

static int cmd_map(int count, char **args)
{
	unsigned long step = 1, pfn, end, uses[NR_USES];
	unsigned int column;

	while (step * MAP_COLUMNS * MAP_ROWS < max_pfn)
		step *= 2;
	console_printf("one character: %lu frames (%lu KiB)\n"
		       ". free  r reserved  s slab  t page table  "
		       "u in use  h highmem in use\n"
		       "(small: less than half of the frames; "
		       "blank: no RAM)\n",
		       step, step * 4);
	for (pfn = 0; pfn < max_pfn;) {
		console_printf("%08lx ", pfn << PAGE_SHIFT);
		for (column = 0; column < MAP_COLUMNS && pfn < max_pfn;
		     column++, pfn = end) {
			memset(uses, 0, sizeof(uses));
			end = min(pfn + step, max_pfn);
			count_uses(pfn, end, uses);
			console_printf("%c", letter_of(uses));
		}
		console_printf("\n");
	}
	return 0;
}
CONSOLE_COMMAND(map, "", "a picture of physical memory", cmd_map);
