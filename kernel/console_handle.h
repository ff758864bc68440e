/* SPDX-License-Identifier: MIT */
/*
 * Handles: what the hands-on commands hold. A person names an allocation by
 * a small number, so that a mistyped address is never freed.
 */
#ifndef _KERNEL_CONSOLE_HANDLE_H
#define _KERNEL_CONSOLE_HANDLE_H

#include <linux/types.h>

#define NR_HANDLES 64

enum handle_kind {
	HANDLE_FREE,
	HANDLE_PAGES,   /* alloc: page, order */
	HANDLE_KMALLOC, /* kmalloc: address */
	HANDLE_VMALLOC, /* vmalloc: address */
	HANDLE_KMAP,    /* kmap: page, address */
	HANDLE_IOREMAP, /* ioremap: address */
	HANDLE_CACHE,   /* cache create: cache */
	HANDLE_OBJECT,  /* cache alloc: cache, address */
};

struct page;
struct kmem_cache;

struct handle {
	enum handle_kind kind;
	unsigned int order;
	unsigned long size; /* bytes asked for */
	void *address;
	struct page *page;
	struct kmem_cache *cache;
};

/* A free handle, or NULL after saying that all are taken. */
struct handle *handle_new(void);

/* The number a person sees, from 1. */
int handle_number(const struct handle *handle);

/*
 * Reads a handle's number (or its address) of this kind; NULL after saying
 * what is wrong.
 */
struct handle *handle_parse(const char *word, enum handle_kind kind);

/* Is an object of this cache held? */
bool handle_cache_in_use(const struct kmem_cache *cache);

#endif
