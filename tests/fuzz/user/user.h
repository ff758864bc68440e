/* SPDX-License-Identifier: MIT */
/*
 * Between the kernel's half of the fuzzers and the process's: both include
 * this, so it has plain types only.
 */
#ifndef _TESTS_FUZZ_USER_H
#define _TESTS_FUZZ_USER_H

/* --- of the process, for the kernel --- */

/* The name of the target. */
const char *fuzz_user_target(void);

/* The run has ended well; returns when there is another input. */
const unsigned char *fuzz_user_next(unsigned int *size);

/* It has not. */
void fuzz_user_fail(const char *file, int line, const char *cond,
		    const char *text) __attribute__((__noreturn__));

/* A frame of the first gigabyte, as the machine has it: nothing maps it. */
void *fuzz_user_frame(unsigned long pfn);

/* --- of the process, for itself --- */

/* Boots the kernel up to where it asks for an input. */
void fuzz_boot(const char *target);

/* Runs one input. Returns only if all was well. */
void fuzz_run(const unsigned char *bytes, unsigned int size);

#endif
