#ifndef _LINUX_PREEMPT_H
#define _LINUX_PREEMPT_H

#include <linux/compiler.h>
#include <linux/percpu.h>

/*
 * What a CPU is in the middle of, as one number:
 *
 *    bits  0..7   preempt_disable() depth; spin locks raise it too
 *          8..15  softirqs: running, or disabled by bottom-half locks
 *         16..19  hardirq depth
 *         20..23  NMI depth
 *             31  0: a reschedule is wanted; preempt_count() leaves it out
 *
 * The number belongs to the CPU, not to the thread: at a switch it has the
 * same value for both.
 */
#define PREEMPT_BITS 8
#define SOFTIRQ_BITS 8
#define HARDIRQ_BITS 4
#define NMI_BITS 4

#define PREEMPT_SHIFT 0
#define SOFTIRQ_SHIFT (PREEMPT_SHIFT + PREEMPT_BITS)
#define HARDIRQ_SHIFT (SOFTIRQ_SHIFT + SOFTIRQ_BITS)
#define NMI_SHIFT (HARDIRQ_SHIFT + HARDIRQ_BITS)

#define __IRQ_MASK(bits) ((1UL << (bits)) - 1)
#define PREEMPT_MASK (__IRQ_MASK(PREEMPT_BITS) << PREEMPT_SHIFT)
#define SOFTIRQ_MASK (__IRQ_MASK(SOFTIRQ_BITS) << SOFTIRQ_SHIFT)
#define HARDIRQ_MASK (__IRQ_MASK(HARDIRQ_BITS) << HARDIRQ_SHIFT)
#define NMI_MASK (__IRQ_MASK(NMI_BITS) << NMI_SHIFT)

#define PREEMPT_OFFSET (1UL << PREEMPT_SHIFT)
#define SOFTIRQ_OFFSET (1UL << SOFTIRQ_SHIFT)
#define HARDIRQ_OFFSET (1UL << HARDIRQ_SHIFT)
#define NMI_OFFSET (1UL << NMI_SHIFT)
#define SOFTIRQ_DISABLE_OFFSET (2 * SOFTIRQ_OFFSET)

#include <asm/preempt.h>

/* kernel/sched/core.c: gives the CPU to a thread that should have it more. */
void preempt_schedule(void);
void preempt_schedule_irq(void);

#define preempt_count_add(val) __preempt_count_add(val)
#define preempt_count_sub(val) __preempt_count_sub(val)
#define preempt_count_inc() preempt_count_add(1)
#define preempt_count_dec() preempt_count_sub(1)

/* Until preempt_enable() this CPU stays with the caller. Any context. */
static __always_inline void preempt_disable(void)
{
	__preempt_count_add(PREEMPT_OFFSET);
}

static __always_inline void preempt_enable_no_resched(void)
{
	__preempt_count_sub(PREEMPT_OFFSET);
}

static __always_inline void preempt_enable(void)
{
	barrier();
	if (unlikely(__preempt_count_dec_and_test()))
		__preempt_schedule();
}

/* Behind a wake-up that was made where it could not preempt. */
static __always_inline void preempt_check_resched(void)
{
	if (unlikely(should_resched(0)))
		__preempt_schedule();
}

#define sched_preempt_enable_no_resched() preempt_enable_no_resched()
#define preempt_disable_notrace() preempt_disable()
#define preempt_enable_notrace() preempt_enable()
#define preempt_enable_no_resched_notrace() preempt_enable_no_resched()
#define preemptible() (preempt_count() == 0 && !irqs_disabled())

#define hardirq_count() (preempt_count() & HARDIRQ_MASK)
#define softirq_count() (preempt_count() & SOFTIRQ_MASK)
#define nmi_count() (preempt_count() & NMI_MASK)
#define irq_count() \
	(preempt_count() & (NMI_MASK | HARDIRQ_MASK | SOFTIRQ_MASK))

#define in_nmi() (nmi_count())
#define in_hardirq() (hardirq_count())
#define in_irq() (hardirq_count())
#define in_softirq() (softirq_count())
#define in_serving_softirq() (softirq_count() & SOFTIRQ_OFFSET)
#define in_interrupt() (irq_count())
#define in_task() (!(preempt_count() & \
		(NMI_MASK | HARDIRQ_MASK | SOFTIRQ_OFFSET)))
/* Where sleeping is forbidden, apart from disabled interrupts. */
#define in_atomic() (preempt_count() != 0)

/* The entry code brackets a device interrupt with these. */
#define __irq_enter() __preempt_count_add(HARDIRQ_OFFSET)
#define __irq_exit() __preempt_count_sub(HARDIRQ_OFFSET)

#endif
