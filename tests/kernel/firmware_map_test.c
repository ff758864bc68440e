// SPDX-License-Identifier: MIT
/*
 * Firmware maps: does whatever a firmware says become a map that is sorted,
 * disjoint, whole-paged and never calls RAM what anyone says is not?
 */
#include <asm/param_sections.h>

#include <kunit/test.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/prandom.h>
#include <linux/seq_file.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <quire/capture.h>
#include <quire/firmware_map.h>

#define RAM		BOOT_MEM_RAM
#define RES		BOOT_MEM_RESERVED
#define ACPI		BOOT_MEM_ACPI
#define NVS		BOOT_MEM_NVS
#define BAD		BOOT_MEM_BAD
#define MAX_IN		8

struct map_case {
	const char *name;
	struct boot_mmap_entry in[MAX_IN];	/* base, length, type */
	struct firmware_range out[MAX_IN];	/* start, end, type */
};

static struct map_case map_cases[] = {
	{ "empty map", { }, { } },
	{ "one range", { { 0x1000, 0x9000, RAM } },
		       { { 0x1000, 0xa000, RAM } } },
	{ "mem_lower and mem_upper only",
	  { { 0, 639 << 10, RAM }, { 1 << 20, 15 << 20, RAM } },
	  { { 0, 0x9f000, RAM }, { 1 << 20, 16 << 20, RAM } } },
	{ "unsorted",
	  { { 0x300000, 0x100000, RAM }, { 0, 0x1000, RES },
	    { 0x100000, 0x100000, RAM } },
	  { { 0, 0x1000, RES }, { 0x100000, 0x200000, RAM },
	    { 0x300000, 0x400000, RAM } } },
	{ "touching of one type are joined",
	  { { 0x100000, 0x100000, RAM }, { 0x200000, 0x100000, RAM } },
	  { { 0x100000, 0x300000, RAM } } },
	{ "the same twice",
	  { { 0x100000, 0x100000, RAM }, { 0x100000, 0x100000, RAM } },
	  { { 0x100000, 0x200000, RAM } } },
	{ "reserved inside RAM",
	  { { 0, 0x400000, RAM }, { 0x100000, 0x100000, RES } },
	  { { 0, 0x100000, RAM }, { 0x100000, 0x200000, RES },
	    { 0x200000, 0x400000, RAM } } },
	{ "reserved inside RAM, named first",
	  { { 0x100000, 0x100000, RES }, { 0, 0x400000, RAM } },
	  { { 0, 0x100000, RAM }, { 0x100000, 0x200000, RES },
	    { 0x200000, 0x400000, RAM } } },
	{ "RAM inside reserved is not RAM",
	  { { 0, 0x400000, RES }, { 0x100000, 0x100000, RAM } },
	  { { 0, 0x400000, RES } } },
	{ "overlap at the end",
	  { { 0x100000, 0x200000, RAM }, { 0x280000, 0x100000, NVS } },
	  { { 0x100000, 0x280000, RAM }, { 0x280000, 0x380000, NVS } } },
	{ "bad wins over reserved, reserved over NVS, NVS over ACPI",
	  { { 0, 0x5000, RAM }, { 0x1000, 0x4000, ACPI },
	    { 0x2000, 0x3000, NVS }, { 0x3000, 0x2000, RES },
	    { 0x4000, 0x1000, BAD } },
	  { { 0, 0x1000, RAM }, { 0x1000, 0x2000, ACPI },
	    { 0x2000, 0x3000, NVS }, { 0x3000, 0x4000, RES },
	    { 0x4000, 0x5000, BAD } } },
	{ "an unknown type is reserved",
	  { { 0, 0x3000, RAM }, { 0x1000, 0x1000, 77 } },
	  { { 0, 0x1000, RAM }, { 0x1000, 0x2000, 77 },
	    { 0x2000, 0x3000, RAM } } },
	{ "so is 0, which is a type like others",
	  { { 0, 0x3000, RAM }, { 0x1000, 0x1000, 0 } },
	  { { 0, 0x1000, RAM }, { 0x1000, 0x2000, 0 },
	    { 0x2000, 0x3000, RAM } } },
	{ "zero length",
	  { { 0x1000, 0, RAM }, { 0x2000, 0, RES }, { 0x1000, 0x2000, RAM } },
	  { { 0x1000, 0x3000, RAM } } },
	{ "RAM is cut to whole pages",
	  { { 0x1001, 0x3000, RAM }, { 0x9fc00, 0x400, RES } },
	  { { 0x2000, 0x4000, RAM }, { 0x9fc00, 0xa0000, RES } } },
	{ "less than a page of RAM is none",
	  { { 0x1001, 0xffe, RAM }, { 0x3800, 0x1000, RAM } }, { } },
	{ "halves of a page make a page",
	  { { 0x1000, 0x800, RAM }, { 0x1800, 0x800, RAM } },
	  { { 0x1000, 0x2000, RAM } } },
	{ "a page shared with reserved is not RAM",
	  { { 0x1000, 0x3000, RAM }, { 0x2800, 0x10, RES } },
	  { { 0x1000, 0x2000, RAM }, { 0x2800, 0x2810, RES },
	    { 0x3000, 0x4000, RAM } } },
	{ "wrapping past the end",
	  { { 0x100000, 0x100000, RAM },
	    { 0xffffffff00000000ull, 0x200000000ull, RES } },
	  { { 0x100000, 0x200000, RAM },
	    { 0xffffffff00000000ull, ~0ull, RES } } },
	{ "RAM that wraps keeps its pages up to the end",
	  { { 0xfffffffffffff000ull - 0x1000, 0x10000, RAM } },
	  { { 0xffffffffffffe000ull, 0xfffffffffffff000ull, RAM } } },
	{ "above 4 GiB stays in the map",
	  { { 0x100000000ull, 0x40000000, RAM } },
	  { { 0x100000000ull, 0x140000000ull, RAM } } },
	{ "across 4 GiB",
	  { { 0xc0000000, 0x80000000ull, RAM },
	    { 0xfec00000, 0x1000, RES } },
	  { { 0xc0000000, 0xfec00000, RAM },
	    { 0xfec00000, 0xfec01000, RES },
	    { 0xfec01000, 0x140000000ull, RAM } } },
};

KUNIT_ARRAY_PARAM_DESC(map, map_cases, name);

/* Does each odd map become the one it should? */
static void becomes(struct kunit *test)
{
	const struct map_case *c = test->param_value;
	static struct firmware_range out[MAX_IN * 2];
	int i, nr_in = 0, nr_want = 0, lost, nr;

	while (nr_in < MAX_IN && (c->in[nr_in].type || c->in[nr_in].base))
		nr_in++;
	while (nr_want < MAX_IN && c->out[nr_want].end)
		nr_want++;
	nr = firmware_map_sanitise(c->in, nr_in, out, ARRAY_SIZE(out), &lost);
	KUNIT_EXPECT_EQ(test, lost, 0);
	KUNIT_ASSERT_EQ(test, nr, nr_want);
	for (i = 0; i < nr; i++) {
		KUNIT_EXPECT_EQ(test, out[i].start, c->out[i].start);
		KUNIT_EXPECT_EQ(test, out[i].end, c->out[i].end);
		KUNIT_EXPECT_EQ(test, out[i].type, c->out[i].type);
	}
}

/* With more ranges than room: is the rest counted, and what fits right? */
static void more_than_room(struct kunit *test)
{
	struct boot_mmap_entry in[6];
	struct firmware_range out[4];
	int i, lost, nr;

	for (i = 0; i < 6; i++)
		in[i] = (struct boot_mmap_entry){ i * 0x2000, 0x1000, RAM };
	nr = firmware_map_sanitise(in, 6, out, 4, &lost);
	KUNIT_EXPECT_EQ(test, nr, 4);
	KUNIT_EXPECT_EQ(test, lost, 2);
	for (i = 0; i < nr; i++)
		KUNIT_EXPECT_EQ(test, out[i].start, in[i].base);
}

/* The type of a byte by the rule itself: the strongest that covers it. */
static u32 byte_type(const struct boot_mmap_entry *in, int nr, u64 at)
{
	static const u32 by_strength[] = { BAD, RES, NVS, ACPI, RAM };
	int s, i;

	for (s = 0; s < ARRAY_SIZE(by_strength); s++)
		for (i = 0; i < nr; i++)
			if (in[i].type == by_strength[s] && at >= in[i].base &&
			    at - in[i].base < in[i].length)
				return in[i].type;
	return 0;
}

static u32 range_type(const struct firmware_range *out, int nr, u64 at)
{
	int i;

	for (i = 0; i < nr; i++)
		if (at >= out[i].start && at < out[i].end)
			return out[i].type;
	return 0;
}

/* Do random maps obey the rule byte by byte, and F1, F4 and F5? */
static void random_maps(struct kunit *test)
{
	enum { ENTRIES = 10, ROUNDS = 200, TOP = 64 };
	struct rnd_state rnd;
	int round;

	prandom_seed_state(&rnd, 42);
	for (round = 0; round < ROUNDS; round++) {
		static struct boot_mmap_entry in[ENTRIES];
		static struct firmware_range out[3 * ENTRIES];
		int i, lost, nr;

		for (i = 0; i < ENTRIES; i++) {
			in[i].base = prandom_u32_state(&rnd) % TOP << 10;
			in[i].length = prandom_u32_state(&rnd) % 24 << 10;
			in[i].type = 1 + prandom_u32_state(&rnd) % 5;
		}
		nr = firmware_map_sanitise(in, ENTRIES, out, ARRAY_SIZE(out),
					   &lost);
		for (i = 1; i < nr; i++) {
			KUNIT_ASSERT_LE(test, out[i - 1].end, out[i].start);
			KUNIT_ASSERT_TRUE(test, out[i - 1].end < out[i].start ||
							out[i - 1].type !=
								out[i].type);
		}
		for (i = 0; i < 2 * TOP * 4; i++) {
			u64 at = (u64)i << 8;
			u32 want = byte_type(in, ENTRIES, at);
			u32 got = range_type(out, nr, at);

			if (want == RAM && !got)
				continue;	/* cut to whole pages */
			KUNIT_ASSERT_EQ_MSG(test, got, want, "byte %#llx", at);
		}
		for (i = 0; i < nr; i++)
			if (out[i].type == RAM)
				KUNIT_ASSERT_EQ(test,
						(out[i].start | out[i].end) &
							0xfff,
						0ull);
	}
}

/* Was all of this machine's RAM below 4 GiB given to memblock, and no more? */
static void this_machine(struct kunit *test)
{
	u64 ram = 0, above = 0;
	int i;

	if (strstr(boot_info.cmdline, "mem="))
		kunit_skip(test, "mem= is given");
	for (i = 0; i < nr_firmware_map; i++) {
		const struct firmware_range *r = &firmware_map[i];

		if (r->type != RAM)
			continue;
		if (r->end <= 1ull << 32)
			ram += r->end - r->start;
		else
			above += r->end - max(r->start, 1ull << 32);
	}
	KUNIT_EXPECT_EQ(test, memblock_phys_mem_size(), ram);
	KUNIT_EXPECT_EQ(test, unreachable_ram, above);
}

/* Has each kind of memory the name that Linux prints, unknown ones as well? */
static void names_of_types(struct kunit *test)
{
	static const struct {
		u32 type;
		const char *name;
	} names[] = {
		{ BOOT_MEM_RAM, "usable" },	 { BOOT_MEM_ACPI, "ACPI data" },
		{ BOOT_MEM_NVS, "ACPI NVS" },	 { BOOT_MEM_BAD, "unusable" },
		{ BOOT_MEM_RESERVED, "reserved" }, { 99, "reserved" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		KUNIT_EXPECT_STREQ(test, firmware_type_name(names[i].type),
				   names[i].name);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(becomes, map_gen_params),
	KUNIT_CASE(more_than_room),
	KUNIT_CASE(names_of_types),
	KUNIT_CASE(random_maps),
	KUNIT_CASE(this_machine),
	{ }
};

static struct kunit_suite suite = {
	.name = "firmware_map",
	.test_cases = cases,
};
kunit_test_suite(suite);

/* --- firmware_map_words: while boot-only code is there --- */

static const struct obs_kernel_param *__init handler_of(const char *word)
{
	const struct obs_kernel_param *p;

	for (p = __start_setup_param; p < __stop_setup_param; p++)
		if (p->early && !strcmp(p->str, word))
			return p;
	return NULL;
}

/* Is mem= told, and ignored, if what it is given is no size? */
static void __init mem_is_a_size(struct kunit *test)
{
	static char bad[][8] = { "", "0", "64Q", "much", "8M,8M" };
	const struct obs_kernel_param *mem = handler_of("mem");
	unsigned int i;
	char told[80];

	KUNIT_ASSERT_NOT_NULL(test, mem);
	for (i = 0; i <= ARRAY_SIZE(bad); i++) {
		char *arg = i < ARRAY_SIZE(bad) ? bad[i] : NULL;
		int ret;

		snprintf(told, sizeof(told), "mem=%s: not a size, ",
			 arg ? arg : "");
		capture_begin();
		ret = mem->setup_func(arg);
		KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(capture_end(), told),
					  "%s", told);
		KUNIT_EXPECT_EQ(test, ret, 0);
	}
}

static struct kunit_case word_cases[] __initdata = {
	KUNIT_CASE(mem_is_a_size),
	{ }
};

static struct kunit_suite word_suite __initdata = {
	.name = "firmware_map_words",
	.test_cases = word_cases,
};
kunit_test_init_section_suite(word_suite);
