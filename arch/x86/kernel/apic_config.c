/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/apic_config.c - which CPUs and I/O APICs there are
 *
 *	ACPI's MADT ----+
 *	                +--> struct apic_config --> num_processors,
 *	the MP table ---+                           x86_cpu_to_apicid[]
 *
 * The MP table is asked only if there is no usable MADT: where there are
 * both, it is the one that was forgotten. Without either the machine has one
 * CPU and the 8259s.
 *
 * CPUs are numbered in the order of the tables, but the one that boots is 0,
 * and the numbers have no gaps where the APIC ids do.
 *
 * C1  apicids[0 .. nr_cpus-1] are all different and below BAD_APICID;
 *     apicids[0] is the CPU that runs this.
 *
 * (arch/x86/kernel/apic/apic.c, acpi/boot.c)
 */
#include <asm/mpspec.h>

#include <asm/acpi.h>
#include <asm/apic.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/threads.h>

#define EBDA_SEGMENT 0x40e /* a word of the BIOS */
#define CHUNK 256

struct apic_config apic_config;
unsigned int num_processors = 1;
u8 x86_cpu_to_apicid[NR_CPUS];

int cpu_of_apicid(unsigned int apicid)
{
	unsigned int cpu;

	for (cpu = 0; cpu < num_processors; cpu++)
		if (x86_cpu_to_apicid[cpu] == apicid)
			return cpu;
	return -1;
}

/* ------------------------------------------------------- reading firmware */

int firmware_read_phys(void *dst, u64 phys, u32 size)
{
	int err;

	if (phys + size > 1ULL << 32 || phys + size < phys)
		return -EFAULT;
	/* the window it looks through is flushed on this CPU only */
	preempt_disable();
	err = boot_read_phys(dst, phys, size);
	preempt_enable();
	return err;
}

int firmware_checksum(u64 phys, u32 size, boot_read_t read)
{
	u8 chunk[CHUNK], sum = 0;
	u32 n, i;

	for (; size; size -= n, phys += n) {
		n = min_t(u32, size, CHUNK);
		if (read(chunk, phys, n))
			return -EFAULT;
		for (i = 0; i < n; i++)
			sum += chunk[i];
	}
	return sum;
}

int firmware_scan(const struct firmware_scan *scan, u64 start, u64 end,
		  boot_read_t read)
{
	char chunk[CHUNK];
	u32 first, word, n, i;

	memcpy(&first, scan->signature, sizeof(first));
	for (start &= ~15ULL; start < end; start += n) {
		n = min_t(u64, end - start, CHUNK);
		if (read(chunk, start, n))
			continue;
		for (i = 0; i + 16 <= n; i += 16) {
			memcpy(&word, chunk + i, sizeof(word));
			if (word == first &&
			    !memcmp(chunk + i, scan->signature, scan->length) &&
			    !scan->match(start + i, read, scan->data))
				return 0;
		}
	}
	return -ENOENT;
}

u64 firmware_ebda(boot_read_t read)
{
	u16 segment = 0;

	if (read(&segment, EBDA_SEGMENT, sizeof(segment)))
		return 0;
	/* below the first 64 KiB or in video memory it is none */
	return segment < 0x1000 || segment >= 0xa000 ? 0 : segment << 4;
}

/* ------------------------------------------------------ what parsers find */

void apic_config_init(struct apic_config *config, u8 boot_apicid)
{
	unsigned int irq;

	memset(config, 0, sizeof(*config));
	config->lapic_address = APIC_DEFAULT_PHYS_BASE;
	config->nr_cpus = 1;
	config->apicids[0] = boot_apicid;
	config->nmi_lint = 0xff;
	config->has_8259 = true;
	for (irq = 0; irq < NR_IRQS_LEGACY; irq++)
		config->isa[irq] = (struct isa_route){ -1, 0, irq };
}

void apic_config_add_cpu(struct apic_config *config, u32 apicid, bool enabled)
{
	unsigned int i;

	if (!enabled) {
		config->nr_cpus_disabled++;
		return;
	}
	for (i = 1; i < config->nr_cpus; i++) {
		if (config->apicids[i] == apicid) {
			pr_warn("CPU with APIC id %u is listed twice\n",
				apicid);
			return;
		}
	}
	if (apicid == config->apicids[0])
		return;
	if (config->nr_cpus == APIC_CPUS_MAX || apicid >= BAD_APICID) {
		config->nr_cpus_lost++;
		return;
	}
	config->apicids[config->nr_cpus++] = apicid;
}

void apic_config_add_io_apic(struct apic_config *config,
			     const struct io_apic_entry *entry)
{
	unsigned int i;

	if (!entry->address || entry->address & 0xf) {
		pr_warn("I/O APIC %u at %#x: no address for one\n", entry->id,
			entry->address);
		return;
	}
	for (i = 0; i < config->nr_io_apics; i++) {
		if (config->io_apics[i].address == entry->address) {
			pr_warn("I/O APIC at %#x is listed twice\n",
				entry->address);
			return;
		}
	}
	if (config->nr_io_apics == MAX_IO_APICS) {
		config->nr_io_apics_lost++;
		return;
	}
	config->io_apics[config->nr_io_apics++] = *entry;
}

/* ---------------------------------------------------------------- at boot */

static int __init parse_acpi(char *arg)
{
	if (!arg || strcmp(arg, "off"))
		return -EINVAL;
	acpi_disabled = true;
	return 0;
}
early_param("acpi", parse_acpi);

static int __init ask_acpi(u8 boot_apicid)
{
	const struct acpi_table_found *madt;

	if (acpi_disabled || acpi_find_tables(&acpi_tables, firmware_read_phys))
		return -ENOENT;
	pr_info("ACPI: %u tables, %u of them unusable\n",
		acpi_tables.nr + acpi_tables.nr_bad, acpi_tables.nr_bad);
	madt = acpi_table_lookup(&acpi_tables, ACPI_SIG_MADT);
	if (!madt)
		return -ENOENT;
	apic_config_init(&apic_config, boot_apicid);
	apic_config.source = "ACPI";
	return acpi_parse_madt(&apic_config, madt, firmware_read_phys);
}

static int __init ask_mp_table(u8 boot_apicid)
{
	apic_config_init(&apic_config, boot_apicid);
	apic_config.source = "MP table";
	return mp_table_parse(&apic_config, firmware_read_phys);
}

static void __init number_cpus(void)
{
	const struct apic_config *c = &apic_config;
	unsigned int cpu;

	/* nothing can start a CPU but a local APIC */
	if (apic_is_on())
		num_processors = min_t(unsigned int, c->nr_cpus, NR_CPUS);
	for (cpu = 0; cpu < num_processors; cpu++)
		x86_cpu_to_apicid[cpu] = c->apicids[cpu];
}

void __init find_apics(void)
{
	struct apic_config *c = &apic_config;
	u8 boot_apicid = map_local_APIC();

	if (ask_acpi(boot_apicid) && ask_mp_table(boot_apicid))
		apic_config_init(c, boot_apicid);
	check_local_APIC_address(c->lapic_address);
	number_cpus();
	if (c->source)
		pr_info("%s: %u CPUs, %u disabled, %u too many; %u I/O APICs\n",
			c->source, c->nr_cpus, c->nr_cpus_disabled,
			c->nr_cpus_lost, c->nr_io_apics);
	else
		pr_info("No ACPI or MP tables: one CPU\n");
}
