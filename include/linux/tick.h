/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TICK_H
#define _LINUX_TICK_H

#include <linux/types.h>

/* Who needs a tick, an interrupt each jiffy; see kernel/time/tick.c. */
enum tick_dep_bits {
	TICK_DEP_BIT_POSIX_TIMER,
	TICK_DEP_BIT_PERF_EVENTS,
	TICK_DEP_BIT_SCHED, /* scheduler_tick() is called */
	TICK_DEP_BIT_CLOCK_UNSTABLE,
	TICK_DEP_BIT_RCU,
};

/*
 * From now on, until no longer, a CPU has a tick for this reason. Any
 * context; another CPU is told by an interrupt.
 */
void tick_nohz_dep_set_cpu(int cpu, enum tick_dep_bits bit);
void tick_nohz_dep_clear_cpu(int cpu, enum tick_dep_bits bit);

/* Called each tick, in_hardirq(), on a CPU with a tick. */
void scheduler_tick(void);

/* This CPU's first timer is another one now. Interrupts off. */
void tick_timers_changed(void);

/*
 * An interrupt comes to this CPU as soon as interrupts are on, and softirqs
 * run behind it: for who is in no position to wake anyone. Any context.
 */
void tick_soon(void);

/* The first timer of a CPU, maybe another one, has changed. Any context. */
void tick_kick_cpu(int cpu);

/* There is a better clock: all that waits is set anew. */
void tick_clock_notify(void);

struct seq_file;
struct clock_event_device;

/* A device was registered on this CPU. Interrupts off. */
void tick_check_new_device(struct clock_event_device *dev);

/* Part of the console's "timers". */
void tick_show_cpu(struct seq_file *m, int cpu);

#endif
