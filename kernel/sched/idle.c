// SPDX-License-Identifier: MIT
/*
 * idle.c - what a CPU does when no thread wants it
 *
 * The idle thread is the only one that is in no run queue: it is what
 * pick_next_task() returns when the queue is empty. It halts the CPU until
 * an interrupt comes, and gives way as soon as that has woken a thread.
 *
 * Interrupts are off from the look at need_resched() to the halt, and
 * enabled by the instruction before it, whose effect is put off by one
 * [SDM2 STI]: an interrupt cannot get between the look and the halt.
 *
 * Differs from Linux: one way of being idle. (kernel/sched/idle.c)
 */
#include "internal.h"

#include <linux/irqflags.h>
#include <linux/rcupdate.h>
#include <linux/stackprotector.h>

struct task_struct init_task = {
	.__state = TASK_RUNNING,
	.usage = REFCOUNT_INIT(2),
	.flags = PF_IDLE | PF_KTHREAD,
	.on_cpu = 1,
	.prio = MAX_PRIO,
	.static_prio = DEFAULT_PRIO,
	.pi_lock = __RAW_SPIN_LOCK_UNLOCKED(init_task.pi_lock),
	.tasks = LIST_HEAD_INIT(init_task.tasks),
	.comm = "swapper/0",
};

void init_idle(struct task_struct *idle, int cpu)
{
	struct rq *rq = cpu_rq(cpu);

	idle->__state = TASK_RUNNING;
	idle->flags |= PF_IDLE;
	idle->prio = MAX_PRIO;
	idle->cpu = cpu;
	idle->on_cpu = 1;
	idle->nr_cpus_allowed = 1;
	cpumask_clear(&idle->cpus_mask);
	cpumask_set_cpu(cpu, &idle->cpus_mask);
	rq->idle = idle;
	rq->curr = idle;
	per_cpu(current_task, cpu) = idle;
	cpu_init_stack_canary(cpu, idle);
}

struct task_struct *idle_task(int cpu)
{
	return cpu_rq(cpu)->idle;
}

static void idle_halt(void)
{
	local_irq_disable();
	if (!need_resched()) {
		rcu_idle_enter();
		safe_halt();
		local_irq_disable();
		rcu_idle_exit();
	}
	local_irq_enable();
}

void __noreturn cpu_startup_entry(void)
{
	preempt_disable();
	for (;;) {
		schedule_preempt_disabled(); /* at first: marks it as idle */
		while (!need_resched())
			idle_halt();
	}
}
