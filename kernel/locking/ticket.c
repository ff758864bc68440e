/* SPDX-License-Identifier: MIT */
/*
 * kernel/locking/ticket.c - waiting for a spin lock
 *
 *	next     4   the next to come draws this
 *	serving  2   CPU b holds it
 *	             CPU c has drawn 3 and waits for serving to be 3
 *
 * Only the waiting is here; taking a free lock is inline. How long each CPU
 * has waited is added up, in cycles, for the benches. In debug builds a wait
 * that takes too long is reported, with what all CPUs are doing.
 *
 * Differs from Linux: waiters look at the lock itself, not at a place of
 * their own each. (kernel/locking/qspinlock.c)
 */
#include <linux/spinlock.h>

#include <asm/tsc.h>
#include <linux/kernel.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/printk.h>

static DEFINE_PER_CPU(u64, wait_cycles);

u64 spin_wait_cycles(int cpu)
{
	return READ_ONCE(per_cpu(wait_cycles, cpu));
}

static void report_lockup(const arch_spinlock_t *lock)
{
	bust_spinlocks(1); /* this may be the log's */
	pr_err("watchdog: BUG: spinlock lockup on CPU#%d, lock %px\n",
	       raw_smp_processor_id(), lock);
	add_taint(TAINT_SOFTLOCKUP, LOCKDEP_STILL_OK);
	trigger_all_cpu_backtrace();
	bust_spinlocks(0);
}

void ticket_spin_wait(arch_spinlock_t *lock, u16 ticket)
{
	struct hang_watch watch = { 0 };
	cycles_t start = get_cycles();

	while (READ_ONCE(lock->serving) != ticket) {
		cpu_relax();
		if (IS_ENABLED(CONFIG_DEBUG) && hang_watch_expired(&watch))
			report_lockup(lock);
	}
	barrier();
	__this_cpu_add(wait_cycles, get_cycles() - start);
}
