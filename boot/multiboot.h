/* SPDX-License-Identifier: MIT */
/* The multiboot 1 structures as they lie in the loader's memory [MB1 3.3]. */
#ifndef _BOOT_MULTIBOOT_H
#define _BOOT_MULTIBOOT_H

#include <linux/types.h>

/* struct mb_info.flags: which members are valid. */
#define MB_INFO_MEMORY (1 << 0)
#define MB_INFO_CMDLINE (1 << 2)
#define MB_INFO_MODS (1 << 3)
#define MB_INFO_MMAP (1 << 6)
#define MB_INFO_LOADER (1 << 9)

struct mb_info {
	u32 flags;
	u32 mem_lower;
	u32 mem_upper;
	u32 boot_device;
	u32 cmdline;
	u32 mods_count;
	u32 mods_addr;
	u32 syms[4];
	u32 mmap_length;
	u32 mmap_addr;
	u32 drives_length;
	u32 drives_addr;
	u32 config_table;
	u32 boot_loader_name;
} __attribute__((__packed__));

/* size counts what follows it; entries may be longer than this. */
struct mb_mmap {
	u32 size;
	u64 base;
	u64 length;
	u32 type;
} __attribute__((__packed__));

#define MB_MMAP_MIN_SIZE (sizeof(struct mb_mmap) - sizeof(u32))

struct mb_module {
	u32 start;
	u32 end;
	u32 string;
	u32 reserved;
} __attribute__((__packed__));

#endif
