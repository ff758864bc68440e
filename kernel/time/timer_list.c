// SPDX-License-Identifier: MIT
/*
 * timer_list.c - the clock, the CPUs' devices and their timers, as text
 *
 * (kernel/time/timer_list.c)
 */
#include <linux/timer.h>

#include <linux/clocksource.h>
#include <linux/percpu.h>
#include <linux/seq_file.h>
#include <linux/tick.h>
#include <linux/timekeeping.h>

int timer_list_show(struct seq_file *m, void *unused)
{
	const struct clocksource *cs = timekeeping_clocksource();
	int cpu;

	seq_printf(m, "clock %s, mult %u, shift %u: %lld us since boot\n",
		   cs->name, cs->mult, cs->shift, ktime_to_us(ktime_get()));
	seq_printf(m, "jiffies %lu, HZ %d\n", jiffies, HZ);
	for_each_possible_cpu(cpu) {
		tick_show_cpu(m, cpu);
		timers_show_cpu(m, cpu);
	}
	return 0;
}
