/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCUTREE_H
#define _LINUX_RCUTREE_H

#include <linux/percpu.h>
#include <linux/types.h>

/*
 * What the scheduler, the idle loop and the entry of interrupts tell RCU:
 * that this CPU is outside all readers. Included by <linux/rcupdate.h>.
 */
#ifdef CONFIG_SMP

/* Of one CPU; kernel/rcu/tree.c. */
struct rcu_watch {
	unsigned long dynticks;	/* odd: may have readers; even: idle */
	bool idle;		/* the idle loop is between enter and exit */
	bool need_qs;		/* a grace period waits for this CPU */
};

DECLARE_PER_CPU(struct rcu_watch, rcu_watch);

/* This CPU is outside all readers at this moment. IRQs off. */
void rcu_report_qs(void);

/* It has no readers from here to there: "extended quiescent state". */
void rcu_eqs_enter(void);
void rcu_eqs_exit(void);

/* The idle loop, around its halt: no readers in between. IRQs off. */
void rcu_idle_enter(void);
void rcu_idle_exit(void);

/* __schedule() on its way to another thread, or to the same. IRQs off. */
static __always_inline void rcu_note_context_switch(bool preempt)
{
	if (unlikely(this_cpu_read(rcu_watch.need_qs)))
		rcu_report_qs();
}

/* An interrupt of an idle CPU may be a reader. IRQs off. */
static __always_inline void rcu_irq_enter(void)
{
	if (unlikely(this_cpu_read(rcu_watch.idle)))
		rcu_eqs_exit();
}

/* The last interrupt returns to what it found. IRQs off. */
static __always_inline void rcu_irq_exit(void)
{
	if (unlikely(this_cpu_read(rcu_watch.idle)))
		rcu_eqs_enter();
}

/*
 * The tick: user, or not preempt-disabled, is outside all readers. From the
 * tick's interrupt.
 */
void rcu_sched_clock_irq(int user);

/* Is this CPU one that may have readers? For assertions. */
bool rcu_is_watching(void);

#else

static inline void rcu_note_context_switch(bool preempt)
{
}

static inline void rcu_idle_enter(void)
{
}

static inline void rcu_idle_exit(void)
{
}

static inline void rcu_irq_enter(void)
{
}

static inline void rcu_irq_exit(void)
{
}

static inline void rcu_sched_clock_irq(int user)
{
}

static inline bool rcu_is_watching(void)
{
	return true;
}

#endif

#endif
