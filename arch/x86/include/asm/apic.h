/* SPDX-License-Identifier: MIT */
/*
 * The local APIC: one in each CPU, at the same address, where each CPU sees
 * its own. What follows "if it has one" asks apic_is_on().
 */
#ifndef _ASM_X86_APIC_H
#define _ASM_X86_APIC_H

#include <asm/apicdef.h>
#include <asm/fixmap.h>
#include <asm/io.h>
#include <asm/irq_vectors.h>
#include <asm/mpspec.h>
#include <linux/compiler.h>
#include <linux/types.h>

struct cpumask;

#define APIC_BASE ((void __iomem *)fix_to_virt(FIX_APIC_BASE))

/* This CPU's registers. Only if apic_is_on(). */
static inline u32 apic_read(u32 reg)
{
	return readl(APIC_BASE + reg);
}

static inline void apic_write(u32 reg, u32 value)
{
	writel(value, APIC_BASE + reg);
}

/* Tells it that the interrupt in service is dealt with. */
static inline void ack_APIC_irq(void)
{
	apic_write(APIC_EOI, 0);
}

/* The kernel uses local APICs: the CPU has one, and no "nolapic" was given. */
extern bool lapic_on;

static inline bool apic_is_on(void)
{
	return lapic_on;
}

/* This CPU's APIC id, as its APIC says. */
static inline u32 read_apic_id(void)
{
	return apic_read(APIC_ID) >> 24;
}

/* Is an interrupt of this vector in service here, so that it wants an end? */
bool apic_in_service(unsigned int vector);
/* Has one arrived here that the CPU has not taken yet? */
bool apic_has_arrived(unsigned int vector);

/*
 * Maps the boot CPU's APIC and returns its id; without one, or with "nolapic",
 * returns 0 and apic_is_on() stays false. Boot only.
 */
u8 map_local_APIC(void);

/* After the tables were read: remembers where they say the APICs are. */
void check_local_APIC_address(u64 address);

/*
 * Sets up the APIC of the CPU that calls it: the boot CPU in init_IRQ(), each
 * other one as it comes up. Interrupts off. Nothing without an APIC.
 */
void setup_local_APIC(void);

/* I/O APICs do it all: nothing comes from the 8259s any more. Boot only. */
void disconnect_8259(void);

/* All lines to this CPU off, its APIC too. For a CPU that stops for good. */
void disable_local_APIC(void);

/*
 * The timer of each CPU: started when interrupts are set up, measured and
 * registered on the boot CPU when the TSC's rate is known, then registered by
 * each CPU that comes up. Nothing where there is no APIC or no TSC.
 */
void lapic_timer_begin(void);
void setup_boot_APIC_clock(void);
void setup_secondary_APIC_clock(void);

/* Its counts in a second; 0: it is not used. */
u32 lapic_timer_hz(void);

/*
 * Interrupts from CPU to CPU. Any context, NMI included; they return when the
 * APIC has taken the order, not when the other CPU has seen it. A vector of
 * NMI_VECTOR arrives as NMI. CPUs are named by kernel numbers; the CPU that
 * calls is left out of a mask only by the last form.
 */
void apic_send_IPI(int cpu, int vector);
void apic_send_IPI_self(int vector);
void apic_send_IPI_mask(const struct cpumask *mask, int vector);
void apic_send_IPI_mask_allbutself(const struct cpumask *mask, int vector);
void apic_send_IPI_allbutself(int vector); /* all that are online */

/* The order itself: ICR and destination. Waits until the last one has left. */
void apic_icr_write(u32 low, u32 apicid);

/* Waits at most 100 ms for the last order to leave. 0, or the busy bit. */
u32 safe_apic_wait_icr_idle(void);

/*
 * The two orders that start a CPU [SDM3 8.4.4.1]: reset it, and let it run in
 * real mode from a page below 1 MiB. Waiting 10 ms after the first and 200 us
 * after the second is up to the caller. 0; -EIO: the order did not leave, or
 * the APIC reports an error.
 */
int apic_send_INIT(u32 apicid);
int apic_send_STARTUP(u32 apicid, unsigned long start);

#endif
