/* SPDX-License-Identifier: MIT */
/* A freed object that a test touches on purpose, in a kernel with KASAN. */
#ifndef _TESTS_KERNEL_KASAN_FREED_H
#define _TESTS_KERNEL_KASAN_FREED_H

#include <linux/slab.h>

#include "kasan_expect.h"

#define EXPECT_FREED(test, expression)					\
	EXPECT_KASAN(test, "slab-use-after-free", expression)

#define FREED_SIZE 64
static char __poison[FREED_SIZE];

/* A freed object. The checks of slabs want it back as it is: restore(). */
static inline void *freed_object(struct kunit *test)
{
	void *p = kmalloc(FREED_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	kfree(p);
	(memcpy)(__poison, p, FREED_SIZE);
	return p;
}

static inline void restore(void *p)
{
	(memcpy)(p, __poison, FREED_SIZE);
}

#endif
