// SPDX-License-Identifier: MIT
/*
 * Suites that use boot-only code and data run while these exist.
 */
#include <kunit/test.h>
#include <linux/init.h>
#include <linux/kernel.h>

static int answer __initdata = 42;

static int __init get_answer(void)
{
	return answer;
}

/* Is boot-only memory still there when such a suite runs? */
static void __init runs_before_boot_ends(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, get_answer(), 42);
	KUNIT_EXPECT_LT(test, system_state, SYSTEM_FREEING_INITMEM);
}

static struct kunit_case cases[] __initdata = {
	KUNIT_CASE(runs_before_boot_ends),
	{},
};

static struct kunit_suite suite __initdata = {
	.name = "kunit_init",
	.test_cases = cases,
};
kunit_test_init_section_suite(suite);
