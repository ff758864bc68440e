/* SPDX-License-Identifier: MIT */
/*
 * arch/host/kernel/cpu.c - interrupts, traps and waiting
 *
 * The CPUs themselves, whose turn it is and what time, are a part of the
 * machine: tests/host/machine/cpu.c. Here is what a PC has in its local APIC.
 */
#include <asm/smp.h>

#include <asm/apic.h>
#include <asm/host.h>
#include <asm/hw_irq.h>
#include <asm/irqflags.h>
#include <asm/processor.h>
#include <asm/tsc.h>
#include <linux/bug.h>
#include <linux/build_bug.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/random.h>
#include <linux/smp.h>
#include <linux/time64.h>

#include "../../x86/kernel/traps.h"

static_assert(HOST_VECTORS == FIRST_SYSTEM_VECTOR);
static_assert(HOST_TIMER_VECTOR == LOCAL_TIMER_VECTOR);

/* The machine reads the word, too, for its turns. */
static int __init parse_seed(char *arg)
{
	unsigned int seed;
	int err = arg ? kstrtouint(arg, 0, &seed) : -EINVAL;

	if (!err)
		random_seed(seed);
	return err;
}
early_param("seed", parse_seed);

/* -------------------------------------------------------------- interrupts */

/* Called by the machine where the interrupt comes. */
void host_interrupt(unsigned int vector)
{
	struct pt_regs regs = {
		.trapnr = vector,
		.ip = (unsigned long)__builtin_return_address(0),
		.bp = (unsigned long)__builtin_frame_address(0),
		.cs = __KERNEL_CS,
		.flags = X86_EFLAGS_IF,
	};

	host_flags = 0;
	do_irq(&regs, vector);
	host_flags = X86_EFLAGS_IF;
}

void apic_send_IPI(int cpu, int vector)
{
	host_send(cpu, vector);
}

void apic_send_IPI_mask(const struct cpumask *mask, int vector)
{
	int cpu;

	for_each_cpu(cpu, mask)
		host_send(cpu, vector);
}

void apic_send_IPI_allbutself(int vector)
{
	int cpu, here = smp_processor_id();

	for_each_online_cpu(cpu)
		if (cpu != here)
			host_send(cpu, vector);
}

/* ------------------------------------------------------------------- traps */

/* Called by entry.asm. As through a gate: interrupts are off meanwhile. */
void host_trap(struct pt_regs *regs)
{
	host_flags = 0;
	do_trap(regs, regs->trapnr);
	host_flags = regs->flags & X86_EFLAGS_IF;
}

void host_flush_missing(int cpu, unsigned long addr)
{
	WARN(true, "CPU%d's TLB shows what was at %08lx: a flush is missing\n",
	     cpu, addr);
}

/* ------------------------------------------------------------------ waiting */

void cpu_relax(void)
{
	host_relax();
}

u64 rdtsc(void)
{
	return host_clock();
}

void ndelay(unsigned long nsecs)
{
	u64 end = host_clock() + nsecs;

	while (host_clock() < end)
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
