// SPDX-License-Identifier: MIT
/* Random numbers: are they spread as promised, and repeatable? */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/prandom.h>
#include <linux/random.h>
#include <linux/string.h>

#define ROUNDS 2000

/* Does the same seed give the same bytes, whatever is taken at a time? */
static void same_seed_same_bytes(struct kunit *test)
{
	struct rnd_state a, b, c;
	u8 whole[16], parts[16], other[16];

	prandom_seed_state(&a, 5);
	prandom_seed_state(&b, 5);
	prandom_seed_state(&c, 6);
	prandom_bytes_state(&a, whole, sizeof(whole));
	prandom_bytes_state(&b, parts, 8);
	prandom_bytes_state(&b, parts + 8, 8);
	prandom_bytes_state(&c, other, sizeof(other));
	KUNIT_EXPECT_MEMEQ(test, whole, parts, sizeof(whole));
	KUNIT_EXPECT_MEMNEQ(test, whole, other, sizeof(whole));
}

/* Does a length that is no multiple of a word write no byte too much? */
static void odd_lengths(struct kunit *test)
{
	struct rnd_state state;
	u8 bytes[16];
	size_t n;

	prandom_seed_state(&state, 7);
	for (n = 0; n < sizeof(bytes); n++) {
		memset(bytes, 0xee, sizeof(bytes));
		prandom_bytes_state(&state, bytes, n);
		KUNIT_EXPECT_NULL(test, memchr_inv(bytes + n, 0xee,
						   sizeof(bytes) - n));
		memset(bytes, 0xee, sizeof(bytes));
		prandom_bytes(bytes, n);
		KUNIT_EXPECT_NULL(test, memchr_inv(bytes + n, 0xee,
						   sizeof(bytes) - n));
	}
}

/* Does random_seed() start the common sequence again, and is it told? */
static void seed_of_all(struct kunit *test)
{
	u64 before = random_current_seed(), first;

	random_seed(1234);
	KUNIT_EXPECT_EQ(test, random_current_seed(), 1234);
	first = get_random_u64();
	KUNIT_EXPECT_NE(test, get_random_u64(), first);
	random_seed(1234);
	KUNIT_EXPECT_EQ(test, get_random_u64(), first);
	random_seed(before);
}

/* Do the widths use all of their bits, each of them both 0 and 1? */
static void every_bit_moves(struct kunit *test)
{
	u64 ones = 0, zeros = 0;
	unsigned long longs = 0;
	u16 words = 0;
	u8 bytes = 0;
	int i;

	for (i = 0; i < 200; i++) {
		u64 value = get_random_u64();

		ones |= value;
		zeros |= ~value;
		bytes |= get_random_u8();
		words |= get_random_u16();
		longs |= get_random_long();
	}
	KUNIT_EXPECT_EQ(test, ones, U64_MAX);
	KUNIT_EXPECT_EQ(test, zeros, U64_MAX);
	KUNIT_EXPECT_EQ(test, bytes, U8_MAX);
	KUNIT_EXPECT_EQ(test, words, U16_MAX);
	KUNIT_EXPECT_EQ(test, longs, ULONG_MAX);
}

/* Do the bounds hold, is each value met, and none much more often? */
static void within_bounds(struct kunit *test)
{
	unsigned int met[6] = {}, i;

	for (i = 0; i < 6 * ROUNDS; i++) {
		u32 value = get_random_u32_inclusive(10, 15);

		KUNIT_ASSERT_GE(test, value, 10);
		KUNIT_ASSERT_LE(test, value, 15);
		met[value - 10]++;
	}
	for (i = 0; i < ARRAY_SIZE(met); i++) {
		KUNIT_EXPECT_GT(test, met[i], ROUNDS * 3 / 4);
		KUNIT_EXPECT_LT(test, met[i], ROUNDS * 5 / 4);
	}
	KUNIT_EXPECT_EQ(test, get_random_u32_below(1), 0);
	KUNIT_EXPECT_EQ(test, get_random_u32_below(0), 0);
	KUNIT_EXPECT_EQ(test, get_random_u32_above(U32_MAX - 1), U32_MAX);
	KUNIT_EXPECT_EQ(test, get_random_u32_inclusive(9, 9), 9);
}

/*
 * Is a ceiling fair that divides 2^32 worst? Of 3 * 2^30 values a remainder
 * would give the lowest third twice as often: a half instead of a third.
 */
static void fair_below_a_great_ceiling(struct kunit *test)
{
	u32 ceil = 3u << 30, low = 0, all = 0, i;

	for (i = 0; i < 3 * ROUNDS; i++) {
		u32 value = get_random_u32_below(ceil);

		KUNIT_ASSERT_LT(test, value, ceil);
		low += value < ceil / 3;
		all |= get_random_u32_inclusive(0, U32_MAX);
	}
	KUNIT_EXPECT_GT(test, low, ROUNDS * 9 / 10);
	KUNIT_EXPECT_LT(test, low, ROUNDS * 11 / 10);
	KUNIT_EXPECT_EQ(test, all, U32_MAX);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(same_seed_same_bytes),
	KUNIT_CASE(odd_lengths),
	KUNIT_CASE(seed_of_all),
	KUNIT_CASE(every_bit_moves),
	KUNIT_CASE(within_bounds),
	KUNIT_CASE(fair_below_a_great_ceiling),
	{}
};

static struct kunit_suite suite = {
	.name = "lib_random",
	.test_cases = cases,
};
kunit_test_suite(suite);
