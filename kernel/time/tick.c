// SPDX-License-Identifier: MIT
/*
 * tick.c - interrupting a CPU when it is time, and only then
 *
 *	first timer of the wheel ---+
 *	tick_nohz_dep_set_cpu() ----+--> the earliest --> clock event device
 *	a clock that might wrap ----+                          |
 *	       ^                                               v
 *	       +---- look again <---- run timers, scheduler_tick()
 *
 * The time is known without a tick (timekeeping.c), so a CPU is interrupted
 * only for something: the jiffy of its first timer, or each jiffy as long as
 * someone asked for a tick; the scheduler does so while threads of equal
 * rights share the CPU. An idle CPU, and one that has a single thread and no
 * timer, gets no interrupt at all.
 *
 * A device is only ever set to an earlier time than it has. When the first
 * timer is deleted it comes for nothing, once, and is then set to the next;
 * that is cheaper than to set it at each deletion.
 *
 * A device that cannot be set, but only ticks, ticks all the time. So does
 * the timer that has to be the clock as well (drivers/clocksource).
 *
 * T1  next is when the device will interrupt, at the latest; KTIME_MAX: it
 *     will not. Only its own CPU, with interrupts off, changes it.
 *
 * Differs from Linux: no periodic tick that is then stopped, no broadcast
 * for CPUs whose timers sleep, no CPU with the duty to count jiffies.
 * (kernel/time/tick-common.c, tick-sched.c)
 */
#include <linux/tick.h>

#include <linux/bitops.h>
#include <linux/clockchips.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kcsan.h>
#include <linux/minmax.h>
#include <linux/percpu.h>
#include <linux/seq_file.h>
#include <linux/smp.h>
#include <linux/timekeeping.h>
#include <linux/timer.h>

#include "timekeeping_internal.h"

struct tick_cpu {
	struct clock_event_device *dev;
	ktime_t next;           /* T1 */
	unsigned long deps;     /* TICK_DEP_BIT_s; any CPU */
	unsigned long last;     /* jiffy of the last scheduler_tick() */
	unsigned long nr_ticks; /* interrupts of dev */
	bool periodic;
};

static DEFINE_PER_CPU(struct tick_cpu, tick_cpu);

static ktime_t next_jiffy(void)
{
	return (div_u64(ktime_get_ns(), TICK_NSEC) + 1) * TICK_NSEC;
}

static ktime_t next_wanted(const struct tick_cpu *tick)
{
	u64 max_idle = timekeeping_max_idle();
	ktime_t next = KTIME_MAX;
	unsigned long expires;

	if (timer_next_expiry(&expires))
		next = jiffies_to_ktime(expires);
	if (READ_ONCE(tick->deps))
		next = min(next, next_jiffy());
	if (max_idle && raw_smp_processor_id() == 0)
		next = min_t(ktime_t, next, ktime_get() + max_idle);
	return next;
}

void tick_timers_changed(void)
{
	struct tick_cpu *tick = this_cpu_ptr(&tick_cpu);
	ktime_t next;

	if (!tick->dev || tick->periodic)
		return;
	next = next_wanted(tick);
	if (next >= tick->next)
		return;
	tick->next = next;
	clockevents_switch_state(tick->dev, CLOCK_EVT_STATE_ONESHOT);
	clockevents_program_event(tick->dev, next);
}

void tick_soon(void)
{
	struct tick_cpu *tick = this_cpu_ptr(&tick_cpu);
	unsigned long flags;

	local_irq_save(flags);
	if (tick->dev && !tick->periodic) {
		tick->next = ktime_get();
		clockevents_switch_state(tick->dev, CLOCK_EVT_STATE_ONESHOT);
		clockevents_program_event(tick->dev, tick->next);
	}
	local_irq_restore(flags);
}

static void run_scheduler_tick(struct tick_cpu *tick)
{
	unsigned long now = jiffies;

	if (now == tick->last)
		return;
	tick->last = now;
	scheduler_tick();
}

static void handle_tick(struct clock_event_device *dev)
{
	struct tick_cpu *tick = this_cpu_ptr(&tick_cpu);

	if (dev != tick->dev)
		return;
	tick->nr_ticks++;
	if (timekeeping_max_idle())
		timekeeping_accumulate();
	run_local_timers();
	kcsan_print_reports();
	if (READ_ONCE(tick->deps))
		run_scheduler_tick(tick);
	tick->next = KTIME_MAX;
	tick_timers_changed();
}

/* Starts the device of this CPU. Interrupts off. */
static void setup_device(struct tick_cpu *tick)
{
	tick->next = KTIME_MAX;
	tick->periodic = !(tick->dev->features & CLOCK_EVT_FEAT_ONESHOT);
	if (tick->periodic)
		clockevents_switch_state(tick->dev, CLOCK_EVT_STATE_PERIODIC);
	else
		tick_timers_changed();
}

void tick_check_new_device(struct clock_event_device *dev)
{
	struct tick_cpu *tick = this_cpu_ptr(&tick_cpu);

	dev->event_handler = handle_tick;
	if (tick->dev && dev != tick->dev && dev->rating <= tick->dev->rating) {
		clockevents_switch_state(dev, CLOCK_EVT_STATE_SHUTDOWN);
		return;
	}
	if (tick->dev)
		clockevents_switch_state(tick->dev, CLOCK_EVT_STATE_SHUTDOWN);
	tick->dev = dev;
	setup_device(tick);
}

static void set_anew(void *unused)
{
	struct tick_cpu *tick = this_cpu_ptr(&tick_cpu);

	tick->next = KTIME_MAX;
	tick_timers_changed();
}

void tick_clock_notify(void)
{
	on_each_cpu(set_anew, NULL, 1);
}

static void kicked(void *unused)
{
	tick_timers_changed();
}

static DEFINE_PER_CPU(call_single_data_t, kick) = CSD_INIT(kicked, NULL);

void tick_kick_cpu(int cpu)
{
	unsigned long flags;

	local_irq_save(flags);
	if (cpu == raw_smp_processor_id())
		tick_timers_changed();
	else
		/* busy: it is on its way, and will see what is now */
		smp_call_function_single_async(cpu, &per_cpu(kick, cpu));
	local_irq_restore(flags);
}

void tick_nohz_dep_set_cpu(int cpu, enum tick_dep_bits bit)
{
	if (!test_and_set_bit(bit, &per_cpu(tick_cpu, cpu).deps))
		tick_kick_cpu(cpu);
}

void tick_nohz_dep_clear_cpu(int cpu, enum tick_dep_bits bit)
{
	clear_bit(bit, &per_cpu(tick_cpu, cpu).deps);
}

void tick_show_cpu(struct seq_file *m, int cpu)
{
	const struct tick_cpu *tick = &per_cpu(tick_cpu, cpu);

	seq_printf(m, "cpu %d: device %s, %s, %lu ticks, next ", cpu,
		   tick->dev ? tick->dev->name : "none",
		   tick->periodic ? "periodic" : "on demand", tick->nr_ticks);
	if (tick->periodic || tick->next == KTIME_MAX)
		seq_printf(m, "%s\n", tick->periodic ? "always" : "never");
	else
		seq_printf(m, "in %lld us\n",
			   ktime_us_delta(tick->next, ktime_get()));
}
