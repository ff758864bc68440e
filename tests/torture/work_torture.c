// SPDX-License-Identifier: MIT
/*
 * Works that all CPUs queue, put off, flush and cancel: is each done or
 * cancelled once for each time that it was queued, and never twice at a time?
 */
#include <quire/torture.h>

#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#define WORKS 24

struct job {
	struct delayed_work dwork;
	atomic_t queued, done, cancelled;
	atomic_t inside;
};

static struct job jobs[WORKS];
static atomic_t twice; /* found itself at work already */
static struct workqueue_struct *queues[4];

static void do_job(struct work_struct *work)
{
	struct job *job =
		container_of(to_delayed_work(work), struct job, dwork);

	if (atomic_inc_return(&job->inside) != 1)
		atomic_inc(&twice);
	if (atomic_read(&job->queued) % 8 == 0)
		schedule_timeout_uninterruptible(1);
	atomic_dec(&job->inside);
	atomic_inc(&job->done);
}

/* Each job stays with one: only then it never meets itself. */
static struct workqueue_struct *queue_of(const struct job *job)
{
	return queues[(job - jobs) % ARRAY_SIZE(queues)];
}

static void queue_job(struct torture_thread *self, struct job *job)
{
	/* before: it may be done before the answer comes */
	atomic_inc(&job->queued);
	if (!queue_delayed_work(queue_of(job), &job->dwork,
				torture_below(self, 3)))
		atomic_dec(&job->queued);
}

static void change_job(struct torture_thread *self, struct job *job)
{
	atomic_inc(&job->queued);
	if (mod_delayed_work(queue_of(job), &job->dwork,
			     torture_below(self, 4)))
		atomic_dec(&job->queued);
}

static void work_step(struct torture_thread *self)
{
	struct job *job = &jobs[torture_below(self, WORKS)];

	switch (torture_below(self, 16)) {
	case 0 ... 7:
		queue_job(self, job);
		break;
	case 8 ... 10:
		change_job(self, job);
		break;
	case 11:
		atomic_add(cancel_delayed_work(&job->dwork), &job->cancelled);
		break;
	case 12:
		atomic_add(cancel_delayed_work_sync(&job->dwork),
			   &job->cancelled);
		break;
	case 13:
		flush_delayed_work(&job->dwork);
		break;
	case 14:
		flush_work(&job->dwork.work);
		break;
	default:
		cond_resched();
	}
}

static bool make_queues(void)
{
	queues[0] = alloc_workqueue("bound", 0, 0);
	queues[1] = alloc_workqueue("unbound", WQ_UNBOUND, 3);
	queues[2] = alloc_ordered_workqueue("ordered", 0);
	queues[3] = alloc_workqueue("high", WQ_HIGHPRI | WQ_MEM_RECLAIM, 1);
	return queues[0] && queues[1] && queues[2] && queues[3];
}

static void end_queues(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(queues); i++)
		if (queues[i])
			destroy_workqueue(queues[i]);
}

/* Does the sum of what was queued come out, work by work? */
static void queued_is_done_or_cancelled(struct kunit *test)
{
	struct torture torture = {
		.step = work_step,
		.steps = 4000,
		.per_cpu = 2,
	};
	unsigned int i, wrong = 0, done = 0;

	memset(jobs, 0, sizeof(jobs));
	atomic_set(&twice, 0);
	for (i = 0; i < WORKS; i++)
		INIT_DELAYED_WORK(&jobs[i].dwork, do_job);
	if (make_queues())
		torture_run(test, &torture);
	for (i = 0; i < WORKS; i++) {
		struct job *job = &jobs[i];

		atomic_add(cancel_delayed_work_sync(&job->dwork),
			   &job->cancelled);
		wrong += atomic_read(&job->queued) !=
			 atomic_read(&job->done) + atomic_read(&job->cancelled);
		done += atomic_read(&job->done);
	}
	end_queues();
	KUNIT_EXPECT_EQ(test, wrong, 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&twice), 0);
	KUNIT_EXPECT_GT(test, done, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_SLOW(queued_is_done_or_cancelled),
	{}
};

static struct kunit_suite torture_work = {
	.name = "torture_work",
	.test_cases = cases,
};
kunit_test_suite(torture_work);
