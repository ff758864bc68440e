/* SPDX-License-Identifier: MIT */
/*
 * Counters of zones and events of the page allocator.
 *
 * Free pages change under zone->lock, and are one number. All else is counted
 * by each CPU for itself, in one instruction and without a lock, and added up
 * by who reads it: there is far more counting than reading.
 *
 *	CPU 0   NR_SLAB..  +7     a CPU's part may be below 0: pages are
 *	CPU 1              -3     given back on other CPUs than they were
 *	        the zone's  4     taken on; the sum is what counts
 *
 * Differs from Linux: nothing is folded into a number of the zone's, so a sum
 * is exact whenever nobody is counting. Slab pages are counted in the zones.
 */
#ifndef _LINUX_VMSTAT_H
#define _LINUX_VMSTAT_H

#include <linux/mmzone.h>
#include <linux/percpu.h>

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

struct vm_event_state {
	unsigned long event[NR_VM_EVENT_ITEMS];
};
DECLARE_PER_CPU(struct vm_event_state, vm_event_states);

/* Count an event, or n of them. Any context. */
static inline void count_vm_event(enum vm_event_item item)
{
	this_cpu_inc(vm_event_states.event[item]);
}

static inline void count_vm_events(enum vm_event_item item, unsigned long n)
{
	this_cpu_add(vm_event_states.event[item], n);
}

/* How often one event came, on all CPUs; of all events. Any context. */
unsigned long sum_vm_event(enum vm_event_item item);
void all_vm_events(unsigned long *ret);

/* Sum of an item over all zones, in pages. Any context. */
unsigned long global_zone_page_state(enum zone_stat_item item);

/* Each CPU's part of the items of each zone but NR_FREE_PAGES. */
struct zone_stat_cpu {
	long diff[MAX_NR_ZONES][NR_VM_ZONE_STAT_ITEMS];
};
DECLARE_PER_CPU(struct zone_stat_cpu, zone_stat_cpu);

/* Change a counter of a zone, not NR_FREE_PAGES, by pages. Any context. */
static inline void mod_zone_page_state(struct zone *zone,
				       enum zone_stat_item item, long delta)
{
	this_cpu_add(zone_stat_cpu.diff[zone_idx(zone)][item], delta);
}

/* The same for the zone of a page, which is known by its number. */
static inline void mod_page_zone_state(const struct page *page,
				       enum zone_stat_item item, long delta)
{
	this_cpu_add(zone_stat_cpu.diff[page_zonenum(page)][item], delta);
}

/* NR_FREE_PAGES, with zone->lock held; others with interrupts off. */
static inline void __mod_zone_page_state(struct zone *zone,
					 enum zone_stat_item item, long delta)
{
	if (item == NR_FREE_PAGES)
		zone->free_pages += delta;
	else
		mod_zone_page_state(zone, item, delta);
}

static inline void inc_zone_page_state(struct page *page,
				       enum zone_stat_item item)
{
	mod_page_zone_state(page, item, 1);
}

static inline void dec_zone_page_state(struct page *page,
				       enum zone_stat_item item)
{
	mod_page_zone_state(page, item, -1);
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
