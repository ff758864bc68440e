// SPDX-License-Identifier: MIT
/* Delays: does time pass, as another clock sees it? */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <quire/pit.h>

#define COUNT 60000 /* of counter 0: 50 ms */
#define TICKS_PER_MSEC (PIT_TICK_RATE / 1000)
#define MOST (10 * TICKS_PER_MSEC) /* twice as long as it should be */
#define TRIES 20

static irqreturn_t came(int irq, void *dev)
{
	return IRQ_HANDLED;
}

static void wait_us(void)
{
	udelay(5000);
}

static void wait_ms(void)
{
	mdelay(5);
}

static void wait_ns(void)
{
	unsigned int i;

	for (i = 0; i < 50; i++)
		ndelay(100000);
}

static const struct delay_case {
	const char *name;
	void (*wait)(void); /* 5 ms */
} delay_cases[] = {
	{ "udelay", wait_us },
	{ "mdelay", wait_ms },
	{ "ndelay", wait_ns },
};
KUNIT_ARRAY_PARAM(delay, delay_cases, NULL);

/* Does each last as long as it says, never less, and not always far more? */
static void lasts_long_enough(struct kunit *test)
{
	const struct delay_case *c = test->param_value;
	unsigned int i, ticks, least = COUNT, cut_short = 0;

	udelay(1); /* the first finds out the speed */
	if (pit_borrow(came, "delay-test", &least))
		kunit_skip(test, "the timer has its owner");
	/* a busy host may stop the machine often: then more of them */
	for (i = 0; i < TRIES || (i < 10 * TRIES && least >= MOST); i++) {
		pit_start_oneshot(COUNT);
		ticks = pit_read();
		c->wait();
		ticks = (u16)(ticks - pit_read());
		least = min(least, ticks);
		/* both clocks are read a little apart */
		cut_short += ticks < 5 * TICKS_PER_MSEC * 97 / 100;
	}
	pit_return(&least);
	/* a machine stopped for longer than a count reads as one cut short */
	KUNIT_EXPECT_LE(test, cut_short, i / 4);
	KUNIT_EXPECT_LT(test, least, MOST);
}

/* Do delays of nothing return, and with interrupts off too? */
static void short_ones_return(struct kunit *test)
{
	unsigned long flags;

	udelay(0);
	ndelay(0);
	mdelay(0);
	local_irq_save(flags);
	udelay(1);
	ndelay(1);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	local_irq_restore(flags);
}

static struct kunit_case delay_test_cases[] = {
	KUNIT_CASE_PARAM_ATTR(lasts_long_enough, delay_gen_params,
			      { .speed = KUNIT_SPEED_SLOW }),
	KUNIT_CASE(short_ones_return),
	{}
};

static struct kunit_suite delay_suite = {
	.name = "delay",
	.test_cases = delay_test_cases,
};
kunit_test_suite(delay_suite);
