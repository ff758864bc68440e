/* SPDX-License-Identifier: MIT */
/*
 * arch/host/kernel/cpu.c - CPUs that are turns of one thread of the host
 *
 * A CPU here is a stack pointer, an interrupt flag, a set of interrupts that
 * wait, and the time of its timer. One of them runs, the others stand at a
 * point where they gave way:
 *
 *	cpu_relax()        it waits for another one: the next one's turn
 *	host_halt()        it has nothing to do until an interrupt comes
 *	any basic block    its turn is over: the compiler puts a call into each,
 *	                   and how many a turn has is drawn from a seed (seed=N)
 *
 * Where it goes on it takes the interrupts that wait, if they are enabled; so
 * it does at local_irq_enable() and _restore(). Time is a count of nanoseconds:
 * each basic block is some, and so is each point above and each look at the
 * clock. When all CPUs halt it jumps to the first timer. So a run depends on
 * nothing but its arguments, and the same mistake comes again.
 *
 *  H1  host_flags, host_percpu_offset and the TLB are those of CPU here.
 *  H2  a CPU that does not run has its registers on its stack, below sp.
 */
#include <asm/smp.h>

#include <asm/apic.h>
#include <asm/host.h>
#include <asm/hw_irq.h>
#include <asm/irqflags.h>
#include <asm/processor.h>
#include <asm/switch_to.h>
#include <asm/tsc.h>
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/percpu.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/random.h>
#include <linux/time64.h>

#include "../../x86/kernel/traps.h"
#include "host_cpu.h"

#define POINT_NSECS 50
#define RELAX_NSECS 500
#define BLOCK_NSECS 2
#define FLUSH_NSECS NSEC_PER_MSEC
/* A turn has less than 1, 2, 4, ... of these basic blocks: all as likely. */
#define TURN_SIZES 16

unsigned long host_flags, host_percpu_offset;

static struct host_cpu {
	unsigned long sp; /* H2 */
	unsigned long flags;
	u32 pending; /* system vectors, from FIRST_SYSTEM_VECTOR on */
	bool running, halted;
	u64 timer;
} cpus[NR_CPUS] = { { .running = true, .timer = U64_MAX } };

static unsigned int here; /* H1 */
static u64 now;
static u32 seed = 1;
static long turn, blocks_left; /* of basic blocks */

void host_switch_stack(unsigned long *save, unsigned long sp);

/* ------------------------------------------------------------------- turns */

static void switch_cpu(unsigned int next)
{
	struct host_cpu *from = &cpus[here];

	if (next == here)
		return;
	from->flags = host_flags;
	here = next;
	host_flags = cpus[next].flags;
	host_percpu_offset = __per_cpu_offset[next];
	host_use_tlb(next);
	host_switch_stack(&from->sp, cpus[next].sp);
}

/* Does it have anything to do? Looks at its timer first. */
static bool can_run(struct host_cpu *cpu)
{
	if (!cpu->running)
		return false;
	if (cpu->timer <= now) {
		cpu->timer = U64_MAX;
		cpu->pending |= BIT(LOCAL_TIMER_VECTOR - FIRST_SYSTEM_VECTOR);
	}
	return !cpu->halted || (cpu->pending && cpu->flags);
}

/* The next CPU in turn that has something to do, the one here the last. */
static int next_cpu(void)
{
	for (unsigned int i = 1; i <= NR_CPUS; i++) {
		unsigned int cpu = (here + i) % NR_CPUS;

		if (can_run(&cpus[cpu]))
			return cpu;
	}
	return -1;
}

static void jump_to_first_timer(void)
{
	u64 first = U64_MAX;

	for (unsigned int cpu = 0; cpu < NR_CPUS; cpu++)
		if (cpus[cpu].running && cpus[cpu].flags)
			first = min(first, cpus[cpu].timer);
	if (first == U64_MAX) {
		static const char text[] = "host: every CPU halts for ever\n";

		host_write(text, sizeof(text) - 1);
		host_exit(1);
	}
	now = max(now, first);
}

void host_start_cpu(unsigned int cpu, void *stack_top, void (*fn)(void))
{
	/* as after a call from a stack that is aligned to 16 bytes */
	struct inactive_task_frame *frame = stack_top - 36;

	frame--;
	*frame = (struct inactive_task_frame){
		.ret_addr = (unsigned long)fn,
	};
	cpus[cpu] = (struct host_cpu){
		.sp = (unsigned long)frame,
		.running = true,
		.timer = U64_MAX,
	};
}

static int __init parse_seed(char *arg)
{
	int err = arg ? kstrtouint(arg, 0, &seed) : -EINVAL;

	if (!err)
		random_seed(seed);
	return err;
}
early_param("seed", parse_seed);

/*
 * An entry that the tables contradict: who changed them did not flush. He may
 * be on the way to it, or wait until the other CPUs have done so.
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
	WARN(true, "CPU%d's TLB shows what was at %08lx: a flush is missing\n",
	     cpu, addr);
	host_use_tlb(cpu);
	host_invlpg(addr);
	host_use_tlb(here);
}

static void give_way(void)
{
	if (host_flags)
		check_tlbs();
	cpus[here].flags = host_flags;
	switch_cpu(next_cpu());
	if (host_flags)
		host_interrupts_on();
}

void host_seed_turns(unsigned int value)
{
	seed = value;
	turn = 0;
	blocks_left = value ? 0 : LONG_MAX;
}

static void turn_over(void)
{
	u32 drawn;

	now += turn * BLOCK_NSECS;
	seed = seed * 1664525 + 1013904223;
	drawn = seed >> 8;
	turn = blocks_left = drawn / TURN_SIZES % BIT(drawn % TURN_SIZES);
	give_way();
}

/* Called in each basic block of the kernel, this folder's files apart. */
void __sanitizer_cov_trace_pc(void)
{
	if (--blocks_left < 0)
		turn_over();
}

/* -------------------------------------------------------------- interrupts */

static void take_interrupt(struct host_cpu *cpu)
{
	unsigned int bit = __fls(cpu->pending);
	struct pt_regs regs = {
		.trapnr = FIRST_SYSTEM_VECTOR + bit,
		.ip = (unsigned long)__builtin_return_address(0),
		.bp = (unsigned long)__builtin_frame_address(0),
		.cs = __KERNEL_CS,
		.flags = X86_EFLAGS_IF,
	};

	cpu->pending &= ~BIT(bit);
	host_flags = 0;
	do_irq(&regs, regs.trapnr);
	host_flags = X86_EFLAGS_IF;
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
	cpus[here].flags = host_flags;
	while ((next = next_cpu()) < 0)
		jump_to_first_timer();
	switch_cpu(next);
	cpus[here].halted = false;
	if (host_flags)
		host_interrupts_on();
}

void cpu_relax(void)
{
	now += RELAX_NSECS;
	give_way();
}

void apic_send_IPI(int cpu, int vector)
{
	if (vector >= FIRST_SYSTEM_VECTOR)
		cpus[cpu].pending |= BIT(vector - FIRST_SYSTEM_VECTOR);
	if (cpu == here && host_flags)
		host_interrupts_on();
}

void apic_send_IPI_mask(const struct cpumask *mask, int vector)
{
	int cpu;

	for_each_cpu(cpu, mask)
		apic_send_IPI(cpu, vector);
}

void apic_send_IPI_allbutself(int vector)
{
	int cpu;

	for_each_online_cpu(cpu)
		if (cpu != here)
			apic_send_IPI(cpu, vector);
}

/* -------------------------------------------------------------------- time */

u64 rdtsc(void)
{
	return now += POINT_NSECS;
}

void ndelay(unsigned long nsecs)
{
	u64 end = now + nsecs;

	while (now < end)
		cpu_relax();
}

void udelay(unsigned long usecs)
{
	ndelay(usecs * NSEC_PER_USEC);
}

void mdelay(unsigned long msecs)
{
	while (msecs--)
		udelay(USEC_PER_MSEC);
}

void host_set_timer(u64 nsecs)
{
	cpus[here].timer = nsecs == U64_MAX ? nsecs : now + nsecs;
}

/* ------------------------------------------------------------------- traps */

/* Called by entry.asm. As through a gate: interrupts are off meanwhile. */
void host_trap(struct pt_regs *regs)
{
	host_flags = 0;
	do_trap(regs, regs->trapnr);
	host_flags = regs->flags & X86_EFLAGS_IF;
}
