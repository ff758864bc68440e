// SPDX-License-Identifier: MIT
/*
 * report.c - KTAP version 1
 *
 *	KTAP version 1
 *	1..2
 *	    KTAP version 1
 *	    # Subtest: buddy_merge
 *	    1..2
 *	    ok 1 pair
 *	        KTAP version 1
 *	        # Subtest: every_order
 *	        ok 1 order 0
 *	        ok 2 order 1
 *	    # every_order: pass:2 fail:0 skip:0 total:2
 *	    ok 2 every_order
 *	# buddy_merge: pass:2 fail:0 skip:0 total:2
 *	# Totals: pass:3 fail:0 skip:0 total:3
 *	ok 1 buddy_merge
 *
 * All of it goes through printk_raw(): results come out at any log level.
 */
#include "internal.h"
#include <linux/printk.h>

int kunit_stats_enabled = 1;

const char *kunit_status_to_ok_not_ok(enum kunit_status status)
{
	return status == KUNIT_FAILURE ? "not ok" : "ok";
}

void stats_count(struct kunit_stats *stats, enum kunit_status status)
{
	switch (status) {
	case KUNIT_SUCCESS:
		stats->passed++;
		break;
	case KUNIT_FAILURE:
		stats->failed++;
		break;
	case KUNIT_SKIPPED:
		stats->skipped++;
		break;
	}
}

void stats_add(struct kunit_stats *stats, const struct kunit_stats *more)
{
	stats->passed += more->passed;
	stats->failed += more->failed;
	stats->skipped += more->skipped;
}

void stats_print(const char *indent, const char *name,
		 const struct kunit_stats *stats)
{
	unsigned long total = stats->passed + stats->failed + stats->skipped;

	if (!kunit_stats_enabled || (kunit_stats_enabled == 1 && total < 2))
		return;
	printk_raw(KERN_INFO "%s# %s: pass:%lu fail:%lu skip:%lu total:%lu\n",
		   indent, name, stats->passed, stats->failed, stats->skipped,
		   total);
}

void report_result(const char *indent, enum kunit_status status,
		   unsigned int number, const char *name, const char *comment)
{
	bool skipped = status == KUNIT_SKIPPED;

	printk_raw(KERN_INFO "%s%s %u %s%s%s\n", indent,
		   kunit_status_to_ok_not_ok(status), number, name,
		   skipped ? " # SKIP " : "", skipped ? comment : "");
}

void report_subtest(const char *indent, const char *name)
{
	printk_raw(KERN_INFO "%sKTAP version 1\n", indent);
	printk_raw(KERN_INFO "%s# Subtest: %s\n", indent, name);
}
