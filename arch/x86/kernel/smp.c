/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/smp.c - interrupts from CPU to CPU, and what they are for
 *
 *	RESCHEDULE             leave the interrupt by way of the scheduler
 *	CALL_FUNCTION(_SINGLE) run what lies in this CPU's queue (kernel/smp.c)
 *	REBOOT                 stop here for good
 *	NMI                    the same for a CPU that has interrupts off
 *
 * Stopping is for a panic, or a power-off: first with an interrupt, so that a
 * CPU comes to the end of what it does with interrupts off, such as a line of
 * text; then with an NMI for those that have not come to one in a tenth of a
 * second.
 *
 * (arch/x86/kernel/smp.c)
 */
#include <asm/smp.h>

#include <asm/apic.h>
#include <asm/hw_irq.h>
#include <asm/processor.h>
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>

#include "traps.h"

#define STOP_MSECS 100

static int stopping_cpu = -1; /* the one that goes on */

void smp_send_reschedule(int cpu)
{
	apic_send_IPI(cpu, RESCHEDULE_VECTOR);
}

void arch_send_call_function_single_ipi(int cpu)
{
	apic_send_IPI(cpu, CALL_FUNCTION_SINGLE_VECTOR);
}

void arch_send_call_function_ipi_mask(const struct cpumask *mask)
{
	apic_send_IPI_mask(mask, CALL_FUNCTION_VECTOR);
}

static void reschedule_interrupt(struct pt_regs *regs)
{
	scheduler_ipi();
}

static void call_function_interrupt(struct pt_regs *regs)
{
	generic_smp_call_function_interrupt();
}

/* --------------------------------------------------------------- stopping */

static void __noreturn stop_here(void)
{
	set_cpu_online(smp_processor_id(), false);
	stop_this_cpu();
}

static void reboot_interrupt(struct pt_regs *regs)
{
	stop_here();
}

void nmi_stop(void)
{
	int cpu = READ_ONCE(stopping_cpu);

	if (cpu >= 0 && cpu != smp_processor_id())
		stop_here();
}

/* True when no other CPU is left. */
static bool wait_until_alone(void)
{
	unsigned int msecs;

	for (msecs = 0; msecs < STOP_MSECS; msecs++) {
		if (num_online_cpus() == 1)
			return true;
		mdelay(1);
	}
	return num_online_cpus() == 1;
}

void smp_send_stop(void)
{
	int cpu = smp_processor_id();

	if (num_online_cpus() == 1)
		return;
	/* of two CPUs that want to be the last, one is */
	if (cmpxchg(&stopping_cpu, -1, cpu) != -1 && stopping_cpu != cpu)
		stop_here();
	apic_send_IPI_allbutself(REBOOT_VECTOR);
	if (wait_until_alone())
		return;
	apic_send_IPI_allbutself(NMI_VECTOR);
	if (!wait_until_alone())
		pr_emerg("smp: %u CPUs do not stop\n", num_online_cpus() - 1);
}

static int __init ipi_init(void)
{
	set_system_vector(RESCHEDULE_VECTOR, reschedule_interrupt, "RES",
			  "Rescheduling interrupts");
	set_system_vector(CALL_FUNCTION_VECTOR, call_function_interrupt, "CAL",
			  "Function call interrupts");
	set_system_vector(CALL_FUNCTION_SINGLE_VECTOR, call_function_interrupt,
			  "CAS", "Function calls to one CPU");
	set_system_vector(REBOOT_VECTOR, reboot_interrupt, NULL, NULL);
	return 0;
}
early_initcall(ipi_init);
