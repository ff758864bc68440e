/* SPDX-License-Identifier: MIT */
/*
 * tests/fuzz/user/files.c - the inputs are files: those that are kept
 *
 *	fuzz-cases TARGET FILE...
 *
 * Says how many there were. What fails ends the process; its name was the last.
 */
#include "user.h"

#include <stdio.h>
#include <stdlib.h>

static void run_file(const char *name)
{
	FILE *f = fopen(name, "rb");
	unsigned char *bytes;
	long size;

	if (!f || fseek(f, 0, SEEK_END) || (size = ftell(f)) < 0) {
		perror(name);
		exit(3);
	}
	/* of its exact size, so that a look beyond it is seen */
	bytes = malloc(size ? size : 1);
	rewind(f);
	if (!bytes || fread(bytes, 1, size, f) != (size_t)size) {
		perror(name);
		exit(3);
	}
	fclose(f);
	fuzz_run(bytes, size);
	free(bytes);
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "fuzz-cases TARGET FILE...\n");
		return 3;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	fuzz_boot(argv[1]);
	for (int i = 2; i < argc; i++) {
		printf("%s\n", argv[i]);
		run_file(argv[i]);
	}
	printf("%s: %d files passed\n", argv[1], argc - 2);
	return 0;
}
