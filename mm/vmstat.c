// SPDX-License-Identifier: MIT
/*
 * The page allocator's state as text: meminfo, zoneinfo, buddyinfo,
 * pagetypeinfo and vmstat, in the formats of Linux's /proc files.
 *
 * Problem: tools and people know these texts from Linux. Each is written
 * letter for letter as Linux 6.1 writes it, so that what reads them there
 * reads them here.
 *
 *	buddyinfo     Node 0, zone      DMA      1      0      0      1 ...
 *	                                      free blocks of order 0, 1, 2, ...
 *	pagetypeinfo  the same, one line for each mobility, and how many
 *	              pageblocks each mobility has
 *	zoneinfo      marks, sizes, reserves and per-CPU lists of each zone
 *	meminfo       totals in KiB; what Quire does not have yet is 0
 *	vmstat        one counter per line
 *
 * Lock: zone->lock while a free list is counted, one list at a time. All
 * else is read without a lock: two numbers of one text may differ by what
 * happened between them.
 *
 * Cost: pagetypeinfo walks every free list, so it takes longer the more the
 * memory is in pieces; the others read counters.
 *
 * Differs from Linux (mm/vmstat.c, fs/proc/meminfo.c): counters of what does
 * not exist here are left out of zoneinfo and vmstat, and are 0 in meminfo.
 */
#include <linux/vmstat.h>

#include "internal.h"

#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/sched/stack.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>
#include <linux/sysinfo.h>
#include <linux/vmalloc.h>

/* Linux keeps blocks for GFP_ATOMIC; here it has a line, and none. */
#define NR_SHOWN_TYPES (MIGRATE_TYPES + 1)

static const char *const type_names[NR_SHOWN_TYPES] = {
	[MIGRATE_UNMOVABLE] = "Unmovable",
	[MIGRATE_MOVABLE] = "Movable",
	[MIGRATE_RECLAIMABLE] = "Reclaimable",
	[NR_SHOWN_TYPES - 1] = "HighAtomic",
};

#define FIRST_NODE_ITEM NR_SLAB_RECLAIMABLE_B

static const char *const stat_names[NR_VM_ZONE_STAT_ITEMS] = {
	[NR_FREE_PAGES] = "nr_free_pages",
	[NR_PAGETABLE] = "nr_page_table_pages",
	[NR_SLAB_RECLAIMABLE_B] = "nr_slab_reclaimable",
	[NR_SLAB_UNRECLAIMABLE_B] = "nr_slab_unreclaimable",
	[NR_BOUNCE] = "nr_bounce",
};

static const char *const event_names[NR_VM_EVENT_ITEMS] = {
	[PGALLOC_DMA] = "pgalloc_dma",
	[PGALLOC_NORMAL] = "pgalloc_normal",
	[PGALLOC_HIGH] = "pgalloc_high",
	[ALLOCSTALL_DMA] = "allocstall_dma",
	[ALLOCSTALL_NORMAL] = "allocstall_normal",
	[ALLOCSTALL_HIGH] = "allocstall_high",
	[PGFREE] = "pgfree",
	[SLABS_SCANNED] = "slabs_scanned",
	[DROP_SLAB] = "drop_slab",
};

/* ------------------------------------------------------------ buddyinfo */

int buddyinfo_show(struct seq_file *m, void *unused)
{
	struct zone *zone;
	unsigned int order;

	for_each_populated_zone(zone) {
		seq_printf(m, "Node %d, zone %8s ", 0, zone->name);
		for (order = 0; order < MAX_ORDER; order++)
			seq_printf(m, "%6lu ", zone->free_area[order].nr_free);
		seq_putc(m, '\n');
	}
	return 0;
}

/* --------------------------------------------------------- pagetypeinfo */

static unsigned long count_blocks(struct zone *zone, unsigned int order,
				  int type)
{
	struct list_head *entry;
	unsigned long flags, blocks = 0;

	if (type >= MIGRATE_TYPES)
		return 0;
	spin_lock_irqsave(&zone->lock, flags);
	list_for_each(entry, &zone->free_area[order].free_list[type])
		blocks++;
	spin_unlock_irqrestore(&zone->lock, flags);
	return blocks;
}

static void show_free_counts(struct seq_file *m, struct zone *zone)
{
	unsigned int order;
	int type;

	for (type = 0; type < NR_SHOWN_TYPES; type++) {
		seq_printf(m, "Node %4d, zone %8s, type %12s ", 0, zone->name,
			   type_names[type]);
		for (order = 0; order < MAX_ORDER; order++)
			seq_printf(m, "%6lu ", count_blocks(zone, order, type));
		seq_putc(m, '\n');
	}
}

/* Is a frame of the block RAM? Its first ones may lie in a hole. */
static bool block_has_ram(const struct zone *zone, unsigned long pfn)
{
	unsigned long end = min(pfn + pageblock_nr_pages, zone_end_pfn(zone));

	for (; pfn < end; pfn++)
		if (page_zonenum(pfn_to_page(pfn)) == zone_idx(zone))
			return true;
	return false;
}

/* Pageblocks with RAM in them, by mobility. */
static void show_block_counts(struct seq_file *m, struct zone *zone)
{
	unsigned long count[NR_SHOWN_TYPES] = { 0 };
	unsigned long pfn = zone->zone_start_pfn;
	int type;

	for (; pfn < zone_end_pfn(zone); pfn += pageblock_nr_pages)
		if (block_has_ram(zone, pfn))
			count[get_pageblock_migratetype(pfn_to_page(pfn))]++;
	seq_printf(m, "Node %d, zone %8s ", 0, zone->name);
	for (type = 0; type < NR_SHOWN_TYPES; type++)
		seq_printf(m, "%12lu ", count[type]);
	seq_putc(m, '\n');
}

int pagetypeinfo_show(struct seq_file *m, void *unused)
{
	struct zone *zone;
	int i;

	seq_printf(m, "Page block order: %d\n", pageblock_order);
	seq_printf(m, "Pages per block:  %lu\n\n", pageblock_nr_pages);
	seq_printf(m, "%-43s ", "Free pages count per migrate type at order");
	for (i = 0; i < MAX_ORDER; i++)
		seq_printf(m, "%6d ", i);
	seq_putc(m, '\n');
	for_each_populated_zone(zone)
		show_free_counts(m, zone);
	seq_printf(m, "\n%-23s", "Number of blocks type ");
	for (i = 0; i < NR_SHOWN_TYPES; i++)
		seq_printf(m, "%12s ", type_names[i]);
	seq_putc(m, '\n');
	for_each_populated_zone(zone)
		show_block_counts(m, zone);
	return 0;
}

/* ------------------------------------------------------------- zoneinfo */

static void show_zone_sizes(struct seq_file *m, const struct zone *zone)
{
	int i;

	seq_printf(m, "\n  pages free     %lu",
		   zone_page_state(zone, NR_FREE_PAGES));
	seq_printf(m, "\n        boost    %lu", 0UL);
	seq_printf(m, "\n        min      %lu", min_wmark_pages(zone));
	seq_printf(m, "\n        low      %lu", low_wmark_pages(zone));
	seq_printf(m, "\n        high     %lu", high_wmark_pages(zone));
	seq_printf(m, "\n        spanned  %lu", zone->spanned_pages);
	seq_printf(m, "\n        present  %lu", zone->present_pages);
	seq_printf(m, "\n        managed  %lu", zone_managed_pages(zone));
	seq_printf(m, "\n        cma      %lu", 0UL);
	seq_printf(m, "\n        protection: (%ld", zone->lowmem_reserve[0]);
	for (i = 1; i < MAX_NR_ZONES; i++)
		seq_printf(m, ", %ld", zone->lowmem_reserve[i]);
	seq_putc(m, ')');
}

/* What Linux counts by node stands above the first zone's own. */
static void show_node_stats(struct seq_file *m)
{
	int i;

	seq_puts(m, "\n  per-node stats");
	for (i = FIRST_NODE_ITEM; i < NR_VM_ZONE_STAT_ITEMS; i++)
		seq_printf(m, "\n      %-12s %lu", stat_names[i],
			   global_zone_page_state(i));
}

static bool first_populated(const struct zone *zone)
{
	struct zone *first;

	for_each_populated_zone(first)
		break;
	return zone == first;
}

static void show_zone(struct seq_file *m, const struct zone *zone)
{
	int i;

	seq_printf(m, "Node %d, zone %8s", 0, zone->name);
	if (first_populated(zone))
		show_node_stats(m);
	show_zone_sizes(m, zone);
	if (!populated_zone(zone)) {
		seq_putc(m, '\n');
		return;
	}
	for (i = 0; i < FIRST_NODE_ITEM; i++)
		seq_printf(m, "\n      %-12s %lu", stat_names[i],
			   zone_page_state(zone, i));
	seq_printf(m, "\n  pagesets\n    cpu: %i", 0);
	seq_printf(m, "\n              count: %lu", pcp_count(zone));
	seq_printf(m, "\n              high:  %i", zone->pageset_high);
	seq_printf(m, "\n              batch: %i", zone->pageset_batch);
	seq_printf(m, "\n  node_unreclaimable:  %u", 0);
	seq_printf(m, "\n  start_pfn:           %lu\n", zone->zone_start_pfn);
}

int zoneinfo_show(struct seq_file *m, void *unused)
{
	struct zone *zone;

	for_each_zone(zone)
		show_zone(m, zone);
	return 0;
}

/* --------------------------------------------------------------- vmstat */

int vmstat_show(struct seq_file *m, void *unused)
{
	int i;

	for (i = 0; i < NR_VM_ZONE_STAT_ITEMS; i++)
		seq_printf(m, "%s %lu\n", stat_names[i],
			   global_zone_page_state(i));
	for (i = 0; i < NR_VM_EVENT_ITEMS; i++)
		seq_printf(m, "%s %lu\n", event_names[i], sum_vm_event(i));
	return 0;
}

/* -------------------------------------------------------------- meminfo */

static void show_pages(struct seq_file *m, const char *name,
		       unsigned long pages)
{
	seq_printf(m, "%-16s%8lu kB\n", name, pages << (PAGE_SHIFT - 10));
}

/* Lines of what does not exist here yet, where Linux has them. */
static void show_zeroes(struct seq_file *m, const char *const *names)
{
	for (; *names; names++)
		show_pages(m, *names, 0);
}

/*
 * What could be had without harm: free pages above the high marks and half
 * of what shrinkers could give.
 */
long si_mem_available(void)
{
	long available = nr_free_pages();
	struct zone *zone;

	for_each_populated_zone(zone)
		available -= high_wmark_pages(zone);
	available += global_zone_page_state(NR_SLAB_RECLAIMABLE_B) / 2;
	return max(available, 0L);
}

static void show_totals(struct seq_file *m, const struct sysinfo *i)
{
	show_pages(m, "MemTotal:", i->totalram);
	show_pages(m, "MemFree:", i->freeram);
	show_pages(m, "MemAvailable:", si_mem_available());
}

int meminfo_show(struct seq_file *m, void *unused)
{
	static const char *const lru[] = {
		"Buffers:", "Cached:", "SwapCached:", "Active:", "Inactive:",
		"Active(anon):", "Inactive(anon):", "Active(file):",
		"Inactive(file):", "Unevictable:", "Mlocked:", NULL,
	};
	static const char *const files[] = {
		"SwapTotal:", "SwapFree:", "Dirty:", "Writeback:",
		"AnonPages:", "Mapped:", "Shmem:", NULL,
	};
	static const char *const commit[] = {
		"SecPageTables:", "NFS_Unstable:", "Bounce:", "WritebackTmp:", "CommitLimit:",
		"Committed_AS:", NULL,
	};
	unsigned long reclaimable =
		global_zone_page_state(NR_SLAB_RECLAIMABLE_B);
	unsigned long unreclaimable =
		global_zone_page_state(NR_SLAB_UNRECLAIMABLE_B);
	struct sysinfo i;

	si_meminfo(&i);
	show_totals(m, &i);
	show_zeroes(m, lru);
	show_pages(m, "HighTotal:", i.totalhigh);
	show_pages(m, "HighFree:", i.freehigh);
	show_pages(m, "LowTotal:", i.totalram - i.totalhigh);
	show_pages(m, "LowFree:", i.freeram - i.freehigh);
	show_zeroes(m, files);
	show_pages(m, "KReclaimable:", reclaimable);
	show_pages(m, "Slab:", reclaimable + unreclaimable);
	show_pages(m, "SReclaimable:", reclaimable);
	show_pages(m, "SUnreclaim:", unreclaimable);
	show_pages(m, "KernelStack:",
		   (1 + nr_thread_stacks()) << THREAD_SIZE_ORDER);
	show_pages(m, "PageTables:", global_zone_page_state(NR_PAGETABLE));
	show_zeroes(m, commit);
	show_pages(m, "VmallocTotal:",
		   (VMALLOC_END - VMALLOC_START) >> PAGE_SHIFT);
	show_pages(m, "VmallocUsed:", vmalloc_nr_pages());
	show_pages(m, "VmallocChunk:", 0);
	show_pages(m, "Percpu:", pcpu_nr_pages());
	arch_report_meminfo(m);
	return 0;
}
