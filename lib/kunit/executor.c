// SPDX-License-Identifier: MIT
/*
 * executor.c - all suites of the image, chosen by the command line
 *
 *	test				run, report, power off (selftest.c)
 *	kunit.filter_glob=SUITE.CASE	only what matches
 *	kunit.filter=speed>slow		only cases of such a speed
 *	kunit.action=list		name the cases instead of running them
 *	kunit.enable=0			run nothing
 *	kunit.stats_enabled=0		no "# Totals" lines (2: always)
 */
#include "internal.h"
#include <asm/sections.h>
#include <linux/init.h>
#include <linux/kernel.h>

#define for_each_kunit_suite(suite)					\
	for (suite = __start_kunit_test_suites;				\
	     suite < __stop_kunit_test_suites; suite++)

static struct kunit_filter boot_filter;
static bool enabled = true;
static bool list_only;

bool kunit_enabled(void)
{
	return enabled;
}

static unsigned int count_suites(const struct kunit_filter *filter)
{
	struct kunit_suite *const *suite;
	unsigned int count = 0;

	for_each_kunit_suite(suite)
		count += filter_count(filter, *suite) != 0;
	return count;
}

static int run_matching(const struct kunit_filter *filter)
{
	unsigned int number = 0, floor = printk_raw_floor(capture_depth());
	struct kunit_suite *const *suite;
	int failed = 0;

	printk_raw(KERN_INFO "KTAP version 1\n");
	printk_raw(KERN_INFO "1..%u\n", count_suites(filter));
	for_each_kunit_suite(suite) {
		if (!filter_count(filter, *suite))
			continue;
		if (kunit_run_suite(*suite, filter, ++number) ==
		    KUNIT_FAILURE)
			failed = 1;
	}
	printk_raw_floor(floor);
	return failed;
}

static void list_matching(const struct kunit_filter *filter)
{
	struct kunit_suite *const *suite;
	struct kunit_case *test_case;

	printk_raw(KERN_INFO "KTAP version 1\n");
	for_each_kunit_suite(suite) {
		kunit_suite_for_each_test_case(*suite, test_case) {
			if (filter_matches(filter, *suite, test_case))
				printk_raw(KERN_INFO "%s.%s\n",
					   (*suite)->name, test_case->name);
		}
	}
}

int kunit_run_all_tests(void)
{
	if (!enabled) {
		printk_raw(KERN_INFO "kunit: disabled\n");
		return 0;
	}
	if (list_only) {
		list_matching(&boot_filter);
		return 0;
	}
	return run_matching(&boot_filter);
}

int kunit_run_filtered(const char *glob, const char *attr)
{
	struct kunit_filter filter = { .speed_op = 0 };

	if (filter_parse_glob(&filter, glob))
		return -EINVAL;
	if (attr && filter_parse_attr(&filter, attr))
		return -EINVAL;
	if (!count_suites(&filter))
		return -ENOENT;
	return run_matching(&filter);
}

int kunit_run_glob(const char *glob)
{
	return kunit_run_filtered(glob, NULL);
}

static int __init filter_glob_setup(char *arg)
{
	return filter_parse_glob(&boot_filter, arg);
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
