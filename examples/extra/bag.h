/* SPDX-License-Identifier: MIT */
#ifndef BAG_H
#define BAG_H

#include <linux/list.h>
#include <linux/types.h>

/* Numbers in no order, each as often as it was put in. */
struct bag {
	struct list_head items;
};

void bag_init(struct bag *bag);

/* 0 or -ENOMEM. May sleep. */
int bag_put(struct bag *bag, int value);

/* Takes one out. False if there was none. */
bool bag_take(struct bag *bag, int value);

unsigned int bag_count(const struct bag *bag, int value);

/* Takes all out. */
void bag_clear(struct bag *bag);

#endif
