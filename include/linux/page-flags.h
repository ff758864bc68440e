/* SPDX-License-Identifier: MIT */
/*
 * PG_* flags of struct page, and the Page*()/SetPage*()/ClearPage*() helpers.
 *
 *	31 30 | 29 ......... 0
 *	zone  | PG_* flags
 *
 * Differs from Linux: PG_buddy and PG_table are flags, not page types hidden
 * in _mapcount, so that one word tells what a frame is used for.
 */
#ifndef _LINUX_PAGE_FLAGS_H
#define _LINUX_PAGE_FLAGS_H

#include <linux/bitops.h>
#include <linux/mm_types.h>

enum pageflags {
	PG_locked,		/* held for I/O or lookup */
	PG_referenced,
	PG_uptodate,
	PG_dirty,
	PG_lru,			/* on a reclaim list */
	PG_active,
	PG_waiters,
	PG_error,
	PG_slab,		/* belongs to a slab cache */
	PG_owner_priv_1,
	PG_reserved,		/* never given to the buddy */
	PG_private,
	PG_writeback,
	PG_head,		/* first page of a compound page */
	PG_reclaim,
	PG_swapbacked,
	PG_swapcache,
	PG_unevictable,
	PG_mlocked,
	PG_buddy,		/* first page of a free block */
	PG_table,		/* holds a page table */
	PG_isolated,
	__NR_PAGEFLAGS,
};

#define ZONES_WIDTH	2
#define ZONES_PGSHIFT	(32 - ZONES_WIDTH)
#define ZONES_MASK	((1UL << ZONES_WIDTH) - 1)
#define PAGEFLAGS_MASK	((1UL << __NR_PAGEFLAGS) - 1)

_Static_assert(__NR_PAGEFLAGS <= ZONES_PGSHIFT, "flags leave the zone bits");

/* No page that is freed may have one of these; nor one that is handed out. */
#define PAGE_FLAGS_CHECK_AT_FREE \
	(1UL << PG_locked | 1UL << PG_lru | 1UL << PG_active | \
	 1UL << PG_slab | 1UL << PG_reserved | 1UL << PG_private | \
	 1UL << PG_writeback | 1UL << PG_swapcache | 1UL << PG_unevictable | \
	 1UL << PG_mlocked | 1UL << PG_buddy | 1UL << PG_table | \
	 1UL << PG_isolated)
#define PAGE_FLAGS_CHECK_AT_PREP	PAGEFLAGS_MASK

/* Owner's own word: not atomic; used where no one else can touch the page. */
#define PAGEFLAG(uname, lname)						\
static inline bool Page##uname(const struct page *page)		\
{									\
	return page->flags & (1UL << PG_##lname);			\
}									\
static inline void SetPage##uname(struct page *page)			\
{									\
	set_bit(PG_##lname, &page->flags);				\
}									\
static inline void ClearPage##uname(struct page *page)			\
{									\
	clear_bit(PG_##lname, &page->flags);				\
}									\
static inline void __SetPage##uname(struct page *page)			\
{									\
	page->flags |= 1UL << PG_##lname;				\
}									\
static inline void __ClearPage##uname(struct page *page)		\
{									\
	page->flags &= ~(1UL << PG_##lname);				\
}									\
static inline int TestSetPage##uname(struct page *page)		\
{									\
	return test_and_set_bit(PG_##lname, &page->flags);		\
}									\
static inline int TestClearPage##uname(struct page *page)		\
{									\
	return test_and_clear_bit(PG_##lname, &page->flags);		\
}

PAGEFLAG(Locked, locked)
PAGEFLAG(Referenced, referenced)
PAGEFLAG(Uptodate, uptodate)
PAGEFLAG(Dirty, dirty)
PAGEFLAG(LRU, lru)
PAGEFLAG(Active, active)
PAGEFLAG(Waiters, waiters)
PAGEFLAG(Error, error)
PAGEFLAG(Slab, slab)
PAGEFLAG(OwnerPriv1, owner_priv_1)
PAGEFLAG(Reserved, reserved)
PAGEFLAG(Private, private)
PAGEFLAG(Writeback, writeback)
PAGEFLAG(Head, head)
PAGEFLAG(Reclaim, reclaim)
PAGEFLAG(SwapBacked, swapbacked)
PAGEFLAG(SwapCache, swapcache)
PAGEFLAG(Unevictable, unevictable)
PAGEFLAG(Mlocked, mlocked)
PAGEFLAG(Buddy, buddy)
PAGEFLAG(Table, table)
PAGEFLAG(Isolated, isolated)

static inline int PageTail(const struct page *page)
{
	return page->compound_head & 1;
}

static inline int PageCompound(const struct page *page)
{
	return PageHead(page) || PageTail(page);
}

/* The head of a compound page for its tails; any other page itself. */
static inline struct page *_compound_head(const struct page *page)
{
	unsigned long head = page->compound_head;

	if (head & 1)
		return (struct page *)(head - 1);
	return (struct page *)page;
}

#define compound_head(page) \
	((typeof(page))_compound_head(page))

#endif
