/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H

#include <linux/bottom_half.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/hardirq.h>
#include <linux/irqflags.h>
#include <linux/irqreturn.h>
#include <linux/types.h>

struct cpumask;

/*
 * Interrupts of devices. docs/contexts.md tells what a handler may call.
 *
 * IRQF_SHARED: others may use the line too, if they say so as well. Of the
 * triggers the 8259 takes what the board wired, so those are only accepted.
 */
#define IRQF_TRIGGER_NONE 0x0
#define IRQF_TRIGGER_RISING 0x1
#define IRQF_TRIGGER_FALLING 0x2
#define IRQF_TRIGGER_HIGH 0x4
#define IRQF_TRIGGER_LOW 0x8
#define IRQF_SHARED 0x80
#define __IRQF_TIMER 0x200
#define IRQF_PERCPU 0x400
#define IRQF_NOBALANCING 0x800
#define IRQF_NO_SUSPEND 0x4000
#define IRQF_NO_THREAD 0x10000
#define IRQF_NO_AUTOEN 0x80000
#define IRQF_TIMER (__IRQF_TIMER | IRQF_NO_SUSPEND | IRQF_NO_THREAD)

/*
 * Called with interrupts off, in_hardirq(); must not sleep. On a shared line
 * all handlers are called, and one whose device was silent says IRQ_NONE.
 */
typedef irqreturn_t (*irq_handler_t)(int irq, void *dev_id);

/*
 * Calls handler(irq, dev) at each interrupt of the line from now on. dev
 * tells the users of a shared line apart and must not be NULL there. May
 * sleep. Returns 0; -EINVAL: no such line, no handler, or shared without dev;
 * -EBUSY: someone has the line and not both want to share; -ENOMEM; -ENOSPC:
 * all vectors are taken.
 */
int __must_check request_irq(unsigned int irq, irq_handler_t handler,
			     unsigned long flags, const char *name, void *dev);

/*
 * Ends what request_irq() with the same dev began; the handler does not run
 * any more when this returns. May sleep. Returns the name that was given, or
 * NULL, with a report, if there is no such user.
 */
const void *free_irq(unsigned int irq, void *dev_id);

/*
 * Keeps a line quiet, and ends that; nests. Any context. An interrupt that
 * comes meanwhile arrives afterwards.
 */
void disable_irq_nosync(unsigned int irq);
void enable_irq(unsigned int irq);

/*
 * Waits until no handler of the line runs on any CPU; disable_irq() does it
 * after disabling. Not while holding a lock that a handler of the line takes;
 * inside of a handler it does not wait, as that would be for ever.
 */
void synchronize_irq(unsigned int irq);
void disable_irq(unsigned int irq);

/*
 * Lets the line interrupt one of these CPUs from now on; an interrupt that is
 * on its way may still arrive where it went before. Any context. Returns 0;
 * -EINVAL: none of them is online, or the controller knows only one CPU.
 */
int irq_set_affinity(unsigned int irq, const struct cpumask *cpumask);

/*
 * Softirqs: work that an interrupt leaves for when interrupts are on again.
 * It runs when the handler is done, before what was interrupted goes on.
 */
enum {
	HI_SOFTIRQ,
	TIMER_SOFTIRQ,
	NET_TX_SOFTIRQ,
	NET_RX_SOFTIRQ,
	BLOCK_SOFTIRQ,
	IRQ_POLL_SOFTIRQ,
	TASKLET_SOFTIRQ,
	SCHED_SOFTIRQ,
	HRTIMER_SOFTIRQ,
	RCU_SOFTIRQ,
	NR_SOFTIRQS
};

struct softirq_action {
	void (*action)(struct softirq_action *h);
};

/* Gives a softirq its function, at boot. It must not sleep. */
void open_softirq(int nr, void (*action)(struct softirq_action *h));

/*
 * Asks for a softirq to run once. Any context; the second form is for who has
 * interrupts off. From process context with interrupts on it runs at once.
 */
void raise_softirq(unsigned int nr);
void raise_softirq_irqoff(unsigned int nr);

/* Those raised and not yet run, a bit each. */
u32 local_softirq_pending(void);

/* Runs what is pending, unless in_interrupt(). Interrupts on. */
void do_softirq(void);

/* For the machine's part: the work of do_softirq(), on the stack it chose. */
void __do_softirq(void);

/*
 * Tasklets: functions called once by a softirq for each time, or several
 * times, that they are scheduled; never while they run already.
 */
struct tasklet_struct {
	struct tasklet_struct *next; /* in its list, while scheduled */
	unsigned long state;         /* TASKLET_STATE_* bits */
	int count;                   /* tasklet_disable() calls to undo */
	bool use_callback;
	union {
		void (*func)(unsigned long data);
		void (*callback)(struct tasklet_struct *t);
	};
	unsigned long data;
};

enum {
	TASKLET_STATE_SCHED, /* in a list */
	TASKLET_STATE_RUN,
};

#define __TASKLET(_callback, _count) \
	{ .count = (_count), .callback = (_callback), .use_callback = true }
#define DECLARE_TASKLET(name, _callback) \
	struct tasklet_struct name = __TASKLET(_callback, 0)
#define DECLARE_TASKLET_DISABLED(name, _callback) \
	struct tasklet_struct name = __TASKLET(_callback, 1)
#define from_tasklet(var, callback_tasklet, field) \
	container_of(callback_tasklet, typeof(*(var)), field)

/* Make one that is not scheduled. Any context. */
void tasklet_setup(struct tasklet_struct *t,
		   void (*callback)(struct tasklet_struct *t));
void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long data),
		  unsigned long data);

/* Run it soon; the second form: before the others. Any context. */
void tasklet_schedule(struct tasklet_struct *t);
void tasklet_hi_schedule(struct tasklet_struct *t);

/* Between the two it does not run, but stays scheduled. Nests. */
void tasklet_disable(struct tasklet_struct *t);
void tasklet_enable(struct tasklet_struct *t);

/* Neither scheduled nor running when this returns. Process context. */
void tasklet_kill(struct tasklet_struct *t);

#endif
