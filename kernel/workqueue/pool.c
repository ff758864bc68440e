// SPDX-License-Identifier: MIT
/*
 * pool.c - threads that do works, as many as it takes
 *
 *	            wake                     list empty, or enough run
 *	  [idle] ---------> is anyone idle? ---> do works ---> [idle]
 *	    ^                    | no                ^
 *	    +-- new worker <-- make one -------------+
 *
 * The pool of a CPU has just as many threads at work as keep the CPU busy:
 * one. When that one sleeps in its work, the scheduler tells us, and if there
 * is more to do another one is woken; when it wakes up again, two are at it
 * until one has finished its work. So works run one after the other, and
 * still none waits for one that sleeps. In the pools whose threads run
 * anywhere, each work has its own thread if there are enough of them.
 *
 * There must be a thread to wake when one falls asleep, when nobody is in
 * a position to make one. So who begins to work first sees to it that another
 * one is idle (makes one, if there is none).
 *
 * V1  While works are in the list of a pool bound to a CPU, at least one
 *     worker runs or is on its way, or one is being made, or there is no
 *     memory for it (rescue.c).
 * V2  nr_running counts the workers that do works, do not sleep, and whose
 *     queue is not WQ_CPU_INTENSIVE. It falls under the lock only.
 * V3  A worker that is idle is in the list idle, and asleep or being woken.
 *
 * Lock: pool->lock [P]. Cost: O(1), but for finding who does a work, which
 * is O(workers at work).
 *
 * Differs from Linux: threads that are too many are ended by a work, as soon
 * as they are idle, not after five minutes; one pool for all unbound queues of
 * a priority; no CPU goes away. (kernel/workqueue.c)
 */
#include "internal.h"

#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>

#define IDLE_MAX 4 /* more of a pool do not stay */
#define TRIM_PATIENCE 100000 /* for works that go on and on */
#define NR_POOLS ((NR_CPUS + 1) * NR_PRIORITIES)
#define HIGHPRI_NICE (-20)

static struct worker_pool pools[NR_POOLS]; /* the last ones of no CPU */
bool workqueue_fail_workers;

struct worker_pool *pool_of(int cpu, bool high)
{
	return &pools[(cpu < 0 ? NR_CPUS : cpu) * NR_PRIORITIES + high];
}

struct worker_pool *pool_by_id(unsigned int id)
{
	return id ? &pools[id - 1] : NULL;
}

bool pool_is_up(struct worker_pool *pool)
{
	return READ_ONCE(pool->nr_workers);
}

struct worker *current_worker(void)
{
	return in_task() && current->flags & PF_WQ_WORKER ?
		       kthread_data(current) :
		       NULL;
}

/* ---------------------------------------------------- how many are needed */

static bool need_more_worker(const struct worker_pool *pool)
{
	return !list_empty(&pool->worklist) &&
	       (pool->cpu < 0 || !atomic_read(&pool->nr_running));
}

static bool keep_working(const struct worker_pool *pool)
{
	return !list_empty(&pool->worklist) &&
	       (pool->cpu < 0 || atomic_read(&pool->nr_running) <= 1);
}

static void wake_idle(struct worker_pool *pool)
{
	struct worker *worker =
		list_first_entry_or_null(&pool->idle, struct worker, entry);

	if (worker)
		wake_up_process(worker->task);
}

void pool_kick(struct worker_pool *pool)
{
	if (need_more_worker(pool))
		wake_idle(pool);
}

void worker_count(struct worker *worker, bool counts)
{
	counts &= worker->pool->cpu >= 0 && !worker->rescues;
	if (worker->counts == counts)
		return;
	worker->counts = counts;
	if (counts)
		atomic_inc(&worker->pool->nr_running);
	else
		atomic_dec(&worker->pool->nr_running);
}

void wq_worker_sleeping(struct task_struct *task)
{
	struct worker *worker = kthread_data(task);
	struct worker_pool *pool = worker->pool;
	unsigned long flags;

	if (!worker->counts || worker->sleeping)
		return;
	worker->sleeping = true;
	raw_spin_lock_irqsave(&pool->lock, flags);
	atomic_dec(&pool->nr_running);
	pool_kick(pool);
	raw_spin_unlock_irqrestore(&pool->lock, flags);
}

void wq_worker_running(struct task_struct *task)
{
	struct worker *worker = kthread_data(task);

	if (!worker->sleeping)
		return;
	worker->sleeping = false;
	atomic_inc(&worker->pool->nr_running);
}

/* ------------------------------------------------------- making and ending */

static int worker_thread(void *data);
static void trim_surplus(struct work_struct *work);
static DECLARE_WORK(trim_work, trim_surplus);

struct worker *worker_alloc(void)
{
	struct worker *worker = kzalloc(sizeof(*worker), GFP_KERNEL);

	if (!worker)
		return NULL;
	INIT_LIST_HEAD(&worker->entry);
	INIT_LIST_HEAD(&worker->scheduled);
	return worker;
}

static struct task_struct *make_thread(struct worker *worker)
{
	const struct worker_pool *pool = worker->pool;
	struct task_struct *p;

	if (pool->cpu < 0)
		return kthread_create(worker_thread, worker, "kworker/u%s",
				      pool->nice ? "H" : "");
	p = kthread_create(worker_thread, worker, "kworker/%d%s", pool->cpu,
			   pool->nice ? "H" : "");
	if (!IS_ERR(p))
		kthread_bind(p, pool->cpu);
	return p;
}

/* One more, idle. Without the lock; may sleep. */
static bool create_worker(struct worker_pool *pool)
{
	struct worker *worker;

	if (workqueue_fail_workers)
		return false;
	worker = worker_alloc();
	if (!worker)
		return false;
	worker->pool = pool;
	worker->task = make_thread(worker);
	if (IS_ERR(worker->task)) {
		kfree(worker);
		return false;
	}
	set_user_nice(worker->task, pool->nice);
	raw_spin_lock_irq(&pool->lock);
	pool->nr_workers++;
	pool->nr_idle++;
	list_add(&worker->entry, &pool->idle);
	wake_up_process(worker->task);
	raw_spin_unlock_irq(&pool->lock);
	return true;
}

/*
 * Makes a worker that can be woken when this one sleeps. With the lock, which
 * is dropped meanwhile; true if so, and the caller must look again.
 */
static bool manage_workers(struct worker_pool *pool)
{
	if (pool->managed)
		return false;
	pool->managed = true;
	raw_spin_unlock_irq(&pool->lock);
	while (!create_worker(pool)) {
		raw_spin_lock_irq(&pool->lock);
		send_maydays(pool);
		raw_spin_unlock_irq(&pool->lock);
		schedule_timeout_uninterruptible(1);
		if (list_empty(&pool->worklist))
			break;
	}
	raw_spin_lock_irq(&pool->lock);
	pool->managed = false;
	return true;
}

/* [P] */
static void leave_idle(struct worker *worker)
{
	list_del_init(&worker->entry);
	worker->pool->nr_idle--;
}

static void enter_idle(struct worker *worker)
{
	list_add(&worker->entry, &worker->pool->idle);
	worker->pool->nr_idle++;
}

static void do_works(struct worker *worker)
{
	struct worker_pool *pool = worker->pool;

	worker_count(worker, true);
	do {
		process_one_work(worker,
				 list_first_entry(&pool->worklist,
						  struct work_struct, entry));
		process_scheduled(worker);
	} while (keep_working(pool));
	worker_count(worker, false);
}

static void wait_for_work(struct worker *worker)
{
	set_current_state(TASK_IDLE);
	raw_spin_unlock_irq(&worker->pool->lock);
	schedule();
	raw_spin_lock_irq(&worker->pool->lock);
}

/*
 * With the lock, which is dropped meanwhile: works that come then wake one of
 * those who are idle already.
 */
static void ask_for_trim(struct worker_pool *pool)
{
	raw_spin_unlock_irq(&pool->lock);
	queue_work(system_unbound_wq, &trim_work);
	raw_spin_lock_irq(&pool->lock);
}

/*
 * Not part of worker_thread(): in its frame the thread then sleeps, and what
 * that still held of the last work, or of other workers, would lead kmemleak
 * to what is there by then.
 */
static noinline void do_what_there_is(struct worker *worker)
{
	struct worker_pool *pool = worker->pool;

	leave_idle(worker);
	while (need_more_worker(pool)) {
		if (pool->nr_idle || !manage_workers(pool)) {
			do_works(worker);
			break;
		}
	}
	if (pool->nr_idle >= IDLE_MAX)
		ask_for_trim(pool);
	enter_idle(worker);
}

static int worker_thread(void *data)
{
	struct worker *worker = data;
	struct worker_pool *pool = worker->pool;

	current->flags |= PF_WQ_WORKER;
	raw_spin_lock_irq(&pool->lock);
	while (!worker->die) {
		do_what_there_is(worker);
		wait_for_work(worker);
	}
	raw_spin_unlock_irq(&pool->lock);
	current->flags &= ~PF_WQ_WORKER;
	/* kthread_stop() is under way, and frees worker after our end */
	set_current_state(TASK_IDLE);
	while (!kthread_should_stop()) {
		schedule();
		set_current_state(TASK_IDLE);
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

/* Of more than keep who are idle, takes out who has been so longest. */
static struct worker *trim_one(struct worker_pool *pool, unsigned int keep)
{
	struct worker *worker = NULL;

	raw_spin_lock_irq(&pool->lock);
	if (pool->nr_idle > keep) {
		worker = list_last_entry(&pool->idle, struct worker, entry);
		leave_idle(worker);
		worker->die = true;
		pool->nr_workers--;
	}
	raw_spin_unlock_irq(&pool->lock);
	return worker;
}

/* A thread that has never run does not even call worker_thread(). */
static void trim_pool(struct worker_pool *pool, unsigned int keep)
{
	struct worker *worker;

	while (pool_is_up(pool) && (worker = trim_one(pool, keep))) {
		kthread_stop(worker->task);
		kfree(worker);
	}
}

static void trim_surplus(struct work_struct *work)
{
	unsigned int i;

	for (i = 0; i < NR_POOLS; i++)
		trim_pool(&pools[i], IDLE_MAX);
}

static bool all_are_idle(struct worker_pool *pool)
{
	bool all;

	raw_spin_lock_irq(&pool->lock);
	all = pool->nr_idle == pool->nr_workers && !pool->managed &&
	      list_empty(&pool->worklist);
	raw_spin_unlock_irq(&pool->lock);
	return all;
}

void workqueue_trim(void)
{
	unsigned int i, patience = TRIM_PATIENCE;

	flush_work(&trim_work);
	for (i = 0; i < NR_POOLS; i++) {
		/* who has ended a work, or is woken for one, is not yet so */
		while (!all_are_idle(&pools[i]) && patience--)
			yield();
		trim_pool(&pools[i], 1);
	}
}

static void __init pool_init(struct worker_pool *pool)
{
	unsigned int index = pool - pools;
	unsigned int cpu = index / NR_PRIORITIES;

	raw_spin_lock_init(&pool->lock);
	pool->id = index + 1;
	pool->cpu = cpu == NR_CPUS ? -1 : cpu;
	pool->nice = index % NR_PRIORITIES ? HIGHPRI_NICE : 0;
	INIT_LIST_HEAD(&pool->worklist);
	INIT_LIST_HEAD(&pool->idle);
	INIT_LIST_HEAD(&pool->busy);
	INIT_LIST_HEAD(&pool->flushers);
}

static void __init start_pool(struct worker_pool *pool)
{
	if (pool->cpu >= 0 && !cpu_online(pool->cpu))
		return;
	if (!pool_is_up(pool) && !create_worker(pool))
		panic("no memory for the first workers");
}

void __init pools_init(void)
{
	unsigned int i;

	for (i = 0; i < NR_POOLS; i++) {
		pool_init(&pools[i]);
		start_pool(&pools[i]);
	}
}

/* Those of the CPUs that have come since. */
static int __init pools_of_other_cpus(void)
{
	unsigned int i;

	for (i = 0; i < NR_POOLS; i++)
		start_pool(&pools[i]);
	return 0;
}
device_initcall(pools_of_other_cpus);
