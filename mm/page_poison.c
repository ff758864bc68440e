// SPDX-License-Identifier: MIT
/*
 * Page poison: who wrote to memory after giving it back? Debug builds only.
 *
 * Problem: a write through a stale pointer goes unseen until the page's next
 * owner finds wrong data, by which time the writer is long gone.
 *
 * Every page that is freed is filled with PAGE_POISON (0xaa) and marked; the
 * page is looked at when it is handed out again:
 *
 *	free            aa aa aa aa aa aa aa aa aa aa ...   index = mark
 *	stale write     aa aa aa 17 00 00 00 aa aa aa ...
 *	alloc           reported: page, offset, bytes found, who freed it
 *
 * The mark is needed because a page that was never freed since boot was never
 * filled: filling all memory at boot would take seconds. It stands in
 * page->index, which means nothing while a page is free.
 *
 * Highmem is reached through kmap_atomic(), a page at a time. Whoever writes
 * to it must have mapped it on purpose, so a stale write is rarer there, and
 * only the first 512 bytes are filled: otherwise testing gigabytes would take
 * minutes.
 *
 * A page freed while page_poisoning is off is neither filled nor marked: for
 * whoever takes and gives back all of memory, and has no use for the check.
 *
 * Lock: none; the page belongs to the caller.  Cost: 1024 string iterations
 * to fill, about 1500 instructions to check, per page.
 *
 * Differs from Linux (mm/page_poison.c): a single wrong bit is not told from
 * a wrong byte; always on in a debug build.
 */
#include "internal.h"

#include <linux/highmem.h>
#include <linux/panic.h>
#include <linux/poison.h>
#include <linux/printk.h>
#include <linux/string.h>

#define POISON_MARK	0x706f6973UL	/* "pois" */
#define POISON_WORD	(PAGE_POISON * 0x01010101UL)
#define HIGHMEM_BYTES	512

static unsigned long poison_bytes(const struct page *page)
{
	return PageHighMem(page) ? HIGHMEM_BYTES : PAGE_SIZE;
}

bool page_poisoning = true;

void page_poison(struct page *page, unsigned int order)
{
	struct page *end = page + (1UL << order);

	if (!page_poisoning)
		return;
	for (; page < end; page++) {
		void *addr = kmap_atomic(page);

		memset(addr, PAGE_POISON, poison_bytes(page));
		kunmap_atomic(addr);
		page->index = POISON_MARK;
	}
}

/* The first word that is not poison, or NULL; eight at a time. */
static const unsigned long *first_wrong_word(const unsigned long *word,
					     unsigned long bytes)
{
	const unsigned long *end = word + bytes / sizeof(*word);

	for (; word < end; word += 8) {
		unsigned long wrong =
			(word[0] ^ POISON_WORD) | (word[1] ^ POISON_WORD) |
			(word[2] ^ POISON_WORD) | (word[3] ^ POISON_WORD) |
			(word[4] ^ POISON_WORD) | (word[5] ^ POISON_WORD) |
			(word[6] ^ POISON_WORD) | (word[7] ^ POISON_WORD);

		if (wrong)
			break;
	}
	if (word == end)
		return NULL;
	while (*word == POISON_WORD)
		word++;
	return word;
}

static void report_write(struct page *page, const unsigned long *word)
{
	unsigned long offset = offset_in_page(word) & ~15UL;
	u8 line[16];

	/* a free page may be read by this file, but not by printk() */
	memcpy(line, (const void *)((unsigned long)word & ~15UL), 16);
	pr_alert("BUG: page written to after it was freed, pfn:%05lx\n",
		 page_to_pfn(page));
	pr_alert("  offset %#lx: %16ph\n", offset, line);
	dump_page(page, "poison overwritten");
	dump_stack();
	add_taint(TAINT_BAD_PAGE, LOCKDEP_STILL_OK);
}

/* False, with a report for each page, if a block was written to while free. */
bool page_poison_check(struct page *page, unsigned int order)
{
	struct page *end = page + (1UL << order);
	bool clean = true;

	for (; page < end; page++) {
		const unsigned long *word;
		void *addr;

		if (page->index != POISON_MARK)
			continue;
		page->index = 0;
		addr = kmap_atomic(page);
		word = first_wrong_word(addr, poison_bytes(page));
		if (word) {
			report_write(page, word);
			clean = false;
		}
		kunmap_atomic(addr);
	}
	return clean;
}
