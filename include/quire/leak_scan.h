/* SPDX-License-Identifier: MIT */
/* The search for leaks: mm/kmemleak.c. A release build has none. */
#ifndef _QUIRE_LEAK_SCAN_H
#define _QUIRE_LEAK_SCAN_H

#include <linux/errno.h>

struct seq_file;

#ifdef CONFIG_DEBUG
/*
 * Looks at all memory while every other CPU stands still. Returns how many
 * objects are found unreferenced that were not before, and says so; -EPERM:
 * kmemleak=off; -EBUSY: a CPU does not answer, or boot is not over. A thread
 * with interrupts on; sleeps.
 */
int kmemleak_scan(void);

/*
 * A thread scans every so many seconds from now on, up to KMEMLEAK_SECS_MAX; 0:
 * none does. 0, -EINVAL, -EPERM: kmemleak=off, -ENOMEM. May sleep, as long as
 * a scan takes.
 */
#define KMEMLEAK_SECS_MAX 86400
int kmemleak_scan_every(unsigned int secs);

/* How many times it has scanned. Any context. */
unsigned int kmemleak_periodic_scans(void);

/* A text on each object that the last scan left unreferenced. May sleep. */
int kmemleak_show(struct seq_file *m, void *unused);

/* The same on the object that addr leads to; -ENOENT, -EBUSY. May sleep. */
int kmemleak_dump(struct seq_file *m, unsigned long addr);

/*
 * Looks again, but not at the caller's stack, and returns where the first word
 * is that leads to an object: 0 if there is none, or no such object. May
 * sleep.
 */
unsigned long kmemleak_find_way(unsigned long addr);

/* What is unreferenced now is wanted: not told of again. May sleep. */
void kmemleak_clear(void);

/*
 * Objects made from now on bear the value that *clock has at that time; NULL:
 * none, as those that exist. The value is cut to 24 bits. May sleep.
 */
void kmemleak_stamp(const unsigned int *clock);

/* As kmemleak_scan(), but only of those that were made at that value. */
int kmemleak_scan_stamped(unsigned int value);

#define LEAK_STAMP_SHIFT	8
extern const unsigned int *leak_stamp_clock;

/* For the allocators: what is known of a new object. */
static inline unsigned long leak_new_mark(void)
{
	const unsigned int *clock = leak_stamp_clock;

	return clock ? (*clock + 1UL) << LEAK_STAMP_SHIFT : 0;
}
#else
static inline int kmemleak_scan(void)
{
	return -EOPNOTSUPP;
}

static inline int kmemleak_scan_every(unsigned int secs)
{
	return -EOPNOTSUPP;
}

static inline unsigned int kmemleak_periodic_scans(void)
{
	return 0;
}

static inline int kmemleak_show(struct seq_file *m, void *unused)
{
	return -EOPNOTSUPP;
}

static inline int kmemleak_dump(struct seq_file *m, unsigned long addr)
{
	return -EOPNOTSUPP;
}

static inline unsigned long kmemleak_find_way(unsigned long addr)
{
	return 0;
}

static inline void kmemleak_clear(void)
{
}

static inline void kmemleak_stamp(const unsigned int *clock)
{
}

static inline int kmemleak_scan_stamped(unsigned int value)
{
	return -EOPNOTSUPP;
}

static inline unsigned long leak_new_mark(void)
{
	return 0;
}
#endif

#endif
