// SPDX-License-Identifier: MIT
/*
 * executor.c - all suites of the image, chosen by the command line
 *
 *	test				run, report, power off (selftest.c)
 *	kunit.filter_glob=SUITE.CASE	only what matches
 *	kunit.filter=speed>slow		only cases of such a speed
 *	kunit.action=list		name the cases instead of running them
 *	kunit.enable=0			run nothing
 *	kunit.timeout=60		seconds for a case (120); 0: no limit
 *	kunit.stats_enabled=0		no "# Totals" lines (2: always)
 */
#include "internal.h"
#include <asm/sections.h>
#include <linux/init.h>
#include <linux/kernel.h>

/* Pointers that the linker has gathered. */
struct suites {
	struct kunit_suite *const *begin;
	struct kunit_suite *const *end;
};

static const struct suites init_suites = {
	__start_kunit_init_test_suites,
	__stop_kunit_init_test_suites,
};
static const struct suites all_suites = {
	__start_kunit_test_suites,
	__stop_kunit_test_suites,
};

/* One KTAP stream. */
struct run {
	const struct kunit_filter *filter;
	unsigned int planned; /* suites */
	unsigned int done;
	bool started; /* the plan has been printed */
	bool failed;
	bool sweep; /* see sweep.c */
	struct sweep_stats stats;
};

static struct kunit_filter boot_filter;
static struct run boot_run = { .filter = &boot_filter };
static bool enabled = true;
static bool list_only;

bool kunit_enabled(void)
{
	return enabled;
}

static unsigned int count_suites(const struct suites *suites,
				 const struct kunit_filter *filter)
{
	struct kunit_suite *const *suite;
	unsigned int count = 0;

	for (suite = suites->begin; suite < suites->end; suite++)
		count += filter_count(filter, *suite) != 0;
	return count;
}

static void start(struct run *run)
{
	if (run->started)
		return;
	run->started = true;
	printk_raw(KERN_INFO "KTAP version 1\n");
	if (!list_only)
		printk_raw(KERN_INFO "1..%u\n", run->planned);
}

static enum kunit_status run_suite(struct run *run, struct kunit_suite *suite)
{
	if (IS_ENABLED(CONFIG_DEBUG) && run->sweep)
		return kunit_sweep_suite(suite, run->filter, ++run->done,
					 &run->stats);
	return kunit_run_suite(suite, run->filter, ++run->done);
}

static void run_suites(struct run *run, const struct suites *suites)
{
	struct kunit_suite *const *suite;

	for (suite = suites->begin; suite < suites->end; suite++) {
		if (!filter_count(run->filter, *suite))
			continue;
		if (run_suite(run, *suite) == KUNIT_FAILURE)
			run->failed = true;
	}
}

static void list_suite(struct run *run, struct kunit_suite *suite)
{
	struct kunit_case *test_case;

	kunit_suite_for_each_test_case(suite, test_case) {
		if (filter_matches(run->filter, suite, test_case))
			printk_raw(KERN_INFO "%s.%s\n", suite->name,
				   test_case->name);
	}
}

static void run_or_list(struct run *run, const struct suites *suites)
{
	struct kunit_suite *const *suite;

	start(run);
	if (!list_only) {
		run_suites(run, suites);
		return;
	}
	for (suite = suites->begin; suite < suites->end; suite++)
		list_suite(run, *suite);
}

void __init kunit_run_init_tests(void)
{
	unsigned int count = count_suites(&init_suites, &boot_filter);

	boot_run.planned = count + count_suites(&all_suites, &boot_filter);
	if (enabled && count)
		run_or_list(&boot_run, &init_suites);
}

int kunit_run_all_tests(void)
{
	if (!enabled) {
		printk_raw(KERN_INFO "kunit: disabled\n");
		return 0;
	}
	if (!boot_run.planned)
		return -ENOENT;
	run_or_list(&boot_run, &all_suites);
	return boot_run.failed;
}

int kunit_sweep(void)
{
	int err;

	if (!IS_ENABLED(CONFIG_DEBUG)) {
		printk_raw(KERN_ERR "sweep: the checked kernel only\n");
		return -EOPNOTSUPP;
	}
	boot_run.planned = count_suites(&all_suites, &boot_filter);
	boot_run.sweep = true;
	err = kunit_run_all_tests();
	kunit_sweep_total(&boot_run.stats);
	return err;
}

int kunit_run_filtered(const char *glob, const char *attr)
{
	struct kunit_filter filter = { .speed_op = 0 };
	struct run run = { .filter = &filter };
	unsigned int floor;

	if (filter_parse_glob(&filter, glob) ||
	    (attr && filter_parse_attr(&filter, attr)))
		return -EINVAL;
	run.planned = count_suites(&all_suites, &filter);
	if (!run.planned)
		return -ENOENT;
	floor = printk_raw_floor(capture_depth());
	start(&run);
	run_suites(&run, &all_suites);
	printk_raw_floor(floor);
	return run.failed;
}

int kunit_run_glob(const char *glob)
{
	return kunit_run_filtered(glob, NULL);
}

int kunit_select(const char *glob)
{
	return filter_parse_glob(&boot_filter, glob);
}

static int __init filter_glob_setup(char *arg)
{
	return kunit_select(arg);
}
early_param("kunit.filter_glob", filter_glob_setup);

static int __init filter_setup(char *arg)
{
	return arg ? filter_parse_attr(&boot_filter, arg) : -EINVAL;
}
early_param("kunit.filter", filter_setup);

static int __init action_setup(char *arg)
{
	if (!arg || strcmp(arg, "list"))
		return -EINVAL;
	list_only = true;
	return 0;
}
early_param("kunit.action", action_setup);

static int __init enable_setup(char *arg)
{
	return arg ? kstrtobool(arg, &enabled) : -EINVAL;
}
early_param("kunit.enable", enable_setup);

static int __init stats_setup(char *arg)
{
	return arg ? kstrtoint(arg, 10, &kunit_stats_enabled) : -EINVAL;
}
early_param("kunit.stats_enabled", stats_setup);
