// SPDX-License-Identifier: MIT
/*
 * console_change.c - what a command changed in memory, in a few lines
 *
 *	before --- the command acts --- after
 *	   \                             /
 *	    +---------- compare --------+
 *
 *	Normal: order 10 -1, order 9 +1, ..., order 0 +1; free 221183 (-1)
 */
#include "console.h"

#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>

static const char *const stat_names[NR_VM_ZONE_STAT_ITEMS] = {
	[NR_PAGETABLE] = "page tables",
	[NR_SLAB_RECLAIMABLE_B] = "reclaimable slab pages",
	[NR_SLAB_UNRECLAIMABLE_B] = "slab pages",
};

static void take_zone(struct zone_view *view, struct zone *zone)
{
	int i;

	view->free = zone_page_state(zone, NR_FREE_PAGES);
	view->pcp = pcp_count(zone);
	for (i = 0; i < MAX_ORDER; i++)
		view->nr_free[i] = zone->free_area[i].nr_free;
	for (i = 0; i < NR_VM_ZONE_STAT_ITEMS; i++)
		view->stat[i] = zone_page_state(zone, i);
}

void memory_view_take(struct memory_view *view)
{
	struct zone *zone;

	memset(view, 0, sizeof(*view));
	for_each_populated_zone(zone)
		take_zone(&view->zone[zone_idx(zone)], zone);
	view->vm_areas = vm_area_count();
	view->vm_pages = vmalloc_nr_pages();
	view->kmaps = kmap_in_use();
}

/* Prints "what value (change)" if it changed; returns whether it did. */
static bool compare_one(const char *what, long before, long after)
{
	if (before == after)
		return false;
	console_printf("%s %ld (%+ld)", what, after, after - before);
	return true;
}

static bool compare_orders(const struct zone_view *before,
			   const struct zone_view *after)
{
	bool changed = false;
	int order;

	for (order = MAX_ORDER - 1; order >= 0; order--) {
		if (before->nr_free[order] == after->nr_free[order])
			continue;
		console_printf("%sorder %d %+ld", changed ? ", " : "", order,
			       after->nr_free[order] - before->nr_free[order]);
		changed = true;
	}
	return changed;
}

static bool zone_changed(const struct zone_view *before,
			 const struct zone_view *after)
{
	return memcmp(before, after, sizeof(*before));
}

static void compare_zone(const struct zone *zone,
			 const struct zone_view *before,
			 const struct zone_view *after)
{
	const char *next = " ";
	int i;

	console_printf("  %s:", zone->name);
	if (before->free != after->free) {
		console_printf(" ");
		if (compare_orders(before, after))
			console_printf("; ");
		compare_one("free", before->free, after->free);
		next = "; ";
	}
	if (before->pcp != after->pcp) {
		console_printf("%s", next);
		compare_one("on the CPU's lists", before->pcp, after->pcp);
		next = "; ";
	}
	for (i = 0; i < NR_VM_ZONE_STAT_ITEMS; i++) {
		if (!stat_names[i] || before->stat[i] == after->stat[i])
			continue;
		console_printf("%s", next);
		compare_one(stat_names[i], before->stat[i], after->stat[i]);
		next = "; ";
	}
	console_printf("\n");
}

static bool compare_line(const char *what, long before, long after)
{
	bool changed = compare_one(what, before, after);

	if (changed)
		console_printf("\n");
	return changed;
}

void memory_view_compare(const struct memory_view *before,
			 const struct memory_view *after)
{
	bool changed = false;
	struct zone *zone;
	int i;

	for_each_populated_zone(zone) {
		i = zone_idx(zone);
		if (!zone_changed(&before->zone[i], &after->zone[i]))
			continue;
		compare_zone(zone, &before->zone[i], &after->zone[i]);
		changed = true;
	}
	changed |= compare_line("  vmalloc areas", before->vm_areas,
				after->vm_areas);
	changed |= compare_line("  vmalloc pages", before->vm_pages,
				after->vm_pages);
	changed |= compare_line("  pages kmapped", before->kmaps, after->kmaps);
	if (!changed)
		console_printf("  no zone, area or window changed\n");
}

void memory_view_changes(const struct memory_view *before)
{
	struct memory_view after;

	memory_view_take(&after);
	memory_view_compare(before, &after);
}
