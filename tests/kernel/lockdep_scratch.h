/* SPDX-License-Identifier: MIT */
/*
 * Locks that are nothing but what the checker sees of them, each of a class
 * of its own that is forgotten after the case. A name is an index: A, B, ...
 */
#ifndef _TESTS_LOCKDEP_SCRATCH_H
#define _TESTS_LOCKDEP_SCRATCH_H

#include <kunit/test.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <quire/capture.h>
#include "../../kernel/locking/internal.h"

enum { A, B, C, D, FAKES };

struct fake_lock {
	struct lock_class_key key;
	struct lockdep_map dep_map;
};

static struct fake_lock *fake;

static inline int fakes_init(struct kunit *test)
{
	static const char *const names[] = { "fake_a", "fake_b", "fake_c",
					     "fake_d" };
	unsigned int i;

	fake = kcalloc(FAKES, sizeof(*fake), GFP_KERNEL);
	if (!fake)
		return -ENOMEM;
	for (i = 0; i < FAKES; i++) {
		lockdep_register_key(&fake[i].key);
		lockdep_init_map(&fake[i].dep_map, names[i], &fake[i].key, 0);
	}
	return 0;
}

static inline void fakes_exit(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < FAKES; i++)
		lockdep_unregister_key(&fake[i].key);
	kfree(fake);
}

static inline void take(unsigned int i)
{
	lock_acquire(&fake[i].dep_map, 0, 0, 0, 1, NULL, _RET_IP_);
}

static inline void take_nested(unsigned int i, unsigned int subclass)
{
	lock_acquire(&fake[i].dep_map, subclass, 0, 0, 1, NULL, _RET_IP_);
}

/* read: 1 shared, 2 shared and may recur */
static inline void take_read(unsigned int i, int read)
{
	lock_acquire(&fake[i].dep_map, 0, 0, read, 1, NULL, _RET_IP_);
}

static inline void try(unsigned int i)
{
	lock_acquire(&fake[i].dep_map, 0, 1, 0, 1, NULL, _RET_IP_);
}

static inline void give(unsigned int i)
{
	lock_release(&fake[i].dep_map, _RET_IP_);
}

/* Takes the first, then the second, and gives both back. */
static inline void pair(unsigned int first, unsigned int second)
{
	take(first);
	take(second);
	give(second);
	give(first);
}

/* Ends the capture; every word must stand in it. */
#define EXPECT_TOLD(test, ...) do {					\
	static const char *const __words[] = { __VA_ARGS__ };		\
	const char *__text = capture_end();				\
	unsigned int __i;						\
									\
	for (__i = 0; __i < ARRAY_SIZE(__words); __i++)			\
		KUNIT_EXPECT_NOT_NULL_MSG(test,				\
				strstr(__text, __words[__i]),		\
				"no \"%s\" in: %s", __words[__i], __text);\
} while (0)

/* Ends the capture; nothing was said. */
#define EXPECT_SILENT(test) KUNIT_EXPECT_STREQ(test, capture_end(), "")

#endif
