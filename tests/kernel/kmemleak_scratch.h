/* SPDX-License-Identifier: MIT */
/*
 * Objects that are lost on purpose: what the tests keep is the address
 * inverted, which leads nowhere, so that they can free it in the end.
 */
#ifndef _TESTS_KMEMLEAK_SCRATCH_H
#define _TESTS_KMEMLEAK_SCRATCH_H

#include <kunit/test.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/kmemleak.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <quire/leak_scan.h>

#include "../../mm/kmemleak.h"
#include "../../mm/vmap.h"

/*
 * Objects of a kind, and of these the least that are found: a word that
 * somebody left lying about may lead to some.
 */
#define NR_LOST		8
#define FOUND_LEAST	4

#define SIZE		72	/* bytes of one */

/* Frames of calls that have returned still hold what they worked with. */
static noinline __maybe_unused void wash_stack(void)
{
	volatile unsigned long words[160];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		words[i] = 0;
}

static inline unsigned long hide(const void *p)
{
	return ~(unsigned long)p;
}

static inline void *unhide(unsigned long hidden)
{
	return (void *)~hidden;
}

/* How many are new; what is printed about them is not seen. */
static noinline __maybe_unused int scan_quietly(void)
{
	int found;

	wash_stack();
	capture_begin();
	found = kmemleak_scan();
	capture_end();
	return found;
}

/* Has nothing led to it, the last time that was looked? */
static noinline __maybe_unused bool is_lost(unsigned long hidden)
{
	unsigned long mark = LEAK_REACHED;
	struct leak_object obj;

	vmap_areas_lock();
	if (leak_object_find(~hidden, &obj))
		mark = *obj.mark;
	vmap_areas_unlock();
	return (mark & (LEAK_REACHED | LEAK_REPORTED)) == LEAK_REPORTED;
}

/* A new object, filled with what leads nowhere, which nobody knows. */
static noinline __maybe_unused unsigned long lose_kmalloc(struct kunit *test)
{
	void *p = kzalloc(SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	return hide(p);
}

#endif
