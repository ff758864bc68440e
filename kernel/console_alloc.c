// SPDX-License-Identifier: MIT
/*
 * console_alloc.c - allocate by hand, and see what it changes
 *
 * Each command takes a view of memory, acts, and prints what is different.
 */
#include "console.h"
#include "console_handle.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

static struct memory_view before;

/* ------------------------------------------------------------------ pages */

static int read_order(const char *word, unsigned int *order)
{
	unsigned long value;

	if (parse_number(word, &value))
		return -EINVAL;
	if (value >= MAX_ORDER) {
		console_printf("%s: orders go from 0 (4 KiB) to %d "
			       "(%lu KiB)\n",
			       word, MAX_ORDER - 1,
			       (PAGE_SIZE << (MAX_ORDER - 1)) / 1024);
		return -EINVAL;
	}
	*order = value;
	return 0;
}

/* The flags of word at index, GFP_KERNEL if the line is shorter. */
static int read_gfp(int count, char **args, int index, gfp_t *gfp)
{
	*gfp = GFP_KERNEL;
	return count > index ? parse_gfp(args[index], gfp) : 0;
}

static void tell_pages(const struct handle *h)
{
	unsigned long pfn = page_to_pfn(h->page);

	console_printf("handle %d: frames 0x%lx..0x%lx, zone %s",
		       handle_number(h), pfn, pfn + (1UL << h->order) - 1,
		       page_zone(h->page)->name);
	if (PageHighMem(h->page))
		console_printf(", no kernel address (try kmap 0x%lx)\n", pfn);
	else
		console_printf(", at %p\n", page_address(h->page));
}

static int cmd_alloc(int count, char **args)
{
	unsigned int order = 0;
	struct handle *h;
	gfp_t gfp;

	if (count > 3 || (count > 1 && read_order(args[1], &order)) ||
	    read_gfp(count, args, 2, &gfp))
		return -EINVAL;
	h = handle_new();
	if (!h)
		return -ENFILE;
	memory_view_take(&before);
	h->page = alloc_pages(gfp, order);
	if (!h->page) {
		console_printf("no memory: alloc_pages(%pGg, %u) gave NULL\n",
			       &gfp, order);
		return -ENOMEM;
	}
	h->kind = HANDLE_PAGES;
	h->order = order;
	h->address = page_address(h->page);
	tell_pages(h);
	memory_view_changes(&before);
	return 0;
}
CONSOLE_COMMAND(alloc, "[ORDER [GFP|GFP...]]",
		"alloc_pages(): 2^ORDER frames in a row", cmd_alloc);

/* Give a handle's memory back, and tell what that changed. */
static int give_back(int count, char **args, enum handle_kind kind,
		     void (*give)(const struct handle *h))
{
	struct handle *h;

	if (count != 2)
		return -EINVAL;
	h = handle_parse(args[1], kind);
	if (!h)
		return -ENOENT;
	memory_view_take(&before);
	give(h);
	memset(h, 0, sizeof(*h));
	memory_view_changes(&before);
	return 0;
}

static void give_pages(const struct handle *h)
{
	__free_pages(h->page, h->order);
}

static int cmd_free(int count, char **args)
{
	return give_back(count, args, HANDLE_PAGES, give_pages);
}
CONSOLE_COMMAND(free, "HANDLE", "__free_pages(): give alloc's frames back",
		cmd_free);

static int cmd_drain(int count, char **args)
{
	memory_view_take(&before);
	drain_all_pages(NULL);
	memory_view_changes(&before);
	return 0;
}
CONSOLE_COMMAND(drain, "", "empty the CPU's page lists into the buddy",
		cmd_drain);

/* ---------------------------------------------------------------- kmalloc */

static int cmd_kmalloc(int count, char **args)
{
	unsigned long size;
	struct handle *h;
	gfp_t gfp;

	if (count < 2 || count > 3 || parse_size(args[1], &size) ||
	    read_gfp(count, args, 2, &gfp))
		return -EINVAL;
	h = handle_new();
	if (!h)
		return -ENFILE;
	memory_view_take(&before);
	h->address = kmalloc(size, gfp);
	if (!h->address) {
		console_printf("no memory: kmalloc(%lu, %pGg) gave NULL "
			       "(at most %lu bytes)\n",
			       size, &gfp, KMALLOC_MAX_SIZE);
		return -ENOMEM;
	}
	h->kind = HANDLE_KMALLOC;
	h->size = size;
	console_printf("handle %d: %lu bytes at %p", handle_number(h), size,
		       h->address);
	if (size)
		console_printf(", the object has %zu", ksize(h->address));
	console_printf("\n");
	memory_view_changes(&before);
	return 0;
}
CONSOLE_COMMAND(kmalloc, "SIZE [GFP|GFP...]",
		"kmalloc(): a small object from a slab", cmd_kmalloc);

static void give_object(const struct handle *h)
{
	kfree(h->address);
}

static int cmd_kfree(int count, char **args)
{
	return give_back(count, args, HANDLE_KMALLOC, give_object);
}
CONSOLE_COMMAND(kfree, "HANDLE", "kfree(): give kmalloc's object back",
		cmd_kfree);

/* ------------------------------------------------------------------- hog */

static LIST_HEAD(hogged);
static unsigned long nr_hogged;

static void hog_release(void)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, &hogged, lru) {
		list_del(&page->lru);
		__free_page(page);
	}
	nr_hogged = 0;
}

static void hog_take(unsigned long wanted, gfp_t gfp)
{
	struct page *page;

	/* It ends when memory does, so it must be able to fail. */
	gfp = (gfp & ~__GFP_NOFAIL) | __GFP_NOWARN;
	while (wanted--) {
		page = alloc_page(gfp);
		if (!page)
			return;
		list_add(&page->lru, &hogged);
		nr_hogged++;
	}
}

static int cmd_hog(int count, char **args)
{
	unsigned long wanted = ULONG_MAX;
	gfp_t gfp;

	if (count < 2 || count > 3 || read_gfp(count, args, 2, &gfp))
		return -EINVAL;
	if (strcmp(args[1], "free") && strcmp(args[1], "all") &&
	    parse_number(args[1], &wanted))
		return -EINVAL;
	memory_view_take(&before);
	if (!strcmp(args[1], "free"))
		hog_release();
	else
		hog_take(wanted, gfp);
	console_printf("the hog holds %lu pages\n", nr_hogged);
	memory_view_changes(&before);
	return 0;
}
CONSOLE_COMMAND(hog, "PAGES|all|free [GFP|GFP...]",
		"take single pages until none comes, or give all back",
		cmd_hog);
