// SPDX-License-Identifier: MIT
/*
 * Fuzz target "memblock": the early allocator by its calls alone.
 *
 * Like "firmware" it runs before the kernel has memory. Addresses are 4096
 * grains of 64 bytes from one of several origins on; the last grain stands for
 * all that follows, up to the last address, so that ranges may wrap.
 *
 * Bytes: the origin; then steps, each a byte of what to do and its operands.
 *
 *	0-1	memory comes, or is reserved: a range
 *	2-3	memory goes, or is free again
 *	4	so many small ranges in a row, until a list is full
 *	5-6	allocate: size, alignment, bounds
 *	7	ask about a range, and about all
 *	8	forget all memory but so much (mem=)
 *	9	allocate below a limit from now on
 *
 * The model: two bits for each grain.
 *
 * After every step:
 *  - both lists are sorted, apart, add up (E1, E2), and are the model's bits;
 *  - a call failed only if its list was full, and has changed nothing then;
 *  - an allocation is the highest that is possible (E3), or there is none.
 */
#include "frames_model.h"

#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/string.h>

#define GRAINS	4096UL
#define GRAIN	64ULL
#define LAST	(GRAINS - 1)
#define HIGHEST	(~(phys_addr_t)0)

static struct frames has_memory, is_taken;
static phys_addr_t origin;
static unsigned long max_regions;

static phys_addr_t address(unsigned long grain)
{
	return grain == GRAINS ? HIGHEST : origin + grain * GRAIN;
}

static phys_addr_t bytes_between(unsigned long from, unsigned long to)
{
	return address(to) - address(from);
}

/* --- what the lists must be --- */

static void check_region(const struct memblock_type *type,
			 const struct frames *bits,
			 const struct memblock_region *r, unsigned long *at)
{
	unsigned long from = frames_next(bits, *at, GRAINS, true);
	unsigned long to = frames_next(bits, from, GRAINS, false);

	fuzz_check(from < GRAINS && r->base == address(from) &&
			   r->size == bytes_between(from, to),
		   "%s: %#llx bytes at %#llx, not grains %lu to %lu",
		   type->name, r->size, r->base, from, to);
	*at = to;
}

/* E1, E2: the regions are the runs of the model's bits. */
static void check_list(const struct memblock_type *type,
		       const struct frames *bits)
{
	const struct memblock_region *r;
	phys_addr_t total = 0;
	unsigned long at = 0;

	fuzz_check(type->cnt <= type->max && type->max == max_regions,
		   "%s: %lu", type->name, type->cnt);
	for_each_memblock_region(type, r) {
		check_region(type, bits, r, &at);
		total += r->size;
	}
	at = frames_next(bits, at, GRAINS, true);
	fuzz_check(at == GRAINS, "%s: grain %lu is missing", type->name, at);
	fuzz_check(total == type->total_size, "%s: %#llx, not %#llx",
		   type->name, type->total_size, total);
}

static void check_free_ranges(void)
{
	static struct frames seen;
	phys_addr_t start, end;
	unsigned long grain;
	u64 i;

	frames_clear(&seen);
	for_each_free_mem_range(i, &start, &end)
		frames_set(&seen, (start - origin) / GRAIN,
			   end == HIGHEST ? GRAINS : (end - origin) / GRAIN,
			   true);
	for (grain = 0; grain < GRAINS; grain++)
		fuzz_check(frames_test(&seen, grain) ==
				   (frames_test(&has_memory, grain) &&
				    !frames_test(&is_taken, grain)),
			   "grain %lu", grain);
}

/* --- steps --- */

struct grains {
	unsigned long from, to;
};

static struct grains some_grains(struct fuzz_input *in)
{
	unsigned long from = fuzz_u16(in) % GRAINS, nr = fuzz_u8(in);

	if (nr >= 0xe0)
		nr = (nr - 0xdf) * 128;
	/* within the last grain nothing begins, and nothing ends */
	return (struct grains){ from, from + nr >= LAST ? GRAINS : from + nr };
}

/* A size that leads to the end may as well lead beyond. */
static phys_addr_t size_of(struct grains g, bool wrap)
{
	return wrap && g.to == GRAINS ? HIGHEST : bytes_between(g.from, g.to);
}

static bool is_full(const struct memblock_type *type)
{
	return type->cnt == type->max;
}

/* Returns whether the list could take it. */
static bool change(bool reserved, struct grains g, bool value, bool wrap)
{
	struct memblock_type *type = reserved ? &memblock.reserved :
						&memblock.memory;
	phys_addr_t base = address(g.from), size = size_of(g, wrap);
	bool full = is_full(type);
	int err;

	if (reserved)
		err = value ? memblock_reserve(base, size) :
			      memblock_phys_free(base, size);
	else
		err = value ? memblock_add(base, size) :
			      memblock_remove(base, size);
	fuzz_check(!err || full, "%s: %d with %lu regions", type->name, err,
		   type->cnt);
	if (!err)
		frames_set(reserved ? &is_taken : &has_memory, g.from, g.to,
			   value);
	return !err;
}

static void step_add(struct fuzz_input *in)
{
	struct grains g = some_grains(in);
	u8 how = fuzz_u8(in);

	change(how & 1, g, true, how & 2);
}

static void step_remove(struct fuzz_input *in)
{
	struct grains g = some_grains(in);
	u8 how = fuzz_u8(in);

	change(how & 1, g, false, how & 2);
}

static void step_comb(struct fuzz_input *in)
{
	unsigned long at = fuzz_u16(in) % GRAINS, nr = fuzz_u8(in);
	u8 how = fuzz_u8(in);

	for (; nr && at + 1 < LAST; nr--, at += 2 + (how >> 6))
		if (!change(how & 1, (struct grains){ at, at + 1 }, how & 2,
			    false))
			return;
}

/* The highest place, grain by grain. */
static phys_addr_t place(unsigned long nr, phys_addr_t align, phys_addr_t start,
			 phys_addr_t end)
{
	unsigned long at, to;

	start = max_t(phys_addr_t, start, PAGE_SIZE);
	for (at = LAST - nr + 1; at-- > 0;) {
		to = at + nr;
		if (address(at) >= start && address(to) <= end &&
		    !(address(at) & (align - 1)) &&
		    frames_next(&has_memory, at, to, false) == to &&
		    frames_next(&is_taken, at, to, true) == to)
			return address(at);
	}
	return 0;
}

static void step_alloc(struct fuzz_input *in)
{
	unsigned long nr = 1 + fuzz_u8(in) % 200;
	phys_addr_t align = GRAIN << fuzz_below(in, 11), want, got;
	struct grains bounds = { 0, LAST };
	bool full = is_full(&memblock.reserved);

	if (fuzz_u8(in) % 2) {
		bounds = some_grains(in);
		bounds.to = min(bounds.to, LAST);
		if (!address(bounds.to))
			bounds.to = LAST;	/* 0 stands for no bound */
	}
	want = place(nr, align, address(bounds.from),
		     min(address(bounds.to), memblock.current_limit));
	got = memblock_phys_alloc_range(nr * GRAIN, align, address(bounds.from),
					address(bounds.to));
	fuzz_check(got == want || (!got && full), "%#llx, not %#llx", got,
		   want);
	if (got)
		frames_set(&is_taken, (got - origin) / GRAIN,
			   (got - origin) / GRAIN + nr, true);
}

static void step_ask(struct fuzz_input *in)
{
	struct grains g = some_grains(in);
	phys_addr_t base = address(g.from), size = bytes_between(g.from, g.to);
	unsigned long first = frames_next(&has_memory, 0, GRAINS, true);

	fuzz_check(memblock_is_memory(base + 63) ==
			   frames_test(&has_memory, g.from),
		   "%#llx", base);
	fuzz_check(memblock_is_reserved(base + 63) ==
			   frames_test(&is_taken, g.from),
		   "%#llx", base);
	if (g.from < g.to) {
		fuzz_check(memblock_is_region_memory(base, size) ==
				   (frames_next(&has_memory, g.from, g.to,
						false) == g.to),
			   "%#llx, %#llx bytes", base, size);
		fuzz_check(memblock_is_region_reserved(base, size) ==
				   (frames_next(&is_taken, g.from, g.to, true) <
				    g.to),
			   "%#llx, %#llx bytes", base, size);
	}
	fuzz_check(memblock_start_of_DRAM() ==
			   (first < GRAINS ? address(first) : 0),
		   "%lu", first);
	check_free_ranges();
}

static void step_limit_memory(struct fuzz_input *in)
{
	unsigned long left = fuzz_u16(in) % GRAINS, grain = 0, limit = left;

	if (fuzz_u8(in) % 4)
		return;			/* else there is never much of it */
	for (; left && grain < LAST; grain++)
		left -= frames_test(&has_memory, grain);
	memblock_enforce_memory_limit(limit * GRAIN);
	if (!left)
		frames_set(&has_memory, grain, GRAINS, false);
	else if (frames_test(&has_memory, LAST))
		/* some of the last grain is left: make it whole again */
		memblock_add(address(LAST), HIGHEST - address(LAST));
}

static void step_set_limit(struct fuzz_input *in)
{
	memblock_set_current_limit(address(fuzz_u16(in) % GRAINS));
}

/* --- the whole --- */

static void start(void)
{
	max_regions = memblock.reserved.max;
}

static void clear(struct memblock_type *type, struct frames *bits)
{
	type->cnt = 0;
	type->total_size = 0;
	frames_clear(bits);
}

static void run(struct fuzz_input *in)
{
	static const phys_addr_t origins[] = {
		0, 0x12345000, (1ULL << 32) - 1000 * GRAIN, 3 * GRAIN,
	};
	static void (*const steps[])(struct fuzz_input *) = {
		step_add, step_add, step_remove, step_remove, step_comb,
		step_alloc, step_alloc, step_ask, step_limit_memory,
		step_set_limit,
	};

	origin = origins[fuzz_below(in, ARRAY_SIZE(origins))];
	clear(&memblock.memory, &has_memory);
	clear(&memblock.reserved, &is_taken);
	memblock_set_current_limit(address(LAST));
	while (fuzz_left(in)) {
		steps[fuzz_below(in, ARRAY_SIZE(steps))](in);
		check_list(&memblock.memory, &has_memory);
		check_list(&memblock.reserved, &is_taken);
	}
}

const struct fuzz_target fuzz_memblock = {
	.name = "memblock",
	.run = run,
	.start = start,
	.early = true,
};
