// SPDX-License-Identifier: MIT
/*
 * memblock: the early allocator.
 *
 * Problem: the structures that describe memory (page tables, one descriptor
 * per frame) need memory before they can describe it.
 *
 * Two lists of ranges, sorted and never touching:
 *
 *	memory    |======================|      |=============|
 *	reserved     |===|      |====|                    |===|
 *	free      |==|   |======|    |===|      |=========|
 *
 * Free is what is in "memory" and not in "reserved": it has no list of its
 * own, and is found by walking the two together. Allocating is reserving.
 *
 * memblock_add_range() makes a range part of a list: ranges it touches or
 * overlaps become one with it.
 *
 *	list    |--|   |----|      |--|
 *	add        |------------|
 *	then    |---------------|  |--|
 *
 * memblock_remove_range() is the opposite; removing from the middle of a
 * range makes two of it.
 *
 * The lists begin as static arrays. Full, a list doubles into memory it
 * allocates from itself, once that is mapped (memblock_allow_resize()); until
 * then, or without memory, the call fails, says so, and changes nothing.
 *
 * Allocation is from the top down, so that the low frames, which not every
 * device can do without, stay free.
 *
 * Invariants:
 *  E1  regions are sorted, not empty, and between two lies a gap;
 *  E2  total_size is the sum of the sizes;
 *  E3  what an allocation returns was memory and not reserved, and is
 *      reserved afterwards.
 *
 * Lock: none, boot only.  Cost: linear in the regions, of which there are a
 * dozen; adding shifts the array.
 *
 * Differs from Linux (mm/memblock.c): no NUMA nodes, no flags per region;
 * ranges of one list are merged at once, so there is no later pass.
 */
#include <linux/memblock.h>

#include <asm/page.h>
#include <linux/align.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/string.h>

#define INIT_REGIONS	128

static struct memblock_region memory_regions[INIT_REGIONS];
static struct memblock_region reserved_regions[INIT_REGIONS];

struct memblock memblock = {
	.current_limit = MEMBLOCK_ALLOC_ANYWHERE,
	.memory = {
		.max = INIT_REGIONS,
		.regions = memory_regions,
		.name = "memory",
	},
	.reserved = {
		.max = INIT_REGIONS,
		.regions = reserved_regions,
		.name = "reserved",
	},
};

static phys_addr_t region_end(const struct memblock_region *region)
{
	return region->base + region->size;
}

/* Clip a range that would run past the last address. */
static phys_addr_t range_end(phys_addr_t base, phys_addr_t size)
{
	phys_addr_t end = base + size;

	return end < base ? ~(phys_addr_t)0 : end;
}

/* The first region that ends at addr or later. */
static unsigned long first_touching(const struct memblock_type *type,
				    phys_addr_t addr)
{
	unsigned long i = 0;

	while (i < type->cnt && region_end(&type->regions[i]) < addr)
		i++;
	return i;
}

/* The highest free place below the limit, or 0. */
static phys_addr_t find_in_range(phys_addr_t size, phys_addr_t align,
				 phys_addr_t start, phys_addr_t end)
{
	phys_addr_t free_start, free_end, best = 0;
	u64 i;

	for_each_free_mem_range(i, &free_start, &free_end) {
		phys_addr_t from = max(free_start, start);
		phys_addr_t to = min(free_end, end);

		if (to < from || to - from < size)
			continue;
		to = ALIGN_DOWN(to - size, align);
		if (to >= from)
			best = max(best, to);
	}
	return best;
}

/* A free place for a list beside base .. end - 1, or 0. */
static phys_addr_t find_beside(phys_addr_t size, phys_addr_t base,
			       phys_addr_t end)
{
	phys_addr_t limit = memblock.current_limit;
	phys_addr_t phys;

	phys = find_in_range(size, PAGE_SIZE,
			     max_t(phys_addr_t, end, PAGE_SIZE), limit);
	if (phys)
		return phys;
	return find_in_range(size, PAGE_SIZE, PAGE_SIZE, min(base, limit));
}

/*
 * Have room for one more region, doubling the list in memory of our own if
 * need be. Before any index is computed: the new array is itself reserved.
 * base .. end - 1 is what is about to change: it may be free still, but is
 * no place for the array.
 */
static bool have_room(struct memblock_type *type, phys_addr_t base,
		      phys_addr_t end)
{
	unsigned long bytes = type->max * sizeof(*type->regions);
	struct memblock_region *regions;
	phys_addr_t phys;

	if (type->cnt < type->max)
		return true;
	if (!memblock.allow_resize)
		return false;
	/* else the list of what is reserved could grow into the same place */
	if (type != &memblock.reserved &&
	    !have_room(&memblock.reserved, base, end))
		return false;
	phys = find_beside(2 * bytes, base, end);
	if (!phys)
		return false;
	regions = __va((unsigned long)phys);
	memcpy(regions, type->regions, bytes);
	type->regions = regions;
	type->max *= 2;
	return !memblock_reserve(phys, 2 * bytes);
}

static int out_of_regions(const struct memblock_type *type)
{
	pr_err("memblock: no room for more than %lu %s regions\n", type->max,
	       type->name);
	return -ENOMEM;
}

/* Open a gap of one region at index i; there is room. */
static void insert_region(struct memblock_type *type, unsigned long i,
			  phys_addr_t base, phys_addr_t end)
{
	memmove(&type->regions[i + 1], &type->regions[i],
		(type->cnt - i) * sizeof(*type->regions));
	type->regions[i].base = base;
	type->regions[i].size = end - base;
	type->cnt++;
}

static void delete_regions(struct memblock_type *type, unsigned long from,
			   unsigned long to)
{
	memmove(&type->regions[from], &type->regions[to],
		(type->cnt - to) * sizeof(*type->regions));
	type->cnt -= to - from;
}

/*
 * Add base .. base + size - 1 to a list: one region takes the place of all
 * that it touches.
 */
int memblock_add_range(struct memblock_type *type, phys_addr_t base,
		       phys_addr_t size)
{
	phys_addr_t end = range_end(base, size);
	struct memblock_region *merged;
	unsigned long first, last;
	bool room;

	if (base == end)
		return 0;
	room = have_room(type, base, end);
	first = first_touching(type, base);
	for (last = first; last < type->cnt; last++) {
		struct memblock_region *region = &type->regions[last];

		if (region->base > end)
			break;
		base = min(base, region->base);
		end = max(end, region_end(region));
		type->total_size -= region->size;
	}
	if (first == last && !room)
		return out_of_regions(type);
	type->total_size += end - base;
	if (first == last) {
		insert_region(type, first, base, end);
		return 0;
	}
	merged = &type->regions[first];
	merged->base = base;
	merged->size = end - base;
	delete_regions(type, first + 1, last);
	return 0;
}

/* Cut base .. base + size - 1 out of a list. */
int memblock_remove_range(struct memblock_type *type, phys_addr_t base,
			  phys_addr_t size)
{
	phys_addr_t end = range_end(base, size);
	unsigned long i = 0;
	bool room;

	if (base == end)
		return 0;
	room = have_room(type, base, end);
	while (i < type->cnt && type->regions[i].base < end) {
		struct memblock_region *region = &type->regions[i];
		phys_addr_t region_top = region_end(region);

		if (region_top <= base) {
			i++;
			continue;
		}
		if (region->base < base && region_top > end) {
			if (!room)
				return out_of_regions(type);
			insert_region(type, i + 1, end, region_top);
			region->size = base - region->base;
			type->total_size -= end - base;
			return 0;
		}
		type->total_size -=
			min(region_top, end) - max(region->base, base);
		if (region->base < base) {
			region->size = base - region->base;
			i++;
		} else if (region_top > end) {
			region->size = region_top - end;
			region->base = end;
		} else {
			delete_regions(type, i, i + 1);
		}
	}
	return 0;
}

int memblock_add(phys_addr_t base, phys_addr_t size)
{
	return memblock_add_range(&memblock.memory, base, size);
}

int memblock_remove(phys_addr_t base, phys_addr_t size)
{
	return memblock_remove_range(&memblock.memory, base, size);
}

int memblock_reserve(phys_addr_t base, phys_addr_t size)
{
	return memblock_add_range(&memblock.reserved, base, size);
}

int memblock_phys_free(phys_addr_t base, phys_addr_t size)
{
	return memblock_remove_range(&memblock.reserved, base, size);
}

/*
 * The idx of a walk: the memory region in the low half, the gap before
 * reserved region n in the high half. Gap n lies between reserved regions
 * n - 1 and n; the last gap is open.
 */
void __next_free_mem_range(u64 *idx, struct memblock_type *memory,
			   struct memblock_type *reserved, phys_addr_t *start,
			   phys_addr_t *end)
{
	unsigned long m = (u32)*idx, gap = *idx >> 32;

	while (m < memory->cnt && gap <= reserved->cnt) {
		const struct memblock_region *region = &memory->regions[m];
		phys_addr_t top = region_end(region);
		phys_addr_t from =
			gap ? region_end(&reserved->regions[gap - 1]) : 0;
		phys_addr_t to = gap < reserved->cnt ?
					 reserved->regions[gap].base :
					 ~(phys_addr_t)0;

		*start = max(from, region->base);
		*end = min(to, top);
		if (top <= to)
			m++;
		else
			gap++;
		if (*start < *end) {
			*idx = m | (u64)gap << 32;
			return;
		}
	}
	*idx = (u64)-1;
}

phys_addr_t memblock_phys_alloc_range(phys_addr_t size, phys_addr_t align,
				      phys_addr_t start, phys_addr_t end)
{
	phys_addr_t phys;

	if (end == MEMBLOCK_ALLOC_ACCESSIBLE || end > memblock.current_limit)
		end = memblock.current_limit;
	if (!size)
		return 0;
	/* frame 0 stands for "none": it is never given out */
	phys = find_in_range(size, align, max_t(phys_addr_t, start, PAGE_SIZE),
			     end);
	if (phys && memblock_reserve(phys, size))
		return 0;
	return phys;
}

phys_addr_t memblock_phys_alloc(phys_addr_t size, phys_addr_t align)
{
	return memblock_phys_alloc_range(size, align, MEMBLOCK_LOW_LIMIT,
					 MEMBLOCK_ALLOC_ACCESSIBLE);
}

void *memblock_alloc_raw(phys_addr_t size, phys_addr_t align)
{
	phys_addr_t phys = memblock_phys_alloc(size, align);

	return phys ? __va((unsigned long)phys) : NULL;
}

void *memblock_alloc(phys_addr_t size, phys_addr_t align)
{
	void *ptr = memblock_alloc_raw(size, align);

	return ptr ? memset(ptr, 0, size) : NULL;
}

void memblock_free(void *ptr, size_t size)
{
	if (ptr)
		memblock_phys_free(__pa(ptr), size);
}

static const struct memblock_region *region_of(const struct memblock_type *type,
					       phys_addr_t addr)
{
	const struct memblock_region *region;

	for_each_memblock_region(type, region)
		if (addr >= region->base && addr < region_end(region))
			return region;
	return NULL;
}

bool memblock_is_memory(phys_addr_t addr)
{
	return region_of(&memblock.memory, addr);
}

bool memblock_is_reserved(phys_addr_t addr)
{
	return region_of(&memblock.reserved, addr);
}

/* All of it is memory. */
bool memblock_is_region_memory(phys_addr_t base, phys_addr_t size)
{
	const struct memblock_region *region =
		region_of(&memblock.memory, base);

	return region && region_end(region) >= range_end(base, size);
}

/* Any of it is reserved. */
bool memblock_is_region_reserved(phys_addr_t base, phys_addr_t size)
{
	phys_addr_t end = range_end(base, size);
	const struct memblock_region *region;

	for_each_reserved_mem_region(region)
		if (region->base < end && region_end(region) > base)
			return true;
	return false;
}

phys_addr_t memblock_phys_mem_size(void)
{
	return memblock.memory.total_size;
}

phys_addr_t memblock_reserved_size(void)
{
	return memblock.reserved.total_size;
}

phys_addr_t memblock_start_of_DRAM(void)
{
	return memblock.memory.cnt ? memblock.memory.regions[0].base : 0;
}

phys_addr_t memblock_end_of_DRAM(void)
{
	unsigned long cnt = memblock.memory.cnt;

	return cnt ? region_end(&memblock.memory.regions[cnt - 1]) : 0;
}

void memblock_set_current_limit(phys_addr_t limit)
{
	memblock.current_limit = limit;
}

void memblock_enforce_memory_limit(phys_addr_t limit)
{
	const struct memblock_region *region;

	for_each_mem_region(region) {
		phys_addr_t top = region->base + limit;

		if (limit <= region->size) {
			memblock_remove(top, MEMBLOCK_ALLOC_ANYWHERE - top);
			return;
		}
		limit -= region->size;
	}
}

void memblock_allow_resize(void)
{
	memblock.allow_resize = true;
}

static void dump_list(const struct memblock_type *type)
{
	const struct memblock_region *region;

	pr_info(" %s: %lu regions, %#llx bytes\n", type->name, type->cnt,
		type->total_size);
	for_each_memblock_region(type, region)
		pr_info("  [%#018llx-%#018llx]\n", region->base,
			region_end(region) - 1);
}

void memblock_dump_all(void)
{
	pr_info("memblock:\n");
	dump_list(&memblock.memory);
	dump_list(&memblock.reserved);
}
