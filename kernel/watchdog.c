/* SPDX-License-Identifier: MIT */
/*
 * kernel/watchdog.c - is there a CPU that has stopped to take interrupts?
 *
 *	CPU 0 -> CPU 1 -> CPU 2 -> CPU 3
 *	  ^----------------------------+
 *
 * Each CPU asks the next one, three times in watchdog_thresh seconds, for a
 * sign of life: a call that it does not wait for. The request is busy until
 * the other CPU has taken it. When it is still busy at the third try, that CPU
 * had interrupts off all the time: it is reported, and where it is by NMI.
 *
 * Time is the guest's, and a CPU that a busy host does not run does not ask
 * either; so a slow host gives no false reports.
 *
 * Words: watchdog_thresh=SECONDS (30), 0 or nowatchdog for none. Debug builds
 * only. Waiting for a lock and for an answer is watched where it is done:
 * kernel/locking/ticket.c, kernel/smp.c.
 *
 * Differs from Linux: no counter that overflows into an NMI, so a kernel with
 * one CPU has nobody to watch it. (kernel/watchdog.c)
 */
#include <linux/nmi.h>

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/timekeeping.h>
#include <linux/timer.h>

#define TRIES 3

/* Between two looks at the clock. */
#define HANG_ROUNDS 10000

struct watch {
	struct timer_list timer;
	call_single_data_t sign;
	int whom;
	unsigned int missed; /* tries in a row that found it busy */
};

static DEFINE_PER_CPU(struct watch, watches);

unsigned int watchdog_thresh = 30;

static int __init parse_thresh(char *arg)
{
	return arg ? kstrtouint(arg, 10, &watchdog_thresh) : -EINVAL;
}
early_param("watchdog_thresh", parse_thresh);

static int __init parse_nowatchdog(char *arg)
{
	watchdog_thresh = 0;
	return 0;
}
early_param("nowatchdog", parse_nowatchdog);

bool hang_watch_expired(struct hang_watch *watch)
{
	u64 now;

	if (++watch->rounds % HANG_ROUNDS || !watchdog_thresh)
		return false;
	now = ktime_get_ns();
	if (!watch->since)
		watch->since = now;
	if (now - watch->since < (u64)watchdog_thresh * NSEC_PER_SEC)
		return false;
	watch->since = now;
	return true;
}

void report_silent_cpu(int cpu, const void *what)
{
	pr_err("watchdog: BUG: CPU#%d has waited %u s for CPU#%d to run %pS\n",
	       raw_smp_processor_id(), watchdog_thresh, cpu, what);
	add_taint(TAINT_SOFTLOCKUP, LOCKDEP_STILL_OK);
	trigger_all_cpu_backtrace();
}

static void sign_of_life(void *unused)
{
}

static void report(const struct watch *watch)
{
	pr_err("watchdog: BUG: CPU#%d takes no interrupts for %u s, says CPU#%d\n",
	       watch->whom, watchdog_thresh, smp_processor_id());
	add_taint(TAINT_SOFTLOCKUP, LOCKDEP_STILL_OK);
	trigger_all_cpu_backtrace();
}

static void look(struct timer_list *timer)
{
	struct watch *watch = from_timer(watch, timer, timer);

	if (smp_call_function_single_async(watch->whom, &watch->sign) != -EBUSY)
		watch->missed = 0;
	else if (++watch->missed == TRIES)
		report(watch);
	mod_timer(timer, jiffies + watchdog_thresh * HZ / TRIES);
}

static void __init start_watch(int cpu, int whom)
{
	struct watch *watch = &per_cpu(watches, cpu);

	watch->whom = whom;
	INIT_CSD(&watch->sign, sign_of_life, NULL);
	timer_setup(&watch->timer, look, TIMER_PINNED);
	watch->timer.expires = jiffies + watchdog_thresh * HZ / TRIES;
	add_timer_on(&watch->timer, cpu);
}

static int __init watchdog_init(void)
{
	unsigned int cpu, next;

	if (!IS_ENABLED(CONFIG_DEBUG) || !watchdog_thresh ||
	    num_online_cpus() == 1)
		return 0;
	for_each_online_cpu(cpu) {
		next = cpumask_next(cpu, cpu_online_mask);
		if (next >= nr_cpu_ids)
			next = cpumask_first(cpu_online_mask);
		start_watch(cpu, next);
	}
	return 0;
}
late_initcall(watchdog_init);
