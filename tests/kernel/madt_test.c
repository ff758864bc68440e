// SPDX-License-Identifier: MIT
/* ACPI's MADT: are CPUs, I/O APICs and overrides told as they are? */
#include "fake_memory.h"

#include <asm/acpi.h>
#include <linux/kernel.h>
#include <linux/prandom.h>
#include <quire/capture.h>

#define BOOT_ID 6
#define CORRUPTIONS 3000

static struct apic_config config;
static struct acpi_table_found madt;

static void expect_in(struct kunit *test, const char *text, const char *words)
{
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, words), "no \"%s\" in: %s",
				  words, text);
}

static int madt_init(struct kunit *test)
{
	struct acpi_table_madt table = { .address = 0xfee00000,
					 .flags = ACPI_MADT_PCAT_COMPAT };
	int err = fake_init(test);

	if (err)
		return err;
	fake_write(FAKE_TABLES, &table, sizeof(table));
	madt.phys = FAKE_TABLES;
	madt.length = sizeof(table);
	return 0;
}

static void add(const void *entry, u8 size)
{
	fake_write(madt.phys + madt.length, entry, size);
	madt.length += size;
}

static void add_cpu(u8 id, u32 flags)
{
	struct acpi_madt_local_apic e = { { 0, sizeof(e) }, id, id, flags };

	add(&e, sizeof(e));
}

static void add_x2(u32 id, u32 flags)
{
	struct acpi_madt_local_x2apic e = { { 9, sizeof(e) }, 0, id, flags, 0 };

	add(&e, sizeof(e));
}

static void add_io(u8 id, u32 address, u32 gsi)
{
	struct acpi_madt_io_apic e = { { 1, sizeof(e) }, id, 0, address, gsi };

	add(&e, sizeof(e));
}

static void add_override(u8 bus, u8 irq, u32 gsi, u16 flags)
{
	struct acpi_madt_interrupt_override e = { { 2, sizeof(e) }, bus, irq,
						  gsi, flags };

	add(&e, sizeof(e));
}

/* What a small machine has, and what the parser says aloud. */
static const char *parse(struct kunit *test)
{
	apic_config_init(&config, BOOT_ID);
	capture_begin();
	KUNIT_EXPECT_EQ(test, acpi_parse_madt(&config, &madt, fake_read), 0);
	return capture_end();
}

/* Is the boot CPU first, wherever it is listed, and are ids kept? */
static void boot_cpu_is_first(struct kunit *test)
{
	static const u8 expected[] = { BOOT_ID, 0, 4, 200 };

	add_cpu(0, 1);
	add_cpu(4, 1);
	add_cpu(BOOT_ID, 1);
	add_cpu(200, 1);
	KUNIT_EXPECT_STREQ(test, parse(test), "");
	KUNIT_EXPECT_EQ(test, config.nr_cpus, 4);
	KUNIT_EXPECT_MEMEQ(test, config.apicids, expected, 4);
	KUNIT_EXPECT_EQ(test, config.nr_cpus_disabled, 0);
	KUNIT_EXPECT_EQ(test, config.lapic_address, 0xfee00000);
	KUNIT_EXPECT_TRUE(test, config.has_8259);
}

/* Are CPUs that may not run counted, and empty entries not even that? */
static void disabled_cpus_are_counted(struct kunit *test)
{
	add_cpu(1, 0);
	add_cpu(2, 2); /* may be switched on later */
	add_cpu(BAD_APICID, 0);
	add_cpu(BAD_APICID, 1);
	add_cpu(3, 1);
	parse(test);
	KUNIT_EXPECT_EQ(test, config.nr_cpus, 2);
	KUNIT_EXPECT_EQ(test, config.nr_cpus_disabled, 2);
	KUNIT_EXPECT_EQ(test, config.apicids[1], 3);
}

/* Is a CPU that is listed twice taken once? */
static void doubles_are_reported(struct kunit *test)
{
	add_cpu(1, 1);
	add_x2(1, 1);
	expect_in(test, parse(test), "APIC id 1 is listed twice");
	KUNIT_EXPECT_EQ(test, config.nr_cpus, 2);
}

/* Are more CPUs than there is room for, and ids too large, left out? */
static void too_many_cpus(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < 100; i++)
		add_cpu(2 * i, 1);
	add_x2(255, 1);
	add_x2(70000, 1);
	add_x2(0xffffffff, 1);
	KUNIT_EXPECT_STREQ(test, parse(test), "");
	KUNIT_EXPECT_EQ(test, config.nr_cpus, APIC_CPUS_MAX);
	KUNIT_EXPECT_EQ(test, config.nr_cpus_lost, 100 - APIC_CPUS_MAX + 2);
	KUNIT_EXPECT_EQ(test, config.apicids[0], BOOT_ID);
	KUNIT_EXPECT_EQ(test, config.apicids[1], 0);
}

/* Do lines without an override keep their numbers, and others not? */
static void overrides_are_told(struct kunit *test)
{
	struct acpi_madt_local_apic_nmi nmi = { { 4, 6 }, 0xff, 5, 1 };
	const char *text;

	add_override(0, 0, 2, 0);
	add_override(0, 9, 9, 0xd);
	add_override(1, 3, 3, 0);
	add_override(0, 16, 20, 0);
	add(&nmi, 6);
	text = parse(test);
	expect_in(test, text, "override of line 3 of bus 1: ignored");
	expect_in(test, text, "override of line 16 of bus 0: ignored");
	KUNIT_EXPECT_EQ(test, config.isa[0].gsi, 2);
	KUNIT_EXPECT_EQ(test, config.isa[9].flags, 0xd);
	KUNIT_EXPECT_EQ(test, config.isa[3].gsi, 3);
	KUNIT_EXPECT_EQ(test, config.isa[3].flags, 0);
	KUNIT_EXPECT_EQ(test, config.nmi_lint, 1);
}

/* Are I/O APICs told once each, with a place in memory? */
static void io_apics_are_told(struct kunit *test)
{
	unsigned int i;
	const char *text;

	add_io(1, 0xfec00000, 0);
	add_io(2, 0xfec00000, 24);
	add_io(3, 0, 24);
	add_io(4, 0xfec01003, 24);
	for (i = 1; i < MAX_IO_APICS + 3; i++)
		add_io(i, 0xfec00000 + i * 0x1000, 24 * i);
	text = parse(test);
	expect_in(test, text, "0xfec00000 is listed twice");
	expect_in(test, text, "I/O APIC 3 at 0x0: no address");
	expect_in(test, text, "I/O APIC 4 at 0xfec01003: no address");
	KUNIT_EXPECT_EQ(test, config.nr_io_apics, MAX_IO_APICS);
	KUNIT_EXPECT_EQ(test, config.nr_io_apics_lost, 3);
	KUNIT_EXPECT_EQ(test, config.io_apics[1].gsi_base, 24);
}

/* Is the 64-bit address taken over the 32-bit one? */
static void wide_address_is_taken(struct kunit *test)
{
	struct acpi_madt_local_apic_override e = { { 5, 12 }, 0,
						   0x1fee00000ULL };

	add(&e, 12);
	parse(test);
	KUNIT_EXPECT_EQ(test, config.lapic_address, 0x1fee00000ULL);
}

/* Are unknown entries stepped over, and short ones of a known type? */
static void strange_entries_are_skipped(struct kunit *test)
{
	static const u8 unknown[] = { 0x7f, 5, 1, 2, 3 };
	static const u8 cut[] = { 1, 4, 9, 9 };

	add_cpu(1, 1);
	add(unknown, sizeof(unknown));
	add(cut, sizeof(cut));
	add_cpu(2, 1);
	expect_in(test, parse(test), "type 1 has 4 bytes, not 12");
	KUNIT_EXPECT_EQ(test, config.nr_cpus, 3);
	KUNIT_EXPECT_EQ(test, config.nr_io_apics, 0);
}

/* Does an entry of length 0, or one over the end, end the table? */
static void wrong_lengths_end_it(struct kunit *test)
{
	static const u8 zero[] = { 0, 0 }, over[] = { 0, 9 };
	u32 length;

	add_cpu(1, 1);
	length = madt.length;
	add(zero, sizeof(zero));
	add_cpu(2, 1);
	expect_in(test, parse(test), "MADT entry of 0 bytes, 10 are left");
	KUNIT_EXPECT_EQ(test, config.nr_cpus, 2);
	madt.length = length;
	add(over, sizeof(over));
	expect_in(test, parse(test), "MADT entry of 9 bytes, 2 are left");
	KUNIT_EXPECT_EQ(test, config.nr_cpus, 2);
	/* a single byte is no entry */
	madt.length = length + 1;
	KUNIT_EXPECT_STREQ(test, parse(test), "");
}

/* Is a table without room for its own fields refused? */
static void short_table_is_refused(struct kunit *test)
{
	madt.length = 43;
	apic_config_init(&config, BOOT_ID);
	capture_begin();
	KUNIT_EXPECT_EQ(test, acpi_parse_madt(&config, &madt, fake_read),
			-EINVAL);
	expect_in(test, capture_end(), "only 43 bytes");
	madt.length = 44;
	madt.phys = 0x1000;
	KUNIT_EXPECT_EQ(test, acpi_parse_madt(&config, &madt, fake_read),
			-EFAULT);
}

/* C1: ids differ, are in range, and the boot CPU's is first. */
static void check_config(struct kunit *test)
{
	DECLARE_BITMAP(seen, 256) = { 0 };
	unsigned int i;

	KUNIT_ASSERT_GE(test, config.nr_cpus, 1);
	KUNIT_ASSERT_LE(test, config.nr_cpus, APIC_CPUS_MAX);
	KUNIT_ASSERT_LE(test, config.nr_io_apics, MAX_IO_APICS);
	KUNIT_ASSERT_EQ(test, config.apicids[0], BOOT_ID);
	for (i = 0; i < config.nr_cpus; i++) {
		KUNIT_ASSERT_NE(test, config.apicids[i], BAD_APICID);
		KUNIT_ASSERT_FALSE(test, test_bit(config.apicids[i], seen));
		set_bit(config.apicids[i], seen);
	}
}

/* Does no corruption of a MADT break C1, or make its end lost? (seeded) */
static void random_corruption(struct kunit *test)
{
	struct rnd_state state;
	u8 good[256];
	u32 length;
	unsigned int i, n;

	add_cpu(0, 1);
	add_cpu(BOOT_ID, 1);
	add_io(1, 0xfec00000, 0);
	add_override(0, 0, 2, 0);
	add_x2(7, 1);
	add_cpu(9, 0);
	add_cpu(10, 1);
	length = madt.length;
	memcpy(good, fake_address(madt.phys, length), length);
	prandom_seed_state(&state, 5);
	for (i = 0; i < CORRUPTIONS; i++) {
		fake_write(madt.phys, good, length);
		for (n = 1 + prandom_u32_state(&state) % 8; n; n--)
			*(u8 *)fake_address(madt.phys + 44 +
						    prandom_u32_state(&state) %
							    (length - 44),
					    1) = prandom_u32_state(&state);
		madt.length = length - prandom_u32_state(&state) % 30;
		fake_reads = 0;
		parse(test);
		KUNIT_ASSERT_LE(test, fake_reads, length);
		check_config(test);
	}
}

/* Do this machine's numbers of CPUs make sense, the boot CPU's first? */
static void own_cpus_are_numbered(struct kunit *test)
{
	unsigned int cpu;

	KUNIT_ASSERT_GE(test, num_processors, 1);
	KUNIT_ASSERT_LE(test, num_processors, NR_CPUS);
	for (cpu = 0; cpu < num_processors; cpu++)
		KUNIT_EXPECT_EQ(test, cpu_of_apicid(cpu_physical_id(cpu)), cpu);
	KUNIT_EXPECT_EQ(test, cpu_of_apicid(BAD_APICID), -1);
}

static struct kunit_case madt_cases[] = {
	KUNIT_CASE(boot_cpu_is_first),
	KUNIT_CASE(disabled_cpus_are_counted),
	KUNIT_CASE(doubles_are_reported),
	KUNIT_CASE(too_many_cpus),
	KUNIT_CASE(overrides_are_told),
	KUNIT_CASE(io_apics_are_told),
	KUNIT_CASE(wide_address_is_taken),
	KUNIT_CASE(strange_entries_are_skipped),
	KUNIT_CASE(wrong_lengths_end_it),
	KUNIT_CASE(short_table_is_refused),
	KUNIT_CASE_SLOW(random_corruption),
	KUNIT_CASE(own_cpus_are_numbered),
	{}
};

static struct kunit_suite madt_suite = {
	.name = "madt",
	.init = madt_init,
	.test_cases = madt_cases,
};
kunit_test_suite(madt_suite);
