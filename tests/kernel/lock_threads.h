/* SPDX-License-Identifier: MIT */
/* Threads that meet at a lock, for the tests of locks. */
#ifndef _TESTS_LOCK_THREADS_H
#define _TESTS_LOCK_THREADS_H

#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <quire/capture.h>

struct thread_job {
	int (*fn)(void *data);
	void *data;
	struct completion begun;
};

/* A thread that is stopped before it has begun would not begin. */
static int begin_job(void *data)
{
	struct thread_job job = *(struct thread_job *)data;

	complete(&((struct thread_job *)data)->begun);
	return job.fn(job.data);
}

/* A thread that runs fn(data), for join(). NULL: no memory; the case fails. */
static inline struct task_struct *start(struct kunit *test,
					int (*fn)(void *data), void *data)
{
	struct thread_job job = { .fn = fn, .data = data };
	struct task_struct *p;

	init_completion(&job.begun);
	p = kthread_create(begin_job, &job, "lock-test");
	KUNIT_EXPECT_FALSE(test, IS_ERR(p));
	if (IS_ERR(p))
		return NULL;
	get_task_struct(p);
	wake_up_process(p);
	wait_for_completion(&job.begun);
	return p;
}

/* Waits for its end; what fn returned. */
static inline int join(struct task_struct *p)
{
	int result;

	if (!p)
		return -ENOMEM;
	result = kthread_stop(p);
	put_task_struct(p);
	return result;
}

/* Until it waits for something, or has ended. */
static inline void until_asleep(struct task_struct *p)
{
	while (p && (task_is_running(p) || task_curr(p)))
		yield();
}

/* Starts one, and goes on when it waits. */
static inline struct task_struct *
start_and_wait(struct kunit *test, int (*fn)(void *data), void *data)
{
	struct task_struct *p = start(test, fn, data);

	until_asleep(p);
	return p;
}

/* Ends the capture; the words must stand in it. */
static inline void expect_told(struct kunit *test, const char *words)
{
	const char *text = capture_end();

	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, words), "no \"%s\" in: %s",
				  words, text);
}

static inline void need_debug(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "checked in debug builds only");
}

/*
 * Work that only goes right if one thread at a time does it: between the two
 * halves of it others get the CPU, if the lock lets them.
 */
struct shared_work {
	unsigned int done;
	unsigned int inside, most_inside;
	char order[16]; /* letters of those who came in, in turn */
	unsigned int nr;
};

static inline void work_alone(struct shared_work *w)
{
	unsigned int done = READ_ONCE(w->done);

	w->inside++;
	w->most_inside = max(w->most_inside, w->inside);
	yield();
	WRITE_ONCE(w->done, done + 1);
	w->inside--;
}

static inline void note(struct shared_work *w, char letter)
{
	if (w->nr < sizeof(w->order) - 1)
		w->order[w->nr++] = letter;
}

#endif
