/* SPDX-License-Identifier: MIT */
/*
 * A bit for each frame of physical memory, for the models. Not the kernel's
 * bitmaps: these are under test themselves, and count what they do.
 */
#ifndef _TESTS_FUZZ_FRAMES_MODEL_H
#define _TESTS_FUZZ_FRAMES_MODEL_H

#include "fuzz.h"

#include <linux/mmzone.h>

#define FRAMES	(1UL << (MAX_PHYSMEM_BITS - PAGE_SHIFT))

struct frames {
	unsigned long end;		/* no bit is set from here on */
	u32 word[FRAMES / 32];
};

void frames_clear(struct frames *f);
/* Bits from .. to - 1. */
void frames_set(struct frames *f, unsigned long from, unsigned long to,
		bool value);

/* The first bit that has a value, from .. to - 1; to for none. */
unsigned long frames_next(const struct frames *f, unsigned long from,
			  unsigned long to, bool value);
unsigned long frames_count(const struct frames *f, unsigned long from,
			   unsigned long to);

static inline bool frames_test(const struct frames *f, unsigned long nr)
{
	return f->word[nr / 32] >> nr % 32 & 1;
}

#endif
