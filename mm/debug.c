// SPDX-License-Identifier: MIT
/*
 * dump_page(): everything that is known about one page, in words.
 *
 *	page:c0a01240 refcount:1 mapcount:0 mapping:00000000 index:0x0 pfn:0x92
 *	flags: 0x200(reserved|zone=0)
 *	page dumped because: ...
 *	page_owner: allocated, order 0, by  ...
 *
 * Differs from Linux (mm/debug.c): no raw words, as no layout is hidden.
 */
#include "internal.h"

#include <linux/printk.h>

/* What a page is, as its descriptor says. */
static const char *page_kind(const struct page *page)
{
	if (page_zonenum(page) == ZONE_NONE)
		return "hole";
	if (PageReserved(page))
		return "reserved";
	if (PageBuddy(page))
		return "free block";
	if (PageTail(page))
		return "compound tail";
	if (PageHead(page))
		return "compound head";
	if (PageSlab(page))
		return "slab";
	if (PageTable(page))
		return "page table";
	return page_ref_count(page) ?
		       "in use" :
		       "free, on a per-CPU list or inside a free block";
}

void dump_page(struct page *page, const char *reason)
{
	pr_warn("page:%px refcount:%d mapcount:%d mapping:%px index:%#lx pfn:%#lx\n",
		page, page_ref_count(page), atomic_read(&page->_mapcount) + 1,
		page->mapping, page->index, page_to_pfn(page));
	pr_warn("flags: %pGp, %s\n", &page->flags, page_kind(page));
	if (PageHead(page))
		pr_warn("head: order:%u\n", compound_order(page));
	if (PageTail(page))
		pr_warn("tail of:%px\n", compound_head(page));
	if (reason)
		pr_warn("page dumped because: %s\n", reason);
	if (IS_ENABLED(CONFIG_DEBUG))
		page_owner_print(page);
}
