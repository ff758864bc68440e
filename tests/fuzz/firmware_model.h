/* SPDX-License-Identifier: MIT */
/* Between the files of the fuzz target "firmware": firmware.c tells all. */
#ifndef _TESTS_FUZZ_FIRMWARE_MODEL_H
#define _TESTS_FUZZ_FIRMWARE_MODEL_H

#include "frames_model.h"

#include <linux/pfn.h>
#include <quire/firmware_map.h>

/* A bit for each frame: RAM as a whole; somebody has it, or part of it. */
extern struct frames model_ram, model_taken;

/* Bytes of RAM below 4 GiB, and where they end. */
extern u64 model_ram_bytes, model_ram_end;

/* The rank of the type that wins at a place, RAM in whole pages only. */
int model_rank(const struct boot_info *info, u64 place);
int rank_of(u32 type);

/* Reads the map frame by frame, and applies mem=. */
void model_read(const struct boot_info *info, u64 limit);

/* The highest free run of frames below a limit, aligned; 0 for none. */
unsigned long model_find(unsigned long nr, unsigned long align,
			 unsigned long start, unsigned long end);

/* memblock says what the model says. */
void model_check_memblock(void);

/* Bytes start .. end - 1 are somebody's. */
void model_take(u64 start, u64 end);
bool model_is_free(u64 start, u64 end);

/* zones_model.c: from memblock to the buddy, and all that is there then. */
void zones_start(void);
void zones_run(void);

#endif
