// SPDX-License-Identifier: MIT
/*
 * The map of a chunk of per-CPU memory: what of a unit is handed out.
 *
 * All units of a chunk are alike, so one map serves them. Two bits for each
 * grain, of 4 bytes, say all that there is to know, and nothing has to be
 * allocated to note an allocation, nor be found to free one:
 *
 *	         A     B        C
 *	used     1 1 1 1 0 0 0 1 1 1 1 0 0 0 0 0     somebody has it
 *	begins   1 0 0 1 0 0 0 1 0 0 0 0 0 0 0 0     and this is its first
 *
 * An allocation ends where the next one begins, or where a free grain is. So
 * the pointer is enough to free one, and a wrong pointer is seen.
 *
 * A search looks at a few numbers instead of at 8192 bits. Of each page, which
 * is 1024 grains, they tell the free runs at its two ends and the longest one:
 *
 *	page   |.....####..##.........#|###.....|........|..#####
 *	        left=5      max=9 ^    right=0
 *	                          max_at
 *
 *	a run from one page to the next:  right of this + left of that;
 *	through a page that is all free:  + 1024, and on
 *
 * First fit: the lowest place that will do, as that leaves the last pages of
 * a unit free, which then need no memory behind them. Only a page whose longest
 * run is long enough is looked at bit by bit, as alignment could still spoil
 * all of its runs.
 *
 * The numbers are kept true at each step (P3). What is given back makes a run
 * of itself and its neighbours, which is longer than the longest, or is not.
 * What is taken out of the longest run makes the page be counted anew; out of
 * another it changes the ends at most. The chunk's own number, the longest run
 * of all, is then made of those of its 8 pages.
 *
 * P2  A grain is used exactly if it was taken and not given back; begins says
 *     which of these are an allocation's first.
 * P3  block[] is what used says of each page; max_free of all of them.
 *
 * Lock: pcpu_lock, the caller's.
 *
 * Cost: a search, some steps for each page and a scan of those that look good;
 * taking and giving, of the words that change, and now and then a scan.
 *
 * Differs from Linux: (mm/percpu.c) one number less for each page, and none
 * that may be out of date; a map of beginnings instead of one of borders.
 */
#include "percpu.h"

#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/find.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/string.h>

/* ----------------------------------------------------------- of one page */

/* A free run of the page, from its grain from to the one before to. */
static void block_add_run(struct pcpu_block *block, unsigned int from,
			  unsigned int to)
{
	if (!from)
		block->left = to;
	if (to == PCPU_PAGE_GRAINS)
		block->right = to - from;
	if (to - from > block->max) {
		block->max = to - from;
		block->max_at = from;
	}
}

/* Counts the page anew. */
static struct pcpu_block block_scan(const struct pcpu_chunk *chunk,
				    unsigned int page)
{
	unsigned int first = page * PCPU_PAGE_GRAINS;
	unsigned int end = first + PCPU_PAGE_GRAINS, from, to;
	struct pcpu_block block = {};

	from = find_next_zero_bit(chunk->used, end, first);
	while (from < end) {
		to = find_next_bit(chunk->used, end, from);
		block_add_run(&block, from - first, to - first);
		from = find_next_zero_bit(chunk->used, end, to);
	}
	return block;
}

/* The grains from..to-1 of the page are not free any more. */
static void block_take(struct pcpu_chunk *chunk, unsigned int page,
		       unsigned int from, unsigned int to)
{
	struct pcpu_block *block = &chunk->block[page];

	if (from < block->max_at + block->max && to > block->max_at) {
		*block = block_scan(chunk, page);
		return;
	}
	block->left = min_t(unsigned int, block->left, from);
	block->right = min_t(unsigned int, block->right, PCPU_PAGE_GRAINS - to);
}

/* They are again, and so is what is free to both sides. */
static void block_give(struct pcpu_chunk *chunk, unsigned int page,
		       unsigned int from, unsigned int to)
{
	unsigned int first = page * PCPU_PAGE_GRAINS, last;

	last = find_last_bit(&chunk->used[first / BITS_PER_LONG], from);
	from = last < from ? last + 1 : 0;
	to = find_next_bit(chunk->used, first + PCPU_PAGE_GRAINS, first + to) -
	     first;
	block_add_run(&chunk->block[page], from, to);
}

/* -------------------------------------------------------- of the whole */

static unsigned int longest_run(const struct pcpu_chunk *chunk)
{
	unsigned int page, run = 0, longest = 0;

	for (page = 0; page < PCPU_PAGES; page++) {
		const struct pcpu_block *block = &chunk->block[page];

		longest = max3(longest, run + block->left,
			       (unsigned int)block->max);
		if (block->max == PCPU_PAGE_GRAINS)
			run += PCPU_PAGE_GRAINS;
		else
			run = block->right;
	}
	return longest;
}

typedef void (*block_fn)(struct pcpu_chunk *chunk, unsigned int page,
			 unsigned int from, unsigned int to);

/* Tells each page that holds some of the grains which of its own these are. */
static void map_changed(struct pcpu_chunk *chunk, unsigned int at,
			unsigned int nr, block_fn fn)
{
	unsigned int end = at + nr, part, from;

	for (; at < end; at += part) {
		from = at % PCPU_PAGE_GRAINS;
		part = min_t(unsigned int, end - at, PCPU_PAGE_GRAINS - from);
		fn(chunk, at / PCPU_PAGE_GRAINS, from, from + part);
	}
	chunk->max_free = longest_run(chunk);
}

void pcpu_map_init(struct pcpu_chunk *chunk, unsigned int static_grains)
{
	unsigned int page;

	for (page = 0; page < PCPU_PAGES; page++)
		block_add_run(&chunk->block[page], 0, PCPU_PAGE_GRAINS);
	bitmap_set(chunk->used, 0, static_grains);
	map_changed(chunk, 0, static_grains, block_take);
	chunk->free = PCPU_GRAINS - static_grains;
}

/* Where nr grains fit between from and to; -1: nowhere. */
static int place_in(unsigned int from, unsigned int to, unsigned int nr,
		    unsigned int align)
{
	from = round_up(from, align);
	return from + nr <= to ? (int)from : -1;
}

/* Within one page. */
static int block_find(const struct pcpu_chunk *chunk, unsigned int page,
		      unsigned int nr, unsigned int align)
{
	unsigned int first = page * PCPU_PAGE_GRAINS;
	unsigned int end = first + PCPU_PAGE_GRAINS, at;

	if (chunk->block[page].max < nr)
		return -1;
	at = bitmap_find_next_zero_area((unsigned long *)chunk->used, end,
					first, nr, align - 1);
	return at + nr <= end ? (int)at : -1;
}

/*
 * run is where the free run begins that reaches the end of the pages looked at
 * so far. A page ends it with what is free on its left, and begins the next.
 */
int pcpu_map_find(struct pcpu_chunk *chunk, unsigned int nr, unsigned int align,
		  bool populated)
{
	unsigned int page, first, run = 0;
	int at;

	for (page = 0; page < PCPU_PAGES; page++) {
		const struct pcpu_block *block = &chunk->block[page];

		first = page * PCPU_PAGE_GRAINS;
		if (populated && !pcpu_is_populated(chunk, page)) {
			run = first + PCPU_PAGE_GRAINS;
			continue;
		}
		at = place_in(run, first + block->left, nr, align);
		if (at < 0)
			at = block_find(chunk, page, nr, align);
		if (at >= 0)
			return at;
		if (block->max < PCPU_PAGE_GRAINS)
			run = first + PCPU_PAGE_GRAINS - block->right;
	}
	return -1;
}

void pcpu_map_take(struct pcpu_chunk *chunk, unsigned int at, unsigned int nr)
{
	bitmap_set(chunk->used, at, nr);
	__set_bit(at, chunk->begins);
	chunk->free -= nr;
	chunk->nr_alloc++;
	map_changed(chunk, at, nr, block_take);
}

unsigned int pcpu_map_size(const struct pcpu_chunk *chunk, unsigned int at)
{
	unsigned int end = find_next_zero_bit(chunk->used, PCPU_GRAINS, at);

	return find_next_bit(chunk->begins, end, at + 1) - at;
}

unsigned int pcpu_map_give(struct pcpu_chunk *chunk, unsigned int at)
{
	unsigned int nr = pcpu_map_size(chunk, at);

	bitmap_clear(chunk->used, at, nr);
	__clear_bit(at, chunk->begins);
	chunk->free += nr;
	chunk->nr_alloc--;
	map_changed(chunk, at, nr, block_give);
	return nr;
}

/* -------------------------------------------------------------------- check */

/* The longest run may be another one of the same length. */
static bool block_is_right(const struct pcpu_chunk *chunk, unsigned int page)
{
	const struct pcpu_block *block = &chunk->block[page];
	struct pcpu_block right = block_scan(chunk, page);
	unsigned int at = page * PCPU_PAGE_GRAINS + block->max_at;

	return block->left == right.left && block->right == right.right &&
	       block->max == right.max &&
	       find_next_bit(chunk->used, at + block->max, at) ==
		       at + block->max;
}

static unsigned int longest_by_bits(const struct pcpu_chunk *chunk)
{
	unsigned int from, to, longest = 0;

	from = find_next_zero_bit(chunk->used, PCPU_GRAINS, 0);
	while (from < PCPU_GRAINS) {
		to = find_next_bit(chunk->used, PCPU_GRAINS, from);
		longest = max(longest, to - from);
		from = find_next_zero_bit(chunk->used, PCPU_GRAINS, to);
	}
	return longest;
}

const char *pcpu_map_check(const struct pcpu_chunk *chunk)
{
	unsigned int page;

	for (page = 0; page < PCPU_PAGES; page++) {
		if (!block_is_right(chunk, page))
			return "P3: the numbers of a page are wrong";
	}
	if (chunk->max_free != longest_by_bits(chunk))
		return "P3: the longest run is another";
	if (bitmap_weight(chunk->begins, PCPU_GRAINS) != chunk->nr_alloc)
		return "P2: the count of allocations is wrong";
	if (!bitmap_subset(chunk->begins, chunk->used, PCPU_GRAINS))
		return "P2: something begins that is free";
	if (PCPU_GRAINS - bitmap_weight(chunk->used, PCPU_GRAINS) !=
	    chunk->free)
		return "P2: the count of free grains is wrong";
	return NULL;
}
