/* SPDX-License-Identifier: MIT */
/*
 * What the compiler tells of a place that it checks: GCC's and Clang's
 * interface of -fsanitize=undefined, not in any manual but the same since
 * GCC 8. One such record lies in .data for each place.
 */
#ifndef _LIB_UBSAN_H
#define _LIB_UBSAN_H

#include <linux/types.h>

struct source_location {
	const char *file;
	u32 line;
	u32 column;	/* its highest bit: this place was reported */
};

enum {
	TYPE_KIND_INT = 0,
	TYPE_KIND_UNKNOWN = 0xffff,
};

struct type_descriptor {
	u16 kind;
	u16 info;	/* integers: log2 of the bits, times 2, plus signed */
	char name[];	/* with its quotes */
};

struct type_mismatch_data {
	struct source_location location;
	struct type_descriptor *type;
	u8 log_alignment;
	u8 access;	/* what was done: an index of access_kinds[] */
};

struct shift_data {
	struct source_location location;
	struct type_descriptor *lhs_type;
	struct type_descriptor *rhs_type;
};

struct bounds_data {
	struct source_location location;
	struct type_descriptor *array_type;
	struct type_descriptor *index_type;
};

/* A value of a type: division, load of a bool or enum, length of an array. */
struct value_data {
	struct source_location location;
	struct type_descriptor *type;
};

struct place_data {
	struct source_location location;
};

struct nonnull_data {
	struct source_location location;
	struct source_location attribute;
	int argument;
};

struct builtin_data {
	struct source_location location;
	u8 kind;
};

/*
 * The compiler's calls. A value that fits a word is passed as it is, a longer
 * one by its address. Any context.
 */
void __ubsan_handle_type_mismatch_v1(struct type_mismatch_data *data,
				     unsigned long ptr);
void __ubsan_handle_shift_out_of_bounds(struct shift_data *data,
					unsigned long lhs, unsigned long rhs);
void __ubsan_handle_out_of_bounds(struct bounds_data *data,
				  unsigned long index);
void __ubsan_handle_divrem_overflow(struct value_data *data, unsigned long lhs,
				    unsigned long rhs);
void __ubsan_handle_load_invalid_value(struct value_data *data,
				       unsigned long value);
void __ubsan_handle_vla_bound_not_positive(struct value_data *data,
					   unsigned long bound);
void __ubsan_handle_pointer_overflow(struct place_data *data,
				     unsigned long base, unsigned long result);
void __ubsan_handle_builtin_unreachable(struct place_data *data);
void __ubsan_handle_invalid_builtin(struct builtin_data *data);
void __ubsan_handle_nonnull_arg(struct nonnull_data *data);
void __ubsan_handle_nonnull_return_v1(struct nonnull_data *data,
				      struct source_location *location);

#endif
