/* SPDX-License-Identifier: MIT */
/*
 * tests/fuzz/user/user.c - the kernel as a function of some bytes
 *
 * The kernel runs on stacks of its own, and never returns. So the process and
 * the kernel are two threads of one, which hand over to each other: the kernel
 * where it wants another input, the process where it has one.
 *
 *	fuzz_run()  ----- swapcontext -----> fuzz_user_next() returns
 *	   returns <----- swapcontext ------ fuzz_user_next()
 */
#include "user.h"

#include "../../host/machine/machine.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#define STACK_SIZE (256 << 10)

/* main() of tests/host/machine/main.c, under another name. */
int host_main(int argc, char **argv);

static ucontext_t process, kernel;
static const char *target_name;
static const unsigned char *input;
static unsigned int input_size;

/* -------------------------------------------------------- for the kernel */

const char *fuzz_user_target(void)
{
	return target_name;
}

const unsigned char *fuzz_user_next(unsigned int *size)
{
	swapcontext(&kernel, &process);
	*size = input_size;
	return input;
}

void fuzz_user_fail(const char *file, int line, const char *cond,
		    const char *text)
{
	fflush(stdout);
	fprintf(stderr, "fuzz: %s: %s:%d: %s: %s\n", target_name, file, line,
		cond, text);
	abort();
}

void *fuzz_user_frame(unsigned long pfn)
{
	return ram + pfn * PAGE_SIZE;
}

int fuzz_libc_format(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return len;
}

int fuzz_libc_scan(const char *text, const char *fmt, void *a, void *b)
{
	return sscanf(text, fmt, a, b);
}

uint64_t fuzz_libc_strtoull(const char *s, char **end, unsigned int base,
			    bool *overflow)
{
	uint64_t value;

	errno = 0;
	value = strtoull(s, end, base);
	*overflow = errno == ERANGE;
	return value;
}

/* ------------------------------------------------------- for the process */

static void start(void)
{
	static char *words[] = { "quire-host", "fuzz", "test", "loglevel=3",
				 "kunit.filter_glob=fuzz", "cpus=3", NULL };

	host_main(strcmp(target_name, "smp") ? 5 : 6, words);
}

void fuzz_boot(const char *target)
{
	/* not the heap's: that may lie where the kernel will */
	static char stack[STACK_SIZE] __attribute__((aligned(16)));

	target_name = target;
	if (getcontext(&kernel))
		exit(3);
	kernel.uc_stack.ss_sp = stack;
	kernel.uc_stack.ss_size = STACK_SIZE;
	makecontext(&kernel, start, 0);
	swapcontext(&process, &kernel);
}

void fuzz_run(const unsigned char *bytes, unsigned int size)
{
	input = bytes;
	input_size = size;
	swapcontext(&process, &kernel);
}
