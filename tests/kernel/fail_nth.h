/* SPDX-License-Identifier: MIT */
/* Shared by tests that fail the first, second, ... attempt of a call. */
#ifndef _TESTS_FAIL_NTH_H
#define _TESTS_FAIL_NTH_H

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/fault-inject.h>
#include <linux/kconfig.h>

static inline void fail_nth_set_knobs(struct kunit *test,
				      const char *const (*knobs)[2],
				      unsigned int nr)
{
	struct fault_attr *attr;
	char why[64];

	for (; nr; nr--, knobs++) {
		attr = fault_attr_find((*knobs)[0]);
		KUNIT_ASSERT_NOT_NULL(test, attr);
		KUNIT_ASSERT_EQ(test,
				fault_attr_set(attr, (*knobs)[1], why,
					       sizeof(why)),
				0);
	}
}

/*
 * From here on fault_nth_set() counts every attempt, also of who may wait.
 * Ends the case where nothing can be failed.
 */
static inline void fail_nth_begin(struct kunit *test)
{
	static const char *const knobs[][2] = {
		{ "failslab", "ignore-gfp-wait=0" },
		{ "fail_page_alloc", "ignore-gfp-wait=0" },
		{ "fail_page_alloc", "ignore-gfp-highmem=0" },
		{ "fail_page_alloc", "min-order=0" },
	};

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "attempts fail in debug builds only");
	fail_nth_set_knobs(test, knobs, ARRAY_SIZE(knobs));
}

static inline void fail_nth_end(struct kunit *test)
{
	static const char *const knobs[][2] = {
		{ "failslab", "ignore-gfp-wait=1" },
		{ "fail_page_alloc", "ignore-gfp-wait=1" },
		{ "fail_page_alloc", "ignore-gfp-highmem=1" },
		{ "fail_page_alloc", "min-order=1" },
	};

	fault_nth_set(0);
	fail_nth_set_knobs(test, knobs, ARRAY_SIZE(knobs));
}

#endif
