// SPDX-License-Identifier: MIT
/*
 * The texts: have they Linux's lines, letter for letter, and the numbers of
 * the moment? And the tree of physical addresses.
 */
#include "../../mm/internal.h"

#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/pfn.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/sysinfo.h>
#include <linux/vmalloc.h>

static char text[16384];

static const char *show(int (*fn)(struct seq_file *, void *))
{
	struct seq_file m;

	seq_init_buffer(&m, text, sizeof(text));
	fn(&m, NULL);
	return text;
}

#define EXPECT_LINE(test, fmt, ...) do {				\
	char __line[256];						\
									\
	snprintf(__line, sizeof(__line), fmt, ##__VA_ARGS__);		\
	KUNIT_EXPECT_TRUE_MSG(test, strstr(text, __line) != NULL,	\
			      "missing: %s", __line);			\
} while (0)

/* Has meminfo the totals, aligned as Linux aligns them? */
static void meminfo(struct kunit *test)
{
	show(meminfo_show);
	KUNIT_EXPECT_TRUE(test, !strncmp(text, "MemTotal:       ", 16));
	EXPECT_LINE(test,
		    "MemTotal:       %8lu kB\nMemFree:        %8lu kB\n"
		    "MemAvailable:   ",
		    totalram_pages() * 4, nr_free_pages() * 4);
	EXPECT_LINE(test, "\nHighTotal:      %8lu kB\nHighFree:       ",
		    totalhigh_pages() * 4);
	EXPECT_LINE(test, "\nLowTotal:       %8lu kB\nLowFree:        ",
		    (totalram_pages() - totalhigh_pages()) * 4);
	EXPECT_LINE(test, "\nSwapTotal:      %8lu kB\n", 0ul);
	EXPECT_LINE(test, "\nSlab:           ");
	EXPECT_LINE(test, "\nVmallocTotal:   %8lu kB\nVmallocUsed:    ",
		    (VMALLOC_END - VMALLOC_START) / 1024);
}

/* Do the two kinds of pages of the direct map add up to lowmem's RAM? */
static void meminfo_direct_map(struct kunit *test)
{
	const struct zone *zone = contig_page_data.node_zones;
	unsigned long small, large, ram;

	show(meminfo_show);
	KUNIT_ASSERT_EQ(test,
			sscanf(strstr(text, "\nDirectMap4k:") + 1,
			       "DirectMap4k: %lu kB\nDirectMap4M: %lu kB\n",
			       &small, &large),
			2);
	ram = (zone[ZONE_DMA].present_pages + zone[ZONE_NORMAL].present_pages) *
	      4;
	/* Frame 0 and the guard of the boot stack are not mapped. */
	KUNIT_EXPECT_LE(test, small + large, ram);
	KUNIT_EXPECT_GE(test, small + large + 8, ram);
	KUNIT_EXPECT_EQ(test, large % 4096, 0ul);
}

/* Does VmallocUsed follow what vmalloc() holds? */
static void meminfo_vmalloc_used(struct kunit *test)
{
	unsigned long before = vmalloc_nr_pages();
	void *p = vmalloc(5 * PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, p);
	show(meminfo_show);
	EXPECT_LINE(test, "\nVmallocUsed:    %8lu kB\n", (before + 5) * 4);
	vfree(p);
}

/* Has buddyinfo a line per zone with the counts of all orders? */
static void buddyinfo(struct kunit *test)
{
	const struct zone *dma = &contig_page_data.node_zones[ZONE_DMA];
	const struct free_area *area = dma->free_area;

	show(buddyinfo_show);
	EXPECT_LINE(test, "Node 0, zone      DMA %6lu %6lu %6lu ",
		    area[0].nr_free, area[1].nr_free, area[2].nr_free);
	EXPECT_LINE(test, " %6lu \n", area[10].nr_free);
}

/* The numbers after the next occurrence of a label; where they end. */
static const char *numbers(const char *from, const char *label,
			   unsigned long *value, unsigned int nr)
{
	char *at = strstr(from, label);

	if (!at)
		return NULL;
	for (at += strlen(label); nr; nr--)
		*value++ = simple_strtoul(skip_spaces(at), &at, 10);
	return at;
}

static bool has_ram(unsigned long start, unsigned long end)
{
	const struct memblock_region *region;

	for_each_mem_region(region)
		if (max(PFN_UP(region->base), start) <
		    min(PFN_DOWN(region->base + region->size), end))
			return true;
	return false;
}

static unsigned long blocks_with_ram(const struct zone *zone)
{
	unsigned long pfn, blocks = 0;

	for (pfn = zone->zone_start_pfn; pfn < zone_end_pfn(zone);
	     pfn += pageblock_nr_pages)
		blocks += has_ram(pfn, min(pfn + pageblock_nr_pages,
					   zone_end_pfn(zone)));
	return blocks;
}

/*
 * Do pagetypeinfo's blocks, of all kinds together, add up to those of the zone
 * that are not all hole?
 */
static void pagetypeinfo_adds_up(struct kunit *test)
{
	static const char *const kinds[] = { "Unmovable", "Movable",
					     "Reclaimable", "HighAtomic" };
	const struct zone *dma = &contig_page_data.node_zones[ZONE_DMA];
	unsigned long sum[MAX_ORDER] = { 0 }, value[MAX_ORDER], blocks = 0;
	const char *end;
	char label[48];
	unsigned int i, order;

	show(pagetypeinfo_show);
	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		snprintf(label, sizeof(label), "zone      DMA, type %12s ",
			 kinds[i]);
		end = numbers(text, label, value, MAX_ORDER);
		KUNIT_ASSERT_NOT_NULL(test, end);
		KUNIT_EXPECT_EQ(test, strncmp(end, " \n", 2), 0);
		for (order = 0; order < MAX_ORDER; order++)
			sum[order] += value[order];
	}
	for (order = 0; order < MAX_ORDER; order++)
		KUNIT_EXPECT_EQ(test, sum[order],
				dma->free_area[order].nr_free);
	end = numbers(text, "Node 0, zone      DMA ", value, ARRAY_SIZE(kinds));
	KUNIT_ASSERT_NOT_NULL(test, end);
	KUNIT_EXPECT_EQ(test, strncmp(end, " \n", 2), 0);
	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		blocks += value[i];
	KUNIT_EXPECT_EQ(test, blocks, blocks_with_ram(dma));
}

/* Has pagetypeinfo Linux's two tables? */
static void pagetypeinfo(struct kunit *test)
{
	show(pagetypeinfo_show);
	KUNIT_EXPECT_TRUE(
		test,
		!strncmp(text,
			 "Page block order: 10\n"
			 "Pages per block:  1024\n\n"
			 "Free pages count per migrate type at order       0 "
			 "     1      2 ",
			 109));
	EXPECT_LINE(test, "\nNode    0, zone      DMA, type    Unmovable ");
	EXPECT_LINE(test, "\nNode    0, zone      DMA, type  Reclaimable ");
	EXPECT_LINE(test,
		    "\nNode    0, zone      DMA, type   HighAtomic      0 ");
	EXPECT_LINE(test, "\n\nNumber of blocks type     Unmovable      Movable"
			  "  Reclaimable   HighAtomic \n"
			  "Node 0, zone      DMA ");
}

/* Has zoneinfo the marks, sizes and reserves of each zone? */
static void zoneinfo(struct kunit *test)
{
	const struct zone *dma = &contig_page_data.node_zones[ZONE_DMA];

	show(zoneinfo_show);
	EXPECT_LINE(test, "Node 0, zone      DMA\n  per-node stats\n"
			  "      nr_slab_reclaimable ");
	EXPECT_LINE(test,
		    "\n  pages free     %lu\n"
		    "        boost    0\n        min      %lu\n",
		    zone_page_state(dma, NR_FREE_PAGES), min_wmark_pages(dma));
	EXPECT_LINE(test,
		    "        spanned  %lu\n        present  %lu\n"
		    "        managed  %lu\n",
		    dma->spanned_pages, dma->present_pages,
		    zone_managed_pages(dma));
	EXPECT_LINE(test, "        protection: (%ld, %ld, %ld)\n",
		    dma->lowmem_reserve[0], dma->lowmem_reserve[1],
		    dma->lowmem_reserve[2]);
	EXPECT_LINE(test, "\n      nr_free_pages ");
	EXPECT_LINE(test, "\nNode 0, zone   Normal\n  pages free     ");
	EXPECT_LINE(test, "\n  pagesets\n    cpu: 0\n              count: ");
	EXPECT_LINE(test, "\n  start_pfn:           0\n");
	EXPECT_LINE(test, "Node 0, zone  HighMem\n");
}

/* Does vmstat count, one name and number a line? */
static void vmstat(struct kunit *test)
{
	unsigned long before = sum_vm_event(PGFREE);
	struct page *page = alloc_pages(GFP_KERNEL, 6);

	KUNIT_ASSERT_NOT_NULL(test, page);
	__free_pages(page, 6);
	KUNIT_EXPECT_EQ(test, sum_vm_event(PGFREE) - before, 64ul);
	show(vmstat_show);
	KUNIT_EXPECT_TRUE(test, !strncmp(text, "nr_free_pages ", 14));
	EXPECT_LINE(test, "\npgfree %lu\n", sum_vm_event(PGFREE));
	EXPECT_LINE(test, "\nallocstall_normal %lu\n",
		    sum_vm_event(ALLOCSTALL_NORMAL));
}

/* Does si_meminfo() say the same as the texts? */
static void sysinfo(struct kunit *test)
{
	struct sysinfo i;

	si_meminfo(&i);
	KUNIT_EXPECT_EQ(test, i.totalram, totalram_pages());
	KUNIT_EXPECT_EQ(test, i.freeram, nr_free_pages());
	KUNIT_EXPECT_EQ(test, i.totalhigh, totalhigh_pages());
	KUNIT_EXPECT_EQ(test, (unsigned long)i.mem_unit, PAGE_SIZE);
	KUNIT_EXPECT_LE(test, si_mem_available(),
			(long)nr_free_pages() + (long)global_zone_page_state(
							NR_SLAB_RECLAIMABLE_B));
}

/* Does dump_page() say all there is to say of a page? */
static void dump(struct kunit *test)
{
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_COMP, 2);
	char line[64];
	const char *out;

	KUNIT_ASSERT_NOT_NULL(test, page);
	capture_begin();
	dump_page(page, "a test");
	dump_page(page + 1, NULL);
	out = capture_end();
	snprintf(line, sizeof(line), "refcount:1 mapcount:0 mapping:00000000");
	KUNIT_EXPECT_NOT_NULL(test, strstr(out, line));
	snprintf(line, sizeof(line), "pfn:%#lx", page_to_pfn(page));
	KUNIT_EXPECT_NOT_NULL(test, strstr(out, line));
	KUNIT_EXPECT_NOT_NULL(test, strstr(out, "head|"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(out, "order:2"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(out, "dumped because: a test"));
	if (IS_ENABLED(CONFIG_DEBUG))
		KUNIT_EXPECT_NOT_NULL(test,
				      strstr(out, "allocated with order 2"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(out, "compound tail"));
	__free_pages(page, 2);

	page = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, page);
	__SetPageTable(page);
	capture_begin();
	dump_page(page, NULL);
	out = capture_end();
	__ClearPageTable(page);
	KUNIT_EXPECT_NOT_NULL(test, strstr(out, "page table"));
	__free_page(page);
}

/* Is an event the sum of what the CPUs counted, and a block all its pages? */
static void events_add_up(struct kunit *test)
{
	enum { ORDER = NR_PCP_ORDERS + 1 };
	unsigned long before, sum = 0;
	struct page *page;
	int cpu, event;

	for_each_possible_cpu(cpu)
		sum += per_cpu(vm_event_states, cpu).event[PGFREE];
	KUNIT_EXPECT_EQ(test, sum_vm_event(PGFREE), sum);
	before = sum_vm_event(PGALLOC_NORMAL) + sum_vm_event(PGALLOC_DMA);
	page = alloc_pages(GFP_KERNEL, ORDER);
	KUNIT_ASSERT_NOT_NULL(test, page);
	event = PGALLOC_DMA + page_zonenum(page);
	sum = sum_vm_event(PGALLOC_NORMAL) + sum_vm_event(PGALLOC_DMA);
	KUNIT_EXPECT_GE(test, event, PGALLOC_DMA);
	KUNIT_EXPECT_GE(test, sum - before, 1ul << ORDER);
	KUNIT_EXPECT_LT(test, sum - before, 2ul << ORDER);
	__free_pages(page, ORDER);
}

/* Does show_mem() give the bytes that each zone has free? */
static void show_mem_adds_up(struct kunit *test)
{
	unsigned long free;
	struct zone *zone;
	const char *out;
	char part[48];

	drain_all_pages(NULL);
	capture_begin();
	show_mem(0, NULL);
	out = capture_end();
	for_each_populated_zone(zone) {
		free = zone_page_state(zone, NR_FREE_PAGES);
		snprintf(part, sizeof(part), "Node 0 %s: ", zone->name);
		out = strstr(out, part);
		KUNIT_ASSERT_NOT_NULL(test, out);
		snprintf(part, sizeof(part), "= %lukB\n",
			 free << (PAGE_SHIFT - 10));
		KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(out, part), "%s in %s",
					  part, out);
	}
}

/* Has iomem RAM, the kernel inside it, and the BIOS's page, in order? */
static void iomem(struct kunit *test)
{
	const char *code, *ram, *bss;

	show(iomem_show);
	KUNIT_EXPECT_TRUE(test, !strncmp(text,
					 "00000000-00000fff : Reserved\n"
					 "00001000-",
					 38));
	ram = strstr(text, "\n00100000-");
	KUNIT_ASSERT_NOT_NULL(test, ram);
	KUNIT_EXPECT_NOT_NULL(test, strstr(ram, " : System RAM\n"));
	code = strstr(ram, " : Kernel code\n");
	bss = strstr(ram, " : Kernel bss\n");
	KUNIT_EXPECT_TRUE(test, code && bss && code < bss);
	KUNIT_EXPECT_NOT_NULL(test, strstr(ram, "\n  0010"));
}

static struct resource root = DEFINE_RES_NAMED(0, 0x10000, "root", 0);
static struct resource a = DEFINE_RES_MEM(0x1000, 0x1000);
static struct resource b = DEFINE_RES_MEM(0x3000, 0x1000);
static struct resource inside = DEFINE_RES_MEM(0x3400, 0x100);
static struct resource around = DEFINE_RES_MEM(0x0800, 0x4000);
static struct resource across = DEFINE_RES_MEM(0x1800, 0x1000);
static struct resource half = DEFINE_RES_MEM(0x0800, 0x2c00);
static struct resource beyond = DEFINE_RES_MEM(0xf000, 0x2000);

/* Are overlaps refused, and nested ranges put where they belong? */
static void resources(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, request_resource(&root, &b), 0);
	KUNIT_EXPECT_EQ(test, request_resource(&root, &a), 0);
	KUNIT_EXPECT_PTR_EQ(test, root.child, &a);
	KUNIT_EXPECT_PTR_EQ(test, a.sibling, &b);
	KUNIT_EXPECT_EQ(test, request_resource(&root, &across), -EBUSY);
	KUNIT_EXPECT_PTR_EQ(test, request_resource_conflict(&root, &inside),
			    &b);
	KUNIT_EXPECT_EQ(test, request_resource(&root, &beyond), -EBUSY);
	KUNIT_EXPECT_EQ(test, insert_resource(&root, &across), -EBUSY);
	KUNIT_EXPECT_EQ(test, insert_resource(&root, &half), -EBUSY);
	KUNIT_EXPECT_EQ(test, insert_resource(&root, &inside), 0);
	KUNIT_EXPECT_PTR_EQ(test, inside.parent, &b);
	KUNIT_EXPECT_EQ(test, insert_resource(&root, &around), 0);
	KUNIT_EXPECT_PTR_EQ(test, root.child, &around);
	KUNIT_EXPECT_PTR_EQ(test, around.child, &a);
	KUNIT_EXPECT_PTR_EQ(test, b.parent, &around);
	KUNIT_EXPECT_EQ(test, release_resource(&around), 0);
	KUNIT_EXPECT_EQ(test, release_resource(&around), -EINVAL);
	KUNIT_EXPECT_NULL(test, root.child);
}

/* Does a driver get a free range of addresses once, and none inside RAM? */
static void regions(struct kunit *test)
{
	const resource_size_t at = 0xfe000000;
	struct resource *res = request_mem_region(at, 0x1000, "a test");

	KUNIT_ASSERT_NOT_NULL(test, res);
	KUNIT_EXPECT_EQ(test, resource_size(res), 0x1000ull);
	show(iomem_show);
	EXPECT_LINE(test, "fe000000-fe000fff : a test\n");
	KUNIT_EXPECT_NULL(test, request_mem_region(at + 0x800, 0x1000, "b"));
	KUNIT_EXPECT_NULL(test, request_mem_region(0x200000, 0x1000, "b"));
	release_mem_region(at, 0x1000);
	capture_begin();
	release_mem_region(at, 0x1000);
	KUNIT_EXPECT_NOT_NULL(test, strstr(capture_end(), "nonexistent"));
}

/* Are all events told at once the same as each alone? */
static void all_events(struct kunit *test)
{
	unsigned long before[NR_VM_EVENT_ITEMS], after[NR_VM_EVENT_ITEMS];
	struct page *page;
	int i;

	all_vm_events(before);
	/* of an order that no CPU keeps at hand */
	page = alloc_pages(GFP_KERNEL, 5);
	KUNIT_ASSERT_NOT_NULL(test, page);
	__free_pages(page, 5);
	all_vm_events(after);
	KUNIT_EXPECT_GE(test, after[PGFREE], before[PGFREE] + 1);
	for (i = 0; i < NR_VM_EVENT_ITEMS; i++) {
		KUNIT_EXPECT_GE(test, after[i], before[i]);
		KUNIT_EXPECT_GE(test, sum_vm_event(i), after[i]);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(meminfo),
	KUNIT_CASE(meminfo_direct_map),
	KUNIT_CASE(meminfo_vmalloc_used),
	KUNIT_CASE(buddyinfo),
	KUNIT_CASE(pagetypeinfo),
	KUNIT_CASE(pagetypeinfo_adds_up),
	KUNIT_CASE(zoneinfo),
	KUNIT_CASE(vmstat),
	KUNIT_CASE(sysinfo),
	KUNIT_CASE(dump),
	KUNIT_CASE(events_add_up),
	KUNIT_CASE(show_mem_adds_up),
	KUNIT_CASE(all_events),
	{ }
};

static struct kunit_case resource_cases[] = {
	KUNIT_CASE(iomem),
	KUNIT_CASE(resources),
	KUNIT_CASE(regions),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmstat",
	.test_cases = cases,
};

static struct kunit_suite resource_suite = {
	.name = "resource",
	.test_cases = resource_cases,
};
kunit_test_suites(&suite, &resource_suite);
