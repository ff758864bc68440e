// SPDX-License-Identifier: MIT
/*
 * random.c - numbers without a pattern
 *
 * Marsaglia's xorshift with 128 bits of state: each step shifts and xors the
 * words, and passes through all 2^128 - 1 states other than 0. The seed is
 * spread over the four words by a mixer whose every input bit reaches every
 * output bit, so that seeds 1 and 2 have nothing in common.
 *
 * Differs from Linux: (drivers/char/random.c, lib/random32.c) nothing here
 * is a secret, and the common sequence repeats from boot to boot.
 */
#include <linux/random.h>
#include <linux/irqflags.h>
#include <linux/string.h>

static u32 mix(u64 *x)
{
	u64 z = *x += 0x9e3779b97f4a7c15ull;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return (z ^ (z >> 31)) >> 16;
}

void prandom_seed_state(struct rnd_state *state, u64 seed)
{
	for (int i = 0; i < 4; i++)
		state->s[i] = mix(&seed);
	state->s[0] |= 1;	/* all 0 would stay 0 */
}

u32 prandom_u32_state(struct rnd_state *state)
{
	u32 *s = state->s;
	u32 t = s[3];

	t ^= t << 11;
	t ^= t >> 8;
	s[3] = s[2];
	s[2] = s[1];
	s[1] = s[0];
	s[0] = t ^ s[0] ^ (s[0] >> 19);
	return s[0];
}

void prandom_bytes_state(struct rnd_state *state, void *buf, size_t len)
{
	u8 *p = buf;
	u32 word = 0;

	for (size_t i = 0; i < len; i++) {
		if (i % 4 == 0)
			word = prandom_u32_state(state);
		p[i] = word;
		word >>= 8;
	}
}

#define DEFAULT_SEED 20260000ull

static struct rnd_state common;
static u64 common_seed;

void random_seed(u64 seed)
{
	unsigned long flags;

	local_irq_save(flags);
	common_seed = seed;
	prandom_seed_state(&common, seed);
	local_irq_restore(flags);
}

u64 random_current_seed(void)
{
	return common_seed ? common_seed : DEFAULT_SEED;
}

u32 get_random_u32(void)
{
	unsigned long flags;
	u32 value;

	local_irq_save(flags);
	if (!common.s[0] && !common.s[1] && !common.s[2] && !common.s[3])
		prandom_seed_state(&common, DEFAULT_SEED);
	value = prandom_u32_state(&common);
	local_irq_restore(flags);
	return value;
}

u8 get_random_u8(void)
{
	return get_random_u32();
}

u16 get_random_u16(void)
{
	return get_random_u32();
}

u64 get_random_u64(void)
{
	u64 high = get_random_u32();

	return high << 32 | get_random_u32();
}

unsigned long get_random_long(void)
{
	return get_random_u64();
}

void get_random_bytes(void *buf, size_t len)
{
	for (u8 *p = buf; len; len--)
		*p++ = get_random_u32();
}

/*
 * The high half of value * ceil is uniform but for 2^32 % ceil values of the
 * low half, which are thrown away.
 */
u32 get_random_u32_below(u32 ceil)
{
	u32 unfair;
	u64 product;

	if (!ceil)
		return 0;
	unfair = -ceil % ceil;
	do {
		product = (u64)get_random_u32() * ceil;
	} while ((u32)product < unfair);
	return product >> 32;
}

u32 get_random_u32_above(u32 floor)
{
	return get_random_u32_inclusive(floor + 1, ~0u);
}

u32 get_random_u32_inclusive(u32 floor, u32 ceil)
{
	if (ceil - floor == ~0u)
		return get_random_u32();
	return floor + get_random_u32_below(ceil - floor + 1);
}

u32 prandom_u32(void)
{
	return get_random_u32();
}

void prandom_bytes(void *buf, size_t len)
{
	get_random_bytes(buf, len);
}
