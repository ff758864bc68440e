/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCUPDATE_H
#define _LINUX_RCUPDATE_H

#include <asm/barrier.h>
#include <linux/bottom_half.h>
#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/irqflags.h>
#include <linux/kconfig.h>
#include <linux/preempt.h>
#include <linux/types.h>

/*
 * Read-copy-update: readers take no lock and never wait. A writer publishes a
 * new version beside the old one, and frees the old when no reader can hold
 * it any more: after a *grace period*. kernel/rcu/tree.c tells how that is
 * known.
 *
 *	reader				writer (has a lock against others)
 *
 *	rcu_read_lock();		new->... = ...;
 *	p = rcu_dereference(ptr);	rcu_assign_pointer(ptr, new);
 *	... p->member ...		synchronize_rcu();
 *	rcu_read_unlock();		kfree(old);
 *
 * A reader is not preempted and must not sleep; it may be interrupted, and an
 * interrupt may be a reader. Whatever else keeps preemption out (a spinlock,
 * local_bh_disable(), interrupts off) makes a reader too.
 */

/* --- readers: any context --- */

/* Nest. Nothing that was reachable here is freed before the last unlock. */
static __always_inline void rcu_read_lock(void)
{
	preempt_disable();
	__acquire(RCU);
}

static __always_inline void rcu_read_unlock(void)
{
	__release(RCU);
	preempt_enable();
}

static __always_inline void rcu_read_lock_bh(void)
{
	local_bh_disable();
	__acquire(RCU_BH);
}

static __always_inline void rcu_read_unlock_bh(void)
{
	__release(RCU_BH);
	local_bh_enable();
}

static __always_inline void rcu_read_lock_sched(void)
{
	preempt_disable();
	__acquire(RCU_SCHED);
}

static __always_inline void rcu_read_unlock_sched(void)
{
	__release(RCU_SCHED);
	preempt_enable();
}

/*
 * Is this code a reader? For assertions: always 1 where nothing is checked,
 * in release builds.
 */
static inline int rcu_read_lock_held(void)
{
	return !IS_ENABLED(CONFIG_DEBUG) || !preemptible();
}

#define rcu_read_lock_any_held()	rcu_read_lock_held()
#define rcu_read_lock_sched_held()	rcu_read_lock_held()
#define rcu_read_lock_bh_held()		rcu_read_lock_held()

/* Debug builds: reports s if the condition holds. */
#define RCU_LOCKDEP_WARN(c, s) do {					\
	if (IS_ENABLED(CONFIG_DEBUG))					\
		WARN(c, "suspicious RCU usage: %s\n", s);		\
} while (0)

/* --- pointers that writers change while readers follow them --- */

#define __rcu_plain(p) ((typeof(*(p)) __force *)(p))

/* The value, not to be followed: compare it with NULL. Any context. */
#define rcu_access_pointer(p) ((typeof(*(p)) __force *)READ_ONCE(p))

/* To be followed, and the caller knows why it may be. */
#define rcu_dereference_raw(p) rcu_access_pointer(p)

/* To be followed by a reader, or if the condition holds: a lock is held. */
#define rcu_dereference_check(p, c) ({					\
	typeof(*(p)) __force *__rcu_value = rcu_access_pointer(p);	\
									\
	RCU_LOCKDEP_WARN(!((c) || rcu_read_lock_held()),		\
			 "rcu_dereference_check() outside a reader");	\
	__rcu_value;							\
})
#define rcu_dereference_bh_check(p, c)		rcu_dereference_check(p, c)
#define rcu_dereference_sched_check(p, c)	rcu_dereference_check(p, c)
#define rcu_dereference(p)			rcu_dereference_check(p, 0)
#define rcu_dereference_bh(p)			rcu_dereference_check(p, 0)
#define rcu_dereference_sched(p)		rcu_dereference_check(p, 0)

/* For the writer, whose lock (the condition) keeps p as it is. */
#define rcu_dereference_protected(p, c) ({				\
	RCU_LOCKDEP_WARN(!(c), "rcu_dereference_protected() without "	\
			 "its protection");				\
	__rcu_plain(p);							\
})

/* The reader goes on with it under a lock or a reference of its own. */
#define rcu_pointer_handoff(p) (p)
#define unrcu_pointer(p) __rcu_plain(p)

#define RCU_INITIALIZER(v) ((typeof(*(v)) __force __rcu *)(v))

/* Publishes v: what was stored in *v before is seen by who finds it. */
#define rcu_assign_pointer(p, v) \
	smp_store_release(&(p), RCU_INITIALIZER(v))

/* Without that order: for NULL, and for what no reader can see yet. */
#define RCU_INIT_POINTER(p, v) WRITE_ONCE(p, RCU_INITIALIZER(v))
#define RCU_POINTER_INITIALIZER(p, v) .p = RCU_INITIALIZER(v)

/* Publishes ptr in place of the value that is returned. */
#define rcu_replace_pointer(rcu_ptr, ptr, c) ({				\
	typeof(ptr) __rcu_old = rcu_dereference_protected((rcu_ptr), (c)); \
									\
	rcu_assign_pointer((rcu_ptr), (ptr));				\
	__rcu_old;							\
})

/* --- writers --- */

typedef void (*rcu_callback_t)(struct rcu_head *head);
typedef void (*call_rcu_func_t)(struct rcu_head *head, rcu_callback_t func);

/*
 * Calls func(head) after a grace period, in softirq context: it must not
 * sleep. The head, inside the object that is to go, is RCU's until then; the
 * callbacks of one CPU run in order. Any context, but without locks of the
 * scheduler.
 */
void call_rcu(struct rcu_head *head, rcu_callback_t func);

/* Returns after a grace period. Sleeps. Not in a reader: that is reported. */
void synchronize_rcu(void);

/* The same, at the cost of interrupting CPUs at once. */
void synchronize_rcu_expedited(void);

/*
 * Returns when all callbacks have run that were given to call_rcu() before.
 * Sleeps. It does not wait for a grace period when there are none.
 */
void rcu_barrier(void);

/*
 * Grace periods by hand: the first two give a number that stands for "after
 * the readers of now", the second also sees to it that the time comes. Any
 * context. The third asks whether it has come; the last waits until it has.
 */
unsigned long get_state_synchronize_rcu(void);
unsigned long start_poll_synchronize_rcu(void);
bool poll_state_synchronize_rcu(unsigned long oldstate);
void cond_synchronize_rcu(unsigned long oldstate);

/*
 * kfree_rcu(ptr, member) calls kfree(ptr) after a grace period; member is the
 * struct rcu_head inside *ptr, in its first 4096 bytes. Any context.
 * kfree_rcu(ptr) needs no such member, but waits: it sleeps. The kv forms take
 * what kvmalloc() gave.
 */
#define kfree_rcu(ptr, rhf...) \
	__rcu_join(__kvfree_rcu_, __rcu_nr_args(ptr, ##rhf))(ptr, ##rhf)
#define kvfree_rcu(ptr, rhf...)	kfree_rcu(ptr, ##rhf)
#define kfree_rcu_mightsleep(ptr)	__kvfree_rcu_1(ptr)
#define kvfree_rcu_mightsleep(ptr)	__kvfree_rcu_1(ptr)

#define __rcu_join2(a, b) a##b
#define __rcu_join(a, b) __rcu_join2(a, b)
#define __rcu_pick3(a, b, nr, ...) nr
#define __rcu_nr_args(args...) __rcu_pick3(args, 2, 1)

#define __kvfree_rcu_1(ptr) do {					\
	typeof(ptr) __kr_ptr = (ptr);					\
									\
	if (__kr_ptr)							\
		kvfree_call_rcu(NULL, (void *)__kr_ptr);		\
} while (0)

#define __kvfree_rcu_2(ptr, member) do {				\
	typeof(ptr) __kr_ptr = (ptr);					\
									\
	BUILD_BUG_ON(offsetof(typeof(*(ptr)), member) >= 4096);		\
	if (__kr_ptr)							\
		kvfree_call_rcu(&__kr_ptr->member, (void *)__kr_ptr);	\
} while (0)

/* What the macros come to; head NULL: waits. */
void kvfree_call_rcu(struct rcu_head *head, void *ptr);

static inline void init_rcu_head(struct rcu_head *head)
{
}

static inline void destroy_rcu_head(struct rcu_head *head)
{
}

#define init_rcu_head_on_stack(head) init_rcu_head(head)
#define destroy_rcu_head_on_stack(head) destroy_rcu_head(head)

/* Callbacks that have not run yet, of all CPUs. Any context. */
unsigned long rcu_callbacks_pending(void);

#include <linux/rcutree.h>

#endif
