// SPDX-License-Identifier: MIT
/*
 * Fuzz target "kmap": kmap(), kmap_atomic(), kmap_local_page() of 40 pages,
 * most of them highmem.
 *
 * Bytes: a list of steps, each a byte of what to do and its operands.
 *
 *	0-2	kmap() a page
 *	3-4	kunmap() one
 *	5-7	open a slot: kmap_atomic(), kmap_local_page(), typed
 *	8-9	close the slot opened last, or a typed one
 *	10	write through any mapping there is
 *	11	copy_highpage(), memcpy_page(), zero_user()
 *	12	kmap_flush_unused()
 *	13	kmap() and kunmap() so many other pages: the window comes round
 *	14	look at all mappings of all pages
 *	15	misuse: kunmap() once too often, slots closed twice or in the
 *		wrong order
 *
 * The model (kmap_model.c): of each page how often it is mapped by kmap() and
 * where, and its words; and the slots that are open, in their order.
 *
 * After every step:
 *  - every mapping of a page shows the page's words, and no other's;
 *  - a page keeps its address while it is mapped; no two share one;
 *  - page_address() and kmap_to_page() agree with the model;
 *  - a slot that was closed faults;
 *  - kmap_in_use() and kmap_atomic_depth() are the model's counts.
 */
#include "kmap_model.h"

#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/string.h>

#define LOW	6	/* the first so many pages are lowmem */
#define BURST	64
#define KMAPS	5	/* of one page */

static struct page *burst[BURST];

static struct shown *some_page(struct fuzz_input *in)
{
	return &shown[fuzz_below(in, PAGES)];
}

/* --- kmap --- */

static void step_kmap(struct fuzz_input *in)
{
	struct shown *s = some_page(in);
	void *addr;

	if (s->count == KMAPS || slots_atomic())
		return;
	addr = kmap(s->page);
	fuzz_check(!s->count || addr == s->addr, "%p, not %p", addr, s->addr);
	s->addr = addr;
	s->count++;
	check_words(s, addr);
}

static void step_kunmap(struct fuzz_input *in)
{
	struct shown *s = some_page(in);

	if (!s->count || slots_atomic())
		return;
	check_words(s, s->addr);
	kunmap(s->page);
	s->count--;
}

/* --- slots --- */

static void step_open(struct fuzz_input *in)
{
	struct shown *s = some_page(in);
	struct slot slot = { .what = s };

	slot.kind = fuzz_below(in, 3);
	slot.type = fuzz_below(in, KM_TYPE_NR);
	if (nr_slots == ARRAY_SIZE(slots))
		return;
	if (slot.kind == SLOT_TYPED ? type_is_open(slot.type) :
				      stack_depth() >= KM_MAX_IDX - 1)
		return;
	if (slot.kind == SLOT_ATOMIC)
		slot.addr = kmap_atomic(s->page);
	else if (slot.kind == SLOT_LOCAL)
		slot.addr = kmap_local_page(s->page);
	else
		slot.addr = kmap_atomic(s->page, slot.type);
	fuzz_check(slot.addr, "page %td", s - shown);
	check_words(s, slot.addr);
	slots[nr_slots++] = slot;
}

/* The last of the stack, or any typed one. */
static void step_close(struct fuzz_input *in)
{
	unsigned int i, which;

	if (!nr_slots)
		return;
	which = fuzz_below(in, nr_slots);
	if (slots[which].kind == SLOT_TYPED) {
		slot_close(which);
		return;
	}
	for (i = nr_slots; i-- > 0;) {
		if (slots[i].kind != SLOT_TYPED) {
			slot_close(i);
			return;
		}
	}
}

/* --- contents --- */

static void step_write(struct fuzz_input *in)
{
	struct shown *s = some_page(in);
	u32 word = fuzz_u8(in) * 0x01010101;
	unsigned int i = nr_slots ? fuzz_below(in, nr_slots) : 0;

	if (nr_slots && fuzz_u8(in) % 2)
		write_words(slots[i].what, slots[i].addr, word);
	else if (s->count)
		write_words(s, s->addr, word);
	else if (!PageHighMem(s->page))
		write_words(s, page_address(s->page), word);
}

static void step_copy(struct fuzz_input *in)
{
	struct shown *from = some_page(in), *to = some_page(in);
	u8 how = fuzz_u8(in);
	u32 word = ~0u;

	if (stack_depth() > KM_MAX_IDX - 3)
		return;
	if (how % 3 == 0) {
		copy_highpage(to->page, from->page);
		to->word = from->word;
	} else if (how % 3 == 1) {
		memmove_page(to->page, 0, from->page, 0, 4);
		memmove_page(to->page, 4092, from->page, 4092, 4);
		to->word = from->word;
	} else {
		zero_user(to->page, 0, 4);
		memcpy_to_page(to->page, 4092, (char *)&word, 4);
		to->word = 0;
	}
}

/* --- the window comes round --- */

static void step_flush(struct fuzz_input *in)
{
	if (!slots_atomic())
		kmap_flush_unused();
}

static void step_burst(struct fuzz_input *in)
{
	unsigned int nr = 1 + fuzz_below(in, BURST), rounds, i;

	if (slots_atomic())
		return;
	for (rounds = 1 + fuzz_below(in, 3); rounds; rounds--) {
		for (i = 0; i < nr; i++) {
			u32 *p = kmap(burst[i]);

			fuzz_check(p[0] == i, "%p: %u, not %u", p, p[0], i);
		}
		for (i = 0; i < nr; i++)
			kunmap(burst[i]);
	}
}

/* --- misuse --- */

static void too_often(struct shown *s)
{
	if (s->count || !PageHighMem(s->page) || slots_atomic())
		return;
	fuzz_misuse_begin();
	kunmap(s->page);
	fuzz_misuse_end("kunmap once too often");
}

/* Of the local ones, which do not nest with the preemption count. */
static void wrong_order(void)
{
	struct slot *a, *b;

	if (nr_slots < 2)
		return;
	a = &slots[nr_slots - 2];
	b = &slots[nr_slots - 1];
	if (a->kind != SLOT_LOCAL || b->kind != SLOT_LOCAL ||
	    !PageHighMem(a->what->page) || !PageHighMem(b->what->page))
		return;
	fuzz_misuse_begin();
	kunmap_local(a->addr);
	fuzz_misuse_end("slots closed in the wrong order");
	check_words(b->what, b->addr);
	fuzz_misuse_begin();
	kunmap_local(a->addr);
	fuzz_misuse_end("a slot closed twice");
	kunmap_local(b->addr);
	nr_slots -= 2;
}

static void step_misuse(struct fuzz_input *in)
{
	struct shown *s = some_page(in);

	if (fuzz_u8(in) % 2)
		too_often(s);
	else
		wrong_order();
}

/* --- the whole --- */

static struct page *new_page(gfp_t gfp, u32 word)
{
	struct page *page = alloc_page(gfp);
	u32 *p;

	fuzz_check(page, "no memory");
	p = kmap_local_page(page);
	p[0] = word;
	p[1023] = ~word;
	kunmap_local(p);
	return page;
}

/* They stay from run to run: only their words are set anew. */
static void start(void)
{
	unsigned int i;

	for (i = 0; i < PAGES; i++)
		shown[i].page =
			new_page(i < LOW ? GFP_KERNEL : GFP_HIGHUSER, 0);
	for (i = 0; i < BURST; i++)
		burst[i] = new_page(GFP_HIGHUSER, i);
}

static void step_nothing(struct fuzz_input *in)
{
}

static void step(struct fuzz_input *in)
{
	static void (*const steps[])(struct fuzz_input *) = {
		[0 ... 2] = step_kmap, [3 ... 4] = step_kunmap,
		[5 ... 7] = step_open, [8 ... 9] = step_close,
		[10] = step_write, [11] = step_copy, [12] = step_flush,
		[13] = step_burst, [14] = step_nothing, [15] = step_misuse,
	};

	steps[fuzz_below(in, ARRAY_SIZE(steps))](in);
	kmap_check_all();
}

static void run(struct fuzz_input *in)
{
	unsigned int i;

	for (i = 0; i < PAGES; i++) {
		void *p = kmap_local_page(shown[i].page);

		write_words(&shown[i], p, i * 0x11);
		kunmap_local(p);
	}
	while (fuzz_left(in))
		step(in);
	while (nr_slots)
		slot_close(nr_slots - 1);
	for (i = 0; i < PAGES; i++)
		for (; shown[i].count; shown[i].count--)
			kunmap(shown[i].page);
	kmap_check_all();
}

const struct fuzz_target fuzz_kmap = {
	.name = "kmap",
	.run = run,
	.start = start,
};
