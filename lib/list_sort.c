// SPDX-License-Identifier: MIT
/*
 * list_sort.c - merge sort of a linked list
 *
 * Entries are taken off one by one and counted in binary: slot k holds a
 * sorted run of 2^k entries or nothing. A new entry is a run of 1; where its
 * slot is taken the two are merged, and the result is carried to the next
 * slot, like a carry of an addition. At the end all slots are merged.
 *
 *	after 5 entries:  slot 0 [e]   slot 1 -   slot 2 [a b c d]
 *
 * Runs are linked by next only, ended by NULL; prev is restored last.
 */
#include <linux/list_sort.h>
#include <linux/list.h>

#define SLOTS 32

/* a came before b in the list: it goes first where they are equal. */
static struct list_head *merge(void *priv, list_cmp_func_t cmp,
			       struct list_head *a, struct list_head *b)
{
	struct list_head *head = NULL, **tail = &head;

	while (a && b) {
		if (cmp(priv, a, b) <= 0) {
			*tail = a;
			a = a->next;
		} else {
			*tail = b;
			b = b->next;
		}
		tail = &(*tail)->next;
	}
	*tail = a ? a : b;
	return head;
}

static void relink(struct list_head *head, struct list_head *run)
{
	struct list_head *prev = head;

	for (; run; run = run->next) {
		prev->next = run;
		run->prev = prev;
		prev = run;
	}
	prev->next = head;
	head->prev = prev;
}

void list_sort(void *priv, struct list_head *head, list_cmp_func_t cmp)
{
	struct list_head *slot[SLOTS] = { NULL };
	struct list_head *entry = head->next, *run;
	int k;

	while (entry != head) {
		run = entry;
		entry = entry->next;
		run->next = NULL;
		for (k = 0; k < SLOTS - 1 && slot[k]; k++) {
			run = merge(priv, cmp, slot[k], run);
			slot[k] = NULL;
		}
		slot[k] = slot[k] ? merge(priv, cmp, slot[k], run) : run;
	}
	run = NULL;
	for (k = 0; k < SLOTS; k++)
		run = merge(priv, cmp, slot[k], run);
	relink(head, run);
}
