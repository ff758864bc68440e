// SPDX-License-Identifier: MIT
/*
 * kmemleak_hold.c - everything stands still, and where the search begins
 *
 * Who looks for pointers while they move finds objects that nothing leads to,
 * though a register does. So each other CPU is interrupted and kept in its
 * handler, and writes down which parts of its stacks are in use:
 *
 *	scanning CPU                        every other CPU
 *	slab_mutex, lock of the areas
 *	ask all: hold_cpu()  ------------>  registers are on the stack now
 *	wait until all are held  <--------  spans: here .. end of this stack,
 *	interrupts off                        the stack below it, ...
 *	mark                                (interrupts off, waits)
 *	released  ----------------------->  goes on
 *
 * A CPU that is held had interrupts on, so it holds no lock that is taken
 * with interrupts off: the slabs, the threads and the frames are whole. The
 * locks that are taken with interrupts on are taken before: H1. Should a CPU
 * with interrupts off wait for a lock of one that is held already, it would
 * never answer; so all are let go after a while, and held again: H2.
 *
 * The roots, from which everything that is wanted can be reached:
 *
 *	data, bss           but for the boot stack, which is a stack
 *	per-CPU data        of every possible CPU, static or from alloc_percpu()
 *	stacks              of each thread from its stack pointer on, as what
 *	                    lies below is old; its registers are on top
 *	struct page         of frames in use, but those of slabs, whose words
 *	                    belong to the allocator
 *	the allocators      structs of caches; arrays of pages of areas
 *
 * Lock: as H1. Cost: one look at each word, some 15 instructions if it can
 * be an address, while nobody else runs: a few milliseconds for each MiB.
 *
 * Differs from Linux: there the others go on, so that what is found is looked
 * at again after seconds, and whole stacks are searched; here one look is
 * exact, but for words that only look like pointers. (mm/kmemleak.c)
 */
#include "kmemleak.h"

#include <asm/processor.h>
#include <asm/sections.h>
#include <asm/setjmp.h>
#include <asm/stacktrace.h>
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/irqflags.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/timekeeping.h>

#include "percpu.h"
#include "slab.h"
#include "vmap.h"

#define HOLD_NSECS	200000000ULL	/* H2: for one try */
#define HOLD_TRIES	10

/* At most: hardirq, softirq, thread. */
#define STACKS		3

/* What a CPU wrote down before it stood still. */
struct held_cpu {
	const struct task_struct *task;
	unsigned int nr;
	struct leak_span span[STACKS];
};

static DEFINE_PER_CPU(struct held_cpu, held_cpus);
static atomic_t nr_held;
static unsigned int holding;	/* number of the try; 0: everybody goes on */
static unsigned int last_try;
static unsigned long irqflags;

/* ----------------------------------------------------------------- holding */

/* The stacks in use, from the caller's frame on. */
static noinline void note_stacks(void)
{
	unsigned long sp = (unsigned long)__builtin_frame_address(0);
	struct held_cpu *held = this_cpu_ptr(&held_cpus);
	struct stack_info info;

	held->task = current;
	held->nr = 0;
	while (held->nr < STACKS && sp && get_stack_info(sp, current, &info)) {
		held->span[held->nr++] = (struct leak_span){
			max(sp, info.begin), info.end,
		};
		sp = info.next_sp;
	}
}

/* All registers that a caller may still need go into this frame. */
static noinline void note_self(void)
{
	jmp_buf registers;

	(void)setjmp(registers);
	note_stacks();
}

/* In the interrupt by which each other CPU is asked. */
static void hold_cpu(void *arg)
{
	unsigned int try = (unsigned long)arg;

	if (smp_load_acquire(&holding) != try)
		return; /* too late: that try is over */
	note_self();
	atomic_inc(&nr_held);
	while (smp_load_acquire(&holding) == try)
		cpu_relax();
	atomic_dec(&nr_held);
}

static bool all_held(void)
{
	u64 since = ktime_get_ns();
	int others = num_online_cpus() - 1;

	while (atomic_read(&nr_held) < others) {
		if (ktime_get_ns() - since > HOLD_NSECS)
			return false;
		cpu_relax();
	}
	return true;
}

static void let_go(void)
{
	smp_store_release(&holding, 0);
	while (atomic_read(&nr_held))
		cpu_relax();
}

static bool try_hold(void)
{
	smp_store_release(&holding, ++last_try);
	smp_call_function(hold_cpu, (void *)(unsigned long)last_try, 0);
	if (all_held())
		return true;
	let_go();
	return false;
}

bool leak_hold(void)
{
	unsigned int tries;

	mutex_lock(&slab_mutex);
	for (tries = 0; tries < HOLD_TRIES; tries++) {
		vmap_areas_lock(); /* H1 */
		if (try_hold()) {
			local_irq_save(irqflags);
			note_self();
			return true;
		}
		vmap_areas_unlock();
	}
	mutex_unlock(&slab_mutex);
	return false;
}

void leak_forget_own_stack(void)
{
	this_cpu_ptr(&held_cpus)->nr = 0;
}

/* What was written down would lead to stacks in the next search. */
static void forget_stacks(void)
{
	int cpu;

	for_each_possible_cpu(cpu)
		memset(&per_cpu(held_cpus, cpu), 0, sizeof(struct held_cpu));
}

void leak_release(void)
{
	forget_stacks();
	local_irq_restore(irqflags);
	let_go();
	vmap_areas_unlock();
	mutex_unlock(&slab_mutex);
}

/* ------------------------------------------------------------------- roots */

/* Parts of the image that are no data: a stack, free objects, own records. */
static void scan_around(unsigned long begin, unsigned long end,
			const struct leak_span *hole, unsigned int nr)
{
	if (begin >= end)
		return;
	if (!nr) {
		leak_scan_range(begin, end);
		return;
	}
	scan_around(begin, min(end, hole->begin), hole + 1, nr - 1);
	scan_around(max(begin, hole->end), end, hole + 1, nr - 1);
}

static void scan_static(struct section_range range)
{
	/* the cache of caches: each is a variable or was made from it */
	struct kmem_cache *first =
		list_last_entry(&slab_caches, struct kmem_cache, list);
	unsigned long stack = (unsigned long)init_task.stack;
	struct leak_span hole[] = {
		/* with its guard page, which is not there */
		{ stack - PAGE_SIZE, stack + THREAD_SIZE },
		{ (unsigned long)first->cpu_cache, (unsigned long)(first + 1) },
		leak_records(),
	};

	scan_around(range.begin, range.end, hole, ARRAY_SIZE(hole));
}

static void scan_held_cpu(const struct held_cpu *held)
{
	unsigned int i;

	for (i = 0; i < held->nr; i++)
		leak_scan_range(held->span[i].begin, held->span[i].end);
}

static bool runs(const struct task_struct *p)
{
	int cpu;

	for_each_online_cpu(cpu)
		if (per_cpu(held_cpus, cpu).task == p)
			return true;
	return false;
}

static void scan_sleeping(const struct task_struct *p)
{
	unsigned long stack = (unsigned long)p->stack, sp = p->thread.sp;

	if (stack && !runs(p) && sp - stack < THREAD_SIZE)
		leak_scan_range(sp, stack + THREAD_SIZE);
}

static void scan_stacks(void)
{
	struct task_struct *p;
	int cpu;

	for_each_online_cpu(cpu) {
		scan_held_cpu(per_cpu_ptr(&held_cpus, cpu));
		scan_sleeping(idle_task(cpu));
	}
	for_each_process(p)
		scan_sleeping(p);
}

/* A frame in use may lead somewhere by its own words. */
static void scan_frames(void)
{
	struct page *page = pfn_to_page(0), *end = page + max_mapnr;

	for (; page < end; page++) {
		if (!page_ref_count(page) || PageSlab(page) ||
		    page->slab_cache == KMALLOC_LARGE_OWNER)
			continue;
		leak_scan_range((unsigned long)&page->lru,
				(unsigned long)&page->_mapcount);
	}
}

void leak_scan_roots(void)
{
	scan_static(kernel_data_range());
	scan_static(kernel_bss_range());
	pcpu_for_each_used(leak_scan_range);
	scan_stacks();
	scan_frames();
	leak_scan_allocators();
}
