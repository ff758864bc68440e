/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_TASK_H
#define _LINUX_SCHED_TASK_H

#include <linux/rwlock.h>
#include <linux/sched.h>

/* Held while the list of all threads is walked or changed. */
extern rwlock_t tasklist_lock;

/* Keeps the struct, not the thread: it may end meanwhile. Any context. */
static inline struct task_struct *get_task_struct(struct task_struct *p)
{
	refcount_inc(&p->usage);
	return p;
}

void __put_task_struct(struct task_struct *p);

static inline void put_task_struct(struct task_struct *p)
{
	if (refcount_dec_and_test(&p->usage))
		__put_task_struct(p);
}

/*
 * A new thread that calls fn(arg), which must not return. It sleeps until its
 * first wake_up_process(). NULL if out of memory. May sleep. kernel/fork.c.
 */
struct task_struct *create_thread(int (*fn)(void *), void *arg,
				  const char *comm);

/*
 * The idle thread of a CPU that is about to be started, with a stack for it,
 * or ERR_PTR(-ENOMEM). May sleep.
 */
struct task_struct *fork_idle(int cpu);

/* Ends the calling thread. */
void __noreturn do_exit(long code);

/* A dead thread, off its CPU for good, is to be taken apart. Any context. */
void bury_task(struct task_struct *p);

/* Sleeps until an ending thread's stack has been freed. May sleep. */
void wait_thread_reaped(struct task_struct *p);

/* Sleeps until at most so many are left; false: not in a second. May sleep. */
bool wait_threads_gone(unsigned int most);

/* Threads that exist, but for the idle ones. */
unsigned int nr_threads_alive(void);

struct seq_file;

/*
 * A table of all threads; who called, for one: 0, or -ESRCH where there is no
 * thread of that number. May sleep. kernel/sched/threads_show.c.
 */
int threads_show(struct seq_file *m, void *unused);
int thread_show_trace(struct seq_file *m, int pid);

#endif
