/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_GLOB_H
#define _LINUX_GLOB_H

#include <linux/compiler.h>
#include <linux/types.h>

/*
 * Does the whole of str match the pattern? '*' any characters, '?' one,
 * "[a-z]" one of a set, "[!a-z]" one not in it, "\x" x itself.
 */
bool glob_match(const char *pat, const char *str);

#endif
