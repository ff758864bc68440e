/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/mpparse.c - the table from before ACPI
 *
 *	"_MP_" in the BIOS area --> "PCMP" header, then entries:
 *
 *	type  bytes  what
 *	  0     20   CPU: APIC id, enabled, is it the boot CPU
 *	  1      8   bus: its number and kind
 *	  2      8   I/O APIC: id, address
 *	  3      8   from a bus's line to a line of an I/O APIC
 *	  4      8   from a bus's line to a pin of local APICs
 *
 * or, instead of a table, a number: one of the default machines, all with two
 * CPUs and one I/O APIC [MP 5].
 *
 * An entry has no length, only a type, so an unknown type ends the table.
 *
 * Differs from Linux: lines of PCI are not followed, as nothing here asks for
 * them. (arch/x86/kernel/mpparse.c)
 */
#include <asm/mpspec.h>

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/string.h>

#define BASE_MEMORY_KIB 0x413 /* a word of the BIOS: memory below the EBDA */
#define BIOS_START 0xf0000
#define BIOS_END 0x100000
#define LOOKED_AT 1024

/* [MP 4.1] */
struct mpf_intel {
	char signature[4]; /* "_MP_" */
	u32 physptr;
	u8 length; /* in 16 bytes */
	u8 specification;
	u8 checksum;
	u8 default_type; /* 0: physptr leads to a table */
	u8 feature2;
	u8 reserved[3];
} __packed;
#define FEATURE2_IMCR 0x80

/* [MP 4.2] */
struct mpc_table {
	char signature[4]; /* "PCMP" */
	u16 length;        /* of it and its entries */
	u8 spec;
	u8 checksum;
	char oem[8];
	char product[12];
	u32 oem_table;
	u16 oem_size;
	u16 nr_entries;
	u32 lapic;
	u32 reserved;
} __packed;

/* [MP 4.3] */
enum { MP_PROCESSOR, MP_BUS, MP_IOAPIC, MP_INTSRC, MP_LINTSRC };

struct mpc_cpu {
	u8 type, apicid, version, flags;
	u32 signature, features, reserved[2];
} __packed;

struct mpc_bus {
	u8 type, id;
	char name[6];
} __packed;

struct mpc_ioapic {
	u8 type, apicid, version, flags;
	u32 address;
} __packed;

struct mpc_intsrc {
	u8 type, irqtype;
	u16 flags;
	u8 bus, bus_irq, apic, pin;
} __packed;

#define MPC_ENABLED 1
#define MPC_INT 0
#define MPC_NMI 1

union mpc_entry {
	u8 type;
	struct mpc_cpu cpu;
	struct mpc_bus bus;
	struct mpc_ioapic ioapic;
	struct mpc_intsrc intsrc;
};

/* While a table is read. */
struct mp_state {
	struct apic_config *config;
	DECLARE_BITMAP(isa_buses, 256);
};

static void add_bus(struct mp_state *s, const struct mpc_bus *bus)
{
	if (!memcmp(bus->name, "ISA", 3) || !memcmp(bus->name, "EISA", 4))
		set_bit(bus->id, s->isa_buses);
}

static void add_io_apic(struct mp_state *s, const struct mpc_ioapic *m)
{
	struct io_apic_entry entry = { m->apicid, m->address, GSI_UNKNOWN };

	if (m->flags & MPC_ENABLED)
		apic_config_add_io_apic(s->config, &entry);
}

static int io_apic_index(const struct apic_config *c, u8 id)
{
	unsigned int i;

	for (i = 0; i < c->nr_io_apics; i++)
		if (c->io_apics[i].id == id)
			return i;
	return -1;
}

static void add_line(struct mp_state *s, const struct mpc_intsrc *m)
{
	int index = io_apic_index(s->config, m->apic);

	if (m->irqtype != MPC_INT || !test_bit(m->bus, s->isa_buses) ||
	    m->bus_irq >= NR_IRQS_LEGACY)
		return;
	if (index < 0) {
		pr_warn("MP table: line %u goes to unknown I/O APIC %u\n",
			m->bus_irq, m->apic);
		return;
	}
	s->config->isa[m->bus_irq] =
		(struct isa_route){ index, m->flags, m->pin };
}

static void add_pin(struct mp_state *s, const struct mpc_intsrc *m)
{
	if (m->irqtype == MPC_NMI && m->pin <= 1)
		s->config->nmi_lint = m->pin;
}

static void add_entry(struct mp_state *s, const union mpc_entry *e)
{
	switch (e->type) {
	case MP_PROCESSOR:
		apic_config_add_cpu(s->config, e->cpu.apicid,
				    e->cpu.flags & MPC_ENABLED);
		break;
	case MP_BUS:
		add_bus(s, &e->bus);
		break;
	case MP_IOAPIC:
		add_io_apic(s, &e->ioapic);
		break;
	case MP_INTSRC:
		add_line(s, &e->intsrc);
		break;
	case MP_LINTSRC:
		add_pin(s, &e->intsrc);
		break;
	}
}

static void read_entries(struct mp_state *s, u64 phys,
			 const struct mpc_table *table, boot_read_t read)
{
	u32 at = sizeof(*table), i, size;
	union mpc_entry e;

	for (i = 0; i < table->nr_entries; i++, at += size) {
		u32 left = table->length - at;

		if (!left || read(&e, phys + at, min_t(u32, left, sizeof(e)))) {
			pr_warn("MP table: %u entries, but only %u in it\n",
				table->nr_entries, i);
			return;
		}
		size = e.type == MP_PROCESSOR ? sizeof(e.cpu) : sizeof(e.bus);
		if (e.type > MP_LINTSRC || size > left) {
			pr_warn("MP table: entry %u (type %u) is wrong: the rest is ignored\n",
				i, e.type);
			return;
		}
		add_entry(s, &e);
	}
}

static int read_table(struct apic_config *config, u64 phys, boot_read_t read)
{
	struct mp_state state = { .config = config };
	struct mpc_table table;

	if (!phys || read(&table, phys, sizeof(table)) ||
	    memcmp(table.signature, "PCMP", 4) ||
	    table.length < sizeof(table)) {
		pr_warn("MP table: no table at %#llx\n", phys);
		return -EINVAL;
	}
	if (firmware_checksum(phys, table.length, read)) {
		pr_warn("MP table: the one at %#llx has a wrong checksum\n",
			phys);
		return -EINVAL;
	}
	config->lapic_address = table.lapic;
	read_entries(&state, phys, &table, read);
	return 0;
}

/* One of the machines that need no table. */
static int default_machine(struct apic_config *config, u8 type)
{
	struct io_apic_entry entry = { 2, IO_APIC_DEFAULT_PHYS_BASE, 0 };

	if (type > 7) {
		pr_warn("MP table: no default machine has number %u\n", type);
		return -EINVAL;
	}
	apic_config_add_cpu(config, 0, true);
	apic_config_add_cpu(config, 1, true);
	apic_config_add_io_apic(config, &entry);
	/* the 8259s hang on line 0 of the I/O APIC, so the timer is on 2 */
	config->isa[0] = (struct isa_route){ -1, 0, 2 };
	return 0;
}

static int check_mpf(u64 at, boot_read_t read, void *data)
{
	struct apic_config *config = data;
	struct mpf_intel mpf;

	if (read(&mpf, at, sizeof(mpf)) || mpf.length != 1 ||
	    firmware_checksum(at, sizeof(mpf), read)) {
		pr_warn("MP table: the pointer at %#llx is wrong\n", at);
		return -EINVAL;
	}
	config->has_8259 = true;
	config->has_imcr = mpf.feature2 & FEATURE2_IMCR;
	if (mpf.default_type)
		return default_machine(config, mpf.default_type);
	return read_table(config, mpf.physptr, read);
}

int mp_table_parse(struct apic_config *config, boot_read_t read)
{
	struct firmware_scan scan = { "_MP_", 4, check_mpf, config };
	u64 ebda = firmware_ebda(read);
	u16 kib = 0;
	u64 last;

	if (ebda && !firmware_scan(&scan, ebda, ebda + LOOKED_AT, read))
		return 0;
	read(&kib, BASE_MEMORY_KIB, sizeof(kib));
	last = (kib ? kib - 1 : 639) * 1024ULL;
	if (!firmware_scan(&scan, last, last + LOOKED_AT, read))
		return 0;
	return firmware_scan(&scan, BIOS_START, BIOS_END, read);
}
