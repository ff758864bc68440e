/* SPDX-License-Identifier: MIT */
/* Taking a command line apart. */
#ifndef _QUIRE_PARAMS_H
#define _QUIRE_PARAMS_H

#include <linux/types.h>

/*
 * Cuts the first word off args, in place: *param is its name, *val what
 * stands behind '=' or NULL, both without quotes. Returns the rest.
 */
char *next_arg(char *args, char **param, char **val);

/* fn for every word up to "--" or the first error, which is returned. */
int parse_words(char *args, int (*fn)(char *param, char *val));

/* Are two names equal, where '-' and '_' are the same? The first n bytes? */
bool parameq(const char *a, const char *b);
bool parameqn(const char *a, const char *b, size_t n);

#endif
