// SPDX-License-Identifier: MIT
/*
 * sleep_timeout.c - sleeping for a time
 *
 *	set_current_state()            timer: wake_up_process(task)
 *	schedule_timeout(n) --start--> |
 *	        |                      v
 *	     schedule()  <------- whoever wakes it first
 *	        |
 *	     delete the timer
 *
 * Differs from Linux: usleep_range() has no finer timers; it sleeps in
 * jiffies and looks at the clock for the rest, giving way to other threads.
 * (kernel/time/sleep_timeout.c of later versions; timer.c)
 */
#include <linux/delay.h>

#include <linux/bug.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/timekeeping.h>
#include <linux/timer.h>

struct sleeper {
	struct timer_list timer;
	struct task_struct *task;
};

static void wake_sleeper(struct timer_list *timer)
{
	struct sleeper *sleeper = from_timer(sleeper, timer, timer);

	wake_up_process(sleeper->task);
}

/* The timer is of this stack: it is gone before the function returns. */
static void sleep_until(unsigned long expires)
{
	struct sleeper sleeper = { .task = current };

	timer_setup_on_stack(&sleeper.timer, wake_sleeper, 0);
	mod_timer(&sleeper.timer, expires);
	schedule();
	del_timer_sync(&sleeper.timer);
	destroy_timer_on_stack(&sleeper.timer);
}

signed long schedule_timeout(signed long timeout)
{
	unsigned long expires = jiffies + timeout;

	if (timeout == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout;
	}
	if (WARN(timeout < 0, "schedule_timeout: %ld\n", timeout)) {
		__set_current_state(TASK_RUNNING);
		return 0;
	}
	sleep_until(expires);
	timeout = expires - jiffies;
	return timeout < 0 ? 0 : timeout;
}

signed long schedule_timeout_interruptible(signed long timeout)
{
	__set_current_state(TASK_INTERRUPTIBLE);
	return schedule_timeout(timeout);
}

signed long schedule_timeout_killable(signed long timeout)
{
	__set_current_state(TASK_KILLABLE);
	return schedule_timeout(timeout);
}

signed long schedule_timeout_uninterruptible(signed long timeout)
{
	__set_current_state(TASK_UNINTERRUPTIBLE);
	return schedule_timeout(timeout);
}

signed long schedule_timeout_idle(signed long timeout)
{
	__set_current_state(TASK_IDLE);
	return schedule_timeout(timeout);
}

/* The present jiffy is partly over and does not count: hence one more. */
void msleep(unsigned int msecs)
{
	unsigned long timeout = msecs_to_jiffies(msecs) + 1;

	while (timeout)
		timeout = schedule_timeout_uninterruptible(timeout);
}

unsigned long msleep_interruptible(unsigned int msecs)
{
	unsigned long timeout = msecs_to_jiffies(msecs) + 1;

	while (timeout && !signal_pending(current))
		timeout = schedule_timeout_interruptible(timeout);
	return jiffies_to_msecs(timeout);
}

void usleep_range(unsigned long min, unsigned long max)
{
	ktime_t end = ktime_add_us(ktime_get(), min);
	unsigned long whole = min / (USEC_PER_SEC / HZ);

	/* the sleep lasts less than a jiffy longer than it says */
	if (whole > 1)
		schedule_timeout_uninterruptible(whole);
	while (ktime_before(ktime_get(), end))
		cond_resched();
}
