// SPDX-License-Identifier: MIT
/*
 * console_words.c - page-table entries and page descriptors told in words
 */
#include "console.h"

#include <asm/fixmap.h>
#include <asm/pgtable.h>
#include <asm/setup.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <quire/capture.h>

#define PIECE 512 /* bytes printed at once */

/* ----------------------------------------------------------- page tables */

void describe_mapping(unsigned long address, char *buf, size_t size)
{
	char words[96];
	unsigned int level;
	pte_t *pte = lookup_address(address, &level);

	if (!pte) {
		snprintf(buf, size, "not present");
		return;
	}
	pte_words(words, sizeof(words), pte_val(*pte));
	snprintf(buf, size, "%s 0x%lx, %s",
		 level == PG_LEVEL_4M ? "4 MiB from frame" : "frame",
		 pte_pfn(*pte), words);
}

static const char *region_of(unsigned long address)
{
	if (address < PAGE_OFFSET)
		return "user space: nothing is mapped there yet";
	if (address < (unsigned long)high_memory)
		return "direct map of lowmem: a logical address";
	if (address < VMALLOC_START)
		return "hole above lowmem";
	if (address < VMALLOC_END)
		return "vmalloc window";
	if (address >= KASAN_SHADOW_START && address < KASAN_SHADOW_END)
		return "shadow of the kernel's gigabyte";
	if (address >= PKMAP_BASE && address < PKMAP_ADDR(LAST_PKMAP))
		return "permanent kmap window";
	if (address >= FIXADDR_START && address < FIXADDR_TOP)
		return "fixmap";
	if (address >= FIXADDR_TOP)
		return "the last page, never mapped";
	return "hole";
}

/* In pieces, as one message has its limit. */
void show_captured(void)
{
	const char *text = capture_end();
	size_t n;

	for (; *text; text += n) {
		n = min(strlen(text), (size_t)PIECE);
		console_printf("%.*s", (int)n, text);
	}
}

/* The walk is a report of arch's: catch it, so that any loglevel shows it. */
void show_walk(unsigned long address)
{
	console_printf("0x%08lx: %s\n", address, region_of(address));
	capture_begin();
	show_pte_walk(KERN_INFO, address);
	show_captured();
}

/* -------------------------------------------------------------------- pages */

/* Free blocks are naturally aligned, so the head is one of 11 candidates. */
static const struct page *free_block_head(const struct page *page, int *order)
{
	unsigned long pfn = page_to_pfn(page), head;
	const struct page *p;
	int i;

	for (i = 0; i < MAX_ORDER; i++) {
		head = pfn & ~((1UL << i) - 1);
		if (!pfn_valid(head))
			continue;
		p = pfn_to_page(head);
		*order = free_block_order(p);
		if (*order >= i)
			return p;
	}
	return NULL;
}

int free_block_order(const struct page *page)
{
	return PageBuddy(page) ? (int)page->private : -1;
}

static void show_use(struct page *page)
{
	const struct page *head;
	struct page *first = compound_head(page);
	int order;

	if (PageReserved(page))
		console_printf("  reserved: the kernel's image, boot data or "
			       "firmware's; the buddy never had it\n");
	else if ((head = free_block_head(page, &order)))
		console_printf("  free: part of the block of order %d at frame "
			       "0x%lx\n",
			       order, page_to_pfn(head));
	else if (PageSlab(first))
		console_printf("  slab: cache %s, %u objects with users or "
			       "at hand in the CPU's array\n",
			       kmem_cache_name(first->slab_cache),
			       first->inuse);
	else if (PageTable(page))
		console_printf("  page table\n");
	else if (PageCompound(page))
		console_printf("  in use: %s of the compound page at frame "
			       "0x%lx, order %u\n",
			       PageHead(page) ? "head" : "tail",
			       page_to_pfn(first), compound_order(first));
	else if (!page_ref_count(page))
		console_printf("  free: on a CPU's list, or inside a block\n");
	else
		console_printf("  in use\n");
}

static void show_owner(const struct page *page)
{
	capture_begin();
	page_owner_print(page);
	show_captured();
}

void show_page(struct page *page)
{
	unsigned long pfn = page_to_pfn(page);
	void *address = page_address(page);

	console_printf("frame 0x%lx: physical 0x%08llx, zone %s, struct page "
		       "at %p\n",
		       pfn, (unsigned long long)page_to_phys(page),
		       page_zone(page)->name, page);
	show_use(page);
	console_printf("  flags %pGp, references %d, mappings %d\n",
		       &page->flags, page_ref_count(page),
		       atomic_read(&page->_mapcount) + 1);
	if (address)
		console_printf("  mapped at %p\n", address);
	else
		console_printf("  has no kernel address: highmem, not "
			       "kmapped\n");
	if (IS_ENABLED(CONFIG_DEBUG))
		show_owner(page);
}
