/* SPDX-License-Identifier: MIT */
/*
 * tests/fuzz/user/libfuzzer.c - libFuzzer gives the inputs
 *
 *	fuzz --target=NAME [libFuzzer's options] CORPUS...
 */
#include "user.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	for (int i = 1; i < *argc; i++) {
		if (strncmp((*argv)[i], "--target=", 9))
			continue;
		fuzz_boot((*argv)[i] + 9);
		return 0;
	}
	fprintf(stderr, "fuzz: which --target=NAME?\n");
	exit(3);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	fuzz_run(bytes, size);
	return 0;
}
