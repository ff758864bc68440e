// SPDX-License-Identifier: MIT
/*
 * softirq.c - what interrupts leave for later, and how later comes
 *
 *	interrupt:  handler --raise_softirq()--> pending bits
 *	                |
 *	irq_exit()      +-- nothing else interrupted? --> __do_softirq()
 *	                                                  interrupts on
 *	local_bh_enable(), raise_softirq() in process context: the same
 *
 * A handler runs with interrupts off and so should be short. What takes
 * longer it leaves to a softirq: a function known by a small number, that
 * runs with interrupts on, and still before the interrupted code goes on.
 *
 * What is raised while softirqs run is run in another round; after ROUNDS of
 * them it waits for the next interrupt, local_bh_enable() or idle CPU, so that
 * work that raises itself does not keep the interrupted code out for ever.
 *
 * Q1  A softirq is never interrupted by one: those bits of preempt_count say
 *     that one runs, or that process code keeps them off.
 * Q2  The pending bits change only with interrupts off.
 *
 * Differs from Linux: no thread takes over what is left after ROUNDS.
 * (kernel/softirq.c)
 */
#include <linux/interrupt.h>

#include <asm/softirq_stack.h>
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>

#define ROUNDS 10

static struct softirq_action softirq_vec[NR_SOFTIRQS]; /* written at boot */
static DEFINE_PER_CPU(u32, softirq_pending);           /* Q2 */

u32 local_softirq_pending(void)
{
	return this_cpu_read(softirq_pending);
}

void open_softirq(int nr, void (*action)(struct softirq_action *h))
{
	softirq_vec[nr].action = action;
}

/* Calls one, and puts right a preemption count that it has changed. */
static void run_one(struct softirq_action *h)
{
	int before = preempt_count(), after;

	if (WARN(!h->action, "softirq %d has no function\n",
		 (int)(h - softirq_vec)))
		return;
	h->action(h);
	after = preempt_count();
	if (likely(after == before))
		return;
	preempt_count_add(before - after);
	WARN(1, "softirq %pS: preempt_count %x before, %x after\n", h->action,
	     before, after);
}

static void run_round(u32 pending)
{
	struct softirq_action *h;

	for (h = softirq_vec; pending; h++, pending >>= 1)
		if (pending & 1)
			run_one(h);
}

/* Interrupts off on entry and return, on in between. */
void __do_softirq(void)
{
	unsigned int rounds = ROUNDS;
	u32 pending;

	__preempt_count_add(SOFTIRQ_OFFSET); /* Q1 */
	while ((pending = local_softirq_pending()) && rounds--) {
		this_cpu_write(softirq_pending, 0);
		local_irq_enable();
		run_round(pending);
		local_irq_disable();
	}
	__preempt_count_sub(SOFTIRQ_OFFSET);
}

void do_softirq(void)
{
	unsigned long flags;

	if (in_interrupt())
		return;
	local_irq_save(flags);
	if (local_softirq_pending())
		do_softirq_own_stack();
	local_irq_restore(flags);
	preempt_check_resched();
}

void raise_softirq_irqoff(unsigned int nr)
{
	this_cpu_write(softirq_pending, local_softirq_pending() | 1U << nr);
}

void raise_softirq(unsigned int nr)
{
	unsigned long flags;

	local_irq_save(flags);
	raise_softirq_irqoff(nr);
	local_irq_restore(flags);
	if (!irqs_disabled())
		do_softirq();
}

void local_bh_enable(void)
{
	WARN_ONCE(in_hardirq() || irqs_disabled(),
		  "local_bh_enable() with interrupts off\n");
	__preempt_count_sub(SOFTIRQ_DISABLE_OFFSET);
	if (unlikely(local_softirq_pending()) && !irqs_disabled())
		do_softirq();
	preempt_check_resched();
}

void irq_enter(void)
{
	__irq_enter();
	rcu_irq_enter();
}

void irq_exit(void)
{
	__irq_exit();
	if (local_softirq_pending() && !in_interrupt())
		do_softirq_own_stack();
	rcu_irq_exit();
}
