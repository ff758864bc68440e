/* SPDX-License-Identifier: MIT */
/*
 * Wait queues: threads that wait for a condition, and how they are told.
 *
 *	wait_event(queue, condition);		condition = true;
 *						wake_up(&queue);
 *
 * The condition is looked at anew after each wake-up. The wait_ forms may
 * sleep; the wake_ forms work in any context.
 */
#ifndef _LINUX_WAIT_H
#define _LINUX_WAIT_H

#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

struct wait_queue_entry;

/* Called with the queue's lock held; not 0 if it woke a thread. */
typedef int (*wait_queue_func_t)(struct wait_queue_entry *entry,
				 unsigned int mode, int flags, void *key);
int default_wake_function(struct wait_queue_entry *entry, unsigned int mode,
			  int flags, void *key);
int autoremove_wake_function(struct wait_queue_entry *entry, unsigned int mode,
			     int flags, void *key);

/* entry->flags */
#define WQ_FLAG_EXCLUSIVE 0x01 /* at most as many are woken as asked for */
#define WQ_FLAG_WOKEN 0x02

struct wait_queue_entry {
	unsigned int flags;
	void *private; /* the thread */
	wait_queue_func_t func;
	struct list_head entry;
};
typedef struct wait_queue_entry wait_queue_entry_t;

struct wait_queue_head {
	spinlock_t lock;
	struct list_head head;
};
typedef struct wait_queue_head wait_queue_head_t;

#define __WAITQUEUE_INITIALIZER(name, tsk) {				\
	.private = (tsk),						\
	.func = default_wake_function,					\
	.entry = { NULL, NULL },					\
}
#define DECLARE_WAITQUEUE(name, tsk) \
	struct wait_queue_entry name = __WAITQUEUE_INITIALIZER(name, tsk)

#define __WAIT_QUEUE_HEAD_INITIALIZER(name) {				\
	.lock = __SPIN_LOCK_UNLOCKED(name.lock),			\
	.head = LIST_HEAD_INIT(name.head),				\
}
#define DECLARE_WAIT_QUEUE_HEAD(name) \
	struct wait_queue_head name = __WAIT_QUEUE_HEAD_INITIALIZER(name)
/* On a stack its address is no name for the lock checker: a key is. */
#define DECLARE_WAIT_QUEUE_HEAD_ONSTACK(name)				\
	struct wait_queue_head name =					\
		(*({ init_waitqueue_head(&(name)); &(name); }))

#define DEFINE_WAIT_FUNC(name, function)				\
	struct wait_queue_entry name = {				\
		.private = current,					\
		.func = function,					\
		.entry = LIST_HEAD_INIT((name).entry),			\
	}
#define DEFINE_WAIT(name) DEFINE_WAIT_FUNC(name, autoremove_wake_function)

#define init_waitqueue_head(wq_head) do {				\
	spin_lock_init(&(wq_head)->lock);				\
	INIT_LIST_HEAD(&(wq_head)->head);				\
} while (0)

static inline void init_waitqueue_entry(struct wait_queue_entry *entry,
					struct task_struct *p)
{
	entry->flags = 0;
	entry->private = p;
	entry->func = default_wake_function;
}

static inline void init_waitqueue_func_entry(struct wait_queue_entry *entry,
					     wait_queue_func_t func)
{
	entry->flags = 0;
	entry->private = NULL;
	entry->func = func;
}

/* Does anyone wait? Without the lock only with a barrier before it. */
static inline int waitqueue_active(struct wait_queue_head *wq_head)
{
	return !list_empty(&wq_head->head);
}

static inline bool wq_has_sleeper(struct wait_queue_head *wq_head)
{
	smp_mb(); /* the condition before the look at the queue */
	return waitqueue_active(wq_head);
}

void add_wait_queue(struct wait_queue_head *wq_head,
		    struct wait_queue_entry *entry);
void add_wait_queue_exclusive(struct wait_queue_head *wq_head,
			      struct wait_queue_entry *entry);
void remove_wait_queue(struct wait_queue_head *wq_head,
		       struct wait_queue_entry *entry);

/* Into the queue, unless in it already; then the state. */
void prepare_to_wait(struct wait_queue_head *wq_head,
		     struct wait_queue_entry *entry, int state);
/* At the queue's end; true if the queue was empty. */
bool prepare_to_wait_exclusive(struct wait_queue_head *wq_head,
			       struct wait_queue_entry *entry, int state);
/* Running again, and out of the queue. */
void finish_wait(struct wait_queue_head *wq_head,
		 struct wait_queue_entry *entry);

/*
 * Wakes those whose state is in mode: all that are not exclusive, and nr
 * (0: all) that are.
 */
void __wake_up(struct wait_queue_head *wq_head, unsigned int mode, int nr,
	       void *key);
/* The caller holds the queue's lock. */
void __wake_up_locked(struct wait_queue_head *wq_head, unsigned int mode,
		      int nr);

#define wake_up(x) __wake_up(x, TASK_NORMAL, 1, NULL)
#define wake_up_nr(x, nr) __wake_up(x, TASK_NORMAL, nr, NULL)
#define wake_up_all(x) __wake_up(x, TASK_NORMAL, 0, NULL)
#define wake_up_sync(x) wake_up(x)
#define wake_up_locked(x) __wake_up_locked(x, TASK_NORMAL, 1)
#define wake_up_all_locked(x) __wake_up_locked(x, TASK_NORMAL, 0)
#define wake_up_interruptible(x) __wake_up(x, TASK_INTERRUPTIBLE, 1, NULL)
#define wake_up_interruptible_nr(x, nr) \
	__wake_up(x, TASK_INTERRUPTIBLE, nr, NULL)
#define wake_up_interruptible_all(x) __wake_up(x, TASK_INTERRUPTIBLE, 0, NULL)
#define wake_up_interruptible_sync(x) wake_up_interruptible(x)

/*
 * Waits in the given state until the condition holds; cmd is what sleeps.
 * The first look at the condition costs no lock.
 */
#define ___wait_event(wq_head, condition, state, exclusive, cmd) do {	\
	DEFINE_WAIT(__wq_entry);					\
									\
	for (;;) {							\
		if (exclusive)						\
			prepare_to_wait_exclusive(&(wq_head),		\
						  &__wq_entry, state);	\
		else							\
			prepare_to_wait(&(wq_head), &__wq_entry, state);\
		if (condition)						\
			break;						\
		cmd;							\
	}								\
	finish_wait(&(wq_head), &__wq_entry);				\
} while (0)

#define __wait_event_state(wq_head, condition, state, exclusive) do {	\
	might_sleep();							\
	if (!(condition))						\
		___wait_event(wq_head, condition, state, exclusive,	\
			      schedule());				\
} while (0)

#define wait_event(wq_head, condition) \
	__wait_event_state(wq_head, condition, TASK_UNINTERRUPTIBLE, 0)
#define wait_event_exclusive(wq_head, condition) \
	__wait_event_state(wq_head, condition, TASK_UNINTERRUPTIBLE, 1)
#define io_wait_event(wq_head, condition) wait_event(wq_head, condition)
#define wait_event_idle(wq_head, condition) \
	__wait_event_state(wq_head, condition, TASK_IDLE, 0)

/* As no signal interrupts these, the result is always 0. */
#define wait_event_interruptible(wq_head, condition) ({			\
	__wait_event_state(wq_head, condition, TASK_INTERRUPTIBLE, 0);	\
	0;								\
})
#define wait_event_interruptible_exclusive(wq_head, condition) ({	\
	__wait_event_state(wq_head, condition, TASK_INTERRUPTIBLE, 1);	\
	0;								\
})
#define wait_event_killable(wq_head, condition) ({			\
	__wait_event_state(wq_head, condition, TASK_KILLABLE, 0);	\
	0;								\
})

/*
 * The same for at most timeout jiffies. 0: the condition does not hold after
 * that time; else it holds, and the result is what is left, at least 1.
 */
#define __wait_event_state_timeout(wq_head, condition, state, timeout) ({\
	long __left = (timeout);					\
	bool __held;							\
									\
	might_sleep();							\
	__held = (condition);						\
	if (!__held)							\
		___wait_event(wq_head,					\
			      (__held = (condition)) || !__left,	\
			      state, 0,					\
			      __left = schedule_timeout(__left));	\
	__held && !__left ? 1 : __held ? __left : 0;			\
})

#define wait_event_timeout(wq_head, condition, timeout) \
	__wait_event_state_timeout(wq_head, condition,	\
				   TASK_UNINTERRUPTIBLE, timeout)
#define wait_event_interruptible_timeout(wq_head, condition, timeout) \
	__wait_event_state_timeout(wq_head, condition,		      \
				   TASK_INTERRUPTIBLE, timeout)
#define wait_event_killable_timeout(wq_head, condition, timeout) \
	__wait_event_state_timeout(wq_head, condition,		 \
				   TASK_KILLABLE, timeout)
#define wait_event_idle_timeout(wq_head, condition, timeout) \
	__wait_event_state_timeout(wq_head, condition, TASK_IDLE, timeout)

/* The condition is looked at with lock held, interrupts off. */
#define wait_event_lock_irq(wq_head, condition, lock) do {		\
	if (!(condition))						\
		___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE,	\
			      0, spin_unlock_irq(&(lock));		\
			      schedule(); spin_lock_irq(&(lock)));	\
} while (0)

/* For loops of their own: sleeps unless woken since the last call. */
long wait_woken(struct wait_queue_entry *entry, unsigned int mode,
		long timeout);
int woken_wake_function(struct wait_queue_entry *entry, unsigned int mode,
			int flags, void *key);

#endif
