// SPDX-License-Identifier: MIT
/*
 * flag_names.c - names of page and gfp flags, for "%pGp" and "%pGg"
 *
 * Where a name stands for several bits it comes before the names of these:
 * GFP_KERNEL is printed as such, and only what it has not is added.
 *
 * Differs from Linux: (include/trace/events/mmflags.h) short names of the
 * single gfp bits are those of the source, with "__".
 */
#include <linux/gfp.h>
#include <linux/page-flags.h>
#include <linux/tracepoint-defs.h>

#define PAGE_FLAG(name) { 1UL << PG_##name, #name }

const struct trace_print_flags pageflag_names[] = {
	PAGE_FLAG(locked),
	PAGE_FLAG(referenced),
	PAGE_FLAG(uptodate),
	PAGE_FLAG(dirty),
	PAGE_FLAG(lru),
	PAGE_FLAG(active),
	PAGE_FLAG(waiters),
	PAGE_FLAG(error),
	PAGE_FLAG(slab),
	PAGE_FLAG(owner_priv_1),
	PAGE_FLAG(reserved),
	PAGE_FLAG(private),
	PAGE_FLAG(writeback),
	PAGE_FLAG(head),
	PAGE_FLAG(reclaim),
	PAGE_FLAG(swapbacked),
	PAGE_FLAG(swapcache),
	PAGE_FLAG(unevictable),
	PAGE_FLAG(mlocked),
	PAGE_FLAG(buddy),
	PAGE_FLAG(table),
	PAGE_FLAG(isolated),
	{ 0, NULL }
};

const struct trace_print_field pageflag_fields[] = {
	{ "zone", ZONES_PGSHIFT, ZONES_MASK },
	{ NULL, 0, 0 }
};

#define GFP_FLAG(name) { (__force unsigned long)(name), #name }

const struct trace_print_flags gfpflag_names[] = {
	GFP_FLAG(GFP_HIGHUSER_MOVABLE),
	GFP_FLAG(GFP_HIGHUSER),
	GFP_FLAG(GFP_USER),
	GFP_FLAG(GFP_KERNEL_ACCOUNT),
	GFP_FLAG(GFP_KERNEL),
	GFP_FLAG(GFP_NOFS),
	GFP_FLAG(GFP_ATOMIC),
	GFP_FLAG(GFP_NOIO),
	GFP_FLAG(GFP_NOWAIT),
	GFP_FLAG(GFP_DMA),
	GFP_FLAG(__GFP_HIGHMEM),
	GFP_FLAG(GFP_DMA32),
	GFP_FLAG(__GFP_HIGH),
	GFP_FLAG(__GFP_ATOMIC),
	GFP_FLAG(__GFP_IO),
	GFP_FLAG(__GFP_FS),
	GFP_FLAG(__GFP_NOWARN),
	GFP_FLAG(__GFP_RETRY_MAYFAIL),
	GFP_FLAG(__GFP_NOFAIL),
	GFP_FLAG(__GFP_NORETRY),
	GFP_FLAG(__GFP_COMP),
	GFP_FLAG(__GFP_ZERO),
	GFP_FLAG(__GFP_NOMEMALLOC),
	GFP_FLAG(__GFP_MEMALLOC),
	GFP_FLAG(__GFP_HARDWALL),
	GFP_FLAG(__GFP_THISNODE),
	GFP_FLAG(__GFP_RECLAIMABLE),
	GFP_FLAG(__GFP_MOVABLE),
	GFP_FLAG(__GFP_ACCOUNT),
	GFP_FLAG(__GFP_WRITE),
	GFP_FLAG(__GFP_RECLAIM),
	GFP_FLAG(__GFP_DIRECT_RECLAIM),
	GFP_FLAG(__GFP_KSWAPD_RECLAIM),
	GFP_FLAG(__GFP_ZEROTAGS),
	GFP_FLAG(__GFP_COLD),
	{ 0, NULL }
};
