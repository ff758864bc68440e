// SPDX-License-Identifier: MIT
/*
 * semaphore.c - permits to be taken and given
 *
 *	down()	count > 0: lower it.  Else wait in line:
 *
 *		wait_list:  first ---> second ---> ...
 *
 *	up()	nobody waits: raise count.  Else the permit never shows in
 *		count: it goes straight to the first, who leaves the line
 *
 * Whoever is woken has the permit already, so no late comer can take it away,
 * and nobody starves.
 *
 * Invariants:
 *  S1  count is 0 while somebody waits.
 *  S2  A waiter is in the line until up is set; then it owns a permit.
 *
 * Lock: sem->lock, with interrupts off, as up() may be called in one. Cost: a
 * lock pair; two switches of threads for who waits.
 *
 * Differs from Linux: nothing of note. (kernel/locking/semaphore.c)
 */
#include <linux/semaphore.h>

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

struct semaphore_waiter {
	struct list_head list;
	struct task_struct *task;
	bool up; /* S2 */
};

/* With the lock held, which is given up while sleeping. 0 or an error. */
static int wait_for_permit(struct semaphore *sem, unsigned int state,
			   long timeout)
{
	struct semaphore_waiter waiter = { .task = current };

	list_add_tail(&waiter.list, &sem->wait_list);
	for (;;) {
		int err = 0;

		if (signal_pending_state(state, current))
			err = -EINTR;
		else if (timeout <= 0)
			err = -ETIME;
		if (err) {
			list_del(&waiter.list);
			return err;
		}
		__set_current_state(state); /* up() is kept out by the lock */
		raw_spin_unlock_irq(&sem->lock);
		timeout = schedule_timeout(timeout);
		raw_spin_lock_irq(&sem->lock);
		if (waiter.up)
			return 0;
	}
}

static int down_common(struct semaphore *sem, unsigned int state, long timeout)
{
	unsigned long flags;
	int err = 0;

	might_sleep();
	raw_spin_lock_irqsave(&sem->lock, flags);
	if (likely(sem->count))
		sem->count--;
	else
		err = wait_for_permit(sem, state, timeout);
	raw_spin_unlock_irqrestore(&sem->lock, flags);
	return err;
}

void down(struct semaphore *sem)
{
	down_common(sem, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}

int down_interruptible(struct semaphore *sem)
{
	return down_common(sem, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}

int down_killable(struct semaphore *sem)
{
	return down_common(sem, TASK_KILLABLE, MAX_SCHEDULE_TIMEOUT);
}

int down_timeout(struct semaphore *sem, long jiffies)
{
	return down_common(sem, TASK_UNINTERRUPTIBLE, jiffies);
}

int down_trylock(struct semaphore *sem)
{
	unsigned long flags;
	bool taken;

	raw_spin_lock_irqsave(&sem->lock, flags);
	taken = sem->count;
	if (taken)
		sem->count--;
	raw_spin_unlock_irqrestore(&sem->lock, flags);
	return !taken;
}

void up(struct semaphore *sem)
{
	struct semaphore_waiter *first;
	unsigned long flags;

	raw_spin_lock_irqsave(&sem->lock, flags);
	first = list_first_entry_or_null(&sem->wait_list,
					 struct semaphore_waiter, list);
	if (first) {
		list_del(&first->list);
		first->up = true;
		wake_up_process(first->task);
	} else {
		sem->count++;
	}
	raw_spin_unlock_irqrestore(&sem->lock, flags);
}
