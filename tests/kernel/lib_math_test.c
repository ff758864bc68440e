// SPDX-License-Identifier: MIT
/* Arithmetic: divisions by hand, rounding, and overflow told in time. */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/overflow.h>
#include <linux/random.h>
#include <linux/sort.h>
#include <linux/string.h>

static const u64 values[] = {
	0, 1, 2, 3, 9, 10, 0xffff, 0x10000, 0x10001, 0x7fffffff, 0x80000000,
	0xfffffffe, 0xffffffff, 0x100000000ull, 0x100000001ull,
	0x1ffffffffull, 1000000007, 999999999999ull, 0x123456789abcdefull,
	0x7fffffffffffffffull, 0x8000000000000000ull, 0x8000000000000001ull,
	0xffffffff00000000ull, 0xfffffffffffffffeull, 0xffffffffffffffffull,
};

/*
 * quotient * divisor + remainder, the remainder smaller than the divisor:
 * there is only one such pair.
 */
static void expect_division(struct kunit *test, u64 dividend, u64 divisor,
			    u64 quotient, u64 remainder)
{
	KUNIT_ASSERT_LT_MSG(test, remainder, divisor, "%llx / %llx", dividend,
			    divisor);
	KUNIT_ASSERT_EQ_MSG(test, quotient * divisor + remainder, dividend,
			    "%llx / %llx", dividend, divisor);
	/* And the product did not wrap. */
	KUNIT_ASSERT_TRUE(test, !quotient || quotient * divisor >= divisor);
}

static void divide(struct kunit *test, u64 dividend, u64 divisor)
{
	u64 remainder, n = dividend;
	u32 rem32;

	if (!divisor)
		return;
	n = div64_u64_rem(dividend, divisor, &remainder);
	expect_division(test, dividend, divisor, n, remainder);
	KUNIT_ASSERT_EQ(test, dividend / divisor, n);
	KUNIT_ASSERT_EQ(test, dividend % divisor, remainder);
	if (divisor >> 32)
		return;
	n = div_u64_rem(dividend, divisor, &rem32);
	expect_division(test, dividend, divisor, n, rem32);
	n = dividend;
	rem32 = do_div(n, (u32)divisor);
	expect_division(test, dividend, divisor, n, rem32);
}

/* Do all unsigned divisions give the one right quotient and remainder? */
static void division(struct kunit *test)
{
	struct rnd_state rnd;
	u64 a, b;

	for (size_t i = 0; i < ARRAY_SIZE(values); i++)
		for (size_t j = 0; j < ARRAY_SIZE(values); j++)
			divide(test, values[i], values[j]);
	prandom_seed_state(&rnd, 11);
	for (int i = 0; i < 2000; i++) {
		a = (u64)prandom_u32_state(&rnd) << 32 |
		    prandom_u32_state(&rnd);
		b = (u64)prandom_u32_state(&rnd) << 32 |
		    prandom_u32_state(&rnd);
		divide(test, a >> (i % 40), b >> (i % 63));
	}
}

/* Do signed divisions round towards 0, the remainder as the dividend? */
static void signed_division(struct kunit *test)
{
	s64 big = -6000000000000000001ll;
	s32 rem;

	KUNIT_EXPECT_EQ(test, div_s64(-7, 2), -3);
	KUNIT_EXPECT_EQ(test, div_s64_rem(-7, 2, &rem), -3);
	KUNIT_EXPECT_EQ(test, rem, -1);
	KUNIT_EXPECT_EQ(test, div_s64_rem(7, -2, &rem), -3);
	KUNIT_EXPECT_EQ(test, rem, 1);
	KUNIT_EXPECT_EQ(test, div64_s64(big, -3000000000ll), 2000000000ll);
	KUNIT_EXPECT_EQ(test, big / 3000000000ll, -2000000000ll);
	KUNIT_EXPECT_EQ(test, big % 3000000000ll, -1);
	KUNIT_EXPECT_EQ(test, div64_s64(S64_MIN, 1), S64_MIN);
}

/* What the compiler calls by itself: there is no header. */
s64 __divdi3(s64 dividend, s64 divisor);
s64 __moddi3(s64 dividend, s64 divisor);
u64 __udivmoddi4(u64 dividend, u64 divisor, u64 *remainder);
s64 __divmoddi4(s64 dividend, s64 divisor, s64 *remainder);

/* Do '/' and '%' of the compiler agree with C, for all signs? */
static void compiler_divides(struct kunit *test)
{
	static const s64 values[] = { 1, -1, 7, -7, 3000000000ll,
				      -6000000000000000001ll, S64_MAX };
	s64 a, b, quotient, rest;

	for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
		for (size_t j = 0; j < ARRAY_SIZE(values); j++) {
			a = values[i];
			b = values[j];
			OPTIMIZER_HIDE_VAR(a);
			OPTIMIZER_HIDE_VAR(b);
			quotient = a / b;
			rest = a % b;
			KUNIT_EXPECT_EQ(test, quotient * b + rest, a);
			KUNIT_EXPECT_LT(test, abs(rest), abs(b));
			KUNIT_EXPECT_TRUE(test, !rest || (rest < 0) == (a < 0));
		}
	}
}

/*
 * Are the compiler's four other entries the same division? Which of them it
 * calls depends on its version and on how it optimises.
 */
static void compiler_entries(struct kunit *test)
{
	u64 rest;
	s64 srest;

	KUNIT_EXPECT_EQ(test, __divdi3(-7, 2), -3);
	KUNIT_EXPECT_EQ(test, __moddi3(-7, 2), -1);
	KUNIT_EXPECT_EQ(test, __moddi3(7, -2), 1);
	KUNIT_EXPECT_EQ(test, __udivmoddi4(1ull << 40, 1000, &rest),
			1099511627ull);
	KUNIT_EXPECT_EQ(test, rest, 776);
	KUNIT_EXPECT_EQ(test, __udivmoddi4(9, 2, NULL), 4);
	KUNIT_EXPECT_EQ(test, __divmoddi4(-7000000000ll, 3000000000ll, &srest),
			-2);
	KUNIT_EXPECT_EQ(test, srest, -1000000000ll);
}

/* Are products wider than 64 bits kept until they are divided? */
static void wide_products(struct kunit *test)
{
	u64 max = U64_MAX;

	KUNIT_EXPECT_EQ(test, mul_u64_u32_div(max, 1000, 1000), max);
	KUNIT_EXPECT_EQ(test, mul_u64_u64_div_u64(max, max, max), max);
	KUNIT_EXPECT_EQ(test,
			mul_u64_u64_div_u64(0x123456789abcdefull, 1ull << 40,
					    1ull << 40),
			0x123456789abcdefull);
	KUNIT_EXPECT_EQ(test, mul_u64_u32_shr(max, 1u << 31, 32), max >> 1);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_UP_ULL(10000000001ull, 10),
			1000000001ull);
	KUNIT_EXPECT_EQ(test,
			DIV64_U64_ROUND_CLOSEST(15000000000ull, 10000000000ull),
			2);
}

/* Do the rounding macros hit multiples, also where nothing is to do? */
static void rounding(struct kunit *test)
{
	unsigned int n = 4097, six = 6, seven = 7;

	KUNIT_EXPECT_EQ(test, ALIGN(n, 4096), 8192);
	KUNIT_EXPECT_EQ(test, ALIGN(n - 1, 4096), 4096);
	KUNIT_EXPECT_EQ(test, ALIGN_DOWN(n, 4096), 4096);
	KUNIT_EXPECT_TRUE(test, IS_ALIGNED(8192, 4096));
	KUNIT_EXPECT_FALSE(test, IS_ALIGNED(n, 4096));
	KUNIT_EXPECT_EQ(test, ALIGN(0x100000001ull, 0x1000), 0x100001000ull);
	KUNIT_EXPECT_EQ(test, round_up(n, 16), 4112);
	KUNIT_EXPECT_EQ(test, round_down(n, 16), 4096);
	KUNIT_EXPECT_EQ(test, roundup(seven, six), 12);
	KUNIT_EXPECT_EQ(test, rounddown(seven, six), 6);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_UP(seven, six), 2);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_CLOSEST(seven, 2), 4);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_CLOSEST(-7, 2), -4);
	KUNIT_EXPECT_EQ(test, mult_frac(4000000000u, 3u, 4u), 3000000000u);
	KUNIT_EXPECT_EQ(test, abs(-5), 5);
}

/* Do min(), max() and clamp() compute their arguments once? */
static void min_and_max(struct kunit *test)
{
	int a = 3, b = 5;

	KUNIT_EXPECT_EQ(test, min(a++, b), 3);
	KUNIT_EXPECT_EQ(test, a, 4);
	KUNIT_EXPECT_EQ(test, max(a, b++), 5);
	KUNIT_EXPECT_EQ(test, b, 6);
	KUNIT_EXPECT_EQ(test, min3(3, 1, 2), 1);
	KUNIT_EXPECT_EQ(test, max3(3, 1, 2), 3);
	KUNIT_EXPECT_EQ(test, clamp(7, 1, 5), 5);
	KUNIT_EXPECT_EQ(test, clamp(0, 1, 5), 1);
	KUNIT_EXPECT_EQ(test, min_t(u8, 256, 5), 0);
	KUNIT_EXPECT_EQ(test, min_not_zero(0, 4), 4);
	swap(a, b);
	KUNIT_EXPECT_EQ(test, a, 6);
}

/* Do logarithms agree, computed by the compiler and at run time? */
static void logarithms(struct kunit *test)
{
	unsigned long n;

	for (int k = 1; k < 31; k++) {
		n = 1UL << k;
		KUNIT_ASSERT_EQ(test, ilog2(n), k);
		KUNIT_ASSERT_EQ(test, ilog2(n + n - 1), k);
		KUNIT_ASSERT_EQ(test, ilog2((u64)n << 32), k + 32);
		KUNIT_ASSERT_EQ(test, roundup_pow_of_two(n), n);
		KUNIT_ASSERT_EQ(test, roundup_pow_of_two(n + 1), n * 2);
		KUNIT_ASSERT_EQ(test, rounddown_pow_of_two(n * 2 - 1), n);
		KUNIT_ASSERT_EQ(test, order_base_2(n), k);
		KUNIT_ASSERT_EQ(test, order_base_2(n + 1), k + 1);
		KUNIT_ASSERT_TRUE(test, is_power_of_2(n));
		KUNIT_ASSERT_FALSE(test, is_power_of_2(n + 1));
	}
	KUNIT_EXPECT_EQ(test, ilog2(4096), 12);
	KUNIT_EXPECT_EQ(test, roundup_pow_of_two(5), 8);
	KUNIT_EXPECT_EQ(test, order_base_2(0), 0);
	KUNIT_EXPECT_FALSE(test, is_power_of_2(0));
}

/* Is the integer square root the largest whose square fits? */
static void square_roots(struct kunit *test)
{
	unsigned long root;

	for (unsigned long n = 0; n < 70000; n += 13) {
		root = int_sqrt(n);
		KUNIT_ASSERT_LE(test, root * root, n);
		KUNIT_ASSERT_GT(test, (root + 1) * (root + 1), n);
	}
	KUNIT_EXPECT_EQ(test, int_sqrt(ULONG_MAX), 65535);
	KUNIT_EXPECT_EQ(test, int_sqrt(65536ul * 65535), 65535);
}

/* Are overflows told, and the wrapped result stored? */
static void overflow_checks(struct kunit *test)
{
	u8 byte;
	s8 sbyte;
	int n;

	KUNIT_EXPECT_FALSE(test, check_add_overflow(200, 55, &byte));
	KUNIT_EXPECT_EQ(test, byte, 255);
	KUNIT_EXPECT_TRUE(test, check_add_overflow(200, 56, &byte));
	KUNIT_EXPECT_EQ(test, byte, 0);
	KUNIT_EXPECT_TRUE(test, check_sub_overflow(1u, 2u, &byte));
	KUNIT_EXPECT_FALSE(test, check_sub_overflow(1, 2, &n));
	KUNIT_EXPECT_TRUE(test, check_mul_overflow(INT_MAX, 2, &n));
	KUNIT_EXPECT_FALSE(test, check_mul_overflow(-128, 1, &sbyte));
	KUNIT_EXPECT_TRUE(test, check_mul_overflow(-128, -1, &sbyte));
	KUNIT_EXPECT_FALSE(test, check_shl_overflow(1, 7, &byte));
	KUNIT_EXPECT_TRUE(test, check_shl_overflow(1, 8, &byte));
	KUNIT_EXPECT_TRUE(test, check_shl_overflow(1, 7, &sbyte));
	KUNIT_EXPECT_TRUE(test, check_shl_overflow(1, -1, &n));
	KUNIT_EXPECT_TRUE(test, check_shl_overflow(-1, 1, &n));
	KUNIT_EXPECT_EQ(test, type_max(s16), 32767);
	KUNIT_EXPECT_EQ(test, type_min(s16), -32768);
}

/* Do sizes that overflow stick at the size that no allocator serves? */
static void saturating_sizes(struct kunit *test)
{
	struct flex {
		int count;
		long items[];
	} *p = NULL;
	size_t huge = SIZE_MAX / 2;

	KUNIT_EXPECT_EQ(test, array_size(3, 4), 12);
	KUNIT_EXPECT_EQ(test, array_size(huge, 3), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, array3_size(2, 3, 4), 24);
	KUNIT_EXPECT_EQ(test, array3_size(huge, 2, huge), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, size_add(huge, huge + 2), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, size_sub(1, 2), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, struct_size(p, items, 3), 16);
	KUNIT_EXPECT_EQ(test, struct_size(p, items, huge), SIZE_MAX);
}

static int by_int(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int swaps;

static void swap_ints(void *a, void *b, int size)
{
	swap(*(int *)a, *(int *)b);
	swaps++;
}

/* Does sort() order arrays of every small length, by either swap? */
static void sorting(struct kunit *test)
{
	struct rnd_state rnd;
	int array[40], sum, n;

	prandom_seed_state(&rnd, 13);
	for (n = 0; n <= 40; n++) {
		sum = 0;
		for (int i = 0; i < n; i++) {
			array[i] = prandom_u32_state(&rnd) % 30;
			sum += array[i];
		}
		sort(array, n, sizeof(int), by_int, n % 2 ? swap_ints : NULL);
		for (int i = 0; i < n; i++) {
			sum -= array[i];
			if (i)
				KUNIT_ASSERT_LE(test, array[i - 1], array[i]);
		}
		KUNIT_ASSERT_EQ(test, sum, 0);
	}
	KUNIT_EXPECT_GT(test, swaps, 0);
}

struct wide {
	char name[7];
	char tail[6];
};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct wide *)a)->name,
		      ((const struct wide *)b)->name);
}

/* Are elements of an odd size moved whole? */
static void sorting_odd_sizes(struct kunit *test)
{
	struct wide words[] = {
		{ "c", "third" }, { "a", "first" }, { "b", "secnd" },
	};

	sort(words, 3, sizeof(struct wide), by_name, NULL);
	KUNIT_EXPECT_STREQ(test, words[0].tail, "first");
	KUNIT_EXPECT_STREQ(test, words[1].tail, "secnd");
	KUNIT_EXPECT_STREQ(test, words[2].tail, "third");
}

/* Does a seed fix the sequence, and do seeds give different ones? */
static void random_repeats(struct kunit *test)
{
	struct rnd_state a, b, c;
	int same = 0;

	prandom_seed_state(&a, 1);
	prandom_seed_state(&b, 1);
	prandom_seed_state(&c, 2);
	for (int i = 0; i < 100; i++) {
		u32 x = prandom_u32_state(&a);

		KUNIT_ASSERT_EQ(test, prandom_u32_state(&b), x);
		same += prandom_u32_state(&c) == x;
	}
	KUNIT_EXPECT_LT(test, same, 3);
}

/* Is each bit set about half of the time, and each range kept and filled? */
static void random_spread(struct kunit *test)
{
	unsigned int set[32] = { 0 }, hits[10] = { 0 };
	struct rnd_state rnd;
	u32 x;

	prandom_seed_state(&rnd, 17);
	for (int i = 0; i < 4096; i++) {
		x = prandom_u32_state(&rnd);
		for (int bit = 0; bit < 32; bit++)
			set[bit] += x >> bit & 1;
	}
	for (int bit = 0; bit < 32; bit++) {
		KUNIT_EXPECT_GT(test, set[bit], 1850);
		KUNIT_EXPECT_LT(test, set[bit], 2250);
	}
	for (int i = 0; i < 1000; i++) {
		x = get_random_u32_below(10);
		KUNIT_ASSERT_LT(test, x, 10);
		hits[x]++;
		x = get_random_u32_inclusive(5, 7);
		KUNIT_ASSERT_TRUE(test, x >= 5 && x <= 7);
	}
	for (int i = 0; i < 10; i++)
		KUNIT_EXPECT_GT(test, hits[i], 40);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(division),
	KUNIT_CASE(signed_division),
	KUNIT_CASE(compiler_divides),
	KUNIT_CASE(compiler_entries),
	KUNIT_CASE(wide_products),
	KUNIT_CASE(rounding),
	KUNIT_CASE(min_and_max),
	KUNIT_CASE(logarithms),
	KUNIT_CASE(square_roots),
	KUNIT_CASE(overflow_checks),
	KUNIT_CASE(saturating_sizes),
	KUNIT_CASE(sorting),
	KUNIT_CASE(sorting_odd_sizes),
	KUNIT_CASE(random_repeats),
	KUNIT_CASE(random_spread),
	{}
};

static struct kunit_suite suite = {
	.name = "lib_math",
	.test_cases = cases,
};
kunit_test_suite(suite);
