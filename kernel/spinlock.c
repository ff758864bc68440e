// SPDX-License-Identifier: MIT
/*
 * spinlock.c - the books that debug builds keep about locks
 *
 * With one CPU a lock that is found taken will never be given back: the
 * holder is the same CPU, further up the stack or under an interrupt. So
 * instead of spinning for ever, the second taker is told, and goes on with
 * the lock's depth at 2, which the two unlocks undo.
 *
 *	magic     SPINLOCK_MAGIC from the initialiser on: a lock in memory
 *	          that was only zeroed, or is no lock at all, shows
 *	depth     how often it is held; rwlocks: below 0 for a writer
 *	owner_ip  where it was taken last
 *
 * Release builds call none of this: their locks are empty structs.
 *
 * Differs from Linux: (kernel/locking/spinlock_debug.c) the owner is a place
 * in the code, not a task; recursion is survived.
 */
#include <linux/spinlock.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/uaccess.h>

DEFINE_PER_CPU(int, __preempt_count);
DEFINE_PER_CPU(int, __pagefault_disabled);
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

static void check_magic(struct lock_debug *lock, const char *kind,
			unsigned long ip)
{
	if (likely(lock->magic == SPINLOCK_MAGIC))
		return;
	lock_bug(lock, kind, "bad magic", 0, ip);
	*lock = (struct lock_debug){ .magic = SPINLOCK_MAGIC };
}

static void taken(struct lock_debug *lock, unsigned long ip)
{
	lock->owner_ip = ip;
	__this_cpu_inc(locks_held);
}

void __spin_lock_debug(struct lock_debug *lock)
{
	check_magic(lock, "spinlock", _RET_IP_);
	if (unlikely(lock->depth))
		lock_bug(lock, "spinlock", "recursion", lock->owner_ip,
			 _RET_IP_);
	lock->depth++;
	taken(lock, _RET_IP_);
}

bool __spin_trylock_debug(struct lock_debug *lock)
{
	check_magic(lock, "spinlock", _RET_IP_);
	if (lock->depth)
		return false;
	lock->depth++;
	taken(lock, _RET_IP_);
	return true;
}

void __spin_unlock_debug(struct lock_debug *lock)
{
	check_magic(lock, "spinlock", _RET_IP_);
	if (unlikely(!lock->depth)) {
		lock_bug(lock, "spinlock", "already unlocked", lock->owner_ip,
			 _RET_IP_);
		/* raw_spin_unlock() will lower what was never raised. */
		preempt_disable();
		return;
	}
	lock->depth--;
	__this_cpu_dec(locks_held);
}

/* A conflict was reported: whoever comes counts on in the holder's sense. */
static void rw_lock(struct lock_debug *lock, bool write, unsigned long ip)
{
	bool negative = lock->depth < 0 || (write && !lock->depth);

	lock->depth += negative ? -1 : 1;
	taken(lock, ip);
}

void __read_lock_debug(struct lock_debug *lock)
{
	check_magic(lock, "rwlock", _RET_IP_);
	if (unlikely(lock->depth < 0))
		lock_bug(lock, "rwlock", "read under write", lock->owner_ip,
			 _RET_IP_);
	rw_lock(lock, false, _RET_IP_);
}

void __write_lock_debug(struct lock_debug *lock)
{
	check_magic(lock, "rwlock", _RET_IP_);
	if (unlikely(lock->depth))
		lock_bug(lock, "rwlock", "recursion", lock->owner_ip, _RET_IP_);
	rw_lock(lock, true, _RET_IP_);
}

static void rw_unlock(struct lock_debug *lock, int wrong_depth,
		      unsigned long ip)
{
	check_magic(lock, "rwlock", ip);
	if (unlikely(!lock->depth || lock->depth == wrong_depth)) {
		lock_bug(lock, "rwlock", "already unlocked", lock->owner_ip,
			 ip);
		preempt_disable();
		return;
	}
	lock->depth += lock->depth < 0 ? 1 : -1;
	__this_cpu_dec(locks_held);
}

/* One holder of the other kind, and nobody else: not the caller's lock. */
void __read_unlock_debug(struct lock_debug *lock)
{
	rw_unlock(lock, -1, _RET_IP_);
}

void __write_unlock_debug(struct lock_debug *lock)
{
	rw_unlock(lock, 1, _RET_IP_);
}

void __mutex_report(struct mutex *lock, const char *what, unsigned long ip)
{
	lock_bug(lock, "mutex", what, lock->owner_ip, ip);
}
