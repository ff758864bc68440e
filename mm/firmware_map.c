// SPDX-License-Identifier: MIT
/*
 * The firmware's memory map: from what it says to what can be believed.
 *
 * Problem: the list of RAM that the firmware hands over is the only way to
 * know where memory is, and firmware is not careful. Entries come unsorted,
 * overlap with different types, begin in the middle of a page, are empty,
 * run past the end of the address space, or lie above 4 GiB.
 *
 *	raw     |--RAM-----------------------|
 *	             |--ACPI--|        |--reserved---|
 *	clean   |RAM |--ACPI--|--RAM---|--reserved---|
 *
 * Algorithm. All borders of all entries, sorted, cut the address space into
 * strips in which nothing changes. Each strip gets the type that forbids
 * most among the entries that cover it; neighbours of one type are joined;
 * RAM is cut inwards to whole pages, so that half a page is never used.
 * Simple and quadratic: n entries give 2n borders, each strip asks all n
 * entries. With 128 entries that is some 30,000 steps, once.
 *
 * Which type wins, from the strongest: BAD, RESERVED (also any type that is
 * not known), NVS, ACPI tables, RAM.
 *
 * Invariants of the result:
 *  F1  sorted by start, disjoint, none empty;
 *  F2  a byte is RAM only if an entry says so and none says otherwise;
 *  F3  a byte of any other type is covered exactly as the raw map has it;
 *  F4  RAM begins and ends on a page's border;
 *  F5  ranges that touch differ in type.
 * If the result has no room for a range, the last ranges are left out and
 * counted: memory is lost then, but nothing reserved turns into RAM.
 *
 * What a frame number of this machine cannot reach (above 4 GiB) stays in the
 * map, is counted and said, and is not given to memblock.
 *
 * Differs from Linux (arch/x86/kernel/e820.c): types are few; the map is not
 * kept in three copies.
 */
#include <quire/firmware_map.h>

#include <asm/page_types.h>
#include <linux/init.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/panic.h>
#include <linux/pfn.h>
#include <linux/printk.h>

#define ADDRESS_MAX	(~0ULL)

/* mem_map, a slab or two and the tests: less than this is not worth it. */
#define RAM_NEEDED	(8ULL << 20)

struct firmware_range firmware_map[FIRMWARE_RANGES_MAX];
int nr_firmware_map;
u64 unreachable_ram;

static u64 memory_limit = ADDRESS_MAX; /* mem= */

const char *firmware_type_name(u32 type)
{
	switch (type) {
	case BOOT_MEM_RAM:
		return "usable";
	case BOOT_MEM_ACPI:
		return "ACPI data";
	case BOOT_MEM_NVS:
		return "ACPI NVS";
	case BOOT_MEM_BAD:
		return "unusable";
	default:
		return "reserved";
	}
}

/* 0 for nothing there, and the higher the less it may be touched. */
static int type_rank(u32 type)
{
	switch (type) {
	case BOOT_MEM_RAM:
		return 1;
	case BOOT_MEM_ACPI:
		return 2;
	case BOOT_MEM_NVS:
		return 3;
	case BOOT_MEM_BAD:
		return 5;
	default:
		return 4;
	}
}

/* The end of an entry; the last byte of all is given up where it wraps. */
static u64 entry_end(const struct boot_mmap_entry *entry)
{
	u64 end = entry->base + entry->length;

	return end < entry->base ? ADDRESS_MAX : end;
}

/* The nearest border above a place; ADDRESS_MAX when there is none. */
static u64 next_border(const struct boot_mmap_entry *raw, int nr, u64 place)
{
	u64 best = ADDRESS_MAX;
	int i;

	for (i = 0; i < nr; i++) {
		u64 end = entry_end(&raw[i]);

		if (raw[i].base > place)
			best = min(best, raw[i].base);
		if (end > place)
			best = min(best, end);
	}
	return best;
}

/* The type at a place; false for none: 0 is a type like others. */
static bool type_at(const struct boot_mmap_entry *raw, int nr, u64 place,
		    u32 *type)
{
	int i, rank = 0;

	for (i = 0; i < nr; i++) {
		if (place < raw[i].base || place >= entry_end(&raw[i]))
			continue;
		if (type_rank(raw[i].type) > rank) {
			rank = type_rank(raw[i].type);
			*type = raw[i].type;
		}
	}
	return rank;
}

struct map_builder {
	struct firmware_range *out;
	int nr;
	int room;
	int lost;
};

/* Add one strip at the end, joined to the last range where it can be. */
static void add_strip(struct map_builder *map, u64 start, u64 end, u32 type)
{
	struct firmware_range *last = &map->out[map->nr - 1];

	if (map->nr && last->end == start &&
	    type_rank(last->type) == type_rank(type)) {
		last->end = end;
		return;
	}
	if (map->nr == map->room) {
		map->lost++;
		return;
	}
	map->out[map->nr++] = (struct firmware_range){ start, end, type };
}

/* Cut RAM to whole pages and drop what becomes empty. */
static int cut_to_pages(struct firmware_range *map, int nr)
{
	int i, kept = 0;

	for (i = 0; i < nr; i++) {
		struct firmware_range range = map[i];

		if (range.type == BOOT_MEM_RAM) {
			u64 end = range.end & ~(u64)~PAGE_MASK;

			range.start += ~PAGE_MASK;
			if (range.start < ~PAGE_MASK)
				continue;
			range.start &= ~(u64)~PAGE_MASK;
			if (range.start >= end)
				continue;
			range.end = end;
		}
		map[kept++] = range;
	}
	return kept;
}

int firmware_map_sanitise(const struct boot_mmap_entry *raw, int nr,
			  struct firmware_range *out, int room, int *lost)
{
	struct map_builder map = { .out = out, .room = room };
	u64 place = 0;

	while (place < ADDRESS_MAX) {
		u64 end = next_border(raw, nr, place);
		u32 type;

		if (type_at(raw, nr, place, &type))
			add_strip(&map, place, end, type);
		place = end;
	}
	*lost = map.lost;
	return cut_to_pages(out, map.nr);
}

/* mem=: use only the first so many bytes of RAM. */
static int __init parse_mem(char *arg)
{
	char *end = arg;
	u64 limit = arg ? memparse(arg, &end) : 0;

	if (limit && !*end)
		memory_limit = limit;
	else
		pr_warn("mem=%s: not a size, such as 64M: ignored\n",
			arg ? arg : "");
	return 0;
}
early_param("mem", parse_mem);

static void __init print_map(void)
{
	int i;

	pr_info("Firmware's physical RAM map:\n");
	for (i = 0; i < nr_firmware_map; i++)
		pr_info("  [mem %#018llx-%#018llx] %s\n", firmware_map[i].start,
			firmware_map[i].end - 1,
			firmware_type_name(firmware_map[i].type));
}

/* RAM goes to memblock up to what a frame number can say. */
static void __init add_ram(const struct firmware_range *range)
{
	const u64 top = 1ULL << MAX_PHYSMEM_BITS;
	u64 end = min(range->end, top);

	if (range->end > top)
		unreachable_ram += range->end - max(range->start, top);
	if (range->start < end)
		memblock_add(range->start, end - range->start);
}

static void __init check_enough(void)
{
	u64 ram = memblock_phys_mem_size();

	if (ram >= RAM_NEEDED)
		return;
	if (memory_limit != ADDRESS_MAX)
		panic("Not enough memory: mem= leaves %llu KiB of RAM, %llu KiB are needed",
		      ram >> 10, RAM_NEEDED >> 10);
	panic("Not enough memory: the map has %llu KiB of RAM below 4 GiB, %llu KiB are needed",
	      ram >> 10, RAM_NEEDED >> 10);
}

void __init firmware_map_init(const struct boot_info *info)
{
	int i, lost;

	nr_firmware_map = firmware_map_sanitise(info->mmap, info->nr_mmap,
						firmware_map,
						FIRMWARE_RANGES_MAX, &lost);
	print_map();
	if (lost || info->nr_mmap_lost)
		pr_warn("Firmware map: no room for %d ranges and %u entries\n",
			lost, info->nr_mmap_lost);
	memblock_reserve(0, PAGE_SIZE); /* before its lists may need room */
	for (i = 0; i < nr_firmware_map; i++)
		if (firmware_map[i].type == BOOT_MEM_RAM)
			add_ram(&firmware_map[i]);
	if (unreachable_ram)
		pr_warn("%llu MiB of RAM above 4 GiB cannot be reached with two-level paging\n",
			unreachable_ram >> 20);
	if (memory_limit != ADDRESS_MAX)
		memblock_enforce_memory_limit(memory_limit);
	check_enough();
	max_pfn = PFN_DOWN(memblock_end_of_DRAM());
}
