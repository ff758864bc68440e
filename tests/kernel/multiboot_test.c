// SPDX-License-Identifier: MIT
/* The loader's information: is it copied whole, and never believed? */
#include <kunit/test.h>
#include <linux/mm.h>
#include <linux/pfn.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <quire/boot_info.h>
#include "../../boot/multiboot.h"

/* Fake physical memory: FAKE_BASE .. FAKE_BASE + FAKE_SIZE - 1 exists. */
#define FAKE_BASE 0x9f000u
#define FAKE_SIZE 16384u

static u8 *fake;
static struct boot_info *bi;
static u32 top;

static int fake_read(void *dst, u64 phys, u32 size)
{
	if (phys < FAKE_BASE || phys + size > FAKE_BASE + FAKE_SIZE)
		return -EFAULT;
	memcpy(dst, fake + (phys - FAKE_BASE), size);
	return 0;
}

/* Puts bytes behind what is there; their physical address. */
static u32 put(const void *bytes, u32 size)
{
	u32 at = FAKE_BASE + top;

	memcpy(fake + top, bytes, size);
	top += size;
	return at;
}

static u32 put_text(const char *text)
{
	return put(text, strlen(text) + 1);
}

/* The information structure comes first, so it is filled in last. */
static int parse(const struct mb_info *info)
{
	memcpy(fake, info, sizeof(*info));
	return multiboot_parse(bi, FAKE_BASE, fake_read);
}

static int multiboot_init(struct kunit *test)
{
	fake = kunit_kzalloc(test, FAKE_SIZE, GFP_KERNEL);
	bi = kunit_kzalloc(test, sizeof(*bi), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, fake);
	KUNIT_ASSERT_NOT_NULL(test, bi);
	top = sizeof(struct mb_info);
	return 0;
}

static void put_entry(u64 base, u64 length, u32 type)
{
	struct mb_mmap entry = { MB_MMAP_MIN_SIZE, base, length, type };

	put(&entry, sizeof(entry));
}

/* Is a map taken over as it is, in its order, with 64-bit values? */
static void map_is_copied_raw(struct kunit *test)
{
	struct mb_info info = { .flags = MB_INFO_MMAP };

	info.mmap_addr = FAKE_BASE + top;
	put_entry(0x100000, 0x7ee0000, 1);
	put_entry(0, 0x9fc00, 1);
	put_entry(0x100000000ULL, 0x40000000, 1);
	put_entry(~0ULL - 5, 100, 77);
	info.mmap_length = FAKE_BASE + top - info.mmap_addr;
	KUNIT_ASSERT_EQ(test, parse(&info), 0);
	KUNIT_ASSERT_EQ(test, bi->nr_mmap, 4);
	KUNIT_EXPECT_EQ(test, bi->mmap[0].base, 0x100000);
	KUNIT_EXPECT_EQ(test, bi->mmap[1].length, 0x9fc00);
	KUNIT_EXPECT_EQ(test, bi->mmap[2].base, 0x100000000ULL);
	KUNIT_EXPECT_EQ(test, bi->mmap[3].base, ~0ULL - 5);
	KUNIT_EXPECT_EQ(test, bi->mmap[3].type, 77);
	KUNIT_EXPECT_FALSE(test, bi->mmap_made_up);
}

/* Are entries longer than ours stepped over by their own size? */
static void long_entries_are_stepped_over(struct kunit *test)
{
	struct mb_info info = { .flags = MB_INFO_MMAP };
	struct mb_mmap entry = { MB_MMAP_MIN_SIZE + 4, 0x1000, 0x2000, 1 };
	u32 extra = 0x11223344;

	info.mmap_addr = FAKE_BASE + top;
	put(&entry, sizeof(entry));
	put(&extra, sizeof(extra));
	put_entry(0x5000, 0x6000, 2);
	info.mmap_length = FAKE_BASE + top - info.mmap_addr;
	KUNIT_ASSERT_EQ(test, parse(&info), 0);
	KUNIT_ASSERT_EQ(test, bi->nr_mmap, 2);
	KUNIT_EXPECT_EQ(test, bi->mmap[1].base, 0x5000);
}

/* Does a map with more entries than there is room for count what it lost? */
static void lost_entries_are_counted(struct kunit *test)
{
	struct mb_info info = { .flags = MB_INFO_MMAP };
	unsigned int i;

	info.mmap_addr = FAKE_BASE + top;
	for (i = 0; i < BOOT_MMAP_MAX + 9; i++)
		put_entry((u64)i << 20, 1 << 20, 1);
	info.mmap_length = FAKE_BASE + top - info.mmap_addr;
	KUNIT_ASSERT_EQ(test, parse(&info), 0);
	KUNIT_EXPECT_EQ(test, bi->nr_mmap, BOOT_MMAP_MAX);
	KUNIT_EXPECT_EQ(test, bi->nr_mmap_lost, 9);
}

static const struct broken_map {
	const char *name;
	u32 entry_size;
	u32 length;
	u32 address;
} broken_maps[] = {
	{ "size zero", 0, 96, 0 },
	{ "size too small", 16, 96, 0 },
	{ "size huge", 0xfffffff0, 96, 0 },
	{ "length zero", 20, 0, 0 },
	{ "length of half an entry", 20, 12, 0 },
	{ "address of nothing", 20, 96, 0x40000000 },
	{ "end wraps", 20, 0xffffffff, 0xfffffff0 },
};
KUNIT_ARRAY_PARAM(broken_map, broken_maps, NULL);

/* Does a broken map end, and the sizes serve instead? */
static void broken_map_ends(struct kunit *test)
{
	const struct broken_map *c = test->param_value;
	struct mb_info info = {
		.flags = MB_INFO_MMAP | MB_INFO_MEMORY,
		.mem_lower = 639,
		.mem_upper = 64512,
		.mmap_length = c->length,
		.mmap_addr = c->address ? c->address : FAKE_BASE + top,
	};
	struct mb_mmap entry = { c->entry_size, 0, 0, 1 };

	put(&entry, sizeof(entry));
	KUNIT_ASSERT_EQ(test, parse(&info), 0);
	KUNIT_EXPECT_LE(test, bi->nr_mmap, 2);
	KUNIT_EXPECT_GE(test, bi->nr_mmap, 1);
}

/* Do mem_lower and mem_upper serve where there is no map? */
static void sizes_make_a_map(struct kunit *test)
{
	struct mb_info info = {
		.flags = MB_INFO_MEMORY,
		.mem_lower = 640,
		.mem_upper = 15360,
	};

	KUNIT_ASSERT_EQ(test, parse(&info), 0);
	KUNIT_EXPECT_TRUE(test, bi->mmap_made_up);
	KUNIT_ASSERT_EQ(test, bi->nr_mmap, 2);
	KUNIT_EXPECT_EQ(test, bi->mmap[0].base, 0);
	KUNIT_EXPECT_EQ(test, bi->mmap[0].length, 640 << 10);
	KUNIT_EXPECT_EQ(test, bi->mmap[1].base, 1 << 20);
	KUNIT_EXPECT_EQ(test, bi->mmap[1].length, 15360 << 10);
}

/* Is a loader that tells nothing of memory refused? */
static void nothing_is_refused(struct kunit *test)
{
	struct mb_info info = { .flags = 0 };

	KUNIT_EXPECT_EQ(test, parse(&info), -EINVAL);
	KUNIT_EXPECT_EQ(test, multiboot_parse(bi, 0x1000, fake_read), -EINVAL);
}

/* Are modules with their names kept, and empty ones left out? */
static void modules_are_kept(struct kunit *test)
{
	struct mb_info info = {
		.flags = MB_INFO_MEMORY | MB_INFO_MODS,
		.mem_upper = 65536,
		.mods_count = 3,
	};
	struct mb_module mods[3] = {
		{ 0x200000, 0x234567, put_text("initrd one"), 0 },
		{ 0x300000, 0x300000, 0, 0 },
		{ 0x400000, 0x400001, 0, 0 },
	};

	info.mods_addr = put(mods, sizeof(mods));
	KUNIT_ASSERT_EQ(test, parse(&info), 0);
	KUNIT_ASSERT_EQ(test, bi->nr_modules, 2);
	KUNIT_EXPECT_EQ(test, bi->modules[0].end, 0x234567);
	KUNIT_EXPECT_STREQ(test, bi->modules[0].name, "initrd one");
	KUNIT_EXPECT_EQ(test, bi->modules[1].start, 0x400000);
	KUNIT_EXPECT_STREQ(test, bi->modules[1].name, "");
	KUNIT_EXPECT_EQ(test, bi->nr_modules_lost, 0);
}

/* Are modules beyond the room counted, without reading past the list? */
static void lost_modules_are_counted(struct kunit *test)
{
	struct mb_info info = {
		.flags = MB_INFO_MEMORY | MB_INFO_MODS,
		.mem_upper = 65536,
		.mods_count = BOOT_MODULES_MAX + 4,
	};
	struct mb_module mod = { 0x200000, 0x201000, 0, 0 };
	unsigned int i;

	info.mods_addr = FAKE_BASE + top;
	for (i = 0; i < info.mods_count; i++)
		put(&mod, sizeof(mod));
	KUNIT_ASSERT_EQ(test, parse(&info), 0);
	KUNIT_EXPECT_EQ(test, bi->nr_modules, BOOT_MODULES_MAX);
	KUNIT_EXPECT_EQ(test, bi->nr_modules_lost, 4);
}

/* Is the command line copied, and an overlong one cut and said? */
static void command_line_is_cut(struct kunit *test)
{
	struct mb_info info = {
		.flags = MB_INFO_MEMORY | MB_INFO_CMDLINE | MB_INFO_LOADER,
		.mem_upper = 65536,
	};
	u32 room = BOOT_CMDLINE_MAX - 1;
	char end = 0;

	info.boot_loader_name = put_text("GRUB 2.06");
	info.cmdline = put_text("quire mem=64M");
	KUNIT_ASSERT_EQ(test, parse(&info), 0);
	KUNIT_EXPECT_STREQ(test, bi->cmdline, "quire mem=64M");
	KUNIT_EXPECT_STREQ(test, bi->loader, "GRUB 2.06");
	KUNIT_EXPECT_FALSE(test, bi->cmdline_cut);

	info.cmdline = FAKE_BASE + top;
	memset(fake + top, 'x', room);
	top += room;
	put(&end, 1);
	KUNIT_ASSERT_EQ(test, parse(&info), 0);
	KUNIT_EXPECT_EQ(test, strlen(bi->cmdline), room);
	KUNIT_EXPECT_FALSE(test, bi->cmdline_cut);

	fake[top - 1] = 'y';
	KUNIT_ASSERT_EQ(test, parse(&info), 0);
	KUNIT_EXPECT_EQ(test, strlen(bi->cmdline), room);
	KUNIT_EXPECT_TRUE(test, bi->cmdline_cut);
}

/* Did this machine's loader give something sensible? */
static void this_machine(struct kunit *test)
{
	KUNIT_EXPECT_GT(test, boot_info.nr_mmap, 0);
	KUNIT_EXPECT_EQ(test, boot_info.nr_mmap_lost, 0);
	KUNIT_EXPECT_LT(test, strlen(boot_info.cmdline), BOOT_CMDLINE_MAX);
}

/* Are the frames of the modules kept from the allocator? */
static void modules_are_reserved(struct kunit *test)
{
	unsigned int i;

	if (!boot_info.nr_modules)
		kunit_skip(test, "no module was loaded");
	for (i = 0; i < boot_info.nr_modules; i++) {
		unsigned long pfn = PFN_DOWN(boot_info.modules[i].start);
		unsigned long end = PFN_UP(boot_info.modules[i].end);

		for (; pfn < end; pfn++)
			KUNIT_ASSERT_TRUE(test, PageReserved(pfn_to_page(pfn)));
	}
}

static struct kunit_case multiboot_cases[] = {
	KUNIT_CASE(map_is_copied_raw),
	KUNIT_CASE(long_entries_are_stepped_over),
	KUNIT_CASE(lost_entries_are_counted),
	KUNIT_CASE_PARAM(broken_map_ends, broken_map_gen_params),
	KUNIT_CASE(sizes_make_a_map),
	KUNIT_CASE(nothing_is_refused),
	KUNIT_CASE(modules_are_kept),
	KUNIT_CASE(lost_modules_are_counted),
	KUNIT_CASE(command_line_is_cut),
	KUNIT_CASE(this_machine),
	KUNIT_CASE(modules_are_reserved),
	{}
};

static struct kunit_suite multiboot_suite = {
	.name = "multiboot",
	.init = multiboot_init,
	.test_cases = multiboot_cases,
};
kunit_test_suite(multiboot_suite);
