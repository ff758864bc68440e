// SPDX-License-Identifier: MIT
/*
 * Tests and a bench of the bag, added to the kernel from outside its tree:
 *
 *	make run EXTRA=examples/extra APPEND="test kunit.filter_glob=bag"
 */
#include <kunit/test.h>
#include <linux/slab.h>
#include <quire/bench.h>
#include "bag.h"

/* Each case gets an empty bag in test->priv. */
static int bag_test_init(struct kunit *test)
{
	struct bag *bag = kunit_kzalloc(test, sizeof(*bag), GFP_KERNEL);

	if (!bag)
		return -ENOMEM;
	bag_init(bag);
	test->priv = bag;
	return 0;
}

/* Whatever a case has left in its bag goes back to the slab allocator. */
static void bag_test_exit(struct kunit *test)
{
	if (test->priv)
		bag_clear(test->priv);
}

/* Does a bag remember what is put into it, and how often? */
static void bag_counts(struct kunit *test)
{
	struct bag *bag = test->priv;

	KUNIT_EXPECT_EQ(test, bag_count(bag, 7), 0);
	KUNIT_ASSERT_EQ(test, bag_put(bag, 7), 0);
	KUNIT_ASSERT_EQ(test, bag_put(bag, 9), 0);
	KUNIT_ASSERT_EQ(test, bag_put(bag, 7), 0);
	KUNIT_EXPECT_EQ(test, bag_count(bag, 7), 2);
	KUNIT_EXPECT_EQ(test, bag_count(bag, 9), 1);
}

/* Can what was put in be taken out once, and no more? */
static void bag_takes(struct kunit *test)
{
	struct bag *bag = test->priv;

	KUNIT_ASSERT_EQ(test, bag_put(bag, 7), 0);
	KUNIT_EXPECT_TRUE(test, bag_take(bag, 7));
	KUNIT_EXPECT_FALSE(test, bag_take(bag, 7));
}

static const int sizes[] = { 0, 1, 100, 5000 };

static void size_desc(const int *size, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%d items", *size);
}
KUNIT_ARRAY_PARAM(size, sizes, size_desc);

/*
 * Is a bag of any size emptied without a leak? Nothing here looks at memory:
 * the check that follows each case does.
 */
static void bag_clears(struct kunit *test)
{
	const int *size = test->param_value;
	struct bag *bag = test->priv;
	int i;

	for (i = 0; i < *size; i++)
		KUNIT_ASSERT_EQ(test, bag_put(bag, i), 0);
	bag_clear(bag);
	KUNIT_EXPECT_EQ(test, bag_count(bag, 0), 0);
}

static struct kunit_case bag_cases[] = {
	KUNIT_CASE(bag_counts),
	KUNIT_CASE(bag_takes),
	KUNIT_CASE_PARAM(bag_clears, size_gen_params),
	{},
};

static struct kunit_suite bag_suite = {
	.name = "bag",
	.init = bag_test_init,
	.exit = bag_test_exit,
	.test_cases = bag_cases,
};
kunit_test_suite(bag_suite);

/* What do putting in and taking out again cost? */
BENCH(bag_pair, 20000)
{
	struct bag bag;

	bag_init(&bag);
	bench_loop(b) {
		bag_put(&bag, 1);
		bag_take(&bag, 1);
	}
	bag_clear(&bag);
}
