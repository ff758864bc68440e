/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RANDOM_H
#define _LINUX_RANDOM_H

#include <linux/prandom.h>
#include <linux/types.h>

/*
 * Numbers for tests and for spreading things; not secret. The sequence is
 * the same in every boot until random_seed() is called, so that a failed
 * run can be repeated. Any context.
 */
void random_seed(u64 seed);
/* The seed of the sequence, for the log. */
u64 random_current_seed(void);

u8 get_random_u8(void);
u16 get_random_u16(void);
u32 get_random_u32(void);
u64 get_random_u64(void);
unsigned long get_random_long(void);
void get_random_bytes(void *buf, size_t len);

/* Uniform in [0, ceil), (floor, U32_MAX], [floor, ceil]. */
u32 get_random_u32_below(u32 ceil);
u32 get_random_u32_above(u32 floor);
u32 get_random_u32_inclusive(u32 floor, u32 ceil);

/*
 * A guard for a thread's stack: not of that sequence, another for each call,
 * and with a lowest byte, the first that is overrun, of 0, which no text
 * writes. Any context; only where stacks are guarded, stackprotector.c.
 */
unsigned long get_random_canary(void);

static inline unsigned int get_random_int(void)
{
	return get_random_u32();
}

#endif
