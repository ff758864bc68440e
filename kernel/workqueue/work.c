// SPDX-License-Identifier: MIT
/*
 * work.c - from queue_work() to the function
 *
 *	pending bit set ---> pwq: fewer than max_active under way?
 *	  by who queues      |yes                    |no
 *	                     v                       v
 *	               pool->worklist <--one ends-- pwq->inactive
 *	                     |
 *	                     v worker: out of the list, pending bit cleared
 *	               func(work)            from here on it may be queued anew,
 *	                                     or be freed by its function
 *
 * Whoever sets the pending bit owns the work until it is queued or the bit
 * cleared: of any number who queue one, or cancel it, one does.
 *
 * A work that is queued while its function runs must wait for its end. It
 * goes to the pool where it runs, whatever CPU queues it, and a worker of
 * that pool who comes upon it hands it to the one who is at it.
 *
 * Y1  pwq is not NULL while a work is in a list; it and the list change
 *     under the lock of the pool whose number data has.
 * Y2  The pending bit is cleared before the function begins, with all that
 *     the caller wrote before it queued the work seen by the function.
 * Y3  A work is in flight, counted in the colour it was queued with, from
 *     then until its function has returned or it was cancelled.
 *
 * Lock: pool->lock [P].
 *
 * Differs from Linux: the pool's number and the place in it are two words,
 * not bits of one; who does a work is searched in a list.
 * (kernel/workqueue.c)
 */
#include "internal.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>

#define bit_if(cond, bit) ((cond) ? BIT(bit) : 0)

static unsigned int last_pool_id(const struct work_struct *work)
{
	return READ_ONCE(work->data) >> WORK_STRUCT_POOL_SHIFT;
}

bool work_is_queued(const struct work_struct *work,
		    const struct worker_pool *pool)
{
	/* in this order: who queues it elsewhere writes data first */
	return READ_ONCE(work->pwq) && last_pool_id(work) == pool->id;
}

struct worker *find_executing(struct worker_pool *pool,
			      const struct work_struct *work)
{
	struct worker *worker;

	/* the function too: the memory may be another work's by now */
	list_for_each_entry(worker, &pool->busy, entry)
		if (worker->current_work == work &&
		    worker->current_func == work->func)
			return worker;
	return NULL;
}

struct worker_pool *lock_work_pool(struct work_struct *work)
{
	struct worker_pool *pool = pool_by_id(last_pool_id(work));

	if (pool)
		raw_spin_lock_irq(&pool->lock);
	return pool;
}

/* ---------------------------------------------------------------- queueing */

/* At boot, and on a CPU that never came, nobody would do it. */
static struct pool_workqueue *pwq_for(struct workqueue_struct *wq, int cpu)
{
	struct pool_workqueue *pwq;

	if (wq->flags & WQ_UNBOUND)
		return wq->pwqs;
	pwq = &wq->pwqs[cpu == WORK_CPU_UNBOUND ? raw_smp_processor_id() : cpu];
	if (likely(pool_is_up(pwq->pool)))
		return pwq;
	WARN_ONCE(cpu != WORK_CPU_UNBOUND, "queue_work: no CPU %d\n", cpu);
	return &wq->pwqs[0];
}

/* Where it runs right now, or else pwq; the pool of that is locked. */
static struct pool_workqueue *lock_target(struct work_struct *work,
					  struct pool_workqueue *pwq)
{
	struct worker_pool *last = pool_by_id(last_pool_id(work));
	struct worker *worker;

	if (last && last != pwq->pool) {
		raw_spin_lock(&last->lock);
		worker = find_executing(last, work);
		if (worker && worker->current_pwq->wq == pwq->wq)
			return worker->current_pwq;
		raw_spin_unlock(&last->lock);
	}
	raw_spin_lock(&pwq->pool->lock);
	return pwq;
}

/* [P] */
static void insert_work(struct pool_workqueue *pwq, struct work_struct *work)
{
	struct worker_pool *pool = pwq->pool;
	unsigned int color = READ_ONCE(pwq->wq->color);
	bool active = pwq->nr_active < pwq->wq->max_active;

	kasan_record_aux_stack(work);
	pwq->nr_in_flight[color]++; /* Y3 */
	pwq->nr_active += active;
	WRITE_ONCE(work->data,
		   (unsigned long)pool->id << WORK_STRUCT_POOL_SHIFT |
			   BIT(WORK_STRUCT_PENDING_BIT) |
			   bit_if(!active, WORK_STRUCT_INACTIVE_BIT) |
			   bit_if(color, WORK_STRUCT_COLOR_BIT));
	WRITE_ONCE(work->pwq, pwq); /* Y1 */
	list_add_tail(&work->entry, active ? &pool->worklist : &pwq->inactive);
	if (active)
		pool_kick(pool);
}

static bool may_queue(struct workqueue_struct *wq)
{
	struct worker *worker;

	if (!(READ_ONCE(wq->flags) & __WQ_DRAINING))
		return true;
	worker = current_worker();
	return !WARN(!worker || !worker->current_pwq ||
			     worker->current_pwq->wq != wq,
		     "workqueue %s is being drained\n", wq->name);
}

void queue_pending(int cpu, struct workqueue_struct *wq,
		   struct work_struct *work)
{
	struct pool_workqueue *pwq;

	if (!may_queue(wq)) {
		clear_pending(work);
		return;
	}
	pwq = lock_target(work, pwq_for(wq, cpu));
	if (!WARN(!list_empty(&work->entry), "work %pS is in a list\n",
		  work->func))
		insert_work(pwq, work);
	raw_spin_unlock(&pwq->pool->lock);
}

bool queue_work_on(int cpu, struct workqueue_struct *wq,
		   struct work_struct *work)
{
	unsigned long flags;
	bool mine;

	local_irq_save(flags);
	mine = !test_and_set_bit(WORK_STRUCT_PENDING_BIT, &work->data);
	if (mine)
		queue_pending(cpu, wq, work);
	local_irq_restore(flags);
	return mine;
}

/* Only the number of the last pool stays. */
void clear_pending(struct work_struct *work)
{
	smp_store_release(&work->data, (unsigned long)last_pool_id(work)
					       << WORK_STRUCT_POOL_SHIFT);
	smp_mb(); /* Y2: before anything that the function reads */
}

/* ------------------------------------------------------------------ doing */

/* [P] */
static void activate_first(struct pool_workqueue *pwq)
{
	struct work_struct *work = list_first_entry_or_null(&pwq->inactive,
							    struct work_struct,
							    entry);

	if (!work)
		return;
	list_move_tail(&work->entry, &pwq->pool->worklist);
	clear_bit(WORK_STRUCT_INACTIVE_BIT, &work->data);
	pwq->nr_active++;
	pool_kick(pwq->pool);
}

/* One that was queued with such data is not in flight any more. [P] */
static void leave_flight(struct pool_workqueue *pwq, unsigned long data)
{
	unsigned int color = data >> WORK_STRUCT_COLOR_BIT & 1;

	if (!(data & BIT(WORK_STRUCT_INACTIVE_BIT))) {
		pwq->nr_active--;
		activate_first(pwq);
	}
	/* with the lock: who then sees 0 may free the queue */
	if (!--pwq->nr_in_flight[color])
		wake_up(&pwq->wq->flushed);
}

/* Who waits for a work, now done by from, has it done by to. [P] */
static void tell_flushers(struct worker_pool *pool, struct work_struct *work,
			  struct worker *from, struct worker *to)
{
	struct flusher *flusher, *next;

	list_for_each_entry_safe(flusher, next, &pool->flushers, node) {
		if (flusher->work != work || flusher->worker != from)
			continue;
		flusher->worker = to;
		if (to)
			continue;
		list_del(&flusher->node);
		complete(&flusher->done);
	}
}

static void check_context(struct worker *worker)
{
	int count = preempt_count();

	if (likely(!count && !irqs_disabled()))
		return;
	preempt_count_sub(count);
	local_irq_enable();
	WARN(1, "work %pS: ended with preempt_count %x\n", worker->current_func,
	     count);
}

/* Takes the work out of its list; its data as it was queued. [P] */
static unsigned long begin_work(struct worker *worker, struct work_struct *work)
{
	unsigned long data = work->data;

	list_add(&worker->entry, &worker->pool->busy);
	worker->current_work = work;
	worker->current_func = work->func;
	worker->current_pwq = work->pwq;
	list_del_init(&work->entry);
	WRITE_ONCE(work->pwq, NULL);
	tell_flushers(worker->pool, work, NULL, worker);
	return data;
}

static void end_work(struct worker *worker, struct work_struct *work,
		     unsigned long data)
{
	struct pool_workqueue *pwq = worker->current_pwq;

	list_del_init(&worker->entry);
	worker->current_work = NULL;
	worker->current_func = NULL;
	worker->current_pwq = NULL;
	tell_flushers(worker->pool, work, worker, NULL);
	leave_flight(pwq, data);
}

void process_one_work(struct worker *worker, struct work_struct *work)
{
	struct worker_pool *pool = worker->pool;
	struct worker *other = find_executing(pool, work);
	unsigned long data;

	if (other) {
		list_move_tail(&work->entry, &other->scheduled);
		return;
	}
	data = begin_work(worker, work);
	if (worker->current_pwq->wq->flags & WQ_CPU_INTENSIVE)
		worker_count(worker, false);
	pool_kick(pool);
	clear_pending(work); /* Y2 */
	raw_spin_unlock_irq(&pool->lock);

	worker->current_func(work);
	/* from here on work may be gone */
	check_context(worker);
	cond_resched();

	raw_spin_lock_irq(&pool->lock);
	worker_count(worker, true);
	end_work(worker, work, data);
}

void process_scheduled(struct worker *worker)
{
	while (!list_empty(&worker->scheduled))
		process_one_work(worker,
				 list_first_entry(&worker->scheduled,
						  struct work_struct, entry));
}

/* ----------------------------------------------------------- taking it back */

/* Out of its list, still pending. [P] */
static void unqueue(struct work_struct *work, struct worker_pool *pool)
{
	struct pool_workqueue *pwq = work->pwq;

	list_del_init(&work->entry);
	WRITE_ONCE(work->pwq, NULL);
	leave_flight(pwq, work->data);
	WRITE_ONCE(work->data, work->data & ~(BIT(WORK_STRUCT_INACTIVE_BIT) |
					      BIT(WORK_STRUCT_COLOR_BIT)));
	tell_flushers(pool, work, NULL, NULL);
}

int try_to_grab_pending(struct work_struct *work, bool is_delayed,
			unsigned long *flags)
{
	struct worker_pool *pool;
	bool queued = false;

	local_irq_save(*flags);
	if (is_delayed && del_timer(&to_delayed_work(work)->timer))
		return 1;
	if (!test_and_set_bit(WORK_STRUCT_PENDING_BIT, &work->data))
		return 0;
	pool = pool_by_id(last_pool_id(work));
	if (pool) {
		raw_spin_lock(&pool->lock);
		queued = work_is_queued(work, pool);
		if (queued)
			unqueue(work, pool);
		raw_spin_unlock(&pool->lock);
	}
	if (queued)
		return 1;
	local_irq_restore(*flags);
	return work_test(work, WORK_STRUCT_CANCELING_BIT) ? -ENOENT : -EAGAIN;
}
