// SPDX-License-Identifier: MIT
/* The MP table: is the older way of telling CPUs read as carefully? */
#include "fake_memory.h"

#include <asm/mpspec.h>
#include <linux/kernel.h>
#include <linux/prandom.h>
#include <quire/capture.h>

#define BOOT_ID 0
#define HEADER 44
#define CORRUPTIONS 3000

static struct apic_config config;
static u32 table_length;
static u16 nr_entries;

static void expect_in(struct kunit *test, const char *text, const char *words)
{
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, words), "no \"%s\" in: %s",
				  words, text);
}

static int mptable_init(struct kunit *test)
{
	table_length = HEADER;
	nr_entries = 0;
	return fake_init(test);
}

static void put_pointer(u64 at, u32 table, u8 type, u8 feature2)
{
	u8 bytes[16] = "_MP_";

	memcpy(bytes + 4, &table, 4);
	bytes[8] = 1;
	bytes[9] = 4;
	bytes[11] = type;
	bytes[12] = feature2;
	fake_write(at, bytes, sizeof(bytes));
	fake_sum(at, sizeof(bytes), 10);
}

static void add(const void *entry, u32 size)
{
	fake_write(FAKE_TABLES + table_length, entry, size);
	table_length += size;
	nr_entries++;
}

static void add_cpu(u8 id, u8 flags)
{
	const u8 entry[20] = { 0, id, 0x14, flags };

	add(entry, sizeof(entry));
}

static void add_bus(u8 id, const char *name)
{
	u8 entry[8] = { 1, id, ' ', ' ', ' ', ' ', ' ', ' ' };

	memcpy(entry + 2, name, strlen(name));
	add(entry, sizeof(entry));
}

static void add_io(u8 id, u8 flags, u32 address)
{
	u8 entry[8] = { 2, id, 0x11, flags };

	memcpy(entry + 4, &address, 4);
	add(entry, sizeof(entry));
}

/* An interrupt goes from a line of a bus to a pin of an I/O APIC. */
static void add_line(u8 bus, u8 irq, u8 apic, u8 pin)
{
	const u8 entry[8] = { 3, 0, 0, 0, bus, irq, apic, pin };

	add(entry, sizeof(entry));
}

/* kind goes to a pin of all local APICs. */
static void add_local(u8 kind, u8 pin)
{
	const u8 entry[8] = { 4, kind, 0, 0, 1, 0, 0xff, pin };

	add(entry, sizeof(entry));
}

/* The header, when all entries are there. */
static void put_header(void)
{
	u8 bytes[HEADER] = "PCMP";
	u16 length = table_length;
	u32 lapic = 0xfee00000;

	memcpy(bytes + 4, &length, 2);
	bytes[6] = 4;
	memcpy(bytes + 34, &nr_entries, 2);
	memcpy(bytes + 36, &lapic, 4);
	fake_write(FAKE_TABLES, bytes, HEADER);
	fake_sum(FAKE_TABLES, table_length, 7);
}

static void put_machine(void)
{
	add_cpu(0, 3);
	add_cpu(8, 1);
	add_cpu(9, 0);
	add_bus(0, "PCI");
	add_bus(1, "ISA");
	add_io(2, 1, 0xfec00000);
	add_line(1, 0, 2, 2);
	add_line(1, 4, 2, 4);
	add_line(0, 4, 2, 20); /* PCI's, not this bus */
	add_local(3, 0);
	add_local(1, 1);
	put_header();
}

static const char *parse(struct kunit *test, int result)
{
	apic_config_init(&config, BOOT_ID);
	capture_begin();
	KUNIT_EXPECT_EQ(test, mp_table_parse(&config, fake_read), result);
	return capture_end();
}

/* Is all that a table says told? */
static void table_is_read(struct kunit *test)
{
	put_machine();
	put_pointer(FAKE_BIOS_F + 0x40, FAKE_TABLES, 0, 0x80);
	KUNIT_EXPECT_STREQ(test, parse(test, 0), "");
	KUNIT_EXPECT_EQ(test, config.nr_cpus, 2);
	KUNIT_EXPECT_EQ(test, config.apicids[1], 8);
	KUNIT_EXPECT_EQ(test, config.nr_cpus_disabled, 1);
	KUNIT_EXPECT_EQ(test, config.nr_io_apics, 1);
	KUNIT_EXPECT_EQ(test, config.io_apics[0].gsi_base, GSI_UNKNOWN);
	KUNIT_EXPECT_EQ(test, config.isa[0].gsi, 2);
	KUNIT_EXPECT_EQ(test, config.isa[0].io_apic, 0);
	KUNIT_EXPECT_EQ(test, config.isa[4].gsi, 4);
	KUNIT_EXPECT_EQ(test, config.nmi_lint, 1);
	KUNIT_EXPECT_TRUE(test, config.has_imcr);
}

/* Is the pointer found in each of the places it may stand? */
static void pointer_is_found(struct kunit *test)
{
	put_machine();
	put_pointer(FAKE_EBDA + 0x3f0, FAKE_TABLES, 0, 0);
	parse(test, 0);
	KUNIT_EXPECT_EQ(test, config.nr_cpus, 2);
	/* the last KiB of base memory, by the BIOS's word, without an EBDA */
	memset(fake_address(0x40e, 2), 0, 2);
	parse(test, -ENOENT);
	*(u8 *)fake_address(0x413, 1) += 1; /* 640 KiB: the EBDA is the last */
	parse(test, 0);
	KUNIT_EXPECT_EQ(test, config.nr_cpus, 2);
}

/* Do the default machines have two CPUs, and no others exist? */
static void default_machines(struct kunit *test)
{
	unsigned int type;

	for (type = 1; type <= 7; type++) {
		put_pointer(FAKE_BIOS_F, 0, type, 0);
		parse(test, 0);
		KUNIT_EXPECT_EQ(test, config.nr_cpus, 2);
		KUNIT_EXPECT_EQ(test, config.apicids[1], 1);
		KUNIT_EXPECT_EQ(test, config.nr_io_apics, 1);
		KUNIT_EXPECT_EQ(test, config.isa[0].gsi, 2);
	}
	put_pointer(FAKE_BIOS_F, 0, 8, 0);
	expect_in(test, parse(test, -ENOENT),
		  "no default machine has number 8");
}

/* Is a broken pointer passed over, a broken table refused? */
static void broken_ones_are_refused(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, parse(test, -ENOENT), "");
	put_machine();
	put_pointer(FAKE_BIOS_F, FAKE_TABLES, 0, 0);
	*(u8 *)fake_address(FAKE_BIOS_F + 4, 1) += 1;
	expect_in(test, parse(test, -ENOENT), "pointer at 0xf0000 is wrong");
	put_pointer(FAKE_BIOS_F + 0x10, FAKE_TABLES, 0, 0);
	parse(test, 0);
	KUNIT_EXPECT_EQ(test, config.nr_cpus, 2);
	*(u8 *)fake_address(FAKE_TABLES + 50, 1) += 1;
	expect_in(test, parse(test, -ENOENT), "has a wrong checksum");
	memcpy(fake_address(FAKE_TABLES, 4), "XXXX", 4);
	expect_in(test, parse(test, -ENOENT), "no table at");
	put_pointer(FAKE_BIOS_F, 0x1000, 0, 0);
	expect_in(test, parse(test, -ENOENT), "no table at 0x1000");
}

/* Does an unknown type, or a count that is too high, end the table? */
static void wrong_entries_end_it(struct kunit *test)
{
	static const u8 unknown[8] = { 77 };

	add_cpu(0, 3);
	add_cpu(1, 1);
	add(unknown, sizeof(unknown));
	add_cpu(2, 1);
	put_header();
	put_pointer(FAKE_BIOS_F, FAKE_TABLES, 0, 0);
	expect_in(test, parse(test, 0), "entry 2 (type 77) is wrong");
	KUNIT_EXPECT_EQ(test, config.nr_cpus, 2);
	table_length = HEADER + 40;
	nr_entries = 1000;
	put_header();
	expect_in(test, parse(test, 0), "1000 entries, but only 2 in it");
	KUNIT_EXPECT_EQ(test, config.nr_cpus, 2);
	/* an entry that reaches over the end */
	table_length = HEADER + 39;
	put_header();
	expect_in(test, parse(test, 0), "entry 1 (type 0) is wrong");
	KUNIT_EXPECT_EQ(test, config.nr_cpus, 1);
}

/* Is a line to an I/O APIC that nobody listed reported? */
static void unknown_io_apic_is_reported(struct kunit *test)
{
	add_bus(1, "ISA");
	add_io(2, 0, 0xfec00000); /* not usable */
	add_line(1, 4, 2, 9);
	put_header();
	put_pointer(FAKE_BIOS_F, FAKE_TABLES, 0, 0);
	expect_in(test, parse(test, 0), "line 4 goes to unknown I/O APIC 2");
	KUNIT_EXPECT_EQ(test, config.isa[4].gsi, 4);
	KUNIT_EXPECT_EQ(test, config.nr_io_apics, 0);
}

/* C1, as in madt_test.c. */
static void check_config(struct kunit *test)
{
	DECLARE_BITMAP(seen, 256) = { 0 };
	unsigned int i;

	KUNIT_ASSERT_LE(test, config.nr_cpus, APIC_CPUS_MAX);
	KUNIT_ASSERT_EQ(test, config.apicids[0], BOOT_ID);
	for (i = 0; i < config.nr_cpus; i++) {
		KUNIT_ASSERT_NE(test, config.apicids[i], BAD_APICID);
		KUNIT_ASSERT_FALSE(test, test_bit(config.apicids[i], seen));
		set_bit(config.apicids[i], seen);
	}
	for (i = 0; i < NR_IRQS_LEGACY; i++)
		KUNIT_ASSERT_LT(test, config.isa[i].io_apic,
				(int)config.nr_io_apics);
}

/* Does no corruption with a right sum break C1 or the end? (seeded) */
static void random_corruption(struct kunit *test)
{
	struct rnd_state state;
	u8 good[512];
	unsigned int i, n;

	put_machine();
	put_pointer(FAKE_BIOS_F, FAKE_TABLES, 0, 0);
	memcpy(good, fake_address(FAKE_TABLES, table_length), table_length);
	prandom_seed_state(&state, 7);
	for (i = 0; i < CORRUPTIONS; i++) {
		fake_write(FAKE_TABLES, good, table_length);
		for (n = 1 + prandom_u32_state(&state) % 6; n; n--)
			*(u8 *)fake_address(FAKE_TABLES + 4 +
						    prandom_u32_state(&state) %
							    (table_length - 4),
					    1) = prandom_u32_state(&state);
		if (prandom_u32_state(&state) % 4)
			fake_sum(FAKE_TABLES, table_length, 7);
		fake_reads = 0;
		apic_config_init(&config, BOOT_ID);
		capture_begin();
		mp_table_parse(&config, fake_read);
		capture_end();
		KUNIT_ASSERT_LE(test, fake_reads, FAKE_READS_MAX);
		check_config(test);
	}
}

static struct kunit_case mptable_cases[] = {
	KUNIT_CASE(table_is_read),
	KUNIT_CASE(pointer_is_found),
	KUNIT_CASE(default_machines),
	KUNIT_CASE(broken_ones_are_refused),
	KUNIT_CASE(wrong_entries_end_it),
	KUNIT_CASE(unknown_io_apic_is_reported),
	KUNIT_CASE_SLOW(random_corruption),
	{}
};

static struct kunit_suite mptable_suite = {
	.name = "mptable",
	.init = mptable_init,
	.test_cases = mptable_cases,
};
kunit_test_suite(mptable_suite);
