// SPDX-License-Identifier: MIT
/*
 * Blocks in other shapes: compound, split, exact, in bulk.
 *
 * Problem: alloc_pages() gives 2^order frames with one reference on the
 * first. Users want three other things.
 *
 * Compound page (__GFP_COMP): any frame of the block must lead to its head,
 * for a reference count they share:
 *
 *	 head           tail           tail           tail
 *	+-----------+  +-----------+  +-----------+  +-----------+
 *	| PG_head   |  | head | 1  |  | head | 1  |  | head | 1  |
 *	| order 2   |  |           |  |           |  |           |
 *	| refs n    |  | refs 0    |  | refs 0    |  | refs 0    |
 *	+-----------+  +-----------+  +-----------+  +-----------+
 *	      ^______________|______________|______________|
 *
 * The word that names the head lies over the list pointers, which are even,
 * so its lowest bit tells a tail from any other frame. This is the one place
 * where a block costs work per frame, and only for who asks.
 *
 * Split block (split_page): 2^order single frames, one reference each.
 *
 * Exact block (alloc_pages_exact): a split block whose unused frames go back
 * at once:
 *
 *	order 3   |  0  1  2  3  4  5  6  7  |   5 pages wanted
 *	          |  kept          | freed   |
 *
 * Invariants:
 *  C1  a tail points to a head; its own count is 0;
 *  C2  compound_order of the head gives the size it was allocated with;
 *  C3  after a compound page is freed no frame of it is head or tail.
 *
 * Lock: none; the caller owns the block.
 *
 * Differs from Linux (mm/page_alloc.c): the order stands in the head, not in
 * the first tail; there are no destructors.
 */
#include "internal.h"

#include <asm-generic/getorder.h>

/* Make one allocated block a compound page. */
void prep_compound_page(struct page *page, unsigned int order)
{
	struct page *end = page + (1UL << order);
	struct page *tail;

	__SetPageHead(page);
	page->compound_order = order;
	for (tail = page + 1; tail < end; tail++) {
		tail->compound_head = (unsigned long)page | 1;
		tail->mapping = NULL;
	}
}

/* The opposite, when its last reference is gone. */
void destroy_compound_page(struct page *page, unsigned int order)
{
	struct page *end = page + (1UL << order);
	struct page *tail;

	for (tail = page + 1; tail < end; tail++) {
		mm_assert(compound_head(tail) == page, "C1");
		tail->compound_head = 0;
	}
	__ClearPageHead(page);
	page->private = 0;
}

void split_page(struct page *page, unsigned int order)
{
	struct page *end = page + (1UL << order);
	struct page *p;

	if (WARN(PageCompound(page) || !page_ref_count(page),
		 "split_page: pfn %#lx is compound or free\n",
		 page_to_pfn(page)))
		return;
	for (p = page + 1; p < end; p++)
		set_page_count(p, 1);
	if (IS_ENABLED(CONFIG_DEBUG))
		page_owner_split(page, order);
}

void *alloc_pages_exact(size_t size, gfp_t gfp)
{
	unsigned int order = get_order(size);
	unsigned long addr, end, used;

	if (WARN(gfp & (__GFP_COMP | __GFP_HIGHMEM),
		 "alloc_pages_exact: gfp %pGg\n", &gfp))
		gfp &= ~(__GFP_COMP | __GFP_HIGHMEM);
	if (!size)
		return NULL;
	addr = __get_free_pages(gfp, order);
	if (!addr)
		return NULL;
	split_page(virt_to_page(addr), order);
	end = addr + (PAGE_SIZE << order);
	for (used = addr + PAGE_ALIGN(size); used < end; used += PAGE_SIZE)
		free_page(used);
	return (void *)addr;
}

void free_pages_exact(void *virt, size_t size)
{
	unsigned long addr = (unsigned long)virt;
	unsigned long end = addr + PAGE_ALIGN(size);

	for (; addr < end; addr += PAGE_SIZE)
		free_page(addr);
}

unsigned long alloc_pages_bulk_array(gfp_t gfp, unsigned long nr_pages,
				     struct page **page_array)
{
	unsigned long nr = 0;

	for (; nr < nr_pages; nr++) {
		if (page_array[nr])
			continue;
		page_array[nr] = alloc_page(gfp);
		if (!page_array[nr])
			break;
	}
	return nr;
}

void free_pages_bulk_array(unsigned long nr_pages, struct page **page_array)
{
	unsigned long i;

	for (i = 0; i < nr_pages; i++) {
		if (!page_array[i])
			continue;
		__free_page(page_array[i]);
		page_array[i] = NULL;
	}
}
