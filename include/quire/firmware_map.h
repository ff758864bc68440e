/* SPDX-License-Identifier: MIT */
/*
 * The firmware's memory map, as it is and as it should be.
 */
#ifndef _QUIRE_FIRMWARE_MAP_H
#define _QUIRE_FIRMWARE_MAP_H

#include <quire/boot_info.h>

/* Physical bytes start .. end - 1, all of one enum boot_mem_type. */
struct firmware_range {
	u64 start;
	u64 end;
	u32 type;
};

#define FIRMWARE_RANGES_MAX	(2 * BOOT_MMAP_MAX)

/*
 * Sort and clip a raw map: out gets ranges that are sorted, disjoint, not
 * empty, and merged where neighbours have one type. Where entries overlap
 * the type that forbids more wins. RAM is cut inwards to whole pages, all
 * else is left as it is. At most room ranges; returns how many, and in *lost
 * how many entries or ranges were left out (empty and wrapping ones are
 * cut, not lost). Pure: touches nothing but its arguments.
 */
int firmware_map_sanitise(const struct boot_mmap_entry *raw, int nr,
			  struct firmware_range *out, int room, int *lost);

/* "usable", "reserved", ... */
const char *firmware_type_name(u32 type);

/* The sanitised map of this machine. [b] */
extern struct firmware_range firmware_map[FIRMWARE_RANGES_MAX];
extern int nr_firmware_map;

/*
 * Sanitise the loader's map, print it, and give its RAM to memblock; count
 * what lies above 4 GiB; apply mem=. Sets max_pfn. Boot only, first of mm's
 * calls. Panics, with values, where there is not enough to run in.
 */
void firmware_map_init(const struct boot_info *info);

/* Bytes of RAM above what this kernel's page tables reach. */
extern u64 unreachable_ram;

#endif
