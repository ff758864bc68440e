/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/madt.c - what ACPI says of CPUs and I/O APICs
 *
 *	MADT  +--------+---------+-----------------------------------------+
 *	      | header | address | type length ... | type length ... | ... |
 *	      +--------+---------+-----------------------------------------+
 *
 * Each entry begins with its type and its length, so that unknown types can
 * be stepped over. An entry of length 0 or one that reaches over the end
 * leaves no way to the next.
 *
 * (arch/x86/kernel/acpi/boot.c)
 */
#include <asm/acpi.h>

#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/printk.h>

/* One entry, as much of it as any type here has. */
union madt_entry {
	struct acpi_subtable_header header;
	struct acpi_madt_local_apic local_apic;
	struct acpi_madt_io_apic io_apic;
	struct acpi_madt_interrupt_override override;
	struct acpi_madt_local_apic_nmi nmi;
	struct acpi_madt_local_apic_override address;
	struct acpi_madt_local_x2apic x2apic;
};

static void add_local_apic(struct apic_config *c, const union madt_entry *e)
{
	/* firmware fills unused entries with this id */
	if (e->local_apic.id == BAD_APICID)
		return;
	apic_config_add_cpu(c, e->local_apic.id,
			    e->local_apic.lapic_flags & ACPI_MADT_ENABLED);
}

static void add_x2apic(struct apic_config *c, const union madt_entry *e)
{
	if (e->x2apic.local_apic_id == 0xffffffff)
		return;
	apic_config_add_cpu(c, e->x2apic.local_apic_id,
			    e->x2apic.lapic_flags & ACPI_MADT_ENABLED);
}

static void add_io_apic(struct apic_config *c, const union madt_entry *e)
{
	struct io_apic_entry entry = { e->io_apic.id, e->io_apic.address,
				       e->io_apic.global_irq_base };

	apic_config_add_io_apic(c, &entry);
}

static void add_override(struct apic_config *c, const union madt_entry *e)
{
	unsigned int irq = e->override.source_irq;

	if (e->override.bus || irq >= NR_IRQS_LEGACY) {
		pr_warn("ACPI: override of line %u of bus %u: ignored\n", irq,
			e->override.bus);
		return;
	}
	c->isa[irq] = (struct isa_route){ -1, e->override.inti_flags,
					  e->override.global_irq };
}

static void add_nmi(struct apic_config *c, const union madt_entry *e)
{
	if (e->nmi.lint <= 1)
		c->nmi_lint = e->nmi.lint;
}

static void set_address(struct apic_config *c, const union madt_entry *e)
{
	c->lapic_address = e->address.address;
}

static const struct entry_type {
	u8 type;
	u8 length;
	void (*add)(struct apic_config *c, const union madt_entry *e);
} entry_types[] = {
	{ ACPI_MADT_TYPE_LOCAL_APIC, 8, add_local_apic },
	{ ACPI_MADT_TYPE_IO_APIC, 12, add_io_apic },
	{ ACPI_MADT_TYPE_INTERRUPT_OVERRIDE, 10, add_override },
	{ ACPI_MADT_TYPE_LOCAL_APIC_NMI, 6, add_nmi },
	{ ACPI_MADT_TYPE_LOCAL_APIC_OVERRIDE, 12, set_address },
	{ ACPI_MADT_TYPE_LOCAL_X2APIC, 16, add_x2apic },
};

static void add_entry(struct apic_config *c, const union madt_entry *e)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(entry_types); i++) {
		const struct entry_type *type = &entry_types[i];

		if (type->type != e->header.type)
			continue;
		if (e->header.length < type->length)
			pr_warn("ACPI: MADT entry of type %u has %u bytes, not %u: ignored\n",
				type->type, e->header.length, type->length);
		else
			type->add(c, e);
		return;
	}
	pr_debug("ACPI: MADT entry of type %u skipped\n", e->header.type);
}

int acpi_parse_madt(struct apic_config *config,
		    const struct acpi_table_found *madt, boot_read_t read)
{
	struct acpi_table_madt table;
	u32 at = sizeof(table);
	union madt_entry e;

	if (madt->length < sizeof(table)) {
		pr_warn("ACPI: MADT has only %u bytes\n", madt->length);
		return -EINVAL;
	}
	if (read(&table, madt->phys, sizeof(table)))
		return -EFAULT;
	config->lapic_address = table.address;
	config->has_8259 = table.flags & ACPI_MADT_PCAT_COMPAT;
	for (; at + sizeof(e.header) <= madt->length; at += e.header.length) {
		u32 left = madt->length - at;

		if (read(&e, madt->phys + at, min_t(u32, left, sizeof(e))))
			return -EFAULT;
		if (e.header.length < sizeof(e.header) ||
		    e.header.length > left) {
			pr_warn("ACPI: MADT entry of %u bytes, %u are left: the rest is ignored\n",
				e.header.length, left);
			break;
		}
		add_entry(config, &e);
	}
	return 0;
}
