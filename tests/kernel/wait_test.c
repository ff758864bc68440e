// SPDX-License-Identifier: MIT
/* Wait queues and completions: who is woken, by what, and that none is lost. */
#include "sched_scratch.h"

#include <linux/spinlock.h>

#define WAITERS 4
#define ROUNDS 5000

static DECLARE_WAIT_QUEUE_HEAD(queue);
static bool open;
static atomic_t passed;

/* ------------------------------------------------------------ who is woken */

static int wait_plain(void *unused)
{
	wait_event(queue, open);
	atomic_inc(&passed);
	return sleep_until_stopped(NULL);
}

static int wait_exclusive(void *unused)
{
	DEFINE_WAIT(entry);

	prepare_to_wait_exclusive(&queue, &entry, TASK_UNINTERRUPTIBLE);
	schedule();
	finish_wait(&queue, &entry);
	atomic_inc(&passed);
	return sleep_until_stopped(NULL);
}

static int wait_interruptible(void *unused)
{
	int err = wait_event_interruptible(queue, open);

	atomic_inc(&passed);
	sleep_until_stopped(NULL);
	return err;
}

static struct task_struct *waiter[WAITERS];

static void start_waiters(struct kunit *test, int (*fn)(void *))
{
	unsigned int i;

	open = false;
	atomic_set(&passed, 0);
	for (i = 0; i < WAITERS; i++) {
		waiter[i] = make_here(test, fn, NULL);
		wake_up_process(waiter[i]);
		KUNIT_EXPECT_TRUE(test, until_asleep(waiter[i]));
	}
	KUNIT_EXPECT_EQ(test, atomic_read(&passed), 0);
	KUNIT_EXPECT_TRUE(test, waitqueue_active(&queue));
}

static void all_asleep(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < WAITERS; i++)
		KUNIT_EXPECT_TRUE(test, until_asleep(waiter[i]));
}

static void stop_waiters(struct kunit *test)
{
	unsigned int i;

	KUNIT_EXPECT_EQ(test, atomic_read(&passed), WAITERS);
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&queue));
	for (i = 0; i < WAITERS; i++)
		KUNIT_EXPECT_EQ(test, kthread_stop(waiter[i]), 0);
}

/* Does one wake-up reach all who wait for a condition? */
static void all_that_wait(struct kunit *test)
{
	start_waiters(test, wait_plain);
	open = true;
	wake_up(&queue);
	all_asleep(test);
	stop_waiters(test);
}

/* Does who is woken look again, and wait on while the condition is false? */
static void condition_is_looked_at(struct kunit *test)
{
	start_waiters(test, wait_plain);
	wake_up_all(&queue);
	all_asleep(test);
	KUNIT_EXPECT_EQ(test, atomic_read(&passed), 0);
	open = true;
	wake_up_all(&queue);
	all_asleep(test);
	stop_waiters(test);
}

/* Are as many exclusive waiters woken as asked for, in their order? */
static void exclusive_ones(struct kunit *test)
{
	start_waiters(test, wait_exclusive);
	wake_up(&queue);
	all_asleep(test);
	KUNIT_EXPECT_EQ(test, atomic_read(&passed), 1);
	KUNIT_EXPECT_EQ(test, READ_ONCE(waiter[0]->__state),
			TASK_INTERRUPTIBLE);
	wake_up_nr(&queue, 2);
	all_asleep(test);
	KUNIT_EXPECT_EQ(test, atomic_read(&passed), 3);
	wake_up_all(&queue);
	all_asleep(test);
	stop_waiters(test);
}

/* Does wake_up_interruptible() wake only those who may be interrupted? */
static void by_state(struct kunit *test)
{
	start_waiters(test, wait_plain);
	open = true;
	wake_up_interruptible(&queue);
	all_asleep(test);
	KUNIT_EXPECT_EQ(test, atomic_read(&passed), 0);
	wake_up(&queue);
	all_asleep(test);
	stop_waiters(test);
	start_waiters(test, wait_interruptible);
	open = true;
	wake_up_interruptible(&queue);
	all_asleep(test);
	stop_waiters(test);
}

/* Is the wait over at once if the condition holds, without a wake-up? */
static void nothing_to_wait_for(struct kunit *test)
{
	unsigned long switches = current->nvcsw;

	wait_event(queue, true);
	KUNIT_EXPECT_EQ(test, wait_event_interruptible(queue, true), 0);
	KUNIT_EXPECT_EQ(test, wait_event_timeout(queue, true, 5), 5);
	KUNIT_EXPECT_EQ(test, current->nvcsw, switches);
}

/* Does a wait for a time end then, and tell whether the condition holds? */
static void until_a_time(struct kunit *test)
{
	unsigned long begin = jiffies;

	KUNIT_EXPECT_EQ(test, wait_event_timeout(queue, false, 3), 0);
	KUNIT_EXPECT_GE(test, jiffies - begin, 3);
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&queue));
	begin = jiffies;
	KUNIT_EXPECT_EQ(test,
			wait_event_timeout(queue, jiffies - begin >= 2, 2), 1);
}

/* ------------------------------------------------------------ none is lost */

/*
 * Two threads in turn: each waits for its turn, then gives it to the other. A
 * host that is busy runs the other CPU late, so there is an end in time, too.
 */
struct table {
	wait_queue_head_t wait[2];
	int turn;
	bool lost, over;
	unsigned long end;
	struct completion done;
};
static struct table table;

static void play(int side)
{
	unsigned int i;

	for (i = 0; i < ROUNDS && !READ_ONCE(table.over); i++) {
		if (!wait_event_timeout(table.wait[side],
					READ_ONCE(table.turn) == side,
					LONG_TIME))
			WRITE_ONCE(table.lost, true);
		if (table.lost || (!side && time_after(jiffies, table.end)))
			WRITE_ONCE(table.over, true);
		WRITE_ONCE(table.turn, !side);
		wake_up(&table.wait[!side]);
	}
}

static int player(void *unused)
{
	play(1);
	complete(&table.done);
	return 0;
}

static void play_with(struct kunit *test, struct task_struct *p)
{
	init_waitqueue_head(&table.wait[0]);
	init_waitqueue_head(&table.wait[1]);
	init_completion(&table.done);
	table.turn = 0;
	table.lost = table.over = false;
	table.end = jiffies + HZ / 2;
	wake_up_process(p);
	play(0);
	wait_for_completion(&table.done);
	KUNIT_EXPECT_FALSE(test, table.lost);
}

/* Is no wake-up lost between two threads of one CPU? */
static void turns_on_one_cpu(struct kunit *test)
{
	play_with(test, make_here(test, player, NULL));
}

/* ... and of two CPUs, where the look and the wake-up really coincide? */
static void turns_on_two_cpus(struct kunit *test)
{
	play_with(test, make_on(test, other_cpu(test), player, NULL));
}

/* -------------------------------------------------------------- completions */

static int pass_three_times(void *x)
{
	unsigned int i;

	for (i = 0; i < 3; i++) {
		wait_for_completion(x);
		atomic_inc(&passed);
	}
	return sleep_until_stopped(NULL);
}

/* Does each complete() let one wait pass, also one that comes later? */
static void one_for_one(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(x);
	struct task_struct *p = make_here(test, pass_three_times, &x);

	atomic_set(&passed, 0);
	complete(&x);
	complete(&x);
	KUNIT_EXPECT_TRUE(test, completion_done(&x));
	wake_up_process(p);
	KUNIT_EXPECT_TRUE(test, until_asleep(p));
	KUNIT_EXPECT_EQ(test, atomic_read(&passed), 2);
	KUNIT_EXPECT_FALSE(test, completion_done(&x));
	KUNIT_EXPECT_FALSE(test, try_wait_for_completion(&x));
	complete(&x);
	KUNIT_EXPECT_TRUE(test, until_asleep(p));
	KUNIT_EXPECT_EQ(test, atomic_read(&passed), 3);
	kthread_stop(p);
}

/* Does complete_all() let all pass, until reinit_completion()? */
static void for_all(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(x);
	struct task_struct *p = make_here(test, pass_three_times, &x);

	atomic_set(&passed, 0);
	wake_up_process(p);
	KUNIT_EXPECT_TRUE(test, until_asleep(p));
	complete_all(&x);
	KUNIT_EXPECT_TRUE(test, until_asleep(p));
	KUNIT_EXPECT_EQ(test, atomic_read(&passed), 3);
	KUNIT_EXPECT_TRUE(test, try_wait_for_completion(&x));
	KUNIT_EXPECT_TRUE(test, completion_done(&x));
	reinit_completion(&x);
	KUNIT_EXPECT_FALSE(test, completion_done(&x));
	kthread_stop(p);
}

static int complete_it(void *x)
{
	complete(x);
	return 0;
}

/* May a completion leave the stack as soon as the wait is over? */
static void gone_after_the_wait(struct kunit *test)
{
	unsigned int cpu, i;

	for_each_online_cpu(cpu) {
		for (i = 0; i < 50; i++) {
			DECLARE_COMPLETION_ONSTACK(x);

			wake_up_process(make_on(test, cpu, complete_it, &x));
			wait_for_completion(&x);
			memset(&x, 0xff, sizeof(x));
		}
	}
}

static struct kunit_case wait_cases[] = {
	KUNIT_CASE(all_that_wait),
	KUNIT_CASE(condition_is_looked_at),
	KUNIT_CASE(exclusive_ones),
	KUNIT_CASE(by_state),
	KUNIT_CASE(nothing_to_wait_for),
	KUNIT_CASE(until_a_time),
	KUNIT_CASE_SLOW(turns_on_one_cpu),
	KUNIT_CASE_SLOW(turns_on_two_cpus),
	{}
};

static struct kunit_case completion_cases[] = {
	KUNIT_CASE(one_for_one),
	KUNIT_CASE(for_all),
	KUNIT_CASE(gone_after_the_wait),
	{}
};

static struct kunit_suite wait_suite = {
	.name = "wait",
	.test_cases = wait_cases,
};

static struct kunit_suite completion_suite = {
	.name = "completion",
	.test_cases = completion_cases,
};
kunit_test_suites(&wait_suite, &completion_suite);
