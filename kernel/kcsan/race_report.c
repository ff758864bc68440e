// SPDX-License-Identifier: MIT
/*
 * race_report.c - races that were found, until they are printed
 *
 *	BUG: KCSAN: data-race in kick_pool / worker_thread
 *
 *	write to 0xc14e2a58 of 4 bytes by thread kworker/1:0/14 on cpu 1:
 *	 worker_thread+0x5c/0x1f0
 *	 ...
 *
 *	read to 0xc14e2a58 of 4 bytes by interrupt on cpu 0:
 *	 kick_pool+0x20/0x48
 *	 ...
 *
 *	value changed: 0x00000001 -> 0x00000002
 *
 * A race may be found with any lock held: that of the log, of a run queue, of
 * the lock checker. So it is only kept where it is found, without a lock, and
 * printed by whoever comes next and may: the timer's interrupt, or who asks
 * for the number of reports, as KUnit does after each case. A race that a case
 * did not announce fails it.
 *
 *	FREE --cmpxchg--> FILLING --> READY --cmpxchg--> PRINTING --> FREE
 *
 * Each pair of places in the code is reported once. Where more are found than
 * there is room for until they are printed, they are dropped: they will be
 * found again.
 *
 * Differs from Linux: printed later. (kernel/kcsan/report.c)
 */
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "kcsan."

#include "kcsan.h"

#include <asm/barrier.h>
#include <asm/cmpxchg.h>
#include <asm/processor.h>
#include <linux/array_size.h>
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/panic.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <quire/capture.h>

/* Is it a race if the value is the same after it? */
bool kcsan_report_value_change_only = true;
module_param_named(report_value_change_only, kcsan_report_value_change_only,
		   bool, 0644);
/* Is it one if nobody is known to have changed the value? */
bool kcsan_report_race_unknown_origin = true;
module_param_named(report_race_unknown_origin, kcsan_report_race_unknown_origin,
		   bool, 0644);

bool kcsan_print_captured;
bool kcsan_report_again;

enum report_state { FREE, FILLING, READY, PRINTING };

static struct report {
	int state; /* enum report_state */
	bool has_other;
	struct kcsan_access here, other;
	struct kcsan_change change;
} reports[8];

/* The pairs of places that were reported last. */
#define SEEN_BITS 8
static unsigned long seen[1 << SEEN_BITS];

/* 1 + the CPU that prints. */
static unsigned int printer;

/* --- where it is found --- */

void kcsan_describe(struct kcsan_access *access,
		    const struct kcsan_point *point)
{
	unsigned long entries[KCSAN_TRACE_DEPTH + 4];
	unsigned int nr = stack_trace_save(entries, ARRAY_SIZE(entries), 0);
	unsigned int first = 0, i;

	/* without the functions of this folder */
	for (i = 0; i < nr; i++)
		if (entries[i] == point->ip)
			first = i;
	access->nr_entries = min_t(unsigned int, nr - first, KCSAN_TRACE_DEPTH);
	memcpy(access->entries, entries + first,
	       access->nr_entries * sizeof(entries[0]));
	access->point = *point;
	access->cpu = raw_smp_processor_id();
	access->pid = current->pid;
	memcpy(access->comm, current->comm, sizeof(access->comm));
	access->in_interrupt = !in_task();
}

/* Each pair once, or a loop would bury the console. */
static bool was_reported(unsigned long a, unsigned long b)
{
	unsigned long pair = a ^ (b << 1 | b >> 31);
	unsigned int slot = hash_32(pair, SEEN_BITS);
	unsigned long before = READ_ONCE(seen[slot]);

	WRITE_ONCE(seen[slot], pair);
	return before == pair && !READ_ONCE(kcsan_report_again);
}

static struct report *take_report(enum report_state from, enum report_state to)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(reports); i++)
		if (cmpxchg(&reports[i].state, (int)from, (int)to) == from)
			return &reports[i];
	return NULL;
}

void kcsan_report(const struct kcsan_access *here,
		  const struct kcsan_access *other,
		  const struct kcsan_change *change)
{
	struct report *report;

	report = take_report(FREE, FILLING);
	if (!report)
		return;
	if (was_reported(here->point.ip, other ? other->point.ip : 0)) {
		smp_store_release(&report->state, FREE);
		return;
	}
	report->here = *here;
	report->has_other = other;
	if (other)
		report->other = *other;
	report->change = *change;
	smp_store_release(&report->state, READY);
}

/* --- where it is printed --- */

static const char *kind_of(int type)
{
	static const char *const kinds[] = {
		"read",
		"write",
		"read-write",
		"read (marked)",
		"write (marked)",
		"read-write (marked)",
		"assert no writes",
		"assert no accesses",
	};
	unsigned int kind = !!(type & KCSAN_ACCESS_WRITE);

	if (type & KCSAN_ACCESS_ASSERT)
		return kinds[6 + kind];
	if (type & KCSAN_ACCESS_COMPOUND)
		kind = 2;
	return kinds[type & KCSAN_ACCESS_ATOMIC ? kind + 3 : kind];
}

static void print_access(const struct kcsan_access *access)
{
	char who[TASK_COMM_LEN + 24] = "interrupt";
	unsigned int i;

	if (!access->in_interrupt)
		snprintf(who, sizeof(who), "thread %s/%d", access->comm,
			 access->pid);
	pr_err("\n%s to 0x%08lx of %zu bytes by %s on cpu %u:\n",
	       kind_of(access->point.type), access->point.addr,
	       access->point.size, who, access->cpu);
	for (i = 0; i < access->nr_entries; i++)
		pr_err(" %pB\n", (void *)access->entries[i]);
}

/* The lower place first, so that a pair has one title. */
static void print_title(const struct report *report)
{
	unsigned long a = report->here.point.ip, b = report->other.point.ip;
	int types = report->here.point.type;

	if (!report->has_other) {
		pr_err("BUG: KCSAN: data-race in %pS\n", (void *)a);
		return;
	}
	types |= report->other.point.type;
	pr_err("BUG: KCSAN: %s in %pS / %pS\n",
	       types & KCSAN_ACCESS_ASSERT ? "assert: race" : "data-race",
	       (void *)min(a, b), (void *)max(a, b));
}

static void print_report(const struct report *report)
{
	const struct kcsan_change *change = &report->change;
	int digits = change->size * 2;

	pr_err("=================================="
	       "==================================\n");
	print_title(report);
	if (report->has_other)
		print_access(&report->other);
	print_access(&report->here);
	if (!report->has_other)
		pr_err("\nby whom it was changed is not known\n");
	if (change->before != change->after)
		pr_err("\nvalue changed: 0x%0*x -> 0x%0*x\n", digits,
		       change->before, digits, change->after);
	pr_err("=================================="
	       "==================================\n");
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}

/* One CPU prints at a time; an interrupt of it leaves that to it. */
static bool become_printer(unsigned int me)
{
	unsigned int now;

	while ((now = cmpxchg(&printer, 0U, me)) != 0) {
		if (now == me)
			return false;
		cpu_relax();
	}
	return true;
}

static bool any_ready(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(reports); i++)
		if (READ_ONCE(reports[i].state) != FREE)
			return true;
	return false;
}

void kcsan_print_reports(void)
{
	struct report *report;
	unsigned long flags;

	if (likely(!any_ready()) ||
	    (capture_depth() && !READ_ONCE(kcsan_print_captured)))
		return;
	local_irq_save(flags);
	if (become_printer(raw_smp_processor_id() + 1)) {
		while ((report = take_report(READY, PRINTING))) {
			print_report(report);
			smp_store_release(&report->state, FREE);
		}
		smp_store_release(&printer, 0U);
	}
	local_irq_restore(flags);
}
