/* SPDX-License-Identifier: MIT */
/* Between the files of the kmap window. */
#ifndef _MM_KMAP_H
#define _MM_KMAP_H

struct page;

/* Address of a highmem page in the kmap window, or NULL. Any context. */
void *kmap_lookup(const struct page *page);

/* Boot: the slots of each CPU that may come, before the first is used. */
void kmap_slots_init(void);

/* Boot: give the window its page table. Once, before the first kmap(). */
void kmap_init(void);

#endif
