// SPDX-License-Identifier: MIT
/*
 * What contexts cost: a switch, a lock that is free, a wake-up, a thread, and
 * a word with another CPU.
 *
 * Two threads that take turns run on one CPU, or their turns would depend on
 * which CPU looks first. Where another CPU answers, the figure counts what
 * both execute, the waiting too: the emulator runs one CPU at a time and
 * passes on at each pause or halt, so it is as exact as the others.
 */
#include "on_cpus.h"

#include <asm/tlbflush.h>
#include <linux/gfp.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>

#include "../kernel/until_stopped.h"

static bool stop;
static DECLARE_COMPLETION(ping);
static DECLARE_COMPLETION(pong);

/* A partner on this CPU, where the caller then stays as well; or NULL. */
static struct task_struct *partner_start(struct bench *b, int (*fn)(void *))
{
	struct task_struct *p;
	int cpu = raw_smp_processor_id();

	stop = false;
	set_cpus_allowed_ptr(current, cpumask_of(cpu));
	p = kthread_create(fn, NULL, "partner");
	if (IS_ERR(p)) {
		bench_skip(b, "no memory for a thread");
		return NULL;
	}
	kthread_bind(p, cpu);
	wake_up_process(p);
	return p;
}

static void partner_stop(struct task_struct *p)
{
	stop = true;
	kthread_stop(p);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static int yields(void *unused)
{
	while (!READ_ONCE(stop))
		yield();
	while (!kthread_should_stop())
		yield();
	return 0;
}

/* From one thread to another, by yield(): there and back are two. */
BENCH(context_switch, 100000)
{
	struct task_struct *p = partner_start(b, yields);
	unsigned long i;

	if (!p)
		return;
	bench_start(b, NULL, b->iterations);
	for (i = 0; i < b->iterations / 2; i++)
		yield();
	bench_stop(b);
	partner_stop(p);
}

static int answers(void *unused)
{
	for (;;) {
		wait_for_completion(&ping);
		if (READ_ONCE(stop))
			break;
		complete(&pong);
	}
	while (!kthread_should_stop())
		yield();
	return 0;
}

/* Wake another thread, sleep, be woken by it: two wake-ups, two switches. */
BENCH(wake_up_round_trip, 50000)
{
	struct task_struct *p = partner_start(b, answers);

	if (!p)
		return;
	bench_loop(b) {
		complete(&ping);
		wait_for_completion(&pong);
	}
	stop = true;
	complete(&ping);
	partner_stop(p);
}

/* A thread's whole life: created, run, told to stop, taken apart. */
BENCH(kthread_create_stop, 2000)
{
	struct task_struct *p;

	bench_loop(b) {
		p = kthread_run(sleep_until_stopped, NULL, "short");
		if (!IS_ERR(p))
			kthread_stop(p);
	}
}

BENCH(spinlock_pair, 200000)
{
	static DEFINE_SPINLOCK(lock);

	bench_loop(b) {
		spin_lock(&lock);
		spin_unlock(&lock);
	}
}

BENCH(spinlock_irqsave_pair, 200000)
{
	static DEFINE_SPINLOCK(lock);
	unsigned long flags;

	bench_loop(b) {
		spin_lock_irqsave(&lock, flags);
		spin_unlock_irqrestore(&lock, flags);
	}
}

BENCH(mutex_pair, 200000)
{
	static DEFINE_MUTEX(lock);

	bench_loop(b) {
		mutex_lock(&lock);
		mutex_unlock(&lock);
	}
}

static void nothing(void *unused)
{
}

/* Another CPU is interrupted, calls a function, and says so. */
BENCH(ipi_round_trip, 20000)
{
	int other;

	if (!has_cpus(b, 2))
		return;
	set_cpus_allowed_ptr(current, cpumask_of(0));
	other = 1;
	bench_loop(b)
		smp_call_function_single(other, nothing, NULL, 1);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

/* A page that every CPU has to forget: arg is how many others there are. */
static void tlb_shootdown(struct bench *b)
{
	unsigned long page;

	if (!has_cpus(b, b->arg + 1))
		return;
	page = (unsigned long)vmalloc(PAGE_SIZE);
	if (!page) {
		bench_skip(b, "no memory");
		return;
	}
	set_cpus_allowed_ptr(current, cpumask_of(0));
	bench_loop(b)
		flush_tlb_kernel_range(page, page + PAGE_SIZE);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
	vfree((void *)page);
}
BENCH_ARG(tlb_shootdown_1, 20000, tlb_shootdown, 1);
BENCH_ARG(tlb_shootdown_3, 20000, tlb_shootdown, 3);

/* ---- all CPUs at once, each at its own work ----------------------------- */

static unsigned long pairs_each;

static int page_pairs(void *unused)
{
	unsigned long i;

	for (i = 0; i < pairs_each; i++)
		__free_page(alloc_page(GFP_KERNEL));
	one_more_done();
	return 0;
}

static int kmalloc_pairs(void *unused)
{
	unsigned long i;

	for (i = 0; i < pairs_each; i++)
		kfree(kmalloc(64, GFP_KERNEL));
	one_more_done();
	return 0;
}

/*
 * A thread on each of nr CPUs: what a pair costs, all that the others execute
 * included. It is what one CPU alone pays, unless they wait for each other.
 */
static void on_cpus(struct bench *b, unsigned int nr, int (*fn)(void *))
{
	if (!has_cpus(b, nr))
		return;
	pairs_each = b->iterations / nr;
	bench_start(b, NULL, b->iterations);
	run_on_cpus(b, nr, fn);
	bench_stop(b);
}

static void page_pair_cpus(struct bench *b)
{
	on_cpus(b, b->arg, page_pairs);
}
BENCH_ARG(page_pair_2_cpus, 200000, page_pair_cpus, 2);
BENCH_ARG(page_pair_4_cpus, 200000, page_pair_cpus, 4);
BENCH_ARG(page_pair_8_cpus, 200000, page_pair_cpus, 8);

static void kmalloc_pair_cpus(struct bench *b)
{
	on_cpus(b, b->arg, kmalloc_pairs);
}
BENCH_ARG(kmalloc_pair_2_cpus, 200000, kmalloc_pair_cpus, 2);
BENCH_ARG(kmalloc_pair_4_cpus, 200000, kmalloc_pair_cpus, 4);
BENCH_ARG(kmalloc_pair_8_cpus, 200000, kmalloc_pair_cpus, 8);
