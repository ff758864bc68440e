/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/ipi.c - interrupts from CPU to CPU
 *
 * An order is two registers: the destination first, then the command, whose
 * write sends it. Between the two an interrupt that sends as well would leave
 * its own destination there, so interrupts are off, and an NMI that sends
 * puts back what it found.
 *
 * One order per destination. The shorthand "all but self" would also reach
 * CPUs that the kernel left out, which nobody prepared for interrupts.
 *
 * (arch/x86/kernel/apic/ipi.c)
 */
#include <asm/apic.h>

#include <asm/processor.h>
#include <linux/cpumask.h>
#include <linux/smp.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/smp.h>

#define ICR_WAIT_USECS 100000
#define ICR_WAIT_TURNS 1000000

/* With an end: who panics sends orders too, and must not stop here. */
static void wait_icr_idle(void)
{
	unsigned int i;

	for (i = 0; i < ICR_WAIT_TURNS; i++) {
		if (!(apic_read(APIC_ICR) & APIC_ICR_BUSY))
			return;
		cpu_relax();
	}
}

u32 safe_apic_wait_icr_idle(void)
{
	unsigned int usecs;
	u32 busy = 0;

	for (usecs = 0; usecs < ICR_WAIT_USECS; usecs += 100) {
		busy = apic_read(APIC_ICR) & APIC_ICR_BUSY;
		if (!busy)
			break;
		udelay(100);
	}
	return busy;
}

void apic_icr_write(u32 low, u32 apicid)
{
	unsigned long flags;
	u32 old;

	local_irq_save(flags);
	wait_icr_idle();
	old = apic_read(APIC_ICR2);
	apic_write(APIC_ICR2, SET_APIC_DEST_FIELD(apicid));
	apic_write(APIC_ICR, low);
	apic_write(APIC_ICR2, old); /* an NMI may be inside of another order */
	local_irq_restore(flags);
}

static u32 command(int vector)
{
	return vector == NMI_VECTOR ? APIC_DM_NMI : APIC_DM_FIXED | vector;
}

void apic_send_IPI(int cpu, int vector)
{
	apic_icr_write(command(vector), cpu_physical_id(cpu));
}

void apic_send_IPI_self(int vector)
{
	apic_send_IPI(raw_smp_processor_id(), vector);
}

void apic_send_IPI_mask(const struct cpumask *mask, int vector)
{
	int cpu;

	for_each_cpu(cpu, mask)
		apic_send_IPI(cpu, vector);
}

void apic_send_IPI_mask_allbutself(const struct cpumask *mask, int vector)
{
	int cpu;

	for_each_cpu(cpu, mask)
		if (cpu != raw_smp_processor_id())
			apic_send_IPI(cpu, vector);
}

void apic_send_IPI_allbutself(int vector)
{
	int cpu;

	for_each_online_cpu(cpu)
		if (cpu != raw_smp_processor_id())
			apic_send_IPI(cpu, vector);
}

/* An order to a CPU that may not be there. */
static int send_checked(u32 low, u32 apicid)
{
	apic_write(APIC_ESR, 0);
	apic_icr_write(low, apicid);
	if (safe_apic_wait_icr_idle())
		return -EIO;
	apic_write(APIC_ESR, 0);
	return apic_read(APIC_ESR) & 0xef ? -EIO : 0;
}

int apic_send_INIT(u32 apicid)
{
	int err = send_checked(APIC_DM_INIT | APIC_INT_LEVELTRIG |
				       APIC_INT_ASSERT,
			       apicid);

	/* the end of the level; only the oldest CPUs look at it */
	if (!err)
		err = send_checked(APIC_DM_INIT | APIC_INT_LEVELTRIG, apicid);
	return err;
}

int apic_send_STARTUP(u32 apicid, unsigned long start)
{
	return send_checked(APIC_DM_STARTUP | start >> PAGE_SHIFT, apicid);
}
