// SPDX-License-Identifier: MIT
/*
 * vfree() from an interrupt: noted there, done by a thread.
 *
 * The problem: giving an area back may wait, for a purge that another thread
 * makes or for the other CPUs that it interrupts. An interrupt handler cannot
 * wait. But the last user of an area may be one: a transfer is complete, and
 * nobody needs its buffer any more.
 *
 *	handler, CPU 1               thread "vfreed"
 *	vfree_atomic()
 *	   |  the area's first word
 *	   +-> becomes a list node
 *	         |
 *	CPU 0    |     (empty)       takes each CPU's whole list,
 *	CPU 1    +---> [area][area]  and gives the areas back
 *	CPU 2          [area]
 *
 * The list runs through the areas themselves: their contents are not needed any
 * more, so no memory is, which there may be none of. Each CPU has its own list,
 * so that handlers of several CPUs do not meet; adding to it is one exchange,
 * and the thread is woken by the first of a list only.
 *
 * F1  An area is on at most one list, and mapped as long as it is on one.
 * F2  What was added before vfree_deferred_flush() is called is free when it
 *     returns.
 *
 * Lock: flush_lock, a mutex, for who empties the lists, so that F2 holds for
 * a list that the thread has just taken. None for adding. What is taken from a
 * list belongs to the taker.
 *
 * Context: adding, any but NMI; the rest may sleep.
 *
 * Cost: adding, about 20 instructions, and a wake-up now and then.
 *
 * Differs from Linux: (mm/vmalloc.c) one thread instead of a work per CPU.
 */
#include "vmap.h"

#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/llist.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/wait.h>

static DEFINE_PER_CPU(struct llist_head, vfree_list);
static DECLARE_WAIT_QUEUE_HEAD(vfree_wait);
static DEFINE_MUTEX(flush_lock);

void vfree_atomic(const void *addr)
{
	WARN_ON_ONCE(in_nmi());
	if (!addr)
		return;
	/* wherever the caller is moved to, the list stays a good one */
	if (llist_add((struct llist_node *)addr, raw_cpu_ptr(&vfree_list)))
		wake_up(&vfree_wait);
}

static void vfree_list_free(struct llist_head *list)
{
	struct llist_node *node = llist_del_all(list);

	while (node) {
		struct llist_node *next = node->next;

		vfree_now(node);
		node = next;
	}
}

void vfree_deferred_flush(void)
{
	unsigned int cpu;

	mutex_lock(&flush_lock);
	for_each_possible_cpu(cpu)
		vfree_list_free(per_cpu_ptr(&vfree_list, cpu));
	mutex_unlock(&flush_lock);
}

static bool vfree_pending(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		if (!llist_empty(per_cpu_ptr(&vfree_list, cpu)))
			return true;
	return false;
}

static int vfreed(void *unused)
{
	while (!kthread_should_stop()) {
		wait_event(vfree_wait,
			   vfree_pending() || kthread_should_stop());
		vfree_deferred_flush();
	}
	return 0;
}

static int __init vfreed_init(void)
{
	struct task_struct *thread = kthread_run(vfreed, NULL, "vfreed");

	return PTR_ERR_OR_ZERO(thread);
}
core_initcall(vfreed_init);
