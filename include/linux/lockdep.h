/* SPDX-License-Identifier: MIT */
/*
 * The lock checker of debug builds. It learns from the locks that are taken,
 * whether or not anyone ever waits, which classes of locks are taken inside
 * which, and in which contexts; and reports an order that could lead to a
 * deadlock the first time it sees it, on one CPU as well as on many.
 *
 * All locks of <linux/spinlock.h>, <linux/mutex.h>, <linux/rwsem.h> and
 * <linux/seqlock.h> tell it what happens to them. What is found is printed,
 * taints the kernel, and does not stop it. Release builds have none of this.
 *
 * Whom two locks of one class must be told apart:
 *	spin_lock_nested(), mutex_lock_nested()	 taken inside one another
 *	lockdep_set_class()			 another kind altogether
 *	lockdep_set_novalidate_class()		 orders that cannot be told
 *
 * Any context, unless said otherwise; NMIs are not followed.
 */
#ifndef _LINUX_LOCKDEP_H
#define _LINUX_LOCKDEP_H

#include <linux/bug.h>
#include <linux/instruction_pointer.h>
#include <linux/irqflags.h>
#include <linux/kconfig.h>
#include <linux/lockdep_types.h>

struct task_struct;
struct seq_file;

/* What lock_is_held() says. */
#define LOCK_STATE_UNKNOWN (-1)
#define LOCK_STATE_NOT_HELD 0
#define LOCK_STATE_HELD 1

#define SINGLE_DEPTH_NESTING 1

#ifdef CONFIG_DEBUG

extern struct lock_class_key __lockdep_no_validate__;

/* Prepares a lock. key must be static, or known by lockdep_register_key(). */
void lockdep_init_map(struct lockdep_map *lock, const char *name,
		      struct lock_class_key *key, int subclass);

/*
 * A lock is about to be taken (trylock: has been taken). read: 0 exclusive,
 * 1 shared, 2 shared also by who shares it already. check: 0, if only who
 * holds it matters. nest_lock: a held lock without which nobody takes two of
 * this class, or NULL. ip: by whom.
 */
void lock_acquire(struct lockdep_map *lock, unsigned int subclass, int trylock,
		  int read, int check, struct lockdep_map *nest_lock,
		  unsigned long ip);

/* A lock is about to be released. */
void lock_release(struct lockdep_map *lock, unsigned long ip);

/* From exclusive to shared, without a gap. */
void lock_downgrade(struct lockdep_map *lock, unsigned long ip);

/* A held lock goes on as one of another subclass: its partner was released. */
void lock_set_subclass(struct lockdep_map *lock, unsigned int subclass,
		       unsigned long ip);

/* LOCK_STATE_*. read: 0 exclusive, 1 shared, -1 either. */
int lock_is_held_type(const struct lockdep_map *lock, int read);

/* Between the two, what the thread does to locks is not looked at; nests. */
void lockdep_off(void);
void lockdep_on(void);

/*
 * A key in memory that may be freed: known from the first to the second,
 * which forgets its classes and all that was learnt of them. The locks of
 * the key must be gone by then.
 */
void lockdep_register_key(struct lock_class_key *key);
void lockdep_unregister_key(struct lock_class_key *key);

/* Locks that this thread holds; those of another are only printed. */
unsigned int lockdep_depth_current(void);
unsigned int lockdep_depth(const struct task_struct *task);
void debug_show_held_locks(struct task_struct *task);

/* The classes, one a line; and which is taken inside which. */
int lockdep_show(struct seq_file *m, void *unused);
int lockdep_order_show(struct seq_file *m, void *unused);

/* Memory is about to be freed: does this thread hold a lock in there? */
void debug_check_no_locks_freed(const void *from, unsigned long len);

/* This thread ends: does it hold a lock? */
void debug_check_no_locks_held(void);

/* Forgets locks held beyond depth: their code was left by a jump. */
void lockdep_drop(unsigned int depth);

/* A new thread holds nothing. */
void lockdep_init_task(struct held_locks *held);

#define lock_is_held(lock) lock_is_held_type(lock, -1)

#define lockdep_assert(cond) ((void)WARN_ON(!(cond)))
#define lockdep_is_held(l) lock_is_held(&(l)->dep_map)
#define lockdep_is_held_type(l, r) lock_is_held_type(&(l)->dep_map, r)
#define lockdep_assert_held(l)						\
	lockdep_assert(lockdep_is_held(l) != LOCK_STATE_NOT_HELD)
#define lockdep_assert_not_held(l)					\
	lockdep_assert(lockdep_is_held(l) != LOCK_STATE_HELD)
#define lockdep_assert_held_write(l)					\
	lockdep_assert(lockdep_is_held_type(l, 0) != LOCK_STATE_NOT_HELD)
#define lockdep_assert_held_read(l)					\
	lockdep_assert(lockdep_is_held_type(l, 1) != LOCK_STATE_NOT_HELD)
#define lockdep_assert_none_held() lockdep_assert(!lockdep_depth_current())

#define lockdep_set_class_and_name(l, key, name)			\
	lockdep_init_map(&(l)->dep_map, name, key, 0)
#define lockdep_set_class_and_subclass(l, key, sub)			\
	lockdep_init_map(&(l)->dep_map, #key, key, sub)
#define lockdep_set_subclass(l, sub)					\
	lockdep_init_map(&(l)->dep_map, #l, (l)->dep_map.key, sub)
#define lockdep_match_class(l, k) ((l)->dep_map.key == (k))

#define __dep_map_of(l) (&(l)->dep_map)
#define STATIC_LOCKDEP_MAP_INIT(_name, _key)				\
	{ .key = (void *)(_key), .name = _name }
#define DEP_MAP_INIT(lockname) .dep_map = { .name = #lockname }

#else /* release builds: the arguments are not even looked at */

#define __lockdep_no_validate__ (*(struct lock_class_key *)0)
#define lockdep_init_map(lock, name, key, sub) \
	do { (void)(name); (void)(key); } while (0)
#define lock_acquire(l, s, t, r, c, n, i) do { } while (0)
#define lock_release(l, i) do { } while (0)
#define lock_downgrade(l, i) do { } while (0)
#define lock_set_subclass(l, s, i) do { } while (0)
#define lock_is_held_type(l, r) LOCK_STATE_HELD
#define lock_is_held(l) LOCK_STATE_HELD
#define lockdep_off() do { } while (0)
#define lockdep_on() do { } while (0)
#define lockdep_register_key(key) do { (void)(key); } while (0)
#define lockdep_unregister_key(key) do { (void)(key); } while (0)
#define lockdep_depth_current() 0U
#define lockdep_depth(task) ((void)(task), 0U)
#define lockdep_show(m, unused) ((void)(m), 0)
#define lockdep_order_show(m, unused) ((void)(m), 0)
#define debug_show_held_locks(task) do { } while (0)
#define debug_check_no_locks_freed(from, len) do { } while (0)
#define debug_check_no_locks_held() do { } while (0)
#define lockdep_drop(depth) do { } while (0)
#define lockdep_init_task(held) do { } while (0)

#define lockdep_assert(cond) do { } while (0)
#define lockdep_is_held(l) LOCK_STATE_HELD
#define lockdep_is_held_type(l, r) LOCK_STATE_HELD
#define lockdep_assert_held(l) do { (void)(l); } while (0)
#define lockdep_assert_not_held(l) do { (void)(l); } while (0)
#define lockdep_assert_held_write(l) do { (void)(l); } while (0)
#define lockdep_assert_held_read(l) do { (void)(l); } while (0)
#define lockdep_assert_none_held() do { } while (0)

#define lockdep_set_class_and_name(l, key, name) \
	do { (void)(key); (void)(name); } while (0)
#define lockdep_set_class_and_subclass(l, key, sub) \
	do { (void)(key); } while (0)
#define lockdep_set_subclass(l, sub) do { } while (0)
#define lockdep_match_class(l, k) ((void)(k), 1)

#define __dep_map_of(l) ((void)(l), (struct lockdep_map *)0)
#define STATIC_LOCKDEP_MAP_INIT(_name, _key) {}
#define DEP_MAP_INIT(lockname)

#endif

#define lockdep_set_class(l, key) lockdep_set_class_and_name(l, key, #key)
#define lockdep_set_novalidate_class(l)					\
	lockdep_set_class_and_name(l, &__lockdep_no_validate__, #l)

#define lockdep_assert_irqs_disabled() lockdep_assert(irqs_disabled())
#define lockdep_assert_irqs_enabled() lockdep_assert(!irqs_disabled())
#define lockdep_assert_in_irq() lockdep_assert(in_hardirq())
#define lockdep_assert_preemption_disabled() \
	lockdep_assert(preempt_count() || irqs_disabled())

/* What each kind of lock says of itself: l is its map. */
#define lock_acquire_exclusive(l, s, t, n, i) \
	lock_acquire(l, s, t, 0, 1, n, i)
#define lock_acquire_shared(l, s, t, n, i) lock_acquire(l, s, t, 1, 1, n, i)
#define lock_acquire_shared_recursive(l, s, t, n, i) \
	lock_acquire(l, s, t, 2, 1, n, i)

#define spin_acquire(l, s, t, i) lock_acquire_exclusive(l, s, t, NULL, i)
#define spin_acquire_nest(l, s, t, n, i) lock_acquire_exclusive(l, s, t, n, i)
#define spin_release(l, i) lock_release(l, i)
#define rwlock_acquire(l, s, t, i) lock_acquire_exclusive(l, s, t, NULL, i)
/* A reader in an interrupt does not queue up behind a waiting writer. */
#define rwlock_acquire_read(l, s, t, i) \
	lock_acquire(l, s, t, in_interrupt() ? 2 : 1, 1, NULL, i)
#define rwlock_release(l, i) lock_release(l, i)
#define seqcount_acquire(l, s, t, i) lock_acquire_exclusive(l, s, t, NULL, i)
#define seqcount_acquire_read(l, s, t, i) \
	lock_acquire_shared_recursive(l, s, t, NULL, i)
#define seqcount_release(l, i) lock_release(l, i)
#define mutex_acquire(l, s, t, i) lock_acquire_exclusive(l, s, t, NULL, i)
#define mutex_acquire_nest(l, s, t, n, i) lock_acquire_exclusive(l, s, t, n, i)
#define mutex_release(l, i) lock_release(l, i)
#define rwsem_acquire(l, s, t, i) lock_acquire_exclusive(l, s, t, NULL, i)
#define rwsem_acquire_read(l, s, t, i) lock_acquire_shared(l, s, t, NULL, i)
#define rwsem_release(l, i) lock_release(l, i)

/* Something that is waited for as for a lock, though it is none. */
#define lock_map_acquire(l) lock_acquire_exclusive(l, 0, 0, NULL, _THIS_IP_)
#define lock_map_acquire_read(l) \
	lock_acquire_shared_recursive(l, 0, 0, NULL, _THIS_IP_)
#define lock_map_release(l) lock_release(l, _THIS_IP_)

/* "This function takes the lock sometimes", checked every time. */
#define might_lock(l) do {						\
	lock_acquire(&(l)->dep_map, 0, 0, 0, 1, NULL, _THIS_IP_);	\
	lock_release(&(l)->dep_map, _THIS_IP_);				\
} while (0)
#define might_lock_read(l) do {						\
	lock_acquire(&(l)->dep_map, 0, 0, 1, 1, NULL, _THIS_IP_);	\
	lock_release(&(l)->dep_map, _THIS_IP_);				\
} while (0)

#endif
