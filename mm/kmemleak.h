/* SPDX-License-Identifier: MIT */
/*
 * Between the files of the search for leaks. mm/kmemleak.c tells the theory.
 */
#ifndef _MM_KMEMLEAK_H
#define _MM_KMEMLEAK_H

#include <linux/kmemleak.h>
#include <linux/stackdepot.h>
#include <linux/types.h>
#include <quire/leak_scan.h>

/* In an object's mark: none of them when it is allocated. */
#define LEAK_REACHED	0x01UL	/* something leads to it, in this scan */
#define LEAK_REPORTED	0x02UL	/* nothing did, in an earlier one */
#define LEAK_GREY	0x04UL	/* kmemleak_not_leak() */
#define LEAK_BLACK	0x08UL	/* kmemleak_ignore() */
#define LEAK_NO_SCAN	0x10UL	/* kmemleak_no_scan() */
#define LEAK_STAMPED	(~0UL << LEAK_STAMP_SHIFT)

#define LEAK_OWNER_LEN	20

/* An object, wherever the allocator keeps what is known of it. */
struct leak_object {
	unsigned long start;
	size_t size;		/* bytes that its user has */
	unsigned long *mark;	/* LEAK_ */
	unsigned long *link;	/* a word to make a list with */
	const char *owner;	/* the cache's name, or the allocator's */
	depot_stack_handle_t trace;
};

typedef void (*leak_object_fn)(const struct leak_object *obj, void *arg);

/* Addresses from begin to the byte before end. */
struct leak_span {
	unsigned long begin, end;
};

/* --- kmemleak.c --- */

/* Where reports are kept, which is not searched. */
struct leak_span leak_records(void);

/* Whatever the words of [begin, end) lead to is not lost. CPUs held. */
void leak_scan_range(unsigned long begin, unsigned long end);

/* The same for one word. */
void leak_scan_word(const unsigned long *where);

/* False after kmemleak=off. */
bool kmemleak_is_on(void);

/* --- kmemleak_thread.c --- */

/* What kmemleak=SECS asked for. Boot only. */
void kmemleak_set_boot_period(unsigned int secs);

/* --- kmemleak_object.c; the caller holds the CPUs, or owns the object --- */

/* The object that an address leads to, if it is one. */
bool leak_object_find(unsigned long addr, struct leak_object *obj);

/* All objects. */
void leak_object_for_each(leak_object_fn fn, void *arg);

/*
 * What the allocators' own books lead to, and slabs in which nobody knows the
 * states of the objects.
 */
void leak_scan_allocators(void);

/* --- kmemleak_hold.c --- */

/*
 * Until release nothing changes: every other CPU waits with interrupts off,
 * no list is half made, and the stacks are known. A thread, interrupts on;
 * may sleep before it returns true. False: some CPU did not answer.
 */
bool leak_hold(void);
void leak_release(void);

/* The search that follows leaves the caller's stack out. CPUs held. */
void leak_forget_own_stack(void);

/* Everything that is not an object: data, stacks, frames. CPUs held. */
void leak_scan_roots(void);

#endif
