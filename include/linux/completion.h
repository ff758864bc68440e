/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_COMPLETION_H
#define _LINUX_COMPLETION_H

#include <linux/wait.h>

/*
 * "It is done": one thread waits for another to have finished something. A
 * complete() before the wait counts, so the order does not matter, and when
 * the wait returns the completer has left the struct alone: it may be on the
 * waiter's stack.
 */
struct completion {
	unsigned int done; /* waits that may still pass; UINT_MAX: all */
	struct wait_queue_head wait;
};

#define COMPLETION_INITIALIZER(work) \
	{ 0, __WAIT_QUEUE_HEAD_INITIALIZER((work).wait) }
/* On a stack its address is no name for the lock checker: a key is. */
#define COMPLETION_INITIALIZER_ONSTACK(work) \
	(*({ init_completion(&(work)); &(work); }))
#define DECLARE_COMPLETION(work) \
	struct completion work = COMPLETION_INITIALIZER(work)
#define DECLARE_COMPLETION_ONSTACK(work) \
	struct completion work = COMPLETION_INITIALIZER_ONSTACK(work)

static inline void init_completion(struct completion *x)
{
	x->done = 0;
	init_waitqueue_head(&x->wait);
}

/* For the next use, when nobody waits. */
static inline void reinit_completion(struct completion *x)
{
	x->done = 0;
}

/* One waiter passes, or all, now and for ever. Any context. */
void complete(struct completion *x);
void complete_all(struct completion *x);

/* May sleep. There are no signals: the _interruptible result is 0. */
void wait_for_completion(struct completion *x);
int __must_check wait_for_completion_interruptible(struct completion *x);
int __must_check wait_for_completion_killable(struct completion *x);
#define wait_for_completion_io(x) wait_for_completion(x)

/*
 * The same for at most timeout jiffies. 0: it was not completed in that time;
 * else the jiffies that are left, at least 1. May sleep.
 */
unsigned long wait_for_completion_timeout(struct completion *x,
					  unsigned long timeout);
long __must_check
wait_for_completion_interruptible_timeout(struct completion *x,
					  unsigned long timeout);
long __must_check wait_for_completion_killable_timeout(struct completion *x,
						       unsigned long timeout);
#define wait_for_completion_io_timeout(x, timeout) \
	wait_for_completion_timeout(x, timeout)

/* Would a wait pass at once? Taken, if so. Any context. */
bool try_wait_for_completion(struct completion *x);

/* Has it been completed as often as waited for? Any context. */
bool completion_done(struct completion *x);

#endif
