// SPDX-License-Identifier: MIT
/*
 * lockdep_usage.c - locks that interrupts take
 *
 * A lock that a handler takes must, everywhere else, be taken with that
 * interrupt off; or the handler may come on top of its holder, and spin for
 * ever:
 *
 *	spin_lock(&a)			interrupts on: "irq-unsafe"
 *	    <interrupt>
 *	      spin_lock(&a)		in the handler: "irq-safe"
 *
 * and no irq-unsafe lock may be taken inside of an irq-safe one, however far:
 *
 *	CPU 0				CPU 1
 *	lock(b)  irqs on
 *					lock(a)  irqs off
 *					lock(b)  waits for CPU 0
 *	    <interrupt>
 *	      lock(a)  waits for CPU 1
 *
 * So each class gathers how it was ever used, eight bits: in hardirqs or with
 * them on, in softirqs or with them on, each by writers and by readers.
 *
 *	new bit "used in"    search the edges on from here for "enabled"
 *	new bit "enabled"    search them back for "used in"
 *	new edge a -> b      gather "used in" behind a, "enabled" beyond b
 *
 * A reader may be interrupted by a reader, which is why weak arrivals (see
 * lockdep_graph.c) leave the readers' bits out.
 *
 * Invariants (further ones in lockdep.c):
 *  U1  A bit, once set, stays while the class lives; its trace is who was the
 *      first.
 *  U2  Unless reported, no class is both, and no strong path leads from one
 *      used in an interrupt to one used with it enabled.
 *
 * Lock: the graph's, for what is new. Cost: a comparison of bits.
 *
 * Differs from Linux: (kernel/locking/lockdep.c, mark_lock()) interrupts that
 * come on while a lock is held are seen when it is released.
 */
#include "internal.h"

#include <linux/kernel.h>
#include <linux/preempt.h>

unsigned int lockdep_uses(const struct held_lock *lock, bool irqs_on)
{
	unsigned int read = lock->read ? USE_READ : 0, uses = 0;

	if (!lock->trylock && lock->irq_context & 2)
		uses |= USE_BIT(read);
	if (!lock->trylock && lock->irq_context & 1)
		uses |= USE_BIT(USE_SOFTIRQ | read);
	if (!irqs_on)
		return uses;
	uses |= USE_BIT(USE_ENABLED | read);
	if (!softirq_count())
		uses |= USE_BIT(USE_SOFTIRQ | USE_ENABLED | read);
	return uses;
}

/* The uses that one lock of the class must not have, too. */
static u8 conflicts(unsigned int use)
{
	unsigned int other = (use & ~USE_READ) ^ USE_ENABLED;

	return use & USE_READ ? USE_BIT(other) : USES_OF(other);
}

static u8 uses_seen(u16 class_idx, bool weak)
{
	u8 usage = READ_ONCE(lock_classes[class_idx].usage);

	return weak ? usage & ~USES_READ : usage;
}

static bool match_uses(u16 class_idx, bool weak, struct lock_search *search)
{
	return uses_seen(class_idx, weak) & search->uses;
}

static bool gather_uses(u16 class_idx, bool weak, struct lock_search *search)
{
	search->uses |= uses_seen(class_idx, weak);
	return false;
}

/* U2 for a class that is used so for the first time. */
static void check_use(const struct held_lock *lock, unsigned int use,
		      struct lockdep_finding *finding)
{
	bool enabled = use & USE_ENABLED;
	struct lock_search search = {
		.from = lock->class_idx,
		.weak = use & USE_READ,
		.backward = enabled,
		.match = match_uses,
		.uses = USES_OF((use & ~USE_READ) ^ USE_ENABLED),
	};

	finding->next = lock;
	finding->use = use;
	if (lock_classes[lock->class_idx].usage & conflicts(use))
		finding->kind = LOCKDEP_IRQ_STATE;
	else if (lockdep_search(&search,
				enabled ? &finding->back : &finding->fore))
		finding->kind = LOCKDEP_IRQ_ORDER;
}

static void mark_use(const struct held_lock *lock, unsigned int use)
{
	struct lockdep_finding finding = { .kind = LOCKDEP_FINE };
	struct lock_class *class = &lock_classes[lock->class_idx];
	u16 trace = lockdep_save_trace(5);

	lockdep_graph_lock();
	if (!(class->usage & USE_BIT(use))) {
		check_use(lock, use, &finding);
		class->traces[use] = trace; /* U1 */
		WRITE_ONCE(class->usage, class->usage | USE_BIT(use));
	}
	lockdep_graph_unlock();
	if (finding.kind != LOCKDEP_FINE)
		lockdep_report(&finding);
}

void lockdep_mark(const struct held_lock *lock, unsigned int uses)
{
	/* without the lock: mark_use() looks again */
	unsigned int fresh = uses &
			     ~READ_ONCE(lock_classes[lock->class_idx].usage);
	unsigned int use;

	if (likely(!fresh) || !lockdep_validating)
		return;
	for (use = 0; use < LOCKDEP_USES; use++)
		if (fresh & USE_BIT(use))
			mark_use(lock, use);
}

bool lockdep_irq_order(const struct held_lock *prev,
		       const struct held_lock *next,
		       struct lockdep_finding *finding)
{
	struct lock_search behind = {
		.from = prev->class_idx,
		.weak = prev->read,
		.backward = true,
		.match = gather_uses,
	};
	struct lock_search beyond = {
		.from = next->class_idx,
		.weak = next->read == 2,
		.match = match_uses,
	};
	unsigned int kind, safe;

	lockdep_search(&behind, NULL);
	safe = behind.uses;
	behind.match = match_uses;
	for (kind = 0; kind <= USE_SOFTIRQ; kind += USE_SOFTIRQ) {
		behind.uses = safe & USES_OF(kind);
		beyond.uses = USES_OF(kind | USE_ENABLED);
		if (!behind.uses || !lockdep_search(&beyond, &finding->fore))
			continue;
		lockdep_search(&behind, &finding->back);
		finding->kind = LOCKDEP_IRQ_ORDER;
		finding->use = kind;
		return false;
	}
	return true;
}
