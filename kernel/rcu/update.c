// SPDX-License-Identifier: MIT
/*
 * update.c - what RCU does alike with one CPU and with several
 *
 * A callback whose function is a small number frees memory: the number is the
 * offset of the head in the object, so that kfree_rcu() needs no function for
 * each type.
 *
 *	object            object + func
 *	| ............... | head | ... |    func < 4096: kvfree(head - func)
 *
 * Differs from Linux: kfree_rcu() is a call_rcu(); it does not gather the
 * pointers in pages of their own. (kernel/rcu/update.c, kernel/rcu/tree.c)
 */
#include "internal.h"

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>

#define KFREE_OFFSETS 4096UL

void rcu_cblist_splice(struct rcu_cblist *to, struct rcu_cblist *from)
{
	if (rcu_cblist_empty(from))
		return;
	if (rcu_cblist_empty(to))
		to->head = from->head;
	else
		to->last->next = from->head;
	to->last = from->last;
	from->head = NULL;
}

static void run_callback(struct rcu_head *head)
{
	unsigned long func = (unsigned long)head->func;

	if (func < KFREE_OFFSETS)
		kvfree((void *)head - func);
	else
		head->func(head);
}

unsigned long rcu_cblist_run(struct rcu_cblist *list)
{
	struct rcu_head *head, *next;
	unsigned long count = 0;

	local_bh_disable();
	for (head = list->head; head; head = next, count++) {
		next = head->next;
		run_callback(head);
	}
	local_bh_enable();
	list->head = NULL;
	return count;
}

void kvfree_call_rcu(struct rcu_head *head, void *ptr)
{
	if (head) {
		call_rcu(head, (rcu_callback_t)((void *)head - ptr));
		return;
	}
	synchronize_rcu();
	kvfree(ptr);
}
EXPORT_SYMBOL(kvfree_call_rcu);

/* might_sleep() has the report; going on to sleep would make another. */
bool rcu_may_wait(void)
{
	might_sleep();
	return preemptible();
}

void cond_synchronize_rcu(unsigned long oldstate)
{
	if (!poll_state_synchronize_rcu(oldstate))
		synchronize_rcu();
}
EXPORT_SYMBOL(cond_synchronize_rcu);
