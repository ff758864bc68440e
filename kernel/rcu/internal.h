/* SPDX-License-Identifier: MIT */
/*
 * Between the files of RCU.
 *
 *	call_rcu() --> callbacks.c --rcu_gp_request()--> tree.c
 *	                   ^                               |
 *	                   +---- rcu_lists_*() ------------+ each time
 */
#ifndef _KERNEL_RCU_INTERNAL_H
#define _KERNEL_RCU_INTERNAL_H

#include <linux/cpumask.h>
#include <linux/rcupdate.h>
#include <linux/types.h>

/* A queue of callbacks; all zero is an empty one. */
struct rcu_cblist {
	struct rcu_head *head;
	struct rcu_head *last; /* undefined while empty */
};

static inline bool rcu_cblist_empty(const struct rcu_cblist *list)
{
	return !list->head;
}

static inline void rcu_cblist_add(struct rcu_cblist *list,
				  struct rcu_head *head)
{
	head->next = NULL;
	if (list->head)
		list->last->next = head;
	else
		list->head = head;
	list->last = head;
}

/* --- update.c --- */

/* Moves all of from behind the end of to. */
void rcu_cblist_splice(struct rcu_cblist *to, struct rcu_cblist *from);

/* Calls all, in order, with softirqs off. Returns how many. */
unsigned long rcu_cblist_run(struct rcu_cblist *list);

/* Is this a caller that may wait for readers? If not, it is reported. */
bool rcu_may_wait(void);

/* --- tree.c --- */

/* Sees to it that grace period number gp comes. Any context. */
void rcu_gp_request(unsigned long gp);

/* --- callbacks.c: by the thread of grace periods --- */

/* Number gp is about to start: it will do for what is in the lists now. */
void rcu_lists_start(unsigned long gp);

/* It has ended: what waited for it may run. True: there is more. */
bool rcu_lists_end(unsigned long gp);

/* --- stall.c --- */

/* After so many ticks; tests change it. */
extern int rcu_cpu_stall_ticks;

/* Reports the CPUs that a grace period has waited for too long. */
void rcu_stall_begin(void);
void rcu_stall_check(const struct cpumask *waiting);

#endif
