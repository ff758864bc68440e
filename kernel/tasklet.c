// SPDX-License-Identifier: MIT
/*
 * tasklet.c - functions that a softirq calls once
 *
 *	tasklet_schedule(t) --> list of this CPU --TASKLET_SOFTIRQ--> func()
 *
 * K1  A tasklet is in one list exactly while its SCHED bit is set; it leaves
 *     the list before its function runs, which may thus schedule it again.
 * K2  A disabled one stays in its list; enabling it raises the softirq.
 *
 * Lock: none; the lists are the CPU's own and change with interrupts off.
 *
 * Differs from Linux: a disabled tasklet does not keep the softirq busy, and
 * tasklet_kill() takes a scheduled one out instead of waiting for it to run.
 * (kernel/softirq.c)
 */
#include <linux/interrupt.h>

#include <linux/bits.h>
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/percpu.h>

static DEFINE_PER_CPU(struct tasklet_struct *, tasklets);
static DEFINE_PER_CPU(struct tasklet_struct *, hi_tasklets);

void tasklet_setup(struct tasklet_struct *t,
		   void (*callback)(struct tasklet_struct *t))
{
	*t = (struct tasklet_struct)__TASKLET(callback, 0);
}

void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long data),
		  unsigned long data)
{
	*t = (struct tasklet_struct){ .func = func, .data = data };
}

static void schedule_in(struct tasklet_struct **list, struct tasklet_struct *t,
			unsigned int softirq)
{
	unsigned long flags;

	local_irq_save(flags);
	if (!(t->state & BIT(TASKLET_STATE_SCHED))) {
		t->state |= BIT(TASKLET_STATE_SCHED); /* K1 */
		t->next = NULL;
		while (*list)
			list = &(*list)->next;
		*list = t;
		raise_softirq_irqoff(softirq);
	}
	local_irq_restore(flags);
	if (!irqs_disabled())
		do_softirq();
}

void tasklet_schedule(struct tasklet_struct *t)
{
	schedule_in(this_cpu_ptr(&tasklets), t, TASKLET_SOFTIRQ);
}

void tasklet_hi_schedule(struct tasklet_struct *t)
{
	schedule_in(this_cpu_ptr(&hi_tasklets), t, HI_SOFTIRQ);
}

void tasklet_disable(struct tasklet_struct *t)
{
	unsigned long flags;

	local_irq_save(flags);
	t->count++;
	local_irq_restore(flags);
}

void tasklet_enable(struct tasklet_struct *t)
{
	unsigned long flags;

	local_irq_save(flags);
	if (!WARN(!t->count, "tasklet_enable: it is not disabled\n"))
		t->count--;
	if (!t->count && t->state & BIT(TASKLET_STATE_SCHED)) { /* K2 */
		raise_softirq_irqoff(HI_SOFTIRQ);
		raise_softirq_irqoff(TASKLET_SOFTIRQ);
	}
	local_irq_restore(flags);
	if (!irqs_disabled())
		do_softirq();
}

/* Interrupts off. Takes t out, if it is there. */
static bool unlink(struct tasklet_struct **list, struct tasklet_struct *t)
{
	while (*list && *list != t)
		list = &(*list)->next;
	if (!*list)
		return false;
	*list = t->next;
	t->state &= ~BIT(TASKLET_STATE_SCHED);
	return true;
}

void tasklet_kill(struct tasklet_struct *t)
{
	unsigned long flags;

	WARN(in_interrupt(), "tasklet_kill: not in an interrupt\n");
	local_irq_save(flags);
	if (!unlink(this_cpu_ptr(&tasklets), t))
		unlink(this_cpu_ptr(&hi_tasklets), t);
	local_irq_restore(flags);
}

/* The first that may run, taken out of the list; NULL: none. */
static struct tasklet_struct *take_next(struct tasklet_struct **list)
{
	struct tasklet_struct *t;

	for (t = *list; t; t = t->next)
		if (!t->count && unlink(list, t))
			break;
	return t;
}

/* As many as were there: one that schedules itself waits for another round. */
static void run_list(struct tasklet_struct **list)
{
	struct tasklet_struct *t;
	unsigned int left = 0;

	local_irq_disable();
	for (t = *list; t; t = t->next)
		left++;
	while (left-- && (t = take_next(list))) {
		t->state |= BIT(TASKLET_STATE_RUN);
		local_irq_enable();
		if (t->use_callback)
			t->callback(t);
		else
			t->func(t->data);
		local_irq_disable();
		t->state &= ~BIT(TASKLET_STATE_RUN);
	}
	local_irq_enable();
}

static void tasklet_action(struct softirq_action *h)
{
	run_list(this_cpu_ptr(&tasklets));
}

static void tasklet_hi_action(struct softirq_action *h)
{
	run_list(this_cpu_ptr(&hi_tasklets));
}

static int __init tasklets_init(void)
{
	open_softirq(TASKLET_SOFTIRQ, tasklet_action);
	open_softirq(HI_SOFTIRQ, tasklet_hi_action);
	return 0;
}
early_initcall(tasklets_init);
