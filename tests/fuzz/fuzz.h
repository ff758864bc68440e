/* SPDX-License-Identifier: MIT */
/*
 * Between a fuzz target and what runs it.
 *
 * A target reads bytes as a program: each step takes as many as it needs, and
 * does one thing to the kernel and to a small model of it. After each step the
 * two are compared; fuzz_check() ends the run where they differ, and the bytes
 * are kept. The rules of a good target:
 *
 *  - any bytes are a valid program: what is missing at the end reads as 0;
 *  - what it does depends on the bytes only;
 *  - at the end it gives back all it took: fuzz.c looks.
 */
#ifndef _TESTS_FUZZ_H
#define _TESTS_FUZZ_H

#include <linux/compiler.h>
#include <linux/stdarg.h>
#include <linux/types.h>

/* The bytes that are left. */
struct fuzz_input {
	const u8 *at;
	const u8 *end;
};

static inline size_t fuzz_left(const struct fuzz_input *in)
{
	return in->end - in->at;
}

static inline u8 fuzz_u8(struct fuzz_input *in)
{
	return in->at < in->end ? *in->at++ : 0;
}

static inline u16 fuzz_u16(struct fuzz_input *in)
{
	u16 low = fuzz_u8(in);

	return low | fuzz_u8(in) << 8;
}

static inline u32 fuzz_u32(struct fuzz_input *in)
{
	u32 low = fuzz_u16(in);

	return low | (u32)fuzz_u16(in) << 16;
}

static inline u64 fuzz_u64(struct fuzz_input *in)
{
	u64 low = fuzz_u32(in);

	return low | (u64)fuzz_u32(in) << 32;
}

/* 0 .. limit - 1, from one byte or two. */
static inline u32 fuzz_below(struct fuzz_input *in, u32 limit)
{
	return (limit <= 256 ? fuzz_u8(in) : fuzz_u16(in)) % limit;
}

/* One target. */
struct fuzz_target {
	const char *name;
	void (*run)(struct fuzz_input *in);
	/* runs before the kernel has memory, which it sets up by itself */
	bool early;
	/* to be done once, after the start */
	void (*start)(void);
};

extern const struct fuzz_target fuzz_firmware, fuzz_pages, fuzz_slab,
	fuzz_vmalloc, fuzz_kmap, fuzz_words, fuzz_format, fuzz_pools,
	fuzz_lists, fuzz_memblock, fuzz_smp, fuzz_depot;

/* The kernel and the model differ: say how, and end. */
void fuzz_fail(const char *file, int line, const char *cond, const char *fmt,
	       ...) __printf(4, 5) __noreturn;

#define fuzz_check(cond, fmt, ...) do {					\
	if (unlikely(!(cond)))						\
		fuzz_fail(__FILE__, __LINE__, #cond, fmt,		\
			  ##__VA_ARGS__);				\
} while (0)

/*
 * Something wrong is done on purpose. What the kernel prints is caught; _end
 * returns the text, and fails if the kernel made no report of it.
 */
void fuzz_misuse_begin(void);
const char *fuzz_misuse_end(const char *what);

/*
 * The nth attempt to allocate from now on fails, of any kind; 0: none does.
 * fuzz_failed() ends that, and tells whether one did.
 */
void fuzz_fail_nth(unsigned int nth);
bool fuzz_failed(void);

/* Lets the kernel tell what it shows on its console; it must fit 16 KiB. */
struct seq_file;
void fuzz_show(int (*show)(struct seq_file *m, void *unused));

/* Writes a byte that the address sanitizer would object to. */
void fuzz_poke(void *p, u8 value);

/*
 * A frame's bytes without any of the kernel's mappings: what is really there,
 * at no cost.
 */
struct page;
u32 *fuzz_frame(const struct page *page);

/* The C library's: snprintf(), sscanf() into a and b, strtoull(). */
int fuzz_libc_format(char *buf, size_t size, const char *fmt, ...);
int fuzz_libc_scan(const char *text, const char *fmt, void *a, void *b);
u64 fuzz_libc_strtoull(const char *s, char **end, unsigned int base,
		       bool *overflow);

#endif
