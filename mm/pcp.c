// SPDX-License-Identifier: MIT
/*
 * Per-CPU page lists: a few free blocks of orders 0 .. 3 ready for each CPU.
 *
 * Problem: nearly all requests are for one frame, and a frame that was freed
 * a moment ago is the best answer: it is still in this CPU's cache. Going to
 * the buddy for each would take a lock that all CPUs share and split and
 * merge the same block again and again.
 *
 * So each CPU has, for each zone, order 0 .. 3 and mobility, a list:
 *
 *	           hot end                              cold end
 *	list ----> page <-> page <-> page <-> ... <-> page
 *	    alloc ^ | free                  __GFP_COLD ^ | refill, drain
 *
 * Freed pages go to the hot end and are given out from there. Refilling adds
 * to the cold end and draining takes from it, so what is hot stays. A caller
 * who fills the page by DMA wants none of the cache: __GFP_COLD takes from
 * the cold end.
 *
 * Refill: "batch" pages at once. Not one by one: the buddy is asked for one
 * block as large as the batch, or the largest below, and it is dealt out:
 *
 *	order 4   |              16 frames               |
 *	list      <-> 0 <-> 1 <-> 2 <-> 3 <-> ... <-> 15
 *
 * which costs a handful of instructions per page. Small blocks are used up
 * before a large one is cut (buddy_take_upto).
 *
 * Finding the list: one byte, the room (zone and mobility), is an index into
 * the CPU's table. For a request the room comes from gfp_room[], for a
 * page to be freed from pageblock_room[].
 *
 * Watermarks are not looked at here, only on a refill: pages on these lists
 * have left the buddy already, and NR_FREE_PAGES, which the watermarks
 * guard, does not change when one is given out. A refill that would take the
 * zone below the mark takes one block only, and none if even that does not
 * fit, so the reserve is exact to the page.
 *
 * Invariants:
 *  P1  pages on a list have no reference, no flag, and the list's order;
 *  P2  count is the number of blocks on the list;
 *  P3  count <= high after every call that frees;
 *  P4  pages on a list may merge only after they are drained.
 *
 * Lock: none; the CPU's own lists with interrupts off, so interrupt handlers
 * may allocate and free. No CPU touches the lists of another: who wants them
 * drained interrupts their CPUs, each drains its own, and he waits. A page goes
 * to the list of the CPU that frees it, wherever it was allocated.  Cost: about
 * 30 instructions each way; refill and drain add about 10 and 45 per page.
 *
 * Differs from Linux (mm/page_alloc.c, rmqueue_pcplist): limits are kept per
 * list, not per CPU and zone, which saves the sum in the fast path; the batch
 * is a power of two.
 */
#include "internal.h"

#include <linux/cpumask.h>
#include <linux/irqflags.h>
#include <linux/list.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

#include "irq_lock.h"

DEFINE_PER_CPU(struct per_cpu_pages, zone_pcp[MAX_NR_ZONES]);

static unsigned int room_of(const struct zone *zone, int migratetype)
{
	return PCP_ROOM(zone_idx(zone), migratetype);
}

/* Pages moved at a time on a list of this order: batch blocks, at least 1. */
static int batch_blocks(const struct zone *zone, unsigned int order)
{
	return max(zone->pageset_batch >> order, 1);
}

/* Cut a block into pieces of this order and put them at the cold end. */
static void pcp_deal(struct pcp_list *list, struct page *page,
		     unsigned int block_order, unsigned int order)
{
	struct page *end = page + (1UL << block_order);
	struct list_head *last = list->pages.prev;

	list->count += 1 << (block_order - order);
	for (; page < end; page += 1UL << order) {
		last->next = &page->pcp_list;
		page->pcp_list.prev = last;
		last = &page->pcp_list;
	}
	last->next = &list->pages;
	list->pages.prev = last;
}

/*
 * Fill an empty list from the buddy. The zone's reserve is respected: see
 * the head comment.
 */
static void pcp_refill(struct zone *zone, struct pcp_list *list,
		       unsigned int order, const struct alloc_context *ac)
{
	int blocks = batch_blocks(zone, order);
	int got = 0;

	irq_lock(&zone->lock);
	if (blocks > 1 &&
	    !zone_watermark_ok(zone, order, ac, (blocks - 1UL) << order))
		blocks = 1;
	if (blocks == 1 && !zone_watermark_ok(zone, order, ac, 0))
		blocks = 0;
	while (got < blocks) {
		unsigned int found = order;
		struct page *page = buddy_take_upto(zone, &found,
						    order + ilog2(blocks - got),
						    ac->migratetype);

		if (!page)
			break;
		pcp_deal(list, page, found, order);
		got += 1 << (found - order);
	}
	irq_unlock(&zone->lock);
	count_vm_events(PGALLOC_DMA + zone_idx(zone), got << order);
}

static struct page *pcp_pop(struct pcp_list *list, bool cold)
{
	struct list_head *entry = cold ? list->pages.prev : list->pages.next;

	list->count--;
	__list_del(entry->prev, entry->next);
	return list_entry(entry, struct page, pcp_list);
}

/*
 * One block from this CPU's list of the zone, refilled when empty. With
 * checked, the watermark must hold even if the list has pages: for a zone
 * that is not the request's first choice.
 */
struct page *pcp_take(struct zone *zone, unsigned int order,
		      const struct alloc_context *ac, bool checked)
{
	struct pcp_list *list;
	struct page *page = NULL;
	unsigned long flags;

	local_irq_save(flags);
	list = pcp_list_of(room_of(zone, ac->migratetype), order);
	if (checked && !zone_watermark_ok(zone, order, ac, 0))
		goto out;
	if (!list->count)
		pcp_refill(zone, list, order, ac);
	if (list->count)
		page = pcp_pop(list, ac->alloc_flags & ALLOC_COLD);
out:
	local_irq_restore(flags);
	return page;
}

/* Give up to nr blocks from the cold end back to the buddy. */
static void pcp_drain_list(struct zone *zone, struct pcp_list *list,
			   unsigned int order, int nr)
{
	irq_lock(&zone->lock);
	nr = min(nr, list->count);
	list->count -= nr;
	count_vm_events(PGFREE, nr << order);
	buddy_give_list(zone, &list->pages, order, nr);
	irq_unlock(&zone->lock);
}

/* The list is full: its coldest batch goes. Interrupts off. */
static void pcp_make_room(struct page *page, struct pcp_list *list)
{
	struct zone *zone = page_zone(page);
	unsigned int order = pcp_order_of(list);

	pcp_drain_list(zone, list, order, batch_blocks(zone, order));
}

/*
 * Free a block to a full list. Called with interrupts off, restores irqflags:
 * made last by the fast path, which has no register to save then.
 */
void pcp_give_full(struct page *page, struct pcp_list *list,
		   unsigned long irqflags)
{
	pcp_make_room(page, list);
	list_add(&page->pcp_list, &list->pages);
	list->count++;
	local_irq_restore(irqflags);
}

/* Put a free block at the cold end. Any context. */
void pcp_give_cold(struct page *page, unsigned int order)
{
	struct pcp_list *list;
	unsigned long flags;

	local_irq_save(flags);
	list = pcp_list_of(page_room(page), order);
	if (list->count >= list->high)
		pcp_make_room(page, list);
	list_add_tail(&page->pcp_list, &list->pages);
	list->count++;
	local_irq_restore(flags);
}

/* Return this CPU's pages of one zone to the buddy. Any context. */
void drain_local_pages(struct zone *zone)
{
	unsigned long flags;
	unsigned int order;
	int type;

	local_irq_save(flags);
	for (order = 0; order < NR_PCP_ORDERS; order++) {
		for (type = 0; type < MIGRATE_PCPTYPES; type++) {
			struct pcp_list *list =
				pcp_list_of(room_of(zone, type), order);

			if (list->count)
				pcp_drain_list(zone, list, order, list->count);
		}
	}
	local_irq_restore(flags);
}

/* Pages of one zone, or of all (NULL), on this CPU's lists. Any context. */
void drain_local_zones(struct zone *zone)
{
	struct zone *z;

	for_each_populated_zone(z)
		if (!zone || zone == z)
			drain_local_pages(z);
}

static void drain_interrupt(void *zone)
{
	drain_local_zones(zone);
}

/* May this CPU have something to drain? Of another one a guess. */
static bool pcp_has_pages(unsigned int cpu, const struct zone *zone)
{
	const struct zone *z;

	for_each_populated_zone(z)
		if ((!zone || zone == z) && pcp_count_cpu(z, cpu))
			return true;
	return false;
}

void drain_all_pages(struct zone *zone)
{
	struct cpumask cpus;
	unsigned int cpu;

	cpumask_clear(&cpus);
	for_each_online_cpu(cpu)
		if (pcp_has_pages(cpu, zone))
			cpumask_set_cpu(cpu, &cpus);
	on_each_cpu_mask(&cpus, drain_interrupt, zone, true);
}

unsigned long pcp_count_cpu(const struct zone *zone, unsigned int cpu)
{
	const struct per_cpu_pages *pcp =
		per_cpu_ptr(&zone_pcp[zone_idx(zone)], cpu);
	unsigned long pages = 0;
	unsigned int order;
	int type;

	for (order = 0; order < NR_PCP_ORDERS; order++) {
		for (type = 0; type < MIGRATE_PCPTYPES; type++) {
			int count = READ_ONCE(pcp->lists[order][type].count);

			/* -1 for a moment in the fast path */
			if (count > 0)
				pages += (unsigned long)count << order;
		}
	}
	return pages;
}

unsigned long pcp_count(const struct zone *zone)
{
	unsigned long pages = 0;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		pages += pcp_count_cpu(zone, cpu);
	return pages;
}

/*
 * A batch is a 4096th of the zone, 64 pages at most; six batches may stay on
 * a list. All lists together then hold less than 2 % of the zone.
 */
void pcp_set_limits(struct zone *zone)
{
	unsigned long batch = zone_managed_pages(zone) / 4096;
	unsigned int cpu, order;
	int type;

	batch = clamp(batch, 1UL, 64UL);
	zone->pageset_batch = rounddown_pow_of_two(batch);
	zone->pageset_high = 6 * zone->pageset_batch;
	for_each_possible_cpu(cpu) {
		struct per_cpu_pages *pcp =
			per_cpu_ptr(&zone_pcp[zone_idx(zone)], cpu);

		for (order = 0; order < NR_PCP_ORDERS; order++)
			for (type = 0; type < MIGRATE_PCPTYPES; type++)
				pcp->lists[order][type].high =
					max(zone->pageset_high >> order, 1);
	}
}

static void pcp_init_lists(struct per_cpu_pages *pcp)
{
	unsigned int order;
	int type;

	for (order = 0; order < NR_PCP_ORDERS; order++)
		for (type = 0; type < PCP_TYPES; type++)
			INIT_LIST_HEAD(&pcp->lists[order][type].pages);
}

/* The lists of every CPU that may come. */
void pcp_init(void)
{
	unsigned int cpu, zone;

	for_each_possible_cpu(cpu)
		for (zone = 0; zone < MAX_NR_ZONES; zone++)
			pcp_init_lists(per_cpu_ptr(&zone_pcp[zone], cpu));
}
