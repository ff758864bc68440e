/* SPDX-License-Identifier: MIT */
/*
 * Torture: threads on all CPUs that do random things to one mechanism, each
 * step checked, and everything looked at again when they are done.
 *
 *	static void step(struct torture_thread *self)
 *	{
 *		u32 which = torture_below(self, 10);
 *		...
 *		TORTURE_CHECK(self, counter == 0);
 *	}
 *
 *	torture_run(test, &(struct torture){ .step = step, .steps = 1000 });
 *
 * The work is the same on any number of CPUs: two do half of it each.
 *
 * The numbers come from a seed, which is printed and may be given as
 * "torture.seed=". Several threads still meet in another order each time; on
 * one CPU, and with QEMU's -icount, a run repeats.
 */
#ifndef _QUIRE_TORTURE_H
#define _QUIRE_TORTURE_H

#include <kunit/test.h>
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/prandom.h>
#include <linux/types.h>

struct task_struct;
struct torture_thread;

/* What is done. Zero or NULL where nothing is wanted. */
struct torture {
	/* One random step; may sleep. */
	void (*step)(struct torture_thread *self);
	/* Before the first and after the last step of each thread. */
	void (*begin)(struct torture_thread *self);
	void (*end)(struct torture_thread *self);
	unsigned int steps;	/* in one round, of all threads together */
	unsigned int per_cpu;	/* threads on each CPU; 0: one */
	bool unbound;		/* threads may move between CPUs */
	size_t size;		/* bytes of self->data, zeroed */

	/* The rest is torture_run()'s. */
	struct torture_thread *threads;
	unsigned int nr_threads;
	unsigned long each;	/* steps of a thread, in all rounds */
	struct completion go, done;
	bool cancelled;		/* not all threads could be made */
	atomic_t left;		/* threads that are not done */
	atomic_t wrong;		/* checks that failed */
};

struct torture_thread {
	struct torture *torture;
	struct task_struct *task;
	unsigned int index;	/* 0 .. nr_threads - 1 */
	unsigned int cpu;	/* where it is, if bound */
	unsigned long step;	/* steps done */
	struct rnd_state rnd;
	void *data;		/* the suite's */
};

/* Repeats what one round does; "torture.rounds=", 1 unless given. */
extern unsigned int torture_rounds;

/*
 * Starts the threads, waits until all are done, and fails the test if a
 * check failed. Panics if no thread makes a step for a minute. May sleep.
 */
void torture_run(struct kunit *test, struct torture *torture);

/* A random number; below limit. By the thread itself. */
u32 torture_random(struct torture_thread *self);
u32 torture_below(struct torture_thread *self, u32 limit);

/* The first few that fail are printed, all counted. Any context. */
void torture_wrong(struct torture_thread *self, const char *file, int line,
		   const char *what);

#define TORTURE_CHECK(self, cond) do {					\
	if (unlikely(!(cond)))						\
		torture_wrong(self, __FILE__, __LINE__, #cond);		\
} while (0)

#endif
