/* SPDX-License-Identifier: MIT */
/* Which APICs a machine has, as its firmware says: ACPI or MP tables. */
#ifndef _ASM_X86_MPSPEC_H
#define _ASM_X86_MPSPEC_H

#include <asm/irq_vectors.h>
#include <linux/types.h>
#include <quire/boot_info.h>

#define APIC_CPUS_MAX 32
#define MAX_IO_APICS 8
#define BAD_APICID 0xff /* to an xAPIC, everybody */

#define APIC_DEFAULT_PHYS_BASE 0xfee00000
#define IO_APIC_DEFAULT_PHYS_BASE 0xfec00000

/* How a line signals: two fields of two bits [MP 4.3.4], [ACPI 5.2.12.5]. */
#define MP_IRQPOL_MASK 0x3
#define MP_IRQPOL_ACTIVE_HIGH 0x1
#define MP_IRQPOL_ACTIVE_LOW 0x3
#define MP_IRQTRIG_MASK 0xc
#define MP_IRQTRIG_EDGE 0x4
#define MP_IRQTRIG_LEVEL 0xc

#define GSI_UNKNOWN 0xffffffff

/* The lines of all I/O APICs have one numbering: global interrupts (GSI). */
struct io_apic_entry {
	u8 id;
	u32 address;
	u32 gsi_base; /* number of its line 0; GSI_UNKNOWN: after the others */
};

/* Where an interrupt of the ISA bus arrives. */
struct isa_route {
	s8 io_apic; /* index of it, and gsi is its line; -1: gsi is global */
	u16 flags;  /* MP_IRQ*; a field that is 0: as the ISA bus, edge, high */
	u32 gsi;
};

/* What both kinds of tables say. Filled before the scheduler runs. [b] */
struct apic_config {
	const char *source;           /* "MADT", "MP table"; NULL: neither */
	u64 lapic_address;            /* of every CPU's local APIC */
	unsigned int nr_cpus;         /* that may run, the boot CPU included */
	unsigned int nr_cpus_disabled; /* that firmware keeps off */
	unsigned int nr_cpus_lost; /* too many, or an id above 254 */
	u8 apicids[APIC_CPUS_MAX]; /* of them; [0] is the boot CPU's */
	unsigned int nr_io_apics;
	unsigned int nr_io_apics_lost;
	struct io_apic_entry io_apics[MAX_IO_APICS];
	struct isa_route isa[NR_IRQS_LEGACY];
	u8 nmi_lint; /* NMI's pin of local APICs; 0xff: none */
	bool has_8259;
	bool has_imcr; /* a switch keeps the 8259s at the CPU */
};

/* This machine's, as find_apics() left it. */
extern struct apic_config apic_config;

/* CPUs that the tables list and this kernel has room for: at least 1. */
extern unsigned int num_processors;

/* The APIC id of each of them; 0 is the boot CPU. The ids may have gaps. */
extern u8 x86_cpu_to_apicid[];
#define cpu_physical_id(cpu) x86_cpu_to_apicid[cpu]

/* The CPU with an APIC id, or -1. */
int cpu_of_apicid(unsigned int apicid);

/*
 * An empty result: ISA lines go to the GSIs of their numbers, the only CPU is
 * the one with this APIC id.
 */
void apic_config_init(struct apic_config *config, u8 boot_apicid);

/* For the parsers: report and survive doubles and too many. */
void apic_config_add_cpu(struct apic_config *config, u32 apicid, bool enabled);
void apic_config_add_io_apic(struct apic_config *config,
			     const struct io_apic_entry *entry);

/*
 * Looks for an MP table in the places the specification lists and adds what
 * it says. Returns 0; -ENOENT: none, or none that is whole. read is how
 * physical memory is seen.
 */
int mp_table_parse(struct apic_config *config, boot_read_t read);

/* Asks ACPI, then the MP table. Boot only. "acpi=off" skips the first. */
void find_apics(void);

/* Reads physical memory for the parsers; -EFAULT above 4 GiB. */
int firmware_read_phys(void *dst, u64 phys, u32 size);

/* Do the bytes add up to 0, as those of a whole table do? Or -EFAULT. */
int firmware_checksum(u64 phys, u32 size, boot_read_t read);

/*
 * Calls match(at, read) for every 16th address of a range where the bytes of
 * signature stand, until it returns 0. Returns its 0, or -ENOENT.
 */
struct firmware_scan {
	const char *signature;
	u32 length; /* of the signature, 4 at least */
	int (*match)(u64 at, boot_read_t read, void *data);
	void *data;
};
int firmware_scan(const struct firmware_scan *scan, u64 start, u64 end,
		  boot_read_t read);

/* The first KiB of the extended BIOS data area, or 0 if there is none. */
u64 firmware_ebda(boot_read_t read);

#endif
