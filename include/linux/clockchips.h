/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CLOCKCHIPS_H
#define _LINUX_CLOCKCHIPS_H

#include <linux/clocksource.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/types.h>

struct cpumask;

#define CLOCK_EVT_FEAT_PERIODIC 0x01
#define CLOCK_EVT_FEAT_ONESHOT 0x02

enum clock_event_state {
	CLOCK_EVT_STATE_DETACHED,
	CLOCK_EVT_STATE_SHUTDOWN,
	CLOCK_EVT_STATE_PERIODIC,
	CLOCK_EVT_STATE_ONESHOT,
};

/*
 * A timer that interrupts one CPU. Its driver fills in name, features,
 * rating, irq, cpumask and the set_ functions, registers it on that CPU, and
 * calls event_handler(dev) at each interrupt. All its functions are called
 * on its CPU with interrupts off.
 */
struct clock_event_device {
	void (*event_handler)(struct clock_event_device *dev);
	/* One interrupt in delta counts, from min to max. Returns 0. */
	int (*set_next_event)(unsigned long delta,
			      struct clock_event_device *dev);
	int (*set_state_periodic)(struct clock_event_device *dev);
	int (*set_state_oneshot)(struct clock_event_device *dev);
	int (*set_state_shutdown)(struct clock_event_device *dev);
	ktime_t next_event; /* KTIME_MAX: none */
	u64 max_delta_ns;
	u64 min_delta_ns;
	u32 mult; /* counts = ns * mult >> shift */
	u32 shift;
	enum clock_event_state state_use_accessors;
	unsigned int features;
	unsigned long min_delta_ticks;
	unsigned long max_delta_ticks;
	const char *name;
	int rating;
	int irq;
	const struct cpumask *cpumask;
	struct list_head list;
};

/*
 * Gives a device to the CPU this is called on, which uses it from now on if
 * it is better than what it has. Interrupts on or off, not in an interrupt.
 * The second form knows the device's frequency and its least and greatest
 * count.
 */
void clockevents_register_device(struct clock_event_device *dev);
void clockevents_config_and_register(struct clock_event_device *dev, u32 freq,
				     unsigned long min_delta,
				     unsigned long max_delta);

/* The rest is between kernel/time/ and itself. Interrupts off. */
void clockevents_switch_state(struct clock_event_device *dev,
			      enum clock_event_state state);

/* Interrupt at expires, or as soon as may be; at most max_delta_ns ahead. */
void clockevents_program_event(struct clock_event_device *dev, ktime_t expires);

#endif
