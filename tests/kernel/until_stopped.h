/* SPDX-License-Identifier: MIT */
#ifndef _TESTS_UNTIL_STOPPED_H
#define _TESTS_UNTIL_STOPPED_H

#include <linux/kthread.h>
#include <linux/sched.h>

/* A thread, or the end of one: sleeps until it is told to stop. */
static inline int sleep_until_stopped(void *unused)
{
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (kthread_should_stop())
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

#endif
