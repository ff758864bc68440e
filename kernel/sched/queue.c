// SPDX-License-Identifier: MIT
/*
 * queue.c - the threads of one CPU that want to run
 *
 *	words   00100                  which words of bits are not 0
 *	            |
 *	bits    00000000 00010010 ...  which lists are not empty
 *	                    |  |
 *	list                |  +-> thread <-> thread      priority 100
 *	                    +----> thread                 priority 103
 *
 * The thread that runs stays at the place it has; so a thread that is
 * preempted by a higher one is still the first of its equals, and one that
 * yields or has used up its slice goes behind them.
 *
 * Two searches for the lowest bit find who runs next, however many threads
 * there are.
 *
 * Q1  A list's bit is set if and only if the list is not empty, and a word's
 *     bit if and only if the word is not 0.
 * Q2  nr_running is the number of threads in all lists.
 *
 * Lock: rq->lock. Cost: a dozen instructions for each of the functions.
 *
 * Differs from Linux: strict priorities for all, equals in turn, where Linux
 * gives each nice level its share of time. (kernel/sched/rt.c has this form.)
 */
#include "internal.h"

void rq_init(struct rq *rq, unsigned int cpu)
{
	unsigned int prio;

	raw_spin_lock_init(&rq->lock);
	rq->cpu = cpu;
	for (prio = 0; prio < MAX_PRIO; prio++)
		INIT_LIST_HEAD(&rq->queue.list[prio]);
}

static void mark(struct prio_array *queue, unsigned int prio)
{
	queue->bits[prio / BITS_PER_LONG] |= BIT(prio % BITS_PER_LONG);
	queue->words |= BIT(prio / BITS_PER_LONG);
}

static void unmark(struct prio_array *queue, unsigned int prio)
{
	unsigned int word = prio / BITS_PER_LONG;

	queue->bits[word] &= ~BIT(prio % BITS_PER_LONG);
	if (!queue->bits[word])
		queue->words &= ~BIT(word);
}

void enqueue_task(struct rq *rq, struct task_struct *p)
{
	lockdep_assert_held(&rq->lock);
	list_add_tail(&p->run_node, &rq->queue.list[p->prio]);
	mark(&rq->queue, p->prio); /* Q1 */
	p->on_rq = TASK_ON_RQ_QUEUED;
	WRITE_ONCE(rq->nr_running, rq->nr_running + 1); /* Q2 */
}

void dequeue_task(struct rq *rq, struct task_struct *p)
{
	lockdep_assert_held(&rq->lock);
	list_del(&p->run_node);
	if (list_empty(&rq->queue.list[p->prio]))
		unmark(&rq->queue, p->prio);
	WRITE_ONCE(p->on_rq, 0);
	WRITE_ONCE(rq->nr_running, rq->nr_running - 1);
}

void requeue_task(struct rq *rq, struct task_struct *p)
{
	list_move_tail(&p->run_node, &rq->queue.list[p->prio]);
}

struct task_struct *pick_next_task(struct rq *rq)
{
	struct prio_array *queue = &rq->queue;
	unsigned int word, prio;

	if (!queue->words)
		return rq->idle;
	word = __ffs(queue->words);
	prio = word * BITS_PER_LONG + __ffs(queue->bits[word]);
	if (!list_is_singular(&queue->list[prio]))
		want_tick(rq);
	return list_first_entry(&queue->list[prio], struct task_struct,
				run_node);
}
