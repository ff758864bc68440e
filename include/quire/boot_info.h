/* SPDX-License-Identifier: MIT */
/*
 * What the boot loader told us, copied out of its memory: from here on no
 * one needs the loader's structures, and their frames are ordinary RAM.
 */
#ifndef _QUIRE_BOOT_INFO_H
#define _QUIRE_BOOT_INFO_H

#include <linux/types.h>

#define BOOT_MMAP_MAX		128
#define BOOT_MODULES_MAX	32
#define BOOT_CMDLINE_MAX	1024
#define BOOT_NAME_MAX		64

/* Types of firmware map entries [MB1 3.3]; any other value is reserved. */
enum boot_mem_type {
	BOOT_MEM_RAM = 1,
	BOOT_MEM_RESERVED = 2,
	BOOT_MEM_ACPI = 3,
	BOOT_MEM_NVS = 4,
	BOOT_MEM_BAD = 5,
};

/* One entry as the firmware gave it: not sorted, not checked. In bytes. */
struct boot_mmap_entry {
	u64 base;
	u64 length;
	u32 type;
};

/* A file the loader put into memory: physical bytes start .. end - 1. */
struct boot_module {
	u32 start;
	u32 end;
	char name[BOOT_NAME_MAX];
};

struct boot_info {
	u32 nr_mmap;
	u32 nr_mmap_lost; /* entries there was no room for */
	struct boot_mmap_entry mmap[BOOT_MMAP_MAX];
	bool mmap_made_up; /* from mem_lower/upper: no map was given */
	u32 mem_lower;     /* KiB from 0, 0 if unknown */
	u32 mem_upper;     /* KiB from 1 MiB, 0 if unknown */
	u32 nr_modules;
	u32 nr_modules_lost;
	struct boot_module modules[BOOT_MODULES_MAX];
	bool cmdline_cut; /* longer than BOOT_CMDLINE_MAX - 1 */
	char cmdline[BOOT_CMDLINE_MAX];
	char loader[BOOT_NAME_MAX];
};

/* The running kernel's. Filled before start_kernel(), never changed after. */
extern struct boot_info boot_info;

/*
 * Reads size bytes of physical memory at phys. Returns 0, or -EFAULT where
 * there is nothing to read.
 */
typedef int (*boot_read_t)(void *dst, u64 phys, u32 size);

/*
 * Fills bi from the multiboot information at physical address info, which may
 * lie anywhere. Returns 0, or -EINVAL if there is neither a map nor a size.
 */
int multiboot_parse(struct boot_info *bi, u32 info, boot_read_t read);

/* Copies physical memory through the boot window. During boot only. */
int boot_read_phys(void *dst, u64 phys, u32 size);

#endif
