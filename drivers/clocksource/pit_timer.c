// SPDX-License-Identifier: MIT
/*
 * drivers/clocksource/pit_timer.c - the 8254 as timer, and as clock if need be
 *
 *	CPU with a TSC:  one interrupt when the first timer is due (mode 0),
 *	                 unless the CPU has a better device of its own
 *	without:         HZ interrupts a second, for ever (mode 2); time is
 *
 *	    ticks * LATCH  +  LATCH - counter
 *	    |<- interrupts ->|<- since ->|
 *
 * As a clock the counter may have started again before its interrupt was
 * taken; that shows as a count higher than the last one in the same tick, and
 * time then stands still until the interrupt comes. Interrupts that are off
 * for longer than a tick make such a clock late for good.
 *
 * Whoever wants the counter for itself, as tests do, borrows it.
 *
 * Differs from Linux: the counter is not used at all while it is the timer
 * of no CPU. (drivers/clocksource/i8253.c)
 */
#include <quire/pit.h>

#include <linux/clockchips.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/spinlock.h>
#include <linux/tick.h>

#define LATCH ((PIT_TICK_RATE + HZ / 2) / HZ)

static DEFINE_RAW_SPINLOCK(pit_lock);
static u64 ticks;       /* guarded by pit_lock, as all to the blank line */
static u64 last_ticks;  /* at the last reading of the clock, */
static u32 last_passed; /* and how much of a tick had passed */

static bool is_clock; /* written at boot only */
static bool lent;

static int pit_set_next(unsigned long delta, struct clock_event_device *dev)
{
	if (!lent)
		pit_start_oneshot(delta);
	return 0;
}

static int pit_set_periodic(struct clock_event_device *dev)
{
	pit_start_periodic(LATCH);
	return 0;
}

static struct clock_event_device pit_device = {
	.name = "pit",
	.features = CLOCK_EVT_FEAT_ONESHOT,
	.rating = 110,
	.irq = PIT_IRQ,
	.set_next_event = pit_set_next,
	.set_state_periodic = pit_set_periodic,
};

static irqreturn_t pit_interrupt(int irq, void *dev)
{
	raw_spin_lock(&pit_lock);
	ticks++;
	raw_spin_unlock(&pit_lock);
	pit_device.event_handler(&pit_device);
	return IRQ_HANDLED;
}

static u64 pit_clock_read(struct clocksource *cs)
{
	unsigned long flags;
	u32 passed;
	u64 now;

	raw_spin_lock_irqsave(&pit_lock, flags);
	passed = LATCH - min_t(u32, pit_read(), LATCH);
	if (ticks == last_ticks && passed < last_passed)
		passed = last_passed;
	last_ticks = ticks;
	last_passed = passed;
	now = ticks * LATCH + passed;
	raw_spin_unlock_irqrestore(&pit_lock, flags);
	return now;
}

static struct clocksource pit_clock = {
	.name = "pit",
	.rating = 110,
	.read = pit_clock_read,
	.mask = CLOCKSOURCE_MASK(64),
};

static int take_line(void)
{
	return request_irq(PIT_IRQ, pit_interrupt, IRQF_TIMER, "timer",
			   &pit_device);
}

int pit_borrow(irqreturn_t (*handler)(int irq, void *dev), const char *name,
	       void *dev)
{
	int err;

	if (is_clock || lent)
		return -EBUSY;
	lent = true;
	free_irq(PIT_IRQ, &pit_device);
	err = request_irq(PIT_IRQ, handler, 0, name, dev);
	if (err)
		pit_return(NULL);
	return err;
}

/* The first interrupt finds out what is to be done. */
void pit_return(void *dev)
{
	if (dev)
		free_irq(PIT_IRQ, dev);
	lent = false;
	if (take_line())
		pr_err("pit: its interrupt line is lost\n");
	pit_start_oneshot(LATCH);
}

void __init pit_timer_init(void)
{
	if (take_line()) {
		pr_err("pit: no interrupt line\n");
		return;
	}
	clockevents_config_and_register(&pit_device, PIT_TICK_RATE, 16, 0xffff);
}

void __init pit_clock_init(void)
{
	unsigned long flags;

	local_irq_save(flags);
	is_clock = true;
	pit_device.features = CLOCK_EVT_FEAT_PERIODIC;
	pit_device.rating = 1000;
	tick_check_new_device(&pit_device);
	local_irq_restore(flags);
	clocksource_register_hz(&pit_clock, PIT_TICK_RATE);
}
