/* SPDX-License-Identifier: MIT */
/*
 * Threads of the kernel.
 *
 *	p = kthread_run(fn, data, "name/%d", i);
 *	...
 *	result = kthread_stop(p);
 *
 *	static int fn(void *data)
 *	{
 *		while (!kthread_should_stop())
 *			...
 *		return result;
 *	}
 */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

#include <linux/err.h>
#include <linux/sched.h>

struct completion;

#define NUMA_NO_NODE (-1)

/*
 * A new thread that will call threadfn(data) when it is woken. Returns it, or
 * ERR_PTR(-ENOMEM). May sleep. node is not used.
 */
struct task_struct *kthread_create_on_node(int (*threadfn)(void *data),
					   void *data, int node,
					   const char *namefmt, ...)
	__printf(4, 5);

#define kthread_create(threadfn, data, namefmt, arg...) \
	kthread_create_on_node(threadfn, data, NUMA_NO_NODE, namefmt, ##arg)

/* The same, and wakes it. */
#define kthread_run(threadfn, data, namefmt, ...) ({			\
	struct task_struct *__kthread_run_p =				\
		kthread_create(threadfn, data, namefmt, ##__VA_ARGS__);	\
									\
	if (!IS_ERR(__kthread_run_p))					\
		wake_up_process(__kthread_run_p);			\
	__kthread_run_p;						\
})

/* The same, bound to a CPU. A %u in the name is the CPU's number. */
struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *data),
					  void *data, unsigned int cpu,
					  const char *namefmt);

#define kthread_run_on_cpu(threadfn, data, cpu, namefmt) ({		\
	struct task_struct *__kthread_run_p =				\
		kthread_create_on_cpu(threadfn, data, cpu, namefmt);	\
									\
	if (!IS_ERR(__kthread_run_p))					\
		wake_up_process(__kthread_run_p);			\
	__kthread_run_p;						\
})

/* Before its first wake-up: for all its life p runs on that CPU, or set. */
void kthread_bind(struct task_struct *p, unsigned int cpu);
void kthread_bind_mask(struct task_struct *p, const struct cpumask *mask);

/*
 * Parking: p rests in kthread_parkme() until it is unparked. Its function
 * looks at kthread_should_park() now and then, and calls kthread_parkme()
 * when that is true. kthread_park() returns when p rests; -ENOSYS: p ends.
 */
int kthread_park(struct task_struct *p);
void kthread_unpark(struct task_struct *p);
bool kthread_should_park(void);
void kthread_parkme(void);

/*
 * Makes kthread_should_stop() true for p, wakes it and waits for its end.
 * Returns what its function returned, or -EINTR if it was never woken before.
 * When this returns, the stack and the struct have been freed, unless the
 * caller holds a reference. A thread may end before it is told to only if the
 * caller does hold one. May sleep.
 */
int kthread_stop(struct task_struct *p);

/* Has the calling thread been told to end? */
bool kthread_should_stop(void);

/* Ends the calling thread, as if its function had returned result. */
void __noreturn kthread_exit(long result);

/* The same, with a complete() at the last moment. */
void __noreturn kthread_complete_and_exit(struct completion *x, long result);

/* What was given to kthread_create(). */
void *kthread_data(struct task_struct *p);

/* Thread 2: takes apart the threads that have ended. kernel/fork.c. */
int kthreadd(void *unused);

/* For do_exit(): the thread is about to be gone. */
void kthread_exited(long code);

#endif
