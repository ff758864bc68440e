// SPDX-License-Identifier: MIT
/*
 * completion.c - waiting until something is done
 *
 * A count under the lock of a wait queue: complete() raises it and wakes one
 * waiter, which lowers it. After complete_all() it stays at its highest.
 *
 * Both sides hold the lock at their last access, so once a waiter has passed
 * nobody touches the struct, and the waiter may free it.
 *
 * (kernel/sched/completion.c)
 */
#include <linux/completion.h>

void complete(struct completion *x)
{
	unsigned long flags;

	spin_lock_irqsave(&x->wait.lock, flags);
	if (x->done != UINT_MAX)
		x->done++;
	wake_up_locked(&x->wait);
	spin_unlock_irqrestore(&x->wait.lock, flags);
}

void complete_all(struct completion *x)
{
	unsigned long flags;

	spin_lock_irqsave(&x->wait.lock, flags);
	x->done = UINT_MAX;
	wake_up_all_locked(&x->wait);
	spin_unlock_irqrestore(&x->wait.lock, flags);
}

/* The caller holds the lock, which is released meanwhile. */
static long sleep_until_done(struct completion *x, unsigned int state,
			     long timeout)
{
	DECLARE_WAITQUEUE(entry, current);

	entry.flags = WQ_FLAG_EXCLUSIVE;
	list_add_tail(&entry.entry, &x->wait.head);
	do {
		__set_current_state(state);
		spin_unlock_irq(&x->wait.lock);
		timeout = schedule_timeout(timeout);
		spin_lock_irq(&x->wait.lock);
	} while (!x->done && timeout);
	list_del(&entry.entry);
	return timeout;
}

/* The jiffies left, at least 1; or 0 if it was not done in time. */
static long wait_for_common(struct completion *x, unsigned int state,
			    long timeout)
{
	might_sleep();
	spin_lock_irq(&x->wait.lock);
	if (!x->done && timeout)
		timeout = sleep_until_done(x, state, timeout);
	if (!x->done) {
		spin_unlock_irq(&x->wait.lock);
		return 0;
	}
	if (x->done != UINT_MAX)
		x->done--;
	spin_unlock_irq(&x->wait.lock);
	return timeout ?: 1;
}

void wait_for_completion(struct completion *x)
{
	wait_for_common(x, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}

int wait_for_completion_interruptible(struct completion *x)
{
	wait_for_common(x, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
	return 0;
}

int wait_for_completion_killable(struct completion *x)
{
	wait_for_common(x, TASK_KILLABLE, MAX_SCHEDULE_TIMEOUT);
	return 0;
}

unsigned long wait_for_completion_timeout(struct completion *x,
					  unsigned long timeout)
{
	return wait_for_common(x, TASK_UNINTERRUPTIBLE, timeout);
}

long wait_for_completion_interruptible_timeout(struct completion *x,
					       unsigned long timeout)
{
	return wait_for_common(x, TASK_INTERRUPTIBLE, timeout);
}

long wait_for_completion_killable_timeout(struct completion *x,
					  unsigned long timeout)
{
	return wait_for_common(x, TASK_KILLABLE, timeout);
}

bool try_wait_for_completion(struct completion *x)
{
	unsigned long flags;
	bool passed;

	spin_lock_irqsave(&x->wait.lock, flags);
	passed = x->done;
	if (passed && x->done != UINT_MAX)
		x->done--;
	spin_unlock_irqrestore(&x->wait.lock, flags);
	return passed;
}

bool completion_done(struct completion *x)
{
	unsigned long flags;
	bool done;

	/* the lock: complete() has left it, so the caller may free it */
	spin_lock_irqsave(&x->wait.lock, flags);
	done = x->done;
	spin_unlock_irqrestore(&x->wait.lock, flags);
	return done;
}
