/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

#include <linux/bitops.h>
#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/list.h>
#include <linux/threads.h>
#include <linux/timer.h>
#include <linux/types.h>

/*
 * Functions that threads kept for it call: for what cannot be done where one
 * is, because it must sleep. See kernel/workqueue/.
 *
 *	INIT_WORK(&dev->work, dev_work);
 *	schedule_work(&dev->work);		in an interrupt, say
 *
 *	static void dev_work(struct work_struct *work)
 *	{
 *		struct dev *dev = container_of(work, struct dev, work);
 *		...
 *	}
 */
struct work_struct;
struct workqueue_struct;
struct pool_workqueue;
typedef void (*work_func_t)(struct work_struct *work);

struct work_struct {
	unsigned long data;         /* WORK_ bits; the pool it was in last */
	struct pool_workqueue *pwq; /* [P] where it is queued, or NULL */
	struct list_head entry;     /* [P] */
	work_func_t func;
};

/* Bits of data. Pending: from being queued until the function begins. */
#define WORK_STRUCT_PENDING_BIT 0
#define WORK_STRUCT_CANCELING_BIT 1
#define WORK_STRUCT_INACTIVE_BIT 2 /* others of its queue must end first */
#define WORK_STRUCT_COLOR_BIT 3
#define WORK_STRUCT_POOL_SHIFT 8

#define WORK_CPU_UNBOUND NR_CPUS

struct delayed_work {
	struct work_struct work;
	struct timer_list timer;
	struct workqueue_struct *wq; /* where the timer will queue it */
	int cpu;
};

#define to_delayed_work(_work) \
	container_of(_work, struct delayed_work, work)

/* Make one; not queued. */
#define __WORK_INITIALIZER(n, f) \
	{ .entry = LIST_HEAD_INIT((n).entry), .func = (f) }
#define DECLARE_WORK(n, f) struct work_struct n = __WORK_INITIALIZER(n, f)
#define INIT_WORK(_work, _func) do {					\
	(_work)->data = 0;						\
	(_work)->pwq = NULL;						\
	INIT_LIST_HEAD(&(_work)->entry);				\
	(_work)->func = (_func);					\
} while (0)
#define INIT_WORK_ONSTACK(_work, _func) INIT_WORK(_work, _func)
#define destroy_work_on_stack(_work) ((void)(_work))

void delayed_work_timer_fn(struct timer_list *timer);
#define __DELAYED_WORK_INITIALIZER(n, f) {				\
	.work = __WORK_INITIALIZER((n).work, (f)),			\
	.timer = __TIMER_INITIALIZER(delayed_work_timer_fn,		\
				     TIMER_IRQSAFE),			\
}
#define DECLARE_DELAYED_WORK(n, f) \
	struct delayed_work n = __DELAYED_WORK_INITIALIZER(n, f)
#define INIT_DELAYED_WORK(_work, _func) do {				\
	INIT_WORK(&(_work)->work, (_func));				\
	timer_setup(&(_work)->timer, delayed_work_timer_fn,		\
		    TIMER_IRQSAFE);					\
} while (0)
#define INIT_DEFERRABLE_WORK(_work, _func) INIT_DELAYED_WORK(_work, _func)

#define work_pending(work) test_bit(WORK_STRUCT_PENDING_BIT, &(work)->data)
#define delayed_work_pending(w) work_pending(&(w)->work)

/* ------------------------------------------------------------- queues */

/*
 * How a queue treats its works. Without WQ_UNBOUND a work runs on the CPU
 * that queued it, and a CPU runs one after the other as long as none sleeps.
 */
enum {
	WQ_UNBOUND = 1 << 1,        /* on any CPU, at once */
	WQ_FREEZABLE = 1 << 2,      /* nothing freezes here */
	WQ_MEM_RECLAIM = 1 << 3,    /* goes on when there is no memory */
	WQ_HIGHPRI = 1 << 4,        /* by threads of higher priority */
	WQ_CPU_INTENSIVE = 1 << 5,  /* its works hold up no others */
	WQ_SYSFS = 1 << 6,          /* there is no sysfs */
	WQ_POWER_EFFICIENT = 1 << 7,/* taken, and not used */
	__WQ_DRAINING = 1 << 16,
	__WQ_ORDERED = 1 << 17,

	WQ_MAX_ACTIVE = 512,
	WQ_DFL_ACTIVE = WQ_MAX_ACTIVE / 2,
};

/*
 * A queue whose name is made of fmt. Of its works at most max_active (0: the
 * default) are being done on a CPU, or with WQ_UNBOUND in all, at a time. An
 * ordered one does them one by one, in the order in which they were queued.
 * May sleep. NULL: no memory.
 */
struct workqueue_struct *__printf(1, 4)
	alloc_workqueue(const char *fmt, unsigned int flags, int max_active,
			...);
#define alloc_ordered_workqueue(fmt, flags, args...) \
	alloc_workqueue(fmt, WQ_UNBOUND | __WQ_ORDERED | (flags), 1, ##args)
#define create_workqueue(name) \
	alloc_workqueue("%s", WQ_MEM_RECLAIM, 1, (name))
#define create_singlethread_workqueue(name) \
	alloc_ordered_workqueue("%s", WQ_MEM_RECLAIM, (name))

/* Ends it, when all its works are done. May sleep. */
void destroy_workqueue(struct workqueue_struct *wq);

/* There from core_initcall() on. Long works go to the second. */
extern struct workqueue_struct *system_wq;
extern struct workqueue_struct *system_long_wq;
extern struct workqueue_struct *system_highpri_wq;
extern struct workqueue_struct *system_unbound_wq;
#define system_freezable_wq system_wq
#define system_power_efficient_wq system_wq

/* ------------------------------------------------------------- queueing */

/*
 * The function will be called once after this; false: it is pending already,
 * so that it will be anyway. The caller's writes are seen by it. A work never
 * runs twice at a time. Any context.
 */
bool queue_work_on(int cpu, struct workqueue_struct *wq,
		   struct work_struct *work);

static inline bool queue_work(struct workqueue_struct *wq,
			      struct work_struct *work)
{
	return queue_work_on(WORK_CPU_UNBOUND, wq, work);
}

static inline bool schedule_work_on(int cpu, struct work_struct *work)
{
	return queue_work_on(cpu, system_wq, work);
}

static inline bool schedule_work(struct work_struct *work)
{
	return queue_work(system_wq, work);
}

/*
 * The same after delay jiffies. mod_ changes the time of one that is pending,
 * and returns true if it was. Any context.
 */
bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq,
			   struct delayed_work *dwork, unsigned long delay);
bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq,
			 struct delayed_work *dwork, unsigned long delay);

static inline bool queue_delayed_work(struct workqueue_struct *wq,
				      struct delayed_work *dwork,
				      unsigned long delay)
{
	return queue_delayed_work_on(WORK_CPU_UNBOUND, wq, dwork, delay);
}

static inline bool mod_delayed_work(struct workqueue_struct *wq,
				    struct delayed_work *dwork,
				    unsigned long delay)
{
	return mod_delayed_work_on(WORK_CPU_UNBOUND, wq, dwork, delay);
}

static inline bool schedule_delayed_work(struct delayed_work *dwork,
					 unsigned long delay)
{
	return queue_delayed_work(system_wq, dwork, delay);
}

/* Calls func on every CPU that is online, and waits for that. May sleep. */
int schedule_on_each_cpu(work_func_t func);

/* ------------------------------------------------------------- waiting */

/*
 * Wait until a work, or all works of a queue, that were queued before have
 * been done; those queued meanwhile do not count. flush_delayed_work() queues
 * it at once if its time has not come. True: there was something to wait for.
 * May sleep; not in the work, or a work of the queue, itself.
 */
bool flush_work(struct work_struct *work);
bool flush_delayed_work(struct delayed_work *dwork);
void flush_workqueue(struct workqueue_struct *wq);
#define flush_scheduled_work() flush_workqueue(system_wq)

/* Until a queue is empty; only its own works may queue more. May sleep. */
void drain_workqueue(struct workqueue_struct *wq);

/*
 * Not pending any more; true if it was. _sync: it does not run any more
 * either, and nobody can queue it in between: may sleep. Others: any context.
 */
bool cancel_work(struct work_struct *work);
bool cancel_work_sync(struct work_struct *work);
bool cancel_delayed_work(struct delayed_work *dwork);
bool cancel_delayed_work_sync(struct delayed_work *dwork);

/* The work whose function calls this, or NULL. */
struct work_struct *current_work(void);

/* WORK_BUSY_ bits; only a hint. Any context. */
enum {
	WORK_BUSY_PENDING = 1 << 0,
	WORK_BUSY_RUNNING = 1 << 1,
};
unsigned int work_busy(struct work_struct *work);

/* ------------------------------------- for the scheduler and for tests */

struct task_struct;

/* A thread with PF_WQ_WORKER is about to sleep; runs again. */
void wq_worker_sleeping(struct task_struct *task);
void wq_worker_running(struct task_struct *task);

/* Works that are queued or being done. */
unsigned long works_in_flight(void);

/* Ends the threads that have nothing to do, but for one a pool. May sleep. */
void workqueue_trim(void);

#endif
