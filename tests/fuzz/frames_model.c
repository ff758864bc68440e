// SPDX-License-Identifier: MIT
/* A bit for each frame: word by word, so that a whole machine is soon seen. */
#include "frames_model.h"

#include <linux/kernel.h>
#include <linux/string.h>

/* Of the word that bit nr is in: bits nr .. to - 1. */
static u32 mask_of(unsigned long nr, unsigned long to)
{
	unsigned long left = to - round_down(nr, 32);
	u32 mask = ~0U << nr % 32;

	return left < 32 ? mask & ((1U << left) - 1) : mask;
}

static unsigned long next_word(unsigned long nr)
{
	return round_down(nr, 32) + 32;
}

void frames_clear(struct frames *f)
{
	memset(f->word, 0, round_up(f->end, 32) / 8);
	f->end = 0;
}

void frames_set(struct frames *f, unsigned long from, unsigned long to,
		bool value)
{
	unsigned long nr;

	to = min(to, FRAMES);
	for (nr = from; nr < to; nr = next_word(nr)) {
		if (value)
			f->word[nr / 32] |= mask_of(nr, to);
		else
			f->word[nr / 32] &= ~mask_of(nr, to);
	}
	if (value && from < to)
		f->end = max(f->end, to);
}

/* From the end on all are 0. */
unsigned long frames_next(const struct frames *f, unsigned long from,
			  unsigned long to, bool value)
{
	unsigned long nr, stop = min(to, f->end);

	for (nr = from; nr < stop; nr = next_word(nr)) {
		u32 word = value ? f->word[nr / 32] : ~f->word[nr / 32];

		word &= mask_of(nr, stop);
		if (word)
			return round_down(nr, 32) + __builtin_ctz(word);
	}
	return value ? to : min(max(from, f->end), to);
}

unsigned long frames_count(const struct frames *f, unsigned long from,
			   unsigned long to)
{
	unsigned long nr, count = 0;

	to = min(to, f->end);
	for (nr = from; nr < to; nr = next_word(nr)) {
		u32 word = f->word[nr / 32] & mask_of(nr, to);

		for (; word; word &= word - 1)
			count++;
	}
	return count;
}
