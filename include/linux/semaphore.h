/* SPDX-License-Identifier: MIT */
/*
 * A number of permits that threads take and anyone gives back. It has no
 * owner: up() may come from another thread, or from an interrupt. For one
 * holder at a time a mutex is better, as it knows who it is.
 */
#ifndef _LINUX_SEMAPHORE_H
#define _LINUX_SEMAPHORE_H

#include <linux/compiler.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/spinlock.h>

struct semaphore {
	raw_spinlock_t lock;        /* all below */
	unsigned int count;         /* permits left */
	struct list_head wait_list; /* threads, first come first served */
};

#define __SEMAPHORE_INITIALIZER(name, n) {				\
	.lock = __RAW_SPIN_LOCK_UNLOCKED((name).lock),			\
	.count = n,							\
	.wait_list = LIST_HEAD_INIT((name).wait_list),			\
}
#define DEFINE_SEMAPHORE(name) \
	struct semaphore name = __SEMAPHORE_INITIALIZER(name, 1)

static inline void sema_init(struct semaphore *sem, int val)
{
	raw_spin_lock_init(&sem->lock);
	sem->count = val;
	INIT_LIST_HEAD(&sem->wait_list);
}

/*
 * Take a permit, in turn; may sleep. The _interruptible and _killable forms
 * return 0, or -EINTR without a permit (there are no signals yet).
 */
void down(struct semaphore *sem);
int __must_check down_interruptible(struct semaphore *sem);
int __must_check down_killable(struct semaphore *sem);

/* 0, or -ETIME if none came within so many jiffies. May sleep. */
int __must_check down_timeout(struct semaphore *sem, long jiffies);

/* 0: taken; 1: there is none. Unlike other trylocks. Any context. */
int __must_check down_trylock(struct semaphore *sem);

/* Gives a permit, to the first who waits for one. Any context. */
void up(struct semaphore *sem);

#endif
