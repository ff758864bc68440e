// SPDX-License-Identifier: MIT
/*
 * Works that threads, timers and interrupts of all CPUs queue and cancel: does
 * each run once for each queueing, and never twice at a time?
 */
#include <quire/torture.h>

#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/workqueue.h>

struct job {
	struct work_struct work;
	struct delayed_work later;
	atomic_t queued, ran, cancelled, running, twice;
};

static struct job jobs[24];
static struct workqueue_struct *own_queue;

static void do_job(struct job *job)
{
	void *p = kmalloc(200, GFP_KERNEL);

	if (atomic_inc_return(&job->running) != 1)
		atomic_inc(&job->twice);
	cond_resched();
	atomic_dec(&job->running);
	atomic_inc(&job->ran);
	kfree(p);
}

static void run_work(struct work_struct *work)
{
	do_job(container_of(work, struct job, work));
}

/* Another work, which may run beside the first. */
static void run_later(struct work_struct *work)
{
	struct job *job =
		container_of(to_delayed_work(work), struct job, later);

	atomic_inc(&job->ran);
}

/* Always the same for a work: in two at once it could run twice. */
static void queue(struct torture_thread *self, struct job *job)
{
	bool odd = (job - jobs) % 2;

	if (queue_work(odd ? system_wq : own_queue, &job->work))
		atomic_inc(&job->queued);
}

static void queue_later(struct torture_thread *self, struct job *job)
{
	if (queue_delayed_work(own_queue, &job->later, torture_below(self, 4)))
		atomic_inc(&job->queued);
}

static struct job *random_job(struct torture_thread *self)
{
	return &jobs[torture_below(self, ARRAY_SIZE(jobs))];
}

static void queue_in_interrupt(void *data)
{
	queue(data, random_job(data));
}

static void work_step(struct torture_thread *self)
{
	struct job *job = random_job(self);
	unsigned int cpu;

	switch (torture_below(self, 64)) {
	case 0 ... 2:
		if (cancel_work_sync(&job->work))
			atomic_inc(&job->cancelled);
		break;
	case 3 ... 5:
		if (cancel_delayed_work_sync(&job->later))
			atomic_inc(&job->cancelled);
		break;
	case 6 ... 8:
		flush_work(&job->work);
		break;
	case 9:
		flush_workqueue(own_queue);
		break;
	case 10 ... 13:
		cpu = torture_below(self, nr_cpu_ids);
		if (cpu_online(cpu))
			smp_call_function_single(cpu, queue_in_interrupt, self,
						 1);
		break;
	case 14 ... 24:
		queue_later(self, job);
		break;
	default:
		queue(self, job);
	}
}

/* Is every queueing answered by one run or one cancelling? */
static void queueings_add_up(struct kunit *test)
{
	struct torture torture = {
		.step = work_step,
		.steps = 1200,
		.per_cpu = 2,
	};
	unsigned int i;

	memset(jobs, 0, sizeof(jobs));
	for (i = 0; i < ARRAY_SIZE(jobs); i++) {
		INIT_WORK(&jobs[i].work, run_work);
		INIT_DELAYED_WORK(&jobs[i].later, run_later);
	}
	own_queue = alloc_workqueue("torture", 0, 0);
	KUNIT_ASSERT_NOT_NULL(test, own_queue);
	torture_run(test, &torture);
	for (i = 0; i < ARRAY_SIZE(jobs); i++) {
		struct job *job = &jobs[i];

		flush_work(&job->work);
		flush_delayed_work(&job->later);
		KUNIT_EXPECT_EQ(test, atomic_read(&job->queued),
				atomic_read(&job->ran) +
					atomic_read(&job->cancelled));
		KUNIT_EXPECT_EQ(test, atomic_read(&job->twice), 0);
	}
	destroy_workqueue(own_queue);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_SLOW(queueings_add_up),
	{}
};

static struct kunit_suite torture_workqueue = {
	.name = "torture_workqueue",
	.test_cases = cases,
};
kunit_test_suite(torture_workqueue);
