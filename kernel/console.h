/* SPDX-License-Identifier: MIT */
/*
 * What the console's own files share: reading arguments, telling pages and
 * page tables in words, and showing what a command changed.
 */
#ifndef _KERNEL_CONSOLE_H
#define _KERNEL_CONSOLE_H

#include <linux/console.h>
#include <linux/gfp.h>
#include <linux/mmzone.h>
#include <quire/command.h>

/* ------------------------------------------------------------- arguments */

/*
 * Each takes one word, stores the value and returns 0; or says what is wrong
 * with the word and returns -EINVAL.
 *
 * number: decimal, 0x hexadecimal, 0 octal.
 * size: a number, with K, M or G behind it if wanted.
 * address: a number or the name of a function, with + or - a number.
 * gfp: names of flags joined by '|', as GFP_KERNEL|__GFP_ZERO.
 * page: a frame number, or an address: physical below PAGE_OFFSET, else
 *       virtual. The frame must have a descriptor.
 */
int parse_number(const char *word, unsigned long *value);
int parse_size(const char *word, unsigned long *bytes);
int parse_address(const char *word, unsigned long *address);
int parse_gfp(const char *word, gfp_t *gfp);
int parse_page(const char *word, struct page **page);

/* The index-th name that parse_gfp() knows, or NULL. */
const char *gfp_name(unsigned int index);

/* -------------------------------------------------------------- in words */

/* The entry that maps the address, in words, into buf. */
void describe_mapping(unsigned long address, char *buf, size_t size);

/* Ends a capture and prints what it caught, whatever the log level. */
void show_captured(void);

/* Prints the walk for an address, level by level. */
void show_walk(unsigned long address);

/* Prints all about a page. */
void show_page(struct page *page);

/* The first free block at or after pfn: its order, or -1 if not free. */
int free_block_order(const struct page *page);

/* --------------------------------------------------------------- changes */

struct zone_view {
	long free;               /* pages in the buddy */
	long pcp;                /* pages on per-CPU lists */
	long nr_free[MAX_ORDER]; /* blocks of each order */
	long stat[NR_VM_ZONE_STAT_ITEMS];
};

/* What commands compare before and after they act. */
struct memory_view {
	struct zone_view zone[MAX_NR_ZONES];
	long vm_areas;
	long vm_pages; /* frames behind them */
	long kmaps;
};

/* Fills in the state of now. Process context. */
void memory_view_take(struct memory_view *view);

/* Prints what differs, or that nothing does. */
void memory_view_compare(const struct memory_view *before,
			 const struct memory_view *after);

/* Takes the view of now and compares. */
void memory_view_changes(const struct memory_view *before);

#endif
