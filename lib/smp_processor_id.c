// SPDX-License-Identifier: MIT
/*
 * smp_processor_id.c - is the number of this CPU still true when it is used?
 *
 * Only if the thread cannot leave its CPU meanwhile. Debug builds look each
 * time: preemption or interrupts are off, or the thread may run nowhere else.
 * Who needs no true answer says raw_smp_processor_id().
 *
 * (lib/smp_processor_id.c)
 */
#include <linux/smp.h>

#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/panic.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/sched.h>

static bool may_move(void)
{
	return !preempt_count() && !irqs_disabled() &&
	       current->nr_cpus_allowed > 1 &&
	       !is_migration_disabled(current) &&
	       system_state >= SYSTEM_SCHEDULING;
}

static noinline void report(const void *caller)
{
	preempt_disable();
	pr_err("BUG: using smp_processor_id() in preemptible [%08x] code: %s/%d\n",
	       preempt_count() - 1, current->comm, current->pid);
	pr_err("caller is %pS\n", caller);
	dump_stack_lvl(KERN_ERR);
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
	preempt_enable();
}

unsigned int debug_smp_processor_id(void)
{
	if (unlikely(may_move()))
		report(__builtin_return_address(0));
	return raw_smp_processor_id();
}
