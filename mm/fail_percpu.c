// SPDX-License-Identifier: MIT
/*
 * fail_percpu: per-CPU memory that is refused on purpose.
 *
 *	alloc_percpu() percpu_counter_init()
 *	          \      /
 *	   __alloc_percpu_gfp() -> should_fail_percpu() -> should_fail()
 *	                                  |
 *	                                  +-- __GFP_NOFAIL: never
 *
 * Most of it comes from pages that are there already, so that no other kind of
 * failure makes it fail. When it does need more, that is a chunk, an area and
 * frames, which failslab, failvmap and fail_page_alloc refuse.
 *
 * The size that "space" counts is that of one CPU's copy in bytes.
 *
 * With __GFP_NOWARN it is refused in silence.
 *
 * Lock: none; the settings are plain numbers, read as they are. It is asked
 * with no lock of the allocator's held, so that its message may be printed.
 *
 * Cost: in a checked kernel a call and a test; else none.
 *
 * Differs from Linux: it has none of this name. In a kernel for one CPU the
 * memory is an object, and failslab's.
 */
#include <linux/fault-inject.h>

#include <linux/gfp_types.h>
#include <linux/init.h>

static DECLARE_FAULT_ATTR(fail_percpu);

bool should_fail_percpu(size_t size, gfp_t gfp_mask)
{
	int flags = gfp_mask & __GFP_NOWARN ? FAULT_NOWARN : 0;

	if (gfp_mask & __GFP_NOFAIL)
		return false;
	return should_fail_ex(&fail_percpu, size, flags);
}

static int __init setup_fail_percpu(char *str)
{
	return setup_fault_attr(&fail_percpu, str);
}
__setup("fail_percpu=", setup_fail_percpu);

static int __init fail_percpu_init(void)
{
	fault_attr_register(&fail_percpu);
	return 0;
}
early_initcall(fail_percpu_init);
