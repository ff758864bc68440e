/* SPDX-License-Identifier: MIT */
/* The reference count of a page: 0 when free. */
#ifndef _LINUX_PAGE_REF_H
#define _LINUX_PAGE_REF_H

#include <linux/atomic.h>
#include <linux/kconfig.h>
#include <linux/page-flags.h>

static inline int page_ref_count(const struct page *page)
{
	return atomic_read(&page->_refcount);
}

static inline int page_count(const struct page *page)
{
	return page_ref_count(compound_head(page));
}

static inline void set_page_count(struct page *page, int count)
{
	atomic_set(&page->_refcount, count);
}

static inline void init_page_count(struct page *page)
{
	set_page_count(page, 1);
}

static inline void page_ref_inc(struct page *page)
{
	atomic_inc(&page->_refcount);
}

static inline void page_ref_add(struct page *page, int nr)
{
	atomic_add(nr, &page->_refcount);
}

/* Drop nr references; how many are left. */
static inline int page_ref_sub_return(struct page *page, int nr)
{
	return atomic_sub_return(nr, &page->_refcount);
}

/*
 * Drop the caller's reference if it is the only one; else false, and nothing is
 * done. Whoever gains a reference has one already or is given it by who has, so
 * a count of 1 that its holder sees cannot change: no locked instruction is
 * needed. Debug builds do not trust in that: two CPUs may free one page.
 */
static inline bool page_ref_drop_only(struct page *page)
{
	if (IS_ENABLED(CONFIG_DEBUG))
		return atomic_cmpxchg(&page->_refcount, 1, 0) == 1;
	/* a plain read: nobody changes a 1, and any other value will do */
	if (unlikely(page->_refcount.counter != 1))
		return false;
	set_page_count(page, 0);
	return true;
}

/* True when this was the last reference. */
static inline int put_page_testzero(struct page *page)
{
	return atomic_dec_and_test(&page->_refcount);
}

#endif
