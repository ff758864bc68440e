// SPDX-License-Identifier: MIT
/* Sleeping for a time: long enough, woken early, and by many at once? */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <quire/capture.h>

#define PATIENCE (30 * HZ) /* what has not happened by then never will */

static void sleep_ms(void)
{
	msleep(25);
}

static void sleep_interruptible(void)
{
	msleep_interruptible(25);
}

static void sleep_range(void)
{
	usleep_range(25000, 50000);
}

static void sleep_short_ranges(void)
{
	unsigned int i;

	for (i = 0; i < 50; i++)
		usleep_range(500, 1000);
}

static void sleep_fs(void)
{
	fsleep(25000);
}

static void sleep_jiffies(void)
{
	schedule_timeout_uninterruptible(msecs_to_jiffies(25) + 1);
}

static const struct sleep_case {
	const char *name;
	void (*sleep)(void); /* 25 ms */
} sleep_cases[] = {
	{ "msleep", sleep_ms },
	{ "msleep_interruptible", sleep_interruptible },
	{ "usleep_range", sleep_range },
	{ "usleep_range, short", sleep_short_ranges },
	{ "fsleep", sleep_fs },
	{ "schedule_timeout", sleep_jiffies },
};
KUNIT_ARRAY_PARAM(sleep, sleep_cases, NULL);

/* Does each last as long as it says, and leave the thread running? */
static void lasts_long_enough(struct kunit *test)
{
	const struct sleep_case *c = test->param_value;
	ktime_t start = ktime_get();

	c->sleep();
	KUNIT_EXPECT_GE(test, ktime_us_delta(ktime_get(), start), 25000);
	KUNIT_EXPECT_TRUE(test, task_is_running(current));
}

/* Do sleeps of nothing return? */
static void nothing_returns(struct kunit *test)
{
	msleep(0);
	usleep_range(0, 0);
	KUNIT_EXPECT_EQ(test, schedule_timeout_uninterruptible(0), 0);
}

static struct task_struct *sleeper;

static void wake(struct timer_list *timer)
{
	wake_up_process(sleeper);
}

/* Does a wake-up end a sleep before its time, and is the rest told? */
static void woken_early(struct kunit *test)
{
	unsigned long due = jiffies + 2;
	struct timer_list timer;
	long rest;

	sleeper = current;
	timer_setup(&timer, wake, 0);
	/* first, or a slow machine's timer wakes who does not sleep yet */
	set_current_state(TASK_UNINTERRUPTIBLE);
	mod_timer(&timer, due);
	rest = schedule_timeout(PATIENCE);
	KUNIT_EXPECT_TRUE(test, time_after_eq(jiffies, due));
	KUNIT_EXPECT_GT(test, rest, 0);
	KUNIT_EXPECT_LE(test, rest, PATIENCE);
	del_timer_sync(&timer);
}

/* Is a thread that was woken before it sleeps not slept over? */
static void woken_before(struct kunit *test)
{
	set_current_state(TASK_UNINTERRUPTIBLE);
	wake_up_process(current);
	KUNIT_EXPECT_GT(test, schedule_timeout(PATIENCE), PATIENCE / 2);
}

/* Is a negative time reported, and the thread left running? */
static void negative_is_reported(struct kunit *test)
{
	capture_begin();
	set_current_state(TASK_UNINTERRUPTIBLE);
	KUNIT_EXPECT_EQ(test, schedule_timeout(-1), 0);
	KUNIT_EXPECT_NOT_NULL(test,
			      strstr(capture_end(), "schedule_timeout: -1"));
	KUNIT_EXPECT_TRUE(test, task_is_running(current));
}

static DECLARE_WAIT_QUEUE_HEAD(queue);
static bool happened;

static void make_happen(struct timer_list *timer)
{
	WRITE_ONCE(happened, true);
	wake_up(&queue);
}

/* Does wait_event_timeout() tell an event from the end of its time? */
static void waiting_for_an_event(struct kunit *test)
{
	unsigned long start = jiffies;
	struct timer_list timer;

	happened = false;
	KUNIT_EXPECT_EQ(test, wait_event_timeout(queue, READ_ONCE(happened), 3),
			0);
	KUNIT_EXPECT_GE(test, jiffies - start, 3);
	timer_setup(&timer, make_happen, 0);
	mod_timer(&timer, jiffies + 2);
	KUNIT_EXPECT_GT(test,
			wait_event_timeout(queue, READ_ONCE(happened),
					   PATIENCE),
			0);
	del_timer_sync(&timer);
	KUNIT_EXPECT_EQ(test, wait_event_timeout(queue, READ_ONCE(happened), 0),
			1);
}

static struct completion done;

static void complete_it(struct timer_list *timer)
{
	complete(&done);
}

/* Does wait_for_completion_timeout()? And is a late completion kept? */
static void waiting_for_a_completion(struct kunit *test)
{
	struct timer_list timer;

	init_completion(&done);
	KUNIT_EXPECT_EQ(test, wait_for_completion_timeout(&done, 3), 0);
	timer_setup(&timer, complete_it, 0);
	mod_timer(&timer, jiffies + 2);
	KUNIT_EXPECT_GT(test, wait_for_completion_timeout(&done, PATIENCE), 0);
	KUNIT_EXPECT_FALSE(test, try_wait_for_completion(&done));
	complete(&done);
	KUNIT_EXPECT_GT(test, wait_for_completion_timeout(&done, 1), 0);
	del_timer_sync(&timer);
}

#define THREADS 12
#define SLEEPS 4

static atomic_t early;
static struct completion all_done;

static int sleep_often(void *data)
{
	unsigned long msecs = (unsigned long)data;
	unsigned int i;

	for (i = 0; i < SLEEPS; i++) {
		ktime_t start = ktime_get();

		msleep(msecs);
		if (ktime_ms_delta(ktime_get(), start) < msecs)
			atomic_inc(&early);
	}
	complete(&all_done);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

/* Does each of many threads that sleep at once come back each time? */
static void many_sleepers(struct kunit *test)
{
	struct task_struct *p[THREADS];
	unsigned int i, ended = 0;

	init_completion(&all_done);
	atomic_set(&early, 0);
	for (i = 0; i < THREADS; i++) {
		p[i] = kthread_run(sleep_often, (void *)(i * 7UL), "sleeper/%u",
				   i);
		KUNIT_EXPECT_FALSE(test, IS_ERR(p[i]));
	}
	for (i = 0; i < THREADS; i++)
		ended += wait_for_completion_timeout(&all_done, PATIENCE) > 0;
	for (i = 0; i < THREADS; i++)
		if (!IS_ERR(p[i]))
			kthread_stop(p[i]);
	KUNIT_EXPECT_EQ(test, ended, THREADS);
	KUNIT_EXPECT_EQ(test, atomic_read(&early), 0);
}

static struct kunit_case sleep_test_cases[] = {
	KUNIT_CASE_PARAM_ATTR(lasts_long_enough, sleep_gen_params,
			      { .speed = KUNIT_SPEED_SLOW }),
	KUNIT_CASE(nothing_returns),
	KUNIT_CASE(woken_early),
	KUNIT_CASE(woken_before),
	KUNIT_CASE(negative_is_reported),
	KUNIT_CASE(waiting_for_an_event),
	KUNIT_CASE(waiting_for_a_completion),
	KUNIT_CASE_SLOW(many_sleepers),
	{}
};

static struct kunit_suite sleep_suite = {
	.name = "sleep",
	.test_cases = sleep_test_cases,
};
kunit_test_suite(sleep_suite);
