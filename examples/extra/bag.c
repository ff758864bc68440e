// SPDX-License-Identifier: MIT
/*
 * bag.c - an idea tried out in the kernel: a list of small objects
 */
#include "bag.h"
#include <linux/errno.h>
#include <linux/slab.h>

struct item {
	struct list_head node;
	int value;
};

void bag_init(struct bag *bag)
{
	INIT_LIST_HEAD(&bag->items);
}

int bag_put(struct bag *bag, int value)
{
	struct item *item = kmalloc(sizeof(*item), GFP_KERNEL);

	if (!item)
		return -ENOMEM;
	item->value = value;
	list_add(&item->node, &bag->items);
	return 0;
}

static void remove_item(struct item *item)
{
	list_del(&item->node);
	kfree(item);
}

bool bag_take(struct bag *bag, int value)
{
	struct item *item;

	list_for_each_entry(item, &bag->items, node) {
		if (item->value != value)
			continue;
		remove_item(item);
		return true;
	}
	return false;
}

unsigned int bag_count(const struct bag *bag, int value)
{
	const struct item *item;
	unsigned int count = 0;

	list_for_each_entry(item, &bag->items, node)
		count += item->value == value;
	return count;
}

void bag_clear(struct bag *bag)
{
	struct item *item, *next;

	list_for_each_entry_safe(item, next, &bag->items, node)
		remove_item(item);
}
