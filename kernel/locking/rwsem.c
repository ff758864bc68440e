// SPDX-License-Identifier: MIT
/*
 * rwsem.c - many readers or one writer, who sleep while they wait
 *
 *	active:    -1 a writer, 0 free, n readers
 *	wait_list: W1 ---> R2 ---> R3 ---> W4 ---> R5
 *
 * Who comes goes in at once if that is allowed and nobody waits; else to the
 * end of the line. Whoever leaves last looks at the line's head: a writer is
 * let in alone, readers all together up to the next writer.
 *
 *	the readers leave:   W1 goes in
 *	W1 leaves:           R2 and R3 go in, R5 does not pass W4
 *	W1 is downgraded:    the same, while W1 reads on
 *
 * Who is let in is counted in active before it is woken, so nobody can come
 * in between; and it looks for that with wait_lock held, so when it goes on
 * (and maybe ends) the one who woke it has let go of it.
 *
 * Invariants:
 *  R1  active counts who is inside, those included that were let in but have
 *      not run yet.
 *  R2  With wait_lock free, the head of the line may not go in.
 *
 * Lock: wait_lock, with interrupts on. Cost: a lock pair; two switches of
 * threads for who waits.
 *
 * Differs from Linux: a spin lock in place of one counter for the free case;
 * no spinning on a writer; readers never overtake. (kernel/locking/rwsem.c)
 */
#include <linux/rwsem.h>

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

struct rwsem_waiter {
	struct list_head list;
	struct task_struct *task;
	bool write;
	bool inside; /* R1 */
};

void __init_rwsem(struct rw_semaphore *sem, const char *name,
		  struct lock_class_key *key)
{
	raw_spin_lock_init(&sem->wait_lock);
	sem->active = 0;
	INIT_LIST_HEAD(&sem->wait_list);
	lockdep_init_map(&sem->dep_map, name, key, 0);
}

/* With wait_lock held, as all below. False: not now. */
static bool go_in(struct rw_semaphore *sem, bool write)
{
	if (write ? sem->active : sem->active < 0)
		return false;
	sem->active += write ? -1 : 1;
	return true;
}

/* R2: lets in whoever may, from the head of the line. */
static void let_in(struct rw_semaphore *sem)
{
	struct rwsem_waiter *waiter, *next;

	list_for_each_entry_safe(waiter, next, &sem->wait_list, list) {
		if (!go_in(sem, waiter->write))
			break;
		list_del(&waiter->list);
		waiter->inside = true;
		wake_up_process(waiter->task);
	}
}

/* wait_lock is given up while sleeping. 0 or -EINTR. */
static int wait_in_line(struct rw_semaphore *sem, bool write,
			unsigned int state)
{
	struct rwsem_waiter waiter = { .task = current, .write = write };

	list_add_tail(&waiter.list, &sem->wait_list);
	while (!waiter.inside) {
		if (signal_pending_state(state, current)) {
			list_del(&waiter.list);
			let_in(sem); /* it may have stood in the way */
			return -EINTR;
		}
		__set_current_state(state); /* wake-ups come with the lock */
		raw_spin_unlock(&sem->wait_lock);
		schedule();
		raw_spin_lock(&sem->wait_lock);
	}
	return 0;
}

static int down_common(struct rw_semaphore *sem, bool write, unsigned int state)
{
	int err = 0;

	raw_spin_lock(&sem->wait_lock);
	if (!list_empty(&sem->wait_list) || !go_in(sem, write))
		err = wait_in_line(sem, write, state);
	raw_spin_unlock(&sem->wait_lock);
	return err;
}

static int try_common(struct rw_semaphore *sem, bool write)
{
	bool inside;

	raw_spin_lock(&sem->wait_lock);
	inside = list_empty(&sem->wait_list) && go_in(sem, write);
	raw_spin_unlock(&sem->wait_lock);
	return inside;
}

/* change is what comes back to active. */
static void up_common(struct rw_semaphore *sem, int change)
{
	raw_spin_lock(&sem->wait_lock);
	sem->active += change;
	let_in(sem);
	raw_spin_unlock(&sem->wait_lock);
}

/* ----------------------------------------------------------------- readers */

static int read_common(struct rw_semaphore *sem, unsigned int state,
		       int subclass, unsigned long ip)
{
	might_sleep();
	rwsem_acquire_read(&sem->dep_map, subclass, 0, ip);
	if (!down_common(sem, false, state))
		return 0;
	rwsem_release(&sem->dep_map, ip);
	return -EINTR;
}

void down_read(struct rw_semaphore *sem)
{
	read_common(sem, TASK_UNINTERRUPTIBLE, 0, _RET_IP_);
}

void down_read_nested(struct rw_semaphore *sem, int subclass)
{
	read_common(sem, TASK_UNINTERRUPTIBLE, subclass, _RET_IP_);
}

int down_read_interruptible(struct rw_semaphore *sem)
{
	return read_common(sem, TASK_INTERRUPTIBLE, 0, _RET_IP_);
}

int down_read_killable(struct rw_semaphore *sem)
{
	return read_common(sem, TASK_KILLABLE, 0, _RET_IP_);
}

int down_read_trylock(struct rw_semaphore *sem)
{
	if (!try_common(sem, false))
		return 0;
	rwsem_acquire_read(&sem->dep_map, 0, 1, _RET_IP_);
	return 1;
}

void up_read(struct rw_semaphore *sem)
{
	rwsem_release(&sem->dep_map, _RET_IP_);
	up_common(sem, -1);
}

/* ----------------------------------------------------------------- writers */

static int write_common(struct rw_semaphore *sem, unsigned int state,
			int subclass, unsigned long ip)
{
	might_sleep();
	rwsem_acquire(&sem->dep_map, subclass, 0, ip);
	if (!down_common(sem, true, state))
		return 0;
	rwsem_release(&sem->dep_map, ip);
	return -EINTR;
}

void down_write(struct rw_semaphore *sem)
{
	write_common(sem, TASK_UNINTERRUPTIBLE, 0, _RET_IP_);
}

void down_write_nested(struct rw_semaphore *sem, int subclass)
{
	write_common(sem, TASK_UNINTERRUPTIBLE, subclass, _RET_IP_);
}

int down_write_killable(struct rw_semaphore *sem)
{
	return write_common(sem, TASK_KILLABLE, 0, _RET_IP_);
}

int down_write_trylock(struct rw_semaphore *sem)
{
	if (!try_common(sem, true))
		return 0;
	rwsem_acquire(&sem->dep_map, 0, 1, _RET_IP_);
	return 1;
}

void up_write(struct rw_semaphore *sem)
{
	rwsem_release(&sem->dep_map, _RET_IP_);
	up_common(sem, 1);
}

void downgrade_write(struct rw_semaphore *sem)
{
	lock_downgrade(&sem->dep_map, _RET_IP_);
	up_common(sem, 2); /* from -1 to 1 */
}
