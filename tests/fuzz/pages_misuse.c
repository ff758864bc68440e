// SPDX-License-Identifier: MIT
/*
 * Of the fuzz target "pages": each kind of misuse that mm/page_check.c finds.
 * It is reported, and who owns which page stays as it was (K2).
 */
#include "pages_model.h"

#include <linux/gfp.h>
#include <linux/kernel.h>

static void forget(struct block *b)
{
	frames_give(b->page, 1UL << b->order);
	block_forget(b);
}

/* The page, though free, is free as well as it can be. */
static void free_twice(struct block *b, u8 how)
{
	struct page *page = b->page;
	unsigned int order = b->order;

	__free_pages(page, order);
	forget(b);
	fuzz_misuse_begin();
	if (how & 1)
		put_page(page);
	else
		__free_pages(page, how & 2 ? 0 : order);
	fuzz_misuse_end("free of a free block");
}

/* The right order is known: the block is freed by that. */
static void free_by_wrong_order(struct block *b, u8 how)
{
	unsigned int order = how % MAX_ORDER;

	if (order == b->order)
		return;
	fuzz_misuse_begin();
	__free_pages(b->page, order);
	fuzz_misuse_end("free by a wrong order");
	forget(b);
}

static void free_part(struct block *b, u8 how)
{
	unsigned long part = 1 + how % ((1UL << b->order) - 1);

	fuzz_misuse_begin();
	__free_pages(b->page + part, 0);
	fuzz_misuse_end("free of a part of a block");
	block_check(b);
}

static void free_flagged(struct block *b, u8 how)
{
	static const unsigned int flags[] = {
		PG_locked, PG_lru, PG_private, PG_writeback, PG_slab,
	};
	unsigned long bit = 1UL << flags[how % ARRAY_SIZE(flags)];

	b->page->flags |= bit;
	fuzz_misuse_begin();
	__free_pages(b->page, b->order);
	fuzz_misuse_end("free of a page that is in use");
	b->page->flags &= ~bit;
	block_check(b);
}

static void free_reserved(void)
{
	struct page *page = pfn_to_page(0);

	fuzz_misuse_begin();
	__free_page(page);
	fuzz_misuse_end("free of a reserved page");
	fuzz_check(page_ref_count(page) == 1 && PageReserved(page), "%d",
		   page_ref_count(page));
}

/* Found when the page is to be handed out; here it is looked at at once. */
static void write_after_free(struct block *b, u8 how)
{
	struct page *page = b->page + (how & ((1UL << b->order) - 1));
	u32 *word = fuzz_frame(page) + how % 128;
	unsigned int order = b->order;

	if (!page_poisoning || order > 3)
		return;
	__free_pages(b->page, order);
	forget(b);
	fuzz_check(page_poison_check(page, 0), "pfn %#lx", page_to_pfn(page));
	page_poison(page, 0);
	*word ^= 0x100;
	fuzz_misuse_begin();
	fuzz_check(!page_poison_check(page, 0), "pfn %#lx", page_to_pfn(page));
	fuzz_misuse_end("a write to a free page");
}

void pages_misuse(struct fuzz_input *in)
{
	struct block *b = some_block(in);
	u8 what = fuzz_u8(in), how = fuzz_u8(in);

	if (what % 6 == 0)
		free_reserved();
	if (!b || b->refs > 1)
		return;
	block_check(b);
	if (what % 6 == 1)
		free_twice(b, how);
	else if (what % 6 == 2)
		free_by_wrong_order(b, how);
	else if (what % 6 == 3 && b->order)
		free_part(b, how);
	else if (what % 6 == 4)
		free_flagged(b, how);
	else if (what % 6 == 5)
		write_after_free(b, how);
}
