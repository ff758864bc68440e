// SPDX-License-Identifier: MIT
/*
 * console_window.c - map by hand, and see the page-table entries change
 */
#include "console.h"
#include "console_handle.h"

#include <linux/errno.h>
#include <linux/highmem.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#define SHOWN_PAGES 8 /* entries of an area that are printed */

static struct memory_view before;
static char words[160];

/* What maps the address before something is done: into words. */
static void note(unsigned long address)
{
	describe_mapping(address, words, sizeof(words));
}

/* What maps it afterwards: both states in one line. */
static void tell_entry(unsigned long address)
{
	char now[160];

	describe_mapping(address, now, sizeof(now));
	if (!strcmp(words, now))
		console_printf("  entry of %08lx: %s, as before\n", address,
			       now);
	else
		console_printf("  entry of %08lx: %s -> %s\n", address, words,
			       now);
}

/* ---------------------------------------------------------------- vmalloc */

static void tell_area(unsigned long address, unsigned long pages)
{
	unsigned long i;
	char now[160];

	for (i = 0; i < min(pages, (unsigned long)SHOWN_PAGES); i++) {
		describe_mapping(address + i * PAGE_SIZE, now, sizeof(now));
		console_printf("  entry of %08lx: %s\n",
			       address + i * PAGE_SIZE, now);
	}
	if (pages > SHOWN_PAGES)
		console_printf("  ... %lu more\n", pages - SHOWN_PAGES);
	describe_mapping(address + pages * PAGE_SIZE, now, sizeof(now));
	console_printf("  entry of %08lx: %s (guard page)\n",
		       address + pages * PAGE_SIZE, now);
}

static int cmd_vmalloc(int count, char **args)
{
	unsigned long size;
	struct handle *h;

	if (count != 2 || parse_size(args[1], &size))
		return -EINVAL;
	h = handle_new();
	if (!h)
		return -ENFILE;
	memory_view_take(&before);
	h->address = vmalloc(size);
	if (!h->address) {
		console_printf("vmalloc(%lu) gave NULL\n", size);
		return -ENOMEM;
	}
	h->kind = HANDLE_VMALLOC;
	h->size = size;
	console_printf("handle %d: %lu bytes at %p\n", handle_number(h), size,
		       h->address);
	tell_area((unsigned long)h->address, DIV_ROUND_UP(size, PAGE_SIZE));
	memory_view_changes(&before);
	return 0;
}
CONSOLE_COMMAND(vmalloc, "SIZE", "vmalloc(): frames from anywhere, one range",
		cmd_vmalloc);

/* Close a handle's window, and tell what became of its entry. */
static int close_window(int count, char **args, enum handle_kind kind,
			void (*close)(const struct handle *h))
{
	unsigned long address;
	struct handle *h;

	if (count != 2)
		return -EINVAL;
	h = handle_parse(args[1], kind);
	if (!h)
		return -ENOENT;
	address = (unsigned long)h->address;
	note(address);
	memory_view_take(&before);
	close(h);
	memset(h, 0, sizeof(*h));
	tell_entry(address);
	memory_view_changes(&before);
	return 0;
}

static void close_area(const struct handle *h)
{
	vfree(h->address);
}

static int cmd_vfree(int count, char **args)
{
	return close_window(count, args, HANDLE_VMALLOC, close_area);
}
CONSOLE_COMMAND(vfree, "HANDLE", "vfree(): give vmalloc's range back",
		cmd_vfree);

/* ------------------------------------------------------------------- kmap */

/* Nothing keeps a free frame from being given to another meanwhile. */
static void warn_if_free(const struct page *page)
{
	if (!page_ref_count(page) && !PageReserved(page) && !PageSlab(page))
		console_printf("  note: frame 0x%lx is free: its next owner "
			       "will write to what is seen here\n",
			       page_to_pfn(page));
}

static int cmd_kmap(int count, char **args)
{
	unsigned long address;
	struct page *page;
	struct handle *h;

	if (count != 2 || parse_page(args[1], &page))
		return -EINVAL;
	h = handle_new();
	if (!h)
		return -ENFILE;
	memory_view_take(&before);
	h->address = kmap(page);
	h->page = page;
	h->kind = HANDLE_KMAP;
	address = (unsigned long)h->address;
	console_printf("handle %d: frame 0x%lx at %p%s\n", handle_number(h),
		       page_to_pfn(page), h->address,
		       PageHighMem(page) ?
			       "" :
			       ", its logical address: nothing to map");
	warn_if_free(page);
	describe_mapping(address, words, sizeof(words));
	console_printf("  entry of %08lx: %s\n", address, words);
	memory_view_changes(&before);
	return 0;
}
CONSOLE_COMMAND(kmap, "PFN|ADDRESS", "kmap(): a window onto one page",
		cmd_kmap);

static void close_kmap(const struct handle *h)
{
	kunmap(h->page);
}

static int cmd_kunmap(int count, char **args)
{
	return close_window(count, args, HANDLE_KMAP, close_kmap);
}
CONSOLE_COMMAND(kunmap, "HANDLE", "kunmap(): the window may be used anew",
		cmd_kunmap);

/* The slots are a stack: a second mapping lies below the first. */
static int cmd_kmap_atomic(int count, char **args)
{
	unsigned long first, second;
	char inner[160], outer[160];
	struct page *page;

	if (count != 2 || parse_page(args[1], &page))
		return -EINVAL;
	first = (unsigned long)kmap_atomic(page);
	second = (unsigned long)kmap_atomic(page);
	describe_mapping(first, outer, sizeof(outer));
	describe_mapping(second, inner, sizeof(inner));
	kunmap_atomic((void *)second);
	kunmap_atomic((void *)first);
	console_printf("kmap_atomic: first at %08lx, nested at %08lx\n", first,
		       second);
	warn_if_free(page);
	console_printf("  entry of %08lx: %s\n", first, outer);
	if (second != first)
		console_printf("  entry of %08lx: %s\n", second, inner);
	describe_mapping(first, words, sizeof(words));
	console_printf("  after kunmap_atomic: %s\n", words);
	return 0;
}
CONSOLE_COMMAND(kmap_atomic, "PFN|ADDRESS",
		"kmap_atomic() twice: the CPU's own slots", cmd_kmap_atomic);

/* ---------------------------------------------------------------- ioremap */

static int cmd_ioremap(int count, char **args)
{
	unsigned long physical, size = PAGE_SIZE;
	void __iomem *address;
	struct handle *h;

	if (count < 2 || count > 3 || parse_number(args[1], &physical) ||
	    (count == 3 && parse_size(args[2], &size)))
		return -EINVAL;
	h = handle_new();
	if (!h)
		return -ENFILE;
	memory_view_take(&before);
	address = ioremap(physical, size);
	if (!address) {
		console_printf("ioremap(0x%lx, %lu) gave NULL: RAM, no room, "
			       "or a range that wraps\n",
			       physical, size);
		return -ENOMEM;
	}
	h->kind = HANDLE_IOREMAP;
	h->address = (void __force *)address;
	h->size = size;
	console_printf("handle %d: physical 0x%lx at %p\n", handle_number(h),
		       physical, h->address);
	describe_mapping((unsigned long)h->address, words, sizeof(words));
	console_printf("  entry: %s\n", words);
	memory_view_changes(&before);
	return 0;
}
CONSOLE_COMMAND(ioremap, "PHYSICAL [SIZE]",
		"ioremap(): a device's registers, uncached", cmd_ioremap);

static void close_device(const struct handle *h)
{
	iounmap((void __iomem __force *)h->address);
}

static int cmd_iounmap(int count, char **args)
{
	return close_window(count, args, HANDLE_IOREMAP, close_device);
}
CONSOLE_COMMAND(iounmap, "HANDLE", "iounmap(): end an ioremap", cmd_iounmap);
