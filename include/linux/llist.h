/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LLIST_H
#define _LINUX_LLIST_H

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/types.h>

/*
 * Stacks that any context may push to without a lock; taking one entry off
 * needs a single taker, taking all does not.
 */
struct llist_node {
	struct llist_node *next;
};

struct llist_head {
	struct llist_node *first;
};

#define LLIST_HEAD_INIT(name) { NULL }
#define LLIST_HEAD(name) struct llist_head name = LLIST_HEAD_INIT(name)

static inline void init_llist_head(struct llist_head *list)
{
	list->first = NULL;
}

static inline bool llist_empty(const struct llist_head *head)
{
	return READ_ONCE(head->first) == NULL;
}

static inline struct llist_node *llist_next(struct llist_node *node)
{
	return node->next;
}

/* Push the chain new_first .. new_last; true if the list was empty. */
static inline bool llist_add_batch(struct llist_node *new_first,
				   struct llist_node *new_last,
				   struct llist_head *head)
{
	struct llist_node *first;

	do {
		first = READ_ONCE(head->first);
		new_last->next = first;
	} while (cmpxchg(&head->first, first, new_first) != first);
	return !first;
}

static inline bool llist_add(struct llist_node *entry, struct llist_head *head)
{
	return llist_add_batch(entry, entry, head);
}

/* All of them, the latest first. */
static inline struct llist_node *llist_del_all(struct llist_head *head)
{
	return xchg(&head->first, NULL);
}

static inline struct llist_node *llist_del_first(struct llist_head *head)
{
	struct llist_node *first;

	do {
		first = READ_ONCE(head->first);
		if (!first)
			return NULL;
	} while (cmpxchg(&head->first, first, first->next) != first);
	return first;
}

static inline struct llist_node *llist_reverse_order(struct llist_node *node)
{
	struct llist_node *reversed = NULL, *next;

	for (; node; node = next) {
		next = node->next;
		node->next = reversed;
		reversed = node;
	}
	return reversed;
}

#define llist_entry(ptr, type, member) container_of(ptr, type, member)
#define llist_for_each(pos, node) \
	for ((pos) = (node); pos; (pos) = (pos)->next)
#define llist_for_each_safe(pos, n, node) \
	for ((pos) = (node); (pos) && ((n) = (pos)->next, true); (pos) = (n))
#define __llist_entry_safe(ptr, type, member) ({			\
	struct llist_node *__ll_ptr = (ptr);				\
	__ll_ptr ? llist_entry(__ll_ptr, type, member) : NULL;		\
})
#define llist_for_each_entry(pos, node, member)				\
	for ((pos) = __llist_entry_safe((node), typeof(*(pos)), member); \
	     pos;							\
	     (pos) = __llist_entry_safe((pos)->member.next,		\
					typeof(*(pos)), member))
#define llist_for_each_entry_safe(pos, n, node, member)			\
	for ((pos) = __llist_entry_safe((node), typeof(*(pos)), member); \
	     (pos) && ((n) = __llist_entry_safe((pos)->member.next,	\
						typeof(*(pos)), member),\
		       true);						\
	     (pos) = (n))

#endif
