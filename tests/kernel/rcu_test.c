// SPDX-License-Identifier: MIT
/* RCU: is nothing called back, and nobody let go on, while a reader reads? */
#include <asm/processor.h>
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <quire/capture.h>

#include "../../kernel/rcu/internal.h"

static void skip_with_one_cpu(struct kunit *test)
{
	if (num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs");
}

/* The cases run on CPU 0; this is another, if there is one. */
static unsigned int another_cpu(void)
{
	unsigned int cpu = cpumask_next(0, cpu_online_mask);

	return cpu < nr_cpu_ids ? cpu : 0;
}

/* Several calls, to see which came and in which order. */
struct call {
	struct rcu_head head;
	unsigned int place;
	bool in_softirq;
};

static struct call calls[100];
static atomic_t nr_called;

static void note_call(struct rcu_head *head)
{
	struct call *call = container_of(head, struct call, head);

	call->place = atomic_inc_return(&nr_called);
	call->in_softirq = in_softirq();
}

static int rcu_test_init(struct kunit *test)
{
	atomic_set(&nr_called, 0);
	memset(calls, 0, sizeof(calls));
	return set_cpus_allowed_ptr(current, cpumask_of(0));
}

static void rcu_test_exit(struct kunit *test)
{
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

/* Do readers nest, and does code know whether it is one? */
static void readers_nest(struct kunit *test)
{
	int before = preempt_count();

	if (IS_ENABLED(CONFIG_DEBUG))
		KUNIT_EXPECT_FALSE(test, rcu_read_lock_held());
	rcu_read_lock();
	rcu_read_lock();
	rcu_read_unlock();
	KUNIT_EXPECT_TRUE(test, rcu_read_lock_held());
	KUNIT_EXPECT_TRUE(test, in_atomic());
	rcu_read_unlock();
	KUNIT_EXPECT_EQ(test, preempt_count(), before);

	rcu_read_lock_bh();
	KUNIT_EXPECT_TRUE(test, rcu_read_lock_held());
	rcu_read_unlock_bh();
	KUNIT_EXPECT_EQ(test, preempt_count(), before);
}

/* Does a callback wait for the end of the reader that queued it? */
static void callback_waits_for_reader(struct kunit *test)
{
	rcu_read_lock();
	call_rcu(&calls[0].head, note_call);
	mdelay(30); /* ticks, and other CPUs, come and go */
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_called), 0);
	KUNIT_EXPECT_EQ(test, rcu_callbacks_pending(), 1);
	rcu_read_unlock();
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_called), 1);
	KUNIT_EXPECT_TRUE(test, calls[0].in_softirq);
	KUNIT_EXPECT_EQ(test, rcu_callbacks_pending(), 0);
}

/* Is a region without preemption, softirqs or interrupts a reader too? */
static void atomic_regions_are_readers(struct kunit *test)
{
	unsigned long flags;

	preempt_disable();
	call_rcu(&calls[0].head, note_call);
	mdelay(20);
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_called), 0);
	preempt_enable();
	rcu_barrier();
	local_bh_disable();
	call_rcu(&calls[1].head, note_call);
	mdelay(20);
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_called), 1);
	local_bh_enable();
	rcu_barrier();
	local_irq_save(flags);
	call_rcu(&calls[2].head, note_call);
	mdelay(20);
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_called), 2);
	local_irq_restore(flags);
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_called), 3);
}

/* Do the callbacks of one CPU run in the order of their queueing? */
static void callbacks_run_in_order(struct kunit *test)
{
	unsigned int i, wrong = 0;

	preempt_disable();
	for (i = 0; i < ARRAY_SIZE(calls); i++)
		call_rcu(&calls[i].head, note_call);
	preempt_enable();
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_called), ARRAY_SIZE(calls));
	for (i = 0; i < ARRAY_SIZE(calls); i++)
		wrong += calls[i].place != i + 1;
	KUNIT_EXPECT_EQ(test, wrong, 0);
}

/* Queues itself again until it has run five times. */
static void call_again(struct rcu_head *head)
{
	if (atomic_inc_return(&nr_called) < 5)
		call_rcu(head, call_again);
}

/* May a callback queue another, itself even? */
static void callback_may_queue(struct kunit *test)
{
	call_rcu(&calls[0].head, call_again);
	while (atomic_read(&nr_called) < 5)
		rcu_barrier();
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_called), 5);
}

static int queue_some(void *unused)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(calls); i++)
		call_rcu(&calls[i].head, note_call);
	while (!kthread_should_stop())
		schedule_timeout_idle(1);
	return 0;
}

/* Does rcu_barrier() wait for callbacks that other CPUs have queued? */
static void barrier_waits_for_all_cpus(struct kunit *test)
{
	struct task_struct *task;

	task = kthread_create(queue_some, NULL, "rcu-queue");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	kthread_bind(task, another_cpu());
	wake_up_process(task);
	kthread_stop(task);
	rcu_barrier();
	if (atomic_read(&nr_called)) /* else it was stopped before it began */
		KUNIT_EXPECT_EQ(test, atomic_read(&nr_called),
				ARRAY_SIZE(calls));
	KUNIT_EXPECT_EQ(test, rcu_callbacks_pending(), 0);
}

/* Without callbacks, does rcu_barrier() come back without a grace period? */
static void barrier_without_callbacks(struct kunit *test)
{
	unsigned long before = get_state_synchronize_rcu();

	rcu_barrier();
	KUNIT_EXPECT_EQ(test, get_state_synchronize_rcu(), before);
}

struct freed {
	u32 before;
	struct rcu_head rcu;
};

/* Does kfree_rcu() free, wherever the head is, and whatever it was made by? */
static void kfree_rcu_frees(struct kunit *test)
{
	unsigned long before = slab_active_objects();
	struct freed *p = kmalloc(sizeof(*p), GFP_KERNEL);
	struct call *q = kmalloc(sizeof(*q), GFP_KERNEL);
	struct freed *large = kvmalloc(20 * PAGE_SIZE, GFP_KERNEL);
	struct freed *none = NULL;

	kfree_rcu(p, rcu);
	kfree_rcu(q, head);
	kvfree_rcu(large, rcu);
	kfree_rcu(none, rcu);
	rcu_barrier();
	p = kmalloc(sizeof(*p), GFP_KERNEL);
	kfree_rcu_mightsleep(p);
	KUNIT_EXPECT_EQ(test, slab_active_objects(), before);
}

/* --- a reader on another CPU, that reads until it is told to end --- */

static struct reader {
	atomic_t in, may_end;
	struct task_struct *task;
} readers[2];

static u32 poison_seen;

struct version {
	u32 magic;
	struct rcu_head rcu;
};

#define MAGIC 0x600d600d
#define POISON 0xdeaddead

static struct version versions[2];
static struct version __rcu *shown;

/* Holds a version, and looks at it until the end of its reading. */
static int long_reader(void *data)
{
	struct reader *self = data;
	struct version *v;

	rcu_read_lock();
	v = rcu_dereference(shown);
	atomic_set(&self->in, 1);
	while (!atomic_read(&self->may_end)) {
		if (READ_ONCE(v->magic) != MAGIC)
			WRITE_ONCE(poison_seen, v->magic);
		cpu_relax();
	}
	rcu_read_unlock();
	while (!kthread_should_stop())
		schedule_timeout_idle(1);
	return 0;
}

static void start_on(struct kunit *test, struct reader *reader,
		     unsigned int cpu, int (*func)(void *data))
{
	atomic_set(&reader->in, 0);
	atomic_set(&reader->may_end, 0);
	reader->task = kthread_create(func, reader, "rcu-reader");
	KUNIT_ASSERT_FALSE(test, IS_ERR(reader->task));
	kthread_bind(reader->task, cpu);
	wake_up_process(reader->task);
	while (!atomic_read(&reader->in))
		cpu_relax();
}

static void start_reader(struct kunit *test)
{
	poison_seen = 0;
	versions[0].magic = versions[1].magic = MAGIC;
	RCU_INIT_POINTER(shown, &versions[0]);
	start_on(test, &readers[0], another_cpu(), long_reader);
}

static void end_reader(struct reader *reader)
{
	atomic_set(&reader->may_end, 1);
	kthread_stop(reader->task);
}

static atomic_t writer_done;

static int patient_writer(void *unused)
{
	struct version *old = rcu_dereference_raw(shown);

	rcu_assign_pointer(shown, &versions[1]);
	synchronize_rcu();
	WRITE_ONCE(old->magic, POISON);
	atomic_set(&writer_done, 1);
	while (!kthread_should_stop())
		schedule_timeout_idle(1);
	return 0;
}

/* Does synchronize_rcu() wait as long as a reader of another CPU reads? */
static void synchronize_waits_for_reader(struct kunit *test)
{
	struct task_struct *writer;

	skip_with_one_cpu(test);
	start_reader(test);
	atomic_set(&writer_done, 0);
	writer = kthread_create(patient_writer, NULL, "rcu-writer");
	KUNIT_ASSERT_FALSE(test, IS_ERR(writer));
	kthread_bind(writer, 0);
	wake_up_process(writer);
	schedule_timeout_idle(10);
	KUNIT_EXPECT_EQ(test, atomic_read(&writer_done), 0);
	KUNIT_EXPECT_EQ(test, poison_seen, 0);
	end_reader(&readers[0]);
	while (!atomic_read(&writer_done))
		schedule_timeout_idle(1);
	kthread_stop(writer);
	KUNIT_EXPECT_EQ(test, poison_seen, 0);
	KUNIT_EXPECT_EQ(test, versions[0].magic, POISON);
}

static void poison_version(struct rcu_head *head)
{
	WRITE_ONCE(container_of(head, struct version, rcu)->magic, POISON);
}

/* Does call_rcu() do so? */
static void callback_waits_for_other_cpu(struct kunit *test)
{
	skip_with_one_cpu(test);
	start_reader(test);
	rcu_assign_pointer(shown, &versions[1]);
	call_rcu(&versions[0].rcu, poison_version);
	schedule_timeout_idle(10);
	KUNIT_EXPECT_EQ(test, versions[0].magic, MAGIC);
	end_reader(&readers[0]);
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, poison_seen, 0);
	KUNIT_EXPECT_EQ(test, versions[0].magic, POISON);
}

/* Would these tests notice? Without a grace period the reader sees it. */
static void impatient_writer_is_seen(struct kunit *test)
{
	skip_with_one_cpu(test);
	start_reader(test);
	rcu_assign_pointer(shown, &versions[1]);
	WRITE_ONCE(versions[0].magic, POISON);
	while (!READ_ONCE(poison_seen))
		cpu_relax();
	end_reader(&readers[0]);
	KUNIT_EXPECT_EQ(test, poison_seen, POISON);
}

/* Can a grace period be asked for without waiting, and its end be seen? */
static void state_can_be_polled(struct kunit *test)
{
	unsigned long state;

	rcu_read_lock();
	state = start_poll_synchronize_rcu();
	mdelay(20);
	KUNIT_EXPECT_FALSE(test, poll_state_synchronize_rcu(state));
	rcu_read_unlock();
	while (!poll_state_synchronize_rcu(state))
		schedule_timeout_idle(1);
	cond_synchronize_rcu(state);
	synchronize_rcu_expedited();
	KUNIT_EXPECT_FALSE(test, poll_state_synchronize_rcu(
					 get_state_synchronize_rcu()));
}

static void note_watching(void *watching)
{
	*(bool *)watching = rcu_is_watching();
}

/* Does an interrupt of an idle CPU count as a reader? */
static void interrupt_of_idle_may_read(struct kunit *test)
{
	bool watching = false;
	unsigned int i;

	skip_with_one_cpu(test);
	for (i = 0; i < 20; i++) {
		schedule_timeout_idle(1);
		watching = false;
		smp_call_function_single(another_cpu(), note_watching,
					 &watching, 1);
		KUNIT_EXPECT_TRUE(test, watching);
	}
}

/* Never sleeps, and is alone on its CPU, so that nothing switches there. */
static int busy_thread(void *data)
{
	struct reader *self = data;

	atomic_set(&self->in, 1);
	while (!kthread_should_stop())
		cpu_relax();
	return 0;
}

/* Is a CPU that switches to nobody, but has no reader, waited for in vain? */
static void busy_cpu_is_asked(struct kunit *test)
{
	unsigned int ticks = 0;
	unsigned long state;

	skip_with_one_cpu(test);
	start_on(test, &readers[0], another_cpu(), busy_thread);
	state = start_poll_synchronize_rcu();
	while (!poll_state_synchronize_rcu(state) && ticks++ < 500)
		schedule_timeout_idle(1);
	KUNIT_EXPECT_TRUE(test, poll_state_synchronize_rcu(state));
	kthread_stop(readers[0].task);
}

/*
 * Does a callback that comes while a grace period waits for A wait for B too,
 * who began after that period?
 *
 *	A   [------------------]
 *	B           [---------------------]
 *	    ^ period    ^ call_rcu          ^ the callback, not before
 */
static void late_callback_waits_for_the_next(struct kunit *test)
{
	unsigned int cpu = cpumask_next(another_cpu(), cpu_online_mask);
	unsigned long state;

	if (cpu >= nr_cpu_ids)
		kunit_skip(test, "needs three CPUs");
	start_reader(test);
	state = start_poll_synchronize_rcu();
	schedule_timeout_idle(5);
	start_on(test, &readers[1], cpu, long_reader);
	rcu_assign_pointer(shown, &versions[1]);
	call_rcu(&versions[0].rcu, poison_version);
	KUNIT_EXPECT_FALSE(test, poll_state_synchronize_rcu(state));
	end_reader(&readers[0]);
	while (!poll_state_synchronize_rcu(state))
		schedule_timeout_idle(1);
	schedule_timeout_idle(10);
	KUNIT_EXPECT_EQ(test, poison_seen, 0);
	end_reader(&readers[1]);
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, poison_seen, 0);
	KUNIT_EXPECT_EQ(test, versions[0].magic, POISON);
}

/* Is waiting for readers where one must not sleep reported and survived? */
static void synchronize_in_reader_is_reported(struct kunit *test)
{
	const char *text;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "checked in debug builds only");
	rcu_read_lock();
	capture_begin();
	synchronize_rcu();
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "sleeping function"));
	capture_begin();
	rcu_barrier();
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "sleeping function"));
	rcu_read_unlock();
}

/* Is following a pointer outside a reader reported, unless a lock is held? */
static void dereference_outside_is_reported(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);
	const char *text;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "checked in debug builds only");
	RCU_INIT_POINTER(shown, &versions[0]);
	capture_begin();
	KUNIT_EXPECT_PTR_EQ(test, rcu_dereference(shown), &versions[0]);
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "suspicious RCU usage"));

	KUNIT_EXPECT_PTR_EQ(test, rcu_access_pointer(shown), &versions[0]);
	spin_lock(&lock);
	KUNIT_EXPECT_PTR_EQ(test,
			    rcu_replace_pointer(shown, &versions[1],
						spin_is_locked(&lock)),
			    &versions[0]);
	spin_unlock(&lock);
	RCU_INIT_POINTER(shown, NULL);
}

/* Is the CPU named that keeps a grace period from ending? */
static void stall_names_the_cpu(struct kunit *test)
{
	int limit = rcu_cpu_stall_ticks;
	unsigned long state;
	char cpu[16];
	const char *text;

	skip_with_one_cpu(test);
	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "reported in debug builds only");
	start_reader(test);
	snprintf(cpu, sizeof(cpu), "CPU %u:", another_cpu());
	rcu_cpu_stall_ticks = 3;
	capture_begin();
	state = start_poll_synchronize_rcu();
	schedule_timeout_idle(12);
	KUNIT_EXPECT_FALSE(test, poll_state_synchronize_rcu(state));
	end_reader(&readers[0]);
	cond_synchronize_rcu(state);
	rcu_cpu_stall_ticks = limit;
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "detected stalls"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, cpu));
}

static struct kunit_case rcu_cases[] = {
	KUNIT_CASE(readers_nest),
	KUNIT_CASE(callback_waits_for_reader),
	KUNIT_CASE(atomic_regions_are_readers),
	KUNIT_CASE(callbacks_run_in_order),
	KUNIT_CASE(callback_may_queue),
	KUNIT_CASE(barrier_waits_for_all_cpus),
	KUNIT_CASE(barrier_without_callbacks),
	KUNIT_CASE(kfree_rcu_frees),
	KUNIT_CASE(synchronize_waits_for_reader),
	KUNIT_CASE(callback_waits_for_other_cpu),
	KUNIT_CASE(impatient_writer_is_seen),
	KUNIT_CASE(state_can_be_polled),
	KUNIT_CASE(interrupt_of_idle_may_read),
	KUNIT_CASE(busy_cpu_is_asked),
	KUNIT_CASE(late_callback_waits_for_the_next),
	KUNIT_CASE(synchronize_in_reader_is_reported),
	KUNIT_CASE(dereference_outside_is_reported),
	KUNIT_CASE(stall_names_the_cpu),
	{}
};

static struct kunit_suite rcu_suite = {
	.name = "rcu",
	.init = rcu_test_init,
	.exit = rcu_test_exit,
	.test_cases = rcu_cases,
};
kunit_test_suite(rcu_suite);
