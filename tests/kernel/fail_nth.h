/* SPDX-License-Identifier: MIT */
/* Shared by tests that fail the first, second, ... attempt of a call. */
#ifndef _TESTS_FAIL_NTH_H
#define _TESTS_FAIL_NTH_H

#include <kunit/test.h>
#include <linux/fault-inject.h>
#include <linux/kconfig.h>

/* Ends the case where nothing can be failed. */
static inline void fail_nth_begin(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "attempts fail in debug builds only");
}

/* No attempt fails from here on. */
static inline void fail_nth_end(struct kunit *test)
{
	fault_nth_set(0);
}

#endif
