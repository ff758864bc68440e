#ifndef _LINUX_LOCKDEP_H
#define _LINUX_LOCKDEP_H

#include <linux/bug.h>
#include <linux/kconfig.h>
#include <linux/spinlock_types.h>

/*
 * "The caller holds this lock", checked in debug builds. Works for every
 * lock that has an is_locked form in its type's name; l is a pointer.
 */
#define lockdep_assert(cond) do {					\
	if (IS_ENABLED(CONFIG_DEBUG))					\
		WARN_ON(!(cond));					\
} while (0)

#define __lock_is_held(l) _Generic((l),					\
	struct spinlock *: ((struct lock_debug *)(l))->depth,		\
	struct raw_spinlock *: ((struct lock_debug *)(l))->depth,	\
	default: true)

#define lockdep_is_held(l) \
	(!IS_ENABLED(CONFIG_DEBUG) || __lock_is_held(l))
#define lockdep_assert_held(l) lockdep_assert(__lock_is_held(l))
#define lockdep_assert_irqs_disabled() lockdep_assert(irqs_disabled())
#define lockdep_assert_irqs_enabled() lockdep_assert(!irqs_disabled())
#define lockdep_set_class(lock, key) do { (void)(key); } while (0)

struct lock_class_key {
	char unused;
};

#endif
