// SPDX-License-Identifier: MIT
/*
 * kmemleak_thread.c - looking for leaks again and again
 *
 * A leak is found by who looks. Nobody does so by hand for hours, while a
 * kernel works; so a thread does, if it is asked to:
 *
 *	kmemleak=600         from the start: first after a minute
 *	kmemleak scan=600    on the console: first after so many seconds
 *	kmemleak scan=on     every ten minutes
 *	kmemleak scan=off    no more
 *
 *	start         60 s        600 s               600 s
 *	  |------------|------------|-------------------|--------->
 *	             scan         scan                scan
 *
 * What is new is told by the kernel's messages, and shown by "kmemleak list".
 * As other CPUs stand still during a scan (mm/kmemleak_hold.c), nobody looks
 * unless asked.
 *
 * Lock: thread_mutex, for the thread and its period. Cost: none without the
 * thread; with it, a scan each time.
 *
 * Differs from Linux: off until asked for, as a scan stops the machine there
 * is here; a new period holds from the moment on that it is given.
 * (mm/kmemleak.c: kmemleak_scan_thread)
 */
#include "kmemleak.h"

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/placement.h>

#define SECS_FIRST_SCAN 60
#define SCAN_NICE 10

static DEFINE_MUTEX(thread_mutex);
static struct task_struct *thread;	/* [thread_mutex] */
static unsigned int period;		/* seconds; while there is no thread */
static unsigned int first;		/* before the first scan */
static unsigned int boot_period;	/* kmemleak=SECS */
static unsigned int nr_scans;

static void sleep_seconds(unsigned int secs)
{
	unsigned long end = jiffies + secs * HZ;

	while (!kthread_should_stop() && time_before(jiffies, end))
		schedule_timeout_interruptible(end - jiffies);
}

static int scan_thread(void *unused)
{
	set_user_nice(current, SCAN_NICE);
	sleep_seconds(first);
	while (!kthread_should_stop()) {
		kmemleak_scan();
		WRITE_ONCE(nr_scans, nr_scans + 1);
		sleep_seconds(period);
	}
	return 0;
}

static int thread_start(unsigned int before, unsigned int secs)
{
	struct task_struct *p;

	first = before;
	period = secs;
	p = kthread_run(scan_thread, NULL, "kmemleak");
	if (IS_ERR(p))
		return PTR_ERR(p);
	thread = p;
	return 0;
}

static void thread_stop(void)
{
	if (thread)
		kthread_stop(thread);
	thread = NULL;
}

int kmemleak_scan_every(unsigned int secs)
{
	int error = 0;

	if (secs > KMEMLEAK_SECS_MAX)
		return -EINVAL;
	if (secs && !kmemleak_is_on())
		return -EPERM;
	mutex_lock(&thread_mutex);
	thread_stop();
	if (secs)
		error = thread_start(secs, secs);
	mutex_unlock(&thread_mutex);
	return error;
}

unsigned int kmemleak_periodic_scans(void)
{
	return READ_ONCE(nr_scans);
}

void __init kmemleak_set_boot_period(unsigned int secs)
{
	boot_period = secs;
}

static int __init thread_init(void)
{
	int error = 0;

	if (boot_period > KMEMLEAK_SECS_MAX)
		pr_warn("kmemleak=%u: at most %u\n", boot_period,
			KMEMLEAK_SECS_MAX);
	else if (boot_period)
		error = thread_start(SECS_FIRST_SCAN, boot_period);
	if (error)
		pr_warn("kmemleak: no thread to scan (%d)\n", error);
	return 0;
}
late_initcall(thread_init);
