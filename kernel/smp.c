/* SPDX-License-Identifier: MIT */
/*
 * kernel/smp.c - work that one CPU asks others to do
 *
 *	caller               request (csd)            other CPU
 *	lock the csd  -----> [ func info flags ]
 *	push it on the CPU's queue
 *	queue was empty: interrupt --------------->   take the whole queue
 *	wait, if asked to <- flags: 0  <----------    call func(info)
 *
 * A csd is locked from before it is pushed until its CPU has no more use for
 * it. Where the caller waits that is after func; the csd then lies in the
 * caller's stack, or is one of the caller's CPU, which has one for each other.
 * Where it does not wait, the csd is unlocked before func runs, and the next
 * caller on that CPU may use it.
 *
 *  C1  who pushes on an empty queue sends the interrupt; who finds it not
 *      empty relies on the one that did. The handler takes all at once, so
 *      nothing is left behind.
 *  C2  a CPU with interrupts on answers. Hence nobody waits with interrupts
 *      off, or in a handler, of which an answer could have to wait.
 *
 * Debug builds count how long is waited, and have the CPU that does not
 * answer say by NMI where it is.
 *
 * Differs from Linux: one kind of request; the caller's own function runs
 * after the others were asked. (kernel/smp.c)
 */
#include <linux/smp.h>

#include <asm/processor.h>
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/timekeeping.h>

#define CSD_LOCK 1u
#define CSD_WAIT 2u /* the caller waits for func to be done */

struct call_function_data {
	call_single_data_t __percpu *csd; /* the one of who is asked */
	struct cpumask asked, interrupt;
};

unsigned int nr_cpu_ids = 1;

static DEFINE_PER_CPU_ALIGNED(struct llist_head, call_single_queue);
static DEFINE_PER_CPU(call_single_data_t, csd_data);
static DEFINE_PER_CPU(struct call_function_data, cfd_data);

/* ---------------------------------------------------------- locking a csd */

static void csd_lock_wait(call_single_data_t *csd, int cpu)
{
	struct hang_watch watch = { 0 };

	while (smp_load_acquire(&csd->flags) & CSD_LOCK) {
		cpu_relax();
		if (IS_ENABLED(CONFIG_DEBUG) && hang_watch_expired(&watch))
			report_silent_cpu(cpu, csd->func);
	}
}

static void csd_lock(call_single_data_t *csd, int cpu)
{
	csd_lock_wait(csd, cpu);
	csd->flags = CSD_LOCK;
	smp_wmb();
}

static void csd_unlock(call_single_data_t *csd)
{
	smp_store_release(&csd->flags, 0u);
}

/* ---------------------------------------------------------- being asked */

void generic_smp_call_function_interrupt(void)
{
	struct llist_head *queue = this_cpu_ptr(&call_single_queue);
	struct llist_node *first = llist_reverse_order(llist_del_all(queue));
	call_single_data_t *csd, *next;

	llist_for_each_entry_safe(csd, next, first, llist) {
		smp_call_func_t func = csd->func;
		void *info = csd->info;

		if (csd->flags & CSD_WAIT) {
			func(info);
			csd_unlock(csd);
		} else {
			csd_unlock(csd);
			func(info);
		}
	}
}

/* ---------------------------------------------------------------- asking */

/* True if the CPU must be interrupted: C1. */
static bool push(int cpu, call_single_data_t *csd)
{
	return llist_add(&csd->llist, &per_cpu(call_single_queue, cpu));
}

static void call_here(smp_call_func_t func, void *info)
{
	unsigned long flags;

	local_irq_save(flags);
	func(info);
	local_irq_restore(flags);
}

/* C2. A panic may find the caller in any state. */
static void check_caller(void)
{
	if (num_online_cpus() > 1 && !oops_in_progress)
		WARN(irqs_disabled() || !in_task(),
		     "waiting for other CPUs with interrupts off or in a handler\n");
}

static int ask_one(int cpu, call_single_data_t *csd)
{
	if (!cpu_online(cpu)) {
		csd_unlock(csd);
		return -ENXIO;
	}
	if (push(cpu, csd))
		arch_send_call_function_single_ipi(cpu);
	return 0;
}

int smp_call_function_single(int cpu, smp_call_func_t func, void *info,
			     int wait)
{
	call_single_data_t on_stack = { .flags = 0 }, *csd = &on_stack;
	int err = 0;

	check_caller();
	preempt_disable();
	if (cpu == smp_processor_id()) {
		call_here(func, info);
		goto out;
	}
	if (!wait)
		csd = this_cpu_ptr(&csd_data);
	csd_lock(csd, cpu);
	if (wait)
		csd->flags |= CSD_WAIT;
	csd->func = func;
	csd->info = info;
	err = (unsigned int)cpu < nr_cpu_ids ? ask_one(cpu, csd) : -ENXIO;
	if (!err && wait)
		csd_lock_wait(csd, cpu);
out:
	preempt_enable();
	return err;
}

int smp_call_function_single_async(int cpu, call_single_data_t *csd)
{
	int err;

	preempt_disable();
	if (cmpxchg(&csd->flags, 0u, CSD_LOCK)) {
		err = -EBUSY;
	} else if (cpu == smp_processor_id()) {
		csd_unlock(csd);
		call_here(csd->func, csd->info);
		err = 0;
	} else {
		err = ask_one(cpu, csd);
	}
	preempt_enable();
	return err;
}

int smp_call_function_any(const struct cpumask *mask, smp_call_func_t func,
			  void *info, int wait)
{
	unsigned int cpu;
	int err;

	preempt_disable();
	cpu = smp_processor_id();
	if (!cpumask_test_cpu(cpu, mask))
		cpu = cpumask_any_and(mask, cpu_online_mask);
	err = cpu < nr_cpu_ids ?
		      smp_call_function_single(cpu, func, info, wait) :
		      -ENXIO;
	preempt_enable();
	return err;
}

/* The CPUs of mask that are to be asked; none: false. */
static bool choose(struct call_function_data *cfd, const struct cpumask *mask,
		   smp_cond_func_t cond, void *info)
{
	int cpu;

	cpumask_and(&cfd->asked, mask, cpu_online_mask);
	__cpumask_clear_cpu(smp_processor_id(), &cfd->asked);
	if (!cond)
		return !cpumask_empty(&cfd->asked);
	for_each_cpu(cpu, &cfd->asked)
		if (!cond(cpu, info))
			__cpumask_clear_cpu(cpu, &cfd->asked);
	return !cpumask_empty(&cfd->asked);
}

static void ask_many(struct call_function_data *cfd, smp_call_func_t func,
		     void *info, bool wait)
{
	int cpu;

	cpumask_clear(&cfd->interrupt);
	for_each_cpu(cpu, &cfd->asked) {
		call_single_data_t *csd = per_cpu_ptr(cfd->csd, cpu);

		csd_lock(csd, cpu);
		if (wait)
			csd->flags |= CSD_WAIT;
		csd->func = func;
		csd->info = info;
		if (push(cpu, csd))
			__cpumask_set_cpu(cpu, &cfd->interrupt);
	}
	arch_send_call_function_ipi_mask(&cfd->interrupt);
}

static void wait_for_many(struct call_function_data *cfd)
{
	int cpu;

	for_each_cpu(cpu, &cfd->asked)
		csd_lock_wait(per_cpu_ptr(cfd->csd, cpu), cpu);
}

void smp_call_function_many(const struct cpumask *mask, smp_call_func_t func,
			    void *info, bool wait)
{
	struct call_function_data *cfd = this_cpu_ptr(&cfd_data);

	if (!choose(cfd, mask, NULL, NULL))
		return;
	check_caller();
	ask_many(cfd, func, info, wait);
	if (wait)
		wait_for_many(cfd);
}

void smp_call_function(smp_call_func_t func, void *info, int wait)
{
	preempt_disable();
	smp_call_function_many(cpu_online_mask, func, info, wait);
	preempt_enable();
}

void on_each_cpu_cond_mask(smp_cond_func_t cond, smp_call_func_t func,
			   void *info, bool wait, const struct cpumask *mask)
{
	struct call_function_data *cfd;
	bool asked;
	int cpu;

	preempt_disable();
	cpu = smp_processor_id();
	cfd = this_cpu_ptr(&cfd_data);
	check_caller();
	asked = choose(cfd, mask, cond, info);
	if (asked)
		ask_many(cfd, func, info, wait);
	if (cpumask_test_cpu(cpu, mask) && (!cond || cond(cpu, info)))
		call_here(func, info);
	if (asked && wait)
		wait_for_many(cfd);
	preempt_enable();
}

static void nothing(void *unused)
{
}

void kick_all_cpus_sync(void)
{
	smp_mb();
	smp_call_function(nothing, NULL, 1);
}

/* Before the second CPU is there, nobody is asked. */
static int __init call_function_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		call_single_data_t __percpu *csd =
			alloc_percpu(call_single_data_t);

		if (!csd)
			panic("no memory for requests of CPU %u", cpu);
		per_cpu(cfd_data, cpu).csd = csd;
	}
	return 0;
}
early_initcall(call_function_init);
