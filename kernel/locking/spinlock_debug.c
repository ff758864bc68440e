// SPDX-License-Identifier: MIT
/*
 * spinlock_debug.c - the books that debug builds keep about locks
 *
 * A lock that its taker's own CPU holds will never be given back: the holder
 * is further up the stack, or under an interrupt. So instead of spinning for
 * ever, the second taker is told, and goes on with the lock's depth at 2,
 * which the two unlocks undo.
 *
 *	magic      SPINLOCK_MAGIC from the initialiser on: a lock in memory
 *	           that was only zeroed, or is no lock at all, shows
 *	depth      how often it is held; of a rwlock: by its writer
 *	owner_cpu  who holds it; the writer of a rwlock
 *	owner_ip   where it was taken last
 *	readers    how often each CPU reads under a rwlock
 *	conflicts  a rwlock's grants that were reported and take nothing
 *
 * Only the holder writes the books, after the lock is taken and before it is
 * given back. Others look whether they are the holder, and for that a stale
 * value is good enough: owner_cpu is a CPU's own number only between its own
 * two writes. A holder does not move: it has preemption off.
 *
 * Each lock tells the checker (lockdep.c) what happens to it, too. Release
 * builds have none of this file.
 *
 * Differs from Linux: (kernel/locking/spinlock_debug.c) the owner is a place
 * in the code, not a task; recursion is survived.
 */
#include <linux/spinlock.h>
#include <linux/kernel.h>
#include <linux/percpu.h>

static DEFINE_PER_CPU(unsigned int, locks_held);

unsigned int spinlocks_held(void)
{
	return this_cpu_read(locks_held);
}

/* One form for all: what is wrong, with which lock, who, and who before. */
static void lock_bug(const void *lock, const char *kind, const char *what,
		     unsigned long owner_ip, unsigned long ip)
{
	printk(KERN_ERR "BUG: %s %s on CPU#%d, lock %px, at %pS\n", kind, what,
	       smp_processor_id(), lock, (void *)ip);
	if (owner_ip)
		printk(KERN_ERR " last taken at %pS\n", (void *)owner_ip);
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
	dump_stack();
}

static void check_magic(struct lock_debug *lock, struct lockdep_map *map,
			const char *kind, unsigned long ip)
{
	if (likely(lock->magic == SPINLOCK_MAGIC))
		return;
	lock_bug(lock, kind, "bad magic", 0, ip);
	*lock = (struct lock_debug){ .magic = SPINLOCK_MAGIC, .owner_cpu = -1 };
	lockdep_init_map(map, "bad magic", &__lockdep_no_validate__, 0);
}

static bool held_here(const struct lock_debug *lock)
{
	return READ_ONCE(lock->depth) &&
	       READ_ONCE(lock->owner_cpu) == smp_processor_id();
}

static void taken(struct lock_debug *lock, unsigned long ip)
{
	WRITE_ONCE(lock->owner_cpu, smp_processor_id());
	WRITE_ONCE(lock->depth, lock->depth + 1);
	lock->owner_ip = ip;
	__this_cpu_inc(locks_held);
}

/* True when the lock itself is to be given back too. */
static bool given_back(struct lock_debug *lock)
{
	__this_cpu_dec(locks_held);
	WRITE_ONCE(lock->depth, lock->depth - 1);
	if (lock->depth)
		return false;
	WRITE_ONCE(lock->owner_cpu, -1);
	return true;
}

/* A recursion was reported: to the checker it is only one hold more. */
void __spin_lock_debug(raw_spinlock_t *spinlock, unsigned int subclass,
		       struct lockdep_map *nest)
{
	struct lock_debug *lock = __lock_debug(spinlock);
	struct lockdep_map *map = &spinlock->dep_map;
	bool recursion;

	check_magic(lock, map, "spinlock", _RET_IP_);
	recursion = held_here(lock);
	lock_acquire(map, subclass, 0, 0, !recursion, nest, _RET_IP_);
	if (unlikely(recursion))
		lock_bug(lock, "spinlock", "recursion", lock->owner_ip,
			 _RET_IP_);
	else
		do_raw_spin_lock(spinlock);
	taken(lock, _RET_IP_);
}

bool __spin_trylock_debug(raw_spinlock_t *spinlock)
{
	struct lock_debug *lock = __lock_debug(spinlock);

	check_magic(lock, &spinlock->dep_map, "spinlock", _RET_IP_);
	if (held_here(lock) || !do_raw_spin_trylock(spinlock))
		return false;
	spin_acquire(&spinlock->dep_map, 0, 1, _RET_IP_);
	taken(lock, _RET_IP_);
	return true;
}

/* The caller's preempt_enable() will lower what was never raised. */
static void unlock_bug(struct lock_debug *lock, const char *kind,
		       unsigned long ip)
{
	lock_bug(lock, kind, lock->depth ? "wrong CPU" : "already unlocked",
		 lock->owner_ip, ip);
	preempt_disable();
}

void __spin_unlock_debug(raw_spinlock_t *spinlock)
{
	struct lock_debug *lock = __lock_debug(spinlock);

	check_magic(lock, &spinlock->dep_map, "spinlock", _RET_IP_);
	if (unlikely(!held_here(lock))) {
		unlock_bug(lock, "spinlock", _RET_IP_);
		return;
	}
	spin_release(&spinlock->dep_map, _RET_IP_);
	if (given_back(lock))
		do_raw_spin_unlock(spinlock);
}

static struct rwlock_debug *rw_debug(rwlock_t *rwlock)
{
	return (struct rwlock_debug *)rwlock;
}

/* Does this CPU hold it already, so that waiting would be for ever? */
static bool conflict(rwlock_t *rwlock, bool write, unsigned long ip)
{
	struct rwlock_debug *books = rw_debug(rwlock);
	bool reads = books->readers[smp_processor_id()];

	check_magic(&books->lock, &rwlock->dep_map, "rwlock", ip);
	return held_here(&books->lock) || (write && reads);
}

static void grant_conflict(rwlock_t *rwlock, const char *what, unsigned long ip)
{
	struct rwlock_debug *books = rw_debug(rwlock);

	lock_bug(rwlock, "rwlock", what, books->lock.owner_ip, ip);
	lock_acquire(&rwlock->dep_map, 0, 0, 0, 0, NULL, ip);
	books->conflicts++;
	__this_cpu_inc(locks_held);
}

static bool took_back_conflict(rwlock_t *rwlock, unsigned long ip)
{
	struct rwlock_debug *books = rw_debug(rwlock);

	check_magic(&books->lock, &rwlock->dep_map, "rwlock", ip);
	if (likely(!books->conflicts))
		return false;
	books->conflicts--;
	rwlock_release(&rwlock->dep_map, ip);
	__this_cpu_dec(locks_held);
	return true;
}

static void reads(rwlock_t *rwlock)
{
	rw_debug(rwlock)->readers[smp_processor_id()]++;
	__this_cpu_inc(locks_held);
}

void __read_lock_debug(rwlock_t *rwlock)
{
	if (unlikely(conflict(rwlock, false, _RET_IP_))) {
		grant_conflict(rwlock, "read under write", _RET_IP_);
		return;
	}
	rwlock_acquire_read(&rwlock->dep_map, 0, 0, _RET_IP_);
	do_raw_read_lock(rwlock);
	reads(rwlock);
}

bool __read_trylock_debug(rwlock_t *rwlock)
{
	if (conflict(rwlock, false, _RET_IP_) || !do_raw_read_trylock(rwlock))
		return false;
	rwlock_acquire_read(&rwlock->dep_map, 0, 1, _RET_IP_);
	reads(rwlock);
	return true;
}

void __write_lock_debug(rwlock_t *rwlock)
{
	if (unlikely(conflict(rwlock, true, _RET_IP_))) {
		grant_conflict(rwlock, "recursion", _RET_IP_);
		return;
	}
	rwlock_acquire(&rwlock->dep_map, 0, 0, _RET_IP_);
	do_raw_write_lock(rwlock);
	taken(&rw_debug(rwlock)->lock, _RET_IP_);
}

bool __write_trylock_debug(rwlock_t *rwlock)
{
	if (conflict(rwlock, true, _RET_IP_) || !do_raw_write_trylock(rwlock))
		return false;
	rwlock_acquire(&rwlock->dep_map, 0, 1, _RET_IP_);
	taken(&rw_debug(rwlock)->lock, _RET_IP_);
	return true;
}

void __read_unlock_debug(rwlock_t *rwlock)
{
	struct rwlock_debug *books = rw_debug(rwlock);
	int cpu = smp_processor_id();

	if (unlikely(took_back_conflict(rwlock, _RET_IP_)))
		return;
	if (unlikely(!books->readers[cpu])) {
		lock_bug(rwlock, "rwlock", "already unlocked",
			 books->lock.owner_ip, _RET_IP_);
		preempt_disable();
		return;
	}
	rwlock_release(&rwlock->dep_map, _RET_IP_);
	books->readers[cpu]--;
	__this_cpu_dec(locks_held);
	do_raw_read_unlock(rwlock);
}

void __write_unlock_debug(rwlock_t *rwlock)
{
	struct lock_debug *lock = &rw_debug(rwlock)->lock;

	if (unlikely(took_back_conflict(rwlock, _RET_IP_)))
		return;
	if (unlikely(!held_here(lock))) {
		unlock_bug(lock, "rwlock", _RET_IP_);
		return;
	}
	rwlock_release(&rwlock->dep_map, _RET_IP_);
	if (given_back(lock))
		do_raw_write_unlock(rwlock);
}
