// SPDX-License-Identifier: MIT
/*
 * suite.c - running the cases of a suite
 *
 * One case (or one parameter of it) in order:
 *
 *	take stock            free pages, windows, locks, reports  (leak.c)
 *	the time begins       in which it must end             (deadline.c)
 *	  init(test),
 *	  run_case(test)      left early by a failed assertion, a skip or a
 *	                      fault: the rest is not run
 *	  exit(test)          always runs, guarded in the same way
 *	  resources           freed, the newest first
 *	take stock again      a difference fails the case
 *
 * What printk() says meanwhile becomes KTAP diagnostics ("    # ..."), so a
 * report or the dump of a fault never breaks the stream of results.
 *
 * Meanwhile the thread stays on its CPU, so that a case may look at what
 * belongs to one.
 *
 * Differs from Linux (lib/kunit/test.c): a case runs on the caller's stack
 * instead of in a thread of its own; the stock-taking.
 */
#include "internal.h"
#include <asm/setup.h>
#include <kunit/test-bug.h>
#include <linux/fault-inject.h>
#include <linux/panic.h>
#include <linux/sched.h>

static struct kunit *current_test;
static struct task_struct *current_runner;
static bool current_died; /* left by kunit_die() */

struct kunit *kunit_get_current_test(void)
{
	return current_test;
}

void kunit_die(const char *what)
{
	struct kunit *test = current_test;

	/* another thread's mistake is no place to jump back from */
	if (!test || !test->try_catch.back || current != current_runner)
		return;
	current_died = true;
	kunit_set_failure(test);
	kunit_err(test, "%s: the case ends here\n", what);
	kunit_try_catch_throw(&test->try_catch);
}

void kunit_init_test(struct kunit *test, const char *name, char *log)
{
	spin_lock_init(&test->lock);
	INIT_LIST_HEAD(&test->resources);
	test->name = name;
	test->log = log;
	test->status = KUNIT_SUCCESS;
	test->status_comment[0] = '\0';
	test->last_seen.file = NULL;
	test->checks = 0;
}

static void try_case(void *context)
{
	struct case_run *run = context;
	int err = 0;

	if (run->suite->init)
		err = run->suite->init(run->test);
	if (err) {
		kunit_set_failure(run->test);
		kunit_err(run->test, "failed to initialize: %d\n", err);
		return;
	}
	run->test_case->run_case(run->test);
}

static void try_exit(void *context)
{
	struct case_run *run = context;

	run->suite->exit(run->test);
}

static void try_cleanup(void *context)
{
	struct case_run *run = context;

	kunit_cleanup(run->test);
}

/* What failed has been said; where a fault was is told by the last check. */
static void catch_any(void *context)
{
	struct case_run *run = context;
	struct kunit *test = run->test;

	if (current_died && test->last_seen.file)
		kunit_err(test, "try faulted: last line seen %s:%d\n",
			  test->last_seen.file, test->last_seen.line);
}

static void on_fault(struct pt_regs *regs, const char *what)
{
	kunit_die(what);
}

static void guarded(struct case_run *run, kunit_try_catch_func_t func)
{
	fault_hook_t outer = fault_hook;
	struct kunit *test = run->test;

	fault_hook = on_fault;
	kunit_try_catch_init(&test->try_catch, test, func, catch_any);
	kunit_try_catch_run(&test->try_catch, run);
	fault_hook = outer;
}

/* Ends captures that the case left open, and shows what they held. */
static void close_captures(struct kunit *test, unsigned int depth)
{
	while (capture_depth() > depth) {
		const char *text = capture_end();

		kunit_set_failure(test);
		kunit_err(test, "ended inside a capture, which held:\n");
		printk("%s\n", text);
	}
}

/* The case alone, one of its allocations failed if that is asked for. */
static void run_body(struct case_run *run)
{
	fault_nth_arm(run->fail_nth);
	guarded(run, try_case);
	run->gave_up = run->test->try_catch.try_result && !current_died;
	run->nth_left = fault_nth_disarm(&run->own_nth);
}

void kunit_run_case(struct case_run *run, const char *prefix)
{
	struct kunit *outer = current_test, *test = run->test;
	unsigned int floor = printk_raw_floor(capture_depth());
	bool outer_died = current_died;
	struct kunit_snapshot before;
	const char *old_prefix;
	struct cpumask cpus;

	kunit_init_test(test, run->test_case->name, NULL);
	old_prefix = printk_set_prefix(prefix);
	cpumask_copy(&cpus, &current->cpus_mask);
	set_cpus_allowed_ptr(current, cpumask_of(raw_smp_processor_id()));
	kunit_snapshot_take(&before);
	current_test = test;
	current_runner = current;
	current_died = false;

	if (!outer)
		kunit_deadline_begin(run->suite->name, test->name);
	run_body(run);
	close_captures(test, before.captures);
	if (run->suite->exit)
		guarded(run, try_exit);
	guarded(run, try_cleanup);
	if (!outer)
		kunit_deadline_end();
	close_captures(test, before.captures);

	run->wrong = kunit_snapshot_check(test, &before, current_died);
	kunit_snapshot_left(&before, run->left);
	if (current_died)
		run->wrong |= CASE_DIED;
	set_cpus_allowed_ptr(current, &cpus);
	current_test = outer;
	current_died = outer_died;
	printk_set_prefix(old_prefix);
	printk_raw_floor(floor);
}

/* The case has the worst status of its runs. */
static void merge_status(struct kunit_case *test_case, enum kunit_status status)
{
	if (status == KUNIT_FAILURE || test_case->status == KUNIT_SKIPPED)
		test_case->status = status;
}

static void run_params(struct case_run *run, struct kunit_stats *stats)
{
	struct kunit_case *test_case = run->test_case;
	char desc[KUNIT_PARAM_DESC_SIZE] = "";
	struct kunit *test = run->test;

	report_subtest(KUNIT_SUBSUBTEST_INDENT, test_case->name);
	test->param_value = test_case->generate_params(NULL, desc);
	while (test->param_value) {
		kunit_run_case(run, KUNIT_SUBSUBTEST_INDENT "# ");
		if (!desc[0])
			snprintf(desc, sizeof(desc), "param-%d",
				 test->param_index);
		report_result(KUNIT_SUBSUBTEST_INDENT, test->status,
			      test->param_index + 1, desc,
			      test->status_comment);
		stats_count(stats, test->status);
		merge_status(test_case, test->status);

		desc[0] = '\0';
		test->param_value =
			test_case->generate_params(test->param_value, desc);
		test->param_index++;
	}
	stats_print(KUNIT_SUBTEST_INDENT, test_case->name, stats);
}

/* Runs a case and prints its result. Returns the status. */
static enum kunit_status run_one(struct kunit_suite *suite,
				 struct kunit_case *test_case,
				 unsigned int number,
				 struct kunit_stats *totals)
{
	struct kunit test = { .priv = NULL };
	struct case_run run = {
		.test = &test,
		.suite = suite,
		.test_case = test_case,
	};
	struct kunit_stats stats = { 0 };

	test_case->status = KUNIT_SKIPPED;
	if (test_case->generate_params) {
		run_params(&run, &stats);
	} else {
		kunit_run_case(&run, KUNIT_SUBTEST_INDENT "# ");
		stats_count(&stats, test.status);
		merge_status(test_case, test.status);
	}
	report_result(KUNIT_SUBTEST_INDENT, test_case->status, number,
		      test_case->name, test.status_comment);
	stats_add(totals, &stats);
	return test_case->status;
}

static enum kunit_status status_of(const struct kunit_stats *stats)
{
	if (stats->failed)
		return KUNIT_FAILURE;
	return stats->passed ? KUNIT_SUCCESS : KUNIT_SKIPPED;
}

static enum kunit_status run_cases(struct kunit_suite *suite,
				   const struct kunit_filter *filter)
{
	struct kunit_stats cases = { 0 }, totals = { 0 };
	struct kunit_case *test_case;
	unsigned int number = 0;

	report_subtest(KUNIT_SUBTEST_INDENT, suite->name);
	printk_raw(KERN_INFO KUNIT_SUBTEST_INDENT "1..%u\n",
		   filter_count(filter, suite));
	kunit_suite_for_each_test_case(suite, test_case) {
		if (!filter_matches(filter, suite, test_case))
			continue;
		stats_count(&cases,
			    run_one(suite, test_case, ++number, &totals));
	}
	stats_print("", suite->name, &cases);
	stats_print("", "Totals", &totals);
	return status_of(&cases);
}

int kunit_suite_begin(struct kunit_suite *suite)
{
	add_taint(TAINT_TEST, LOCKDEP_STILL_OK);
	suite->status_comment[0] = '\0';
	suite->suite_init_err = 0;
	if (suite->suite_init)
		suite->suite_init_err = suite->suite_init(suite);
	if (suite->suite_init_err)
		printk_raw(KERN_ERR "# %s: failed to initialize (%d)\n",
			   suite->name, suite->suite_init_err);
	return suite->suite_init_err;
}

void kunit_suite_end(struct kunit_suite *suite)
{
	if (suite->suite_exit)
		suite->suite_exit(suite);
}

enum kunit_status kunit_run_suite(struct kunit_suite *suite,
				  const struct kunit_filter *filter,
				  unsigned int number)
{
	unsigned int floor = printk_raw_floor(capture_depth());
	enum kunit_status status = KUNIT_FAILURE;

	if (!kunit_suite_begin(suite))
		status = run_cases(suite, filter);
	kunit_suite_end(suite);

	report_result("", status, number, suite->name, suite->status_comment);
	printk_raw_floor(floor);
	return status;
}

int kunit_run_tests(struct kunit_suite *suite)
{
	static const struct kunit_filter all;

	kunit_run_suite(suite, &all, 1);
	return 0;
}

size_t kunit_suite_num_test_cases(struct kunit_suite *suite)
{
	struct kunit_case *test_case;
	size_t count = 0;

	kunit_suite_for_each_test_case(suite, test_case)
		count++;
	return count;
}

enum kunit_status kunit_suite_has_succeeded(struct kunit_suite *suite)
{
	struct kunit_stats stats = { 0 };
	struct kunit_case *test_case;

	if (suite->suite_init_err)
		return KUNIT_FAILURE;
	kunit_suite_for_each_test_case(suite, test_case)
		stats_count(&stats, test_case->status);
	return status_of(&stats);
}
