/* SPDX-License-Identifier: MIT */
/*
 * kernel/gcov/gcda.c - the file that gcov reads
 *
 *	magic version stamp checksum
 *	TAG_OBJECT 8     runs, highest count
 *	TAG_FUNCTION 12  ident, checksum of lines, checksum of blocks
 *	TAG_ARCS bytes   counters, 64 bits each; -bytes: all are 0, left out
 *	TAG_FUNCTION ...
 *	0
 *
 * All of it in words of 32 bits; lengths are in bytes.
 *
 * (kernel/gcov/gcc_4_7.c)
 */
#include "gcov.h"

#define GCDA_MAGIC 0x67636461U /* "gcda", the first letter on top */
#define TAG_OBJECT 0xa1000000U
#define TAG_FUNCTION 0x01000000U
#define TAG_COUNTERS(kind) (0x01a10000U + ((kind) << 17))

void __gcov_merge_add(u64 *counters, unsigned int num)
{
}

static bool all_zero(const struct gcov_ctr_info *ctr)
{
	unsigned int i;

	for (i = 0; i < ctr->num; i++)
		if (ctr->values[i])
			return false;
	return true;
}

static void write_counters(const struct gcov_ctr_info *ctr,
			   void (*put)(u32 word))
{
	u32 size = ctr->num * sizeof(u64);
	unsigned int i;

	if (all_zero(ctr)) {
		put(-size);
		return;
	}
	put(size);
	for (i = 0; i < ctr->num; i++) {
		put(ctr->values[i]);
		put(ctr->values[i] >> 32);
	}
}

static void write_function(const struct gcov_info *info,
			   const struct gcov_fn_info *fn, void (*put)(u32 word))
{
	const struct gcov_ctr_info *ctr = fn->ctrs;
	unsigned int kind;

	put(TAG_FUNCTION);
	put(3 * sizeof(u32));
	put(fn->ident);
	put(fn->lineno_checksum);
	put(fn->cfg_checksum);
	for (kind = 0; kind < GCOV_COUNTERS; kind++) {
		if (!info->merge[kind])
			continue;
		put(TAG_COUNTERS(kind));
		write_counters(ctr++, put);
	}
}

void gcda_write(const struct gcov_info *info, void (*put)(u32 word))
{
	unsigned int i;

	put(GCDA_MAGIC);
	put(info->version);
	put(info->stamp);
	put(info->checksum);
	put(TAG_OBJECT);
	put(2 * sizeof(u32));
	put(1);
	put(0);
	for (i = 0; i < info->n_functions; i++)
		if (info->functions[i] && info->functions[i]->key == info)
			write_function(info, info->functions[i], put);
	put(0);
}
