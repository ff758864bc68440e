/* SPDX-License-Identifier: MIT */
/*
 * Between the files of the workqueues.
 *
 *	workqueue_struct --> pool_workqueue --> worker_pool --> worker --> task
 *	"what belongs       "its works in       a CPU's         a thread
 *	 together"           this pool"         threads
 *
 * There are two pools for each CPU, of normal and of high priority, and two
 * whose threads run anywhere. They are never freed.
 */
#ifndef _KERNEL_WORKQUEUE_INTERNAL_H
#define _KERNEL_WORKQUEUE_INTERNAL_H

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#define WQ_NAME_LEN 24
#define NR_PRIORITIES 2 /* normal, high */

/*
 * Threads, and works for them. [P]: guarded by lock, which is taken with
 * interrupts off, with none of another pool held, and may wake threads.
 */
struct worker_pool {
	raw_spinlock_t lock;
	int cpu;                    /* -1: any; this and id: set at boot */
	int nice;
	unsigned int id;            /* from 1 on */
	struct list_head worklist;  /* [P] works to do */
	struct list_head idle;      /* [P] workers, who went idle last first */
	struct list_head busy;      /* [P] workers with a current_work */
	struct list_head flushers;  /* [P] who waits for a single work */
	unsigned int nr_workers;    /* [P] */
	unsigned int nr_idle;       /* [P] */
	bool managed;               /* [P] someone is making a worker */
	atomic_t nr_running;        /* workers that count as using the CPU */
};

struct worker {
	struct list_head entry;     /* [P] in idle or busy */
	struct list_head scheduled; /* [P] works that only it may do next */
	struct work_struct *current_work;   /* [P]; as next two: while busy */
	work_func_t current_func;           /* [P] */
	struct pool_workqueue *current_pwq; /* [P] */
	struct worker_pool *pool;
	struct task_struct *task;
	struct workqueue_struct *rescues; /* a rescuer's queue, else NULL */
	bool counts;   /* in nr_running, when it does not sleep; its own */
	bool sleeping; /* and so is not counted now; its own */
	bool die;      /* [P] */
};

/* The works of one queue in one pool. All [P] of that pool. */
struct pool_workqueue {
	struct worker_pool *pool;
	struct workqueue_struct *wq;
	unsigned int nr_active;       /* in the pool's worklist, or running */
	unsigned int nr_in_flight[2]; /* of a colour, inactive ones too */
	struct list_head inactive;    /* wait for nr_active to fall */
	struct list_head mayday;      /* in wq->maydays */
};

struct workqueue_struct {
	struct list_head entry;         /* of all queues */
	unsigned int flags;             /* WQ_ */
	unsigned int max_active;
	struct mutex mutex;             /* one who flushes at a time */
	unsigned int color;             /* of what is queued now; mutex writes,
					   read with [P] */
	struct wait_queue_head flushed; /* a colour has come to 0 */
	raw_spinlock_t mayday_lock;     /* guards maydays; inside [P] */
	struct list_head maydays;
	struct worker *rescuer;
	unsigned int nr_pwqs;
	struct pool_workqueue *pwqs;    /* one for each CPU, or just one */
	char name[WQ_NAME_LEN];
};

/* One who waits for the end of a work; in pool->flushers. */
struct flusher {
	struct list_head node;
	struct work_struct *work; /* only compared */
	struct worker *worker;    /* who does it; NULL: nobody yet */
	struct completion done;
};

#define for_each_pwq(pwq, wq) \
	for ((pwq) = (wq)->pwqs; (pwq) < (wq)->pwqs + (wq)->nr_pwqs; (pwq)++)

/* -------------------------------------------------------------- pool.c */

/* The pool of a CPU, or of none (-1), with high priority or not. */
struct worker_pool *pool_of(int cpu, bool high);

/* By its number, 0 giving NULL. */
struct worker_pool *pool_by_id(unsigned int id);

/* There is work in the list: lets someone do it, if need be. [P] */
void pool_kick(struct worker_pool *pool);

/* Does a pool have threads? */
bool pool_is_up(struct worker_pool *pool);

/* The worker that calls this, or NULL. */
struct worker *current_worker(void);

void pools_init(void);

/* The struct alone. May sleep. */
struct worker *worker_alloc(void);

/* V2: from now on it does not count, or does as it should. [P] */
void worker_count(struct worker *worker, bool counts);

/* -------------------------------------------------------------- work.c */

static inline bool work_test(const struct work_struct *work, int bit)
{
	return READ_ONCE(work->data) >> bit & 1;
}

/* Queues a work whose pending bit the caller has set. Interrupts off. */
void queue_pending(int cpu, struct workqueue_struct *wq,
		   struct work_struct *work);

/* Does a work, with the lock dropped meanwhile. [P] */
void process_one_work(struct worker *worker, struct work_struct *work);

/* All that only this worker may do. [P] */
void process_scheduled(struct worker *worker);

/* The pool a work was queued in last, locked, interrupts off; or NULL. */
struct worker_pool *lock_work_pool(struct work_struct *work);

/* Is it queued there, and who does it? [P] */
bool work_is_queued(const struct work_struct *work,
		    const struct worker_pool *pool);
struct worker *find_executing(struct worker_pool *pool,
			      const struct work_struct *work);

/*
 * Takes over the pending bit, interrupts off on return: 1 it was pending and
 * is out of its queue or timer, 0 it was not. Or interrupts as before:
 * -EAGAIN: try again; -ENOENT: someone cancels it.
 */
int try_to_grab_pending(struct work_struct *work, bool is_delayed,
			unsigned long *flags);

/* It is not pending. Interrupts off, by who has the pending bit. */
void clear_pending(struct work_struct *work);

/* -------------------------------------------------------------- rescue.c */

/* No memory for a worker: the rescuers of those who wait are called. [P] */
void send_maydays(struct worker_pool *pool);
int rescuer_thread(void *data);

/* For tests: as if no thread could be made. */
extern bool workqueue_fail_workers;

#endif
