/* SPDX-License-Identifier: MIT */
/*
 * Many readers or one writer, all of which may sleep. First come first
 * served: a reader that comes after a waiting writer waits too, so neither
 * side starves; and so a thread must not take it for reading twice.
 */
#ifndef _LINUX_RWSEM_H
#define _LINUX_RWSEM_H

#include <linux/compiler.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/spinlock.h>

struct rw_semaphore {
	raw_spinlock_t wait_lock;   /* all below */
	int active;                 /* readers inside; -1: a writer */
	struct list_head wait_list; /* threads, in turn */
#ifdef CONFIG_DEBUG
	struct lockdep_map dep_map;
#endif
};

#define __RWSEM_INITIALIZER(name) {					\
	.wait_lock = __RAW_SPIN_LOCK_UNLOCKED(name.wait_lock),		\
	.wait_list = LIST_HEAD_INIT((name).wait_list),			\
	DEP_MAP_INIT(name)						\
}
#define DECLARE_RWSEM(name) \
	struct rw_semaphore name = __RWSEM_INITIALIZER(name)

void __init_rwsem(struct rw_semaphore *sem, const char *name,
		  struct lock_class_key *key);

#define init_rwsem(sem) do {						\
	static struct lock_class_key __key;				\
									\
	__init_rwsem(sem, #sem, &__key);				\
} while (0)

/*
 * Take it; may sleep. The forms with a result return 0, or -EINTR and have
 * taken nothing (there are no signals yet).
 */
void down_read(struct rw_semaphore *sem);
int __must_check down_read_interruptible(struct rw_semaphore *sem);
int __must_check down_read_killable(struct rw_semaphore *sem);
void down_write(struct rw_semaphore *sem);
int __must_check down_write_killable(struct rw_semaphore *sem);

/* For a second lock of one class: see lockdep.h. */
void down_read_nested(struct rw_semaphore *sem, int subclass);
void down_write_nested(struct rw_semaphore *sem, int subclass);

/* 1 if it could be had at once, else 0. Do not sleep; no interrupts. */
int down_read_trylock(struct rw_semaphore *sem);
int down_write_trylock(struct rw_semaphore *sem);

/* Give it back. Do not sleep. */
void up_read(struct rw_semaphore *sem);
void up_write(struct rw_semaphore *sem);

/* From writer to reader: no writer comes in between. */
void downgrade_write(struct rw_semaphore *sem);

/* By anyone; do others wait? Any context; only hints. */
static inline int rwsem_is_locked(struct rw_semaphore *sem)
{
	return READ_ONCE(sem->active) != 0;
}

static inline int rwsem_is_contended(struct rw_semaphore *sem)
{
	return !list_empty(&sem->wait_list);
}

#endif
