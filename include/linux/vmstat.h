/* SPDX-License-Identifier: MIT */
/*
 * Counters of zones and events of the page allocator.
 *
 * Differs from Linux: no per-CPU differences that are folded now and then, so
 * a counter is exact at any moment. Slab pages are counted in the zones.
 */
#ifndef _LINUX_VMSTAT_H
#define _LINUX_VMSTAT_H

#include <linux/mmzone.h>

/* Event X of a zone is X + zone index: X_DMA, X_NORMAL, X_HIGH. */
enum vm_event_item {
	PGALLOC_DMA,		/* blocks refilled from the buddy */
	PGALLOC_NORMAL,
	PGALLOC_HIGH,
	ALLOCSTALL_DMA,		/* requests that went to direct reclaim */
	ALLOCSTALL_NORMAL,
	ALLOCSTALL_HIGH,
	PGFREE,			/* pages given back to the buddy */
	SLABS_SCANNED,		/* objects shrinkers looked at */
	DROP_SLAB,
	NR_VM_EVENT_ITEMS
};

extern unsigned long vm_events[NR_VM_EVENT_ITEMS];

/* Count an event. Any context; exact with interrupts off. */
static inline void count_vm_event(enum vm_event_item item)
{
	vm_events[item]++;
}

static inline void count_vm_events(enum vm_event_item item, unsigned long n)
{
	vm_events[item] += n;
}

/* Sum of an item over all zones, in pages. Any context. */
unsigned long global_zone_page_state(enum zone_stat_item item);

/* Change a counter of a zone by delta pages. Any context. */
static inline void mod_zone_page_state(struct zone *zone,
				       enum zone_stat_item item, long delta)
{
	atomic_long_add(delta, &zone->vm_stat[item]);
}

/* The same where the caller has interrupts off and holds zone->lock. */
static inline void __mod_zone_page_state(struct zone *zone,
					 enum zone_stat_item item, long delta)
{
	zone->vm_stat[item].counter += delta;
}

static inline void inc_zone_page_state(struct page *page,
				       enum zone_stat_item item)
{
	mod_zone_page_state(page_zone(page), item, 1);
}

static inline void dec_zone_page_state(struct page *page,
				       enum zone_stat_item item)
{
	mod_zone_page_state(page_zone(page), item, -1);
}

/* Pages that can be had without squeezing anybody, roughly. */
long si_mem_available(void);

/* The texts of the /proc files of these names. */
struct seq_file;
int meminfo_show(struct seq_file *m, void *unused);
int zoneinfo_show(struct seq_file *m, void *unused);
int buddyinfo_show(struct seq_file *m, void *unused);
int pagetypeinfo_show(struct seq_file *m, void *unused);
int vmstat_show(struct seq_file *m, void *unused);

#endif
