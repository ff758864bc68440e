/* SPDX-License-Identifier: MIT */
/* The race detector itself; what code tells it is in kcsan-checks.h. */
#ifndef _LINUX_KCSAN_H
#define _LINUX_KCSAN_H

#include <linux/kcsan-checks.h>
#include <linux/types.h>

/* Of each thread, and of what interrupts each CPU. Only its own. */
struct kcsan_ctx {
	int disable_count;		/* kcsan_disable_current() */
	int atomic_nest_count;		/* kcsan_nestable_atomic_begin() */
	bool in_flat_atomic;		/* kcsan_flat_atomic_begin() */
	unsigned long access_mask;	/* kcsan_set_access_mask() */
};

#ifdef CONFIG_KCSAN

/* From here on accesses are looked at. Boot; the clock and current work. */
void kcsan_init(void);

/*
 * Prints the reports that were found since the last time. They are printed
 * later than they are found, as that may be within printk() or with any lock
 * held. While what is printed is captured they wait on, as a capture takes
 * what it gets for expected. Any context in which printk() is fine.
 */
void kcsan_print_reports(void);

#else

static inline void kcsan_init(void)
{
}
static inline void kcsan_print_reports(void)
{
}

#endif
#endif
