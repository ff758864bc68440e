// SPDX-License-Identifier: MIT
/*
 * Page owner: who allocated a page, and who freed it last? Debug builds only.
 *
 * Problem: "double free of frame 0x92" helps nobody. A report must name the
 * two callers, the one of now and the one before.
 *
 * Beside mem_map lies an array with 4 bytes for each frame:
 *
 *	31      28 27          14 13           0
 *	+---------+--------------+--------------+
 *	| order+1 | freed by     | allocated by |
 *	+---------+--------------+--------------+
 *
 * "By" is the number of a stack trace in the depot (lib/stackdepot.c), which
 * keeps each different trace once. order+1 is 0 while the page is free, and
 * is what the order given to __free_pages() is compared with.
 *
 * Lock: none; a frame's word is changed by who owns the frame.  Cost: a walk
 * of the stack for each allocation and each free, some 500 instructions, and
 * a thousandth of the memory: 4 bytes for each 4 KiB. A release kernel pays
 * neither.
 *
 * Differs from Linux (mm/page_owner.c, mm/page_ext.c): 4 bytes a frame, no
 * time stamps, nothing per process.
 */
#include "internal.h"

#include <linux/init.h>
#include <linux/memblock.h>
#include <linux/page_ext.h>
#include <linux/printk.h>
#include <linux/stackdepot.h>
#include <linux/stacktrace.h>
#include <linux/string.h>

#define TRACE_DEPTH	12
#define TRACE_SKIP	3	/* the allocator's own innermost frames */

/* What stack_depot_save() can name with 14 bits. */
#define DEPOT_BYTES	STACK_DEPOT_MAX_BYTES

static struct page_ext *page_ext_map;

_Static_assert(STACK_DEPOT_BITS == 14, "a handle fits struct page_ext");

struct page_ext *page_ext_get(const struct page *page)
{
	return page_ext_map ? &page_ext_map[page_to_pfn(page)] : NULL;
}

void __init page_owner_init(void)
{
	void *pool = memblock_alloc(DEPOT_BYTES, PAGE_SIZE);

	if (pool)
		stack_depot_init_pool(pool, DEPOT_BYTES);
	/* without room for it the kernel still runs, and says less */
	page_ext_map =
		memblock_alloc(max_mapnr * sizeof(struct page_ext), PAGE_SIZE);
	if (!pool || !page_ext_map)
		pr_warn("page_owner: no room, reports name no callers\n");
}

/* The number of the caller's stack trace, 0 when there is no room for it. */
static unsigned int save_trace(void)
{
	unsigned long entries[TRACE_DEPTH];
	unsigned int nr = stack_trace_save(entries, TRACE_DEPTH, TRACE_SKIP);

	return stack_depot_save(entries, nr, 0);
}

void page_owner_set(struct page *page, unsigned int order)
{
	struct page_ext *ext = page_ext_get(page);

	if (!ext)
		return;
	ext->alloc = save_trace();
	ext->order = order + 1;
}

void page_owner_reset(struct page *page, unsigned int order)
{
	struct page_ext *ext = page_ext_get(page);

	if (!ext)
		return;
	ext->free = save_trace();
	ext->order = 0;
}

/* A block becomes 2^order single pages of the same owner. */
void page_owner_split(struct page *page, unsigned int order)
{
	struct page_ext *ext = page_ext_get(page);
	unsigned long i;

	if (!ext)
		return;
	for (i = 0; i < 1UL << order; i++) {
		ext[i] = ext[0];
		ext[i].order = 1;
	}
}

/* A part of a block becomes a block of its own, of the same owner. */
void page_owner_part(struct page *page, struct page *part, unsigned int order)
{
	struct page_ext *ext = page_ext_get(page);

	if (!ext)
		return;
	ext[part - page] = ext[0];
	ext[part - page].order = order + 1;
}

/* The order a page was allocated with, -1 if that is not known. */
int page_owner_order(const struct page *page)
{
	const struct page_ext *ext = page_ext_get(page);

	return ext ? (int)ext->order - 1 : -1;
}

static void print_trace(const char *what, unsigned int handle)
{
	if (!handle)
		return;
	pr_warn("page last %s by:\n", what);
	stack_depot_print(handle);
}

void page_owner_print(const struct page *page)
{
	const struct page_ext *ext = page_ext_get(page);

	if (!ext)
		return;
	if (ext->order)
		pr_warn("page_owner: allocated with order %u\n",
			ext->order - 1);
	print_trace("allocated", ext->alloc);
	print_trace("freed", ext->free);
}
