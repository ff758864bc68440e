/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/acpi.c - the tables that ACPI firmware left in memory
 *
 *	"RSD PTR " in the BIOS area --> RSDT (4-byte addresses)
 *	                           `--> XSDT (8-byte addresses, revision 2 on)
 *	                                 |
 *	                                 +--> "APIC" --> madt.c
 *	                                 +--> "FACP", "HPET", ...
 *
 * Tables are bytes from outside: a length may be anything, an address may
 * lead nowhere, and a checksum says only that the bytes are those that were
 * written. So nothing is believed before it is checked, each table is looked
 * at once, at boot, through a window of one page, and what fails a check is
 * named and left out. They may lie anywhere below 4 GiB, in lowmem or not.
 *
 * A1  A table of struct acpi_tables is readable in its whole length, which
 *     is at least that of its header, and its bytes add up to 0.
 *
 * Lock: none, boot only. Cost: a pass over all bytes of all tables.
 *
 * Differs from Linux: there is no interpreter (ACPICA), only tables with a
 * fixed form are used. (arch/x86/kernel/acpi/boot.c, drivers/acpi/tables.c)
 */
#include <asm/acpi.h>

#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/string.h>

#define BIOS_START 0xe0000
#define BIOS_UPPER 0xf0000
#define BIOS_END 0x100000
#define EBDA_LOOKED_AT 1024
#define RSDP_LENGTH_MAX 4096

struct acpi_tables acpi_tables;
bool acpi_disabled;

/* The first root pointer that is whole, into data. */
static int check_rsdp(u64 at, boot_read_t read, void *data)
{
	struct acpi_table_rsdp *rsdp = data;

	if (read(rsdp, at, ACPI_RSDP_V1_LENGTH) ||
	    firmware_checksum(at, ACPI_RSDP_V1_LENGTH, read)) {
		pr_warn("ACPI: root pointer at %#llx: wrong checksum\n", at);
		return -EINVAL;
	}
	rsdp->xsdt_physical_address = 0;
	if (rsdp->revision < 2)
		return 0;
	if (read(rsdp, at, sizeof(*rsdp)) || rsdp->length < sizeof(*rsdp) ||
	    rsdp->length > RSDP_LENGTH_MAX ||
	    firmware_checksum(at, rsdp->length, read)) {
		pr_warn("ACPI: root pointer at %#llx: its second part is wrong\n",
			at);
		rsdp->xsdt_physical_address = 0;
	}
	return 0;
}

static int find_rsdp(struct acpi_table_rsdp *rsdp, boot_read_t read)
{
	struct firmware_scan scan = { "RSD PTR ", 8, check_rsdp, rsdp };
	u64 ebda = firmware_ebda(read);

	if (ebda && !firmware_scan(&scan, ebda, ebda + EBDA_LOOKED_AT, read))
		return 0;
	/* the upper half first: there most firmware has it */
	if (!firmware_scan(&scan, BIOS_UPPER, BIOS_END, read))
		return 0;
	return firmware_scan(&scan, BIOS_START, BIOS_UPPER, read);
}

/* Why a table cannot be used, or NULL. (A1) */
static const char *table_fault(u64 phys, struct acpi_table_header *header,
			       boot_read_t read)
{
	int sum;

	if (!phys || read(header, phys, sizeof(*header)))
		return "cannot be read";
	if (header->length < sizeof(*header))
		return "is shorter than its header";
	if (header->length > ACPI_TABLE_SIZE_MAX)
		return "is too long";
	sum = firmware_checksum(phys, header->length, read);
	if (sum < 0)
		return "cannot be read to its end";
	return sum ? "has a wrong checksum" : NULL;
}

/* Adds a table if it is whole, and reports it if not. */
static int check_table(struct acpi_tables *tables, u64 phys, boot_read_t read,
		       struct acpi_table_header *header)
{
	const char *fault = table_fault(phys, header, read);

	if (!fault)
		return 0;
	if (phys && !read(header, phys, sizeof(header->signature)))
		pr_warn("ACPI: table \"%.4s\" at %#llx %s: ignored\n",
			header->signature, phys, fault);
	else
		pr_warn("ACPI: table at %#llx %s: ignored\n", phys, fault);
	tables->nr_bad++;
	return -EINVAL;
}

static void add_table(struct acpi_tables *tables, u64 phys, boot_read_t read)
{
	struct acpi_table_header header;
	struct acpi_table_found *new = &tables->table[tables->nr];

	if (check_table(tables, phys, read, &header))
		return;
	if (tables->nr == ACPI_TABLES_MAX) {
		pr_warn("ACPI: more than %u tables; \"%.4s\" is ignored\n",
			ACPI_TABLES_MAX, header.signature);
		tables->nr_bad++;
		return;
	}
	new->phys = phys;
	new->length = header.length;
	memcpy(new->signature, header.signature, sizeof(new->signature));
	tables->nr++;
}

/* All tables that a root lists, by addresses of width bytes. */
static int read_root(struct acpi_tables *tables, u64 phys, u32 width,
		     boot_read_t read)
{
	const char *signature = width == 8 ? "XSDT" : "RSDT";
	struct acpi_table_header header;
	u32 at;

	if (check_table(tables, phys, read, &header))
		return -EINVAL;
	if (memcmp(header.signature, signature, 4)) {
		pr_warn("ACPI: no %s at %#llx, but \"%.4s\"\n", signature, phys,
			header.signature);
		return -EINVAL;
	}
	for (at = sizeof(header); at + width <= header.length; at += width) {
		u64 entry = 0;

		if (read(&entry, phys + at, width))
			return -EINVAL;
		add_table(tables, entry, read);
	}
	return 0;
}

int acpi_find_tables(struct acpi_tables *tables, boot_read_t read)
{
	struct acpi_table_rsdp rsdp = { .revision = 0 };
	u64 xsdt;

	memset(tables, 0, sizeof(*tables));
	if (find_rsdp(&rsdp, read))
		return -ENOENT;
	xsdt = rsdp.xsdt_physical_address;
	if (xsdt && !read_root(tables, xsdt, sizeof(u64), read))
		return 0;
	if (read_root(tables, rsdp.rsdt_physical_address, sizeof(u32), read))
		return -ENOENT;
	return 0;
}

const struct acpi_table_found *
acpi_table_lookup(const struct acpi_tables *tables, const char *signature)
{
	unsigned int i;

	for (i = 0; i < tables->nr; i++)
		if (!memcmp(tables->table[i].signature, signature, 4))
			return &tables->table[i];
	return NULL;
}
