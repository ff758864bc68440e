// SPDX-License-Identifier: MIT
/*
 * Fuzz target "pages": the gfp front end, the per-CPU lists and the buddy.
 *
 * Bytes: whether free pages are poisoned; then a list of steps, each a byte of
 * what to do and its operands.
 *
 *	0-5	allocate: flags, more flags, order
 *	6-9	free: which block, and by which call
 *	10	take a reference to a block, or drop one
 *	11	split a block into single frames, of which some go at once
 *	12	alloc_pages_exact() of so many bytes
 *	13	so many single frames at once
 *	14	drain this CPU's lists, or all
 *	15	all of one zone, in blocks of one order
 *	16	what the console shows of all this
 *	17	misuse (pages_misuse.c): free again, by a wrong order, a part,
 *		what is reserved, locked or written to
 *
 * The model (pages_model.c): a bit for each frame that somebody has, and a list
 * of blocks, each with a word that stands in its first and its last frame.
 *
 * After every step:
 *  - a new block is aligned to its size, wholly of frames nobody had, wholly in
 *    one zone, no higher than the flags allow; its first frame has one
 *    reference; asked for so, it is zero;
 *  - a block that is freed still has its words;
 *  - a request is refused only when no zone could meet it, or when it was to
 *    fail: then nothing has changed;
 *  - who respects the marks has left the zone at its mark or above;
 *  - free + on lists + with the model = what there was, in each zone;
 *  - B1 .. B6 hold (buddy_verify).
 * At the end all goes back, and the free blocks of each order are as many as
 * at the start: everything has merged again.
 */
#include "pages_model.h"

#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/vmstat.h>

static struct page *take(gfp_t gfp, unsigned int order, bool fail)
{
	unsigned long before[MAX_NR_ZONES];
	struct page *page;
	struct zone *zone;

	for_each_zone(zone)
		before[zone_idx(zone)] = zone_page_state(zone, NR_FREE_PAGES);
	fuzz_fail_nth(fail);
	page = alloc_pages(gfp | __GFP_NOWARN, order);
	fail = fuzz_failed();
	fuzz_check(!fail || !page, "failed, but here is %p", page);
	if (page)
		check_marks(gfp, before);
	else if (!fail)
		check_refusal(gfp, order);
	return page;
}

static gfp_t some_gfp(struct fuzz_input *in)
{
	static const gfp_t base[] = {
		GFP_KERNEL, GFP_ATOMIC, GFP_KERNEL | GFP_DMA, GFP_HIGHUSER,
		GFP_HIGHUSER_MOVABLE, GFP_KERNEL | __GFP_RECLAIMABLE,
		GFP_NOWAIT, GFP_NOWAIT | __GFP_HIGHMEM,
	};
	static const gfp_t more[] = {
		__GFP_ZERO, __GFP_COMP, __GFP_COLD, __GFP_MEMALLOC,
		__GFP_NORETRY, __GFP_HIGH, __GFP_RETRY_MAYFAIL,
	};
	gfp_t gfp = base[fuzz_below(in, ARRAY_SIZE(base))];
	u8 bits = fuzz_u8(in);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(more); i++)
		if (bits >> i & 1)
			gfp |= more[i];
	return gfp;
}

static void step_alloc(struct fuzz_input *in)
{
	gfp_t gfp = some_gfp(in);
	u8 how = fuzz_u8(in);
	unsigned int order = how % (2 * MAX_ORDER);
	bool fail = how >= 240;
	struct page *page;

	order = order > MAX_ORDER ? order - MAX_ORDER - 1 : order;
	if (order > 5)
		gfp &= ~__GFP_ZERO;
	if (nr_blocks == BLOCKS)
		return;
	page = take(gfp, order, fail);
	if (!page)
		return;
	check_block(page, order, gfp);
	block_add(page, order, order && gfp & __GFP_COMP);
}

/* The last reference goes, by one of the calls that do it. */
static void block_free(struct block *b, u8 how)
{
	frames_give(b->page, 1UL << b->order);
	if (how % 4 == 1 && (b->compound || !b->order))
		put_page(b->page + (b->compound && how & 4));
	else if (how % 4 == 2 && !PageHighMem(b->page))
		free_pages((unsigned long)page_address(b->page), b->order);
	else if (how % 4 == 3 && !b->order)
		free_unref_page_cold(b->page);
	else
		__free_pages(b->page, b->order);
	block_forget(b);
}

/* With other references left, all but the first frame goes. */
static void block_put(struct block *b)
{
	__free_pages(b->page, b->order);
	b->refs--;
	if (!b->order || b->compound)
		return;
	frames_give(b->page + 1, (1UL << b->order) - 1);
	b->order = 0;
	write_word(b->page, b->tag);
}

static void step_free(struct fuzz_input *in)
{
	struct block *b = some_block(in);
	u8 how = fuzz_u8(in);

	if (!b)
		return;
	block_check(b);
	if (b->refs > 1)
		block_put(b);
	else
		block_free(b, how);
}

static void step_reference(struct fuzz_input *in)
{
	struct block *b = some_block(in);

	if (!b)
		return;
	block_check(b);
	if (b->refs < 4 && fuzz_u8(in) % 4) {
		get_page(b->page);
		b->refs++;
	} else if (b->refs > 1) {
		put_page(b->page);
		b->refs--;
	}
}

/* Frames of a split block whose bit is set in keep stay, the others go. */
static void keep_some(struct page *page, unsigned long nr, u32 keep)
{
	unsigned long i;

	for (i = 0; i < nr; i++) {
		if (keep >> i % 32 & 1 && nr_blocks < BLOCKS) {
			block_add(page + i, 0, false);
			continue;
		}
		frames_give(page + i, 1);
		__free_page(page + i);
	}
}

static void step_split(struct fuzz_input *in)
{
	struct block *b = some_block(in);
	u32 keep = fuzz_u32(in);
	unsigned int order;
	struct page *page;

	if (!b || b->compound || b->refs > 1 || b->order > 8)
		return;
	block_check(b);
	page = b->page;
	order = b->order;
	block_forget(b);
	split_page(page, order);
	keep_some(page, 1UL << order, keep);
}

static void step_exact(struct fuzz_input *in)
{
	gfp_t gfp = some_gfp(in) & ~(__GFP_HIGHMEM | __GFP_COMP);
	size_t size = 1 + fuzz_u16(in) * 4UL;
	unsigned long nr = PAGE_ALIGN(size) >> PAGE_SHIFT;
	void *addr = alloc_pages_exact(size, gfp | __GFP_NOWARN);

	if (!addr)
		return;
	frames_take(virt_to_page(addr), nr);
	if (fuzz_u8(in) % 2) {
		keep_some(virt_to_page(addr), nr, fuzz_u32(in));
		return;
	}
	frames_give(virt_to_page(addr), nr);
	free_pages_exact(addr, size);
}

static void step_bulk(struct fuzz_input *in)
{
	gfp_t gfp = some_gfp(in);
	struct page *pages[32] = { NULL };
	unsigned int nr = fuzz_below(in, 33), got, i;

	fuzz_fail_nth(nr / 8 == 3 ? nr % 8 : 0);
	got = alloc_pages_bulk_array(gfp | __GFP_NOWARN, nr, pages);
	fuzz_failed();
	fuzz_check(got <= nr, "%u of %u", got, nr);
	for (i = 0; i < got; i++)
		check_block(pages[i], 0, gfp);
	for (i = 0; i < got; i++)
		frames_give(pages[i], 1);
	free_pages_bulk_array(nr, pages);
}

static void step_drain(struct fuzz_input *in)
{
	unsigned int which = fuzz_below(in, MAX_NR_ZONES + 2);

	if (which < MAX_NR_ZONES)
		drain_all_pages(&contig_page_data.node_zones[which]);
	else if (which == MAX_NR_ZONES)
		drain_local_zones(NULL);
	else
		drain_all_pages(NULL);
}

/* Until there is none; the list runs through the blocks' descriptors. */
static void step_exhaust(struct fuzz_input *in)
{
	gfp_t gfp = (some_gfp(in) | __GFP_NORETRY) & ~__GFP_ZERO;
	unsigned int order = MAX_ORDER - 1 - fuzz_below(in, 6);
	bool poisoning = page_poisoning;
	LIST_HEAD(list);
	struct page *page, *next;

	if (fuzz_u8(in) % 4)
		return;			/* it takes its time */
	page_poisoning = false;
	while ((page = take(gfp, order, false))) {
		check_block(page, order, gfp);
		list_add(&page->lru, &list);
	}
	list_for_each_entry_safe(page, next, &list, lru) {
		list_del(&page->lru);
		frames_give(page, 1UL << order);
		__free_pages(page, order);
	}
	page_poisoning = poisoning;
}

static void step_show(struct fuzz_input *in)
{
	static int (*const shows[])(struct seq_file * m, void *unused) = {
		buddyinfo_show, pagetypeinfo_show, zoneinfo_show, vmstat_show,
		meminfo_show,
	};

	fuzz_show(shows[fuzz_below(in, ARRAY_SIZE(shows))]);
}

/* --- the whole --- */

static void step(struct fuzz_input *in)
{
	static void (*const steps[])(struct fuzz_input *) = {
		[0 ... 5] = step_alloc, [6 ... 9] = step_free,
		[10] = step_reference, [11] = step_split,
		[12] = step_exact, [13] = step_bulk,
		[14] = step_drain, [15] = step_exhaust,
		[16] = step_show, [17] = pages_misuse,
	};

	steps[fuzz_below(in, ARRAY_SIZE(steps))](in);
	check_zones();
}

static void run(struct fuzz_input *in)
{
	page_poisoning = fuzz_u8(in) % 4 == 1;	/* slow for large blocks */
	count_zones();
	while (fuzz_left(in))
		step(in);
	while (nr_blocks) {
		struct block *b = &blocks[nr_blocks - 1];

		block_check(b);
		if (b->refs > 1)
			block_put(b);
		else
			block_free(b, 0);
	}
	check_merged();
	page_poisoning = true;
}

const struct fuzz_target fuzz_pages = { .name = "pages", .run = run };
