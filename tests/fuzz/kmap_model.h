/* SPDX-License-Identifier: MIT */
/* Between the two files of the fuzz target "kmap": kmap.c tells all. */
#ifndef _TESTS_FUZZ_KMAP_MODEL_H
#define _TESTS_FUZZ_KMAP_MODEL_H

#include "fuzz.h"

#include <linux/highmem.h>

#define PAGES	40

struct shown {
	struct page *page;
	u32 word;		/* the first word; the last is ~word */
	void *addr;		/* by kmap(), while count > 0 */
	unsigned int count;
};

enum slot_kind { SLOT_ATOMIC, SLOT_LOCAL, SLOT_TYPED };

struct slot {
	struct shown *what;
	void *addr;
	enum slot_kind kind;
	enum km_type type;
};

extern struct shown shown[PAGES];
extern struct slot slots[KM_MAX_IDX + KM_TYPE_NR];
extern unsigned int nr_slots;

/* A page's words, at one of its addresses. */
void check_words(const struct shown *s, const void *addr);
void write_words(struct shown *s, void *addr, u32 word);

/* Slots in which nothing may sleep; whether a typed one is open. */
unsigned int slots_atomic(void);
bool type_is_open(enum km_type type);
/* Slots of the stack that highmem pages have. */
unsigned int stack_depth(void);

/* Closes slot i, after which its address faults. */
void slot_close(unsigned int i);

/* Every mapping shows its page; the kernel's counts are ours. */
void kmap_check_all(void);

#endif
