// SPDX-License-Identifier: MIT
/*
 * lockdep.c - the lock checker: what every lock tells it
 *
 * A deadlock needs several CPUs or an interrupt to meet in an unlucky moment.
 * But its cause is there always: one path takes A and then B, another B and
 * then A. So the checker does not wait for deadlocks; it remembers which
 * locks were ever taken inside which, and in which contexts, and reports as
 * soon as that allows one.
 *
 *	spin_lock(&b) ---> lock_acquire() ---> stack of this thread's locks
 *	                        |                 a, b
 *	                        v new chain "a, b"?
 *	                   graph of classes:  A ---> B   by whom (a trace)
 *	                        |
 *	                        v is there a way from B to A already?
 *	                   report, with both chains
 *
 * A class is all locks with one life: every zone->lock is one. It is known by
 * the address of its key: the lock itself if static, or what spin_lock_init()
 * of that place has. Rooms of the checker:
 *
 *	lockdep.c         held locks: acquire, release, asserts
 *	lockdep_class.c   from a lock to its class
 *	lockdep_graph.c   the order: edges, chains, search
 *	lockdep_usage.c   interrupts: safe and unsafe
 *	lockdep_report.c  what it prints
 *
 * Invariants:
 *  L1  The stack of held locks belongs to one thread, and the interrupts on
 *      top of it leave it as they found it. No lock guards it.
 *  L2  Classes, edges, chains and traces change only with the graph's lock
 *      held; inside of it no lock is taken that the checker looks at.
 *  L3  In the checker interrupts are off, and lockdep_recursion keeps the
 *      locks of its own helpers (printk, the depot) out.
 *  L4  A chain, once in the table, was checked: every pair of its locks has
 *      an edge, or was reported.
 *  L5  What is printed is printed with the graph's lock free.
 *
 * Lock: one word, spun for with interrupts off; only for what is new.
 * Cost: a lock and its release take some 200 instructions while the chain is
 * known; a new chain a search of the graph for each lock held.
 *
 * Differs from Linux: whether interrupts are on is asked of the CPU, at the
 * lock and again at its release, not followed; no lock statistics; a report
 * does not end the checks. (kernel/locking/lockdep.c)
 */
#include "internal.h"

#include <asm/processor.h>
#include <linux/atomic.h>
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/stackdepot.h>
#include <linux/stacktrace.h>
#include <linux/string.h>

#define TRACE_BYTES (96 * 1024)

DEFINE_PER_CPU(unsigned int, lockdep_recursion); /* L3 */
bool lockdep_validating = true;

static atomic_t graph_lock; /* 1: held */
static char trace_pool[TRACE_BYTES] __aligned(STACK_DEPOT_UNIT);
static struct stack_depot trace_depot; /* L2 */

struct held_locks *lockdep_held(void)
{
	return &current->held_locks;
}

void lockdep_graph_lock(void)
{
	while (atomic_xchg(&graph_lock, 1))
		cpu_relax();
}

void lockdep_graph_unlock(void)
{
	smp_store_release(&graph_lock.counter, 0);
}

void lockdep_stop(const char *table)
{
	if (!lockdep_validating)
		return;
	lockdep_validating = false;
	pr_err("BUG: lockdep: the table of %s is full\n", table);
	pr_err("turning off the locking correctness validator.\n");
	add_taint(TAINT_WARN, LOCKDEP_NOW_UNRELIABLE);
}

/*
 * The depot has a lock of its own, so this comes before the graph's: who
 * waits for one never holds the other.
 */
u16 lockdep_save_trace(unsigned int skip)
{
	unsigned long entries[STACK_DEPOT_DEPTH];
	unsigned int nr = stack_trace_save(entries, ARRAY_SIZE(entries), skip);

	if (unlikely(!trace_depot.pool))
		depot_init(&trace_depot, trace_pool, sizeof(trace_pool));
	return depot_save(&trace_depot, entries, nr);
}

void lockdep_print_trace(u16 trace)
{
	unsigned long *entries;
	unsigned int nr = depot_fetch(&trace_depot, trace, &entries);

	if (nr)
		stack_trace_print(entries, nr, 8);
	else
		printk(KERN_WARNING "        (no trace kept)\n");
}

/* ------------------------------------------------------------------ entry */

/* L3. False: not now. The caller has interrupts off. */
static bool lockdep_enter(void)
{
	if (unlikely(__this_cpu_read(lockdep_recursion) || in_nmi() ||
		     lockdep_held()->off))
		return false;
	__this_cpu_inc(lockdep_recursion);
	return true;
}

static void lockdep_leave(void)
{
	__this_cpu_dec(lockdep_recursion);
}

void lockdep_off(void)
{
	lockdep_held()->off++;
}

void lockdep_on(void)
{
	lockdep_held()->off--;
}

/* ----------------------------------------------------------------- chains */

/* A hash of the locks of one context, in their order; never 0. */
static u64 chain_add(u64 key, const struct held_lock *lock)
{
	key = (key ^ (lock->class_idx | lock->read << 14)) * GOLDEN_RATIO_64;
	key ^= key >> 29;
	return key ? key : 1;
}

/* The lock's own chain begins where its context does. */
static u64 chain_with(const struct held_locks *held, struct held_lock *lock)
{
	unsigned int depth = lock - held->lock;

	if (depth && lock[-1].irq_context == lock->irq_context)
		return chain_add(lock->prev_chain_key, lock);
	return chain_add(0, lock);
}

static void validate_chain(struct held_locks *held, struct held_lock *new)
{
	struct lockdep_finding finding = { .kind = LOCKDEP_FINE };
	u16 trace = lockdep_save_trace(4);
	bool room = true;

	lockdep_graph_lock();
	if (!lockdep_chain_known(held->chain_key))
		room = lockdep_add_chain(held, new, trace, &finding);
	lockdep_graph_unlock();
	if (!room)
		lockdep_stop("dependencies");
	if (finding.kind != LOCKDEP_FINE)
		lockdep_report(&finding); /* L5 */
}

/* Is there a lock below it, in its own context? */
static bool has_outer(const struct held_locks *held,
		      const struct held_lock *lock)
{
	return lock != held->lock && lock[-1].irq_context == lock->irq_context;
}

/* The keys of lock and all above it, after one below has changed. */
static void rebuild_chain(struct held_locks *held, struct held_lock *lock)
{
	for (; lock < held->lock + held->depth; lock++) {
		lock->prev_chain_key = held->chain_key;
		held->chain_key = chain_with(held, lock);
	}
}

/* -------------------------------------------------------- acquire, release */

static u8 irq_context(void)
{
	return (in_hardirq() ? 2 : 0) | (in_serving_softirq() ? 1 : 0);
}

/* The lock has been filled in, but is not counted yet. */
static void check_new(struct held_locks *held, struct held_lock *new,
		      bool irqs_on)
{
	bool checked = new->class_idx && new->check && lockdep_validating;

	new->prev_chain_key = held->chain_key;
	held->chain_key = chain_with(held, new);
	if (!checked)
		return;
	/* only for show: a few may be lost */
	data_race(lock_classes[new->class_idx].acquired++);
	lockdep_mark(new, lockdep_uses(new, irqs_on));
	if (!new->trylock && has_outer(held, new) &&
	    !lockdep_chain_known(held->chain_key))
		validate_chain(held, new);
}

static struct held_lock *new_held_lock(struct held_locks *held)
{
	static bool told;

	if (likely(held->depth < MAX_LOCK_DEPTH))
		return &held->lock[held->depth];
	held->lost++;
	if (!told) {
		told = true;
		pr_err("BUG: MAX_LOCK_DEPTH too low!\n");
		lockdep_print_held(current);
		add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
	}
	return NULL;
}

void lock_acquire(struct lockdep_map *lock, unsigned int subclass, int trylock,
		  int read, int check, struct lockdep_map *nest_lock,
		  unsigned long ip)
{
	struct held_locks *held = lockdep_held();
	struct held_lock *new;
	unsigned long flags;
	bool irqs_on;

	raw_local_irq_save(flags);
	if (!lockdep_enter())
		goto out;
	new = new_held_lock(held);
	if (!new)
		goto leave;
	irqs_on = !irqs_disabled_flags(flags);
	*new = (struct held_lock){
		.instance = lock,
		.nest_lock = nest_lock,
		.acquire_ip = ip,
		.class_idx = lockdep_class(lock, subclass),
		.irq_context = irq_context(),
		.read = read,
		.trylock = trylock,
		.check = check,
		.hardirqs_off = !irqs_on,
	};
	check_new(held, new, irqs_on);
	held->depth++;
leave:
	lockdep_leave();
out:
	raw_local_irq_restore(flags);
}

/* The newest hold of this lock, or NULL. */
static struct held_lock *find_held(struct held_locks *held,
				   const struct lockdep_map *lock)
{
	unsigned int i;

	for (i = held->depth; i-- > 0;)
		if (held->lock[i].instance == lock)
			return &held->lock[i];
	return NULL;
}

static void remove_held(struct held_locks *held, struct held_lock *gone)
{
	struct held_lock *last = held->lock + --held->depth;

	held->chain_key = gone->prev_chain_key;
	if (likely(gone == last))
		return;
	memmove(gone, gone + 1, (last - gone) * sizeof(*gone));
	rebuild_chain(held, gone);
}

void lock_release(struct lockdep_map *lock, unsigned long ip)
{
	struct held_locks *held = lockdep_held();
	struct held_lock *gone;
	unsigned long flags;

	raw_local_irq_save(flags);
	if (!lockdep_enter())
		goto out;
	gone = find_held(held, lock);
	if (likely(gone)) {
		/* Interrupts came on meanwhile: they may have come, too. */
		if (gone->hardirqs_off && !irqs_disabled_flags(flags) &&
		    gone->class_idx && gone->check)
			lockdep_mark(gone, lockdep_uses(gone, true));
		remove_held(held, gone);
	} else if (held->lost) {
		held->lost--;
	} else {
		lockdep_report_unlock(lock, ip);
	}
	lockdep_leave();
out:
	raw_local_irq_restore(flags);
}

/* What is held changes its kind: read, or another subclass (-1: the same). */
static void change_held(struct lockdep_map *lock, bool downgrade, int subclass,
			unsigned long ip)
{
	struct held_locks *held = lockdep_held();
	struct held_lock *found;
	unsigned long flags;

	raw_local_irq_save(flags);
	if (!lockdep_enter())
		goto out;
	found = find_held(held, lock);
	if (likely(found)) {
		if (downgrade)
			found->read = 1;
		if (subclass >= 0)
			found->class_idx = lockdep_class(lock, subclass);
		found->acquire_ip = ip;
		held->chain_key = found->prev_chain_key;
		rebuild_chain(held, found);
	} else {
		lockdep_report_unlock(lock, ip);
	}
	lockdep_leave();
out:
	raw_local_irq_restore(flags);
}

void lock_downgrade(struct lockdep_map *lock, unsigned long ip)
{
	change_held(lock, true, -1, ip);
}

void lock_set_subclass(struct lockdep_map *lock, unsigned int subclass,
		       unsigned long ip)
{
	change_held(lock, false, subclass, ip);
}

/* --------------------------------------------------------------- questions */

int lock_is_held_type(const struct lockdep_map *lock, int read)
{
	struct held_locks *held = lockdep_held();
	const struct held_lock *found;
	unsigned long flags;
	int state = LOCK_STATE_UNKNOWN;

	raw_local_irq_save(flags);
	if (lockdep_enter()) {
		found = find_held(held, lock);
		state = found && (read < 0 || !!found->read == read) ?
				LOCK_STATE_HELD :
				LOCK_STATE_NOT_HELD;
		if (held->lost && !found)
			state = LOCK_STATE_UNKNOWN;
		lockdep_leave();
	}
	raw_local_irq_restore(flags);
	return state;
}

unsigned int lockdep_depth_current(void)
{
	return lockdep_held()->depth;
}

void debug_show_held_locks(struct task_struct *task)
{
	lockdep_print_held(task ? task : current);
}

void lockdep_init_task(struct held_locks *held)
{
	held->depth = 0;
	held->off = 0;
	held->lost = 0;
	held->chain_key = 0;
}

void lockdep_drop(unsigned int depth)
{
	struct held_locks *held = lockdep_held();
	unsigned long flags;

	raw_local_irq_save(flags);
	while (held->depth > depth)
		remove_held(held, &held->lock[held->depth - 1]);
	raw_local_irq_restore(flags);
}

static bool overlaps(const struct held_lock *held, const void *from,
		     unsigned long len)
{
	unsigned long lock = (unsigned long)held->instance;

	return lock + sizeof(*held->instance) > (unsigned long)from &&
	       lock - (unsigned long)from < len;
}

void debug_check_no_locks_freed(const void *from, unsigned long len)
{
	struct held_locks *held = lockdep_held();
	unsigned long flags;
	unsigned int i;

	/* an interrupt leaves it as it was */
	if (likely(!READ_ONCE(held->depth)))
		return;
	raw_local_irq_save(flags);
	if (lockdep_enter()) {
		for (i = 0; i < held->depth; i++)
			if (unlikely(overlaps(&held->lock[i], from, len)))
				lockdep_report_freed(&held->lock[i], from, len);
		lockdep_leave();
	}
	raw_local_irq_restore(flags);
}

void debug_check_no_locks_held(void)
{
	if (unlikely(lockdep_held()->depth))
		lockdep_report_exit();
}
