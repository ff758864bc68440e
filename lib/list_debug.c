// SPDX-License-Identifier: MIT
/*
 * list_debug.c - looking at a list's links before they change
 *
 * Each link has a neighbour that points back. Where it does not, somebody
 * wrote over the list, an entry was added twice, or removed twice (its links
 * are poison then): changing more links would carry the damage further, so
 * the caller leaves the list alone, and the report names the pointers.
 */
#include <linux/list.h>
#include <linux/bug.h>

bool __list_add_valid(struct list_head *entry, struct list_head *prev,
		      struct list_head *next)
{
	if (WARN(!prev || !next,
		 "list_add corruption. prev=%px next=%px is NULL\n", prev,
		 next))
		return false;
	if (WARN(next->prev != prev,
		 "list_add corruption. next->prev should be prev (%px), but was %px. (next=%px).\n",
		 prev, next->prev, next))
		return false;
	if (WARN(prev->next != next,
		 "list_add corruption. prev->next should be next (%px), but was %px. (prev=%px).\n",
		 next, prev->next, prev))
		return false;
	return !WARN(entry == prev || entry == next,
		     "list_add double add: new=%px, prev=%px, next=%px.\n",
		     entry, prev, next);
}

bool __list_del_entry_valid(struct list_head *entry)
{
	struct list_head *prev = entry->prev, *next = entry->next;

	if (WARN(!prev || !next,
		 "list_del corruption, %px->prev or ->next is NULL\n", entry))
		return false;
	if (WARN(next == LIST_POISON1,
		 "list_del corruption, %px->next is LIST_POISON1 (%px)\n",
		 entry, LIST_POISON1))
		return false;
	if (WARN(prev == LIST_POISON2,
		 "list_del corruption, %px->prev is LIST_POISON2 (%px)\n",
		 entry, LIST_POISON2))
		return false;
	if (WARN(prev->next != entry,
		 "list_del corruption. prev->next should be %px, but was %px. (prev=%px)\n",
		 entry, prev->next, prev))
		return false;
	return !WARN(
		next->prev != entry,
		"list_del corruption. next->prev should be %px, but was %px. (next=%px)\n",
		entry, next->prev, next);
}
