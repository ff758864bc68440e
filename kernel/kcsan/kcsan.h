/* SPDX-License-Identifier: MIT */
/*
 * What the files of kernel/kcsan tell each other. core.c tells how all of it
 * works.
 *
 *	core.c          watchpoints
 *	tsan.c          what the compiler calls
 *	race_report.c   races that were found, until they are printed
 */
#ifndef _KERNEL_KCSAN_KCSAN_H
#define _KERNEL_KCSAN_KCSAN_H

#include <linux/kcsan.h>
#include <linux/sched.h>
#include <linux/types.h>

/* The settings; words of the command line are kcsan.NAME=. */
extern unsigned int kcsan_skip_watch;
extern unsigned int kcsan_udelay_task;
extern unsigned int kcsan_udelay_interrupt;
extern bool kcsan_interrupt_watcher;
extern bool kcsan_assume_plain_writes_atomic;
extern bool kcsan_report_value_change_only;
extern bool kcsan_report_race_unknown_origin;

/* An access that is looked at; ip is where it is made. */
struct kcsan_point {
	unsigned long addr;
	size_t size;
	int type;			/* KCSAN_ACCESS_ */
	unsigned long ip;
};

/* For tests: print into a capture, too; and report a pair each time. */
extern bool kcsan_print_captured;
extern bool kcsan_report_again;

#define KCSAN_TRACE_DEPTH 20

/* One access of a race, and who made it. */
struct kcsan_access {
	struct kcsan_point point;
	unsigned int cpu;
	pid_t pid;
	char comm[TASK_COMM_LEN];
	bool in_interrupt;
	unsigned int nr_entries;
	unsigned long entries[KCSAN_TRACE_DEPTH];
};

/* The value before and after, in the bytes that were watched. */
struct kcsan_change {
	unsigned int size;		/* at most 4 */
	u32 before, after;
};

/* Who makes this access, and its trace, from the code at ip on. Any context. */
void kcsan_describe(struct kcsan_access *access,
		    const struct kcsan_point *point);

/*
 * Keeps a race for printing. other is NULL if nobody told of the access that
 * changed the value. Any context, no lock.
 */
void kcsan_report(const struct kcsan_access *here,
		  const struct kcsan_access *other,
		  const struct kcsan_change *change);

/* --- watchpoints --- */

#define KCSAN_SLOTS 64

/* Of accesses that wait: [0] reads, [1] writes. W1 of core.c. */
extern unsigned long kcsan_watch[2][KCSAN_SLOTS];

/* How many more accesses this CPU lets pass; below 0: the next one waits. */
DECLARE_PER_CPU(int, kcsan_skip);

/* Which bytes an access of at most 4 bytes, all in one word, touches: W1. */
static __always_inline unsigned long kcsan_key(unsigned long addr, size_t size)
{
	return (addr & ~3UL) << 2 | ((1UL << size) - 1) << (addr & 3);
}

static __always_inline unsigned int kcsan_slot(unsigned long addr)
{
	return addr / 4 % KCSAN_SLOTS;
}

/* Do these two touch a byte both? */
static __always_inline bool kcsan_keys_meet(unsigned long a, unsigned long b)
{
	return (a ^ b) < 16 && (a & b & 15);
}

/* This access met a watchpoint, which was then as seen. */
void kcsan_found(unsigned long *watch, unsigned long seen,
		 const struct kcsan_point *point);

/* It is this access's turn to wait, if it is one that may race. */
void kcsan_setup_watch(const struct kcsan_point *point);

/*
 * Frees a slot in which key stood. True if someone met the watchpoint: then
 * other is who. That one has interrupts off, so it does not take long (W2).
 */
bool kcsan_remove_watch(unsigned int kind, unsigned int slot, unsigned long key,
			struct kcsan_access *other);

/* An access that may touch more than one word. */
void kcsan_check_wide(const struct kcsan_point *point);

static __always_inline bool kcsan_is_marked(int type)
{
	return (type & (KCSAN_ACCESS_ATOMIC | KCSAN_ACCESS_ASSERT)) ==
	       KCSAN_ACCESS_ATOMIC;
}

/* True if it met a watchpoint of that kind. */
static __always_inline bool kcsan_meets(unsigned int kind, unsigned long key,
					const struct kcsan_point *point)
{
	unsigned long *watch = &kcsan_watch[kind][kcsan_slot(point->addr)];
	unsigned long seen = READ_ONCE(*watch);

	if (likely(!kcsan_keys_meet(seen, key)))
		return false;
	kcsan_found(watch, seen, point);
	return true;
}

/* An access in one word: the way of nearly all. */
static __always_inline void kcsan_check_word(unsigned long addr, size_t size,
					     int type, unsigned long ip)
{
	struct kcsan_point point = { addr, size, type, ip };
	unsigned long key = kcsan_key(addr, size);

	if (kcsan_meets(1, key, &point) ||
	    ((type & KCSAN_ACCESS_WRITE) && kcsan_meets(0, key, &point)))
		return;
	if (!kcsan_is_marked(type) &&
	    unlikely(this_cpu_dec_return(kcsan_skip) < 0))
		kcsan_setup_watch(&point);
}

/* The same of any access. */
static __always_inline void kcsan_check(unsigned long addr, size_t size,
					int type, unsigned long ip)
{
	struct kcsan_point point = { addr, size, type, ip };

	if ((addr & 3) + size <= 4 && size)
		kcsan_check_word(addr, size, type, ip);
	else
		kcsan_check_wide(&point);
}

#endif
