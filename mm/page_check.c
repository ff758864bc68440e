// SPDX-License-Identifier: MIT
/*
 * Wrong use of pages: found, reported, survived.
 *
 * Problem: a page freed twice is handed to two users, and the damage shows
 * far from its cause. So what can be seen at little cost is looked at in
 * every build, the rest in debug builds, and a report says all that is known
 * of the page.
 *
 *	what                        seen by                  builds
 *	free of a free page         count goes below 0       all
 *	free of a tail page         count goes below 0       all
 *	free of a reserved page     PG_reserved              all
 *	free of a slab page         PG_slab                  all
 *	free while locked, ...      PAGE_FLAGS_CHECK_AT_FREE all
 *	wrong order, compound page  order in its head        all
 *	free of a hole              no zone                  all
 *	wrong order, other page     page_owner               debug
 *	still mapped, has mapping   _mapcount, mapping       debug
 *	written after it was freed  poison                   debug
 *	misuse of gfp flags         gfp_check()              long path
 *
 * After a report the page is left as it was before the call: a page that
 * should not be freed stays with its owner, a page that is free stays where
 * it is. A block freed by a wrong order is freed by the right one. So
 * nothing is lost and nothing is given out twice. The one exception is a
 * page found damaged when it is to be handed out (a flag or a reference that
 * came by itself): it is not handed out, and lost.
 *
 * Invariants:
 *  K1  a block that passes free_prepare() has no flag and no reference;
 *  K2  no report changes who owns a page.
 *
 * Lock: none. Reports are printed with interrupts as they are.
 *
 * Differs from Linux (mm/page_alloc.c, mm/debug.c): a page freed wrongly is
 * kept in use, not leaked; orders are checked in debug builds.
 */
#include "internal.h"

#include <linux/kasan.h>
#include <linux/lockdep.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/kernel.h>

/* Report a page in an impossible state, with its history and the caller. */
void bad_page(struct page *page, const char *reason)
{
	pr_alert("BUG: Bad page state  pfn:%05lx\n", page_to_pfn(page));
	dump_page(page, reason);
	dump_stack();
	add_taint(TAINT_BAD_PAGE, LOCKDEP_STILL_OK);
}

/* The count of a page went below zero: it was not allocated. */
void free_unreferenced(struct page *page)
{
	const char *reason = "freed while its reference count was 0";

	page_ref_add(page, 1);
	if (PageTail(page))
		reason = "tail page freed: free the head";
	else if (PageBuddy(page))
		reason = "double free: the page is free";
	bad_page(page, reason);
}

/* Debug builds: the head is a block of this order from now on. */
static void own_head(struct page *page, unsigned int order)
{
	if (IS_ENABLED(CONFIG_DEBUG))
		page_owner_part(page, page, order);
}

/* All of a block but its head. */
static void free_parts(struct page *page, unsigned int order)
{
	while (order-- > 0) {
		struct page *part = page + (1UL << order);

		if (IS_ENABLED(CONFIG_DEBUG))
			page_owner_part(page, part, order);
		free_the_page(part, order);
	}
}

/*
 * __free_pages() of a block that has other users too, or none. The head lives
 * on with them, but the rest of a block that is not compound was the caller's
 * alone and goes now, as in Linux. What concerns the head is done before the
 * reference is dropped: after it the others may free it at any moment.
 */
void free_shared(struct page *page, unsigned int order)
{
	bool parts = order && !PageHead(page) && page_ref_count(page) > 1;
	int left;

	if (parts)
		own_head(page, 0);
	left = page_ref_sub_return(page, 1);
	if (left < 0) {
		free_unreferenced(page);
	} else if (left == 0) {
		if (parts)
			own_head(page, order);
		free_the_page(page, order);
	} else if (parts) {
		free_parts(page, order);
	}
}

/* What forbids freeing a page whose count has just reached 0, or NULL. */
static const char *free_fault(const struct page *page)
{
	if (page_zonenum(page) == ZONE_NONE)
		return "freed, but there is no RAM at this frame";
	if (PageReserved(page))
		return "reserved page freed";
	if (PageSlab(page))
		return "slab page freed to the buddy";
	if (page->flags & PAGE_FLAGS_CHECK_AT_FREE)
		return "PAGE_FLAGS_CHECK_AT_FREE flag(s) set";
	if (!IS_ENABLED(CONFIG_DEBUG))
		return NULL;
	if (atomic_read(&page->_mapcount) != -1)
		return "nonzero mapcount";
	return NULL;
}

/* The order the block was allocated with, if that can be known. */
static unsigned int true_order(struct page *page, unsigned int order)
{
	int known = -1;

	if (PageHead(page))
		known = compound_order(page);
	else if (IS_ENABLED(CONFIG_DEBUG))
		known = page_owner_order(page);
	return known < 0 ? order : known;
}

/*
 * The last reference of a block is gone: may it be freed? Cleans it if so and
 * returns its order, the right one; else reports, gives the caller his
 * reference back and returns -1.
 */
int free_prepare(struct page *page, unsigned int order)
{
	const char *fault = free_fault(page);
	unsigned int right = true_order(page, order);

	if (unlikely(fault)) {
		set_page_count(page, 1);
		bad_page(page, fault);
		return -1;
	}
	if (unlikely(right != order)) {
		pr_alert("BUG: page freed with order %u, allocated with %u\n",
			 order, right);
		bad_page(page, "wrong order");
	}
	if (PageHead(page))
		destroy_compound_page(page, right);
	page->flags &= ~PAGEFLAGS_MASK;
	if (IS_ENABLED(CONFIG_DEBUG)) {
		if (!PageHighMem(page))
			debug_check_no_locks_freed(page_address(page),
						   PAGE_SIZE << right);
		page_owner_reset(page, right);
		page_poison(page, right);
	}
	kasan_poison_pages(page, right, false);
	return right;
}

static const char *new_page_fault(const struct page *page)
{
	if (page_ref_count(page))
		return "nonzero _refcount on a free page";
	if (page->flags & PAGE_FLAGS_CHECK_AT_PREP)
		return "PAGE_FLAGS_CHECK_AT_PREP flag(s) set on a free page";
	if (atomic_read(&page->_mapcount) != -1)
		return "nonzero mapcount on a free page";
	return NULL;
}

/*
 * May this free block be handed out? Debug builds only; a damaged one is
 * reported and not used again. A block written to while it was free is
 * reported and used: its contents are not promised to anybody.
 */
bool check_new_page(struct page *page, unsigned int order)
{
	struct page *p, *end = page + (1UL << order);

	if (!IS_ENABLED(CONFIG_DEBUG))
		return true;
	for (p = page; p < end; p++) {
		const char *fault = new_page_fault(p);

		if (fault) {
			bad_page(p, fault);
			return false;
		}
	}
	page_poison_check(page, order);
	return true;
}

/* Is this request one that can be met? Reports one that cannot. */
bool gfp_check(gfp_t gfp, unsigned int order)
{
	const gfp_t both = __GFP_DMA | __GFP_HIGHMEM;

	might_alloc(gfp);
	if (WARN(order >= MAX_ORDER && !(gfp & __GFP_NOWARN),
		 "alloc_pages: order %u, the largest is %u\n", order,
		 MAX_ORDER - 1) ||
	    order >= MAX_ORDER)
		return false;
	WARN((gfp & both) == both,
	     "alloc_pages: %pGg: DMA memory is never highmem\n", &gfp);
	WARN(gfp_migratetype(gfp) >= MIGRATE_PCPTYPES,
	     "alloc_pages: %pGg: movable or reclaimable, not both\n", &gfp);
	if (!(gfp & __GFP_NOFAIL))
		return true;
	WARN(order > 1, "alloc_pages: order %u with __GFP_NOFAIL\n", order);
	WARN(!(gfp & __GFP_DIRECT_RECLAIM),
	     "alloc_pages: %pGg: __GFP_NOFAIL may have to wait\n", &gfp);
	return true;
}
