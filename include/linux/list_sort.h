/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LIST_SORT_H
#define _LINUX_LIST_SORT_H

#include <linux/types.h>

struct list_head;

typedef int (*list_cmp_func_t)(void *priv, const struct list_head *a,
			       const struct list_head *b);

/*
 * Merge sort: O(n log n), no memory, and equal entries keep their order.
 * cmp is above 0 if a belongs behind b.
 */
void list_sort(void *priv, struct list_head *head, list_cmp_func_t cmp);

#endif
