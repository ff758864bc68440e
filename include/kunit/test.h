/* SPDX-License-Identifier: MIT */
/*
 * KUnit: tests inside the kernel, with the macros of Linux's framework of
 * that name, so that a test written for Linux compiles here.
 *
 * A case is a function; a suite is an array of cases with optional
 * functions around each case (init, exit) and around all (suite_init,
 * suite_exit). Results are printed as KTAP version 1. docs/writing-tests.md
 * shows how to write one.
 */
#ifndef _KUNIT_TEST_H
#define _KUNIT_TEST_H

#include <kunit/assert.h>
#include <kunit/try-catch.h>
#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kconfig.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/types.h>
#include <quire/capture.h>

#define KUNIT_PARAM_DESC_SIZE     128
#define KUNIT_STATUS_COMMENT_SIZE 256
#define KUNIT_INDENT_LEN          4
#define KUNIT_SUBTEST_INDENT      "    "
#define KUNIT_SUBSUBTEST_INDENT   "        "

enum kunit_status {
	KUNIT_SUCCESS,
	KUNIT_FAILURE,
	KUNIT_SKIPPED,
};

enum kunit_speed {
	KUNIT_SPEED_UNSET,
	KUNIT_SPEED_VERY_SLOW,
	KUNIT_SPEED_SLOW,
	KUNIT_SPEED_NORMAL,
	KUNIT_SPEED_MAX = KUNIT_SPEED_NORMAL,
};

struct kunit_attributes {
	enum kunit_speed speed;
};

/* One case. An array of them ends with an empty one. */
struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
	/* The parameter after prev (NULL: the first); NULL at the end. */
	const void *(*generate_params)(const void *prev, char *desc);
	struct kunit_attributes attr;

	/* The framework's own: */
	enum kunit_status status;
	char *module_name;
	char *log;
};

/* Cases that belong together. */
struct kunit_suite {
	const char name[256];
	int (*suite_init)(struct kunit_suite *suite);
	void (*suite_exit)(struct kunit_suite *suite);
	int (*init)(struct kunit *test); /* not 0: the case fails */
	void (*exit)(struct kunit *test);
	struct kunit_case *test_cases;
	struct kunit_attributes attr;

	/* The framework's own: */
	char status_comment[KUNIT_STATUS_COMMENT_SIZE];
	char *log;
	int suite_init_err;
	bool is_init;
};

/* A case (or one parameter of it) while it runs. */
struct kunit {
	void *priv; /* the test's own */

	const char *name;
	char *log;
	struct kunit_try_catch try_catch;
	const void *param_value;
	int param_index;
	spinlock_t lock;
	enum kunit_status status;   /* final when the case has ended */
	struct list_head resources; /* [lock] newest last */
	char status_comment[KUNIT_STATUS_COMMENT_SIZE];
	struct kunit_loc last_seen; /* the check passed through last */
	unsigned int checks;        /* passed through so far */
};

static inline void kunit_set_failure(struct kunit *test)
{
	test->status = KUNIT_FAILURE;
}

#define KUNIT_CASE(test_name)                             \
	{                                                 \
		.run_case = test_name, .name = #test_name \
	}

#define KUNIT_CASE_ATTR(test_name, attributes)                                \
	{                                                                     \
		.run_case = test_name, .name = #test_name, .attr = attributes \
	}

#define KUNIT_CASE_SLOW(test_name)                         \
	{                                                  \
		.run_case = test_name, .name = #test_name, \
		.attr.speed = KUNIT_SPEED_SLOW             \
	}

#define KUNIT_CASE_PARAM(test_name, gen_params)            \
	{                                                  \
		.run_case = test_name, .name = #test_name, \
		.generate_params = gen_params              \
	}

#define KUNIT_CASE_PARAM_ATTR(test_name, gen_params, attributes)  \
	{                                                         \
		.run_case = test_name, .name = #test_name,        \
		.generate_params = gen_params, .attr = attributes \
	}

/*
 * Defines name_gen_params(), which gives a pointer to each element of an
 * array; get_desc (may be NULL) writes its description.
 */
#define KUNIT_ARRAY_PARAM(name, array, get_desc)                             \
	static const void *name##_gen_params(const void *prev, char *desc)   \
	{                                                                    \
		typeof((array)[0]) *next = prev ? ((typeof(next))prev) + 1 : \
						  (array);                   \
		void (*__get_desc)(typeof(next), char *) = get_desc;         \
                                                                             \
		if (next - (array) >= ARRAY_SIZE((array)))                   \
			return NULL;                                         \
		if (__get_desc)                                              \
			__get_desc(next, desc);                              \
		return next;                                                 \
	}

/* The same, where a member of the element is its description. */
#define KUNIT_ARRAY_PARAM_DESC(name, array, desc_member)                     \
	static const void *name##_gen_params(const void *prev, char *desc)   \
	{                                                                    \
		typeof((array)[0]) *next = prev ? ((typeof(next))prev) + 1 : \
						  (array);                   \
                                                                             \
		if (next - (array) >= ARRAY_SIZE((array)))                   \
			return NULL;                                         \
		strscpy(desc, next->desc_member, KUNIT_PARAM_DESC_SIZE);     \
		return next;                                                 \
	}

#define __kunit_test_suites(section, unique, ...)              \
	static struct kunit_suite *unique[]                    \
		__attribute__((__used__, __section__(section), \
			       __aligned__(sizeof(void *)))) = { __VA_ARGS__ }

/* Registers suites, given by address; they run with the next "test". */
#define kunit_test_suites(__suites...)                                      \
	__kunit_test_suites(".kunit_test_suites", __UNIQUE_ID(kunit_array), \
			    ##__suites)
#define kunit_test_suite(suite) kunit_test_suites(&suite)

/*
 * For suites that use __init functions or data: the word "test" runs them
 * before that memory is given back, the console cannot run them any more.
 */
#define kunit_test_init_section_suites(__suites...)    \
	__kunit_test_suites(".kunit_init_test_suites", \
			    __UNIQUE_ID(kunit_array), ##__suites)
#define kunit_test_init_section_suite(suite) \
	kunit_test_init_section_suites(&suite)

#define kunit_suite_for_each_test_case(suite, test_case) \
	for (test_case = (suite)->test_cases; test_case->run_case; test_case++)

const char *kunit_status_to_ok_not_ok(enum kunit_status status);

/* False after kunit.enable=0. */
bool kunit_enabled(void);

/* Prepares a struct kunit that is not run by the framework. */
void kunit_init_test(struct kunit *test, const char *name, char *log);

/* Runs one suite and prints its KTAP. Returns 0. */
int kunit_run_tests(struct kunit_suite *suite);

/* Frees the resources of a test, the newest first. */
void kunit_cleanup(struct kunit *test);

size_t kunit_suite_num_test_cases(struct kunit_suite *suite);
enum kunit_status kunit_suite_has_succeeded(struct kunit_suite *suite);

/*
 * Runs (or lists) what the command line's kunit.* words select, as one KTAP
 * stream: the suites of init sections first, while boot is not over, then
 * all others. Returns 0, 1 if anything failed, or -ENOENT if nothing was
 * selected. May sleep.
 */
void kunit_run_init_tests(void);
int kunit_run_all_tests(void);

/* The same, but each case again and again with failing allocations. */
int kunit_sweep(void);

/* Selects by "SUITE.CASE", like kunit.filter_glob=. 0 or -EINVAL. */
int kunit_select(const char *glob);

/*
 * Runs the cases that match "SUITE" or "SUITE.CASE" (globs). Returns 0, 1 if
 * any failed, or -ENOENT if nothing matches. May sleep.
 */
int kunit_run_glob(const char *glob);

/* The same, of these only cases like "speed>slow" (NULL: of any speed). */
int kunit_run_filtered(const char *glob, const char *attr);

/* Memory that is freed when the case ends. NULL without memory. */
void *kunit_kmalloc_array(struct kunit *test, size_t n, size_t size, gfp_t gfp);

static inline void *kunit_kmalloc(struct kunit *test, size_t size, gfp_t gfp)
{
	return kunit_kmalloc_array(test, 1, size, gfp);
}

static inline void *kunit_kzalloc(struct kunit *test, size_t size, gfp_t gfp)
{
	return kunit_kmalloc(test, size, gfp | __GFP_ZERO);
}

static inline void *kunit_kcalloc(struct kunit *test, size_t n, size_t size,
				  gfp_t gfp)
{
	return kunit_kmalloc_array(test, n, size, gfp | __GFP_ZERO);
}

/* Frees such memory before the case ends. */
void kunit_kfree(struct kunit *test, const void *ptr);

/* Ends (kunit_skip) or marks a case, or marks a suite, as skipped. */
#define kunit_mark_skipped(test_or_suite, fmt, ...)                       \
	do {                                                              \
		(test_or_suite)->status = KUNIT_SKIPPED;                  \
		scnprintf((test_or_suite)->status_comment,                \
			  KUNIT_STATUS_COMMENT_SIZE, fmt, ##__VA_ARGS__); \
	} while (0)

#define kunit_skip(test_or_suite, fmt, ...)                              \
	do {                                                             \
		kunit_mark_skipped((test_or_suite), fmt, ##__VA_ARGS__); \
		kunit_try_catch_throw(&((test_or_suite)->try_catch));    \
	} while (0)

/* Diagnostics of a case: "    # NAME: text", whatever the log level. */
#define kunit_log(lvl, test_or_suite, fmt, ...) \
	printk_raw(lvl fmt, ##__VA_ARGS__)
#define kunit_printk(lvl, test, fmt, ...)                                     \
	kunit_log(lvl, test, KUNIT_SUBTEST_INDENT "# %s: " fmt, (test)->name, \
		  ##__VA_ARGS__)
#define kunit_info(test, fmt, ...) \
	kunit_printk(KERN_INFO, test, fmt, ##__VA_ARGS__)
#define kunit_warn(test, fmt, ...) \
	kunit_printk(KERN_WARNING, test, fmt, ##__VA_ARGS__)
#define kunit_err(test, fmt, ...) \
	kunit_printk(KERN_ERR, test, fmt, ##__VA_ARGS__)

#include <kunit/expect.h>
#include <kunit/resource.h>

#endif
