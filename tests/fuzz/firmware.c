// SPDX-License-Identifier: MIT
/*
 * Fuzz target "firmware": firmware map -> memblock -> zones and buddy.
 *
 * It runs before the kernel has memory, at the place of an early_param(), and
 * starts from there for every input: what the code wrote is put back.
 *
 * Bytes: how many entries the map has; whether there is RAM to live on, and
 * where lowmem ends; mem=, and whether a machine of many frames gets its zones,
 * too; the entries (type, and one of several ways to say a place and a length:
 * in pages, in bytes, around 4 GiB, at the end of the last one, anything); then
 * what memblock is to do: reserve, give back, allocate.
 *
 * The model (firmware_model.c): two bits for each frame, RAM and taken.
 *
 * Checked, after each step:
 *  - F1 .. F5 at every border of every entry, and next to it;
 *  - memblock's lists are sorted, apart and add up (E1, E2), and say for each
 *    frame what the model says;
 *  - memblock gives the highest place that is free, or none if there is none.
 * And when the buddy has its memory:
 *  - each frame's descriptor: zone, flags, references;
 *  - spanned, present and managed pages of each zone (I1), its borders (I3);
 *  - B1 .. B6; the watermarks' order; free pages are what the model has free.
 */
#include "firmware_model.h"

#include "../../kernel/start.h"

#include <asm/page.h>
#include <asm/sections.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/string.h>

#define RAM_NEEDED	(8ULL << 20)
/* Descriptors of more frames than this take their time. */
#define FEW_FRAMES	(64UL << 20 >> PAGE_SHIFT)

static struct boot_info info;
static unsigned long lowmem_end;	/* frames from here on are highmem */
static bool even_many_frames;
static struct memblock pristine_memblock;

/* --- the map --- */

static void read_entry(struct fuzz_input *in, struct boot_mmap_entry *e)
{
	static const u32 types[] = { 1, 1, 1, 1, 2, 3, 4, 5 };
	u8 kind = fuzz_u8(in);

	e->type = types[kind & 7];
	if (kind & 0x40)
		e->type = fuzz_u8(in);
	switch (kind >> 3 & 7) {
	case 0:
	case 1:		/* in pages, below 256 MiB */
		e->base = (u64)fuzz_u16(in) << PAGE_SHIFT;
		e->length = (u64)fuzz_u16(in) << PAGE_SHIFT;
		break;
	case 2:		/* in bytes */
		e->base = fuzz_u32(in) & 0x0fffffff;
		e->length = fuzz_u32(in) & 0x01ffffff;
		break;
	case 3:		/* in 64 KiB, below 4 GiB */
		e->base = (u64)fuzz_u16(in) << 16;
		e->length = (u64)fuzz_u16(in) << 16;
		break;
	case 4:		/* around 4 GiB */
		e->base = (1ULL << 32) + (s64)(s16)fuzz_u16(in) * 512;
		e->length = (u64)fuzz_u16(in) * 512;
		break;
	case 5:		/* at the last one's end, or a little beside it */
		e->base = e == info.mmap ? 0 : e[-1].base + e[-1].length;
		e->base += (s8)fuzz_u8(in);
		e->length = fuzz_u16(in) * 64ULL;
		break;
	default:	/* anything */
		e->base = fuzz_u64(in);
		e->length = fuzz_u64(in);
		break;
	}
}

/* Returns mem=. */
static u64 read_map(struct fuzz_input *in)
{
	static const unsigned long lowmem[] = { 896, 32, 24, 20 };
	unsigned int nr = fuzz_below(in, BOOT_MMAP_MAX + 1);
	u8 how = fuzz_u8(in), limit = fuzz_u8(in);

	lowmem_end = lowmem[how >> 6] << (20 - PAGE_SHIFT);
	even_many_frames = limit % 64 == 63;
	memset(&info, 0, sizeof(info));
	if (how & 1 && nr < BOOT_MMAP_MAX)
		info.mmap[info.nr_mmap++] = (struct boot_mmap_entry){
			16 << 20, (8ULL + (how >> 1 & 31)) << 20, BOOT_MEM_RAM
		};
	while (info.nr_mmap < nr && fuzz_left(in))
		read_entry(in, &info.mmap[info.nr_mmap++]);
	if (limit < 128)
		return ~0ULL;
	return ((u64)(limit - 120) << 20) + fuzz_u16(in) * 3;
}

static int rank_in(const struct firmware_range *map, int nr, u64 place)
{
	int i;

	for (i = 0; i < nr; i++)
		if (place >= map[i].start && place < map[i].end)
			return rank_of(map[i].type);
	return 0;
}

/* At a border and next to it, and at the next pages' borders. */
static void check_place(const struct firmware_range *map, int nr, u64 border)
{
	u64 page = border & ~(u64)(PAGE_SIZE - 1);
	u64 places[] = { border - 1, border,		 border + 1,
			 page - 1,   page,		 page + PAGE_SIZE - 1,
			 page + PAGE_SIZE };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(places); i++) {
		int found = rank_in(map, nr, places[i]);
		int want = model_rank(&info, places[i]);

		fuzz_check(found == want, "%#llx: rank %d, not %d", places[i],
			   found, want);
	}
}

static void check_sanitised(void)
{
	static struct firmware_range map[FIRMWARE_RANGES_MAX];
	int lost, i, nr;

	nr = firmware_map_sanitise(info.mmap, info.nr_mmap, map,
				   FIRMWARE_RANGES_MAX, &lost);
	fuzz_check(!lost && nr <= FIRMWARE_RANGES_MAX, "%d, %d lost", nr, lost);
	for (i = 0; i < nr; i++) {
		fuzz_check(map[i].start < map[i].end, "F1: %d", i);
		fuzz_check(!i || map[i].start >= map[i - 1].end, "F1: %d", i);
		fuzz_check(!i || map[i].start > map[i - 1].end ||
				   rank_of(map[i].type) !=
					   rank_of(map[i - 1].type),
			   "F5: %d", i);
		check_place(map, nr, map[i].start);
		check_place(map, nr, map[i].end);
	}
	for (i = 0; i < (int)info.nr_mmap; i++) {
		check_place(map, nr, info.mmap[i].base);
		check_place(map, nr, info.mmap[i].base + info.mmap[i].length);
	}
}

/* --- memblock --- */

/* A list that was full has grown, into memory of its own. */
static void note_growth(void)
{
	static const struct memblock_region *last;
	u64 start, end;

	if (memblock.reserved.regions == last)
		return;
	last = memblock.reserved.regions;
	if (last == pristine_memblock.reserved.regions)
		return;
	start = __pa_nodebug(last);
	end = __pa_nodebug(last + memblock.reserved.max);
	fuzz_check(model_is_free(start, end), "grown over what is taken: %#llx",
		   start);
	model_take(start, end);
}

static void step_reserve(struct fuzz_input *in)
{
	u64 start = fuzz_u32(in) & 0x1fffffff, size = fuzz_u16(in);

	if (!size || memblock_reserve(start, size))
		return;
	model_take(start, start + size);
	note_growth();
}

/* Many small ones in a row: the list grows. */
static void step_comb(struct fuzz_input *in)
{
	u64 start = (u64)fuzz_u16(in) << PAGE_SHIFT;
	unsigned int nr = fuzz_u8(in);

	for (; nr; nr--, start += 2 * PAGE_SIZE) {
		if (memblock_reserve(start, PAGE_SIZE))
			return;
		model_take(start, start + PAGE_SIZE);
		note_growth();
	}
}

static void step_alloc(struct fuzz_input *in)
{
	unsigned long nr = 1 + fuzz_u8(in), align = 1UL << fuzz_below(in, 11);
	unsigned long start = fuzz_u8(in) << 8, end = max_low_pfn, want;
	phys_addr_t got;

	if (fuzz_u8(in) % 2)
		end = min(end, start + 1 + fuzz_u16(in));
	want = model_find(nr, align, start, end);
	got = memblock_phys_alloc_range(PFN_PHYS(nr), PFN_PHYS(align),
					PFN_PHYS(start), PFN_PHYS(end));
	fuzz_check(got == PFN_PHYS(want), "%#llx, not frame %#lx", got, want);
	if (got)
		model_take(got, got + PFN_PHYS(nr));
	note_growth();
}

/* The list itself, where it has grown. */
static bool holds_list(unsigned long start, unsigned long nr)
{
	const struct memblock_type *type = &memblock.reserved;

	return start < PFN_UP(__pa_nodebug(type->regions + type->max)) &&
	       start + nr > PFN_DOWN(__pa_nodebug(type->regions));
}

static void step_free(struct fuzz_input *in)
{
	unsigned long start = fuzz_u16(in), nr = fuzz_u8(in);

	/* not the image, in which we run */
	if (start < PFN_UP(__pa_nodebug(_end)) || !nr || holds_list(start, nr))
		return;
	if (memblock_phys_free(PFN_PHYS(start), PFN_PHYS(nr)))
		return;
	frames_set(&model_taken, start, start + nr, false);
	note_growth();
}

static void play_with_memblock(struct fuzz_input *in)
{
	static void (*const steps[])(struct fuzz_input *) = {
		step_free, step_reserve, step_comb, step_alloc, step_alloc,
	};
	unsigned int nr = fuzz_u8(in) % 64;

	while (nr-- && fuzz_left(in)) {
		steps[fuzz_below(in, ARRAY_SIZE(steps))](in);
		model_check_memblock();
	}
}

/* --- the whole --- */

static void start(void)
{
	pristine_memblock = memblock;
	zones_start();
}

static void reserve_taken(void)
{
	memblock_reserve(0, PAGE_SIZE);
	memblock_reserve(LOAD_PHYSICAL_ADDR,
			 __pa_nodebug(_end) - LOAD_PHYSICAL_ADDR);
	frames_clear(&model_taken);
	model_take(0, PAGE_SIZE);
	model_take(LOAD_PHYSICAL_ADDR, __pa_nodebug(_end));
}

/* As setup_arch() does it. */
static void run(struct fuzz_input *in)
{
	u64 limit = read_map(in);
	char word[32];

	check_sanitised();
	model_read(&info, limit);
	if (model_ram_bytes < RAM_NEEDED)
		return;			/* it would panic, and say so */
	memblock = pristine_memblock;
	unreachable_ram = 0;
	snprintf(word, sizeof(word), "mem=%llu", limit);
	parse_early_param(word);
	reserve_taken();
	firmware_map_init(&info);
	fuzz_check(max_pfn == PFN_DOWN(model_ram_end), "%#lx, not %#llx",
		   max_pfn, model_ram_end >> PAGE_SHIFT);
	max_low_pfn = min(max_pfn, lowmem_end);
	memblock_set_current_limit(PFN_PHYS(max_low_pfn));
	memblock_allow_resize();
	model_check_memblock();
	play_with_memblock(in);
	if (max_pfn <= FEW_FRAMES || even_many_frames)
		zones_run();
}

const struct fuzz_target fuzz_firmware = {
	.name = "firmware",
	.run = run,
	.start = start,
	.early = true,
};
