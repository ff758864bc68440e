// SPDX-License-Identifier: MIT
/*
 * The model of the fuzz target "firmware": two bits for each frame below 4
 * GiB. Slow and plain: no list is sorted, cut or merged here.
 */
#include "firmware_model.h"

#include <linux/bitmap.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/string.h>

#define TOP (1ULL << MAX_PHYSMEM_BITS)
#define WHOLE_PAGES (~(u64)(PAGE_SIZE - 1))

unsigned long model_ram[BITS_TO_LONGS(FRAMES)];
unsigned long model_taken[BITS_TO_LONGS(FRAMES)];
u64 model_ram_bytes, model_ram_end;

int rank_of(u32 type)
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

static u64 end_of(const struct boot_mmap_entry *e)
{
	return e->length > ~0ULL - e->base ? ~0ULL : e->base + e->length;
}

static bool has(const struct boot_mmap_entry *e, u64 place)
{
	return place >= e->base && place < end_of(e);
}

/* Does any entry that is not RAM touch start .. end - 1? */
static bool forbidden(const struct boot_info *info, u64 start, u64 end)
{
	unsigned int i;

	for (i = 0; i < info->nr_mmap; i++) {
		const struct boot_mmap_entry *e = &info->mmap[i];

		if (e->type != BOOT_MEM_RAM && e->base < end_of(e) &&
		    e->base < end && end_of(e) > start)
			return true;
	}
	return false;
}

/* Do entries of RAM, together, cover it? From entry to entry. */
static bool covered(const struct boot_info *info, u64 start, u64 end)
{
	unsigned int i;

	for (i = 0; start < end && i < info->nr_mmap; i++) {
		const struct boot_mmap_entry *e = &info->mmap[i];

		if (e->type != BOOT_MEM_RAM || !has(e, start))
			continue;
		start = end_of(e);
		i = -1;			/* the next may be any */
	}
	return start >= end;
}

static bool whole_page(const struct boot_info *info, u64 place)
{
	u64 start = place & ~(u64)(PAGE_SIZE - 1);
	u64 end = start + PAGE_SIZE;

	return end > start && !forbidden(info, start, end) &&
	       covered(info, start, end);
}

int model_rank(const struct boot_info *info, u64 place)
{
	unsigned int i;
	int rank = 0;

	for (i = 0; i < info->nr_mmap; i++)
		if (has(&info->mmap[i], place))
			rank = max(rank, rank_of(info->mmap[i].type));
	if (rank == 1 && !whole_page(info, place))
		return 0;
	return rank;
}

/* --- frames --- */

static void paint(unsigned long *map, u64 start, u64 end, bool value)
{
	end = min(end, TOP);
	if (start >= end)
		return;
	if (value)
		bitmap_set(map, start >> PAGE_SHIFT,
			   (end - start) >> PAGE_SHIFT);
	else
		bitmap_clear(map, start >> PAGE_SHIFT,
			     (end - start) >> PAGE_SHIFT);
}

static u64 up(u64 place)
{
	return place >= TOP ? TOP : (place + PAGE_SIZE - 1) & WHOLE_PAGES;
}

static u64 down(u64 place)
{
	return min(place, TOP) & WHOLE_PAGES;
}

/* The frames at an entry's ends may be whole with the help of others. */
static void paint_ends(const struct boot_info *info, u64 place)
{
	if (place < TOP && whole_page(info, place))
		paint(model_ram, down(place), down(place) + PAGE_SIZE, true);
}

static void paint_ram(const struct boot_info *info)
{
	unsigned int i;

	for (i = 0; i < info->nr_mmap; i++) {
		const struct boot_mmap_entry *e = &info->mmap[i];

		if (e->type == BOOT_MEM_RAM && e->base < end_of(e))
			paint(model_ram, up(e->base), down(end_of(e)), true);
	}
	for (i = 0; i < info->nr_mmap; i++) {
		const struct boot_mmap_entry *e = &info->mmap[i];

		if (e->type != BOOT_MEM_RAM && e->base < end_of(e))
			paint(model_ram, down(e->base), up(end_of(e)), false);
	}
	for (i = 0; i < info->nr_mmap; i++) {
		paint_ends(info, info->mmap[i].base);
		paint_ends(info, end_of(&info->mmap[i]));
	}
}

/* Cuts the RAM off where mem= says: there are few frames before that. */
static void limit_ram(u64 limit)
{
	unsigned long pfn;

	model_ram_bytes = model_ram_end = 0;
	for_each_set_bit(pfn, model_ram, FRAMES) {
		u64 left = min(limit - model_ram_bytes, (u64)PAGE_SIZE);

		if (left)
			model_ram_end = PFN_PHYS(pfn) + left;
		model_ram_bytes += left;
		if (left < PAGE_SIZE) {
			paint(model_ram, PFN_PHYS(pfn), TOP, false);
			return;
		}
	}
}

static void count_ram(void)
{
	unsigned long last = find_last_bit(model_ram, FRAMES);

	model_ram_end = last < FRAMES ? PFN_PHYS(last) + PAGE_SIZE : 0;
	model_ram_bytes = PFN_PHYS(model_count(model_ram, 0, FRAMES));
}

void model_read(const struct boot_info *info, u64 limit)
{
	bitmap_zero(model_ram, FRAMES);
	paint_ram(info);
	if (limit == ~0ULL)
		count_ram();
	else
		limit_ram(limit);
}

unsigned long model_find(unsigned long nr, unsigned long align,
			 unsigned long start, unsigned long end)
{
	unsigned long pfn, at;

	start = max(start, 1UL);
	if (end < nr)
		return 0;
	for (pfn = round_down(end - nr, align); pfn >= start && pfn < end;
	     pfn -= align) {
		at = find_next_zero_bit(model_ram, pfn + nr, pfn);
		if (at >= pfn + nr &&
		    find_next_bit(model_taken, pfn + nr, pfn) >= pfn + nr)
			return pfn;
	}
	return 0;
}

unsigned long model_count(const unsigned long *map, unsigned long from,
			  unsigned long to)
{
	return from < to ? bitmap_weight(map + BIT_WORD(from), to - from) : 0;
}

void model_take(u64 start, u64 end)
{
	paint(model_taken, down(start), up(end), true);
}

bool model_is_free(u64 start, u64 end)
{
	unsigned long pfn = PFN_DOWN(start), last = PFN_UP(end);

	return find_next_zero_bit(model_ram, last, pfn) >= last &&
	       find_next_bit(model_taken, last, pfn) >= last;
}

/* --- memblock --- */

/* E1, E2 */
static void check_list(const struct memblock_type *type)
{
	u64 total = 0, last = 0;
	unsigned long i;

	for (i = 0; i < type->cnt; i++) {
		const struct memblock_region *r = &type->regions[i];

		fuzz_check(r->size && r->base + r->size > r->base,
			   "%s %lu: %#llx bytes at %#llx", type->name, i,
			   r->size, r->base);
		fuzz_check(!i || r->base > last, "%s %lu: %#llx after %#llx",
			   type->name, i, r->base, last);
		last = r->base + r->size;
		total += r->size;
	}
	fuzz_check(total == type->total_size, "%s: %#llx, not %#llx",
		   type->name, type->total_size, total);
	fuzz_check(type->cnt <= type->max, "%s: %lu", type->name, type->cnt);
}

/* The bits that a list has are the model's. */
static void check_bits(const struct memblock_type *type,
		       const unsigned long *model, bool whole_only)
{
	static unsigned long found[BITS_TO_LONGS(FRAMES)];
	unsigned long i;

	bitmap_zero(found, FRAMES);
	for (i = 0; i < type->cnt; i++) {
		u64 start = type->regions[i].base;
		u64 end = start + type->regions[i].size;

		if (whole_only)
			paint(found, up(start), down(end), true);
		else
			paint(found, down(start), up(end), true);
	}
	if (bitmap_equal(found, model, FRAMES))
		return;
	bitmap_xor(found, found, model, FRAMES);
	fuzz_check(false, "%s: frame %#lx and %u others", type->name,
		   find_first_bit(found, FRAMES),
		   bitmap_weight(found, FRAMES) - 1);
}

void model_check_memblock(void)
{
	check_list(&memblock.memory);
	check_list(&memblock.reserved);
	check_bits(&memblock.memory, model_ram, true);
	check_bits(&memblock.reserved, model_taken, false);
}
