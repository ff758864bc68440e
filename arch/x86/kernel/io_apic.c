/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/io_apic.c - from a device's line to a CPU and a vector
 *
 *	line 0 --> +-----------------------+
 *	line 1 --> | redirection entries:  |        order on the bus:
 *	  ...      |  vector, edge/level,  | ---->  "vector V to CPU C"
 *	line 23 -> |  polarity, mask, CPU  |
 *	           +-----------------------+ <----  "V is served" (level lines)
 *
 * All lines of all I/O APICs have one numbering, the global interrupts (GSI).
 * Lines 0 .. 15 of the ISA bus keep their numbers for drivers, but may arrive
 * at another GSI: the timer does, as GSI 0 is where the 8259s hang. GSIs from
 * 16 on are lines of the same number.
 *
 *	irq 0 --firmware: override--> GSI 2 --> I/O APIC 0, pin 2
 *	irq 1 ----------------------> GSI 1 --> I/O APIC 0, pin 1
 *
 * An edge that comes while its entry is masked is forgotten (see chip.c). A
 * level line waits, its entry's "remote IRR" set, until the CPU writes EOI;
 * the CPU's APIC then names the vector to all I/O APICs.
 *
 * Firmware is not believed: an I/O APIC that does not answer is left out, and
 * if the timer's interrupt does not arrive, the 8259s stay in charge.
 *
 * O1  Entries of lines without a user are masked.
 * O2  data->chip_data of a line is its I/O APIC, data->hwirq its pin there.
 *
 * Lock: io_apic_lock, as a register is reached by writing its number first.
 *
 * Differs from Linux: one CPU per line, named by its physical id; no work
 * around the faults of old boards beyond the one above.
 * (arch/x86/kernel/apic/io_apic.c)
 */
#include <asm/io_apic.h>

#include "irq_vector.h"
#include "traps.h"

#include <asm/apic.h>
#include <asm/hw_irq.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <quire/pit.h>

/* Registers [IOAPIC 3.1, 3.2]. */
#define IOREGSEL 0x00
#define IOWIN 0x10
#define REG_VERSION 0x01
#define VERSION_LAST_PIN(x) ((x) >> 16 & 0xff)
#define REG_RTE(pin) (0x10 + 2 * (pin))
#define PINS_MAX 240

static struct io_apic {
	void __iomem *base;
	unsigned int gsi_base;
	unsigned int nr_pins;
	struct resource page;
} io_apics[MAX_IO_APICS]; /* [b] */
static unsigned int nr_io_apics;

static DEFINE_RAW_SPINLOCK(io_apic_lock);
static bool no_io_apic __initdata;
bool io_apic_on;

static int __init parse_noapic(char *arg)
{
	no_io_apic = true;
	return 0;
}
early_param("noapic", parse_noapic);

/* ------------------------------------------------------------- registers */

/* With io_apic_lock held, or at boot. */
static u32 reg_read(const struct io_apic *apic, unsigned int reg)
{
	writel(reg, apic->base + IOREGSEL);
	return readl(apic->base + IOWIN);
}

/* With io_apic_lock held, or at boot. */
static void reg_write(const struct io_apic *apic, unsigned int reg, u32 value)
{
	writel(reg, apic->base + IOREGSEL);
	writel(value, apic->base + IOWIN);
}

static void change_low(struct irq_data *data, u32 clear, u32 set)
{
	const struct io_apic *apic = data->chip_data;
	unsigned int reg = REG_RTE(data->hwirq);
	unsigned long flags;

	raw_spin_lock_irqsave(&io_apic_lock, flags);
	reg_write(apic, reg, (reg_read(apic, reg) & ~clear) | set);
	raw_spin_unlock_irqrestore(&io_apic_lock, flags);
}

static void write_cpu(struct irq_data *data)
{
	const struct io_apic *apic = data->chip_data;
	unsigned long flags;

	raw_spin_lock_irqsave(&io_apic_lock, flags);
	reg_write(apic, REG_RTE(data->hwirq) + 1,
		  SET_APIC_DEST_FIELD(cpu_physical_id(data->cpu)));
	raw_spin_unlock_irqrestore(&io_apic_lock, flags);
}

static u64 read_rte(const struct irq_data *data)
{
	const struct io_apic *apic = data->chip_data;
	unsigned int reg = REG_RTE(data->hwirq);
	unsigned long flags;
	u64 rte;

	raw_spin_lock_irqsave(&io_apic_lock, flags);
	rte = reg_read(apic, reg);
	rte |= (u64)reg_read(apic, reg + 1) << 32;
	raw_spin_unlock_irqrestore(&io_apic_lock, flags);
	return rte;
}

u64 io_apic_read_rte(unsigned int irq)
{
	return read_rte(&irq_to_desc(irq)->irq_data);
}

/* -------------------------------------------------------------- the chip */

static void mask(struct irq_data *data)
{
	change_low(data, 0, IOAPIC_RTE_MASKED);
}

static void unmask(struct irq_data *data)
{
	change_low(data, IOAPIC_RTE_MASKED, 0);
}

static void acknowledge(struct irq_data *data)
{
	ack_APIC_irq();
}

static int request_resources(struct irq_data *data)
{
	int vector = assign_vector(data->irq);

	if (vector < 0)
		return vector;
	write_cpu(data);
	change_low(data, IOAPIC_RTE_VECTOR, vector);
	return 0;
}

static void release_resources(struct irq_data *data)
{
	release_vector(read_rte(data) & IOAPIC_RTE_VECTOR);
}

static int set_affinity(struct irq_data *data, const struct cpumask *dest,
			bool force)
{
	int cpu;

	for_each_cpu(cpu, dest) {
		if (!cpu_online(cpu))
			continue;
		data->cpu = cpu;
		write_cpu(data);
		return 0;
	}
	return -EINVAL;
}

/* The order that the I/O APIC would send, sent by this CPU. */
static int retrigger(struct irq_data *data)
{
	apic_send_IPI(data->cpu, read_rte(data) & IOAPIC_RTE_VECTOR);
	return 1;
}

static const struct irq_chip io_apic_chip = {
	.name = "IO-APIC",
	.irq_mask = mask,
	.irq_unmask = unmask,
	.irq_ack = acknowledge,
	.irq_eoi = acknowledge,
	.irq_request_resources = request_resources,
	.irq_release_resources = release_resources,
	.irq_set_affinity = set_affinity,
	.irq_retrigger = retrigger,
};

/* ---------------------------------------------------------------- set-up */

static struct io_apic *__init io_apic_of_gsi(unsigned int gsi)
{
	unsigned int i;

	for (i = 0; i < nr_io_apics; i++)
		if (gsi - io_apics[i].gsi_base < io_apics[i].nr_pins)
			return &io_apics[i];
	return NULL;
}

/* Maps it and asks how many lines it has; 0: nobody answers. */
static unsigned int __init probe(struct io_apic *apic,
				 const struct io_apic_entry *entry)
{
	enum fixed_addresses slot = FIX_IO_APIC_BASE_0 + nr_io_apics;
	u32 offset = entry->address & ~PAGE_MASK;
	u32 version;

	set_fixmap_nocache(slot, entry->address - offset);
	apic->base = (void __iomem *)(fix_to_virt(slot) + offset);
	version = reg_read(apic, REG_VERSION);
	if (version && version != ~0U && VERSION_LAST_PIN(version) < PINS_MAX)
		return VERSION_LAST_PIN(version) + 1;
	pr_warn("I/O APIC at %#x does not answer (%#x): ignored\n",
		entry->address, version);
	clear_fixmap(slot);
	return 0;
}

/* In a MP table the GSIs of one APIC follow those of the one before. */
static unsigned int __init next_gsi(void)
{
	const struct io_apic *last = &io_apics[nr_io_apics - 1];

	return nr_io_apics ? last->gsi_base + last->nr_pins : 0;
}

static void __init add_io_apic(const struct io_apic_entry *entry)
{
	struct io_apic *apic = &io_apics[nr_io_apics];
	unsigned int pin, nr_pins = probe(apic, entry);

	if (!nr_pins)
		return;
	apic->gsi_base = entry->gsi_base == GSI_UNKNOWN ? next_gsi() :
							  entry->gsi_base;
	if (io_apic_of_gsi(apic->gsi_base) ||
	    io_apic_of_gsi(apic->gsi_base + nr_pins - 1)) {
		pr_warn("I/O APIC at %#x: its lines belong to another: ignored\n",
			entry->address);
		return;
	}
	apic->nr_pins = nr_pins;
	apic->page.name = "IOAPIC";
	apic->page.flags = IORESOURCE_MEM;
	apic->page.start = entry->address & PAGE_MASK;
	apic->page.end = apic->page.start + PAGE_SIZE - 1;
	for (pin = 0; pin < nr_pins; pin++) /* O1 */
		reg_write(apic, REG_RTE(pin), IOAPIC_RTE_MASKED);
	nr_io_apics++;
	pr_info("I/O APIC at %#x: lines %u - %u\n", entry->address,
		apic->gsi_base, apic->gsi_base + nr_pins - 1);
}

/* The GSI of an ISA line. */
static u32 __init isa_gsi(unsigned int irq)
{
	const struct isa_route *route = &apic_config.isa[irq];

	if (route->io_apic < 0)
		return route->gsi;
	return route->io_apic < nr_io_apics ?
		       io_apics[route->io_apic].gsi_base + route->gsi :
		       GSI_UNKNOWN;
}

/* Is the GSI of the line's own number used by another one? */
static bool __init gsi_is_taken(unsigned int irq, u32 gsi)
{
	unsigned int other;

	if (gsi != irq)
		return false;
	for (other = 0; other < NR_IRQS_LEGACY; other++)
		if (other != irq && isa_gsi(other) == gsi)
			return true;
	return false;
}

/* Gives a line its entry, masked; flags are MP_IRQ*. */
static void __init connect(unsigned int irq, u32 gsi, u16 flags)
{
	struct io_apic *apic = io_apic_of_gsi(gsi);
	bool level = (flags & MP_IRQTRIG_MASK) == MP_IRQTRIG_LEVEL;
	u32 rte = IOAPIC_RTE_MASKED | APIC_DM_FIXED | APIC_DEST_PHYSICAL;
	struct irq_data *data;

	if ((flags & MP_IRQPOL_MASK) == MP_IRQPOL_ACTIVE_LOW)
		rte |= IOAPIC_RTE_ACTIVE_LOW;
	if (level)
		rte |= IOAPIC_RTE_LEVEL;
	irq_set_chip_and_handler(irq, &io_apic_chip,
				 level ? handle_fasteoi_irq : handle_edge_irq);
	data = &irq_to_desc(irq)->irq_data;
	data->chip_data = apic; /* O2 */
	data->hwirq = gsi - apic->gsi_base;
	data->level = level;
	reg_write(apic, REG_RTE(data->hwirq), rte);
	write_cpu(data);
}

static void __init connect_isa_lines(void)
{
	unsigned int irq;

	for (irq = 0; irq < NR_IRQS_LEGACY; irq++) {
		u32 gsi = isa_gsi(irq);

		if (!io_apic_of_gsi(gsi) || gsi_is_taken(irq, gsi))
			irq_set_chip_and_handler(irq, NULL, NULL);
		else
			connect(irq, gsi, apic_config.isa[irq].flags);
	}
}

/* Lines that only I/O APICs have: of PCI, so level, active low. */
static void __init connect_other_lines(void)
{
	unsigned int gsi;

	for (gsi = NR_IRQS_LEGACY; gsi < NR_IRQS; gsi++)
		if (io_apic_of_gsi(gsi))
			connect(gsi, gsi,
				MP_IRQTRIG_LEVEL | MP_IRQPOL_ACTIVE_LOW);
}

static void check_arrived(struct pt_regs *regs)
{
}

/*
 * Does the timer's interrupt reach this CPU? It is sent to a vector of its
 * own and seen in the APIC, as interrupts are off; it is taken later.
 */
static bool __init timer_arrives(void)
{
	u32 gsi = isa_gsi(PIT_IRQ);
	struct io_apic *apic = io_apic_of_gsi(gsi);
	unsigned int usecs;
	bool arrived = false;

	if (!apic)
		return false;
	set_system_vector(TIMER_CHECK_VECTOR, check_arrived, NULL, NULL);
	reg_write(apic, REG_RTE(gsi - apic->gsi_base) + 1,
		  SET_APIC_DEST_FIELD(cpu_physical_id(0)));
	reg_write(apic, REG_RTE(gsi - apic->gsi_base), TIMER_CHECK_VECTOR);
	pit_start_oneshot(30); /* its edge comes 25 us from now */
	for (usecs = 0; !arrived && usecs < 1000000; usecs++) {
		arrived = apic_has_arrived(TIMER_CHECK_VECTOR);
		io_delay();
	}
	reg_write(apic, REG_RTE(gsi - apic->gsi_base), IOAPIC_RTE_MASKED);
	return arrived;
}

void __init init_IO_APIC(void)
{
	unsigned int i;

	if (!apic_is_on() || no_io_apic)
		return;
	for (i = 0; i < apic_config.nr_io_apics; i++)
		add_io_apic(&apic_config.io_apics[i]);
	if (!nr_io_apics)
		return;
	if (!timer_arrives()) {
		pr_warn("I/O APIC: the timer does not come through; the 8259s stay in charge\n");
		return;
	}
	connect_isa_lines();
	connect_other_lines();
	disconnect_8259();
	io_apic_on = true;
}

static int __init show_in_iomem(void)
{
	unsigned int i;

	for (i = 0; i < nr_io_apics; i++)
		insert_resource(&iomem_resource, &io_apics[i].page);
	return 0;
}
late_initcall(show_in_iomem);
