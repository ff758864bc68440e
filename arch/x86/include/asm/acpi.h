/* SPDX-License-Identifier: MIT */
/* Tables of the ACPI firmware, as they lie in memory. */
#ifndef _ASM_X86_ACPI_H
#define _ASM_X86_ACPI_H

#include <asm/mpspec.h>
#include <linux/compiler.h>
#include <linux/types.h>

#define ACPI_SIG_MADT "APIC"
#define ACPI_SIG_FADT "FACP"
#define ACPI_SIG_HPET "HPET"

/* Root system description pointer [ACPI 5.2.5.3]. */
struct acpi_table_rsdp {
	char signature[8]; /* "RSD PTR " */
	u8 checksum;       /* of the first 20 bytes */
	char oem_id[6];
	u8 revision;       /* 0: the structure ends behind the next field */
	u32 rsdt_physical_address;
	u32 length;
	u64 xsdt_physical_address;
	u8 extended_checksum;
	u8 reserved[3];
} __packed;
#define ACPI_RSDP_V1_LENGTH 20

/* What all other tables begin with [ACPI 5.2.6]. */
struct acpi_table_header {
	char signature[4];
	u32 length; /* of the table, this included */
	u8 revision;
	u8 checksum;
	char oem_id[6];
	char oem_table_id[8];
	u32 oem_revision;
	char asl_compiler_id[4];
	u32 asl_compiler_revision;
} __packed;

/* Multiple APIC description table [ACPI 5.2.12]; entries follow. */
struct acpi_table_madt {
	struct acpi_table_header header;
	u32 address; /* of local APICs */
	u32 flags;
} __packed;
#define ACPI_MADT_PCAT_COMPAT 1 /* there are 8259s */

enum acpi_madt_type {
	ACPI_MADT_TYPE_LOCAL_APIC = 0,
	ACPI_MADT_TYPE_IO_APIC = 1,
	ACPI_MADT_TYPE_INTERRUPT_OVERRIDE = 2,
	ACPI_MADT_TYPE_NMI_SOURCE = 3,
	ACPI_MADT_TYPE_LOCAL_APIC_NMI = 4,
	ACPI_MADT_TYPE_LOCAL_APIC_OVERRIDE = 5,
	ACPI_MADT_TYPE_LOCAL_X2APIC = 9,
};

struct acpi_subtable_header {
	u8 type;
	u8 length;
} __packed;

struct acpi_madt_local_apic {
	struct acpi_subtable_header header;
	u8 processor_id;
	u8 id;
	u32 lapic_flags;
} __packed;
#define ACPI_MADT_ENABLED 1

struct acpi_madt_io_apic {
	struct acpi_subtable_header header;
	u8 id;
	u8 reserved;
	u32 address;
	u32 global_irq_base;
} __packed;

struct acpi_madt_interrupt_override {
	struct acpi_subtable_header header;
	u8 bus; /* 0: ISA */
	u8 source_irq;
	u32 global_irq;
	u16 inti_flags;
} __packed;

struct acpi_madt_local_apic_nmi {
	struct acpi_subtable_header header;
	u8 processor_id; /* 0xff: all */
	u16 inti_flags;
	u8 lint;
} __packed;

struct acpi_madt_local_apic_override {
	struct acpi_subtable_header header;
	u16 reserved;
	u64 address;
} __packed;

struct acpi_madt_local_x2apic {
	struct acpi_subtable_header header;
	u16 reserved;
	u32 local_apic_id;
	u32 lapic_flags;
	u32 uid;
} __packed;

/* A table that is whole: where it is, and its first words. */
struct acpi_table_found {
	u64 phys;
	u32 length;
	char signature[4];
};

#define ACPI_TABLES_MAX 32
#define ACPI_TABLE_SIZE_MAX (4U << 20) /* a longer one is a wrong length */

struct acpi_tables {
	unsigned int nr;
	unsigned int nr_bad; /* reported and left out */
	struct acpi_table_found table[ACPI_TABLES_MAX];
};

/* This machine's; none with "acpi=off". [b] */
extern struct acpi_tables acpi_tables;
extern bool acpi_disabled;

/*
 * Finds the root pointer, and by it all tables whose checksum and length are
 * right; others are reported and skipped. Returns 0, or -ENOENT where there
 * is no usable root. read is how physical memory is seen.
 */
int acpi_find_tables(struct acpi_tables *tables, boot_read_t read);

/* The first with a signature, or NULL. */
const struct acpi_table_found *
acpi_table_lookup(const struct acpi_tables *tables, const char *signature);

/*
 * Adds what a MADT says. Entries that make no sense are reported; one whose
 * length does not let the next be found ends the table. Returns 0; -EINVAL:
 * too short to be a MADT; -EFAULT: unreadable.
 */
int acpi_parse_madt(struct apic_config *config,
		    const struct acpi_table_found *madt, boot_read_t read);

#endif
