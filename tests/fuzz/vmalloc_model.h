/* SPDX-License-Identifier: MIT */
/* Between the two files of the fuzz target "vmalloc": vmalloc.c tells all. */
#ifndef _TESTS_FUZZ_VMALLOC_MODEL_H
#define _TESTS_FUZZ_VMALLOC_MODEL_H

#include "fuzz.h"

#include "../../mm/vmap.h"

#include <linux/mm.h>

#define AREAS		40
#define POOL_PAGES	12
#define AREA_PAGES	320

enum area_kind { AREA_ALLOC, AREA_MAP, AREA_RAM, AREA_IO, AREA_EMPTY };

/* Addresses start .. end - 1 that are not free, the guard included. */
struct range {
	unsigned long start;
	unsigned long end;
};

struct area {
	struct range range;
	enum area_kind kind;
	unsigned int nr_pages;		/* without the guard */
	u32 tag;			/* AREA_ALLOC: of its words */
	unsigned long pfn;		/* AREA_IO: its first */
	bool guard;
	bool writable;
	u8 pool[16];			/* AREA_MAP, _RAM: which page where */
};

extern struct area areas[AREAS];
extern unsigned int nr_areas;

/* Pages of ours that areas may show, and the word that each holds. */
extern struct page *pool[POOL_PAGES];
extern u32 pool_word[POOL_PAGES];

static inline void *area_addr(const struct area *a)
{
	return (void *)a->range.start;
}

/* Once; then before and after each run. */
void vmalloc_model_boot(void);
void vmalloc_model_start(void);
void vmalloc_model_end(void);

/*
 * Where a range of size bytes must come to lie, the lowest place in the
 * bounds; 0 for nowhere.
 */
unsigned long model_place(unsigned long size, struct range bounds);

/* A new area at addr, which model_place() said; it is looked at. */
struct area *model_add(enum area_kind kind, void *addr, unsigned int nr_pages,
		       bool guard);
/* As its kind is freed: it is unmapped, and its range lazy. */
void area_free(struct area *a);

/* Write and check what an area shows, through it and through windows. */
void area_fill(struct area *a, u32 tag);
void area_check(const struct area *a);
void pool_write(unsigned int nr, u32 word);

/* After each step: all ranges, guards and counts. */
void model_check(void);

#endif
