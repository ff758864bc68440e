// SPDX-License-Identifier: MIT
/*
 * Are the figures of benches right? Measurements are fed in by hand where
 * the arithmetic is in question.
 */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <quire/bench.h>

static const char *run_captured(const struct bench_entry *entry, int *result)
{
	unsigned int floor;
	const char *text;

	capture_begin();
	floor = printk_raw_floor(capture_depth());
	*result = bench_run(entry);
	printk_raw_floor(floor);
	text = capture_end();
	return text;
}

/* Is the mean rounded, and exact for counts beyond 32 bits? */
static void means(struct kunit *test)
{
	struct bench b = { .name = "b" };

	bench_add(&b, NULL, 1499, 1000);
	KUNIT_EXPECT_EQ(test, bench_mean(&b), 1);
	bench_add(&b, NULL, 1, 0);
	KUNIT_EXPECT_EQ(test, bench_mean(&b), 2);
	KUNIT_EXPECT_EQ(test, b.nr_parts, 1);

	bench_add(&b, NULL, 453439ull * 100000 - 1500, 99000);
	KUNIT_EXPECT_EQ(test, bench_mean(&b), 453439);
	KUNIT_EXPECT_EQ(test, bench_part_mean(&b.part[0]), 453439);
}

/* Is the figure the sum of the parts' means, less what is subtracted? */
static void parts_add_up(struct kunit *test)
{
	struct bench b = { .name = "b" };

	bench_add(&b, "alloc", 1004, 10);
	bench_add(&b, "free", 5004, 100);
	KUNIT_EXPECT_EQ(test, bench_mean(&b), 150);
	bench_add(&b, BENCH_SUBTRACT, 75, 10);
	KUNIT_EXPECT_EQ(test, bench_mean(&b), 143);
	bench_add(&b, BENCH_SUBTRACT, 1000000, 1);
	KUNIT_EXPECT_EQ(test, bench_mean(&b), 0);
}

static unsigned long turns;
static unsigned int sum;

static void counts_turns(struct bench *b)
{
	unsigned int i;

	bench_loop(b)
		turns++;
	bench_for(b, "more", i, b->arg)
		sum += i;
}

/* Do the loops turn as often as they should, twice each? */
static void loops(struct kunit *test)
{
	static const struct bench_entry entry = {
		.name = "loops",
		.run = counts_turns,
		.iterations = 70,
		.arg = 5,
	};
	int result;

	turns = 0;
	sum = 0;
	run_captured(&entry, &result);
	KUNIT_EXPECT_EQ(test, result, 0);
	KUNIT_EXPECT_EQ(test, turns, 140);
	KUNIT_EXPECT_EQ(test, sum, 20);
}

static void fixed(struct bench *b)
{
	bench_add(b, "alloc", 360 * 4096, 4096);
	bench_add(b, "free", 357 * 4096 + 100, 4096);
}

/* Is the output in the form that scripts read? */
static void output(struct kunit *test)
{
	static const struct bench_entry entry = {
		.name = "batch",
		.run = fixed,
	};
	int result;

	KUNIT_EXPECT_STREQ(test, run_captured(&entry, &result),
			   "# bench: batch.alloc 360 4096\n"
			   "# bench: batch.free 357 4096\n"
			   "# bench: batch 717 4096\n");
}

static void leaves_loop(struct bench *b)
{
	bench_loop(b)
		break;
}

static void has_reason(struct bench *b)
{
	bench_skip(b, "no such memory");
}

static void does_nothing(struct bench *b)
{
}

static void too_many_parts(struct bench *b)
{
	static const char *const names[] = {
		"a", "b", "c", "d", "e", "f", "g",
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		bench_add(b, names[i], 1, 1);
}

struct skip {
	const char *name;
	void (*run)(struct bench *b);
	const char *output;
};

static const struct skip skips[] = {
	{ "a break", leaves_loop,
	  "# bench s skipped: it did not end its loop\n" },
	{ "a reason", has_reason, "# bench s skipped: no such memory\n" },
	{ "nothing", does_nothing,
	  "# bench s skipped: it did not end its loop\n" },
	{ "parts", too_many_parts, "# bench s skipped: too many parts\n" },
};
KUNIT_ARRAY_PARAM_DESC(skip, skips, name);

/* Does a bench without a result say so, and print no figure? */
static void skipped(struct kunit *test)
{
	const struct skip *skip = test->param_value;
	struct bench_entry entry = {
		.name = "s",
		.run = skip->run,
		.iterations = 10,
	};
	int result;

	KUNIT_EXPECT_STREQ(test, run_captured(&entry, &result), skip->output);
	KUNIT_EXPECT_EQ(test, result, 1);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(means),
	KUNIT_CASE(parts_add_up),
	KUNIT_CASE(loops),
	KUNIT_CASE(output),
	KUNIT_CASE_PARAM(skipped, skip_gen_params),
	{},
};

static struct kunit_suite suite = {
	.name = "bench",
	.test_cases = cases,
};
kunit_test_suite(suite);
