// SPDX-License-Identifier: MIT
/*
 * The state of memory for people: totals, and what is printed when a request
 * fails.
 *
 *	swapper: page allocation failure: order:4, mode:0xcc0(GFP_KERNEL)
 *	 (who asked)
 *	Mem-Info:
 *	free:1234 free_pcp:56 ...
 *	Node 0 DMA free:...kB min:...kB low:...kB high:...kB ...
 *	lowmem_reserve[]: 0 880 3000
 *	Node 0 DMA: 1*4kB (U) 0*8kB 2*16kB (UM) ... = 15360kB
 *
 * The last lines tell most: whether memory was gone, only in small pieces,
 * or kept back by the marks.
 *
 * Lock: lists are walked with zone->lock held, one zone at a time.
 *
 * Differs from Linux (mm/show_mem.c, mm/page_alloc.c): no nodes, no LRU.
 */
#include "internal.h"

#include <linux/cpumask.h>
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/sysinfo.h>
#include <linux/vmalloc.h>

#define K(pages)	((unsigned long)(pages) << (PAGE_SHIFT - 10))

/* Ten warnings at a time. */
DEFINE_RATELIMIT_STATE(warn_alloc_limit, DEFAULT_RATELIMIT_INTERVAL,
		       DEFAULT_RATELIMIT_BURST);

DEFINE_PER_CPU(struct vm_event_state, vm_event_states);
DEFINE_PER_CPU(struct zone_stat_cpu, zone_stat_cpu);

unsigned long sum_vm_event(enum vm_event_item item)
{
	unsigned long sum = 0;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		sum += per_cpu(vm_event_states, cpu).event[item];
	return sum;
}

void all_vm_events(unsigned long *ret)
{
	int item;

	for (item = 0; item < NR_VM_EVENT_ITEMS; item++)
		ret[item] = sum_vm_event(item);
}

unsigned long zone_stat_sum(const struct zone *zone, enum zone_stat_item item)
{
	unsigned int cpu;
	long sum = 0;

	for_each_possible_cpu(cpu)
		sum += per_cpu(zone_stat_cpu, cpu).diff[zone_idx(zone)][item];
	/* pages may be given back by a CPU that is looked at first */
	return max(sum, 0L);
}

unsigned long global_zone_page_state(enum zone_stat_item item)
{
	struct zone *zone;
	unsigned long sum = 0;

	for_each_zone(zone)
		sum += zone_page_state(zone, item);
	return sum;
}

/* Pages in the buddy; those on per-CPU lists do not count. */
unsigned long nr_free_pages(void)
{
	return global_zone_page_state(NR_FREE_PAGES);
}

/* Pages that were ever given to the buddy. */
unsigned long totalram_pages(void)
{
	struct zone *zone;
	unsigned long sum = 0;

	for_each_zone(zone)
		sum += zone_managed_pages(zone);
	return sum;
}

unsigned long totalhigh_pages(void)
{
	return zone_managed_pages(&contig_page_data.node_zones[ZONE_HIGHMEM]);
}

void si_meminfo(struct sysinfo *val)
{
	memset(val, 0, sizeof(*val));
	val->totalram = totalram_pages();
	val->freeram = nr_free_pages();
	val->totalhigh = totalhigh_pages();
	val->freehigh = nr_free_highpages();
	val->mem_unit = PAGE_SIZE;
}

static void show_totals(void)
{
	struct zone *zone;
	unsigned long pcp = 0;

	for_each_populated_zone(zone)
		pcp += pcp_count(zone);
	printk("slab_reclaimable:%lu slab_unreclaimable:%lu\n",
	       global_zone_page_state(NR_SLAB_RECLAIMABLE_B),
	       global_zone_page_state(NR_SLAB_UNRECLAIMABLE_B));
	printk(" pagetables:%lu vmalloc:%lu\n",
	       global_zone_page_state(NR_PAGETABLE), vmalloc_nr_pages());
	printk(" free:%lu free_pcp:%lu\n", nr_free_pages(), pcp);
}

static void show_zone(const struct zone *zone)
{
	printk("Node 0 %s free:%lukB min:%lukB low:%lukB high:%lukB present:%lukB managed:%lukB free_pcp:%lukB\n",
	       zone->name, K(zone_page_state(zone, NR_FREE_PAGES)),
	       K(min_wmark_pages(zone)), K(low_wmark_pages(zone)),
	       K(high_wmark_pages(zone)), K(zone->present_pages),
	       K(zone_managed_pages(zone)), K(pcp_count(zone)));
	printk("lowmem_reserve[]: %ld %ld %ld\n", zone->lowmem_reserve[0],
	       zone->lowmem_reserve[1], zone->lowmem_reserve[2]);
}

/* The letters of the mobilities that have a block of this order. */
static void area_types(const struct free_area *area, char *letters)
{
	static const char names[MIGRATE_TYPES] = {
		[MIGRATE_UNMOVABLE] = 'U', [MIGRATE_MOVABLE] = 'M',
		[MIGRATE_RECLAIMABLE] = 'E',
	};
	int type;

	for (type = 0; type < MIGRATE_TYPES; type++)
		if (!list_empty(&area->free_list[type]))
			*letters++ = names[type];
	*letters = '\0';
}

static void show_zone_blocks(struct zone *zone)
{
	unsigned long total = 0;
	unsigned int order;

	printk("Node 0 %s: ", zone->name);
	for (order = 0; order < MAX_ORDER; order++) {
		const struct free_area *area = &zone->free_area[order];
		char letters[MIGRATE_TYPES + 1];

		area_types(area, letters);
		total += area->nr_free << order;
		pr_cont("%lu*%lukB ", area->nr_free, K(1UL << order));
		if (*letters)
			pr_cont("(%s) ", letters);
	}
	pr_cont("= %lukB\n", K(total));
}

void show_mem(unsigned int filter, void *nodemask)
{
	struct zone *zone;

	printk("Mem-Info:\n");
	show_totals();
	for_each_populated_zone(zone)
		show_zone(zone);
	for_each_populated_zone(zone)
		show_zone_blocks(zone);
	printk("%lu pages RAM\n", contig_page_data.node_present_pages);
	printk("%lu pages HighMem\n", totalhigh_pages());
	printk("%lu pages reserved\n",
	       contig_page_data.node_present_pages - totalram_pages());
}

/* A request failed: say who, what and why, but not for ever. */
void warn_alloc(gfp_t gfp, unsigned int order)
{
	if (!__ratelimit(&warn_alloc_limit))
		return;
	pr_warn("page allocation failure: order:%u, mode:%#x(%pGg)\n", order,
		gfp, &gfp);
	dump_stack();
	show_mem(0, NULL);
}
