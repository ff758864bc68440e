/* SPDX-License-Identifier: MIT */
/*
 * For cases that a kernel with KASAN cannot pass: they touch what is free, or
 * beyond its end, and other checks have to find it; or they count on a freed
 * object being the next to be handed out, and on its size to the byte.
 */
#ifndef _TESTS_KERNEL_KASAN_SKIP_H
#define _TESTS_KERNEL_KASAN_SKIP_H

#include <kunit/test.h>
#include <linux/kconfig.h>

/* Ends the case (or, from a suite's init, all of them) as skipped. */
static inline void skip_with_kasan(struct kunit *test, const char *why)
{
	if (IS_ENABLED(CONFIG_KASAN))
		kunit_skip(test, "with KASAN %s", why);
}

#endif
