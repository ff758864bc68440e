/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCULIST_HLIST_H
#define _LINUX_RCULIST_HLIST_H

#include <linux/hlist.h>
#include <linux/rcupdate.h>

/*
 * The lists of <linux/hlist.h> for readers without a lock. As there, pprev is
 * the writer's. <linux/rculist.h> includes this.
 */
#define hlist_first_rcu(head) (*((struct hlist_node __rcu **)(&(head)->first)))
#define hlist_next_rcu(node) (*((struct hlist_node __rcu **)(&(node)->next)))
#define hlist_pprev_rcu(node) (*((struct hlist_node __rcu **)((node)->pprev)))

static inline void hlist_add_head_rcu(struct hlist_node *n,
				      struct hlist_head *h)
{
	struct hlist_node *first = h->first;

	n->next = first;
	WRITE_ONCE(n->pprev, &h->first);
	rcu_assign_pointer(hlist_first_rcu(h), n);
	if (first)
		WRITE_ONCE(first->pprev, &n->next);
}

static inline void hlist_add_before_rcu(struct hlist_node *n,
					struct hlist_node *next)
{
	WRITE_ONCE(n->pprev, next->pprev);
	n->next = next;
	rcu_assign_pointer(hlist_pprev_rcu(n), n);
	WRITE_ONCE(next->pprev, &n->next);
}

static inline void hlist_add_behind_rcu(struct hlist_node *n,
					struct hlist_node *prev)
{
	n->next = prev->next;
	WRITE_ONCE(n->pprev, &prev->next);
	rcu_assign_pointer(hlist_next_rcu(prev), n);
	if (n->next)
		WRITE_ONCE(n->next->pprev, &n->next);
}

/* Behind the last: the writer walks to it. */
static inline void hlist_add_tail_rcu(struct hlist_node *n,
				      struct hlist_head *h)
{
	struct hlist_node *last = h->first;

	if (!last) {
		hlist_add_head_rcu(n, h);
		return;
	}
	while (last->next)
		last = last->next;
	hlist_add_behind_rcu(n, last);
}

/* Not to be added elsewhere before a grace period has passed. */
static inline void hlist_del_rcu(struct hlist_node *n)
{
	__hlist_del(n);
	WRITE_ONCE(n->pprev, LIST_POISON2);
}

/* The same; hlist_unhashed() is true then. */
static inline void hlist_del_init_rcu(struct hlist_node *n)
{
	if (hlist_unhashed(n))
		return;
	__hlist_del(n);
	WRITE_ONCE(n->pprev, NULL);
}

/* Readers find old or new, and never neither. */
static inline void hlist_replace_rcu(struct hlist_node *old,
				     struct hlist_node *new)
{
	struct hlist_node *next = old->next;

	new->next = next;
	WRITE_ONCE(new->pprev, old->pprev);
	rcu_assign_pointer(hlist_pprev_rcu(new), new);
	if (next)
		WRITE_ONCE(next->pprev, &new->next);
	WRITE_ONCE(old->pprev, LIST_POISON2);
}

#define __hlist_entry_rcu(ptr, type, member) \
	hlist_entry_safe(READ_ONCE(ptr), type, member)

#define hlist_for_each_entry_rcu(pos, head, member, cond...)		\
	for (({ __list_check_rcu(0, ##cond, 0); }),			\
	     pos = __hlist_entry_rcu((head)->first, typeof(*(pos)),	\
				     member);				\
	     pos;							\
	     pos = __hlist_entry_rcu((pos)->member.next,		\
				     typeof(*(pos)), member))
#define hlist_for_each_entry_continue_rcu(pos, member)			\
	for (pos = __hlist_entry_rcu((pos)->member.next,		\
				     typeof(*(pos)), member);		\
	     pos;							\
	     pos = __hlist_entry_rcu((pos)->member.next,		\
				     typeof(*(pos)), member))
#define hlist_for_each_entry_from_rcu(pos, member)			\
	for (; pos;							\
	     pos = __hlist_entry_rcu((pos)->member.next,		\
				     typeof(*(pos)), member))

#endif
