// SPDX-License-Identifier: MIT
/*
 * The gfp front end: alloc_pages() and __free_pages().
 *
 * Problem: one call for everybody. The gfp flags say where the memory may
 * lie, how deep into the reserves the caller may dig, and what he can put up
 * with if there is none: wait, let others be squeezed, or get NULL.
 *
 *	alloc_pages(gfp, order)
 *	  | nothing special
 *	  +--> order <= 3: this CPU's list of the first zone ---------> page
 *	  +--> order > 3: the first zone's buddy, down to the low mark > page
 *	  |       empty
 *	  +--> each zone of the zonelist, down to the low mark
 *	  |       refill this CPU's list (order <= 3) or the buddy ----> page
 *	  |       none
 *	  +--> again, as deep as the flags allow (min, HIGH, ATOMIC) --> page
 *	  |       none
 *	  +--> __GFP_MEMALLOC: again without marks --------------------> page
 *	  |       may not wait: give up
 *	  +--> drain all CPUs' lists, call shrinkers, again; repeat
 *	          while there is progress -----------------------------> page
 *	          none: warn (unless __GFP_NOWARN), NULL;
 *	          __GFP_NOFAIL: to the last page, then wait for other
 *	          threads to free some; if a second brings none: panic
 *
 * How hard the last step tries:
 *
 *	__GFP_NORETRY          one round
 *	(none), order <= 3     16 rounds, as long as shrinkers free anything
 *	(none), order > 3      one round: costly
 *	__GFP_RETRY_MAYFAIL    16 rounds at any order
 *	__GFP_NOFAIL           as (none), then without marks, NOFAIL_WAITS
 *	                       times, with a wait in between; then panic: with
 *	                       no process to kill nothing more can come back
 *
 * Who may not wait drains its own CPU's lists only: for those of the others it
 * would have to wait. Reclaim is for threads that can be preempted: a
 * GFP_KERNEL from anywhere else is reported, and served as GFP_NOWAIT.
 *
 * No loop is without bound, so no request hangs.
 *
 * The fast path. All that depends on the flags but not on the moment is
 * looked up in one byte, gfp_room[]: which zone first (the highest one that
 * exists) and which mobility. What needs more than the bare block is sent to
 * the long path by one test. The watermark is not looked at: a page of a
 * per-CPU list is not free memory any more (see pcp.c).
 *
 * Freeing. The last reference goes, one test finds any flag that should not
 * be there, and the block is on this CPU's list of its pageblock's room.
 * Wrong use (a page that is free, reserved, a slab's, a tail) is found by the
 * count or the flags and handled in page_check.c; the page is left alone.
 *
 * Invariants:
 *  A1  a page that is handed out has one reference and no flag;
 *  A2  a fallback goes from HIGHMEM to NORMAL to DMA, never up;
 *  A3  a request without __GFP_DIRECT_RECLAIM calls no shrinker, and never
 *      sleeps.
 *
 * Lock: none here; interrupts off around a per-CPU list, which keep the thread
 * on that CPU, too: the list is found after they are off.  Cost: about 30
 * instructions each for allocating and freeing orders 0 .. 3, 90 above. The
 * fast paths take no lock and no locked instruction.
 *
 * Differs from Linux (mm/page_alloc.c): no kswapd, compaction or OOM killer
 * yet; marks are checked on refill; of GFP flags, __GFP_COLD is still here.
 */
#include "internal.h"

#include <linux/fault-inject.h>
#include <linux/highmem.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/panic.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#include "irq_lock.h"

#define MAX_RECLAIM_RETRIES	16
#define NOFAIL_WAITS		50
#define NOFAIL_WAIT		(HZ / 50)	/* jiffies */
#define RECLAIM_PRIORITY 12 /* shrinkers give 1/4096 of theirs ... */

/* Requests with one of these take the long path. */
#define GFP_LONG_PATH	(__GFP_ZERO | __GFP_COMP | __GFP_COLD)

/* A block from the buddy itself, for orders without per-CPU lists. */
static struct page *rmqueue_buddy(struct zone *zone,
				  const struct alloc_context *ac)
{
	struct page *page = NULL;
	unsigned long flags;

	irq_lock_save(&zone->lock, flags);
	if (zone_watermark_ok(zone, ac->order, ac, 0))
		page = buddy_take(zone, ac->order, ac->migratetype);
	if (page)
		count_vm_events(PGALLOC_DMA + zone_idx(zone), 1 << ac->order);
	irq_unlock_restore(&zone->lock, flags);
	return page;
}

/*
 * One block from one zone. The zone a request asks for first gives what its
 * per-CPU list has without looking at the mark; the others do look.
 */
static struct page *rmqueue(struct zone *zone, const struct alloc_context *ac,
			    bool first)
{
	if (ac->order < NR_PCP_ORDERS)
		return pcp_take(zone, ac->order, ac, !first);
	return rmqueue_buddy(zone, ac);
}

/* Go down the zonelist once. A block that fails its check is left out. */
static struct page *get_page_from_freelist(const struct alloc_context *ac)
{
	struct zonelist *zonelist = node_zonelist(0, ac->gfp);
	struct zoneref *ref;
	struct zone *zone;
	bool first = true;

	for_each_zone_zonelist(zone, ref, zonelist, ac->zone_idx) {
		struct page *page = rmqueue(zone, ac, first);

		while (page && !check_new_page(page, ac->order))
			page = rmqueue(zone, ac, first);
		if (page)
			return page;
		first = false;
	}
	return NULL;
}

/* How deep the flags let a request dig once the low mark is reached. */
static unsigned int gfp_to_alloc_flags(gfp_t gfp)
{
	unsigned int alloc_flags = ALLOC_WMARK_MIN;

	if (gfp & __GFP_HIGH)
		alloc_flags |= ALLOC_HIGH;
	if (gfp & __GFP_ATOMIC)
		alloc_flags |= ALLOC_HARDER;
	if (gfp & __GFP_COLD)
		alloc_flags |= ALLOC_COLD;
	return alloc_flags;
}

static bool may_use_all(gfp_t gfp)
{
	return (gfp & __GFP_MEMALLOC) && !(gfp & __GFP_NOMEMALLOC);
}

/* One round: everything that is only kept for speed goes back. */
static struct page *reclaim_round(const struct alloc_context *ac, int round,
				  unsigned long *progress)
{
	int priority = RECLAIM_PRIORITY - min(round, RECLAIM_PRIORITY);

	count_vm_event(ALLOCSTALL_DMA + ac->zone_idx);
	*progress = shrink_slab(ac->gfp, priority);
	drain_all_pages(NULL);
	return get_page_from_freelist(ac);
}

static int reclaim_rounds(const struct alloc_context *ac)
{
	if (ac->gfp & __GFP_NORETRY)
		return 1;
	if (ac->order > PAGE_ALLOC_COSTLY_ORDER &&
	    !(ac->gfp & (__GFP_RETRY_MAYFAIL | __GFP_NOFAIL)))
		return 1;
	return MAX_RECLAIM_RETRIES;
}

/* Squeeze the caches, round by round, while it brings anything. */
static struct page *alloc_direct_reclaim(const struct alloc_context *ac)
{
	int round, rounds = reclaim_rounds(ac);

	for (round = 0; round < rounds; round++) {
		unsigned long progress;
		struct page *page = reclaim_round(ac, round, &progress);

		if (page)
			return page;
		if (!progress && round >= RECLAIM_PRIORITY)
			break;
	}
	return NULL;
}

/* The request must not fail: to the last page, then for what others free. */
static struct page *alloc_nofail(struct alloc_context *ac)
{
	struct page *page;
	int wait;

	ac->alloc_flags |= ALLOC_NO_WATERMARKS;
	page = get_page_from_freelist(ac);
	for (wait = 0; !page && wait < NOFAIL_WAITS && preemptible(); wait++) {
		schedule_timeout_uninterruptible(NOFAIL_WAIT);
		page = alloc_direct_reclaim(ac);
	}
	if (!page) {
		show_mem(0, NULL);
		panic("Out of memory: order %u, gfp %#x must not fail, and no memory is left to reclaim\n",
		      ac->order, ac->gfp);
	}
	return page;
}

/* The low mark is reached in every zone. */
static struct page *alloc_pages_short(struct alloc_context *ac)
{
	struct page *page;

	ac->alloc_flags = gfp_to_alloc_flags(ac->gfp);
	page = get_page_from_freelist(ac);
	if (!page) {
		drain_local_zones(NULL);
		page = get_page_from_freelist(ac);
	}
	if (!page && may_use_all(ac->gfp)) {
		ac->alloc_flags |= ALLOC_NO_WATERMARKS;
		page = get_page_from_freelist(ac);
	}
	if (page || !(ac->gfp & __GFP_DIRECT_RECLAIM))
		return page;
	if (preemptible())
		page = alloc_direct_reclaim(ac);
	if (!page && ac->gfp & __GFP_NOFAIL)
		page = alloc_nofail(ac);
	return page;
}

static void clear_pages(struct page *page, unsigned int order)
{
	struct page *end = page + (1UL << order);

	for (; page < end; page++)
		clear_highpage(page);
}

/* What the flags ask for besides the bare block. */
static void prep_new_page(struct page *page, unsigned int order, gfp_t gfp)
{
	set_page_count(page, 1);
	kasan_unpoison_pages(page, order, false);
	if (IS_ENABLED(CONFIG_DEBUG))
		page_owner_set(page, order);
	if (gfp & __GFP_ZERO)
		clear_pages(page, order);
	if (order && gfp & __GFP_COMP)
		prep_compound_page(page, order);
}

static void alloc_context_init(struct alloc_context *ac, gfp_t gfp,
			       unsigned int order)
{
	ac->gfp = gfp;
	ac->order = order;
	ac->zone_idx = gfp_zone(gfp);
	ac->migratetype = room_type(gfp_room[gfp_room_of(gfp)]);
	ac->alloc_flags = ALLOC_WMARK_LOW;
	if (gfp & __GFP_COLD)
		ac->alloc_flags |= ALLOC_COLD;
}

/* All but the plainest requests. */
static noinline struct page *alloc_pages_long(gfp_t gfp, unsigned int order)
{
	struct alloc_context ac;
	struct page *page;

	if (unlikely(order >= MAX_ORDER || gfp & GFP_CHECKED ||
		     IS_ENABLED(CONFIG_DEBUG)) &&
	    !gfp_check(gfp, order))
		return NULL;
	if (should_fail_alloc_page(gfp, order))
		return NULL;
	alloc_context_init(&ac, gfp, order);
	page = get_page_from_freelist(&ac);
	if (unlikely(!page))
		page = alloc_pages_short(&ac);
	if (likely(page))
		prep_new_page(page, order, gfp);
	else if (!(gfp & __GFP_NOWARN))
		warn_alloc(gfp, order);
	return page;
}

/* A request with one of GFP_LONG_PATH; to be cleared is the common one. */
static noinline struct page *alloc_pages_special(gfp_t gfp, unsigned int order)
{
	struct page *page;

	if (gfp & (__GFP_COMP | __GFP_COLD))
		return alloc_pages_long(gfp, order);
	page = alloc_pages(gfp & ~__GFP_ZERO, order);
	if (likely(page))
		clear_pages(page, order);
	return page;
}

/* This CPU's list was empty: its count has just been taken below 0. */
static noinline struct page *alloc_pages_empty(gfp_t gfp, struct pcp_list *list,
					       unsigned long irqflags)
{
	unsigned int order = pcp_order_of(list);

	list->count = 0;
	local_irq_restore(irqflags);
	return alloc_pages_long(gfp, order);
}

/*
 * A large block of the first zone, as long as that is above its low mark.
 * What lies between the highest zone of the request and its first one has no
 * memory, so no reserve for the zones above is to be looked at.
 */
static noinline struct page *alloc_pages_buddy(gfp_t gfp, unsigned int order)
{
	unsigned int room = gfp_room[gfp_room_of(gfp)];
	unsigned int idx = room_zone(room);
	struct zone *zone = &contig_page_data.node_zones[idx];
	struct page *page = NULL;
	unsigned long flags;
	long left;

	if (unlikely(order >= MAX_ORDER || gfp & GFP_CHECKED))
		return alloc_pages_long(gfp, order);
	OPTIMIZER_HIDE_VAR(zone);	/* one address, not sums in each use */
	irq_lock_save(&zone->lock, flags);
	left = zone_page_state(zone, NR_FREE_PAGES) - (1L << order);
	if (likely(left >= (long)zone->_watermark[WMARK_LOW]))
		page = buddy_take(zone, order, room_type(room));
	if (likely(page))
		count_vm_events(PGALLOC_DMA + idx, 1 << order);
	irq_unlock_restore(&zone->lock, flags);
	if (unlikely(!page))
		return alloc_pages_long(gfp, order);
	set_page_count(page, 1);
	return page;
}

struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	struct pcp_list *list;
	struct list_head *entry;
	unsigned long flags;

	if (IS_ENABLED(CONFIG_DEBUG) || IS_ENABLED(CONFIG_KASAN))
		return alloc_pages_long(gfp, order);
	if (unlikely(gfp & GFP_LONG_PATH))
		return alloc_pages_special(gfp, order);
	if (unlikely(order >= NR_PCP_ORDERS))
		return alloc_pages_buddy(gfp, order);
	local_irq_save(flags);
	list = pcp_list_of(gfp_room[gfp_room_of(gfp)], order);
	if (unlikely(--list->count < 0))
		return alloc_pages_empty(gfp, list, flags);
	entry = list->pages.next;
	list->pages.next = entry->next;
	entry->next->prev = &list->pages;
	local_irq_restore(flags);
	set_page_count(list_entry(entry, struct page, pcp_list), 1);
	return list_entry(entry, struct page, pcp_list);
}

/* Straight to the buddy: orders without per-CPU lists. */
static noinline void free_to_buddy(struct page *page, unsigned int order)
{
	struct zone *zone = page_zone(page);
	unsigned long flags;

	OPTIMIZER_HIDE_VAR(zone);
	irq_lock_save(&zone->lock, flags);
	buddy_give(zone, page, order);
	count_vm_events(PGFREE, 1 << order);
	irq_unlock_restore(&zone->lock, flags);
}

/* Put a clean block at the hot end of its list. */
static __always_inline void free_block(struct page *page, unsigned int order)
{
	struct pcp_list *list;
	unsigned long flags;

	if (unlikely(order >= NR_PCP_ORDERS)) {
		free_to_buddy(page, order);
		return;
	}
	local_irq_save(flags);
	list = pcp_list_of(page_room(page), order);
	/* read for itself, so that ++ is one instruction */
	if (unlikely(READ_ONCE(list->count) >= list->high)) {
		pcp_give_full(page, list, flags);
		return;
	}
	list->count++;
	list_add(&page->pcp_list, &list->pages);
	local_irq_restore(flags);
}

/* A block with some flag set, or any block in a debug build. */
static noinline void free_checked(struct page *page, unsigned int order)
{
	int right = free_prepare(page, order);

	if (right >= 0)
		free_block(page, right);
}

static __always_inline void free_unreferenced_block(struct page *page,
						    unsigned int order)
{
	if (IS_ENABLED(CONFIG_DEBUG) || IS_ENABLED(CONFIG_KASAN) ||
	    unlikely(page->flags & PAGEFLAGS_MASK))
		free_checked(page, order);
	else
		free_block(page, order);
}

/* Free a block whose last reference is gone. Any context. */
void free_the_page(struct page *page, unsigned int order)
{
	free_unreferenced_block(page, order);
}

void __free_pages(struct page *page, unsigned int order)
{
	if (likely(page_ref_drop_only(page)))
		free_unreferenced_block(page, order);
	else
		free_shared(page, order);
}

void free_unref_page_cold(struct page *page)
{
	int order;

	if (unlikely(!page_ref_drop_only(page))) {
		free_shared(page, 0);
		return;
	}
	order = free_prepare(page, 0);
	if (order == 0)
		pcp_give_cold(page, 0);
	else if (order > 0)
		free_block(page, order);
}

/* The last reference of any page: its block is 2^compound_order frames. */
void put_page(struct page *page)
{
	struct page *head = compound_head(page);

	int left = page_ref_sub_return(head, 1);

	if (left == 0)
		free_the_page(head, compound_order(head));
	else if (unlikely(left < 0))
		free_unreferenced(head);
}

/* Reported and survived: the request is met without __GFP_HIGHMEM. */
static noinline unsigned long get_free_pages_high(gfp_t gfp, unsigned int order)
{
	WARN(1,
	     "__get_free_pages() with __GFP_HIGHMEM, gfp %pGg: highmem has no address; taken as without\n",
	     &gfp);
	return __get_free_pages(gfp & ~__GFP_HIGHMEM, order);
}

unsigned long __get_free_pages(gfp_t gfp, unsigned int order)
{
	struct page *page;

	if (unlikely(gfp & __GFP_HIGHMEM))
		return get_free_pages_high(gfp, order);
	page = alloc_pages(gfp, order);
	return page ? (unsigned long)lowmem_page_address(page) : 0;
}

/* Lowmem has an address, so it is cleared without a window. */
unsigned long get_zeroed_page(gfp_t gfp)
{
	unsigned long addr = __get_free_pages(gfp & ~__GFP_ZERO, 0);

	if (likely(addr))
		clear_page((void *)addr);
	return addr;
}

void free_pages(unsigned long addr, unsigned int order)
{
	if (!addr)
		return;
	if (IS_ENABLED(CONFIG_DEBUG) && !virt_addr_valid(addr)) {
		WARN(1, "free_pages(%#lx, %u): not an address of lowmem\n",
		     addr, order);
		return;
	}
	__free_pages(virt_to_page(addr), order);
}
