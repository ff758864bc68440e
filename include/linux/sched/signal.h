/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_SIGNAL_H
#define _LINUX_SCHED_SIGNAL_H

#include <linux/sched/task.h>

/* All threads but the idle ones; the caller holds tasklist_lock. */
#define for_each_process(p) \
	list_for_each_entry(p, &init_task.tasks, tasks)
#define for_each_process_thread(p, t) for_each_process(p) if (((t) = (p)))

#endif
