// SPDX-License-Identifier: MIT
/* Threads of the kernel: their beginning, their end, and what they leave. */
#include "sched_scratch.h"

#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

#define MANY 64

static int answer(void *data)
{
	int value = *(int *)data;

	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return value;
}

/* Does the function get its argument, and kthread_stop() its result? */
static void result_comes_back(struct kunit *test)
{
	int value = 42;
	struct task_struct *p = kthread_run(answer, &value, "answer");

	KUNIT_ASSERT_FALSE(test, IS_ERR(p));
	KUNIT_EXPECT_PTR_EQ(test, kthread_data(p), &value);
	/* one that is stopped before it has begun does not begin */
	KUNIT_EXPECT_TRUE(test, until_asleep(p));
	KUNIT_EXPECT_EQ(test, kthread_stop(p), 42);
}

/* Is one that was never woken ended without having run? */
static void never_woken(struct kunit *test)
{
	int value = 42;
	struct task_struct *p = kthread_create(answer, &value, "answer");

	KUNIT_ASSERT_FALSE(test, IS_ERR(p));
	KUNIT_EXPECT_EQ(test, kthread_stop(p), -EINTR);
}

/* Does kthread_stop() wake one that sleeps? */
static void stop_wakes(struct kunit *test)
{
	struct task_struct *p = make_here(test, sleep_until_stopped, NULL);

	wake_up_process(p);
	KUNIT_EXPECT_TRUE(test, until_asleep(p));
	KUNIT_EXPECT_EQ(test, kthread_stop(p), 0);
}

static int end_at_once(void *data)
{
	return 7;
}

/* Does a reference keep the result of a thread that has ended by itself? */
static void ended_by_itself(struct kunit *test)
{
	unsigned int before = nr_threads_alive();
	struct task_struct *p = kthread_create(end_at_once, NULL, "short");

	KUNIT_ASSERT_FALSE(test, IS_ERR(p));
	get_task_struct(p);
	wake_up_process(p);
	KUNIT_EXPECT_TRUE(test, wait_threads_gone(before));
	KUNIT_EXPECT_EQ(test, kthread_stop(p), 7);
	put_task_struct(p);
}

static int exit_early(void *data)
{
	kthread_complete_and_exit(data, 11);
}

/* Does kthread_complete_and_exit() tell of the end, and keep the result? */
static void complete_and_exit(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(done);
	struct task_struct *p = kthread_create(exit_early, &done, "early");

	KUNIT_ASSERT_FALSE(test, IS_ERR(p));
	get_task_struct(p);
	wake_up_process(p);
	wait_for_completion(&done);
	KUNIT_EXPECT_EQ(test, kthread_stop(p), 11);
	put_task_struct(p);
}

static bool on_the_list(const struct task_struct *wanted)
{
	struct task_struct *p;
	bool found = false;

	read_lock(&tasklist_lock);
	for_each_process(p)
		found |= p == wanted;
	read_unlock(&tasklist_lock);
	return found;
}

/* Has each its name, number and place in the list of all? */
static void name_and_number(struct kunit *test)
{
	struct task_struct *a = kthread_create(end_at_once, NULL, "a%d", 1);
	struct task_struct *b =
		kthread_create(end_at_once, NULL, "a very long %s", "string");

	KUNIT_ASSERT_FALSE(test, IS_ERR(a));
	KUNIT_ASSERT_FALSE(test, IS_ERR(b));
	KUNIT_EXPECT_STREQ(test, a->comm, "a1");
	KUNIT_EXPECT_STREQ(test, b->comm, "a very long str");
	KUNIT_EXPECT_NE(test, a->pid, b->pid);
	KUNIT_EXPECT_TRUE(test, on_the_list(a));
	KUNIT_EXPECT_FALSE(test, kthread_should_stop());
	kthread_stop(a);
	KUNIT_EXPECT_FALSE(test, on_the_list(a));
	kthread_stop(b);
}

/* Is all memory of a thread free when kthread_stop() returns? */
static void memory_is_back(struct kunit *test)
{
	unsigned int before = nr_threads_alive();
	unsigned int i;

	for (i = 0; i < MANY; i++) {
		struct task_struct *p =
			kthread_run(sleep_until_stopped, NULL, "back");

		KUNIT_ASSERT_FALSE(test, IS_ERR(p));
		KUNIT_EXPECT_EQ(test, nr_threads_alive(), before + 1);
		kthread_stop(p);
		KUNIT_EXPECT_EQ(test, nr_threads_alive(), before);
	}
}

/* Can many exist at once, and end in any order? */
static void many_at_once(struct kunit *test)
{
	static struct task_struct *p[MANY];
	unsigned int i;

	for (i = 0; i < MANY; i++) {
		p[i] = kthread_run(sleep_until_stopped, NULL, "many/%u", i);
		KUNIT_ASSERT_FALSE(test, IS_ERR(p[i]));
	}
	for (i = 0; i < MANY; i++) {
		int result = kthread_stop(p[i * 37 % MANY]);

		KUNIT_EXPECT_TRUE(test, result == 0 || result == -EINTR);
	}
}

static int look_where(void *data)
{
	*(unsigned int *)data = raw_smp_processor_id();
	return 0;
}

/* Does a bound thread run on its CPU, on each of them? */
static void bound_to_each_cpu(struct kunit *test)
{
	unsigned int before = nr_threads_alive();
	unsigned int cpu, where;

	for_each_online_cpu(cpu) {
		struct task_struct *p;

		where = NR_CPUS;
		p = kthread_create_on_cpu(look_where, &where, cpu, "on/%u");
		KUNIT_ASSERT_FALSE(test, IS_ERR(p));
		KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(p, cpu_online_mask),
				IS_ENABLED(CONFIG_SMP) ? -EINVAL : 0);
		wake_up_process(p);
		KUNIT_EXPECT_TRUE(test, wait_threads_gone(before));
		KUNIT_EXPECT_EQ(test, where, cpu);
	}
}

/*
 * May each thread that nobody has bound run anywhere, those too that were made
 * before the other CPUs were known?
 */
static void unbound_know_all_cpus(struct kunit *test)
{
	unsigned int nr = 0, confined = 0;
	struct task_struct *p;

	read_lock(&tasklist_lock);
	for_each_process(p) {
		/* a case stays on one CPU */
		if (p->flags & PF_NO_SETAFFINITY || p == current)
			continue;
		nr++;
		confined += !cpumask_subset(cpu_possible_mask, &p->cpus_mask);
	}
	read_unlock(&tasklist_lock);
	KUNIT_EXPECT_GE(test, nr, 2); /* kthreadd, printk */
	KUNIT_EXPECT_EQ(test, confined, 0);
}

static int count_and_park(void *data)
{
	while (!kthread_should_stop()) {
		if (kthread_should_park())
			kthread_parkme();
		WRITE_ONCE(*(int *)data, *(int *)data + 1);
		schedule_timeout_interruptible(1);
	}
	return 0;
}

/* Does a parked thread rest, and go on when it is unparked? */
static void parking(struct kunit *test)
{
	int count = 0, seen;
	struct task_struct *p = make_here(test, count_and_park, &count);
	unsigned long end = jiffies + LONG_TIME;

	wake_up_process(p);
	KUNIT_EXPECT_TRUE(test, until_asleep(p));
	KUNIT_EXPECT_EQ(test, kthread_park(p), 0);
	KUNIT_EXPECT_EQ(test, READ_ONCE(p->__state), TASK_PARKED);
	seen = count;
	wake_up_process(p); /* does not wake this state */
	schedule_timeout_uninterruptible(3);
	KUNIT_EXPECT_EQ(test, READ_ONCE(count), seen);
	kthread_unpark(p);
	while (READ_ONCE(count) == seen && time_before(jiffies, end))
		yield();
	KUNIT_EXPECT_NE(test, READ_ONCE(count), seen);
	KUNIT_EXPECT_EQ(test, kthread_park(p), 0);
	KUNIT_EXPECT_EQ(test, kthread_stop(p), 0);
}

static struct kunit_case kthread_cases[] = {
	KUNIT_CASE(result_comes_back),
	KUNIT_CASE(never_woken),
	KUNIT_CASE(stop_wakes),
	KUNIT_CASE(ended_by_itself),
	KUNIT_CASE(complete_and_exit),
	KUNIT_CASE(name_and_number),
	KUNIT_CASE(memory_is_back),
	KUNIT_CASE(many_at_once),
	KUNIT_CASE(bound_to_each_cpu),
	KUNIT_CASE(unbound_know_all_cpus),
	KUNIT_CASE(parking),
	{}
};

static struct kunit_suite kthread_suite = {
	.name = "kthread",
	.test_cases = kthread_cases,
};
kunit_test_suite(kthread_suite);
