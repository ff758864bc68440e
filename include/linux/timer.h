/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TIMER_H
#define _LINUX_TIMER_H

#include <linux/container_of.h>
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/types.h>

/*
 * Functions called at a later jiffy: in a softirq, interrupts on, must not
 * sleep. One runs on the CPU where it was last started, and never twice at a
 * time. See kernel/time/timer.c.
 */
struct timer_list {
	struct hlist_node entry; /* [B] in a bucket, while pending */
	unsigned long expires;   /* [B] jiffies */
	void (*function)(struct timer_list *timer);
	u32 flags;               /* [B] CPU, bucket, TIMER_ */
};

#define TIMER_CPUMASK 0x0003FFFF
#define TIMER_MIGRATING 0x00040000
#define TIMER_BASEMASK (TIMER_CPUMASK | TIMER_MIGRATING)
#define TIMER_DEFERRABLE 0x00080000 /* taken, and treated as any other */
#define TIMER_PINNED 0x00100000     /* it never moves without a call anyway */
#define TIMER_IRQSAFE 0x00200000    /* runs with interrupts off */
#define TIMER_INIT_FLAGS (TIMER_DEFERRABLE | TIMER_PINNED | TIMER_IRQSAFE)
#define TIMER_ARRAYSHIFT 22
#define TIMER_ARRAYMASK 0xFFC00000

#define __TIMER_INITIALIZER(_function, _flags) \
	{ .function = (_function), .flags = (_flags) }
#define DEFINE_TIMER(_name, _function) \
	struct timer_list _name = __TIMER_INITIALIZER(_function, 0)

#define from_timer(var, callback_timer, timer_fieldname) \
	container_of(callback_timer, typeof(*(var)), timer_fieldname)

/* Make one that is not pending. flags: of TIMER_INIT_FLAGS. Any context. */
void timer_setup(struct timer_list *timer,
		 void (*func)(struct timer_list *timer), unsigned int flags);
#define timer_setup_on_stack(timer, func, flags) \
	timer_setup(timer, func, flags)
#define destroy_timer_on_stack(timer) ((void)(timer))

/* Will it be called? Without a lock only a hint. */
static inline int timer_pending(const struct timer_list *timer)
{
	return !hlist_unhashed_lockless(&timer->entry);
}

/*
 * Call it in the first tick at or after jiffy expires, on this CPU; a time
 * that has passed is the next tick. Far away ones may come up to an eighth of
 * their distance late. Any context; 1 if it was pending, else 0.
 */
int mod_timer(struct timer_list *timer, unsigned long expires);

/* As mod_timer(), but only if it is pending; or only to an earlier time. */
int mod_timer_pending(struct timer_list *timer, unsigned long expires);
int timer_reduce(struct timer_list *timer, unsigned long expires);

/* Start one that is not pending at timer->expires; the second on a CPU. */
void add_timer(struct timer_list *timer);
void add_timer_on(struct timer_list *timer, int cpu);

/* Not pending any more, though it may run yet. 1 if it was pending. */
int del_timer(struct timer_list *timer);

/* As del_timer(); -1, and nothing was done, if its function runs. */
int try_to_del_timer_sync(struct timer_list *timer);

/*
 * As del_timer(), and the function does not run any more on return; it must
 * not be started again meanwhile. The caller holds no lock that the function
 * takes, and is not the function. Not in_hardirq(), but for TIMER_IRQSAFE.
 */
int del_timer_sync(struct timer_list *timer);

#define timer_delete(timer) del_timer(timer)
#define timer_delete_sync(timer) del_timer_sync(timer)
#define del_singleshot_timer_sync(timer) del_timer_sync(timer)

/* To a whole second, so that timers which can wait share one wake-up. */
unsigned long round_jiffies(unsigned long j);
unsigned long round_jiffies_relative(unsigned long j);
unsigned long round_jiffies_up(unsigned long j);

/* ---- between kernel/time/ and itself */

/* The softirq and the CPUs' wheels, at boot. */
void init_timers(void);

/* In the tick: what is due will run. in_hardirq(). */
void run_local_timers(void);

/*
 * The jiffy at which this CPU's wheel must next be looked at. False: no timer
 * is pending, or it is being looked at. Interrupts off.
 */
bool timer_next_expiry(unsigned long *expires);

/* Timers of all CPUs that are pending or run. */
unsigned long timers_pending(void);

struct seq_file;
void timers_show_cpu(struct seq_file *m, int cpu);

/* Clock, devices and timers as text. Any context. */
int timer_list_show(struct seq_file *m, void *unused);

#endif
