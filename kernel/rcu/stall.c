// SPDX-License-Identifier: MIT
/*
 * stall.c - a grace period that does not end names who keeps it
 *
 * A reader that never ends, or a loop with preemption or interrupts off, stops
 * all grace periods: memory to be freed piles up, and synchronize_rcu() hangs
 * far away from the cause. So debug builds say which CPU it is.
 *
 * The limit is in ticks, and generous, since an emulator's CPU may not have
 * been given any time for seconds.
 *
 * Differs from Linux: the CPU's own report of itself is missing.
 * (kernel/rcu/tree_stall.h)
 */
#include "internal.h"

#include <linux/cpumask.h>
#include <linux/jiffies.h>
#include <linux/moduleparam.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>

int rcu_cpu_stall_ticks = 60 * HZ;

static unsigned long began, report_at;

void rcu_stall_begin(void)
{
	began = jiffies;
	report_at = began + rcu_cpu_stall_ticks;
}

void rcu_stall_check(const struct cpumask *waiting)
{
	int cpu;

	if (!IS_ENABLED(CONFIG_DEBUG) || time_before(jiffies, report_at))
		return;
	report_at = jiffies + 2 * rcu_cpu_stall_ticks;
	pr_err("rcu: INFO: rcu_gp detected stalls on CPUs:\n");
	for_each_cpu(cpu, waiting)
		pr_err("rcu:  CPU %d: no quiescent state for %lu ticks\n", cpu,
		       jiffies - began);
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}
