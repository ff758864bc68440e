// SPDX-License-Identifier: MIT
/* Softirqs and tasklets: does later work run once, in time, in its context? */
#include <kunit/test.h>
#include <linux/interrupt.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <quire/capture.h>

#define LINE 5
#define TEST_SOFTIRQ BLOCK_SOFTIRQ /* nothing else uses it */

static unsigned int runs, raises;
static int seen_count;
static bool seen_irqs_off, ran_in_handler;
static char order[8];

static void raise_line(void)
{
	asm volatile("int %0" : : "i"(32 + LINE) : "memory");
}

static void note_run(struct softirq_action *h)
{
	runs++;
	seen_count = preempt_count();
	seen_irqs_off = irqs_disabled();
	if (raises) {
		raises--;
		raise_softirq(TEST_SOFTIRQ);
	}
}

static irqreturn_t raiser(int irq, void *dev)
{
	unsigned int before = runs;

	raise_softirq(TEST_SOFTIRQ);
	raise_softirq(TEST_SOFTIRQ);
	ran_in_handler = runs != before;
	return IRQ_HANDLED;
}

static int softirq_init(struct kunit *test)
{
	open_softirq(TEST_SOFTIRQ, note_run);
	runs = 0;
	raises = 0;
	memset(order, 0, sizeof(order));
	return request_irq(LINE, raiser, 0, "softirq-test", &runs);
}

static void softirq_exit(struct kunit *test)
{
	free_irq(LINE, &runs);
}

/* Does what a handler raises run once, after it, with interrupts on? */
static void runs_after_the_handler(struct kunit *test)
{
	raise_line();
	KUNIT_EXPECT_FALSE(test, ran_in_handler);
	KUNIT_EXPECT_EQ(test, runs, 1);
	KUNIT_EXPECT_FALSE(test, seen_irqs_off);
	KUNIT_EXPECT_EQ(test, seen_count, SOFTIRQ_OFFSET);
	KUNIT_EXPECT_FALSE(test, in_interrupt());
	KUNIT_EXPECT_EQ(test, local_softirq_pending(), 0);
}

/* Does local_bh_disable() hold it back, nested, until the last enable? */
static void bh_disable_holds_back(struct kunit *test)
{
	local_bh_disable();
	KUNIT_EXPECT_TRUE(test, in_softirq());
	KUNIT_EXPECT_FALSE(test, in_serving_softirq());
	local_bh_disable();
	raise_line();
	raise_softirq(TEST_SOFTIRQ);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, runs, 0);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, runs, 1);
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

/* Does a lock taken with _bh keep softirqs out while it is held? */
static void bh_lock_holds_back(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);

	spin_lock_bh(&lock);
	raise_line();
	KUNIT_EXPECT_EQ(test, runs, 0);
	spin_unlock_bh(&lock);
	KUNIT_EXPECT_EQ(test, runs, 1);
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

/* Does what raises itself run again, but not without an end? */
static void self_raising_has_an_end(struct kunit *test)
{
	raises = 3;
	raise_softirq(TEST_SOFTIRQ);
	KUNIT_EXPECT_EQ(test, runs, 4);
	runs = 0;
	raises = 1000000;
	raise_softirq(TEST_SOFTIRQ);
	/* ten, and ten for each interrupt that came meanwhile */
	KUNIT_EXPECT_GE(test, runs, 10);
	KUNIT_EXPECT_LT(test, runs, 1000);
	KUNIT_EXPECT_NE(test, local_softirq_pending() & 1U << TEST_SOFTIRQ, 0);
	raises = 0;
	do_softirq();
	KUNIT_EXPECT_EQ(test, local_softirq_pending() & 1U << TEST_SOFTIRQ, 0);
	KUNIT_EXPECT_EQ(test, runs % 10, 1);
}

/* Does it wait while interrupts are off, and come with the next one? */
static void waits_for_interrupts(struct kunit *test)
{
	unsigned long flags;

	local_irq_save(flags);
	raise_softirq(TEST_SOFTIRQ);
	KUNIT_EXPECT_EQ(test, runs, 0);
	local_irq_restore(flags);
	raise_line();
	/* another interrupt may have been the next one; ours raises it, too */
	KUNIT_EXPECT_GE(test, runs, 1);
	KUNIT_EXPECT_LE(test, runs, 2);
}

static void sleeper(struct softirq_action *h)
{
	might_sleep();
}

static void leaker(struct softirq_action *h)
{
	preempt_count_add(PREEMPT_OFFSET);
}

/* Is a softirq that may sleep, or changes its context, named? */
static void wrong_softirqs_are_reported(struct kunit *test)
{
	const char *text;

	open_softirq(TEST_SOFTIRQ, leaker);
	capture_begin();
	raise_line();
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "leaker"));
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
	if (!IS_ENABLED(CONFIG_DEBUG))
		return;
	open_softirq(TEST_SOFTIRQ, sleeper);
	capture_begin();
	raise_line();
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "sleeping function called"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "preempt_count: 100,"));
}

/* ---------------------------------------------------------------- tasklets */

static void note_letter(unsigned long letter)
{
	order[strlen(order)] = letter;
}

static unsigned int again;

static void note_tasklet(struct tasklet_struct *t)
{
	note_letter('t');
	seen_count = preempt_count();
	if (again) {
		again--;
		tasklet_schedule(t);
	}
}

/* Does a tasklet run once however often it was scheduled, in order? */
static void tasklets_run_in_order(struct kunit *test)
{
	DECLARE_TASKLET(t, note_tasklet);
	struct tasklet_struct a, h;

	tasklet_init(&a, note_letter, 'a');
	tasklet_init(&h, note_letter, 'h');
	local_bh_disable();
	tasklet_schedule(&a);
	tasklet_schedule(&t);
	tasklet_schedule(&a);
	tasklet_hi_schedule(&h);
	KUNIT_EXPECT_STREQ(test, order, "");
	local_bh_enable();
	KUNIT_EXPECT_STREQ(test, order, "hat");
	KUNIT_EXPECT_EQ(test, seen_count, SOFTIRQ_OFFSET);
	tasklet_schedule(&a);
	KUNIT_EXPECT_STREQ(test, order, "hata");
}

/* Does one that schedules itself run again? */
static void tasklet_schedules_itself(struct kunit *test)
{
	DECLARE_TASKLET(t, note_tasklet);

	again = 2;
	tasklet_schedule(&t);
	KUNIT_EXPECT_STREQ(test, order, "ttt");
}

/* Does a disabled one wait until it is enabled, and hold up no other? */
static void disabled_tasklet_waits(struct kunit *test)
{
	DECLARE_TASKLET_DISABLED(t, note_tasklet);
	struct tasklet_struct a;

	tasklet_init(&a, note_letter, 'a');
	tasklet_schedule(&t);
	tasklet_schedule(&a);
	KUNIT_EXPECT_STREQ(test, order, "a");
	KUNIT_EXPECT_EQ(test, local_softirq_pending(), 0);
	tasklet_enable(&t);
	KUNIT_EXPECT_STREQ(test, order, "at");
	capture_begin();
	tasklet_enable(&t);
	KUNIT_EXPECT_NOT_NULL(test, strstr(capture_end(), "not disabled"));
}

/* Is one that was killed not run any more, and can it be used again? */
static void killed_tasklet_is_gone(struct kunit *test)
{
	struct tasklet_struct a, b;

	tasklet_init(&a, note_letter, 'a');
	tasklet_init(&b, note_letter, 'b');
	tasklet_disable(&a);
	tasklet_schedule(&a);
	tasklet_schedule(&b);
	tasklet_kill(&a);
	tasklet_enable(&a);
	KUNIT_EXPECT_STREQ(test, order, "b");
	tasklet_schedule(&a);
	KUNIT_EXPECT_STREQ(test, order, "ba");
}

static struct kunit_case softirq_cases[] = {
	KUNIT_CASE(runs_after_the_handler),
	KUNIT_CASE(bh_disable_holds_back),
	KUNIT_CASE(bh_lock_holds_back),
	KUNIT_CASE(self_raising_has_an_end),
	KUNIT_CASE(waits_for_interrupts),
	KUNIT_CASE(wrong_softirqs_are_reported),
	KUNIT_CASE(tasklets_run_in_order),
	KUNIT_CASE(tasklet_schedules_itself),
	KUNIT_CASE(disabled_tasklet_waits),
	KUNIT_CASE(killed_tasklet_is_gone),
	{}
};

static struct kunit_suite softirq_suite = {
	.name = "softirq",
	.init = softirq_init,
	.exit = softirq_exit,
	.test_cases = softirq_cases,
};
kunit_test_suite(softirq_suite);
