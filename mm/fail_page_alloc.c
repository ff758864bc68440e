// SPDX-License-Identifier: MIT
/*
 * fail_page_alloc: blocks of pages that are refused on purpose.
 *
 *	alloc_pages() -> should_fail_alloc_page() -> should_fail()
 *	                          |
 *	                          +-- __GFP_NOFAIL: never
 *	                          +-- below min-order: not this one
 *	                          +-- ignore-gfp-highmem: not what may be high
 *	                          +-- ignore-gfp-wait: not who may wait
 *
 * All that takes frames comes by: slabs that grow, page tables, the frames
 * behind a vmalloc area, stacks. In its default only what may fail on any
 * machine is failed: blocks of several pages, for who may not wait. Nothing is
 * reclaimed and no warning printed for a block that was refused here: memory
 * is not short.
 *
 * The size that "space" counts is that of the block, in bytes.
 *
 * Lock: none; the settings are plain numbers, read as they are. It is asked
 * with no lock of the allocator's held, so that its message may be printed.
 *
 * Cost: in a checked kernel a call and a few tests; else none.
 *
 * Differs from Linux: (mm/fail_page_alloc.c, mm/page_alloc.c) nothing.
 */
#include "internal.h"

#include <linux/fault-inject.h>
#include <linux/init.h>

struct fail_page_alloc {
	struct fault_attr attr;
	int ignore_gfp_highmem;
	int ignore_gfp_wait;
	int min_order;
};

static const struct fault_knob fail_page_alloc_knobs[] = {
	FAULT_KNOB(struct fail_page_alloc, "ignore-gfp-highmem",
		   ignore_gfp_highmem, 0, 1),
	FAULT_KNOB(struct fail_page_alloc, "ignore-gfp-wait", ignore_gfp_wait,
		   0, 1),
	FAULT_KNOB(struct fail_page_alloc, "min-order", min_order, 0,
		   MAX_ORDER - 1),
	{ },
};

static struct fail_page_alloc fail_page_alloc = {
	.attr = FAULT_ATTR_INITIALIZER(fail_page_alloc, fail_page_alloc_knobs),
	.ignore_gfp_highmem = 1,
	.ignore_gfp_wait = 1,
	.min_order = 1,
};

static bool filtered(gfp_t gfp_mask, unsigned int order)
{
	if ((int)order < fail_page_alloc.min_order)
		return true;
	if (fail_page_alloc.ignore_gfp_highmem && gfp_mask & __GFP_HIGHMEM)
		return true;
	return fail_page_alloc.ignore_gfp_wait &&
	       gfpflags_allow_blocking(gfp_mask);
}

bool should_fail_alloc_page(gfp_t gfp_mask, unsigned int order)
{
	int flags = gfp_mask & __GFP_NOWARN ? FAULT_NOWARN : 0;

	if (gfp_mask & __GFP_NOFAIL)
		return false;
	if (!fault_nth_counts() && filtered(gfp_mask, order))
		return false;
	return should_fail_ex(&fail_page_alloc.attr, PAGE_SIZE << order, flags);
}

static int __init setup_fail_page_alloc(char *str)
{
	return setup_fault_attr(&fail_page_alloc.attr, str);
}
__setup("fail_page_alloc=", setup_fail_page_alloc);

static int __init fail_page_alloc_init(void)
{
	fault_attr_register(&fail_page_alloc.attr);
	return 0;
}
early_initcall(fail_page_alloc_init);
