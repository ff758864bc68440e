// SPDX-License-Identifier: MIT
/*
 * failvmap: ranges of the vmalloc window that are refused on purpose.
 *
 *	vmalloc() vmap() ioremap() get_vm_area() vm_map_ram()
 *	     \      |       |          |           /
 *	      vmap_area_alloc() -> should_fail_vmap() -> should_fail()
 *	                                  |
 *	                                  +-- __GFP_NOFAIL: never
 *
 * The window is 128 MiB and cut into pieces by use, so that no room is left
 * long before memory is short: an error of its own, which comes before any
 * descriptor is allocated, and which no reclaim of pages can cure. The range
 * is refused as if the window were full. The descriptors themselves and the
 * frames are failslab's and fail_page_alloc's.
 *
 * The size that "space" counts is that of the range in bytes, guard page
 * included.
 *
 * Lock: none; the settings are plain numbers, read as they are. It is asked
 * with no lock of the allocator's held, so that its message may be printed.
 *
 * Cost: in a checked kernel a call and a test; else none.
 *
 * Differs from Linux: it has none of this name.
 */
#include <linux/fault-inject.h>

#include <linux/gfp_types.h>
#include <linux/init.h>

static DECLARE_FAULT_ATTR(failvmap);

bool should_fail_vmap(unsigned long size, gfp_t gfp_mask)
{
	int flags = gfp_mask & __GFP_NOWARN ? FAULT_NOWARN : 0;

	if (gfp_mask & __GFP_NOFAIL)
		return false;
	return should_fail_ex(&failvmap, size, flags);
}

static int __init setup_failvmap(char *str)
{
	return setup_fault_attr(&failvmap, str);
}
__setup("failvmap=", setup_failvmap);

static int __init failvmap_init(void)
{
	fault_attr_register(&failvmap);
	return 0;
}
early_initcall(failvmap_init);
