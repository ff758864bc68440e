// SPDX-License-Identifier: MIT
/*
 * Workqueues: is each work done once for each time it was queued, by a thread,
 * and does none wait for one that sleeps?
 */
#include "../../kernel/workqueue/internal.h"

#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/workqueue.h>
#include <quire/capture.h>
#include <quire/leak_scan.h>

#define PATIENCE (30 * HZ)

/* A work that keeps books. */
struct probe {
	struct work_struct work;
	struct delayed_work dwork;
	atomic_t runs;
	unsigned int again; /* times that it queues itself */
	unsigned int msecs; /* that it sleeps */
	struct workqueue_struct *wq;
	struct task_struct *thread;
	struct completion *completes, *awaits;
	unsigned long when;
	bool in_context;
	char name;
};

static atomic_t inside, most_inside; /* works under way */
static char order[32];
static unsigned int order_len;

static void enter(void)
{
	int now = atomic_inc_return(&inside), most = atomic_read(&most_inside);

	while (now > most && !atomic_try_cmpxchg(&most_inside, &most, now))
		;
}

static void note(struct probe *p)
{
	enter();
	p->thread = current;
	p->when = jiffies;
	p->in_context = in_task() && !preempt_count() && !irqs_disabled();
	if (p->name && order_len < sizeof(order) - 1)
		order[order_len++] = p->name;
	if (p->msecs)
		msleep(p->msecs);
	if (p->awaits)
		wait_for_completion_timeout(p->awaits, PATIENCE);
	if (p->completes)
		complete(p->completes);
	atomic_dec(&inside);
	atomic_inc(&p->runs);
}

static void probe_work(struct work_struct *work)
{
	struct probe *p = container_of(work, struct probe, work);

	note(p);
	if (p->again) {
		p->again--;
		queue_work(p->wq, work);
	}
}

static void probe_delayed(struct work_struct *work)
{
	note(container_of(to_delayed_work(work), struct probe, dwork));
}

static void probe_init(struct probe *p)
{
	memset(p, 0, sizeof(*p));
	INIT_WORK(&p->work, probe_work);
	INIT_DELAYED_WORK(&p->dwork, probe_delayed);
	p->wq = system_wq;
}

static int runs(struct probe *p)
{
	return atomic_read(&p->runs);
}

static int workqueue_test_init(struct kunit *test)
{
	atomic_set(&inside, 0);
	atomic_set(&most_inside, 0);
	memset(order, 0, sizeof(order));
	order_len = 0;
	return 0;
}

/* Is it done once however often it was queued, and by another thread? */
static void done_once(struct kunit *test)
{
	unsigned long flags;
	struct probe p;
	bool first, second;

	probe_init(&p);
	local_irq_save(flags);
	first = schedule_work(&p.work);
	second = schedule_work(&p.work);
	local_irq_restore(flags);
	flush_work(&p.work);
	KUNIT_EXPECT_TRUE(test, first);
	KUNIT_EXPECT_FALSE(test, second);
	KUNIT_EXPECT_EQ(test, runs(&p), 1);
	KUNIT_EXPECT_PTR_NE(test, p.thread, current);
	KUNIT_EXPECT_TRUE(test, p.in_context);
	KUNIT_EXPECT_FALSE(test, work_pending(&p.work));
	KUNIT_EXPECT_TRUE(test, schedule_work(&p.work));
	flush_work(&p.work);
	KUNIT_EXPECT_EQ(test, runs(&p), 2);
	KUNIT_EXPECT_FALSE(test, flush_work(&p.work));
	KUNIT_EXPECT_EQ(test, work_busy(&p.work), 0);
}

static struct probe timer_probe;

static void timer_queues(struct timer_list *timer)
{
	schedule_work(&timer_probe.work);
}

/* Can an interrupt's softirq queue one? */
static void queued_by_a_timer(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(done);
	struct timer_list timer;

	probe_init(&timer_probe);
	timer_probe.completes = &done;
	timer_setup(&timer, timer_queues, 0);
	mod_timer(&timer, jiffies + 1);
	KUNIT_EXPECT_GT(test, wait_for_completion_timeout(&done, PATIENCE), 0);
	flush_work(&timer_probe.work);
	del_timer_sync(&timer);
}

static void frees_itself(struct work_struct *work)
{
	kfree(work);
}

/* May the function free its work? */
static void work_is_freed(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < 20; i++) {
		struct work_struct *work = kmalloc(sizeof(*work), GFP_KERNEL);

		if (!work)
			flush_scheduled_work();
		KUNIT_ASSERT_NOT_NULL(test, work);
		INIT_WORK(work, frees_itself);
		schedule_work(work);
	}
	flush_scheduled_work();
}

static void sleeps(struct work_struct *work)
{
	msleep(20);
}

/* Does no idle thread's stack lead to a worker that has ended meanwhile? */
static void ended_worker_is_forgotten(struct kunit *test)
{
	static DECLARE_WORK(one, sleeps);
	static DECLARE_WORK(other, sleeps);
	void *again[8]; /* where the ended ones were */
	unsigned long stack, way;
	struct worker *worker;
	unsigned int i;

	schedule_work_on(0, &one);
	schedule_work_on(0, &other);
	flush_work(&one);
	flush_work(&other);
	workqueue_trim();
	worker = list_first_entry_or_null(&pool_of(0, false)->idle,
					  struct worker, entry);
	KUNIT_ASSERT_NOT_NULL(test, worker);
	stack = (unsigned long)worker->task->stack;
	for (i = 0; i < ARRAY_SIZE(again); i++)
		again[i] = kmalloc(sizeof(*worker), GFP_KERNEL);
	for (i = 0; i < ARRAY_SIZE(again); i++) {
		way = kmemleak_find_way((unsigned long)again[i]);
		KUNIT_EXPECT_GE(test, way - stack, THREAD_SIZE);
	}
	while (i--)
		kfree(again[i]);
}

/* Does a work that queues itself go on, and destroying wait for its end? */
static void destroying_drains(struct kunit *test)
{
	struct workqueue_struct *wq = alloc_workqueue("test", 0, 0);
	struct probe p;

	KUNIT_ASSERT_NOT_NULL(test, wq);
	probe_init(&p);
	p.wq = wq;
	p.again = 5;
	p.msecs = 1;
	queue_work(wq, &p.work);
	destroy_workqueue(wq);
	KUNIT_EXPECT_EQ(test, runs(&p), 6);
}

#define CHAIN 12

/* Each work waits for the next one. */
static void run_chain(struct kunit *test)
{
	static struct completion done[CHAIN + 1];
	static struct probe p[CHAIN];
	unsigned int i;

	for (i = 0; i <= CHAIN; i++)
		init_completion(&done[i]);
	for (i = 0; i < CHAIN; i++) {
		probe_init(&p[i]);
		p[i].awaits = &done[i + 1];
		p[i].completes = &done[i];
	}
	for (i = 0; i < CHAIN; i++)
		schedule_work_on(0, &p[i].work);
	complete(&done[CHAIN]);
	KUNIT_EXPECT_GT(test, wait_for_completion_timeout(&done[0], PATIENCE),
			0);
	flush_scheduled_work();
	for (i = 0; i < CHAIN; i++)
		KUNIT_EXPECT_EQ(test, runs(&p[i]), 1);
}

static atomic_t spins;

static void spin(struct work_struct *work)
{
	unsigned long end = jiffies + 2;

	enter();
	while (time_before(jiffies, end))
		cond_resched();
	atomic_dec(&inside);
	atomic_inc(&spins);
}

/* Is there always another thread, new or idle, when works sleep? */
static void none_waits_for_a_sleeper(struct kunit *test)
{
	run_chain(test); /* makes threads */
	run_chain(test); /* finds them */
	run_chain(test);
}

/* Does a CPU do one at a time while none sleeps, also if it is preempted? */
static void one_at_a_time_on_a_cpu(struct kunit *test)
{
	struct work_struct work[6];
	unsigned int i;

	atomic_set(&spins, 0);
	for (i = 0; i < ARRAY_SIZE(work); i++) {
		INIT_WORK(&work[i], spin);
		schedule_work_on(0, &work[i]);
	}
	flush_scheduled_work();
	KUNIT_EXPECT_EQ(test, atomic_read(&spins), ARRAY_SIZE(work));
	KUNIT_EXPECT_EQ(test, atomic_read(&most_inside), 1);
}

/* Does an ordered queue keep the order, even while works sleep? */
static void ordered_queue(struct kunit *test)
{
	struct workqueue_struct *wq = alloc_ordered_workqueue("ordered", 0);
	static struct probe p[6];
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, wq);
	for (i = 0; i < ARRAY_SIZE(p); i++) {
		probe_init(&p[i]);
		p[i].name = 'a' + i;
		p[i].msecs = i % 2 ? 10 : 0;
		queue_work(wq, &p[i].work);
	}
	flush_workqueue(wq);
	KUNIT_EXPECT_STREQ(test, order, "abcdef");
	KUNIT_EXPECT_EQ(test, atomic_read(&most_inside), 1);
	destroy_workqueue(wq);
}

/* Are as many done at a time as the queue says, and no more? */
static void max_active(struct kunit *test)
{
	struct workqueue_struct *wq = alloc_workqueue("max", WQ_UNBOUND, 3);
	static struct probe p[9];
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, wq);
	for (i = 0; i < ARRAY_SIZE(p); i++) {
		probe_init(&p[i]);
		p[i].msecs = 20;
		queue_work(wq, &p[i].work);
	}
	drain_workqueue(wq);
	KUNIT_EXPECT_LE(test, atomic_read(&most_inside), 3);
	KUNIT_EXPECT_GE(test, atomic_read(&most_inside), 2);
	for (i = 0; i < ARRAY_SIZE(p); i++)
		KUNIT_EXPECT_EQ(test, runs(&p[i]), 1);
	destroy_workqueue(wq);
}

/* Does a work that is queued while it runs wait for its own end? */
static void never_twice_at_a_time(struct kunit *test)
{
	unsigned long end = jiffies + PATIENCE;
	unsigned int queued = 0;
	struct probe p;

	probe_init(&p);
	p.msecs = 10;
	while (queued < 5 && time_before(jiffies, end)) {
		queued += queue_work(system_unbound_wq, &p.work);
		msleep(1);
	}
	flush_work(&p.work);
	KUNIT_EXPECT_EQ(test, queued, 5);
	KUNIT_EXPECT_EQ(test, runs(&p), 5);
	KUNIT_EXPECT_EQ(test, atomic_read(&most_inside), 1);
}

/* Is what was queued before a flush done after it? */
static void flushing(struct kunit *test)
{
	static struct probe p[4];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(p); i++) {
		probe_init(&p[i]);
		p[i].msecs = 10 + i;
		schedule_work(&p[i].work);
	}
	KUNIT_EXPECT_TRUE(test, flush_work(&p[3].work));
	KUNIT_EXPECT_EQ(test, runs(&p[3]), 1);
	flush_scheduled_work();
	for (i = 0; i < ARRAY_SIZE(p); i++)
		KUNIT_EXPECT_EQ(test, runs(&p[i]), 1);
}

/* Does cancelling take it out of the queue, or wait until it is over? */
static void cancelling(struct kunit *test)
{
	struct workqueue_struct *wq = alloc_ordered_workqueue("cancel", 0);
	struct probe slow, p;

	KUNIT_ASSERT_NOT_NULL(test, wq);
	probe_init(&slow);
	probe_init(&p);
	slow.msecs = 30;
	queue_work(wq, &slow.work);
	queue_work(wq, &p.work);
	KUNIT_EXPECT_TRUE(test, cancel_work(&p.work));
	KUNIT_EXPECT_FALSE(test, cancel_work(&p.work));
	queue_work(wq, &p.work);
	KUNIT_EXPECT_TRUE(test, cancel_work_sync(&p.work));
	while (work_pending(&slow.work))
		msleep(1);
	KUNIT_EXPECT_FALSE(test, cancel_work_sync(&slow.work));
	KUNIT_EXPECT_EQ(test, runs(&slow), 1);
	flush_workqueue(wq);
	KUNIT_EXPECT_EQ(test, runs(&p), 0);
	destroy_workqueue(wq);
}

/* Can one that queues itself for ever be stopped? */
static void cancelling_a_loop(struct kunit *test)
{
	struct probe p;
	int before;

	probe_init(&p);
	p.again = UINT_MAX;
	p.msecs = 1;
	schedule_work(&p.work);
	msleep(40);
	cancel_work_sync(&p.work);
	before = runs(&p);
	msleep(40);
	KUNIT_EXPECT_GE(test, before, 1);
	KUNIT_EXPECT_EQ(test, runs(&p), before);
}

/* Does a delayed one come at or after its time, once? */
static void delayed(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(done);
	unsigned long start = jiffies;
	struct probe p;

	probe_init(&p);
	p.completes = &done;
	KUNIT_EXPECT_TRUE(test, schedule_delayed_work(&p.dwork, 3));
	KUNIT_EXPECT_FALSE(test, schedule_delayed_work(&p.dwork, 1));
	KUNIT_EXPECT_TRUE(test, delayed_work_pending(&p.dwork));
	KUNIT_EXPECT_GT(test, wait_for_completion_timeout(&done, PATIENCE), 0);
	flush_work(&p.dwork.work);
	KUNIT_EXPECT_TRUE(test, time_after_eq(p.when, start + 3));
	KUNIT_EXPECT_TRUE(test, schedule_delayed_work(&p.dwork, 0));
	flush_work(&p.dwork.work);
	KUNIT_EXPECT_EQ(test, runs(&p), 2);
}

/* Can its time be changed, cut short, and taken back? */
static void delay_is_changed(struct kunit *test)
{
	struct probe p;

	probe_init(&p);
	KUNIT_EXPECT_FALSE(test,
			   mod_delayed_work(system_wq, &p.dwork, PATIENCE));
	KUNIT_EXPECT_TRUE(test,
			  mod_delayed_work(system_wq, &p.dwork, 2 * PATIENCE));
	/* false if there was nothing left to wait for: another CPU is fast */
	flush_delayed_work(&p.dwork);
	KUNIT_EXPECT_EQ(test, runs(&p), 1);
	mod_delayed_work(system_wq, &p.dwork, PATIENCE);
	KUNIT_EXPECT_TRUE(test, cancel_delayed_work(&p.dwork));
	KUNIT_EXPECT_FALSE(test, cancel_delayed_work(&p.dwork));
	mod_delayed_work(system_wq, &p.dwork, PATIENCE);
	KUNIT_EXPECT_TRUE(test, cancel_delayed_work_sync(&p.dwork));
	KUNIT_EXPECT_FALSE(test, flush_delayed_work(&p.dwork));
	mod_delayed_work(system_wq, &p.dwork, PATIENCE);
	KUNIT_EXPECT_TRUE(test, mod_delayed_work(system_wq, &p.dwork, 0));
	flush_work(&p.dwork.work);
	KUNIT_EXPECT_EQ(test, runs(&p), 2);
}

/* Somebody tries in vain to make a worker. */
static bool anyone_tries(void)
{
	int cpu;

	for_each_online_cpu(cpu)
		if (READ_ONCE(pool_of(cpu, false)->managed))
			return true;
	return READ_ONCE(pool_of(-1, false)->managed);
}

/* When no thread can be made, does the queue's own one do the works? */
static void rescued(struct kunit *test)
{
	struct workqueue_struct *wq =
		alloc_workqueue("rescued", WQ_MEM_RECLAIM, 0);
	struct completion done[3];
	static struct probe p[3];
	unsigned long left = 0;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, wq);
	workqueue_trim();
	workqueue_fail_workers = true;
	for (i = 0; i < ARRAY_SIZE(p); i++) {
		init_completion(&done[i]);
		probe_init(&p[i]);
		p[i].completes = &done[i];
		queue_work(wq, &p[i].work);
	}
	for (i = 0; i < ARRAY_SIZE(p); i++)
		left += wait_for_completion_timeout(&done[i], PATIENCE) > 0;
	flush_workqueue(wq);
	KUNIT_EXPECT_EQ(test, left, ARRAY_SIZE(p));
	KUNIT_EXPECT_PTR_EQ(test, p[0].thread, wq->rescuer->task);
	workqueue_fail_workers = false;
	destroy_workqueue(wq);
	/* who tried sees that nobody wants it any more */
	while (anyone_tries() && left++ < PATIENCE)
		schedule_timeout_uninterruptible(1);
}

static atomic_t cpus_seen[NR_CPUS];

static void see_cpu(struct work_struct *work)
{
	atomic_inc(&cpus_seen[raw_smp_processor_id()]);
}

/* Is a function called once on every CPU? */
static void on_each_of_the_cpus(struct kunit *test)
{
	unsigned int cpu;

	memset(cpus_seen, 0, sizeof(cpus_seen));
	KUNIT_EXPECT_EQ(test, schedule_on_each_cpu(see_cpu), 0);
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, atomic_read(&cpus_seen[cpu]), 1);
}

static void leaks_count(struct work_struct *work)
{
	preempt_disable();
}

static void waits_for_itself(struct work_struct *work)
{
	flush_work(work);
}

static void flushes_its_queue(struct work_struct *work)
{
	flush_scheduled_work();
}

static const char *report_of(work_func_t func)
{
	struct work_struct work;

	INIT_WORK(&work, func);
	capture_begin();
	schedule_work(&work);
	flush_work(&work);
	return capture_end();
}

/* Is wrong use named, and survived? */
static void misuse_is_reported(struct kunit *test)
{
	KUNIT_EXPECT_NOT_NULL(test,
			      strstr(report_of(leaks_count), "leaks_count"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(report_of(waits_for_itself),
					   "waits for its own end"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(report_of(flushes_its_queue),
					   "flushed by its own work"));
}

static struct kunit_case workqueue_cases[] = {
	KUNIT_CASE(done_once),
	KUNIT_CASE(queued_by_a_timer),
	KUNIT_CASE(work_is_freed),
	KUNIT_CASE(ended_worker_is_forgotten),
	KUNIT_CASE_SLOW(destroying_drains),
	KUNIT_CASE_SLOW(none_waits_for_a_sleeper),
	KUNIT_CASE_SLOW(one_at_a_time_on_a_cpu),
	KUNIT_CASE(ordered_queue),
	KUNIT_CASE_SLOW(max_active),
	KUNIT_CASE_SLOW(never_twice_at_a_time),
	KUNIT_CASE(flushing),
	KUNIT_CASE(cancelling),
	KUNIT_CASE_SLOW(cancelling_a_loop),
	KUNIT_CASE(delayed),
	KUNIT_CASE(delay_is_changed),
	KUNIT_CASE(rescued),
	KUNIT_CASE(on_each_of_the_cpus),
	KUNIT_CASE(misuse_is_reported),
	{}
};

static struct kunit_suite workqueue_suite = {
	.name = "workqueue",
	.init = workqueue_test_init,
	.test_cases = workqueue_cases,
};
kunit_test_suite(workqueue_suite);
