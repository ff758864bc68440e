// SPDX-License-Identifier: MIT
/*
 * The model of the fuzz target "firmware": two bits for each frame below 4
 * GiB. Slow and plain: no list is sorted, cut or merged here.
 */
#include "firmware_model.h"

#include <linux/kernel.h>
#include <linux/memblock.h>

#define TOP (1ULL << MAX_PHYSMEM_BITS)
#define WHOLE_PAGES (~(u64)(PAGE_SIZE - 1))

struct frames model_ram, model_taken;
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

static void paint(struct frames *frames, u64 start, u64 end, bool value)
{
	end = min(end, TOP);
	if (start < end)
		frames_set(frames, start >> PAGE_SHIFT, end >> PAGE_SHIFT,
			   value);
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
		paint(&model_ram, down(place), down(place) + PAGE_SIZE, true);
}

static void paint_ram(const struct boot_info *info)
{
	unsigned int i;

	for (i = 0; i < info->nr_mmap; i++) {
		const struct boot_mmap_entry *e = &info->mmap[i];

		if (e->type == BOOT_MEM_RAM && e->base < end_of(e))
			paint(&model_ram, up(e->base), down(end_of(e)), true);
	}
	for (i = 0; i < info->nr_mmap; i++) {
		const struct boot_mmap_entry *e = &info->mmap[i];

		if (e->type != BOOT_MEM_RAM && e->base < end_of(e))
			paint(&model_ram, down(e->base), up(end_of(e)), false);
	}
	for (i = 0; i < info->nr_mmap; i++) {
		paint_ends(info, info->mmap[i].base);
		paint_ends(info, end_of(&info->mmap[i]));
	}
}

/* From the bottom, until there is as much as mem= says; the rest goes. */
static void count_ram(u64 limit)
{
	unsigned long from, to = 0;

	model_ram_bytes = model_ram_end = 0;
	while (model_ram_bytes < limit) {
		u64 bytes;

		from = frames_next(&model_ram, to, FRAMES, true);
		if (from == FRAMES)
			return;
		to = frames_next(&model_ram, from, FRAMES, false);
		bytes = min((u64)PFN_PHYS(to - from), limit - model_ram_bytes);
		model_ram_end = PFN_PHYS(from) + bytes;
		model_ram_bytes += bytes;
	}
	paint(&model_ram, down(model_ram_end), TOP, false);
}

void model_read(const struct boot_info *info, u64 limit)
{
	frames_clear(&model_ram);
	paint_ram(info);
	count_ram(limit);
}

unsigned long model_find(unsigned long nr, unsigned long align,
			 unsigned long start, unsigned long end)
{
	unsigned long pfn, at;

	start = max(start, 1UL);
	if (end < nr)
		return 0;
	pfn = round_down(end - nr, align);
	while (pfn >= start) {
		at = min(frames_next(&model_ram, pfn, pfn + nr, false),
			 frames_next(&model_taken, pfn, pfn + nr, true));
		if (at == pfn + nr)
			return pfn;
		/* on below what is there */
		if (at < nr)
			return 0;
		pfn = round_down(at - nr, align);
	}
	return 0;
}

void model_take(u64 start, u64 end)
{
	paint(&model_taken, down(start), up(end), true);
}

bool model_is_free(u64 start, u64 end)
{
	unsigned long pfn = PFN_DOWN(start), last = PFN_UP(end);

	return frames_next(&model_ram, pfn, last, false) == last &&
	       frames_next(&model_taken, pfn, last, true) == last;
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

static void check_run(const struct memblock_type *type,
		      const struct frames *model, u64 start, u64 end,
		      bool value)
{
	unsigned long to = PFN_DOWN(end), pfn;

	if (start >= end)
		return;
	pfn = frames_next(model, PFN_DOWN(start), to, !value);
	fuzz_check(pfn == to, "%s: frame %#lx %s", type->name, pfn,
		   value ? "should not be there" : "is missing");
}

/* The frames of a list are the model's; the list is sorted. */
static void check_bits(const struct memblock_type *type,
		       const struct frames *model, bool whole_only)
{
	u64 at = 0;
	unsigned long i;

	for (i = 0; i < type->cnt; i++) {
		u64 start = type->regions[i].base;
		u64 end = start + type->regions[i].size;

		start = max(at, whole_only ? up(start) : down(start));
		end = whole_only ? down(end) : up(end);
		if (start >= end)
			continue;
		check_run(type, model, at, start, false);
		check_run(type, model, start, end, true);
		at = end;
	}
	check_run(type, model, at, TOP, false);
}

void model_check_memblock(void)
{
	check_list(&memblock.memory);
	check_list(&memblock.reserved);
	check_bits(&memblock.memory, &model_ram, true);
	check_bits(&memblock.reserved, &model_taken, false);
}
