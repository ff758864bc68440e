/* SPDX-License-Identifier: MIT */
/* What a debug build knows of a frame besides struct page. */
#ifndef _LINUX_PAGE_EXT_H
#define _LINUX_PAGE_EXT_H

#include <linux/types.h>

struct page;

struct page_ext {
	u32 alloc : 14;		/* stack depot: who allocated it last */
	u32 free : 14;		/* stack depot: who freed it last */
	u32 order : 4;		/* its block's order + 1; 0 while free */
};

_Static_assert(sizeof(struct page_ext) == 4, "4 bytes for each frame");

/* NULL in a release build, or when there was no room. Any context. */
struct page_ext *page_ext_get(const struct page *page);

#endif
