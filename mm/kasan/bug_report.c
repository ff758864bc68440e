// SPDX-License-Identifier: MIT
/*
 * The report of an access that is not allowed.
 *
 *	BUG: KASAN: slab-out-of-bounds in kmalloc_oob_right+0x5c/0x90
 *	Write of size 1 at addr c4a1e07b by task kunit/34
 *	CPU: 1 PID: 34 Comm: kunit Not tainted
 *	Call Trace: ...
 *	(what lies there, who allocated and who freed it: describe.c)
 *	Memory state around the buggy address:
 *	 c4a1df80: fc fc fc fc fc fc fc fc fc fc fc fc fc fc fc fc
 *	>c4a1e000: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 03
 *	                                                        ^
 *	 c4a1e080: fc fc fc fc fc fc fc fc fc fc fc fc fc fc fc fc
 *
 * Each line of the last part is the shadow of 128 bytes, and the mark stands
 * below the byte that decided. What kind of bug it is follows from that
 * byte's value, or, where it says "the first three only", from the next.
 *
 * A report runs code that is checked itself, printk()'s for one. What that
 * does wrong is not reported, or else a report would never end: a flag for
 * each CPU, with interrupts off.
 *
 * Each place in the code is reported once, unless what is printed is captured.
 * The kernel goes on after a report. A test case that did not announce one
 * fails.
 *
 * Lock: report_lock, so that reports of several CPUs do not mix. Any context.
 *
 * Differs from Linux: each place is reported, not the first bug only.
 * (mm/kasan/report.c, report_generic.c)
 */
#include "kasan.h"

#include <asm/kasan.h>
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/stacktrace.h>
#include <quire/capture.h>

#define TRACE_DEPTH   24
#define ROW_GRANULES  16
#define ROW_BYTES     (ROW_GRANULES * KASAN_GRANULE_SIZE)
#define ROWS_AROUND   2

static bool reporting;		/* kasan_start() was called */
static DEFINE_PER_CPU(bool, in_report);
static DEFINE_RAW_SPINLOCK(report_lock);

/* The places that were reported last. */
#define SEEN_BITS 6
static unsigned long seen[1 << SEEN_BITS];

void __init kasan_start(void)
{
	reporting = true;
}

static u8 shadow_byte(unsigned long addr)
{
	return *(u8 *)((addr >> KASAN_SHADOW_SCALE_SHIFT) +
		       KASAN_SHADOW_OFFSET);
}

/* --- beginning and end --- */

/* Each place once, or a loop would bury the console; tests may come again. */
static bool was_reported(unsigned long ip)
{
	unsigned int slot = hash_32(ip, SEEN_BITS);
	unsigned long before = seen[slot];

	seen[slot] = ip;
	return before == ip && !capture_depth();
}

static bool report_begin(unsigned long ip, unsigned long *flags)
{
	if (!reporting)
		return false;
	local_irq_save(*flags);
	if (__this_cpu_read(in_report) || was_reported(ip)) {
		local_irq_restore(*flags);
		return false;
	}
	__this_cpu_write(in_report, true);
	raw_spin_lock(&report_lock);
	pr_err("=================================="
	       "==================================\n");
	return true;
}

static void report_end(unsigned long flags)
{
	pr_err("=================================="
	       "==================================\n");
	add_taint(TAINT_BAD_PAGE, LOCKDEP_STILL_OK);
	raw_spin_unlock(&report_lock);
	__this_cpu_write(in_report, false);
	local_irq_restore(flags);
}

/* --- parts --- */

static const char *bug_of_value(u8 value)
{
	switch (value) {
	case KASAN_PAGE_FREE:
		return "use-after-free";
	case KASAN_SLAB_FREE:
		return "slab-use-after-free";
	case KASAN_PAGE_REDZONE:
	case KASAN_SLAB_REDZONE:
		return "slab-out-of-bounds";
	case KASAN_GLOBAL_REDZONE:
		return "global-out-of-bounds";
	case KASAN_VMALLOC_INVALID:
	case KASAN_VMALLOC_NO_AREA:
		return "vmalloc-out-of-bounds";
	case KASAN_STACK_LEFT:
	case KASAN_STACK_MID:
	case KASAN_STACK_RIGHT:
		return "stack-out-of-bounds";
	case KASAN_USE_AFTER_SCOPE:
		return "use-after-scope";
	case KASAN_ALLOCA_LEFT:
	case KASAN_ALLOCA_RIGHT:
		return "alloca-out-of-bounds";
	default:
		return "out-of-bounds";
	}
}

/* Of the first byte that may not be touched. */
static const char *bug_type(unsigned long addr)
{
	u8 value;

	if (addr < PAGE_SIZE)
		return "null-ptr-deref";
	if (addr < PAGE_OFFSET)
		return "user-memory-access";
	value = shadow_byte(addr);
	if (value < KASAN_GRANULE_SIZE)
		value = shadow_byte(addr + KASAN_GRANULE_SIZE);
	return bug_of_value(value);
}

/* From the code that was found out on, without the checks' own functions. */
static void print_trace(unsigned long ip)
{
	unsigned long entries[TRACE_DEPTH];
	unsigned int nr = stack_trace_save(entries, TRACE_DEPTH, 0);
	unsigned int first = 0, i;

	for (i = 0; i < nr; i++)
		if (entries[i] == ip)
			first = i;
	pr_err("Call Trace:\n");
	for (i = first; i < nr; i++)
		pr_err(" %pB\n", (void *)entries[i]);
}

static void print_row(unsigned long row, unsigned long bad)
{
	bool here = bad - row < ROW_BYTES;
	char line[ROW_GRANULES * 3 + 1];
	unsigned int i, len = 0;

	for (i = 0; i < ROW_GRANULES; i++)
		len += scnprintf(line + len, sizeof(line) - len, " %02x",
				 shadow_byte(row + i * KASAN_GRANULE_SIZE));
	pr_err("%c%08lx:%s\n", here ? '>' : ' ', row, line);
	if (here)
		pr_err("%*c\n",
		       (int)(12 + (bad - row) / KASAN_GRANULE_SIZE * 3), '^');
}

static void print_shadow(unsigned long bad)
{
	unsigned long row = (bad & -ROW_BYTES) - ROWS_AROUND * ROW_BYTES;
	unsigned int i;

	pr_err("Memory state around the buggy address:\n");
	for (i = 0; i < 2 * ROWS_AROUND + 1; i++, row += ROW_BYTES)
		if (row >= PAGE_OFFSET)
			print_row(row, bad);
}

static void print_what(unsigned long addr, unsigned long bad, unsigned long ip)
{
	pr_err("CPU: %d PID: %d Comm: %s %s\n", raw_smp_processor_id(),
	       current->pid, current->comm, print_tainted());
	print_trace(ip);
	if (bad < PAGE_OFFSET)
		return;
	kasan_describe(bad == addr ? addr : bad);
	print_shadow(bad);
}

/* --- the two kinds of report --- */

bool kasan_report(unsigned long addr, size_t size, bool is_write,
		  unsigned long ip)
{
	unsigned long bad = kasan_first_bad_byte(addr, size);
	const char *type;
	unsigned long flags;

	if (!report_begin(ip, &flags))
		return false;
	/* a size that wraps is a negative number gone wrong */
	type = addr + size < addr ? "out-of-bounds" : bug_type(bad);
	pr_err("BUG: KASAN: %s in %pS\n", type, (void *)ip);
	pr_err("%s of size %zu at addr %08lx by task %s/%d\n",
	       is_write ? "Write" : "Read", size, addr, current->comm,
	       current->pid);
	print_what(addr, bad, ip);
	report_end(flags);
	return true;
}

void kasan_report_invalid_free(void *object, unsigned long ip)
{
	unsigned long addr = (unsigned long)object;
	u8 value = shadow_byte(addr);
	bool twice = value == KASAN_SLAB_FREE || value == KASAN_PAGE_FREE;
	unsigned long flags;

	if (!report_begin(ip, &flags))
		return;
	pr_err("BUG: KASAN: %s in %pS\n",
	       twice ? "double-free" : "invalid-free", (void *)ip);
	pr_err("Free of addr %08lx by task %s/%d\n", addr, current->comm,
	       current->pid);
	print_what(addr, addr, ip);
	report_end(flags);
}
