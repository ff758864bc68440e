/* SPDX-License-Identifier: MIT */
/*
 * What the files of mm/kasan tell each other. mm/kasan/generic.c tells how
 * all of it works.
 *
 *	common.c       the allocators' hooks, on the floor of <linux/kasan.h>
 *	quarantine.c   freed objects, kept for a while
 *	generic.c      the floor: shadow bytes; what the compiler calls
 *	vmalloc_shadow.c    the shadow of the vmalloc window
 *	bug_report.c, describe.c    what is printed
 */
#ifndef _MM_KASAN_KASAN_H
#define _MM_KASAN_KASAN_H

#include <linux/kasan.h>
#include <linux/types.h>

#include "../slab.h"
#include "../slab_debug.h"

/* Shadow bytes that say why all 8 bytes may not be touched. */
#define KASAN_PAGE_FREE		0xFF
#define KASAN_PAGE_REDZONE	0xFE	/* behind a large kmalloc() */
#define KASAN_SLAB_REDZONE	0xFC
#define KASAN_SLAB_FREE		0xFB
#define KASAN_GLOBAL_REDZONE	0xF9
#define KASAN_VMALLOC_INVALID	0xFD	/* of an area, but not in use */
#define KASAN_USE_AFTER_SCOPE	0xF8	/* these are the compiler's */
#define KASAN_STACK_LEFT	0xF1
#define KASAN_STACK_MID		0xF2
#define KASAN_STACK_RIGHT	0xF3
#define KASAN_ALLOCA_LEFT	0xCA
#define KASAN_ALLOCA_RIGHT	0xCB

#define KASAN_GRANULE_MASK	(KASAN_GRANULE_SIZE - 1)

/* --- the floor, with kasan_poison() and kasan_unpoison() --- */

/* Whether the byte at addr may be touched; no report. Any context. */
bool kasan_byte_accessible(const void *addr);

/*
 * The report of an access that is not allowed, or of a wrong free. False if
 * there is none, as at boot or within another report. Any context.
 */
bool kasan_report(unsigned long addr, size_t size, bool is_write,
		  unsigned long ip);
void kasan_report_invalid_free(void *object, unsigned long ip);

/* --- quarantine.c --- */

/*
 * Keeps a freed object for a while; others may go instead. False if it is too
 * large for that. Any context.
 */
bool kasan_quarantine_put(struct kmem_cache *cachep, void *object);

/* Lets the objects of one cache, or all (NULL), go. Any context. */
void kasan_quarantine_remove(struct kmem_cache *cachep);

/* --- generic.c, describe.c --- */

/* False if [addr, addr + size) may not be touched, with a report. */
bool kasan_check_range(unsigned long addr, size_t size, bool is_write,
		       unsigned long ip);

/* The first byte of a range that may not be touched, its end if none. */
unsigned long kasan_first_bad_byte(unsigned long addr, size_t size);

/* What lies at an address, for a report. */
void kasan_describe(unsigned long addr);

/* A static variable, as the compiler tells of it. */
struct kasan_global {
	const void *beg;
	size_t size;
	size_t size_with_redzone;
	const char *name;
	const char *module_name;
	unsigned long has_dynamic_init;
	void *location;
	char *odr_indicator;
};

/* The variable whose bytes or red zone an address is in, or NULL. */
const struct kasan_global *kasan_find_global(unsigned long addr);

#endif
