// SPDX-License-Identifier: MIT
/*
 * What all fuzz targets have in common, in the kernel: the loop that takes one
 * input after the other, and what must be as before when a run has ended.
 *
 *	user/                   here                      NAME.c
 *	libFuzzer, or files --> fuzz_loop() --> run_one() --> run(bytes)
 *	       ^                    |               |
 *	       +---- next, please --+               +--> reports? leaks?
 *
 * The kernel boots as it always does. The targets' place is a test suite of
 * their own, which does not end; of those that come before memory does, the
 * handler of a word of the command line.
 */
#include "fuzz.h"

#include "user/user.h"

#include <asm/host.h>
#include <kunit/test.h>
#include <linux/fault-inject.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/preempt.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/vmstat.h>
#include <quire/capture.h>

static const struct fuzz_target *const targets[] = {
	&fuzz_firmware, &fuzz_pages, &fuzz_slab, &fuzz_vmalloc, &fuzz_kmap,
	&fuzz_words, &fuzz_format, &fuzz_pools, &fuzz_lists, &fuzz_memblock,
	&fuzz_smp, &fuzz_depot,
};

static unsigned long misuse_reports;

void fuzz_fail(const char *file, int line, const char *cond, const char *fmt,
	       ...)
{
	static char text[1024];
	va_list args;

	capture_abort();
	va_start(args, fmt);
	vscnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	fuzz_user_fail(file, line, cond, text);
}

void fuzz_misuse_begin(void)
{
	capture_begin();
	misuse_reports = report_count();
}

const char *fuzz_misuse_end(const char *what)
{
	const char *text = capture_end();

	fuzz_check(report_count() != misuse_reports, "%s: no report", what);
	return text;
}

/* --- what a run leaves as it was --- */

enum {
	FREE_PAGES,
	OBJECTS,
	AREAS,
	KMAPS,
	SLOTS,
	PREEMPT,
	IRQS_OFF,
	REPORTS,
	NR_STOCK
};

#define SPREAD 4

struct stock {
	unsigned long count[NR_STOCK];
};

static const char *const stock_names[NR_STOCK] = {
	"free pages", "slab objects", "vmalloc areas", "kmaps", "kmap slots",
	"preempt_count", "interrupts off", "unexpected reports",
};

/*
 * The same objects may lie in a page more than before, or one less. Only what
 * grows from run to run is a leak.
 */
static unsigned long slab_pages(void)
{
	unsigned long pages = global_zone_page_state(NR_SLAB_RECLAIMABLE_B) +
			      global_zone_page_state(NR_SLAB_UNRECLAIMABLE_B);
	static unsigned long first;

	if (!first)
		first = pages;
	fuzz_check(pages <= first + SPREAD, "slabs: %lu pages, %lu at first",
		   pages, first);
	return pages;
}

static void stock_take(struct stock *stock)
{
	slab_shrink_all();
	drain_all_pages(NULL);
	stock->count[FREE_PAGES] = nr_free_pages() + slab_pages() +
				   global_zone_page_state(NR_PAGETABLE);
	stock->count[OBJECTS] = slab_active_objects();
	stock->count[AREAS] = vm_area_count();
	stock->count[KMAPS] = kmap_in_use();
	stock->count[SLOTS] = kmap_atomic_depth();
	stock->count[PREEMPT] = preempt_count();
	stock->count[IRQS_OFF] = irqs_disabled();
	stock->count[REPORTS] = report_unexpected_count();
}

static void stock_compare(const struct stock *before, const struct stock *after)
{
	unsigned int i;

	for (i = 0; i < NR_STOCK; i++)
		fuzz_check(before->count[i] == after->count[i],
			   "%s: %lu before, %lu after", stock_names[i],
			   before->count[i], after->count[i]);
}

/* --- one input after the other --- */

static void check_tlbs(void)
{
	unsigned long addr;
	int cpu = host_stale_entry(&addr);

	fuzz_check(cpu < 0, "CPU %d's TLB still shows what was at %#lx", cpu,
		   addr);
}

static void run_one(const struct fuzz_target *target, struct fuzz_input *in)
{
	struct stock before, after;

	capture_begin();
	if (target->early) {
		target->run(in);
	} else {
		stock_take(&before);
		target->run(in);
		stock_take(&after);
		stock_compare(&before, &after);
	}
	check_tlbs();
	capture_end();
}

static const struct fuzz_target *find_target(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(targets); i++)
		if (!strcmp(targets[i]->name, name))
			return targets[i];
	fuzz_fail(__FILE__, __LINE__, "target", "no target '%s'", name);
}

static void __noreturn fuzz_loop(const struct fuzz_target *target)
{
	struct fuzz_input in;
	const u8 *bytes;
	unsigned int size;

	host_seed_turns(0);
	if (target->start)
		target->start();
	for (;;) {
		bytes = fuzz_user_next(&size);
		in = (struct fuzz_input){ bytes, bytes + size };
		run_one(target, &in);
	}
}

static int __init fuzz_early(char *unused)
{
	const struct fuzz_target *target = find_target(fuzz_user_target());

	if (target->early)
		fuzz_loop(target);
	return 0;
}
early_param("fuzz", fuzz_early);

static void fuzz_case(struct kunit *test)
{
	fuzz_loop(find_target(fuzz_user_target()));
}

static struct kunit_case fuzz_cases[] = {
	KUNIT_CASE(fuzz_case),
	{}
};

static struct kunit_suite fuzz_suite = {
	.name = "fuzz",
	.test_cases = fuzz_cases,
};

kunit_test_suite(fuzz_suite);

/* --- what targets need of the kernel --- */

static bool nth_set;

void fuzz_fail_nth(unsigned int nth)
{
	nth_set = nth;
	fault_nth_set(nth);
}

bool fuzz_failed(void)
{
	bool failed = nth_set && !fault_nth_left();

	fuzz_fail_nth(0);
	return failed;
}

void fuzz_show(int (*show)(struct seq_file *m, void *unused))
{
	static char text[16384];
	struct seq_file m;

	seq_init_buffer(&m, text, sizeof(text));
	show(&m, NULL);
	fuzz_check(m.count && !seq_has_overflowed(&m), "%zu bytes", m.count);
}

u32 *fuzz_frame(const struct page *page)
{
	return fuzz_user_frame(page_to_pfn(page));
}

__attribute__((__no_sanitize__("address")))
void fuzz_poke(void *p, u8 value)
{
	*(volatile u8 *)p = value;
}
