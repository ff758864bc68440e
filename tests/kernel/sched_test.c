// SPDX-License-Identifier: MIT
/* The scheduler: who runs first, for how long, and on which CPU. */
#include "sched_scratch.h"

#include <linux/delay.h>

#define WORKERS 3

/* ------------------------------------------------------------------- order */

static int trail[16];
static unsigned int trail_length;

static void leave_mark(int mark)
{
	if (trail_length < ARRAY_SIZE(trail))
		trail[trail_length++] = mark;
}

static int mark_once(void *mark)
{
	leave_mark((long)mark);
	return 0;
}

static int mark_and_yield(void *mark)
{
	unsigned int i;

	for (i = 0; i < 3; i++) {
		leave_mark((long)mark);
		yield();
	}
	return 0;
}

/* Runs fn with marks 1, 2, 3 at these nice values, in that order of waking. */
static void run_three(struct kunit *test, int (*fn)(void *), const int *nice)
{
	unsigned int before = nr_threads_alive();
	struct task_struct *p[3];
	long i;

	trail_length = 0;
	for (i = 0; i < 3; i++) {
		p[i] = make_here(test, fn, (void *)(i + 1));
		set_user_nice(p[i], nice[i]);
	}
	/* none of them gets the CPU before all of them want it */
	preempt_disable();
	for (i = 0; i < 3; i++)
		wake_up_process(p[i]);
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, wait_threads_gone(before));
}

static void expect_trail(struct kunit *test, const int *wanted, unsigned int n)
{
	unsigned int i;

	KUNIT_EXPECT_EQ(test, trail_length, n);
	for (i = 0; i < n; i++)
		KUNIT_EXPECT_EQ(test, trail[i], wanted[i]);
}

/* Does the nicest wait for all others? */
static void by_priority(struct kunit *test)
{
	static const int nice[] = { 5, -3, 0 }, wanted[] = { 2, 3, 1 };

	run_three(test, mark_once, nice);
	expect_trail(test, wanted, 3);
}

/* Are equals served in the order of their waking? */
static void equals_in_order(struct kunit *test)
{
	static const int nice[] = { 1, 1, 1 }, wanted[] = { 1, 2, 3 };

	run_three(test, mark_once, nice);
	expect_trail(test, wanted, 3);
}

/* Does yield() give each equal its turn, and a nicer thread none? */
static void yield_takes_turns(struct kunit *test)
{
	static const int nice[] = { 1, 1, 2 };
	static const int wanted[] = { 1, 2, 1, 2, 1, 2, 3, 3, 3 };

	run_three(test, mark_and_yield, nice);
	expect_trail(test, wanted, 9);
}

/* Does a change of priority take effect while a thread waits for its turn? */
static void raised_while_it_waits(struct kunit *test)
{
	static const int wanted[] = { 9, 1, 8 };
	struct task_struct *p = make_here(test, mark_once, (void *)1);
	unsigned int before = nr_threads_alive() - 1;

	trail_length = 0;
	set_user_nice(p, 10);
	wake_up_process(p);
	leave_mark(9);
	set_user_nice(p, -10);
	leave_mark(8);
	expect_trail(test, wanted, 3);
	KUNIT_EXPECT_TRUE(test, wait_threads_gone(before));
}

/* Are wrong policies and priorities refused? */
static void wrong_values(struct kunit *test)
{
	struct sched_param param = { .sched_priority = 0 };

	KUNIT_EXPECT_EQ(test, sched_setscheduler(current, SCHED_FIFO, &param),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, sched_setscheduler(current, 77, &param), -EINVAL);
	param.sched_priority = 100;
	KUNIT_EXPECT_EQ(test, sched_setscheduler(current, SCHED_RR, &param),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, sched_setscheduler(current, SCHED_NORMAL, &param),
			-EINVAL);
	set_user_nice(current, 20);
	KUNIT_EXPECT_EQ(test, task_nice(current), 0);
}

/* ---------------------------------------------------------------- fairness */

#define TURNS (2 * WORKERS + 1)

static unsigned long work[WORKERS];
static unsigned long *turns[TURNS]; /* whose work went on, in order */
static unsigned int nr_turns;

/* The workers share a CPU, and none gets between the look and the note. */
static void note_turn(unsigned long *count)
{
	preempt_disable();
	if (nr_turns < TURNS && (!nr_turns || turns[nr_turns - 1] != count)) {
		turns[nr_turns] = count;
		WRITE_ONCE(nr_turns, nr_turns + 1);
	}
	preempt_enable();
}

static int work_on(void *counter)
{
	unsigned long *count = counter;

	while (!kthread_should_stop()) {
		WRITE_ONCE(*count, *count + 1);
		note_turn(count);
	}
	return 0;
}

static void start_workers(struct kunit *test, struct task_struct **p,
			  unsigned int n)
{
	unsigned int i;

	nr_turns = 0;
	for (i = 0; i < n; i++) {
		work[i] = 0;
		p[i] = make_here(test, work_on, &work[i]);
		set_user_nice(p[i], 1);
	}
	for (i = 0; i < n; i++)
		wake_up_process(p[i]);
}

static void stop_workers(struct task_struct **p, unsigned int n)
{
	while (n--)
		kthread_stop(p[n]);
}

/* Do three that never wait take turns, so that each gets a third? */
static void equals_share(struct kunit *test)
{
	unsigned long end = jiffies + LONG_TIME;
	struct task_struct *p[WORKERS];
	unsigned int i;

	start_workers(test, p, WORKERS);
	while (READ_ONCE(nr_turns) < TURNS && time_before(jiffies, end))
		schedule_timeout_uninterruptible(4);
	stop_workers(p, WORKERS);
	KUNIT_ASSERT_EQ(test, nr_turns, TURNS);
	for (i = 0; i < TURNS; i++)
		KUNIT_EXPECT_PTR_EQ(test, turns[i], &work[i % WORKERS]);
}

/* Does SCHED_FIFO keep its equals out until it waits? */
static void fifo_goes_on(struct kunit *test)
{
	struct task_struct *p[2];

	/* this thread must get the CPU to end theirs */
	sched_set_fifo(current);
	start_workers(test, p, 1);
	p[1] = make_here(test, work_on, &work[1]);
	work[1] = 0;
	sched_set_fifo_low(p[0]);
	sched_set_fifo_low(p[1]);
	wake_up_process(p[1]);
	schedule_timeout_uninterruptible(15);
	KUNIT_EXPECT_GT(test, READ_ONCE(work[0]), 0);
	KUNIT_EXPECT_EQ(test, READ_ONCE(work[1]), 0);
	stop_workers(p, 1);
	KUNIT_EXPECT_EQ(test, kthread_stop(p[1]), -EINTR);
	sched_set_normal(current, 0);
}

/* ----------------------------------------------------------- several CPUs */

/* Does a thread that changes its own set go there before the call returns? */
static void moves_itself(struct kunit *test)
{
	unsigned int cpu, here = raw_smp_processor_id();

	other_cpu(test);
	for_each_online_cpu(cpu) {
		KUNIT_EXPECT_EQ(test,
				set_cpus_allowed_ptr(current, cpumask_of(cpu)),
				0);
		KUNIT_EXPECT_EQ(test, raw_smp_processor_id(), cpu);
	}
	set_cpus_allowed_ptr(current, cpumask_of(here));
	KUNIT_EXPECT_EQ(test,
			set_cpus_allowed_ptr(current, &(struct cpumask){ 0 }),
			-EINVAL);
}

static int note_cpu(void *unused)
{
	while (!kthread_should_stop())
		WRITE_ONCE(work[0], raw_smp_processor_id());
	return 0;
}

static bool until_work_is(unsigned long value)
{
	unsigned long end = jiffies + LONG_TIME;

	while (READ_ONCE(work[0]) != value && time_before(jiffies, end))
		yield();
	return READ_ONCE(work[0]) == value;
}

/* Does one that runs elsewhere go where it is sent, and one that waits? */
static void is_moved(struct kunit *test)
{
	unsigned int here = raw_smp_processor_id(), there = other_cpu(test);
	struct task_struct *p;

	work[0] = NR_CPUS;
	p = kthread_create(note_cpu, NULL, "moved");
	KUNIT_ASSERT_FALSE(test, IS_ERR(p));
	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(p, cpumask_of(there)), 0);
	wake_up_process(p);
	KUNIT_EXPECT_TRUE(test, until_work_is(there));
	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(p, cpumask_of(here)), 0);
	KUNIT_EXPECT_TRUE(test, until_work_is(here));
	/* now it waits, as this thread runs */
	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(p, cpumask_of(there)), 0);
	KUNIT_EXPECT_EQ(test, task_cpu(p), there);
	KUNIT_EXPECT_TRUE(test, until_work_is(there));
	kthread_stop(p);
}

static int hop(void *unused)
{
	unsigned int cpu, i, wrong = 0;

	for (i = 0; i < 100; i++) {
		for_each_online_cpu(cpu) {
			set_cpus_allowed_ptr(current, cpumask_of(cpu));
			wrong += raw_smp_processor_id() != cpu;
		}
	}
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return wrong;
}

static int keep_waking(void *victim)
{
	while (!kthread_should_stop()) {
		wake_up_process(victim);
		yield(); /* or it would wait here for the end of a slice */
	}
	return 0;
}

/* Do threads that hop from CPU to CPU survive wake-ups from all of them? */
static void hop_under_wakeups(struct kunit *test)
{
	unsigned int other = other_cpu(test);
	struct task_struct *p = kthread_create(hop, NULL, "hop");
	struct task_struct *waker;

	KUNIT_ASSERT_FALSE(test, IS_ERR(p));
	get_task_struct(p);
	waker = make_on(test, other, keep_waking, p);
	wake_up_process(waker);
	wake_up_process(p);
	msleep(200);
	KUNIT_EXPECT_EQ(test, kthread_stop(p), 0);
	kthread_stop(waker);
	put_task_struct(p);
}

static atomic_t at_work;

/* At work until as many are as there are CPUs, or for a long time. */
static int meet(void *unused)
{
	unsigned long end = jiffies + LONG_TIME;
	int now = atomic_inc_return(&at_work);

	while (now < (int)num_online_cpus() && time_before(jiffies, end)) {
		cpu_relax();
		now = atomic_read(&at_work);
	}
	return 0;
}

/* Are as many threads at work at a time as there are CPUs, in a second? */
static void all_cpus_work(struct kunit *test)
{
	unsigned int i, n = num_online_cpus(), before = nr_threads_alive();
	unsigned long begin = jiffies;

	other_cpu(test);
	atomic_set(&at_work, 0);
	/* none leaves its CPU while it waits: so all must run at once */
	for (i = 0; i < n - 1; i++)
		KUNIT_ASSERT_FALSE(test,
				   IS_ERR(kthread_run(meet, NULL, "meet")));
	meet(NULL);
	KUNIT_EXPECT_LT(test, jiffies - begin, HZ);
	KUNIT_EXPECT_TRUE(test, wait_threads_gone(before));
}

static int work_for_a_while(void *unused)
{
	mdelay(50);
	return 0;
}

/*
 * Does a CPU whose work has ended take a thread that waits elsewhere? This
 * thread runs all the time, so what is nicer than it never runs here.
 *
 *	here:  this thread, p waits     other CPUs: work, then idle -> p
 */
static void idle_cpu_takes(struct kunit *test)
{
	unsigned int cpu, here = raw_smp_processor_id();
	unsigned int before = nr_threads_alive();
	unsigned long end = jiffies + LONG_TIME;
	struct task_struct *p;

	other_cpu(test);
	for_each_online_cpu(cpu)
		if (cpu != here)
			wake_up_process(
				make_on(test, cpu, work_for_a_while, NULL));
	mdelay(10);
	work[0] = NR_CPUS;
	p = kthread_create(note_cpu, NULL, "taken");
	KUNIT_ASSERT_FALSE(test, IS_ERR(p));
	set_user_nice(p, 5);
	wake_up_process(p);
	while (READ_ONCE(work[0]) == NR_CPUS && time_before(jiffies, end))
		cpu_relax();
	KUNIT_EXPECT_NE(test, READ_ONCE(work[0]), NR_CPUS);
	KUNIT_EXPECT_NE(test, READ_ONCE(work[0]), here);
	kthread_stop(p);
	KUNIT_EXPECT_TRUE(test, wait_threads_gone(before));
}

/* Does migrate_disable() keep a thread where it is, over sleeps? */
static void stays_where_it_is(struct kunit *test)
{
	unsigned int here = raw_smp_processor_id(), there = other_cpu(test);

	migrate_disable();
	set_cpus_allowed_ptr(current, cpumask_of(there));
	KUNIT_EXPECT_EQ(test, raw_smp_processor_id(), here);
	msleep(20);
	KUNIT_EXPECT_EQ(test, raw_smp_processor_id(), here);
	migrate_enable();
	KUNIT_EXPECT_EQ(test, raw_smp_processor_id(), there);
	set_cpus_allowed_ptr(current, cpumask_of(here));
}

static bool runs, told;

static int end_when_told(void *unused)
{
	WRITE_ONCE(runs, true);
	while (!READ_ONCE(told))
		cpu_relax();
	return 0;
}

/* Until p is about to end, and then as long as it needs to do so. */
static void let_it_end(struct task_struct *p)
{
	unsigned int rounds;

	WRITE_ONCE(told, true);
	while (!(READ_ONCE(p->flags) & PF_EXITING))
		cpu_relax();
	for (rounds = 0; rounds < 10000; rounds++)
		cpu_relax();
}

/*
 * Does a thread that ends wait for who is waking it from an earlier sleep?
 * His TASK_RUNNING would be written over its last state, and it would go on.
 */
static void ends_behind_a_wake_up(struct kunit *test)
{
	unsigned int there = other_cpu(test), before = nr_threads_alive();
	struct task_struct *p;
	unsigned long flags;

	runs = told = false;
	p = get_task_struct(make_on(test, there, end_when_told, NULL));
	wake_up_process(p);
	while (!READ_ONCE(runs))
		yield();
	raw_spin_lock_irqsave(&p->pi_lock, flags);
	let_it_end(p);
	KUNIT_EXPECT_EQ(test, READ_ONCE(p->__state), TASK_RUNNING);
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
	KUNIT_EXPECT_TRUE(test, wait_threads_gone(before));
	KUNIT_EXPECT_EQ(test, READ_ONCE(p->__state), TASK_DEAD);
	put_task_struct(p);
}

static struct kunit_case sched_cases[] = {
	KUNIT_CASE(by_priority),
	KUNIT_CASE(equals_in_order),
	KUNIT_CASE(yield_takes_turns),
	KUNIT_CASE(raised_while_it_waits),
	KUNIT_CASE(wrong_values),
	KUNIT_CASE_SLOW(equals_share),
	KUNIT_CASE_SLOW(fifo_goes_on),
	{}
};

static struct kunit_case sched_smp_cases[] = {
	KUNIT_CASE(moves_itself),
	KUNIT_CASE(is_moved),
	KUNIT_CASE_SLOW(hop_under_wakeups),
	KUNIT_CASE(all_cpus_work),
	KUNIT_CASE(idle_cpu_takes),
	KUNIT_CASE(stays_where_it_is),
	KUNIT_CASE(ends_behind_a_wake_up),
	{}
};

static struct kunit_suite sched_suite = {
	.name = "sched",
	.test_cases = sched_cases,
};

static struct kunit_suite sched_smp_suite = {
	.name = "sched_smp",
	.test_cases = sched_smp_cases,
};
kunit_test_suites(&sched_suite, &sched_smp_suite);
