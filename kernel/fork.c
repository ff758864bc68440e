// SPDX-License-Identifier: MIT
/*
 * fork.c - the beginning and the end of a thread
 *
 *	create_thread() -> wake_up_process() --> runs -> do_exit()
 *	 struct, stack                                      |
 *	                                             TASK_DEAD, last switch
 *	                                                    |
 *	     freed <-- reap_threads() <-- dead_threads <-- bury_task()
 *
 * A thread cannot free the stack that it stands on, and the switch away from
 * it cannot either, as freeing may sleep. So the switch puts it on a list,
 * and kthreadd, or whoever waits for just that memory, takes it from there.
 *
 * F1  A thread is on the list of all threads from its creation until its
 *     stack has been freed; nr_threads counts that list.
 * F2  usage has one reference of the thread's own, given back when its stack
 *     has been freed; the struct lives until the last reference is gone.
 *
 * Lock: tasklist_lock, for the list and the numbers.
 *
 * Differs from Linux: threads of the kernel only, so nothing is copied; one
 * that dies leaves no zombie. (kernel/fork.c, kernel/exit.c)
 */
#include <linux/sched/task.h>

#include <asm/switch_to.h>
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/sched/signal.h>
#include <linux/sched/stack.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/stackprotector.h>
#include <linux/string.h>
#include <linux/threads.h>
#include <linux/wait.h>

DEFINE_RWLOCK(tasklist_lock);
static pid_t last_pid;
static unsigned int nr_threads;

static LLIST_HEAD(dead_threads);
static atomic_t reapers; /* who take dead threads apart just now */
static DECLARE_WAIT_QUEUE_HEAD(dead_wait);   /* kthreadd, for more */
static DECLARE_WAIT_QUEUE_HEAD(reaped_wait); /* others, for less */

unsigned int nr_threads_alive(void)
{
	return READ_ONCE(nr_threads);
}

/* ---------------------------------------------------------------- beginning */

static bool pid_taken(pid_t pid)
{
	struct task_struct *p;

	for_each_process(p)
		if (p->pid == pid)
			return true;
	return false;
}

/* The caller holds tasklist_lock. */
static pid_t next_pid(void)
{
	do {
		last_pid = last_pid % (PID_MAX_DEFAULT - 1) + 1;
	} while (pid_taken(last_pid));
	return last_pid;
}

/* All that the struct needs to be one. */
static void task_init(struct task_struct *p, const char *comm)
{
	refcount_set(&p->usage, 1);
	task_init_stack_canary(p);
	p->flags = PF_KTHREAD;
	INIT_LIST_HEAD(&p->tasks);
	sched_fork(p);
	strscpy(p->comm, comm, sizeof(p->comm));
}

static struct task_struct *alloc_task(const char *comm)
{
	struct task_struct *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return NULL;
	task_init(p, comm);
	p->stack = alloc_thread_stack();
	if (!p->stack) {
		kfree(p);
		return NULL;
	}
	return p;
}

struct task_struct *create_thread(int (*fn)(void *), void *arg,
				  const char *comm)
{
	struct task_struct *p = alloc_task(comm);
	unsigned long flags;

	if (!p)
		return NULL;
	copy_thread(p, fn, arg);
	write_lock_irqsave(&tasklist_lock, flags);
	p->pid = next_pid();
	list_add_tail(&p->tasks, &init_task.tasks);
	nr_threads++; /* F1 */
	write_unlock_irqrestore(&tasklist_lock, flags);
	return p;
}

struct task_struct *fork_idle(int cpu)
{
	char comm[TASK_COMM_LEN];
	struct task_struct *p;

	snprintf(comm, sizeof(comm), "swapper/%d", cpu);
	p = alloc_task(comm);
	if (!p)
		return ERR_PTR(-ENOMEM);
	init_idle(p, cpu);
	return p;
}

/* ---------------------------------------------------------------------- end */

void __noreturn do_exit(long code)
{
	if (in_interrupt() || is_idle_task(current))
		panic("do_exit() in an interrupt or by an idle thread");
	WARN(in_atomic(), "%s/%d ends with preemption off: %x\n", current->comm,
	     current->pid, preempt_count());
	preempt_count_set(0);
	current->flags |= PF_EXITING;
	check_stack_usage();
	/* until the switch nobody who was told of the end gets the CPU */
	preempt_disable();
	debug_check_no_locks_held();
	kthread_exited(code);
	local_irq_disable();
	set_special_state(TASK_DEAD);
	preempt_enable_no_resched();
	schedule();
	BUG();
}

void bury_task(struct task_struct *p)
{
	llist_add(&p->dead_node, &dead_threads);
	wake_up(&dead_wait);
}

void __put_task_struct(struct task_struct *p)
{
	kfree(p->kthread);
	kfree(p);
}

static void free_dead(struct task_struct *p)
{
	unsigned long flags;
	void *stack = p->stack;

	/* who looks at stacks holds the lock, and then finds none */
	write_lock_irqsave(&tasklist_lock, flags);
	p->stack = NULL;
	write_unlock_irqrestore(&tasklist_lock, flags);
	free_thread_stack(stack);
	write_lock_irqsave(&tasklist_lock, flags);
	list_del_init_careful(&p->tasks);
	nr_threads--;
	write_unlock_irqrestore(&tasklist_lock, flags);
	put_task_struct(p);
}

/* Takes apart what is dead by now. May sleep. */
static void reap_threads(void)
{
	struct task_struct *p, *next;
	struct llist_node *dead;

	atomic_inc(&reapers);
	dead = llist_del_all(&dead_threads);
	llist_for_each_entry_safe(p, next, dead, dead_node)
		free_dead(p);
	atomic_dec(&reapers);
	wake_up_all(&reaped_wait);
}

void wait_thread_reaped(struct task_struct *p)
{
	reap_threads();
	/* not in the list, and the list's reference given back as well */
	wait_event(reaped_wait,
		   list_empty_careful(&p->tasks) && !atomic_read(&reapers));
}

bool wait_threads_gone(unsigned int most)
{
	reap_threads();
	return wait_event_timeout(reaped_wait, nr_threads_alive() <= most, HZ);
}

int kthreadd(void *unused)
{
	for (;;) {
		wait_event(dead_wait, !llist_empty(&dead_threads));
		reap_threads();
	}
}
