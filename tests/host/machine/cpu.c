/* SPDX-License-Identifier: MIT */
/*
 * tests/host/machine/cpu.c - CPUs that are turns of one thread, and their time
 *
 * A CPU here is a stack pointer, an interrupt flag, a base of per-CPU data, a
 * set of interrupts that wait, and the time of its timer. One of them runs, the
 * others stand at a point where they gave way:
 *
 *	host_relax()       it waits for another one: the next one's turn
 *	host_halt()        it has nothing to do until an interrupt comes
 *	any basic block    its turn is over: the compiler puts a call into each,
 *	                   and how many a turn has is drawn from a seed (seed=N)
 *
 * Where it goes on it takes the interrupts that wait, if they are enabled; so
 * it does when the kernel enables them. Time is a count of nanoseconds: each
 * basic block is some, and so is each point above and each look at the clock.
 * When all CPUs halt it jumps to the first timer. So a run depends on nothing
 * but its arguments, and the same mistake comes again.
 *
 *  H1  host_flags, host_percpu_offset and the TLB are those of CPU here.
 *  H2  a CPU that does not run has its registers on its stack, below sp.
 */
#include "machine.h"

#include <limits.h>
#include <stdio.h>

#define POINT_NSECS 50
#define RELAX_NSECS 500
#define BLOCK_NSECS 2
/* A flush may wait for other CPUs that long. */
#define FLUSH_NSECS 1000000
/* A turn has less than 1, 2, 4, ... of these basic blocks: all as likely. */
#define TURN_SIZES 16

unsigned long host_flags, host_percpu_offset;

static struct host_cpu {
	unsigned long sp; /* H2 */
	unsigned long flags, percpu_offset;
	u32 pending; /* by bit: the vectors from HOST_VECTORS on */
	bool running, halted;
	u64 timer;
} cpus[NR_CPUS] = { { .running = true, .timer = HOST_NEVER } };

static unsigned int here; /* H1 */
static u64 now;
static u32 drawn = 1;
static long turn, blocks_left; /* of basic blocks */

/* ------------------------------------------------------------------- turns */

static void switch_cpu(unsigned int next)
{
	struct host_cpu *from = &cpus[here];

	if (next == here)
		return;
	from->flags = host_flags;
	from->percpu_offset = host_percpu_offset;
	here = next;
	host_flags = cpus[next].flags;
	host_percpu_offset = cpus[next].percpu_offset;
	tlb_use(next);
	host_switch_stack(&from->sp, cpus[next].sp);
}

/* Does it have anything to do? Looks at its timer first. */
static bool can_run(struct host_cpu *cpu)
{
	if (!cpu->running)
		return false;
	if (cpu->timer <= now) {
		cpu->timer = HOST_NEVER;
		cpu->pending |= 1u << (HOST_TIMER_VECTOR - HOST_VECTORS);
	}
	return !cpu->halted || (cpu->pending && cpu->flags);
}

/* The next CPU in turn that has something to do, the one here the last. */
static int next_cpu(void)
{
	cpus[here].flags = host_flags;
	for (unsigned int i = 1; i <= NR_CPUS; i++) {
		unsigned int cpu = (here + i) % NR_CPUS;

		if (can_run(&cpus[cpu]))
			return cpu;
	}
	return -1;
}

static void jump_to_first_timer(void)
{
	u64 first = HOST_NEVER;

	for (struct host_cpu *cpu = cpus; cpu < cpus + NR_CPUS; cpu++)
		if (cpu->running && cpu->flags && cpu->timer < first)
			first = cpu->timer;
	if (first == HOST_NEVER) {
		fprintf(stderr, "quire-host: every CPU halts for ever\n");
		host_exit(1);
	}
	if (first > now)
		now = first;
}

/*
 * An entry of a TLB that the tables contradict: who changed them did not flush,
 * unless he is on the way to it, or waits until the other CPUs have done so.
 */
static void check_tlbs(void)
{
	static unsigned long suspect;
	static u64 since;
	unsigned long addr;
	int cpu = host_stale_entry(&addr);

	if (cpu < 0 || addr != suspect) {
		suspect = addr;
		since = now;
	}
	if (cpu < 0 || now - since < FLUSH_NSECS)
		return;
	host_flush_missing(cpu, addr);
	tlb_use(cpu);
	host_invlpg(addr);
	tlb_use(here);
}

static void give_way(void)
{
	if (host_flags)
		check_tlbs();
	switch_cpu(next_cpu());
	if (host_flags)
		host_interrupts_on();
}

void host_seed_turns(unsigned int seed)
{
	drawn = seed;
	turn = 0;
	blocks_left = seed ? 0 : LONG_MAX;
}

static void turn_over(void)
{
	now += turn * BLOCK_NSECS;
	drawn = drawn * 1664525 + 1013904223;
	turn = blocks_left = (drawn >> 12) % (1u << (drawn >> 8) % TURN_SIZES);
	give_way();
}

void host_block(void)
{
	if (--blocks_left < 0)
		turn_over();
}

/* ---------------------------------------------------------- for the kernel */

void host_start_cpu(unsigned int cpu, unsigned long sp, unsigned long offset)
{
	cpus[cpu] = (struct host_cpu){
		.sp = sp,
		.percpu_offset = offset,
		.running = true,
		.timer = HOST_NEVER,
	};
}

static void take_interrupt(struct host_cpu *cpu)
{
	unsigned int bit = 31 - __builtin_clz(cpu->pending);

	cpu->pending &= ~(1u << bit);
	host_interrupt(HOST_VECTORS + bit);
}

/* A thread may go on elsewhere after an interrupt: so here is read again. */
void host_interrupts_on(void)
{
	now += POINT_NSECS;
	while (host_flags && can_run(&cpus[here]) && cpus[here].pending)
		take_interrupt(&cpus[here]);
}

void host_halt(void)
{
	int next;

	cpus[here].halted = true;
	while ((next = next_cpu()) < 0)
		jump_to_first_timer();
	switch_cpu(next);
	cpus[here].halted = false;
	if (host_flags)
		host_interrupts_on();
}

void host_relax(void)
{
	now += RELAX_NSECS;
	give_way();
}

void host_send(unsigned int cpu, unsigned int vector)
{
	if (vector >= HOST_VECTORS)
		cpus[cpu].pending |= 1u << (vector - HOST_VECTORS);
	if (cpu == here && host_flags)
		host_interrupts_on();
}

unsigned long long host_clock(void)
{
	return now += POINT_NSECS;
}

void host_set_timer(unsigned long long nsecs)
{
	cpus[here].timer = nsecs == HOST_NEVER ? nsecs : now + nsecs;
}
