/* SPDX-License-Identifier: MIT */
/* Between the two files of the fuzz target "words": words.c tells all. */
#ifndef _TESTS_FUZZ_WORDS_MODEL_H
#define _TESTS_FUZZ_WORDS_MODEL_H

#include "fuzz.h"

/* A text out of few letters, so that they meet; or of any. */
char *read_text(struct fuzz_input *in, char *text, size_t room,
		const char *letters);

/* words_line.c */
void step_line(struct fuzz_input *in);
void step_any_line(struct fuzz_input *in);

/* The number at s, modulo 2^64; *end behind its digits, or s. */
u64 model_strtoull(const char *s, char **end, unsigned int base);
/* With a unit behind it: K, M, G, T, P, E. */
u64 model_unit(u64 value, char **end);
/* All of a text: 0, -EINVAL or -ERANGE. */
int model_kstrtoull(const char *s, unsigned int base, u64 *value);
int model_kstrtoll(const char *s, unsigned int base, s64 *value);

/* As get_options(), at most nints - 1 of them counted. */
char *model_options(const char *s, int nints, int *ints);

bool model_glob(const char *pattern, const char *text);
bool model_option_str(const char *list, const char *option);

#endif
