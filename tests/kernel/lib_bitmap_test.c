// SPDX-License-Identifier: MIT
/* Bits and bitmaps: does each operation touch and see exactly its bits? */
#include <kunit/test.h>
#include <linux/bitmap.h>
#include <linux/kernel.h>
#include <linux/random.h>
#include <linux/string.h>

#define BITS 100

static DECLARE_BITMAP(map, BITS + 28);
static DECLARE_BITMAP(other, BITS + 28);
static DECLARE_BITMAP(result, BITS + 28);
static bool model[BITS + 28];

static void random_map(unsigned long *to, struct rnd_state *rnd)
{
	for (size_t i = 0; i < BITS_TO_LONGS(BITS + 28); i++)
		to[i] = prandom_u32_state(rnd) & prandom_u32_state(rnd);
}

/* Do set, clear, change and their test_and_ forms work on each bit? */
static void single_bits(struct kunit *test)
{
	for (int bit = 0; bit < 70; bit++) {
		bitmap_zero(map, 96);
		set_bit(bit, map);
		KUNIT_ASSERT_EQ(test, bitmap_weight(map, 96), 1);
		KUNIT_ASSERT_TRUE(test, test_bit(bit, map));
		KUNIT_ASSERT_TRUE(test, test_and_set_bit(bit, map));
		KUNIT_ASSERT_TRUE(test, test_and_clear_bit(bit, map));
		KUNIT_ASSERT_FALSE(test, __test_and_set_bit(bit, map));
		KUNIT_ASSERT_TRUE(test, __test_and_change_bit(bit, map));
		KUNIT_ASSERT_FALSE(test, test_and_change_bit(bit, map));
		change_bit(bit, map);
		KUNIT_ASSERT_TRUE(test, bitmap_empty(map, 96));
		bitmap_fill(map, 96);
		clear_bit(bit, map);
		KUNIT_ASSERT_EQ(test, bitmap_weight(map, 96), 95);
		__assign_bit(bit, map, true);
		KUNIT_ASSERT_TRUE(test, bitmap_full(map, 96));
	}
}

/* Do the scans of a word name the right bit for every position? */
static void word_scans(struct kunit *test)
{
	for (int bit = 0; bit < 32; bit++) {
		unsigned long word = 1UL << bit;

		KUNIT_ASSERT_EQ(test, __ffs(word), bit);
		KUNIT_ASSERT_EQ(test, __ffs(word | 1UL << 31), bit);
		KUNIT_ASSERT_EQ(test, __fls(word), bit);
		KUNIT_ASSERT_EQ(test, __fls(word | 1), bit);
		KUNIT_ASSERT_EQ(test, ffz(~word), bit);
		KUNIT_ASSERT_EQ(test, ffs(word), bit + 1);
		KUNIT_ASSERT_EQ(test, fls(word), bit + 1);
		KUNIT_ASSERT_EQ(test, fls64((u64)word << 32), bit + 33);
		KUNIT_ASSERT_EQ(test, fls64(word), bit + 1);
		KUNIT_ASSERT_EQ(test, __ffs64((u64)word << 32), bit + 32);
	}
	KUNIT_EXPECT_EQ(test, ffs(0), 0);
	KUNIT_EXPECT_EQ(test, fls(0), 0);
	KUNIT_EXPECT_EQ(test, fls64(0), 0);
	KUNIT_EXPECT_EQ(test, fns(0x15, 2), 4);
	KUNIT_EXPECT_EQ(test, fns(0x15, 3), 32);
}

/* Are bits counted right, at run time as in constants? */
static void counts(struct kunit *test)
{
	struct rnd_state rnd;
	u32 word;
	unsigned int n;

	prandom_seed_state(&rnd, 3);
	for (int i = 0; i < 200; i++) {
		word = prandom_u32_state(&rnd);
		n = 0;
		for (int bit = 0; bit < 32; bit++)
			n += word >> bit & 1;
		KUNIT_ASSERT_EQ(test, hweight32(word), n);
		KUNIT_ASSERT_EQ(test, __const_hweight32(word), n);
		KUNIT_ASSERT_EQ(test, hweight64((u64)word << 32 | word), 2 * n);
		KUNIT_ASSERT_EQ(test, hweight8(word) + hweight8(word >> 8),
				hweight16(word));
	}
	KUNIT_EXPECT_EQ(test, hweight32(0xffffffff), 32);
}

/* Do rotations and sign extension keep every bit? */
static void rotations(struct kunit *test)
{
	u32 word = 0x80000001;
	u8 byte = 0x81;

	KUNIT_EXPECT_EQ(test, rol32(word, 1), 3);
	KUNIT_EXPECT_EQ(test, ror32(word, 1), 0xc0000000);
	KUNIT_EXPECT_EQ(test, rol32(word, 0), word);
	KUNIT_EXPECT_EQ(test, rol32(word, 32), word);
	KUNIT_EXPECT_EQ(test, rol8(byte, 1), 3);
	KUNIT_EXPECT_EQ(test, ror64(1, 1), 1ull << 63);
	KUNIT_EXPECT_EQ(test, sign_extend32(0xff, 7), -1);
	KUNIT_EXPECT_EQ(test, sign_extend32(0x7f, 7), 127);
	KUNIT_EXPECT_EQ(test, get_count_order(0), -1);
	KUNIT_EXPECT_EQ(test, get_count_order(1), 0);
	KUNIT_EXPECT_EQ(test, get_count_order(5), 3);
	KUNIT_EXPECT_EQ(test, get_count_order(8), 3);
}

/* Do set and clear of ranges change just the range, at all borders? */
static void ranges(struct kunit *test)
{
	for (int start = 0; start < BITS; start++) {
		for (int len = 0; start + len <= BITS; len++) {
			bitmap_zero(map, BITS + 28);
			bitmap_set(map, start, len);
			KUNIT_ASSERT_EQ(test, bitmap_weight(map, BITS + 28),
					len);
			if (len) {
				KUNIT_ASSERT_EQ(test, find_first_bit(map, BITS),
						start);
				KUNIT_ASSERT_EQ(test, find_last_bit(map, BITS),
						start + len - 1);
			}
			bitmap_fill(map, BITS + 28);
			bitmap_clear(map, start, len);
			KUNIT_ASSERT_EQ(test, bitmap_weight(map, BITS),
					BITS - len);
			KUNIT_ASSERT_EQ(test, find_first_zero_bit(map, BITS),
					len ? start : BITS);
		}
	}
}

static unsigned long model_find(unsigned long from, bool value)
{
	while (from < BITS && model[from] != value)
		from++;
	return from;
}

/* Do the searches agree with looking at bit after bit, from everywhere? */
static void find_from_everywhere(struct kunit *test)
{
	struct rnd_state rnd;
	unsigned long from;

	prandom_seed_state(&rnd, 5);
	for (int round = 0; round < 20; round++) {
		random_map(map, &rnd);
		random_map(other, &rnd);
		for (int i = 0; i < BITS; i++)
			model[i] = test_bit(i, map);
		for (from = 0; from <= BITS; from++) {
			KUNIT_ASSERT_EQ(test, find_next_bit(map, BITS, from),
					model_find(from, true));
			KUNIT_ASSERT_EQ(test,
					find_next_zero_bit(map, BITS, from),
					model_find(from, false));
		}
		for (int i = 0; i < BITS; i++)
			model[i] = test_bit(i, map) && test_bit(i, other);
		for (from = 0; from <= BITS; from++)
			KUNIT_ASSERT_EQ(test,
					find_next_and_bit(map, other, BITS,
							  from),
					model_find(from, true));
	}
}

/* Do searches of an empty and of a full map end at size, not behind? */
static void find_nothing(struct kunit *test)
{
	for (unsigned long size = 0; size <= BITS; size++) {
		bitmap_zero(map, BITS + 28);
		KUNIT_ASSERT_EQ(test, find_first_bit(map, size), size);
		KUNIT_ASSERT_EQ(test, find_last_bit(map, size), size);
		bitmap_set(map, size, 20);	/* behind the end */
		KUNIT_ASSERT_EQ(test, find_first_bit(map, size), size);
		KUNIT_ASSERT_EQ(test, find_last_bit(map, size), size);
		bitmap_fill(map, BITS + 28);
		KUNIT_ASSERT_EQ(test, find_first_zero_bit(map, size), size);
	}
}

/* Do the loops over bits and over runs of bits visit them all? */
static void loops(struct kunit *test)
{
	unsigned long bit, begin, end, sum = 0;

	bitmap_zero(map, BITS);
	bitmap_set(map, 0, 2);
	bitmap_set(map, 30, 5);
	bitmap_set(map, 99, 1);
	for_each_set_bit(bit, map, BITS)
		sum += bit;
	KUNIT_EXPECT_EQ(test, sum, 0 + 1 + 30 + 31 + 32 + 33 + 34 + 99);
	sum = 0;
	for_each_set_bitrange(begin, end, map, BITS)
		sum += (end - begin) * (begin + 1);
	KUNIT_EXPECT_EQ(test, sum, 2 * 1 + 5 * 31 + 100);
	sum = 0;
	for_each_clear_bitrange(begin, end, map, BITS)
		sum += end - begin;
	KUNIT_EXPECT_EQ(test, sum, BITS - 8);
	KUNIT_EXPECT_EQ(test, find_nth_bit(map, BITS, 2), 30);
	KUNIT_EXPECT_EQ(test, find_nth_bit(map, BITS, 8), BITS);
	KUNIT_EXPECT_EQ(test, find_next_bit_wrap(map, 99, 50), 0);
}

typedef bool (*model_fn)(bool a, bool b);

static bool model_or(bool a, bool b)
{
	return a || b;
}

static bool model_xor(bool a, bool b)
{
	return a != b;
}

static bool model_and(bool a, bool b)
{
	return a && b;
}

static bool model_andnot(bool a, bool b)
{
	return a && !b;
}

static bool model_not(bool a, bool b)
{
	return !a;
}

static void expect_result(struct kunit *test, model_fn fn, const char *name)
{
	for (int i = 0; i < BITS; i++)
		KUNIT_ASSERT_EQ_MSG(test, test_bit(i, result),
				    fn(test_bit(i, map), test_bit(i, other)),
				    "%s, bit %d", name, i);
}

/* Are the operations on two maps right, bit for bit? */
static void algebra(struct kunit *test)
{
	struct rnd_state rnd;

	prandom_seed_state(&rnd, 7);
	for (int round = 0; round < 20; round++) {
		random_map(map, &rnd);
		random_map(other, &rnd);
		bitmap_or(result, map, other, BITS);
		expect_result(test, model_or, "or");
		KUNIT_ASSERT_TRUE(test, bitmap_subset(map, result, BITS));
		KUNIT_ASSERT_TRUE(test,
				  bitmap_or_equal(map, other, result, BITS));
		bitmap_xor(result, map, other, BITS);
		expect_result(test, model_xor, "xor");
		bitmap_complement(result, map, BITS);
		expect_result(test, model_not, "complement");
		KUNIT_ASSERT_EQ(test, bitmap_and(result, map, other, BITS),
				bitmap_intersects(map, other, BITS));
		expect_result(test, model_and, "and");
		bitmap_andnot(result, map, other, BITS);
		expect_result(test, model_andnot, "andnot");
		bitmap_replace(result, other, map, map, BITS);
		expect_result(test, model_or, "replace");
	}
}

/* Are equality, intersection and emptiness blind to bits behind the end? */
static void tails(struct kunit *test)
{
	for (int bits = 1; bits < 97; bits++) {
		bitmap_zero(map, 128);
		bitmap_zero(other, 128);
		bitmap_set(map, bits, 128 - bits);
		KUNIT_ASSERT_TRUE(test, bitmap_equal(map, other, bits));
		KUNIT_ASSERT_TRUE(test, bitmap_empty(map, bits));
		KUNIT_ASSERT_EQ(test, bitmap_weight(map, bits), 0);
		KUNIT_ASSERT_FALSE(test, bitmap_intersects(map, map, bits));
		KUNIT_ASSERT_TRUE(test, bitmap_subset(map, other, bits));
		__set_bit(bits - 1, map);
		KUNIT_ASSERT_FALSE(test, bitmap_equal(map, other, bits));
		KUNIT_ASSERT_TRUE(test, bitmap_intersects(map, map, bits));
		KUNIT_ASSERT_FALSE(test, bitmap_subset(map, other, bits));
	}
}

/* Does a shift move every bit by the same distance, in place as well? */
static void shifts(struct kunit *test)
{
	for (int shift = 0; shift < BITS; shift += 3) {
		bitmap_zero(map, BITS + 28);
		bitmap_set(map, 20, 50);
		bitmap_shift_left(result, map, shift, BITS);
		bitmap_shift_right(map, map, shift, BITS);
		for (int i = 0; i < BITS; i++) {
			KUNIT_ASSERT_EQ(test, test_bit(i, map),
					i + shift >= 20 && i + shift < 70);
			KUNIT_ASSERT_EQ(test, test_bit(i, result),
					i - shift >= 20 && i - shift < 70);
		}
	}
}

/* Is the first free area of a size found, on its alignment, or none? */
static void free_areas(struct kunit *test)
{
	bitmap_fill(map, BITS);
	bitmap_clear(map, 5, 3);
	bitmap_clear(map, 13, 8);
	KUNIT_EXPECT_EQ(test, bitmap_find_next_zero_area(map, BITS, 0, 3, 0),
			5);
	KUNIT_EXPECT_EQ(test, bitmap_find_next_zero_area(map, BITS, 0, 4, 0),
			13);
	KUNIT_EXPECT_EQ(test, bitmap_find_next_zero_area(map, BITS, 0, 4, 3),
			16);
	KUNIT_EXPECT_GT(test, bitmap_find_next_zero_area(map, BITS, 0, 9, 0),
			BITS);
	KUNIT_EXPECT_EQ(test, bitmap_find_free_region(map, BITS, 2), 16);
	KUNIT_EXPECT_EQ(test, bitmap_allocate_region(map, 16, 1), -EBUSY);
	bitmap_release_region(map, 16, 2);
	KUNIT_EXPECT_EQ(test, bitmap_allocate_region(map, 16, 1), 0);
	KUNIT_EXPECT_EQ(test, bitmap_find_free_region(map, BITS, 3), -ENOMEM);
}

/* Are lists of ranges read as written, and wrong ones refused? */
static void parselist(struct kunit *test)
{
	static const struct {
		const char *text;
		const char *wanted;	/* NULL: an error */
		int err;
	} table[] = {
		{ "0", "0", 0 },
		{ "0,3-5", "0,3-5", 0 },
		{ " 1 , 2,\t4-4\n", "1-2,4", 0 },
		{ "", "", 0 },
		{ "all", "0-99", 0 },
		{ "95-N", "95-99", 0 },
		{ "0-9:2/5", "0-1,5-6", 0 },
		{ "0-8:3/5", "0-2,5-7", 0 },
		{ "all:1/50", "0,50", 0 },
		{ "0-9:1/N", "0", 0 },
		/* the next group would begin beyond the last number */
		{ "5-9:1/4294967295", "5", 0 },
		{ "5-99:2/4294967292", "5-6", 0 },
		{ "5-3", NULL, -EINVAL },
		{ "0-9:2", NULL, -EINVAL },
		{ "0-9:2/", NULL, -EINVAL },
		{ "0-9:2/5x", NULL, -EINVAL },
		{ "0-9:0/0", NULL, -EINVAL },
		{ "0-9:x/5", NULL, -EINVAL },
		{ "allx", NULL, -EINVAL },
		{ "1x", NULL, -EINVAL },
		{ "4294967296", NULL, -EINVAL },
		{ "1-4294967295", NULL, -ERANGE },
		{ "100", NULL, -ERANGE },
		{ "1-", NULL, -EINVAL },
		{ "a", NULL, -EINVAL },
		{ "0-9:6/5", NULL, -EINVAL },
		{ "99999999999", NULL, -EINVAL },
	};
	char text[64];

	for (size_t i = 0; i < ARRAY_SIZE(table); i++) {
		KUNIT_EXPECT_EQ_MSG(test,
				    bitmap_parselist(table[i].text, map, BITS),
				    table[i].err, "\"%s\"", table[i].text);
		if (!table[i].wanted)
			continue;
		snprintf(text, sizeof(text), "%*pbl", BITS, map);
		KUNIT_EXPECT_STREQ(test, text, table[i].wanted);
	}
}

/* Do arrays of u32 become bitmaps and come back, the tail as 0? */
static void arrays_of_u32(struct kunit *test)
{
	static const u32 in[3] = { 0x12345678, 0x9abcdef0, 0xffffffff };
	u32 out[3];

	bitmap_from_arr32(map, in, 70);
	KUNIT_EXPECT_TRUE(test, test_bit(3, map));
	KUNIT_EXPECT_EQ(test, bitmap_weight(map, 96),
			hweight32(in[0]) + hweight32(in[1]) + 6);
	bitmap_fill(other, 96);
	bitmap_copy_clear_tail(other, map, 70);
	bitmap_to_arr32(out, other, 70);
	KUNIT_EXPECT_EQ(test, out[0], in[0]);
	KUNIT_EXPECT_EQ(test, out[1], in[1]);
	KUNIT_EXPECT_EQ(test, out[2], 0x3f);
}

/* Are the bits found that are in the first set alone, across words? */
static void find_in_one_only(struct kunit *test)
{
	DECLARE_BITMAP(a, BITS);
	DECLARE_BITMAP(b, BITS);
	unsigned long bit;

	bitmap_zero(a, BITS);
	bitmap_fill(b, BITS);
	KUNIT_EXPECT_EQ(test, find_next_andnot_bit(a, b, BITS, 0), BITS);
	bitmap_fill(a, BITS);
	KUNIT_EXPECT_EQ(test, find_next_andnot_bit(a, b, BITS, 0), BITS);
	for (bit = 0; bit < BITS; bit++) {
		__clear_bit(bit, b);
		KUNIT_EXPECT_EQ(test, find_next_andnot_bit(a, b, BITS, 0), bit);
		KUNIT_EXPECT_EQ(test, find_next_andnot_bit(a, b, BITS, bit),
				bit);
		KUNIT_EXPECT_EQ(test, find_next_andnot_bit(a, b, BITS, bit + 1),
				BITS);
		__set_bit(bit, b);
	}
	KUNIT_EXPECT_EQ(test, find_next_and_bit(a, b, BITS, BITS), BITS);
	KUNIT_EXPECT_EQ(test, find_next_and_bit(a, b, BITS, BITS - 1),
			BITS - 1);
	bitmap_zero(b, BITS);
	KUNIT_EXPECT_EQ(test, find_next_and_bit(a, b, BITS, 0), BITS);
	KUNIT_EXPECT_EQ(test, find_next_zero_bit(a, BITS, 1), BITS);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(single_bits),
	KUNIT_CASE(word_scans),
	KUNIT_CASE(counts),
	KUNIT_CASE(rotations),
	KUNIT_CASE(ranges),
	KUNIT_CASE(find_from_everywhere),
	KUNIT_CASE(find_nothing),
	KUNIT_CASE(loops),
	KUNIT_CASE(algebra),
	KUNIT_CASE(tails),
	KUNIT_CASE(shifts),
	KUNIT_CASE(free_areas),
	KUNIT_CASE(parselist),
	KUNIT_CASE(arrays_of_u32),
	KUNIT_CASE(find_in_one_only),
	{}
};

static struct kunit_suite suite = {
	.name = "lib_bitmap",
	.test_cases = cases,
};
kunit_test_suite(suite);
