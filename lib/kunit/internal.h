/* SPDX-License-Identifier: MIT */
/*
 * Between the files of KUnit: running (suite.c), choosing (executor.c,
 * filter.c), printing (report.c) and the check after each case (leak.c).
 */
#ifndef _LIB_KUNIT_INTERNAL_H
#define _LIB_KUNIT_INTERNAL_H

#include <kunit/test.h>

/* Which cases run. Empty globs match everything. */
struct kunit_filter {
	char suite[64];
	char cases[64];
	char speed_op; /* '<' '>' '=' '!', or 0: any speed */
	bool or_equal; /* "<=" or ">=" */
	enum kunit_speed speed;
};

/*
 * Sets the globs from "SUITE" or "SUITE.CASE". -EINVAL if too long. A NULL
 * or empty text matches all.
 */
int filter_parse_glob(struct kunit_filter *filter, const char *text);

/* Sets the speed from "speed>slow" and the like. 0 or -EINVAL. */
int filter_parse_attr(struct kunit_filter *filter, const char *text);

bool filter_matches(const struct kunit_filter *filter,
		    const struct kunit_suite *suite,
		    const struct kunit_case *test_case);

/* The cases of a suite that match. */
unsigned int filter_count(const struct kunit_filter *filter,
			  const struct kunit_suite *suite);

struct kunit_stats {
	unsigned long passed;
	unsigned long failed;
	unsigned long skipped;
};

void stats_count(struct kunit_stats *stats, enum kunit_status status);
void stats_add(struct kunit_stats *stats, const struct kunit_stats *more);

/* "# NAME: pass:P fail:F skip:S total:T" after indent, if it is worth it. */
void stats_print(const char *indent, const char *name,
		 const struct kunit_stats *stats);

/* kunit.stats_enabled=: 0 never, 1 where there is more than one, 2 always. */
extern int kunit_stats_enabled;

/* "ok N NAME # SKIP COMMENT" after indent. */
void report_result(const char *indent, enum kunit_status status,
		   unsigned int number, const char *name, const char *comment);

/* Opens a level: "KTAP version 1" and "# Subtest: NAME" after indent. */
void report_subtest(const char *indent, const char *name);

/* Runs what matches of one suite and prints it as result number. */
enum kunit_status kunit_run_suite(struct kunit_suite *suite,
				  const struct kunit_filter *filter,
				  unsigned int number);

/*
 * The time of a case, for the outermost one that runs; its end comes before the
 * stock is taken again. Process context. deadline.c.
 */
void kunit_deadline_begin(const char *suite, const char *name);
void kunit_deadline_end(void);

/* Between the cases of a suite, its own functions: 0 or their error. */
int kunit_suite_begin(struct kunit_suite *suite);
void kunit_suite_end(struct kunit_suite *suite);

/* What was wrong when a case had ended, beside what it checks itself. */
#define CASE_DIED	0x1	/* it was left by a fault, or BUG() */
#define CASE_LEAKED	0x2
#define CASE_REPORTED	0x4	/* a WARN() and the like, unexpected */
#define CASE_CONTEXT	0x8	/* locks, interrupts or preempt_count */

/* Kinds of things that must not be left behind: see leak.c. */
#define NR_STOCK 12

/* One run of a case. */
struct case_run {
	struct kunit *test;
	struct kunit_suite *suite;
	struct kunit_case *test_case;
	unsigned int fail_nth;	/* the attempt that is failed; 0: none */
	unsigned int nth_left;	/* 0 if it was */
	unsigned int wrong;	/* CASE_ */
	bool own_nth;		/* it has failed attempts for itself */
	bool gave_up;		/* a failed assertion, or a skip, ended it */
	long left[NR_STOCK];	/* what it left of each kind */
};

/*
 * Called, unless NULL, when an assertion of a case has failed, before its
 * stack is left.
 */
extern void (*kunit_giving_up)(struct kunit *test);

/* Runs it and looks at what it left; test->status is the result. */
void kunit_run_case(struct case_run *run, const char *prefix);

/* sweep.c: what came of failing allocations. */
struct sweep_stats {
	unsigned int cases;
	unsigned int left_out;	/* cases */
	unsigned int runs;
	unsigned int injected;	/* runs in which an attempt was failed */
	unsigned int leaks;	/* runs with ... */
	unsigned int crashes;
	unsigned int gave_up;	/* runs that lost what the case itself held */
	unsigned int others;	/* reports, locks, counts; failing unaided */
};

/* Sweeps what matches of one suite, prints it as result number, adds up. */
enum kunit_status kunit_sweep_suite(struct kunit_suite *suite,
				    const struct kunit_filter *filter,
				    unsigned int number,
				    struct sweep_stats *total);
void kunit_sweep_total(const struct sweep_stats *total);

/* What a case must leave as it found it. */
struct kunit_snapshot {
	unsigned long resource[NR_STOCK];
	unsigned long reports;     /* unexpected ones */
	unsigned int captures;
	unsigned int threads;
	int preempt;
	bool irqs_off;
	unsigned int locks; /* held by this thread */
};

/* Empties caches of free memory, then takes stock. May sleep. */
void kunit_snapshot_take(struct kunit_snapshot *snap);

/*
 * Takes stock again: each difference fails the test with a message. Counts
 * and interrupts are put back; after a fault (died) that is not held against
 * the test. Returns what was wrong, of CASE_. May sleep.
 */
unsigned int kunit_snapshot_check(struct kunit *test,
				  const struct kunit_snapshot *before,
				  bool died);

/* What is there now beyond what was, of each kind. */
void kunit_snapshot_left(const struct kunit_snapshot *before, long *left);

#endif
