/* SPDX-License-Identifier: MIT */
/*
 * boot/multiboot.c - out of the loader's memory into struct boot_info
 *
 * The loader's structures may lie anywhere below 4 GiB, also in frames that
 * the allocator will give out. So everything is copied, bounded, through a
 * read function: the real one maps a frame at a time, the tests' one reads an
 * array. Nothing of what is found here is believed: mm/firmware_map.c sorts
 * and clips the map.
 */
#include "multiboot.h"

#include <quire/boot_info.h>

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/minmax.h>
#include <linux/string.h>

/* Entries of a broken map that are skipped before we stop looking. */
#define MMAP_ENTRIES_SANE 4096

/* Copies a string of at most room - 1 bytes; true if it was longer. */
static bool copy_string(char *dst, u32 room, u32 phys, boot_read_t read)
{
	u32 i;

	for (i = 0; i < room - 1; i++) {
		if (read(&dst[i], (u64)phys + i, 1) || !dst[i])
			break;
	}
	if (i == room - 1) {
		char next = 0;

		dst[i] = 0;
		return !read(&next, (u64)phys + i, 1) && next;
	}
	dst[i] = 0;
	return false;
}

static void add_mmap(struct boot_info *bi, u64 base, u64 length, u32 type)
{
	struct boot_mmap_entry *entry;

	if (bi->nr_mmap == BOOT_MMAP_MAX) {
		bi->nr_mmap_lost++;
		return;
	}
	entry = &bi->mmap[bi->nr_mmap++];
	entry->base = base;
	entry->length = length;
	entry->type = type;
}

static void parse_mmap(struct boot_info *bi, const struct mb_info *info,
		       boot_read_t read)
{
	u64 at = info->mmap_addr;
	u64 end = at + info->mmap_length;
	unsigned int seen;

	for (seen = 0; at < end && seen < MMAP_ENTRIES_SANE; seen++) {
		struct mb_mmap entry;

		if (end - at < sizeof(entry) || read(&entry, at, sizeof(entry)))
			break;
		/* a size too small for its members would loop for ever */
		if (entry.size < MB_MMAP_MIN_SIZE)
			break;
		add_mmap(bi, entry.base, entry.length, entry.type);
		at += (u64)entry.size + sizeof(entry.size);
	}
}

static void parse_modules(struct boot_info *bi, const struct mb_info *info,
			  boot_read_t read)
{
	u32 i, nr = min_t(u32, info->mods_count, BOOT_MODULES_MAX);

	for (i = 0; i < nr; i++) {
		struct boot_module *module = &bi->modules[bi->nr_modules];
		struct mb_module raw;

		if (read(&raw, info->mods_addr + (u64)i * sizeof(raw),
			 sizeof(raw)))
			break;
		if (raw.end <= raw.start)
			continue;
		module->start = raw.start;
		module->end = raw.end;
		if (raw.string)
			copy_string(module->name, BOOT_NAME_MAX, raw.string,
				    read);
		bi->nr_modules++;
	}
	bi->nr_modules_lost = info->mods_count - i;
}

int multiboot_parse(struct boot_info *bi, u32 phys, boot_read_t read)
{
	struct mb_info info;

	memset(bi, 0, sizeof(*bi));
	if (read(&info, phys, sizeof(info)))
		return -EINVAL;
	if (info.flags & MB_INFO_CMDLINE)
		bi->cmdline_cut = copy_string(bi->cmdline, BOOT_CMDLINE_MAX,
					      info.cmdline, read);
	if (info.flags & MB_INFO_LOADER)
		copy_string(bi->loader, BOOT_NAME_MAX, info.boot_loader_name,
			    read);
	if (info.flags & MB_INFO_MODS)
		parse_modules(bi, &info, read);
	if (info.flags & MB_INFO_MEMORY) {
		bi->mem_lower = info.mem_lower;
		bi->mem_upper = info.mem_upper;
	}
	if (info.flags & MB_INFO_MMAP)
		parse_mmap(bi, &info, read);
	if (!bi->nr_mmap && info.flags & MB_INFO_MEMORY) {
		bi->mmap_made_up = true;
		add_mmap(bi, 0, (u64)info.mem_lower << 10, BOOT_MEM_RAM);
		add_mmap(bi, 1 << 20, (u64)info.mem_upper << 10, BOOT_MEM_RAM);
	}
	return bi->nr_mmap ? 0 : -EINVAL;
}
