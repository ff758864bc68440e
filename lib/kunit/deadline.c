// SPDX-License-Identifier: MIT
/*
 * deadline.c - when a case does not end
 *
 * A wake-up that is lost, a lock that nobody gives back: the case waits for
 * ever, and all that is seen is a run that says no more. So each case has
 * kunit.timeout seconds (120, of the machine's own clock; 0: as many as it
 * likes). Then it is named, with what CPUs and threads are doing, and the run
 * ends there: what the case holds it will not give back.
 *
 * Differs from Linux: there the case is a thread, which is left behind, and
 * the next one begins. (lib/kunit/try-catch.c)
 */
#include "internal.h"

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/timer.h>
#include <quire/capture.h>

static unsigned int seconds = 120;
static const char *suite_name, *case_name;
static struct task_struct *runner;

static int __init timeout_setup(char *arg)
{
	return arg ? kstrtouint(arg, 10, &seconds) : -EINVAL;
}
early_param("kunit.timeout", timeout_setup);

static void print_text(const char *text, size_t size)
{
	printk(KERN_CONT "%.*s", (int)size, text);
}

static void passed(struct timer_list *unused)
{
	struct seq_file m;

	capture_abort();
	trigger_all_cpu_backtrace();
	pr_err("threads:\n");
	seq_init_write(&m, print_text);
	threads_show(&m, NULL);
	thread_show_trace(&m, runner->pid);
	panic("kunit: %s.%s has not ended after %u seconds", suite_name,
	      case_name, seconds);
}

static DEFINE_TIMER(deadline, passed);

void kunit_deadline_begin(const char *suite, const char *name)
{
	if (!seconds)
		return;
	suite_name = suite;
	case_name = name;
	runner = current;
	mod_timer(&deadline, jiffies + seconds * HZ);
}

void kunit_deadline_end(void)
{
	del_timer_sync(&deadline);
}
