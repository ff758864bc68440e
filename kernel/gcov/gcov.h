/* SPDX-License-Identifier: MIT */
/*
 * What the compiler leaves in an object built with -fprofile-arcs: names and
 * order are fixed by GCC (libgcc/libgcov.h, gcc/gcov-io.h), and change with
 * its versions; these are those of GCC 12 and later.
 */
#ifndef _GCOV_GCOV_H
#define _GCOV_GCOV_H

#include <linux/types.h>

#if __GNUC__ < 14
# define GCOV_COUNTERS 8
#elif __GNUC__ < 15
# define GCOV_COUNTERS 9
#else
# define GCOV_COUNTERS 10
#endif

/* The counters of one kind in one function; kind 0 counts arcs. */
struct gcov_ctr_info {
	unsigned int num;
	const u64 *values;
};

struct gcov_fn_info {
	const struct gcov_info *key; /* the file that owns the function */
	unsigned int ident;
	unsigned int lineno_checksum;
	unsigned int cfg_checksum;
	struct gcov_ctr_info ctrs[]; /* of the kinds that are in use */
};

/* One object file. */
struct gcov_info {
	unsigned int version;
	const struct gcov_info *next; /* unused here */
	unsigned int stamp;
	unsigned int checksum;
	const char *filename; /* where a program would write its .gcda */
	void *merge[GCOV_COUNTERS]; /* NULL: this kind is not in use */
	unsigned int n_functions;
	const struct gcov_fn_info *const *functions;
};

/* Gives the .gcda file of an object to put(), word by word. */
void gcda_write(const struct gcov_info *info, void (*put)(u32 word));

/* How the compiler would have a program add up two runs: never called. */
void __gcov_merge_add(u64 *counters, unsigned int num);

#endif
