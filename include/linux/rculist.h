/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCULIST_H
#define _LINUX_RCULIST_H

#include <linux/list.h>
#include <linux/rcupdate.h>

/*
 * Lists that readers walk without a lock while a writer, who has a lock
 * against others, adds and removes entries:
 *
 *	adding:   entry's links first,       then the link that shows it
 *
 *	   a ------> c          a ------> c          a         c
 *	                          b ----->^           \-> b -->^
 *
 *	removing: b's own link to c stays, so that who stands on b goes on;
 *	          b may be freed after a grace period
 *
 *	   a -> b -> c          a ------> c
 *	                          b ----->^
 *
 * Only next is followed: prev is the writer's. <linux/rculist_hlist.h> has
 * the same for lists with a head of one pointer.
 */
#define list_next_rcu(list) (*((struct list_head __rcu **)(&(list)->next)))
#define list_tail_rcu(head) (*((struct list_head __rcu **)(&(head)->prev)))

/* An empty list that readers already walk. */
static inline void INIT_LIST_HEAD_RCU(struct list_head *list)
{
	WRITE_ONCE(list->next, list);
	WRITE_ONCE(list->prev, list);
}

static inline void __list_add_rcu(struct list_head *entry,
				  struct list_head *prev,
				  struct list_head *next)
{
	if (IS_ENABLED(CONFIG_DEBUG) && !__list_add_valid(entry, prev, next))
		return;
	entry->next = next;
	entry->prev = prev;
	rcu_assign_pointer(list_next_rcu(prev), entry);
	next->prev = entry;
}

/* Behind head; before head. */
static inline void list_add_rcu(struct list_head *entry, struct list_head *head)
{
	__list_add_rcu(entry, head, head->next);
}

static inline void list_add_tail_rcu(struct list_head *entry,
				     struct list_head *head)
{
	__list_add_rcu(entry, head->prev, head);
}

/* Not to be added elsewhere before a grace period has passed. */
static inline void list_del_rcu(struct list_head *entry)
{
	__list_del_entry(entry);
	entry->prev = LIST_POISON2;
}

/* Readers find old or entry, and never neither. */
static inline void list_replace_rcu(struct list_head *old,
				    struct list_head *entry)
{
	entry->next = old->next;
	entry->prev = old->prev;
	rcu_assign_pointer(list_next_rcu(entry->prev), entry);
	entry->next->prev = entry;
	old->prev = LIST_POISON2;
}

/*
 * All of list between prev and next. sync() waits for list's own readers,
 * who would otherwise end up walking the other list without an end: it is
 * synchronize_rcu() or the like. list is empty for new readers meanwhile.
 */
static inline void __list_splice_init_rcu(struct list_head *list,
					  struct list_head *prev,
					  struct list_head *next,
					  void (*sync)(void))
{
	struct list_head *first = list->next;
	struct list_head *last = list->prev;

	INIT_LIST_HEAD_RCU(list);
	sync();
	last->next = next;
	rcu_assign_pointer(list_next_rcu(prev), first);
	first->prev = prev;
	next->prev = last;
}

static inline void list_splice_init_rcu(struct list_head *list,
					struct list_head *head,
					void (*sync)(void))
{
	if (!list_empty(list))
		__list_splice_init_rcu(list, head, head->next, sync);
}

static inline void list_splice_tail_init_rcu(struct list_head *list,
					     struct list_head *head,
					     void (*sync)(void))
{
	if (!list_empty(list))
		__list_splice_init_rcu(list, head->prev, head, sync);
}

/* --- readers; the writer too, if cond says that its lock is held --- */

#define __list_check_rcu(unused, cond, more...) \
	RCU_LOCKDEP_WARN(!(cond) && !rcu_read_lock_held(), \
			 "a list is walked outside a reader")

#define list_entry_rcu(ptr, type, member) \
	container_of(READ_ONCE(ptr), type, member)

/* One look at the list each: it may have changed at the next. */
#define list_first_or_null_rcu(ptr, type, member) ({			\
	struct list_head *__lf_head = (ptr);				\
	struct list_head *__lf_next = READ_ONCE(__lf_head->next);	\
									\
	__lf_head != __lf_next ?					\
		container_of(__lf_next, type, member) : NULL;		\
})
#define list_next_or_null_rcu(head, ptr, type, member) ({		\
	struct list_head *__ln_head = (head);				\
	struct list_head *__ln_next = READ_ONCE((ptr)->next);		\
									\
	__ln_head != __ln_next ?					\
		container_of(__ln_next, type, member) : NULL;		\
})

#define list_for_each_rcu(pos, head)					\
	for (pos = READ_ONCE((head)->next);				\
	     !list_is_head(pos, (head));				\
	     pos = READ_ONCE((pos)->next))

#define list_for_each_entry_rcu(pos, head, member, cond...)		\
	for (({ __list_check_rcu(0, ##cond, 0); }),			\
	     pos = list_entry_rcu((head)->next, typeof(*pos), member);	\
	     !list_entry_is_head(pos, head, member);			\
	     pos = list_entry_rcu(pos->member.next, typeof(*pos), member))

/* From pos, or behind it: it must still be in the list. */
#define list_for_each_entry_from_rcu(pos, head, member)			\
	for (; !list_entry_is_head(pos, head, member);			\
	     pos = list_entry_rcu(pos->member.next, typeof(*pos), member))
#define list_for_each_entry_continue_rcu(pos, head, member)		\
	for (pos = list_entry_rcu(pos->member.next, typeof(*pos), member); \
	     !list_entry_is_head(pos, head, member);			\
	     pos = list_entry_rcu(pos->member.next, typeof(*pos), member))

/* Without a check of the context. */
#define list_for_each_entry_lockless(pos, head, member)			\
	for (pos = list_entry_rcu((head)->next, typeof(*pos), member);	\
	     !list_entry_is_head(pos, head, member);			\
	     pos = list_entry_rcu(pos->member.next, typeof(*pos), member))

#include <linux/rculist_hlist.h>

#endif
