// SPDX-License-Identifier: MIT
/*
 * sweep.c - every case again and again, another allocation failed each time
 *
 *	sweep[=SUITE.CASE]	sweep, report, power off (selftest.c)
 *	sweep.limit=N		at most about N runs of a case; 0: no limit
 *	sweep.first=, .last=	these attempts only, from 1 on
 *
 *	attempts of the case	1   2   3   4   5
 *	run 0			.   .   .   .   .	counts them
 *	run 1			x   ?
 *	run 2			.   x   ?
 *	...
 *	run 5			.   .   .   .   x
 *	run 6			.   .   .   .   .	nothing failed: done
 *
 * An attempt is one at an object, a block of pages or a range of the vmalloc
 * window, by the thread that runs the case. What comes behind the failed one
 * is up to the code: it may give up, or do without.
 *
 * A check of the case that fails then is the error that has reached the
 * caller, and is fine. What is not: a fault or BUG(), a report, a lock or a
 * count that is not as before, and anything that is still allocated when the
 * case has ended. That is said with all that the run printed.
 *
 * A case that gives up at an assertion loses what it held itself. Two things
 * tell that from what a call of the kernel's has lost on its way back:
 *
 * What was made since the last assertion that held was made by the call that
 * has failed now. While the case gives up nothing may have got lost of that:
 * the search of mm/kmemleak.c looks, while the case's stack still leads to
 * what the case was given. That finds objects and areas, not pages.
 *
 * How much the case holds is learned from the run before: the attempts of one
 * call end at the same assertion, the first of them before the call has got
 * anything. So what such runs leave must be the same.
 *
 *	p = vmalloc(n);			range object frame frame
 *	KUNIT_ASSERT_NOT_NULL(p);	  x			left 0
 *						x		left 0
 *						      x		left 0
 *							    x	left 1: leak
 *
 * A case that fails attempts for itself is run once, to no harm.
 *
 * With a limit, half of the runs fail the first attempts one by one, the
 * others are spread over the rest.
 *
 * Differs from Linux: there, a script does it from user space by
 * /proc/self/fail-nth.
 */
#include "internal.h"

#include <linux/fault-inject.h>
#include <linux/glob.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/preempt.h>
#include <linux/random.h>
#include <linux/seq_file.h>
#include <quire/capture.h>
#include <quire/leak_scan.h>

#define SWEEP_LIMIT 200

static unsigned int sweep_limit = SWEEP_LIMIT;
static unsigned int sweep_first = 1, sweep_last = UINT_MAX;

/* Why suites and cases, by globs, are not swept. */
#define ITSELF	"provokes what is looked for"
#define MISUSE	"damages memory, and allocates to have it repaired"
#define HOARD	"takes all memory, and finds its end by a failure"
#define WINDOW	"takes all of the window, and finds its end by a failure"
#define MEET	"its threads wait for each other: one missing, for ever"
#define DEVICE	"a device of its own is left running if it gives up"
#define TEXT	"shows also what cases before it lost when they gave up"
#define CONSOLE	"takes the consoles that a sweep catches"

static const struct {
	const char *suite, *test_case, *reason;
} left_out[] = {
	{ "kunit*", "*", ITSELF },
	{ "fault_*", "*", ITSELF },
	{ "kmemleak*", "*", MISUSE },
	{ "kasan*", "*", MISUSE },
	{ "ubsan*", "*", MISUSE },
	{ "slab_poison", "*", MISUSE },
	{ "slab_red_zone", "*", MISUSE },
	{ "slab_double_free", "*", MISUSE },
	{ "slab_wrong_free", "*", MISUSE },
	{ "slab_freelist", "*", MISUSE },
	{ "slab_report", "*", MISUSE },
	{ "page_misuse", "*", MISUSE },
	{ "percpu_misuse", "*", MISUSE },
	{ "buddy_exhaust", "*", HOARD },
	{ "fill", "*", HOARD },
	{ "gfp", "kernel_memory_is_never_highmem", HOARD },
	{ "gfp", "fallback_*", HOARD },
	{ "gfp", "marks_are_exact", HOARD },
	{ "gfp", "lowmem_reserve_is_kept", HOARD },
	{ "gfp", "failure_is_told", HOARD },
	{ "gfp", "nofail_does_not_fail", HOARD },
	{ "gfp_context", "*", HOARD },
	{ "shrinker", "*", HOARD },
	{ "pcp", "lists_are_drained_when_short", HOARD },
	{ "pcp", "wider_requests_are_checked", HOARD },
	{ "slab_shrink", "out_of_memory", HOARD },
	{ "slab_shrink", "shrinker_under_pressure", HOARD },
	{ "stale_mapping", "vmap_in_a_full_window", WINDOW },
	{ "vmalloc_lazy", "lazy_purged_when_full", WINDOW },
	{ "vmalloc_smp", "full_window_is_purged", WINDOW },
	{ "torture_*", "*", MEET },
	{ "*_smp", "*", MEET },
	{ "smp_*", "*", MEET },
	{ "lockdep*", "*", MEET },
	{ "mutex*", "*", MEET },
	{ "semaphore*", "*", MEET },
	{ "rwsem*", "*", MEET },
	{ "rwlock*", "*", MEET },
	{ "printk_thread*", "*", MEET },
	{ "kmap_sleep", "*", MEET },
	{ "mempool_sleep", "*", MEET },
	{ "sleep*", "*", MEET },
	{ "wait*", "*", MEET },
	{ "preempt*", "*", MEET },
	{ "irq_memory", "*", MEET },
	{ "tlb_shootdown", "*", MEET },
	{ "stale_mapping", "mapped_and_read_at_once", MEET },
	{ "delay", "*", DEVICE },
	{ "irq", "*", DEVICE },
	{ "irq_stack", "*", DEVICE },
	{ "ioapic", "*", DEVICE },
	{ "softirq", "*", DEVICE },
	{ "printk", "*", CONSOLE },
	{ "slabinfo", "*", TEXT },
	{ "vmallocinfo", "*", TEXT },
	{ "stacks", "table_has_all", TEXT },
};

static const char *why_left_out(const struct kunit_suite *suite,
				const struct kunit_case *test_case)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(left_out); i++) {
		if (glob_match(left_out[i].suite, suite->name) &&
		    glob_match(left_out[i].test_case, test_case->name))
			return left_out[i].reason;
	}
	return NULL;
}

/* ------------------------------------------------------------------ a case */

/* Prints what a run had printed; its lines are diagnostics already. */
static void show_run(const struct case_run *run, const char *text)
{
	const char *end;

	printk_raw(KERN_ERR "    # %s.%s: attempt %u failed: %s%s%s%s\n",
		   run->suite->name, run->test_case->name, run->fail_nth,
		   run->wrong & CASE_DIED ? " crash" : "",
		   run->wrong & CASE_LEAKED ? " leak" : "",
		   run->wrong & CASE_REPORTED ? " report" : "",
		   run->wrong & CASE_CONTEXT ? " locks or counts" : "");
	for (; (end = strchr(text, '\n')); text = end + 1)
		printk_raw(KERN_ERR "    # | %.*s\n", (int)(end - text), text);
}

static int lost; /* objects that nothing led to when the case gave up */

static void write_lost(const char *text, size_t size)
{
	printk_raw(KERN_ERR "%.*s", (int)size, text);
}

/* Called while the stack of the case is as it was at the assertion. */
static void find_lost(struct kunit *test)
{
	struct seq_file m;

	if (fault_nth_left() || irqs_disabled() || preempt_count())
		return;
	lost = kmemleak_scan_stamped(test->checks - 1);
	if (lost <= 0)
		return;
	seq_init_write(&m, write_lost);
	kmemleak_show(&m, NULL);
}

/* Where a run gave up, and what it left. */
struct given_up {
	struct kunit_loc at;
	unsigned int checks;
	long left[NR_STOCK];
};

/* A case's own losses: the same as of the run before that ended there. */
static bool own_loss(const struct case_run *run, struct given_up *last)
{
	const struct kunit *test = run->test;
	bool known = last->checks == test->checks &&
		     last->at.file == test->last_seen.file &&
		     last->at.line == test->last_seen.line;
	bool same = !memcmp(last->left, run->left, sizeof(run->left));

	if (!known) {
		last->at = test->last_seen;
		last->checks = test->checks;
		memcpy(last->left, run->left, sizeof(run->left));
	}
	return !known || same;
}

/* Runs once with attempt nth failed; counts what came of it. */
static void run_once(struct case_run *run, unsigned int nth,
		     struct given_up *last, struct sweep_stats *stats)
{
	bool failed_by_itself;
	const char *text;

	run->fail_nth = nth;
	run->test->priv = NULL;
	random_seed(nth);
	lost = 0;
	capture_begin();
	kmemleak_stamp(&run->test->checks);
	kunit_giving_up = find_lost;
	kunit_run_case(run, "");
	kunit_giving_up = NULL;
	kmemleak_stamp(NULL);
	text = capture_end();

	if (run->gave_up && own_loss(run, last) && lost <= 0) {
		stats->gave_up += !!(run->wrong & CASE_LEAKED);
		run->wrong &= ~CASE_LEAKED;
	}
	failed_by_itself = run->nth_left && run->test->status == KUNIT_FAILURE;
	stats->runs++;
	stats->injected += !run->nth_left && !run->own_nth;
	stats->crashes += !!(run->wrong & CASE_DIED);
	stats->leaks += !!(run->wrong & CASE_LEAKED);
	stats->others += !!(run->wrong & (CASE_REPORTED | CASE_CONTEXT)) ||
			 (failed_by_itself && !run->wrong);
	if (run->wrong || failed_by_itself)
		show_run(run, text);
}

/* How far to go on from the nth, of so many attempts. */
static unsigned int stride(unsigned int nth, unsigned int attempts)
{
	unsigned int dense = sweep_limit / 2;

	if (!sweep_limit || nth < dense || attempts <= sweep_limit)
		return 1;
	return DIV_ROUND_UP(attempts - dense, sweep_limit - dense);
}

/* One case, or one parameter of it. */
static void sweep_run(struct case_run *run, struct sweep_stats *stats)
{
	struct given_up last = { .checks = 0 };
	unsigned int attempts, nth;

	run_once(run, UINT_MAX, &last, stats);
	attempts = UINT_MAX - run->nth_left;
	if (run->test->status != KUNIT_SUCCESS || !attempts || run->own_nth)
		return;
	for (nth = sweep_first; nth <= sweep_last;
	     nth += stride(nth, attempts)) {
		run_once(run, nth, &last, stats);
		/* how many there are may change from run to run, a little */
		if (run->nth_left || nth / 2 > attempts)
			break;
	}
}

static void sweep_params(struct case_run *run, struct sweep_stats *stats)
{
	char desc[KUNIT_PARAM_DESC_SIZE] = "";
	struct kunit_case *test_case = run->test_case;
	const void *param;

	for (param = test_case->generate_params(NULL, desc); param;
	     param = test_case->generate_params(param, desc)) {
		run->test->param_value = param;
		sweep_run(run, stats);
		run->test->param_index++;
	}
}

static void sweep_case(struct kunit_suite *suite, struct kunit_case *test_case,
		       struct sweep_stats *stats)
{
	struct kunit test = { .priv = NULL };
	struct case_run run = {
		.test = &test,
		.suite = suite,
		.test_case = test_case,
	};

	stats->cases++;
	if (test_case->generate_params)
		sweep_params(&run, stats);
	else
		sweep_run(&run, stats);
}

/* ----------------------------------------------------------------- a suite */

static void stats_show(const char *name, const struct sweep_stats *stats)
{
	printk_raw(KERN_INFO
		   "# %s: %u cases, %u runs, %u failures injected, "
		   "%u leaks, %u crashes, %u others; %u gave up holding\n",
		   name, stats->cases, stats->runs, stats->injected,
		   stats->leaks, stats->crashes, stats->others, stats->gave_up);
}

static bool stats_bad(const struct sweep_stats *stats)
{
	return stats->leaks || stats->crashes || stats->others;
}

void kunit_sweep_total(const struct sweep_stats *total)
{
	stats_show("sweep", total);
}

static void sweep_cases(struct kunit_suite *suite,
			const struct kunit_filter *filter,
			struct sweep_stats *stats)
{
	struct kunit_case *test_case;
	const char *why;

	kunit_suite_for_each_test_case(suite, test_case) {
		if (!filter_matches(filter, suite, test_case))
			continue;
		why = why_left_out(suite, test_case);
		if (!why)
			sweep_case(suite, test_case, stats);
		else if (strscpy(suite->status_comment, why,
				 sizeof(suite->status_comment)))
			stats->left_out++;
	}
}

enum kunit_status kunit_sweep_suite(struct kunit_suite *suite,
				    const struct kunit_filter *filter,
				    unsigned int number,
				    struct sweep_stats *total)
{
	unsigned int floor = printk_raw_floor(capture_depth());
	enum kunit_status status = KUNIT_SUCCESS;
	struct sweep_stats stats = { 0 };

	if (!kunit_suite_begin(suite))
		sweep_cases(suite, filter, &stats);
	kunit_suite_end(suite);

	if (suite->suite_init_err || stats_bad(&stats))
		status = KUNIT_FAILURE;
	else if (!stats.cases)
		status = KUNIT_SKIPPED;
	if (stats.cases)
		stats_show(suite->name, &stats);
	report_result("", status, number, suite->name, suite->status_comment);
	printk_raw_floor(floor);
	total->cases += stats.cases;
	total->left_out += stats.left_out;
	total->runs += stats.runs;
	total->injected += stats.injected;
	total->leaks += stats.leaks;
	total->crashes += stats.crashes;
	total->others += stats.others;
	total->gave_up += stats.gave_up;
	return status;
}

static int __init limit_setup(char *arg)
{
	return arg ? kstrtouint(arg, 0, &sweep_limit) : -EINVAL;
}
early_param("sweep.limit", limit_setup);

static int __init first_setup(char *arg)
{
	return arg ? kstrtouint(arg, 0, &sweep_first) : -EINVAL;
}
early_param("sweep.first", first_setup);

static int __init last_setup(char *arg)
{
	return arg ? kstrtouint(arg, 0, &sweep_last) : -EINVAL;
}
early_param("sweep.last", last_setup);
