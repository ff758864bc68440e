/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PRANDOM_H
#define _LINUX_PRANDOM_H

#include <linux/math.h>
#include <linux/types.h>

/* A generator of one's own: the same seed gives the same sequence. */
struct rnd_state {
	u32 s[4];
};

void prandom_seed_state(struct rnd_state *state, u64 seed);
u32 prandom_u32_state(struct rnd_state *state);
void prandom_bytes_state(struct rnd_state *state, void *buf, size_t len);

/* From the common generator of <linux/random.h>. */
u32 prandom_u32(void);
void prandom_bytes(void *buf, size_t len);

/* Uniform, nearly, in [0, ep_ro). */
static inline u32 prandom_u32_max(u32 ep_ro)
{
	return reciprocal_scale(prandom_u32(), ep_ro);
}

#endif
