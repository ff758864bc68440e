// SPDX-License-Identifier: MIT
/* ACPI tables: is what firmware left found, and what is broken left out? */
#include "fake_memory.h"

#include <asm/acpi.h>
#include <linux/kernel.h>
#include <linux/prandom.h>
#include <quire/capture.h>

#define RSDT FAKE_TABLES
#define XSDT (FAKE_TABLES + 0x400)
#define TABLE(n) (FAKE_TABLES + 0x800 + (n) * 0x40)
#define CORRUPTIONS 3000

static struct acpi_tables tables;

static void expect_in(struct kunit *test, const char *text, const char *words)
{
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, words), "no \"%s\" in: %s",
				  words, text);
}

static void put_header(u64 at, const char *signature, u32 length)
{
	struct acpi_table_header header = { .length = length, .revision = 1 };

	memcpy(header.signature, signature, 4);
	fake_write(at, &header, sizeof(header));
}

static void sum_table(u64 at, u32 length)
{
	fake_sum(at, length, offsetof(struct acpi_table_header, checksum));
}

static void put_table(u64 at, const char *signature, u32 length)
{
	put_header(at, signature, length);
	sum_table(at, length);
}

static void put_rsdp(u64 at, u8 revision, u32 rsdt, u64 xsdt)
{
	struct acpi_table_rsdp rsdp = {
		.revision = revision,
		.rsdt_physical_address = rsdt,
		.xsdt_physical_address = xsdt,
		.length = sizeof(rsdp),
	};

	memcpy(rsdp.signature, "RSD PTR ", 8);
	fake_write(at, &rsdp,
		   revision < 2 ? ACPI_RSDP_V1_LENGTH : sizeof(rsdp));
	fake_sum(at, ACPI_RSDP_V1_LENGTH,
		 offsetof(struct acpi_table_rsdp, checksum));
	if (revision >= 2)
		fake_sum(at, sizeof(rsdp),
			 offsetof(struct acpi_table_rsdp, extended_checksum));
}

static void put_rsdt(const u32 *entries, u32 nr)
{
	u32 length = sizeof(struct acpi_table_header) + nr * sizeof(u32);

	put_header(RSDT, "RSDT", length);
	fake_write(RSDT + sizeof(struct acpi_table_header), entries,
		   nr * sizeof(u32));
	sum_table(RSDT, length);
}

static void put_xsdt(const u64 *entries, u32 nr)
{
	u32 length = sizeof(struct acpi_table_header) + nr * sizeof(u64);

	put_header(XSDT, "XSDT", length);
	fake_write(XSDT + sizeof(struct acpi_table_header), entries,
		   nr * sizeof(u64));
	sum_table(XSDT, length);
}

/* Two tables, listed by an RSDT. */
static void put_machine(u64 rsdp)
{
	static const u32 entries[] = { TABLE(0), TABLE(1) };

	put_table(TABLE(0), "FACP", 40);
	put_table(TABLE(1), "APIC", 44);
	put_rsdt(entries, 2);
	put_rsdp(rsdp, 0, RSDT, 0);
}

static const char *find_tables(struct kunit *test, int result)
{
	capture_begin();
	KUNIT_EXPECT_EQ(test, acpi_find_tables(&tables, fake_read), result);
	return capture_end();
}

/* Are all tables of an RSDT found, with address and length? */
static void rsdt_is_followed(struct kunit *test)
{
	const struct acpi_table_found *found;

	put_machine(FAKE_BIOS + 0x20);
	KUNIT_EXPECT_STREQ(test, find_tables(test, 0), "");
	KUNIT_EXPECT_EQ(test, tables.nr, 2);
	KUNIT_EXPECT_EQ(test, tables.nr_bad, 0);
	found = acpi_table_lookup(&tables, "APIC");
	KUNIT_ASSERT_NOT_NULL(test, found);
	KUNIT_EXPECT_EQ(test, found->phys, TABLE(1));
	KUNIT_EXPECT_EQ(test, found->length, 44);
	KUNIT_EXPECT_NULL(test, acpi_table_lookup(&tables, "HPET"));
}

/* Does the EBDA come before the BIOS area, and is it looked at all? */
static void ebda_comes_first(struct kunit *test)
{
	put_machine(FAKE_EBDA + 0x3f0 - 0x10);
	put_rsdp(FAKE_BIOS, 0, 0x1234, 0);
	find_tables(test, 0);
	KUNIT_EXPECT_EQ(test, tables.nr, 2);
}

/* Is the XSDT preferred where there is one, also for high addresses? */
static void xsdt_is_preferred(struct kunit *test)
{
	static const u64 entries[] = { TABLE(1), 0x123456789000ULL };
	const char *text;

	put_machine(FAKE_BIOS);
	put_xsdt(entries, 2);
	put_rsdp(FAKE_BIOS, 2, RSDT, XSDT);
	text = find_tables(test, 0);
	KUNIT_EXPECT_EQ(test, tables.nr, 1);
	KUNIT_EXPECT_EQ(test, tables.nr_bad, 1);
	expect_in(test, text, "table at 0x123456789000 cannot be read");
}

/* Is a broken XSDT, or a broken pointer to it, survived by the RSDT? */
static void rsdt_stands_in(struct kunit *test)
{
	static const u64 entries[] = { TABLE(1) };

	put_machine(FAKE_BIOS);
	put_xsdt(entries, 1);
	put_rsdp(FAKE_BIOS, 2, RSDT, XSDT);
	*(u8 *)fake_address(XSDT + 36, 1) += 1;
	expect_in(test, find_tables(test, 0),
		  "\"XSDT\" at 0x7fe0400 has a wrong");
	KUNIT_EXPECT_EQ(test, tables.nr, 2);
	/* an RSDT where the XSDT should be */
	put_rsdp(FAKE_BIOS, 2, RSDT, RSDT);
	expect_in(test, find_tables(test, 0), "no XSDT at 0x7fe0000");
	KUNIT_EXPECT_EQ(test, tables.nr, 2);
	*(u8 *)fake_address(FAKE_BIOS + 33, 1) += 1;
	expect_in(test, find_tables(test, 0), "its second part is wrong");
	KUNIT_EXPECT_EQ(test, tables.nr, 2);
}

/* Is a root pointer with a wrong sum passed over for a later, right one? */
static void broken_root_is_passed_over(struct kunit *test)
{
	put_machine(FAKE_BIOS + 0x80);
	put_rsdp(FAKE_BIOS, 0, RSDT, 0);
	*(u8 *)fake_address(FAKE_BIOS + 16, 1) += 1;
	expect_in(test, find_tables(test, 0), "wrong checksum");
	KUNIT_EXPECT_EQ(test, tables.nr, 2);
}

/* Does memory without a root give nothing, and no word? */
static void nothing_is_found_in_nothing(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, find_tables(test, -ENOENT), "");
	KUNIT_EXPECT_EQ(test, tables.nr, 0);
	put_rsdp(FAKE_BIOS, 0, 0x100000, 0);
	expect_in(test, find_tables(test, -ENOENT), "cannot be read");
}

/* Is each kind of broken table named, and are the others still found? */
static void broken_tables_are_skipped(struct kunit *test)
{
	static const u32 entries[] = { TABLE(0), TABLE(1), TABLE(2), TABLE(3),
				       TABLE(4), 0, FAKE_TABLES +
				       FAKE_TABLES_SIZE - 36 };
	const char *text;

	put_machine(FAKE_BIOS);
	put_table(TABLE(2), "SUM1", 60);
	*(u8 *)fake_address(TABLE(2) + 50, 1) += 1;
	put_table(TABLE(3), "SHRT", 36);
	put_header(TABLE(3), "SHRT", 35);
	put_header(TABLE(4), "LONG", 0xffffffff);
	put_header(FAKE_TABLES + FAKE_TABLES_SIZE - 36, "ENDS", 64);
	put_rsdt(entries, 7);
	text = find_tables(test, 0);
	KUNIT_EXPECT_EQ(test, tables.nr, 2);
	KUNIT_EXPECT_EQ(test, tables.nr_bad, 5);
	expect_in(test, text, "\"SUM1\" at 0x7fe0880 has a wrong checksum");
	expect_in(test, text, "\"SHRT\" at 0x7fe08c0 is shorter than");
	expect_in(test, text, "\"LONG\" at 0x7fe0900 is too long");
	expect_in(test, text, "table at 0x0 cannot be read");
	expect_in(test, text,
		  "\"ENDS\" at 0x7fe3fdc cannot be read to its end");
}

/* Are more tables than there is room for counted, not written? */
static void too_many_tables(struct kunit *test)
{
	u32 entries[ACPI_TABLES_MAX + 4];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(entries); i++) {
		entries[i] = TABLE(i);
		put_table(TABLE(i), "SSDT", 36);
	}
	put_rsdt(entries, ARRAY_SIZE(entries));
	put_rsdp(FAKE_BIOS, 0, RSDT, 0);
	expect_in(test, find_tables(test, 0), "more than 32 tables");
	KUNIT_EXPECT_EQ(test, tables.nr, ACPI_TABLES_MAX);
	KUNIT_EXPECT_EQ(test, tables.nr_bad, 4);
}

/* One of the places that matter gets another value. */
static void corrupt(struct rnd_state *state)
{
	static const struct {
		u64 start;
		u32 size;
	} places[] = { { FAKE_BIOS, 40 }, { RSDT, 48 }, { XSDT, 64 },
		       { TABLE(0), 40 }, { TABLE(1), 44 } };
	unsigned int i = prandom_u32_state(state) % ARRAY_SIZE(places);
	u64 at = places[i].start + prandom_u32_state(state) % places[i].size;

	*(u8 *)fake_address(at, 1) = prandom_u32_state(state);
}

/* A1 for all that were found. */
static void check_sums(struct kunit *test, const struct acpi_tables *found,
		       boot_read_t read)
{
	const struct acpi_table_found *t;

	for (t = found->table; t < found->table + found->nr; t++)
		KUNIT_ASSERT_EQ(test,
				firmware_checksum(t->phys, t->length, read), 0);
}

/* Does no corruption break A1 or make the search endless? (seeded) */
static void random_corruption(struct kunit *test)
{
	static const u64 entries[] = { TABLE(0), TABLE(1) };
	struct rnd_state state;
	unsigned int i, n;

	prandom_seed_state(&state, 3);
	for (i = 0; i < CORRUPTIONS; i++) {
		put_machine(FAKE_BIOS);
		put_xsdt(entries, 2);
		put_rsdp(FAKE_BIOS, 2, RSDT, XSDT);
		for (n = prandom_u32_state(&state) % 6; n; n--)
			corrupt(&state);
		/* half of them with a sum that is right again */
		if (prandom_u32_state(&state) & 1) {
			sum_table(RSDT, 44);
			sum_table(XSDT, 52);
			fake_sum(FAKE_BIOS, 20, 8);
		}
		fake_reads = 0;
		capture_begin();
		acpi_find_tables(&tables, fake_read);
		capture_end();
		KUNIT_ASSERT_LE(test, fake_reads, FAKE_READS_MAX);
		KUNIT_ASSERT_LE(test, tables.nr, ACPI_TABLES_MAX);
		check_sums(test, &tables, fake_read);
	}
}

/* Are this machine's own tables still whole? */
static void own_tables_are_whole(struct kunit *test)
{
	if (!acpi_tables.nr)
		kunit_skip(test, "this machine has no ACPI tables");
	check_sums(test, &acpi_tables, firmware_read_phys);
	KUNIT_EXPECT_NOT_NULL(test, acpi_table_lookup(&acpi_tables, "FACP"));
}

static struct kunit_case acpi_cases[] = {
	KUNIT_CASE(rsdt_is_followed),
	KUNIT_CASE(ebda_comes_first),
	KUNIT_CASE(xsdt_is_preferred),
	KUNIT_CASE(rsdt_stands_in),
	KUNIT_CASE(broken_root_is_passed_over),
	KUNIT_CASE(nothing_is_found_in_nothing),
	KUNIT_CASE(broken_tables_are_skipped),
	KUNIT_CASE(too_many_tables),
	KUNIT_CASE_SLOW(random_corruption),
	KUNIT_CASE(own_tables_are_whole),
	{}
};

static struct kunit_suite acpi_suite = {
	.name = "acpi",
	.init = fake_init,
	.test_cases = acpi_cases,
};
kunit_test_suite(acpi_suite);
