// SPDX-License-Identifier: MIT
/*
 * console_handle.c - numbered things that the hands-on commands hold
 */
#include "console_handle.h"

#include "console.h"

#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>

static struct handle handles[NR_HANDLES];

static const struct {
	const char *what;      /* it is called */
	const char *give_back; /* the command that ends it */
} kinds[] = {
	[HANDLE_PAGES] = { "pages", "free" },
	[HANDLE_KMALLOC] = { "kmalloc", "kfree" },
	[HANDLE_VMALLOC] = { "vmalloc", "vfree" },
	[HANDLE_KMAP] = { "kmap", "kunmap" },
	[HANDLE_IOREMAP] = { "ioremap", "iounmap" },
	[HANDLE_CACHE] = { "cache", "cache destroy" },
	[HANDLE_OBJECT] = { "object", "cache free" },
};

struct handle *handle_new(void)
{
	struct handle *h;

	for (h = handles; h < handles + NR_HANDLES; h++)
		if (h->kind == HANDLE_FREE)
			return h;
	console_printf("all %d handles are taken; see handles\n", NR_HANDLES);
	return NULL;
}

int handle_number(const struct handle *handle)
{
	return handle - handles + 1;
}

static struct handle *handle_at(unsigned long value)
{
	struct handle *h;

	if (value >= 1 && value <= NR_HANDLES)
		return &handles[value - 1];
	for (h = handles; h < handles + NR_HANDLES; h++)
		if (h->kind != HANDLE_FREE && h->address &&
		    (unsigned long)h->address == value)
			return h;
	return NULL;
}

struct handle *handle_parse(const char *word, enum handle_kind kind)
{
	unsigned long value;
	struct handle *h;

	if (parse_number(word, &value))
		return NULL;
	h = handle_at(value);
	if (!h || h->kind == HANDLE_FREE) {
		console_printf("%s: nothing is held under this handle; "
			       "see handles\n",
			       word);
		return NULL;
	}
	if (h->kind != kind) {
		console_printf("%s: handle %d is of kind %s; give it back "
			       "with %s\n",
			       word, handle_number(h), kinds[h->kind].what,
			       kinds[h->kind].give_back);
		return NULL;
	}
	return h;
}

bool handle_cache_in_use(const struct kmem_cache *cache)
{
	struct handle *h;

	for (h = handles; h < handles + NR_HANDLES; h++)
		if (h->kind == HANDLE_OBJECT && h->cache == cache)
			return true;
	return false;
}

static void show_handle(const struct handle *h)
{
	console_printf("%3d  %-8s", handle_number(h), kinds[h->kind].what);
	if (h->page)
		console_printf("  frame 0x%lx", page_to_pfn(h->page));
	if (h->kind == HANDLE_PAGES)
		console_printf(", order %u", h->order);
	if (h->address)
		console_printf("  at %p", h->address);
	if (h->size)
		console_printf(", %lu bytes", h->size);
	if (h->cache)
		console_printf("  cache %s", kmem_cache_name(h->cache));
	console_printf("\n");
}

static int cmd_handles(int count, char **args)
{
	unsigned int held = 0;
	struct handle *h;

	for (h = handles; h < handles + NR_HANDLES; h++) {
		if (h->kind == HANDLE_FREE)
			continue;
		show_handle(h);
		held++;
	}
	console_printf("%u held, %u free\n", held, NR_HANDLES - held);
	return 0;
}
CONSOLE_COMMAND(handles, "", "what alloc, kmalloc, vmalloc, ... hold",
		cmd_handles);
