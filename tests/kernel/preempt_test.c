// SPDX-License-Identifier: MIT
/* Preemption: when a more urgent thread gets the CPU, and what holds it off. */
#include "sched_scratch.h"

#include <linux/bottom_half.h>
#include <linux/irqflags.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <quire/capture.h>

static struct task_struct *urgent; /* on the CPU of the case */
static int runs;                   /* of urgent */

static int count_runs(void *unused)
{
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (kthread_should_stop())
			break;
		runs++;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static int preempt_init(struct kunit *test)
{
	urgent = NULL;
	urgent = make_here(test, count_runs, NULL);
	sched_set_fifo(urgent);
	runs = 0;
	wake_up_process(urgent);
	return 0;
}

static void preempt_exit(struct kunit *test)
{
	if (urgent)
		kthread_stop(urgent);
}

/* Does it run before the call that woke it returns? */
static void at_once(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, runs, 1);
	KUNIT_EXPECT_EQ(test, wake_up_process(urgent), 1);
	KUNIT_EXPECT_EQ(test, runs, 2);
}

/* Is a thread of the same priority not preempted? */
static void not_by_an_equal(struct kunit *test)
{
	sched_set_normal(urgent, 0);
	KUNIT_EXPECT_EQ(test, wake_up_process(urgent), 1);
	KUNIT_EXPECT_EQ(test, runs, 1);
	KUNIT_EXPECT_TRUE(test, until_asleep(urgent));
	KUNIT_EXPECT_EQ(test, runs, 2);
}

/* Does preempt_disable() hold it off, up to the last preempt_enable()? */
static void held_off_by_the_count(struct kunit *test)
{
	preempt_disable();
	preempt_disable();
	wake_up_process(urgent);
	KUNIT_EXPECT_EQ(test, runs, 1);
	KUNIT_EXPECT_TRUE(test, need_resched());
	KUNIT_EXPECT_EQ(test, preempt_count(), 2);
	preempt_enable();
	KUNIT_EXPECT_EQ(test, runs, 1);
	preempt_enable();
	KUNIT_EXPECT_EQ(test, runs, 2);
	KUNIT_EXPECT_FALSE(test, need_resched());
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

/* Do locks of every form hold it off, and let it in at the unlock? */
static void held_off_by_locks(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);
	static DEFINE_RWLOCK(rwlock);
	unsigned long flags;

	spin_lock(&lock);
	wake_up_process(urgent);
	KUNIT_EXPECT_EQ(test, runs, 1);
	spin_unlock(&lock);
	KUNIT_EXPECT_EQ(test, runs, 2);
	spin_lock_irqsave(&lock, flags);
	wake_up_process(urgent);
	KUNIT_EXPECT_EQ(test, runs, 2);
	spin_unlock_irqrestore(&lock, flags);
	KUNIT_EXPECT_EQ(test, runs, 3);
	spin_lock_bh(&lock);
	wake_up_process(urgent);
	KUNIT_EXPECT_EQ(test, runs, 3);
	spin_unlock_bh(&lock);
	KUNIT_EXPECT_EQ(test, runs, 4);
	write_lock_irqsave(&rwlock, flags);
	wake_up_process(urgent);
	KUNIT_EXPECT_EQ(test, runs, 4);
	write_unlock_irqrestore(&rwlock, flags);
	KUNIT_EXPECT_EQ(test, runs, 5);
}

/* Is a wake-up with interrupts off made good by the next chance? */
static void interrupts_off(struct kunit *test)
{
	local_irq_disable();
	wake_up_process(urgent);
	KUNIT_EXPECT_EQ(test, runs, 1);
	local_irq_enable();
	cond_resched();
	KUNIT_EXPECT_EQ(test, runs, 2);
}

static bool timer_came;

static void wake_urgent(struct timer_list *timer)
{
	WRITE_ONCE(timer_came, true);
	wake_up_process(urgent);
}

/* Does an interrupt take the CPU from a loop that calls nothing? */
static void out_of_a_loop(struct kunit *test)
{
	struct timer_list timer;
	unsigned long end = jiffies + LONG_TIME;

	timer_setup_on_stack(&timer, wake_urgent, 0);
	mod_timer(&timer, jiffies + 2);
	while (READ_ONCE(runs) == 1 && time_before(jiffies, end))
		cpu_relax();
	KUNIT_EXPECT_EQ(test, runs, 2);
	del_timer_sync(&timer);
	destroy_timer_on_stack(&timer);
}

/* Does the interrupt leave a thread alone that has preemption off? */
static void not_out_of_a_section(struct kunit *test)
{
	struct timer_list timer;
	unsigned long end = jiffies + LONG_TIME;

	timer_setup_on_stack(&timer, wake_urgent, 0);
	timer_came = false;
	preempt_disable();
	mod_timer(&timer, jiffies + 2);
	while (!READ_ONCE(timer_came) && time_before(jiffies, end))
		cpu_relax();
	KUNIT_EXPECT_TRUE(test, need_resched());
	KUNIT_EXPECT_EQ(test, runs, 1);
	preempt_enable();
	KUNIT_EXPECT_EQ(test, runs, 2);
	del_timer_sync(&timer);
	destroy_timer_on_stack(&timer);
}

/* Is schedule() in an atomic section reported, and the count kept? */
static void scheduling_while_atomic(struct kunit *test)
{
	const char *text;
	unsigned int depth;

	wake_up_process(urgent);
	preempt_disable();
	capture_begin();
	schedule();
	text = capture_end();
	depth = preempt_count();
	preempt_enable();
	KUNIT_EXPECT_EQ(test, depth, 1);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "scheduling while atomic"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, current->comm));
}

/* Asks for the number in ways that hold it, and in one that does not. */
static int ask_for_number(void *careless)
{
	unsigned int cpu;

	preempt_disable();
	cpu = smp_processor_id();
	preempt_enable();
	local_irq_disable();
	cpu += smp_processor_id();
	local_irq_enable();
	migrate_disable();
	cpu += smp_processor_id();
	migrate_enable();
	cpu += raw_smp_processor_id();
	if (careless)
		cpu += smp_processor_id();
	return sleep_until_stopped(NULL) + (cpu == NR_CPUS * 8);
}

static const char *said_when_asked(struct kunit *test, void *careless)
{
	struct task_struct *p = kthread_create(ask_for_number, careless, "ask");

	KUNIT_ASSERT_FALSE(test, IS_ERR(p));
	capture_begin();
	wake_up_process(p);
	KUNIT_EXPECT_TRUE(test, until_asleep(p));
	kthread_stop(p);
	return capture_end();
}

/* Is the number of a CPU that the thread may leave at any time reported? */
static void number_may_be_old(struct kunit *test)
{
	static const char words[] = "using smp_processor_id() in preemptible";
	const char *text;

	if (!IS_ENABLED(CONFIG_DEBUG) || !IS_ENABLED(CONFIG_SMP))
		kunit_skip(test, "only debug builds for several CPUs look");
	text = said_when_asked(test, NULL);
	KUNIT_EXPECT_NULL(test, strstr(text, words));
	text = said_when_asked(test, test);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, words));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "code: ask/"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "ask_for_number"));
}

static struct kunit_case preempt_cases[] = {
	KUNIT_CASE(at_once),
	KUNIT_CASE(not_by_an_equal),
	KUNIT_CASE(held_off_by_the_count),
	KUNIT_CASE(held_off_by_locks),
	KUNIT_CASE(interrupts_off),
	KUNIT_CASE(out_of_a_loop),
	KUNIT_CASE(not_out_of_a_section),
	KUNIT_CASE(scheduling_while_atomic),
	KUNIT_CASE(number_may_be_old),
	{}
};

static struct kunit_suite preempt_suite = {
	.name = "preempt",
	.init = preempt_init,
	.exit = preempt_exit,
	.test_cases = preempt_cases,
};
kunit_test_suite(preempt_suite);
