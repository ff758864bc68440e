// SPDX-License-Identifier: MIT
/*
 * clockevents.c - timers of the machine that interrupt a CPU
 *
 *	ns until the event --clamp to what it can--> counts --> the device
 *
 * A device that is asked for more than it can count comes early, and whoever
 * it wakes sees that nothing is due yet and asks again.
 *
 * Differs from Linux: devices are not exchanged behind tick.c's back.
 * (kernel/time/clockevents.c)
 */
#include <linux/clockchips.h>

#include <linux/irqflags.h>
#include <linux/minmax.h>
#include <linux/tick.h>
#include <linux/timekeeping.h>

typedef int (*set_state_t)(struct clock_event_device *dev);

void clockevents_switch_state(struct clock_event_device *dev,
			      enum clock_event_state state)
{
	set_state_t set = NULL;

	if (dev->state_use_accessors == state)
		return;
	switch (state) {
	case CLOCK_EVT_STATE_PERIODIC:
		set = dev->set_state_periodic;
		break;
	case CLOCK_EVT_STATE_ONESHOT:
		set = dev->set_state_oneshot;
		break;
	case CLOCK_EVT_STATE_SHUTDOWN:
		set = dev->set_state_shutdown;
		break;
	case CLOCK_EVT_STATE_DETACHED:
		break;
	}
	dev->state_use_accessors = state;
	dev->next_event = KTIME_MAX;
	if (set)
		set(dev);
}

void clockevents_program_event(struct clock_event_device *dev, ktime_t expires)
{
	s64 delta = ktime_sub(expires, ktime_get());
	unsigned long counts;

	dev->next_event = expires;
	delta = clamp_t(s64, delta, dev->min_delta_ns, dev->max_delta_ns);
	/* one more: rather a little late than early, and then again */
	counts = mul_u64_u32_shr(delta, dev->mult, dev->shift) + 1;
	dev->set_next_event(min(counts, dev->max_delta_ticks), dev);
}

void clockevents_config_and_register(struct clock_event_device *dev, u32 freq,
				     unsigned long min_delta,
				     unsigned long max_delta)
{
	dev->min_delta_ticks = min_delta;
	dev->max_delta_ticks = max_delta;
	clocks_calc_mult_shift(&dev->mult, &dev->shift, NSEC_PER_SEC, freq, 0);
	dev->min_delta_ns = div_u64((u64)min_delta * NSEC_PER_SEC, freq);
	dev->max_delta_ns = div_u64((u64)max_delta * NSEC_PER_SEC, freq);
	clockevents_register_device(dev);
}

void clockevents_register_device(struct clock_event_device *dev)
{
	unsigned long flags;

	local_irq_save(flags);
	dev->next_event = KTIME_MAX;
	tick_check_new_device(dev);
	local_irq_restore(flags);
}
