/* SPDX-License-Identifier: MIT */
/*
 * Threads: what the kernel knows of one, how it waits and is woken.
 *
 * The way to wait that loses no wake-up, which <linux/wait.h> and
 * <linux/completion.h> wrap up:
 *
 *	set_current_state(TASK_UNINTERRUPTIBLE);	condition = true;
 *	if (!condition)					wake_up_process(p);
 *		schedule();
 *	__set_current_state(TASK_RUNNING);
 *
 * Whichever comes first, the look at the condition or the change of it: the
 * sleeper sees the change, or the waker sees the state and undoes it.
 */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <asm/barrier.h>
#include <asm/current.h>
#include <asm/kmap_types.h>
#include <asm/pgtable_types.h>
#include <linux/compiler.h>
#include <linux/cpumask.h>
#include <linux/kconfig.h>
#include <linux/kcsan.h>
#include <linux/list.h>
#include <linux/llist.h>
#include <linux/lockdep_types.h>
#include <linux/preempt.h>
#include <linux/refcount.h>
#include <linux/sched/prio.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>

/* task->__state. */
#define TASK_RUNNING 0x0000
#define TASK_INTERRUPTIBLE 0x0001
#define TASK_UNINTERRUPTIBLE 0x0002
#define TASK_PARKED 0x0040
#define TASK_DEAD 0x0080
#define TASK_WAKEKILL 0x0100
#define TASK_WAKING 0x0200
#define TASK_NOLOAD 0x0400

#define TASK_NORMAL (TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)
#define TASK_KILLABLE (TASK_WAKEKILL | TASK_UNINTERRUPTIBLE)
#define TASK_IDLE (TASK_UNINTERRUPTIBLE | TASK_NOLOAD)

/* task->policy. */
#define SCHED_NORMAL 0
#define SCHED_FIFO 1
#define SCHED_RR 2

/* task->flags. */
#define PF_IDLE 0x00000002
#define PF_EXITING 0x00000004
#define PF_WQ_WORKER 0x00000020
#define PF_NO_SETAFFINITY 0x04000000
#define PF_KTHREAD 0x00200000
#define PF_MEMALLOC 0x00000800

#define TASK_COMM_LEN 16

#define MAX_SCHEDULE_TIMEOUT LONG_MAX

struct kthread;

/* What the machine keeps of a thread that does not run. */
struct thread_struct {
	unsigned long sp;
};

/* Slots of kmap_local_page() that went with a thread: mm/kmap_atomic.c. */
struct kmap_ctrl {
	int depth;			/* slots saved; 0 while it runs */
	pte_t pteval[KM_MAX_IDX];
};

/*
 * One thread. Who may change a field:
 *	[c] the thread itself	[p] pi_lock	[q] the lock of its run queue
 *	[t] tasklist_lock	[-] set before it first runs
 */
struct task_struct {
	unsigned int __state;		/* [c] sleeping, [p] waking */
	struct thread_struct thread;	/* by the switch */
	void *stack;			/* [-] its lowest address */
#ifdef CONFIG_STACKPROTECTOR
	unsigned long stack_canary;	/* [-] its guard: stackprotector.c */
#endif
	refcount_t usage;		/* get_task_struct() */
	unsigned int flags;		/* [c] PF_ */

	int on_cpu;			/* runs, or its switch is not over */
	int on_rq;			/* [q] wants to run */
	unsigned int cpu;		/* [p] and [q]: whose run queue */
	struct list_head run_node;	/* [q] among those of its priority */
	unsigned int time_slice;	/* [q] ticks until its equals' turn */

	int prio, static_prio;		/* [p] and [q]; static: of its nice */
	unsigned int rt_priority;	/* [p] and [q] 1 .. 99 for FIFO, RR */
	unsigned int policy;		/* [p] and [q] SCHED_ */

	raw_spinlock_t pi_lock;
	unsigned int nr_cpus_allowed;	/* [p] and [q] */
	cpumask_t cpus_mask;		/* [p] and [q] where it may run */
	u16 migration_disabled;		/* [c] depth of migrate_disable() */

	struct list_head tasks;		/* [t] all threads */
	pid_t pid;			/* [-] */
	char comm[TASK_COMM_LEN];	/* [-] */
	struct kthread *kthread;	/* [-] NULL for idle threads */
	struct llist_node dead_node;	/* waiting to be taken apart */

	int pagefault_disabled;		/* [c] depth of pagefault_disable() */
	struct kmap_ctrl kmap_ctrl;	/* [c] at a switch */
	unsigned long nvcsw;		/* [q] switches: it waited */
	unsigned long nivcsw;		/* [q] ... or it was preempted */
	struct held_locks held_locks;	/* [c] for the lock checker */
#ifdef CONFIG_KCSAN
	struct kcsan_ctx kcsan_ctx;	/* [c] */
#endif
#ifdef CONFIG_DEBUG
	bool make_it_fail;		/* the task-filter's mark */
	unsigned int fail_nth;		/* [c] see <linux/fault-inject.h> */
	bool fail_nth_own;		/* [c] set by fault_nth_set() */
#endif
};

extern struct task_struct init_task;

/* -------------------------------------------------------------- the state */

#define task_is_running(task) (READ_ONCE((task)->__state) == TASK_RUNNING)
#define get_current_state() READ_ONCE(current->__state)

/* With a barrier behind it, for the look at the condition that follows. */
#define set_current_state(state) smp_store_mb(current->__state, (state))
#define __set_current_state(state) WRITE_ONCE(current->__state, (state))

/*
 * For a state that no loop sets again, as the last one of a thread: who is
 * about to wake it from an earlier sleep, on another CPU, has written its
 * TASK_RUNNING before, and not over it.
 */
#define set_special_state(state) do {					\
	unsigned long __flags;						\
									\
	if (!IS_ENABLED(CONFIG_SMP)) {					\
		set_current_state(state);				\
		break;							\
	}								\
	raw_spin_lock_irqsave(&current->pi_lock, __flags);		\
	WRITE_ONCE(current->__state, (state));				\
	raw_spin_unlock_irqrestore(&current->pi_lock, __flags);		\
} while (0)

/*
 * Gives the CPU away: until woken if the state is not TASK_RUNNING, else to
 * a thread of higher priority if there is one. May sleep; interrupts on.
 */
void schedule(void);

/* The same for a caller that has preemption off, once, and keeps it so. */
void schedule_preempt_disabled(void);

/* Gives the CPU to threads of the same priority, if there are any. */
void yield(void);

/*
 * Makes a sleeping thread run. Returns 1 if it slept, 0 if it ran already.
 * Any context; everything written before is seen by the woken thread.
 */
int wake_up_process(struct task_struct *p);
int wake_up_state(struct task_struct *p, unsigned int state);

/*
 * Sleeps until woken or, whichever is first, timeout jiffies have passed;
 * the caller sets the state. Returns the jiffies left, 0 at the timeout.
 * MAX_SCHEDULE_TIMEOUT: for ever. kernel/time/.
 */
signed long schedule_timeout(signed long timeout);
signed long schedule_timeout_interruptible(signed long timeout);
signed long schedule_timeout_killable(signed long timeout);
signed long schedule_timeout_uninterruptible(signed long timeout);
signed long schedule_timeout_idle(signed long timeout);

/* Waiting for a device, in Linux's terms; here the same as schedule(). */
#define io_schedule() schedule()

/* ------------------------------------------------------------- preemption */

static __always_inline bool need_resched(void)
{
	return unlikely(test_preempt_need_resched());
}

/* Makes a CPU choose anew, soon, whom it runs. Any context. */
void resched_cpu(int cpu);

/* A loop that takes long and may sleep calls this now and then. */
int _cond_resched(void);

#define cond_resched() ({						\
	might_sleep();							\
	_cond_resched();						\
})

/* -------------------------------------------------------------- attributes */

static inline int task_nice(const struct task_struct *p)
{
	return PRIO_TO_NICE(p->static_prio);
}

static inline bool rt_task(const struct task_struct *p)
{
	return p->prio < MAX_RT_PRIO;
}

static inline pid_t task_pid_nr(const struct task_struct *p)
{
	return p->pid;
}

static inline bool is_idle_task(const struct task_struct *p)
{
	return p->flags & PF_IDLE;
}

/* The thread that a CPU runs when no other wants it. */
struct task_struct *idle_task(int cpu);

static inline unsigned int task_cpu(const struct task_struct *p)
{
	return READ_ONCE(p->cpu);
}

/* Runs it right now, on some CPU? Only a hint to anyone but itself. */
static inline bool task_curr(const struct task_struct *p)
{
	return READ_ONCE(p->on_cpu);
}

static inline void *task_stack_page(const struct task_struct *p)
{
	return p->stack;
}

/*
 * A thread that does not run, and must not on another CPU than its last one:
 * it has said so, or has slots of that CPU open. What may move it asks this.
 */
static inline bool is_migration_disabled(const struct task_struct *p)
{
	return p->migration_disabled || p->kmap_ctrl.depth;
}

/* There are no signals: a thread is asked to end by kthread_stop(). */
static inline int signal_pending(const struct task_struct *p)
{
	return 0;
}

#define signal_pending_state(state, p) ((void)(state), signal_pending(p))
#define fatal_signal_pending(p) signal_pending(p)

/* ------------------------------------------- for main.c, entry and the tick */

/* Run queues; the boot task becomes CPU 0's idle thread. Once, early. */
void sched_init(void);

/*
 * Makes a thread the idle thread of a CPU that does not run yet: it is what
 * that CPU finds as current, with preemption allowed.
 */
void init_idle(struct task_struct *idle, int cpu);

/*
 * The end of a CPU's start, interrupts off or on: gives the CPU to whoever
 * wants it, else halts.
 */
void __noreturn cpu_startup_entry(void);

/* The interrupt by which another CPU asks this one to choose anew. */
void scheduler_ipi(void);

/* The scheduler's part of a new thread. */
void sched_fork(struct task_struct *p);

/* Called on a new thread's stack at its first switch. */
void schedule_tail(struct task_struct *prev);

/* At the end of an interrupt, on the interrupted thread's stack. */
void irqentry_exit_cond_resched(void);

#include <linux/sched/placement.h>

#endif
