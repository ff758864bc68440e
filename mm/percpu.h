/* SPDX-License-Identifier: MIT */
/*
 * Between the files of alloc_percpu(). mm/percpu.c tells the theory.
 *
 * Lock key: [b] written when the chunk is made, [p] pcpu_lock, [m]
 * pcpu_alloc_mutex, [mp] both to write, one to read.
 */
#ifndef _MM_PERCPU_H
#define _MM_PERCPU_H

#include <asm/page.h>
#include <linux/list.h>
#include <linux/log2.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rbtree.h>
#include <linux/spinlock.h>
#include <linux/types.h>

/* Memory is counted in grains of PCPU_MIN_ALLOC_SIZE bytes. */
#define PCPU_PAGES		(PCPU_UNIT_SIZE / PAGE_SIZE)
#define PCPU_GRAINS		(PCPU_UNIT_SIZE >> PCPU_MIN_ALLOC_SHIFT)
#define PCPU_PAGE_GRAINS	(PAGE_SIZE >> PCPU_MIN_ALLOC_SHIFT)

/* One bit for each grain of a unit. */
#define PCPU_MAP_WORDS		(PCPU_UNIT_SIZE / 4 / 32)

/* What is free in a page of a unit, in grains. */
struct pcpu_block {
	u16 left;	/* at its start */
	u16 right;	/* at its end */
	u16 max;	/* in the longest run */
	u16 max_at;	/* where that begins */
};

/* A unit for each CPU: P1. */
struct pcpu_chunk {
	struct list_head list;		/* [p] pcpu_slot[]: P4 */
	struct rb_node node;		/* [p] pcpu_chunks, by base */
	void *base;			/* [b] the unit of CPU 0 */
	struct vm_struct *area;		/* [b] NULL: in the image */
	unsigned long populated;	/* [mp] a bit for each page */
	unsigned int max_free;		/* [p] grains in the longest run: P3 */
	unsigned int free;		/* [p] grains */
	unsigned int nr_alloc;		/* [p] what is handed out */
	unsigned int nr_empty;		/* [p] populated, without any: P6 */
	struct pcpu_block block[PCPU_PAGES];	/* [p] P3 */
	unsigned long used[PCPU_MAP_WORDS];	/* [p] P2 */
	unsigned long begins[PCPU_MAP_WORDS];	/* [p] P2 */
};

struct pcpu_stats {
	unsigned long nr_alloc;		/* ever */
	unsigned long nr_dealloc;
	unsigned int nr_cur;
	unsigned int nr_max;
	unsigned int nr_chunks;
	unsigned int nr_max_chunks;
	unsigned int nr_populated;	/* pages of one unit */
	unsigned int nr_empty;		/* of these, without anything: P6 */
};

/* What is wrong with a pointer that free_percpu() got. */
enum pcpu_misuse {
	PCPU_FINE,
	PCPU_NOT_OURS,		/* in no chunk */
	PCPU_OF_A_CPU,		/* per_cpu_ptr()'s, of CPU 1 or up */
	PCPU_STATIC,		/* a variable of the section */
	PCPU_FREE,		/* nothing is allocated there */
	PCPU_INSIDE,		/* not where the allocation begins */
};

static inline bool pcpu_is_populated(const struct pcpu_chunk *chunk,
				     unsigned int page)
{
	return chunk->populated >> page & 1;
}

static inline bool pcpu_page_is_empty(const struct pcpu_chunk *chunk,
				      unsigned int page)
{
	return chunk->block[page].max == PCPU_PAGE_GRAINS;
}

static inline bool pcpu_chunk_is_empty(const struct pcpu_chunk *chunk)
{
	return chunk->max_free == PCPU_GRAINS;
}

/* --- percpu_map.c: the map of one chunk; [p], or nobody knows it yet --- */

/* All is free; the first static_grains are not. */
void pcpu_map_init(struct pcpu_chunk *chunk, unsigned int static_grains);

/*
 * The lowest place of nr free grains at a multiple of align grains, in pages
 * that are populated if so asked; -1: none.
 */
int pcpu_map_find(struct pcpu_chunk *chunk, unsigned int nr, unsigned int align,
		  bool populated);

/* Takes nr grains, all free; gives back what begins at a grain: how many. */
void pcpu_map_take(struct pcpu_chunk *chunk, unsigned int at, unsigned int nr);
unsigned int pcpu_map_give(struct pcpu_chunk *chunk, unsigned int at);

/* Grains of what begins at that one. */
unsigned int pcpu_map_size(const struct pcpu_chunk *chunk, unsigned int at);

/* P2, P3: NULL, or what is wrong. */
const char *pcpu_map_check(const struct pcpu_chunk *chunk);

/* --- percpu_chunk.c: chunks and their pages --- */

/* [m] A new chunk without any page, in its slot; NULL. May sleep. */
struct pcpu_chunk *pcpu_chunk_create(gfp_t gfp);

/*
 * [m] Makes sure that pages first..last of all CPUs' units are there; false
 * without memory, with some of them perhaps. May sleep.
 */
bool pcpu_populate(struct pcpu_chunk *chunk, unsigned int first,
		   unsigned int last, gfp_t gfp);

/*
 * [m] Gives back chunks that hold nothing, but for keep of these; or the pages
 * that hold nothing, of those that do. How many pages of memory. May sleep.
 */
unsigned long pcpu_chunks_give_back(unsigned int keep);
unsigned long pcpu_pages_give_back(void);

/* --- percpu.c --- */

extern raw_spinlock_t pcpu_lock;
extern struct mutex pcpu_alloc_mutex;
extern struct pcpu_stats pcpu_stats;	/* [p] */
extern struct pcpu_chunk pcpu_first_chunk;
extern struct rb_root pcpu_chunks;	/* [p]; also [m] to change */
extern size_t pcpu_static_size;		/* [b] of the first chunk */

/*
 * Slot n: chunks whose longest free run is of n binary digits. So the last one
 * has those that are all free, and no others.
 */
#define PCPU_SLOT_EMPTY	(ilog2(PCPU_GRAINS) + 1)
extern struct list_head pcpu_slot[];	/* [p] */

/* [p] The map of a chunk, or its pages, were changed: P4, P6. */
void pcpu_chunk_changed(struct pcpu_chunk *chunk);

/* [p] The chunk that holds an address of any CPU's unit; NULL. */
struct pcpu_chunk *pcpu_chunk_find(unsigned long addr);

static inline struct pcpu_chunk *pcpu_chunk_entry(struct rb_node *node)
{
	return rb_entry_safe(node, struct pcpu_chunk, node);
}

/* All chunks, by address. */
#define for_each_pcpu_chunk(chunk)					\
	for ((chunk) = pcpu_chunk_entry(rb_first(&pcpu_chunks)); (chunk);\
	     (chunk) = pcpu_chunk_entry(rb_next(&(chunk)->node)))

/* --- percpu_balance.c --- */

/* [p] The slots, or the empty pages, are others than before. */
void pcpu_store_changed(void);

/* Something was taken or given: is there enough, or too much? Any context. */
void pcpu_kick_balance(void);

/* --- percpu_stats.c --- */

/*
 * Calls fn for each CPU's memory that is handed out, static variables too, but
 * for pages that are on their way. Nothing moves: for mm/kmemleak_hold.c.
 */
void pcpu_for_each_used(void (*fn)(unsigned long begin, unsigned long end));

/* Says what is wrong with a pointer. Any context. */
void pcpu_report(enum pcpu_misuse what, const void *ptr);

/*
 * What is free, of each CPU, nobody may touch: from first, in CPU 0's unit, on.
 * The other one looks at one CPU's part whether somebody did. Nothing but in
 * checked kernels. Any context.
 */
void pcpu_poison(void *first, size_t size);
void pcpu_check_poison(void *p, size_t size);

/*
 * P1..P6 of all chunks: NULL, or what is wrong. For tests, while nobody
 * allocates. May sleep.
 */
const char *pcpu_check(void);

#endif
